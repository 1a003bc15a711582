/* Servers written as URLs on the command line. */
#include "model/server.h"
#include "model/address.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
  const char *scheme;
  PostwegProtocol protocol;
  PostwegSecurity security;
} schemes[] = {
  { "imaps", POSTWEG_IMAP, POSTWEG_TLS }, { "imap", POSTWEG_IMAP, POSTWEG_STARTTLS },
  { "pop3s", POSTWEG_POP3, POSTWEG_TLS }, { "pop3", POSTWEG_POP3, POSTWEG_STARTTLS },
  { "smtps", POSTWEG_SMTP, POSTWEG_TLS }, { "smtp", POSTWEG_SMTP, POSTWEG_STARTTLS },
};

static gboolean
bad (GError **error, const char *message)
{
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT, message);
  return FALSE;
}

static gboolean
read_scheme (const char *scheme, PostwegServer *server, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_strcmp0 (schemes[i].scheme, scheme) == 0)
      {
        server->protocol = schemes[i].protocol;
        server->security = schemes[i].security;
        return TRUE;
      }
  return bad (error, _("A server begins with imaps://, imap://, pop3s://, pop3://, smtps:// or smtp://."));
}

static gboolean
read_option (const char *name, const char *value, PostwegServer *server, GError **error)
{
  PostwegSecurity security;

  if (g_strcmp0 (name, "auth") == 0)
    return postweg_auth_from_name (value, &server->auth) ||
           bad (error, _("“auth” can be password, encrypted, oauth2 or none."));
  if (g_strcmp0 (name, "security") != 0)
    return bad (error, _("After “?” a server address can have “security” and “auth” only."));
  if (!postweg_security_from_name (value, &security) || server->security == POSTWEG_TLS ||
      security == POSTWEG_TLS)
    return bad (error, _("“security” can be starttls or none, after imap://, pop3:// or smtp://."));
  server->security = security;
  return TRUE;
}

static gboolean
read_query (const char *query, PostwegServer *server, GError **error)
{
  GUriParamsIter iter;
  gboolean ok = TRUE;

  if (query == NULL)
    return TRUE;
  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_NONE);
  while (ok)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;
      g_autoptr (GError) broken = NULL;

      if (!g_uri_params_iter_next (&iter, &name, &value, &broken))
        return broken == NULL || bad (error, broken->message);
      ok = read_option (name, value, server, error);
    }
  return FALSE;
}

static gboolean
read_user (GUri *uri, PostwegServer *server, GError **error)
{
  const char *user = g_uri_get_user (uri);

  if (g_uri_get_password (uri) != NULL)
    return bad (error, _("A password does not belong into a server address; use --password-file, --password-fd or the prompt."));
  if (user != NULL && strpbrk (user, "\r\n") != NULL)
    return bad (error, _("A user name has no line breaks."));
  server->user = g_strdup (user != NULL ? user : "");
  return TRUE;
}

static gboolean
read_place (GUri *uri, PostwegServer *server, GError **error)
{
  g_autofree char *host = NULL;
  const char *path = g_uri_get_path (uri);
  int port = g_uri_get_port (uri);

  if (g_strcmp0 (path, "") != 0 && g_strcmp0 (path, "/") != 0)
    return bad (error, _("A server address has no path."));
  if (port == 0 || port > G_MAXUINT16)
    return bad (error, _("A port is a number from 1 to 65535."));
  host = g_uri_get_host (uri) != NULL ? postweg_host_normalise (g_uri_get_host (uri)) : NULL;
  if (host == NULL)
    return bad (error, _("The server name is missing or is no host name."));
  server->host = g_steal_pointer (&host);
  server->port = port > 0 ? (guint16) port : 0;
  return TRUE;
}

/* People write the user name as it is, and it is often an address: all @ but the last belong to it. Returns: (transfer full) */
static char *
with_one_at (const char *url)
{
  const char *start = strstr (url, "://");
  gsize length = start != NULL ? strcspn (start + 3, "/?#") : 0;
  const char *last = start != NULL ? g_strrstr_len (start + 3, (gssize) length, "@") : NULL;
  GString *escaped = g_string_new (NULL);

  for (const char *p = url; *p != '\0'; p++)
    {
      if (*p == '@' && last != NULL && p < last)
        g_string_append (escaped, "%40");
      else
        g_string_append_c (escaped, *p);
    }
  return g_string_free (escaped, FALSE);
}

PostwegServer *
postweg_server_from_url (const char *url, GError **error)
{
  g_autoptr (PostwegServer) server = g_new0 (PostwegServer, 1);
  g_autoptr (GUri) uri = NULL;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (url != NULL, NULL);
  escaped = with_one_at (url);
  uri = g_uri_parse (escaped, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL);
  if (uri == NULL)
    {
      /* the text itself is not repeated: there may be a password in it */
      bad (error, _("This is no server address; it should look like imaps://anna@imap.example.org or smtp://anna@smtp.example.org:587."));
      return NULL;
    }
  if (!read_scheme (g_uri_get_scheme (uri), server, error) || !read_user (uri, server, error) ||
      !read_place (uri, server, error) || !read_query (g_uri_get_query (uri), server, error))
    return NULL;
  if (server->port == 0)
    server->port = postweg_default_port (server->protocol, server->security);
  return g_steal_pointer (&server);
}
