/* Servers to autoconfig file, SRV lines and PACC file. */
#include "clients/outputs/publish.h"
#include "model/json-build.h"
#include <string.h>

/* Returns: (transfer full): the form of the user name in terms of the file */
static char *
user_form (const PostwegServer *server, const PostwegAddress *address)
{
  if (*server->user == '\0' || strcmp (server->user, address->full) == 0)
    return g_strdup ("%EMAILADDRESS%");
  if (strcmp (server->user, address->local) == 0)
    return g_strdup ("%EMAILLOCALPART%");
  return g_markup_escape_text (server->user, -1);
}

static const char *
auth_word (PostwegAuth auth)
{
  static const char *const words[] = {
    [POSTWEG_AUTH_PASSWORD] = "password-cleartext",
    [POSTWEG_AUTH_ENCRYPTED] = "password-encrypted",
    [POSTWEG_AUTH_OAUTH2] = "OAuth2",
    [POSTWEG_AUTH_NONE] = "none",
  };

  return words[auth];
}

static void
add_section (GString *text, const PostwegServer *server, const PostwegAddress *address)
{
  const char *element = server->protocol == POSTWEG_SMTP ? "outgoingServer" : "incomingServer";
  g_autofree char *host = g_markup_escape_text (server->host, -1);
  g_autofree char *user = user_form (server, address);

  g_string_append_printf (text,
                          "    <%s type=\"%s\">\n"
                          "      <hostname>%s</hostname>\n"
                          "      <port>%u</port>\n"
                          "      <socketType>%s</socketType>\n"
                          "      <authentication>%s</authentication>\n"
                          "      <username>%s</username>\n"
                          "    </%s>\n",
                          element, postweg_protocol_name (server->protocol), host, server->port,
                          server->security == POSTWEG_TLS ? "SSL" : "STARTTLS", auth_word (server->auth),
                          user, element);
}

/* Incoming servers stand before outgoing ones, as programs expect them. */
static guint
add_sections (GString *text, const GPtrArray *servers, const PostwegAddress *address, gboolean outgoing)
{
  guint n = 0;

  for (guint i = 0; i < servers->len; i++)
    {
      const PostwegServer *server = g_ptr_array_index (servers, i);

      if (server->security == POSTWEG_PLAIN || (server->protocol == POSTWEG_SMTP) != outgoing)
        continue;
      add_section (text, server, address);
      n++;
    }
  return n;
}

char *
postweg_publish_autoconfig (const GPtrArray *servers, const PostwegAddress *address)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;

  g_string_printf (text,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<clientConfig version=\"1.1\">\n"
                   "  <emailProvider id=\"%s\">\n"
                   "    <domain>%s</domain>\n"
                   "    <displayName>%s</displayName>\n",
                   address->domain, address->domain, address->domain);
  n = add_sections (text, servers, address, FALSE);
  n += add_sections (text, servers, address, TRUE);
  g_string_append (text, "  </emailProvider>\n</clientConfig>\n");
  return n > 0 ? g_strdup (text->str) : NULL;
}

/* Returns: (transfer none): the first server of this kind, or NULL */
static const PostwegServer *
first_of (const GPtrArray *servers, PostwegProtocol protocol, PostwegSecurity security)
{
  for (guint i = 0; i < servers->len; i++)
    {
      const PostwegServer *server = g_ptr_array_index (servers, i);

      if (server->protocol == protocol && server->security == security)
        return server;
    }
  return NULL;
}

char *
postweg_publish_srv (const GPtrArray *servers, const char *domain)
{
  static const struct {
    const char *service;
    PostwegProtocol protocol;
    PostwegSecurity security;
  } services[] = {
    { "_imaps", POSTWEG_IMAP, POSTWEG_TLS },       { "_imap", POSTWEG_IMAP, POSTWEG_STARTTLS },
    { "_pop3s", POSTWEG_POP3, POSTWEG_TLS },       { "_pop3", POSTWEG_POP3, POSTWEG_STARTTLS },
    { "_submissions", POSTWEG_SMTP, POSTWEG_TLS }, { "_submission", POSTWEG_SMTP, POSTWEG_STARTTLS },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      const PostwegServer *server = first_of (servers, services[i].protocol, services[i].security);

      if (server != NULL)
        g_string_append_printf (text, "%s._tcp.%s. 3600 IN SRV 0 1 %u %s.\n", services[i].service, domain,
                                server->port, server->host);
      else
        g_string_append_printf (text, "%s._tcp.%s. 3600 IN SRV 0 0 0 .\n", services[i].service, domain);
    }
  return g_string_free (text, FALSE);
}

static void
add_authentication (JsonBuilder *builder, const GPtrArray *servers)
{
  gboolean password = FALSE;

  for (guint i = 0; i < servers->len; i++)
    password =
        password || ((const PostwegServer *) g_ptr_array_index (servers, i))->auth != POSTWEG_AUTH_OAUTH2;
  json_builder_set_member_name (builder, "authentication");
  json_builder_begin_object (builder);
  postweg_json_bool (builder, "password", password);
  json_builder_end_object (builder);
}

static void
add_protocols (JsonBuilder *builder, const GPtrArray *servers)
{
  json_builder_set_member_name (builder, "protocols");
  json_builder_begin_object (builder);
  for (guint i = 0; i < servers->len; i++)
    {
      const PostwegServer *server = g_ptr_array_index (servers, i);

      json_builder_set_member_name (builder, postweg_protocol_name (server->protocol));
      json_builder_begin_object (builder);
      postweg_json_string (builder, "host", server->host);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

/* The digest is over every byte, so the file must be published as it is. */
static char *
record_of (const char *text, const char *domain)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  g_autofree char *base64 = NULL;

  g_checksum_update (sum, (const guchar *) text, -1);
  g_checksum_get_digest (sum, digest, &size);
  base64 = g_base64_encode (digest, size);
  return g_strdup_printf ("_ua-auto-config.%s. 3600 IN TXT \"v=UAAC1; a=sha256; d=%s\"\n", domain, base64);
}

char *
postweg_publish_pacc (const GPtrArray *servers, const char *domain, char **record)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  add_protocols (builder, servers);
  add_authentication (builder, servers);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  *record = record_of (text, domain);
  return text;
}
