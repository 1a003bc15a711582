/* Resources of Akonadi, with the identity that each one's mail is answered from. */
#include "clients/desktop/kmail-account.h"
#include "clients/desktop/kmail-sending.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define AGENTS "akonadi/agentsrc"
#define NUMBERS_MAX 200
#define POP "General"

/* Kinds of resources, and where they keep what. */
static const struct {
  PostwegProtocol protocol;
  const char *type, *group, *host, *port, *user, *method;
  guint usual_method, usual_port;
} kinds[] = {
  { POSTWEG_IMAP, "akonadi_imap_resource", "network", "ImapServer", "ImapPort", "UserName", "Authentication",
    1, 993 },
  { POSTWEG_POP3, "akonadi_pop3_resource", POP, "host", "port", "login", "authenticationMethod", 7, 110 },
};

/* PostwegSecurity */
static const char *const safeties[] = { "SSL", "STARTTLS", "NONE" };

/* By the numbers that KDE gives to ways of signing in: LOGIN, PLAIN, CRAM-MD5, DIGEST-MD5, GSSAPI, NTLM, APOP, clear, anonymous, XOAUTH2. */
static const PostwegAuth methods[] = {
  POSTWEG_AUTH_PASSWORD,  POSTWEG_AUTH_PASSWORD,  POSTWEG_AUTH_ENCRYPTED, POSTWEG_AUTH_ENCRYPTED,
  POSTWEG_AUTH_ENCRYPTED, POSTWEG_AUTH_ENCRYPTED, POSTWEG_AUTH_ENCRYPTED, POSTWEG_AUTH_PASSWORD,
  POSTWEG_AUTH_PASSWORD,  POSTWEG_AUTH_OAUTH2,
};
#define CRAM_MD5 2

static char *
settings_of (const char *id)
{
  return g_strconcat (id, "rc", NULL);
}

static char *
agent_of (const char *id)
{
  return g_strconcat ("akonadi/agent_config_", id, NULL);
}

static PostwegSecurity
security_of (const PostwegLines *lines, PostwegProtocol protocol)
{
  g_autofree char *safety = postweg_key_file_text (lines, kinds[0].group, "Safety");

  if (protocol == POSTWEG_POP3)
    return postweg_key_file_is_true (lines, POP, "useSSL", FALSE)   ? POSTWEG_TLS
           : postweg_key_file_is_true (lines, POP, "useTLS", FALSE) ? POSTWEG_STARTTLS
                                                                    : POSTWEG_PLAIN;
  for (guint i = 0; i < G_N_ELEMENTS (safeties); i++)
    if (strcmp (safety, safeties[i]) == 0)
      return i;
  return POSTWEG_TLS;
}

static PostwegServer *
server_of (const PostwegLines *lines, guint kind)
{
  g_autofree char *host = postweg_key_file_text (lines, kinds[kind].group, kinds[kind].host);
  g_autofree char *user = postweg_key_file_text (lines, kinds[kind].group, kinds[kind].user);
  guint port = postweg_key_file_number (lines, kinds[kind].group, kinds[kind].port, kinds[kind].usual_port);
  guint method =
      postweg_key_file_number (lines, kinds[kind].group, kinds[kind].method, kinds[kind].usual_method);
  PostwegServer *server;

  if (*host == '\0')
    return NULL;
  server = postweg_server_new (kinds[kind].protocol, host, (guint16) port,
                               security_of (lines, kinds[kind].protocol), user);
  server->auth = method < G_N_ELEMENTS (methods) ? methods[method] : POSTWEG_AUTH_PASSWORD;
  return server;
}

/* -1 days: for ever */
static PostwegPopOptions
pop_of (const PostwegLines *lines)
{
  g_autofree char *days = postweg_key_file_text (lines, POP, "leaveOnServerDays");
  PostwegPopOptions pop = { .keep_on_server = postweg_key_file_is_true (lines, POP, "leaveOnServer", FALSE) };

  pop.delete_after_days = pop.keep_on_server ? (guint) MAX (atoi (days), 0) : 0;
  return pop;
}

/* By POP nothing names an identity: it is the one with the address by which the resource is called. is_own: (out): not just the usual one */
static char *
identity_of (PostwegBundle *files, const char *id, guint kind, gboolean *is_own)
{
  g_autofree char *settings = settings_of (id);
  g_autofree char *agent = agent_of (id);
  const PostwegLines *lines = postweg_bundle_file (files, settings);
  g_autofree char *name = postweg_key_file_text (postweg_bundle_file (files, agent), "Agent", "Name");
  g_autofree char *uoid = postweg_key_file_text (lines, "cache", "AccountIdentity");
  char *identity = NULL;

  if (kinds[kind].protocol == POSTWEG_POP3 && *name != '\0')
    identity = postweg_kmail_identity_with (files, name);
  else if (!postweg_key_file_is_true (lines, "cache", "UseDefaultIdentity", TRUE))
    identity = postweg_kmail_identity (files, uoid);
  *is_own = identity != NULL;
  return identity != NULL ? identity : postweg_kmail_identity (files, NULL);
}

static void
add_account (PostwegBundle *files, const char *id, guint kind, GPtrArray *accounts)
{
  g_autofree char *settings = settings_of (id);
  const PostwegLines *lines = postweg_bundle_file (files, settings);
  g_autoptr (PostwegServer) server = server_of (lines, kind);
  gboolean is_own;
  g_autofree char *identity = identity_of (files, id, kind, &is_own);
  PostwegAccount *account;

  if (server == NULL)
    return;
  account = postweg_account_new ("", "", server, NULL);
  if (server->protocol == POSTWEG_POP3)
    account->pop = pop_of (lines);
  account->program.is_known = TRUE;
  if (identity != NULL)
    postweg_kmail_read_sending (files, identity, account);
  g_ptr_array_add (accounts, postweg_stored_account_new (id, account, ""));
}

static gboolean
is_instance (PostwegBundle *files, const char *id, guint kind)
{
  g_autofree char *key = g_strconcat (id, "\\AgentType", NULL);
  g_autofree char *type = postweg_key_file_text (postweg_bundle_file (files, AGENTS), "Instances", key);

  return strcmp (type, kinds[kind].type) == 0;
}

void
postweg_kmail_accounts (PostwegBundle *files, GPtrArray *accounts)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (guint i = 0; i < NUMBERS_MAX; i++)
      {
        g_autofree char *id = g_strdup_printf ("%s_%u", kinds[kind].type, i);

        if (is_instance (files, id, kind))
          add_account (files, id, kind, accounts);
      }
}

/* Its counter says which number is the next. */
static char *
add_instance (PostwegBundle *files, guint kind, const PostwegAccount *account)
{
  PostwegLines *lines = postweg_bundle_file (files, AGENTS);
  g_autofree char *counter = g_strconcat (kinds[kind].type, "\\InstanceCounter", NULL);
  guint next = postweg_key_file_number (lines, "InstanceCounters", counter, 0);
  char *id = g_strdup_printf ("%s_%u", kinds[kind].type, next);
  g_autofree char *key = g_strconcat (id, "\\AgentType", NULL);
  g_autofree char *agent = agent_of (id);

  postweg_key_file_set_number (lines, "InstanceCounters", counter, next + 1);
  postweg_key_file_set (lines, "Instances", key, kinds[kind].type);
  postweg_key_file_set (postweg_bundle_file (files, agent), "Agent", "Name", account->address);
  postweg_key_file_set (postweg_bundle_file (files, agent), "Agent", "DesiredOnlineState", "true");
  return id;
}

static void
set_security (PostwegLines *lines, const PostwegServer *server)
{
  if (server->protocol == POSTWEG_IMAP)
    {
      postweg_key_file_set (lines, kinds[0].group, "Safety", safeties[server->security]);
      return;
    }
  postweg_key_file_set (lines, POP, "useSSL", server->security == POSTWEG_TLS ? "true" : "false");
  postweg_key_file_set (lines, POP, "useTLS", server->security == POSTWEG_STARTTLS ? "true" : "false");
}

static void
set_server (PostwegLines *lines, guint kind, const PostwegServer *server)
{
  g_autoptr (PostwegServer) now = server_of (lines, kind);

  if (now != NULL && postweg_server_equal (now, server))
    return;
  postweg_key_file_set (lines, kinds[kind].group, kinds[kind].host, server->host);
  postweg_key_file_set_number (lines, kinds[kind].group, kinds[kind].port, server->port);
  postweg_key_file_set (lines, kinds[kind].group, kinds[kind].user, server->user);
  set_security (lines, server);
  if (now == NULL || now->auth != server->auth)
    postweg_key_file_set_number (lines, kinds[kind].group, kinds[kind].method,
                                 server->auth == POSTWEG_AUTH_ENCRYPTED ? CRAM_MD5
                                                                        : kinds[kind].usual_method);
}

static void
set_pop (PostwegLines *lines, const PostwegPopOptions *pop)
{
  PostwegPopOptions now = pop_of (lines);
  g_autofree char *days =
      pop->delete_after_days > 0 ? g_strdup_printf ("%u", pop->delete_after_days) : g_strdup ("-1");

  if (now.keep_on_server == pop->keep_on_server && now.delete_after_days == pop->delete_after_days)
    return;
  postweg_key_file_set (lines, POP, "leaveOnServer", pop->keep_on_server ? "true" : "false");
  postweg_key_file_set (lines, POP, "leaveOnServerDays", days);
}

static gboolean
sends_as_meant (PostwegBundle *files, const char *identity, const PostwegAccount *account)
{
  g_autoptr (PostwegAccount) now = postweg_account_new ("", "", account->incoming, NULL);

  if (identity == NULL)
    return FALSE;
  now->pop = account->pop;
  postweg_kmail_read_sending (files, identity, now);
  return postweg_account_equal (now, account);
}

/* An identity that others may use too is left alone. */
static void
set_sending (PostwegBundle *files, const char *id, guint kind, const PostwegAccount *account)
{
  gboolean is_own;
  g_autofree char *identity = identity_of (files, id, kind, &is_own);
  g_autofree char *settings = settings_of (id);
  g_autofree char *agent = agent_of (id);
  PostwegLines *lines = postweg_bundle_file (files, settings);
  g_autofree char *uoid = NULL;

  if (sends_as_meant (files, identity, account))
    return;
  uoid = postweg_kmail_write_sending (files, is_own ? identity : NULL, account);
  if (kinds[kind].protocol == POSTWEG_POP3)
    {
      postweg_key_file_set (postweg_bundle_file (files, agent), "Agent", "Name", account->address);
      return;
    }
  postweg_key_file_set (lines, "cache", "UseDefaultIdentity", "false");
  postweg_key_file_set (lines, "cache", "AccountIdentity", uoid);
}

void
postweg_kmail_edit (PostwegBundle *files, const PostwegAccount *account, const char *id)
{
  guint kind = account->incoming->protocol == POSTWEG_IMAP ? 0 : 1;
  g_autofree char *own = id != NULL ? g_strdup (id) : add_instance (files, kind, account);
  g_autofree char *settings = settings_of (own);
  PostwegLines *lines = postweg_bundle_file (files, settings);

  set_server (lines, kind, account->incoming);
  if (account->incoming->protocol == POSTWEG_POP3)
    set_pop (lines, &account->pop);
  set_sending (files, own, kind, account);
}
