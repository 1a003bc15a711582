/* Autoconfig files, section by section: what one section gets wrong does not spoil the others. */
#include "discover/autoconfig.h"
#include "discover/source.h"
#include "discover/xml.h"
#include "model/error.h"
#include <string.h>

void
postweg_autoconfig_free (PostwegAutoconfig *config)
{
  if (config == NULL)
    return;
  g_free (config->name);
  g_strfreev (config->domains);
  g_ptr_array_unref (config->servers);
  g_free (config->issuer);
  g_free (config->enable_url);
  g_free (config);
}

/* Returns: how many characters the placeholder at the start of the text has, 0 if there is none; files exist that forget the closing % */
static gsize
placeholder (const char *text, const PostwegAddress *address, const char **value)
{
  const struct {
    const char *name, *value;
  } known[] = {
    { "%EMAILADDRESS", address->full },
    { "%EMAILLOCALPART", address->local },
    { "%EMAILDOMAIN", address->domain },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      gsize length = strlen (known[i].name);

      if (g_ascii_strncasecmp (text, known[i].name, length) != 0)
        continue;
      *value = known[i].value;
      return text[length] == '%' ? length + 1 : length;
    }
  return 0;
}

char *
postweg_autoconfig_fill (const char *text, const PostwegAddress *address)
{
  g_autoptr (GString) filled = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *value = NULL;
      gsize length = placeholder (text, address, &value);

      if (length > 0)
        g_string_append (filled, value);
      else if (*text == '%')
        return NULL;
      else
        g_string_append_c (filled, *text);
      text += MAX (length, 1);
    }
  return g_strdup (filled->str);
}

static gboolean
read_security (const char *text, PostwegSecurity *security)
{
  static const struct {
    const char *name;
    PostwegSecurity security;
  } names[] = {
    { "SSL", POSTWEG_TLS },
    { "TLS", POSTWEG_TLS },
    { "STARTTLS", POSTWEG_STARTTLS },
    { "plain", POSTWEG_PLAIN },
  };

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (text, names[i].name) == 0)
      {
        *security = names[i].security;
        return TRUE;
      }
  return FALSE;
}

/* Ways that Postweg cannot go (Kerberos, NTLM, client certificates) are not in the list. */
static gboolean
read_auth (const char *text, PostwegAuth *auth)
{
  static const struct {
    const char *name;
    PostwegAuth auth;
  } names[] = {
    { "password-cleartext", POSTWEG_AUTH_PASSWORD },
    { "plain", POSTWEG_AUTH_PASSWORD },
    { "password-encrypted", POSTWEG_AUTH_ENCRYPTED },
    { "secure", POSTWEG_AUTH_ENCRYPTED },
    { "OAuth2", POSTWEG_AUTH_OAUTH2 },
    { "none", POSTWEG_AUTH_NONE },
    { "client-IP-address", POSTWEG_AUTH_NONE },
    { "smtp-after-pop", POSTWEG_AUTH_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (text, names[i].name) == 0)
      {
        *auth = names[i].auth;
        return TRUE;
      }
  return FALSE;
}

/* Returns: FALSE when the section demands only ways that Postweg cannot go */
static gboolean
take_auths (PostwegFoundServer *found, const xmlNode *section)
{
  const xmlNode *node = postweg_xml_child (section, "authentication");

  if (node == NULL)
    return TRUE;
  found->n_auths = 0;
  for (; node != NULL && found->n_auths < POSTWEG_MAX_AUTHS; node = postweg_xml_next (node, "authentication"))
    {
      g_autofree char *text = postweg_xml_text (node);

      if (text != NULL && read_auth (text, &found->auths[found->n_auths]))
        found->n_auths++;
    }
  found->server->auth = found->auths[0];
  return found->n_auths > 0;
}

static char *
filled_child (const xmlNode *section, const char *name, const PostwegAddress *address)
{
  g_autofree char *text = postweg_xml_child_text (section, name);

  return text != NULL ? postweg_autoconfig_fill (text, address) : NULL;
}

/* Asking for a host whose name has the person's in it tells that name to others. */
static gboolean
tells_address (const xmlNode *section)
{
  g_autofree char *pattern = postweg_xml_child_text (section, "hostname");
  g_autofree char *lower = pattern != NULL ? g_ascii_strdown (pattern, -1) : g_strdup ("");

  return strstr (lower, "%emaillocalpart") != NULL || strstr (lower, "%emailaddress") != NULL;
}

/* Returns: (transfer full): the server, or NULL when the section cannot be used */
static PostwegFoundServer *
read_section (const xmlNode *section, const PostwegAddress *address)
{
  g_autofree char *type = postweg_xml_attribute (section, "type");
  g_autofree char *name = filled_child (section, "hostname", address);
  g_autofree char *host = postweg_source_host (name);
  g_autofree char *socket = postweg_xml_child_text (section, "socketType");
  g_autofree char *user = filled_child (section, "username", address);
  g_autoptr (PostwegServer) server = NULL;
  g_autoptr (PostwegFoundServer) found = NULL;
  guint16 port = postweg_xml_port (section, "port");
  PostwegProtocol protocol;
  PostwegSecurity security;

  if (!postweg_protocol_from_name (type, &protocol) || host == NULL || port == 0 ||
      !read_security (socket, &security))
    return NULL;
  server = postweg_server_new (protocol, host, port, security, user);
  found = postweg_found_server_new (server, NULL, NULL);
  found->tells_address = tells_address (section);
  found->user_unsaid = postweg_xml_child (section, "username") == NULL;
  return take_auths (found, section) ? g_steal_pointer (&found) : NULL;
}

static void
take_sections (PostwegAutoconfig *config, const xmlNode *provider, const char *name,
               const PostwegAddress *address)
{
  for (const xmlNode *node = postweg_xml_child (provider, name);
       node != NULL && config->servers->len < POSTWEG_AUTOCONFIG_MAX_SERVERS;
       node = postweg_xml_next (node, name))
    {
      g_autofree char *type = postweg_xml_attribute (node, "type");
      PostwegFoundServer *found = read_section (node, address);

      if (found != NULL &&
          (found->server->protocol == POSTWEG_SMTP) != (strcmp (name, "outgoingServer") == 0))
        g_clear_pointer (&found, postweg_found_server_free);
      if (found != NULL)
        g_ptr_array_add (config->servers, found);
    }
}

static void
take_pop_options (PostwegAutoconfig *config, const xmlNode *provider)
{
  for (const xmlNode *node = postweg_xml_child (provider, "incomingServer"); node != NULL;
       node = postweg_xml_next (node, "incomingServer"))
    {
      const xmlNode *pop = postweg_xml_child (node, "pop3");
      g_autofree char *leave = postweg_xml_child_text (pop, "leaveMessagesOnServer");
      g_autofree char *minutes = postweg_xml_attribute (postweg_xml_child (pop, "checkInterval"), "minutes");

      if (leave != NULL && !config->leave_said)
        {
          config->leave_said = TRUE;
          config->leave = g_ascii_strcasecmp (leave, "true") == 0;
        }
      if (minutes != NULL && config->poll_minutes == 0)
        config->poll_minutes = (guint) MIN (g_ascii_strtoull (minutes, NULL, 10), 24 * 60);
    }
}

/* Each once; there is a file that names one twice. */
static char **
domains_of (const xmlNode *provider)
{
  g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_free);

  for (const xmlNode *node = postweg_xml_child (provider, "domain"); node != NULL;
       node = postweg_xml_next (node, "domain"))
    {
      g_autofree char *text = postweg_xml_text (node);

      if (text != NULL && !g_ptr_array_find_with_equal_func (domains, text, g_str_equal, NULL))
        g_ptr_array_add (domains, g_steal_pointer (&text));
    }
  g_ptr_array_add (domains, NULL);
  return (char **) g_ptr_array_steal (domains, NULL);
}

/* The block stands inside emailProvider in some files and beside it in others. */
static char *
enable_url_of (const xmlNode *root, const xmlNode *provider)
{
  const xmlNode *inside = postweg_xml_child (provider, "enable");

  return postweg_xml_attribute (inside != NULL ? inside : postweg_xml_child (root, "enable"), "visiturl");
}

static PostwegAutoconfig *
read_config (const xmlNode *root, const PostwegAddress *address)
{
  const xmlNode *provider = postweg_xml_child (root, "emailProvider");
  PostwegAutoconfig *config = g_new0 (PostwegAutoconfig, 1);

  config->name = postweg_xml_child_text (provider, "displayName");
  config->domains = domains_of (provider);
  config->servers = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_found_server_free);
  config->issuer = postweg_xml_child_text (postweg_xml_child (root, "oAuth2"), "issuer");
  config->enable_url = enable_url_of (root, provider);
  take_sections (config, provider, "incomingServer", address);
  take_sections (config, provider, "outgoingServer", address);
  take_pop_options (config, provider);
  return config;
}

PostwegAutoconfig *
postweg_autoconfig_parse (const char *bytes, gsize length, const PostwegAddress *address, GError **error)
{
  xmlDoc *document = postweg_xml_read (bytes, length, error);
  const xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;
  g_autoptr (PostwegAutoconfig) config = NULL;

  if (root != NULL && g_ascii_strcasecmp ((const char *) root->name, "clientConfig") == 0)
    config = read_config (root, address);
  else if (document != NULL)
    g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED, "no clientConfig");
  g_clear_pointer (&document, xmlFreeDoc);
  if (config == NULL)
    return NULL;
  if (config->servers->len > 0)
    return g_steal_pointer (&config);
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND, "no server in it");
  return NULL;
}
