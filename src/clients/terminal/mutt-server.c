/* folder, pop_host, smtp_url and what belongs to them: the variables that describe servers to mutt. */
#include "clients/terminal/mutt-server.h"
#include "clients/terminal/mail-url.h"
#include <string.h>

static const struct {
  const char *scheme;
  PostwegProtocol protocol;
  gboolean is_tls;
} schemes[] = {
  { "imaps", POSTWEG_IMAP, TRUE }, { "imap", POSTWEG_IMAP, FALSE }, { "pops", POSTWEG_POP3, TRUE },
  { "pop", POSTWEG_POP3, FALSE },  { "smtps", POSTWEG_SMTP, TRUE }, { "smtp", POSTWEG_SMTP, FALSE },
};

/* Names of variables by protocol. */
static const char *const users[] = { "imap_user", "pop_user", "smtp_user" };
static const char *const passwords[] = { "imap_pass", "pop_pass", "smtp_pass" };
static const char *const mechanisms[] = { "imap_authenticators", "pop_authenticators",
                                          "smtp_authenticators" };

static gboolean
is_yes (const PostwegMuttrc *rc, const char *name, const char *fallback)
{
  return g_str_has_prefix (postweg_muttrc_get_or (rc, name, fallback), "yes");
}

/* Without “s” in the scheme, encryption begins if the server offers it, unless that is switched off. */
static PostwegSecurity
security_of (const PostwegMuttrc *rc, gboolean is_tls)
{
  if (is_tls)
    return POSTWEG_TLS;
  return is_yes (rc, "ssl_starttls", "yes") || is_yes (rc, "ssl_force_tls", "no") ? POSTWEG_STARTTLS
                                                                                  : POSTWEG_PLAIN;
}

static PostwegAuth
auth_of (const char *list)
{
  g_autofree char *names = g_ascii_strdown (list, -1);

  if (*names == '\0' || strstr (names, "plain") != NULL || strstr (names, "login") != NULL ||
      strstr (names, "user") != NULL)
    return POSTWEG_AUTH_PASSWORD;
  return strstr (names, "oauth") != NULL ? POSTWEG_AUTH_OAUTH2 : POSTWEG_AUTH_ENCRYPTED;
}

static guint16
usual_port (PostwegProtocol protocol, PostwegSecurity security)
{
  return protocol == POSTWEG_SMTP && security != POSTWEG_TLS ? 25 : postweg_default_port (protocol, security);
}

/* Only pop_host may do without a scheme. Returns: (transfer full): NULL if it is no URL */
static PostwegMailUrl *
url_of (const char *text, PostwegProtocol protocol)
{
  gboolean bare = protocol == POSTWEG_POP3 && *text != '\0' && strstr (text, "://") == NULL;
  g_autofree char *with_scheme = bare ? g_strconcat ("pop://", text, NULL) : g_strdup (text);
  g_autoptr (PostwegMailUrl) url = postweg_mail_url_parse (with_scheme);

  return url != NULL && *url->host != '\0' ? g_steal_pointer (&url) : NULL;
}

/* Returns: FALSE if the scheme is not one of this protocol */
static gboolean
read_scheme (const char *scheme, PostwegProtocol protocol, gboolean *is_tls)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (schemes[i].protocol == protocol && strcmp (schemes[i].scheme, scheme) == 0)
      {
        *is_tls = schemes[i].is_tls;
        return TRUE;
      }
  return FALSE;
}

static PostwegServer *
server_of (const PostwegMuttrc *rc, const char *variable, PostwegProtocol protocol)
{
  g_autoptr (PostwegMailUrl) url = url_of (postweg_muttrc_get_or (rc, variable, ""), protocol);
  gboolean is_tls;
  PostwegSecurity security;
  PostwegServer *server;
  const char *user;

  if (url == NULL || !read_scheme (url->scheme, protocol, &is_tls))
    return NULL;
  security = security_of (rc, is_tls);
  user = *url->user != '\0' ? url->user : postweg_muttrc_get_or (rc, users[protocol], "");
  server = postweg_server_new (protocol, url->host,
                               url->port != 0 ? url->port : usual_port (protocol, security), security, user);
  server->auth = auth_of (postweg_muttrc_get_or (rc, mechanisms[protocol], ""));
  if (protocol == POSTWEG_SMTP && *user == '\0')
    server->auth = POSTWEG_AUTH_NONE;
  return server;
}

PostwegServer *
postweg_mutt_incoming (const PostwegMuttrc *rc)
{
  static const char *const variables[] = { "folder", "spoolfile" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      PostwegServer *server = server_of (rc, variables[i], POSTWEG_IMAP);

      if (server != NULL)
        return server;
    }
  return server_of (rc, "pop_host", POSTWEG_POP3);
}

PostwegServer *
postweg_mutt_outgoing (const PostwegMuttrc *rc)
{
  return server_of (rc, "smtp_url", POSTWEG_SMTP);
}

char *
postweg_mutt_url (const PostwegServer *server)
{
  PostwegMailUrl url = {
    .user = server->user, .host = server->host, .port = server->port, .rest = (char *) "/"
  };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (schemes[i].protocol == server->protocol && schemes[i].is_tls == (server->security == POSTWEG_TLS))
      url.scheme = (char *) schemes[i].scheme;
  return postweg_mail_url_format (&url);
}

static const char *
incoming_variable (const PostwegMuttrc *rc, PostwegProtocol protocol)
{
  g_autoptr (PostwegServer) by_folder = server_of (rc, "folder", POSTWEG_IMAP);
  g_autoptr (PostwegServer) by_spool = server_of (rc, "spoolfile", POSTWEG_IMAP);

  if (protocol == POSTWEG_POP3)
    return "pop_host";
  return by_folder == NULL && by_spool != NULL ? "spoolfile" : "folder";
}

static void
set_mechanisms (PostwegMuttrc *rc, const PostwegServer *server)
{
  static const char *const encrypted[] = { "cram-md5", "cram-md5:apop", "cram-md5" };
  static const char *const words[] = { "", NULL, "oauthbearer:xoauth2", "" };
  const char *variable = mechanisms[server->protocol];
  const char *now = postweg_muttrc_get_or (rc, variable, "");

  if (server->auth != POSTWEG_AUTH_NONE && auth_of (now) != server->auth)
    postweg_muttrc_set (rc, variable,
                        server->auth == POSTWEG_AUTH_ENCRYPTED ? encrypted[server->protocol]
                                                               : words[server->auth]);
}

static void
set_server (PostwegMuttrc *rc, const char *variable, const PostwegServer *server, const char *command)
{
  g_autoptr (PostwegServer) now = server_of (rc, variable, server->protocol);
  g_autofree char *url = postweg_mutt_url (server);

  set_mechanisms (rc, server);
  if (now == NULL || !postweg_server_equal (now, server))
    postweg_muttrc_set (rc, variable, url);
  if (command != NULL)
    postweg_muttrc_set_command (rc, passwords[server->protocol], command);
}

void
postweg_mutt_set_servers (PostwegMuttrc *rc, const PostwegAccount *account, const char *incoming_command,
                          const char *outgoing_command)
{
  const PostwegServer *in = account->incoming;

  /* else it would go on without encryption where the server does not offer it */
  if (in->security == POSTWEG_STARTTLS || account->outgoing->security == POSTWEG_STARTTLS)
    {
      postweg_muttrc_set (rc, "ssl_force_tls", "yes");
      postweg_muttrc_set (rc, "ssl_starttls", "yes");
    }
  set_server (rc, incoming_variable (rc, in->protocol), in, incoming_command);
  if (in->protocol == POSTWEG_POP3)
    postweg_muttrc_set (rc, "pop_delete", account->pop.keep_on_server ? "no" : "yes");
  set_server (rc, "smtp_url", account->outgoing, outgoing_command);
}
