/* Sources of Evolution 3.46 as an account, and an account as sources. */
#include "clients/desktop/evolution-account.h"
#include "clients/desktop/key-file.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define SOURCE "Data Source"
#define MAIL "Mail Account"
#define IDENTITY "Mail Identity"
#define SUBMISSION "Mail Submission"
#define SIGN_IN "Authentication"
#define SECURITY "Security"
#define POP "Pop Backend"
#define ONLINE "GNOME Online Accounts"
#define DEPTH_MAX 8 /* sources below sources */

/* PostwegSecurity */
static const char *const securities[] = { "ssl-on-alternate-port", "starttls-on-standard-port", "none" };

static const struct {
  const char *backend;
  PostwegProtocol protocol;
  const char *group;
} backends[] = { { "imapx", POSTWEG_IMAP, MAIL },
                 { "pop", POSTWEG_POP3, MAIL },
                 { "smtp", POSTWEG_SMTP, "Mail Transport" } };

/* Ways to sign in by the start of their names; those of providers (Google …) are none of these. */
static const struct {
  const char *start;
  PostwegAuth auth;
} methods[] = {
  { "PLAIN", POSTWEG_AUTH_PASSWORD },   { "LOGIN", POSTWEG_AUTH_PASSWORD },
  { "POPB4SMTP", POSTWEG_AUTH_NONE },   { "CRAM-MD5", POSTWEG_AUTH_ENCRYPTED },
  { "SCRAM-", POSTWEG_AUTH_ENCRYPTED }, { "DIGEST-MD5", POSTWEG_AUTH_ENCRYPTED },
  { "+APOP", POSTWEG_AUTH_ENCRYPTED },  { "NTLM", POSTWEG_AUTH_ENCRYPTED },
  { "plain/", POSTWEG_AUTH_PASSWORD },
};

static PostwegLines *
lines_of (const GPtrArray *sources, const char *uid)
{
  const PostwegEvolutionSource *source = postweg_evolution_source (sources, uid);

  return postweg_lines_new (&postweg_key_file, source != NULL ? source->data : NULL);
}

static PostwegAuth
auth_of (const PostwegLines *lines, PostwegProtocol protocol)
{
  g_autofree char *method = postweg_key_file_text (lines, SIGN_IN, "Method");

  if (*method == '\0' || strcmp (method, "none") == 0)
    return protocol == POSTWEG_SMTP ? POSTWEG_AUTH_NONE : POSTWEG_AUTH_PASSWORD;
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_has_prefix (method, methods[i].start))
      return methods[i].auth;
  return POSTWEG_AUTH_OAUTH2;
}

static PostwegSecurity
security_of (const PostwegLines *lines)
{
  g_autofree char *method = postweg_key_file_text (lines, SECURITY, "Method");

  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    if (strcmp (method, securities[i]) == 0)
      return i;
  return POSTWEG_PLAIN;
}

/* Returns: NULL: no server of a kind that Postweg knows */
static PostwegServer *
server_of (const PostwegLines *lines, gboolean sends)
{
  g_autofree char *host = postweg_key_file_text (lines, SIGN_IN, "Host");
  g_autofree char *user = postweg_key_file_text (lines, SIGN_IN, "User");
  guint16 port = (guint16) postweg_key_file_number (lines, SIGN_IN, "Port", 0);
  PostwegServer *server = NULL;

  for (guint i = 0; *host != '\0' && server == NULL && i < G_N_ELEMENTS (backends); i++)
    {
      g_autofree char *backend = postweg_key_file_text (lines, backends[i].group, "BackendName");
      PostwegProtocol protocol = backends[i].protocol;

      if (strcmp (backend, backends[i].backend) != 0 || (protocol == POSTWEG_SMTP) != sends)
        continue;
      server = postweg_server_new (protocol, host, port, security_of (lines), user);
      server->auth = auth_of (lines, protocol);
      if (server->auth == POSTWEG_AUTH_NONE)
        *server->user = '\0';
    }
  return server;
}

static PostwegPopOptions
pop_of (const PostwegLines *lines)
{
  PostwegPopOptions pop = { .keep_on_server = postweg_key_file_is_true (lines, POP, "KeepOnServer", FALSE) };

  if (pop.keep_on_server)
    {
      pop.delete_after_days = postweg_key_file_number (lines, POP, "DeleteAfterDays", 0);
      pop.delete_when_deleted = postweg_key_file_is_true (lines, POP, "DeleteExpunged", FALSE);
    }
  return pop;
}

static void
read_habits (const PostwegLines *sender, const char *uid, PostwegProgramHabits *habits)
{
  g_autofree char *folder = postweg_key_file_text (sender, SUBMISSION, "SentFolder");
  g_autofree char *own = g_strdup_printf ("folder://%s/", uid);

  habits->is_known = TRUE;
  habits->sent_copy = postweg_key_file_is_true (sender, SUBMISSION, "UseSentFolder", TRUE)
                          ? POSTWEG_COPY_KEPT
                          : POSTWEG_COPY_NOT_KEPT;
  if (g_str_has_prefix (folder, own))
    habits->sent_folder = g_uri_unescape_string (folder + strlen (own), NULL);
}

/* One of those above it belongs to GNOME Online Accounts. */
static gboolean
is_online (const GPtrArray *sources, const char *uid)
{
  g_autofree char *next = g_strdup (uid);

  for (guint depth = 0; *next != '\0' && depth < DEPTH_MAX; depth++)
    {
      g_autoptr (PostwegLines) lines = lines_of (sources, next);
      guint section;

      if (postweg_lines_find (lines, ONLINE, &section))
        return TRUE;
      g_free (next);
      next = postweg_key_file_text (lines, SOURCE, "Parent");
    }
  return FALSE;
}

static void
set_note (PostwegStoredAccount *stored, const char *note)
{
  g_free (stored->note);
  stored->note = g_strdup (note);
}

static void
look_who_keeps_it (PostwegStoredAccount *stored, const GPtrArray *sources, const PostwegLines *lines)
{
  stored->read_only = TRUE;
  if (is_online (sources, stored->id))
    set_note (stored, _("It belongs to GNOME Online Accounts and is changed there, in GNOME’s settings."));
  else if (!postweg_evolution_source (sources, stored->id)->writable)
    set_note (stored, _("Whoever looks after this computer has set it up; it cannot be changed."));
  else
    stored->read_only = FALSE;
  if (!stored->read_only && !postweg_key_file_is_true (lines, SOURCE, "Enabled", TRUE))
    set_note (stored, _("It is switched off in Evolution."));
}

static void
add_account (const GPtrArray *sources, const char *uid, GPtrArray *accounts)
{
  g_autoptr (PostwegLines) lines = lines_of (sources, uid);
  g_autofree char *sender_uid = postweg_key_file_text (lines, MAIL, "IdentityUid");
  g_autoptr (PostwegLines) sender = lines_of (sources, sender_uid);
  g_autofree char *sending_uid = postweg_key_file_text (sender, SUBMISSION, "TransportUid");
  g_autoptr (PostwegLines) sending = lines_of (sources, sending_uid);
  g_autofree char *name = postweg_key_file_text (sender, IDENTITY, "Name");
  g_autofree char *address = postweg_key_file_text (sender, IDENTITY, "Address");
  g_autoptr (PostwegServer) in = server_of (lines, FALSE);
  g_autoptr (PostwegServer) out = server_of (sending, TRUE);
  PostwegStoredAccount *stored;

  if (in == NULL)
    return;
  stored = postweg_stored_account_new (uid, postweg_account_new (name, address, in, out), "");
  if (in->protocol == POSTWEG_POP3)
    stored->account->pop = pop_of (lines);
  read_habits (sender, uid, &stored->account->program);
  look_who_keeps_it (stored, sources, lines);
  g_ptr_array_add (accounts, stored);
}

void
postweg_evolution_accounts (const GPtrArray *sources, GPtrArray *accounts)
{
  for (guint i = 0; i < sources->len; i++)
    add_account (sources, ((PostwegEvolutionSource *) sources->pdata[i])->uid, accounts);
}

static void
set_server (PostwegLines *lines, const PostwegServer *server)
{
  static const char *const words[] = { "PLAIN", "CRAM-MD5", "XOAUTH2", "none" };
  g_autoptr (PostwegServer) now = server_of (lines, server->protocol == POSTWEG_SMTP);

  if (now != NULL && postweg_server_equal (now, server))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (backends); i++)
    if (backends[i].protocol == server->protocol)
      postweg_key_file_set (lines, backends[i].group, "BackendName", backends[i].backend);
  postweg_key_file_set (lines, SIGN_IN, "Host", server->host);
  postweg_key_file_set_number (lines, SIGN_IN, "Port", server->port);
  postweg_key_file_set (lines, SIGN_IN, "User", server->user);
  if (now == NULL || now->auth != server->auth)
    postweg_key_file_set (lines, SIGN_IN, "Method", words[server->auth]);
  postweg_key_file_set (lines, SECURITY, "Method", securities[server->security]);
}

static void
begin (PostwegLines *lines, const PostwegEvolutionEdit *edit, PostwegEvolutionPart part)
{
  postweg_key_file_set (lines, SOURCE, "DisplayName", edit->account->address);
  postweg_key_file_set (lines, SOURCE, "Enabled", "true");
  postweg_key_file_set (lines, SOURCE, "Parent",
                        part == POSTWEG_EVOLUTION_RECEIVING ? "" : edit->uids[POSTWEG_EVOLUTION_RECEIVING]);
  if (part == POSTWEG_EVOLUTION_SENDER)
    return;
  postweg_key_file_set (lines, SIGN_IN, "ProxyUid", "system-proxy");
  postweg_key_file_set (lines, SIGN_IN, "RememberPassword", "true");
}

static void
set_pop (PostwegLines *lines, const PostwegPopOptions *pop)
{
  PostwegPopOptions now = pop_of (lines);
  guint section;

  if (postweg_lines_find (lines, POP, &section) && now.keep_on_server == pop->keep_on_server &&
      now.delete_after_days == pop->delete_after_days &&
      !now.delete_when_deleted == !pop->delete_when_deleted)
    return;
  postweg_key_file_set (lines, POP, "KeepOnServer", pop->keep_on_server ? "true" : "false");
  postweg_key_file_set_number (lines, POP, "DeleteAfterDays", pop->delete_after_days);
  postweg_key_file_set (lines, POP, "DeleteExpunged", pop->delete_when_deleted ? "true" : "false");
}

static void
set_receiving (PostwegLines *lines, const PostwegEvolutionEdit *edit)
{
  const PostwegServer *server = edit->account->incoming;

  set_server (lines, server);
  postweg_key_file_set (lines, MAIL, "IdentityUid", edit->uids[POSTWEG_EVOLUTION_SENDER]);
  if (edit->before[POSTWEG_EVOLUTION_RECEIVING] == NULL)
    {
      postweg_key_file_set (lines, "Refresh", "Enabled", "true");
      postweg_key_file_set_number (lines, "Refresh", "IntervalMinutes", 10);
    }
  if (server->protocol == POSTWEG_POP3)
    set_pop (lines, &edit->account->pop);
}

/* By POP there are only the folders of this computer. */
static void
set_folders (PostwegLines *lines, const PostwegEvolutionEdit *edit)
{
  const char *place =
      edit->account->incoming->protocol == POSTWEG_IMAP ? edit->uids[POSTWEG_EVOLUTION_RECEIVING] : "local";
  g_autofree char *drafts = g_strdup_printf ("folder://%s/Drafts", place);
  g_autofree char *sent = g_strdup_printf ("folder://%s/Sent", place);

  postweg_key_file_set (lines, "Mail Composition", "DraftsFolder", drafts);
  postweg_key_file_set (lines, SUBMISSION, "SentFolder", sent);
  if (edit->files_sent)
    postweg_key_file_set (lines, SUBMISSION, "UseSentFolder", "false");
}

static void
set_sender (PostwegLines *lines, const PostwegEvolutionEdit *edit)
{
  postweg_key_file_set (lines, IDENTITY, "Address", edit->account->address);
  postweg_key_file_set (lines, IDENTITY, "Name", edit->account->name);
  if (edit->before[POSTWEG_EVOLUTION_SENDER] == NULL)
    set_folders (lines, edit);
  postweg_key_file_set (lines, SUBMISSION, "TransportUid", edit->uids[POSTWEG_EVOLUTION_SENDING]);
}

GBytes *
postweg_evolution_edit_part (const PostwegEvolutionEdit *edit, PostwegEvolutionPart part)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_key_file, edit->before[part]);

  if (edit->before[part] == NULL)
    begin (lines, edit, part);
  if (part == POSTWEG_EVOLUTION_RECEIVING)
    set_receiving (lines, edit);
  else if (part == POSTWEG_EVOLUTION_SENDER)
    set_sender (lines, edit);
  else
    set_server (lines, edit->account->outgoing);
  return postweg_lines_bytes (lines);
}

/* uid: taken; the source that it names, else a new id */
static void
set_part (PostwegEvolutionEdit *edit, const GPtrArray *sources, PostwegEvolutionPart part, char *uid)
{
  const PostwegEvolutionSource *source = uid != NULL ? postweg_evolution_source (sources, uid) : NULL;

  edit->uids[part] = source != NULL ? g_strdup (uid) : g_uuid_string_random ();
  edit->before[part] = source != NULL ? g_bytes_ref (source->data) : NULL;
  g_free (uid);
}

void
postweg_evolution_edit_init (PostwegEvolutionEdit *edit, const GPtrArray *sources, const char *id)
{
  g_autoptr (PostwegLines) lines = lines_of (sources, id);
  g_autofree char *sender_uid = postweg_key_file_get (lines, MAIL, "IdentityUid");
  g_autoptr (PostwegLines) sender = lines_of (sources, sender_uid);

  set_part (edit, sources, POSTWEG_EVOLUTION_RECEIVING, g_strdup (id));
  set_part (edit, sources, POSTWEG_EVOLUTION_SENDER, g_steal_pointer (&sender_uid));
  set_part (edit, sources, POSTWEG_EVOLUTION_SENDING,
            postweg_key_file_get (sender, SUBMISSION, "TransportUid"));
}

void
postweg_evolution_edit_clear (PostwegEvolutionEdit *edit)
{
  for (guint i = 0; i < POSTWEG_EVOLUTION_N_PARTS; i++)
    {
      g_clear_pointer (&edit->uids[i], g_free);
      g_clear_pointer (&edit->before[i], g_bytes_unref);
    }
}
