/* Autodiscover: only IMAP, POP3 and SMTP are read; Exchange's own protocol is left out. */
#include "discover/autodiscover.h"
#include "discover/source.h"
#include "discover/xml.h"
#include "model/error.h"
#include <string.h>

#define MAX_SERVERS 16

void
postweg_autodiscover_free (PostwegAutodiscover *answer)
{
  if (answer == NULL)
    return;
  g_ptr_array_unref (answer->servers);
  g_free (answer->redirect);
  g_free (answer);
}

char *
postweg_autodiscover_question (const PostwegAddress *address)
{
  return g_markup_printf_escaped (
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\">"
      "<Request><EMailAddress>%s</EMailAddress><AcceptableResponseSchema>"
      "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
      "</AcceptableResponseSchema></Request></Autodiscover>",
      address->full);
}

static gboolean
says (const xmlNode *section, const char *name, const char *value)
{
  g_autofree char *text = postweg_xml_child_text (section, name);

  return text != NULL && g_ascii_strcasecmp (text, value) == 0;
}

/* <Encryption> is newer than <SSL>, whose default is "on". */
static PostwegSecurity
security_of (const xmlNode *section, PostwegProtocol protocol, guint16 port)
{
  gboolean usual_for_tls = port == 0 || port == postweg_default_port (protocol, POSTWEG_TLS);

  if (says (section, "Encryption", "None") ||
      (says (section, "SSL", "off") && !usual_for_tls && postweg_xml_child (section, "Encryption") == NULL))
    return POSTWEG_PLAIN;
  if (says (section, "Encryption", "TLS"))
    return POSTWEG_STARTTLS;
  return usual_for_tls || says (section, "Encryption", "SSL") ? POSTWEG_TLS : POSTWEG_STARTTLS;
}

static PostwegFoundServer *
read_section (const xmlNode *section, const PostwegAddress *address)
{
  static const struct {
    const char *type;
    PostwegProtocol protocol;
  } types[] = { { "IMAP", POSTWEG_IMAP }, { "POP3", POSTWEG_POP3 }, { "SMTP", POSTWEG_SMTP } };
  g_autofree char *text = postweg_xml_child_text (section, "Server");
  g_autofree char *host = postweg_source_host (text);
  g_autofree char *user = postweg_xml_child_text (section, "LoginName");
  guint16 port = postweg_xml_port (section, "Port");
  g_autoptr (PostwegServer) server = NULL;

  for (guint i = 0; host != NULL && server == NULL && i < G_N_ELEMENTS (types); i++)
    if (says (section, "Type", types[i].type))
      server =
          postweg_server_new (types[i].protocol, host, port, security_of (section, types[i].protocol, port),
                              user != NULL ? user : address->full);
  if (server == NULL)
    return NULL;
  if (server->protocol == POSTWEG_SMTP && says (section, "AuthRequired", "off"))
    server->auth = POSTWEG_AUTH_NONE;
  return postweg_found_server_new (server, NULL, NULL);
}

/* Returns: (transfer full): the host of a redirect to a URL or to another address */
static char *
redirect_of (const xmlNode *account)
{
  g_autofree char *url = postweg_xml_child_text (account, "RedirectUrl");
  g_autofree char *address = postweg_xml_child_text (account, "RedirectAddr");
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *at = address != NULL ? strrchr (address, '@') : NULL;

  if (uri != NULL && g_uri_get_host (uri) != NULL)
    return postweg_source_host (g_uri_get_host (uri));
  return at != NULL ? postweg_source_host (at + 1) : NULL;
}

static PostwegAutodiscover *
read_answer (const xmlNode *root, const PostwegAddress *address)
{
  const xmlNode *account = postweg_xml_child (postweg_xml_child (root, "Response"), "Account");
  PostwegAutodiscover *answer = g_new0 (PostwegAutodiscover, 1);

  answer->servers = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_found_server_free);
  answer->redirect = redirect_of (account);
  for (const xmlNode *node = postweg_xml_child (account, "Protocol");
       node != NULL && answer->servers->len < MAX_SERVERS; node = postweg_xml_next (node, "Protocol"))
    {
      PostwegFoundServer *found = read_section (node, address);

      if (found != NULL)
        g_ptr_array_add (answer->servers, found);
    }
  return answer;
}

PostwegAutodiscover *
postweg_autodiscover_parse (const char *bytes, gsize length, const PostwegAddress *address, GError **error)
{
  xmlDoc *document = postweg_xml_read (bytes, length, error);
  const xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;
  g_autoptr (PostwegAutodiscover) answer = NULL;

  if (root != NULL && g_ascii_strcasecmp ((const char *) root->name, "Autodiscover") == 0)
    answer = read_answer (root, address);
  else if (document != NULL)
    g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_MALFORMED, "no Autodiscover");
  g_clear_pointer (&document, xmlFreeDoc);
  if (answer == NULL)
    return NULL;
  if (answer->servers->len > 0 || answer->redirect != NULL)
    return g_steal_pointer (&answer);
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND, "no server in it");
  return NULL;
}
