/* emailidentities and mailtransports. Only what differs from KMail's own defaults stands there when it has written them. */
#include "clients/desktop/kmail-sending.h"
#include <stdlib.h>
#include <string.h>

#define IDENTITIES "emailidentities"
#define TRANSPORTS "mailtransports"
#define GENERAL "General"
#define NUMBERS_MAX 200

/* PostwegSecurity, PostwegAuth */
static const char *const encryptions[] = { "SSL", "TLS", "None" };
static const char *const methods[] = { "PLAIN", "CRAM_MD5", "XOAUTH2" };

static const struct {
  const char *name;
  PostwegAuth auth;
} known_methods[] = {
  { "PLAIN", POSTWEG_AUTH_PASSWORD },       { "LOGIN", POSTWEG_AUTH_PASSWORD },
  { "CLEAR", POSTWEG_AUTH_PASSWORD },       { "CRAM_MD5", POSTWEG_AUTH_ENCRYPTED },
  { "DIGEST_MD5", POSTWEG_AUTH_ENCRYPTED }, { "NTLM", POSTWEG_AUTH_ENCRYPTED },
  { "GSSAPI", POSTWEG_AUTH_ENCRYPTED },     { "XOAUTH2", POSTWEG_AUTH_OAUTH2 },
};

static char *
group_of (const char *identity)
{
  return g_strconcat ("Identity #", identity, NULL);
}

static char *
identity_where (PostwegBundle *files, const char *key, const char *wanted)
{
  PostwegLines *lines = postweg_bundle_file (files, IDENTITIES);

  for (guint i = 0; i < NUMBERS_MAX; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *group = group_of (number);
      g_autofree char *value = postweg_key_file_get (lines, group, key);

      if (value != NULL && g_ascii_strcasecmp (value, wanted) == 0)
        return g_steal_pointer (&number);
    }
  return NULL;
}

char *
postweg_kmail_identity (PostwegBundle *files, const char *uoid)
{
  PostwegLines *lines = postweg_bundle_file (files, IDENTITIES);
  g_autofree char *usual = postweg_key_file_text (lines, GENERAL, "Default Identity");

  return identity_where (files, "uoid", uoid != NULL ? uoid : usual);
}

char *
postweg_kmail_identity_with (PostwegBundle *files, const char *address)
{
  return identity_where (files, "Email Address", address);
}

/* Returns: (transfer full): the id of the transport; "" if there is none. is_own: (out): the identity names it itself */
static char *
transport_of (PostwegBundle *files, const char *identity, gboolean *is_own)
{
  g_autofree char *group = group_of (identity);
  g_autofree char *own = postweg_key_file_text (postweg_bundle_file (files, IDENTITIES), group, "Transport");

  *is_own = *own != '\0';
  if (*is_own)
    return g_steal_pointer (&own);
  return postweg_key_file_text (postweg_bundle_file (files, TRANSPORTS), GENERAL, "default-transport");
}

static PostwegAuth
auth_of (const PostwegLines *lines, const char *group)
{
  g_autofree char *method = postweg_key_file_text (lines, group, "authtype");

  if (!postweg_key_file_is_true (lines, group, "auth", FALSE))
    return POSTWEG_AUTH_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (known_methods); i++)
    if (strcmp (method, known_methods[i].name) == 0)
      return known_methods[i].auth;
  return POSTWEG_AUTH_PASSWORD;
}

/* A key that is not there has its default: no encryption at port 25 in 22.12, SSL and port 587 since. Which one wrote it shows in the other key. */
static PostwegSecurity
security_of (const PostwegLines *lines, const char *group)
{
  g_autofree char *encryption = postweg_key_file_text (lines, group, "encryption");

  for (guint i = 0; i < G_N_ELEMENTS (encryptions); i++)
    if (g_ascii_strcasecmp (encryption, encryptions[i]) == 0)
      return i;
  return postweg_key_file_number (lines, group, "port", 0) == 465 ? POSTWEG_TLS : POSTWEG_PLAIN;
}

static guint
port_of (const PostwegLines *lines, const char *group)
{
  g_autofree char *encryption = postweg_key_file_get (lines, group, "encryption");

  return postweg_key_file_number (lines, group, "port", encryption != NULL ? 587 : 25);
}

static PostwegServer *
server_of (PostwegBundle *files, const char *transport)
{
  const PostwegLines *lines = postweg_bundle_file (files, TRANSPORTS);
  g_autofree char *group = g_strconcat ("Transport ", transport, NULL);
  g_autofree char *kind = postweg_key_file_text (lines, group, "identifier");
  g_autofree char *host = postweg_key_file_text (lines, group, "host");
  g_autofree char *user = postweg_key_file_text (lines, group, "user");
  PostwegServer *server;

  if (*host == '\0' || (*kind != '\0' && strcmp (kind, "SMTP") != 0))
    return NULL;
  server = postweg_server_new (POSTWEG_SMTP, host, (guint16) port_of (lines, group),
                               security_of (lines, group), user);
  server->auth = auth_of (lines, group);
  if (server->auth == POSTWEG_AUTH_NONE)
    *server->user = '\0';
  return server;
}

static void
replace_text (char **place, char *text)
{
  g_free (*place);
  *place = text;
}

void
postweg_kmail_read_sending (PostwegBundle *files, const char *identity, PostwegAccount *account)
{
  const PostwegLines *lines = postweg_bundle_file (files, IDENTITIES);
  g_autofree char *group = group_of (identity);
  gboolean is_own;
  g_autofree char *transport = transport_of (files, identity, &is_own);

  replace_text (&account->name, postweg_key_file_text (lines, group, "Name"));
  replace_text (&account->address, postweg_key_file_text (lines, group, "Email Address"));
  g_clear_pointer (&account->outgoing, postweg_server_free);
  account->outgoing = server_of (files, transport);
  account->program.sends_by_its_default = !is_own;
  account->program.sent_copy = postweg_key_file_is_true (lines, group, "Disable Fcc", FALSE)
                                   ? POSTWEG_COPY_NOT_KEPT
                                   : POSTWEG_COPY_KEPT;
}

/* Whether another identity sends through it. */
static gboolean
is_shared (PostwegBundle *files, const char *identity, const char *transport)
{
  for (guint i = 0; i < NUMBERS_MAX; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *group = group_of (number);
      guint section;
      gboolean is_own;
      g_autofree char *other = transport_of (files, number, &is_own);

      if (strcmp (number, identity) != 0 && strcmp (other, transport) == 0 &&
          postweg_lines_find (postweg_bundle_file (files, IDENTITIES), group, &section))
        return TRUE;
    }
  return FALSE;
}

/* Numbers that look like KMail's own, the same for the same text. */
static char *
new_number (PostwegBundle *files, const char *text,
            gboolean (*is_taken) (PostwegBundle *files, const char *number))
{
  guint number = g_str_hash (text) & 0x3fffffff;
  char *id = g_strdup_printf ("%u", ++number);

  while (is_taken (files, id))
    {
      g_free (id);
      id = g_strdup_printf ("%u", ++number);
    }
  return id;
}

static gboolean
is_transport (PostwegBundle *files, const char *number)
{
  g_autofree char *group = g_strconcat ("Transport ", number, NULL);
  guint section;

  return postweg_lines_find (postweg_bundle_file (files, TRANSPORTS), group, &section);
}

static gboolean
is_uoid (PostwegBundle *files, const char *number)
{
  g_autofree char *identity = identity_where (files, "uoid", number);

  return identity != NULL;
}

static void
set_transport (PostwegLines *lines, const char *group, const PostwegServer *server)
{
  gboolean signs_in = server->auth != POSTWEG_AUTH_NONE;

  postweg_key_file_set (lines, group, "host", server->host);
  postweg_key_file_set_number (lines, group, "port", server->port);
  postweg_key_file_set (lines, group, "encryption", encryptions[server->security]);
  postweg_key_file_set (lines, group, "auth", signs_in ? "true" : "false");
  if (!signs_in)
    return;
  postweg_key_file_set (lines, group, "user", server->user);
  if (auth_of (lines, group) != server->auth)
    postweg_key_file_set (lines, group, "authtype", methods[server->auth]);
}

static char *
add_transport (PostwegBundle *files, const PostwegAccount *account)
{
  PostwegLines *lines = postweg_bundle_file (files, TRANSPORTS);
  g_autofree char *usual = postweg_key_file_get (lines, GENERAL, "default-transport");
  g_autofree char *key = g_strdup_printf ("%s %s", account->outgoing->host, account->outgoing->user);
  g_autofree char *id = new_number (files, key, is_transport);
  g_autofree char *group = g_strconcat ("Transport ", id, NULL);

  if (usual == NULL)
    postweg_key_file_set (lines, GENERAL, "default-transport", id);
  postweg_key_file_set (lines, group, "id", id);
  postweg_key_file_set (lines, group, "name", account->address);
  postweg_key_file_set (lines, group, "identifier", "SMTP");
  set_transport (lines, group, account->outgoing);
  postweg_key_file_set (lines, group, "authtype",
                        account->outgoing->auth == POSTWEG_AUTH_NONE ? NULL
                                                                     : methods[account->outgoing->auth]);
  return g_steal_pointer (&id);
}

static void
write_transport (PostwegBundle *files, const char *identity, const PostwegAccount *account)
{
  gboolean is_own;
  g_autofree char *now = transport_of (files, identity, &is_own);
  g_autoptr (PostwegServer) server = server_of (files, now);
  g_autofree char *group = group_of (identity);
  g_autofree char *own_group = g_strconcat ("Transport ", now, NULL);
  g_autofree char *added = NULL;

  if (server != NULL && postweg_server_equal (server, account->outgoing))
    return;
  if (server != NULL && !is_shared (files, identity, now))
    {
      set_transport (postweg_bundle_file (files, TRANSPORTS), own_group, account->outgoing);
      return;
    }
  added = add_transport (files, account);
  postweg_key_file_set (postweg_bundle_file (files, IDENTITIES), group, "Transport", added);
}

/* The next number; KMail's first one has no address, and ours takes its place as the usual one. */
static char *
add_identity (PostwegBundle *files, const PostwegAccount *account)
{
  PostwegLines *lines = postweg_bundle_file (files, IDENTITIES);
  g_autofree char *usual = postweg_kmail_identity (files, NULL);
  g_autofree char *usual_group = group_of (usual != NULL ? usual : "");
  g_autofree char *usual_address = postweg_key_file_text (lines, usual_group, "Email Address");
  g_autofree char *uoid = new_number (files, account->address, is_uoid);
  char *number = NULL;

  for (guint i = 0; number == NULL && i < NUMBERS_MAX; i++)
    {
      g_autofree char *group = g_strdup_printf ("Identity #%u", i);
      guint section;

      if (!postweg_lines_find (lines, group, &section))
        {
          number = g_strdup_printf ("%u", i);
          if (*usual_address == '\0')
            postweg_key_file_set (lines, GENERAL, "Default Identity", uoid);
          postweg_key_file_set (lines, group, "Identity", account->address);
          postweg_key_file_set (lines, group, "uoid", uoid);
        }
    }
  return number;
}

char *
postweg_kmail_write_sending (PostwegBundle *files, const char *identity, const PostwegAccount *account)
{
  g_autofree char *number = identity != NULL ? g_strdup (identity) : add_identity (files, account);
  PostwegLines *lines = postweg_bundle_file (files, IDENTITIES);
  g_autofree char *group = group_of (number != NULL ? number : "0");

  postweg_key_file_set (lines, group, "Name", account->name);
  postweg_key_file_set (lines, group, "Email Address", account->address);
  write_transport (files, number != NULL ? number : "0", account);
  return postweg_key_file_text (lines, group, "uoid");
}
