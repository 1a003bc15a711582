/* The server value: making, copying, comparing, and the names of its parts. */
#include "model/server.h"
#include <string.h>

static const char *const protocol_names[] = { "imap", "pop3", "smtp" };
static const char *const security_names[] = { "tls", "starttls", "none" };
static const char *const auth_names[] = { "password", "encrypted", "oauth2", "none" };

guint16
postweg_default_port (PostwegProtocol protocol, PostwegSecurity security)
{
  static const guint16 ports[][2] = {
    [POSTWEG_IMAP] = { 993, 143 },
    [POSTWEG_POP3] = { 995, 110 },
    [POSTWEG_SMTP] = { 465, 587 },
  };

  return ports[protocol][security == POSTWEG_TLS ? 0 : 1];
}

PostwegServer *
postweg_server_new (PostwegProtocol protocol, const char *host, guint16 port, PostwegSecurity security,
                    const char *user)
{
  PostwegServer *server = g_new0 (PostwegServer, 1);

  g_return_val_if_fail (host != NULL, NULL);
  server->protocol = protocol;
  server->host = g_strdup (host);
  server->port = port != 0 ? port : postweg_default_port (protocol, security);
  server->security = security;
  server->user = g_strdup (user != NULL ? user : "");
  return server;
}

PostwegServer *
postweg_server_copy (const PostwegServer *server)
{
  PostwegServer *copy;

  if (server == NULL)
    return NULL;
  copy = postweg_server_new (server->protocol, server->host, server->port, server->security, server->user);
  copy->auth = server->auth;
  return copy;
}

void
postweg_server_free (PostwegServer *server)
{
  if (server == NULL)
    return;
  g_free (server->host);
  g_free (server->user);
  g_free (server);
}

gboolean
postweg_server_equal (const PostwegServer *a, const PostwegServer *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->protocol == b->protocol && a->port == b->port && a->security == b->security &&
         a->auth == b->auth && g_ascii_strcasecmp (a->host, b->host) == 0 && strcmp (a->user, b->user) == 0;
}

const char *
postweg_protocol_name (PostwegProtocol protocol)
{
  return protocol_names[protocol];
}

const char *
postweg_security_name (PostwegSecurity security)
{
  return security_names[security];
}

const char *
postweg_auth_name (PostwegAuth auth)
{
  return auth_names[auth];
}

static gboolean
find_name (const char *const *names, guint n_names, const char *name, guint *found)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        *found = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
postweg_protocol_from_name (const char *name, PostwegProtocol *protocol)
{
  return find_name (protocol_names, G_N_ELEMENTS (protocol_names), name, protocol);
}

gboolean
postweg_security_from_name (const char *name, PostwegSecurity *security)
{
  return find_name (security_names, G_N_ELEMENTS (security_names), name, security);
}

gboolean
postweg_auth_from_name (const char *name, PostwegAuth *auth)
{
  return find_name (auth_names, G_N_ELEMENTS (auth_names), name, auth);
}
