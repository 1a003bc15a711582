/* msmtp: accounts for sending in ~/.msmtprc, as version 1.8.23 reads it. */
#include "clients/lines.h"
#include "clients/terminal/look-up.h"
#include "clients/terminal/msmtp-prove.h"
#include "clients/rows.h"
#include "clients/text-program.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 8 /* accounts that take over from accounts that … */

/* A value stands in quotes as a whole or not at all; there are no escapes. */
static char *
unquote (const char *raw)
{
  gsize length = strlen (raw);
  gboolean quoted = length > 1 && *raw == '"' && raw[length - 1] == '"';

  return quoted ? g_strndup (raw + 1, length - 2) : g_strdup (raw);
}

static char *
quote (const char *value)
{
  gsize length = strlen (value);
  gboolean plain = length > 0 && *value != '"' && *value != '#' && !g_ascii_isspace (*value) &&
                   !g_ascii_isspace (value[length - 1]);

  return plain ? g_strdup (value) : g_strdup_printf ("\"%s\"", value);
}

static char *
section_of (const char *line)
{
  gboolean begins = strcmp (line, "defaults") == 0 || g_str_has_prefix (line, "account ") ||
                    g_str_has_prefix (line, "account\t");

  return begins ? g_strdup (line) : NULL;
}

static const PostwegDialect dialect = { .section = section_of,
                                        .separators = " \t",
                                        .comments = "#",
                                        .between = " ",
                                        .unquote = unquote,
                                        .quote = quote };

/* Returns: (transfer full): NAME of “account NAME : BASE, …”; bases: (out) (transfer full): NULL if there are none */
static char *
name_of (const char *section, char **bases)
{
  const char *names = section + strlen ("account");
  const char *colon = strchr (names, ':');
  g_autofree char *name = NULL;

  *bases = NULL;
  if (!g_str_has_prefix (section, "account"))
    return NULL;
  name = g_strstrip (colon != NULL ? g_strndup (names, (gsize) (colon - names)) : g_strdup (names));
  if (colon != NULL)
    *bases = g_strdup (colon + 1);
  return unquote (name);
}

static gboolean
find_account (const PostwegLines *lines, const char *wanted, guint *section)
{
  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    {
      g_autofree char *bases = NULL;
      g_autofree char *name = name_of (postweg_lines_section (lines, i), &bases);

      if (g_strcmp0 (name, wanted) == 0)
        {
          *section = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* What the nearest “defaults” above the section says. */
static const char *
default_of (const PostwegLines *lines, guint section, const char *key)
{
  for (guint i = section; i > 0; i--)
    if (strcmp (postweg_lines_section (lines, i), "defaults") == 0)
      return postweg_lines_get (lines, i, key);
  return NULL;
}

/* The section's own value, else that of the last account it takes over from, else the default. */
static const char *
value_of (const PostwegLines *lines, guint section, const char *key, guint depth)
{
  const char *value = postweg_lines_get (lines, section, key);
  g_autofree char *bases = NULL;
  g_autofree char *name = name_of (postweg_lines_section (lines, section), &bases);
  g_auto (GStrv) list = bases != NULL ? g_strsplit (bases, ",", -1) : NULL;

  if (value != NULL || depth > DEPTH_MAX)
    return value;
  for (guint i = list != NULL ? g_strv_length (list) : 0; i > 0 && value == NULL; i--)
    {
      g_autofree char *base = unquote (g_strstrip (list[i - 1]));
      guint other;

      if (find_account (lines, base, &other))
        value = value_of (lines, other, key, depth + 1);
    }
  return value != NULL || list != NULL ? value : default_of (lines, section, key);
}

static const char *
value_or (const PostwegLines *lines, guint section, const char *key, const char *fallback)
{
  const char *value = value_of (lines, section, key, 0);

  return value != NULL ? value : fallback;
}

static gboolean
is_on (const PostwegLines *lines, guint section, const char *key, const char *fallback)
{
  const char *value = value_or (lines, section, key, fallback);

  return *value == '\0' || strcmp (value, "on") == 0;
}

/* What “auth” says; everything else is a normal password. */
static PostwegAuth
auth_of (const char *value)
{
  static const struct {
    const char *start;
    PostwegAuth auth;
  } kinds[] = { { "off", POSTWEG_AUTH_NONE },        { "cram-md5", POSTWEG_AUTH_ENCRYPTED },
                { "scram", POSTWEG_AUTH_ENCRYPTED }, { "digest-md5", POSTWEG_AUTH_ENCRYPTED },
                { "ntlm", POSTWEG_AUTH_ENCRYPTED },  { "oauthbearer", POSTWEG_AUTH_OAUTH2 },
                { "xoauth2", POSTWEG_AUTH_OAUTH2 } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (value, kinds[i].start))
      return kinds[i].auth;
  return POSTWEG_AUTH_PASSWORD;
}

static PostwegSecurity
security_of (const PostwegLines *lines, guint section)
{
  if (!is_on (lines, section, "tls", "off"))
    return POSTWEG_PLAIN;
  return is_on (lines, section, "tls_starttls", "on") ? POSTWEG_STARTTLS : POSTWEG_TLS;
}

static PostwegServer *
server_of (const PostwegLines *lines, guint section, const char *host)
{
  PostwegSecurity security = security_of (lines, section);
  const char *usual = security == POSTWEG_TLS ? "465" : "25";
  guint16 port = (guint16) atoi (value_or (lines, section, "port", usual));
  PostwegAuth auth = auth_of (value_or (lines, section, "auth", "off"));
  PostwegServer *server =
      postweg_server_new (POSTWEG_SMTP, host, port, security,
                          auth != POSTWEG_AUTH_NONE ? value_or (lines, section, "user", "") : "");

  server->auth = auth;
  return server;
}

static void
add_account (const PostwegLines *lines, guint section, GPtrArray *accounts)
{
  g_autofree char *bases = NULL;
  g_autofree char *name = name_of (postweg_lines_section (lines, section), &bases);
  const char *host = value_of (lines, section, "host", 0);
  gboolean is_alias = g_strcmp0 (name, "default") == 0 && postweg_lines_get (lines, section, "host") == NULL;
  g_autoptr (PostwegServer) server = NULL;
  const char *note = "";

  if (name == NULL || host == NULL || is_alias)
    return;
  server = server_of (lines, section, host);
  if (server->security != POSTWEG_PLAIN && !is_on (lines, section, "tls_certcheck", "on"))
    note = _("It does not check the certificate of the server.");
  g_ptr_array_add (
      accounts,
      postweg_stored_account_new (
          name, postweg_account_new ("", value_or (lines, section, "from", ""), NULL, server), note));
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&dialect, file->bytes);

  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    add_account (lines, i, accounts);
  return TRUE;
}

static gboolean
is_taken (gconstpointer lines, const char *id)
{
  guint section;

  return find_account (lines, id, &section);
}

/* A new account (always) says everything itself, since defaults may change. */
static void
set_if_other (PostwegLines *lines, guint section, gboolean always, const char *key, const char *value)
{
  if (always || g_strcmp0 (value_of (lines, section, key, 0), value) != 0)
    postweg_lines_set (lines, section, key, value);
}

static void
set_security (PostwegLines *lines, guint section, gboolean always, PostwegSecurity security)
{
  set_if_other (lines, section, always, "tls", security != POSTWEG_PLAIN ? "on" : "off");
  if (security != POSTWEG_PLAIN)
    set_if_other (lines, section, always, "tls_starttls", security == POSTWEG_STARTTLS ? "on" : "off");
}

/* “on” never signs in without encryption, so that has to be asked for by name. */
static const char *
auth_word (const PostwegServer *server)
{
  static const char *const words[] = { "on", "cram-md5", "oauthbearer", "off" };

  return server->auth == POSTWEG_AUTH_PASSWORD && server->security == POSTWEG_PLAIN ? "plain"
                                                                                    : words[server->auth];
}

static void
set_sign_in (PostwegLines *lines, guint section, const PostwegTextEdit *edit)
{
  const PostwegServer *server = edit->account->outgoing;
  const char *now = value_or (lines, section, "auth", "off");

  if (edit->id == NULL || auth_of (now) != server->auth ||
      (server->security == POSTWEG_PLAIN && strcmp (now, "on") == 0))
    postweg_lines_set (lines, section, "auth", auth_word (server));
  if (server->auth == POSTWEG_AUTH_NONE)
    return;
  set_if_other (lines, section, edit->id == NULL, "user", server->user);
  if (edit->outgoing_command == NULL)
    return;
  postweg_lines_set (lines, section, "password", NULL);
  postweg_lines_set (lines, section, "passwordeval", edit->outgoing_command);
}

static guint
section_for (PostwegLines *lines, const PostwegTextEdit *edit)
{
  g_autofree char *id = NULL;
  g_autofree char *header = NULL;
  guint section;

  if (edit->id != NULL && find_account (lines, edit->id, &section))
    return section;
  id = postweg_text_new_id (edit->account->address, is_taken, lines);
  header = g_strdup_printf ("account %s", id);
  return postweg_lines_add_section (lines, header);
}

/* Without one, every call must name its account. */
static void
add_default (PostwegLines *lines, guint section)
{
  g_autofree char *header = NULL;
  guint there;

  if (find_account (lines, "default", &there))
    return;
  header =
      g_strdup_printf ("account default : %s", postweg_lines_section (lines, section) + strlen ("account "));
  postweg_lines_add_section (lines, header);
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&dialect, edit->file->bytes);
  const PostwegServer *server = edit->account->outgoing;
  guint section = section_for (lines, edit);
  g_autofree char *port = g_strdup_printf ("%u", server->port);

  set_if_other (lines, section, edit->id == NULL, "host", server->host);
  set_if_other (lines, section, edit->id == NULL, "port", port);
  set_security (lines, section, edit->id == NULL, server->security);
  if (edit->id == NULL && server->security != POSTWEG_PLAIN)
    set_if_other (lines, section, edit->id == NULL, "tls_trust_file", "system");
  set_sign_in (lines, section, edit);
  set_if_other (lines, section, edit->id == NULL, "from", edit->account->address);
  if (edit->id == NULL)
    add_default (lines, section);
  return postweg_lines_bytes (lines);
}

static const char *const places[] = { "~/.msmtprc", "$/msmtp/config", NULL };

static const PostwegTextProgram msmtp = { .places = places,
                                          .new_place = "~/.msmtprc",
                                          .command = "msmtp",
                                          .keep = postweg_look_up_plan,
                                          .list = list,
                                          .edit = edit_file };

const PostwegClient postweg_client_msmtp = {
  .id = "msmtp",
  .name = "msmtp",
  .kind = POSTWEG_KIND_TERMINAL,
  .abilities = POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS | POSTWEG_CAN_PLAIN |
               POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER |
               POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_ADDRESS,
  .details = &msmtp,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
  .prove = postweg_msmtp_prove,
};
