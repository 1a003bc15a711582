/* GNOME Online Accounts 3.46: accounts for Evolution, Geary and others in one key file, which its service follows while it runs; passwords
 * in the keyring. The service's own call to add one writes the same two things; only this way keeps the file's other bytes and its undo. */
#include "clients/desktop/goa-prove.h"
#include "clients/desktop/key-file.h"
#include "clients/rows.h"
#include "clients/store.h"
#include "clients/text-program.h"
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "Account "
#define PROVIDER "imap_smtp"

/* The two halves of an account; keys begin with the word. */
static const struct {
  PostwegProtocol protocol;
  const char *word, *password;
} halves[] = { { POSTWEG_IMAP, "Imap", "imap-password" }, { POSTWEG_SMTP, "Smtp", "smtp-password" } };

/* Providers that it has signed in to itself (observed on the bus). */
static const struct {
  const char *provider, *in_host, *out_host;
  PostwegSecurity out_security;
} signed_in[] = {
  { "google", "imap.gmail.com", "smtp.gmail.com", POSTWEG_TLS },
  { "windows_live", "imap-mail.outlook.com", "smtp-mail.outlook.com", POSTWEG_STARTTLS },
};

static char *
text_of (const PostwegLines *lines, const char *group, const char *word, const char *key)
{
  g_autofree char *name = g_strconcat (word, key, NULL);

  return postweg_key_file_text (lines, group, name);
}

static gboolean
is_true (const PostwegLines *lines, const char *group, const char *word, const char *key)
{
  g_autofree char *name = g_strconcat (word, key, NULL);

  return postweg_key_file_is_true (lines, group, name, FALSE);
}

static PostwegSecurity
security_of (const PostwegLines *lines, const char *group, const char *word)
{
  if (is_true (lines, group, word, "UseSsl"))
    return POSTWEG_TLS;
  return is_true (lines, group, word, "UseTls") ? POSTWEG_STARTTLS : POSTWEG_PLAIN;
}

/* “host” or “host:port” */
static PostwegServer *
server_of (const PostwegLines *lines, const char *group, guint half)
{
  const char *word = halves[half].word;
  g_autofree char *host = text_of (lines, group, word, "Host");
  g_autofree char *user = text_of (lines, group, word, "UserName");
  char *colon = strrchr (host, ':');
  gboolean is_open = halves[half].protocol == POSTWEG_SMTP && !is_true (lines, group, word, "UseAuth");
  guint16 port = colon != NULL ? (guint16) atoi (colon + 1) : 0;
  PostwegServer *server;

  if (colon != NULL)
    *colon = '\0';
  if (*host == '\0')
    return NULL;
  server = postweg_server_new (halves[half].protocol, host, port, security_of (lines, group, word),
                               is_open ? "" : user);
  if (is_open)
    server->auth = POSTWEG_AUTH_NONE;
  return server;
}

static PostwegStoredAccount *
signed_in_account (const char *id, const char *provider, const char *user)
{
  for (guint i = 0; i < G_N_ELEMENTS (signed_in); i++)
    if (strcmp (signed_in[i].provider, provider) == 0)
      {
        g_autoptr (PostwegServer) in =
            postweg_server_new (POSTWEG_IMAP, signed_in[i].in_host, 0, POSTWEG_TLS, user);
        g_autoptr (PostwegServer) out =
            postweg_server_new (POSTWEG_SMTP, signed_in[i].out_host, 0, signed_in[i].out_security, user);
        PostwegStoredAccount *stored;

        in->auth = out->auth = POSTWEG_AUTH_OAUTH2;
        stored = postweg_stored_account_new (id, postweg_account_new ("", user, in, out),
                                             _("It was signed in at the provider, in GNOME’s settings."));
        stored->read_only = TRUE;
        return stored;
      }
  return NULL;
}

static PostwegStoredAccount *
own_account (const PostwegLines *lines, const char *group, const char *id)
{
  g_autoptr (PostwegServer) in = server_of (lines, group, 0);
  g_autoptr (PostwegServer) out = server_of (lines, group, 1);
  g_autofree char *name = postweg_key_file_text (lines, group, "Name");
  g_autofree char *address = postweg_key_file_text (lines, group, "EmailAddress");
  gboolean is_on = postweg_key_file_is_true (lines, group, "Enabled", FALSE);

  return postweg_stored_account_new (id, postweg_account_new (name, address, in, out),
                                     is_on ? "" : _("Mail is switched off for it, in GNOME’s settings."));
}

static void
add_account (const PostwegLines *lines, const char *group, GPtrArray *accounts)
{
  const char *id = group + strlen (PREFIX);
  g_autofree char *provider = postweg_key_file_text (lines, group, "Provider");
  g_autofree char *user = postweg_key_file_text (lines, group, "Identity");
  PostwegStoredAccount *stored = NULL;

  if (strcmp (provider, PROVIDER) == 0)
    stored = own_account (lines, group, id);
  else if (postweg_key_file_is_true (lines, group, "MailEnabled", FALSE))
    stored = signed_in_account (id, provider, user);
  if (stored == NULL)
    return;
  stored->account->program.is_known = TRUE;
  g_ptr_array_add (accounts, stored);
}

/* A group that stands there twice is one. */
static gboolean
is_first (const PostwegLines *lines, guint section)
{
  guint first;

  return postweg_lines_find (lines, postweg_lines_section (lines, section), &first) && first == section;
}

static gboolean
list (const PostwegTextFile *file, GPtrArray *accounts, GError **error)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_key_file, file->bytes);

  if (!postweg_key_file_check (file->path, file->bytes, error))
    return FALSE;
  for (guint i = 1; i < postweg_lines_n_sections (lines); i++)
    if (g_str_has_prefix (postweg_lines_section (lines, i), PREFIX) && is_first (lines, i))
      add_account (lines, postweg_lines_section (lines, i), accounts);
  return TRUE;
}

static void
set_true (PostwegLines *lines, const char *group, const char *key, gboolean value)
{
  postweg_key_file_set (lines, group, key, value ? "true" : "false");
}

static void
set_switch (PostwegLines *lines, const char *group, const char *word, const char *key, gboolean value)
{
  g_autofree char *name = g_strconcat (word, key, NULL);

  set_true (lines, group, name, value);
}

static void
set_server (PostwegLines *lines, const char *group, guint half, const PostwegServer *server)
{
  const char *word = halves[half].word;
  g_autoptr (PostwegServer) now = server_of (lines, group, half);
  g_autofree char *host_key = g_strconcat (word, "Host", NULL);
  g_autofree char *user_key = g_strconcat (word, "UserName", NULL);
  g_autofree char *host = g_strdup_printf ("%s:%u", server->host, server->port);
  gboolean signs_in = server->auth != POSTWEG_AUTH_NONE;

  if (now != NULL && postweg_server_equal (now, server))
    return;
  postweg_key_file_set (lines, group, host_key, host);
  if (signs_in)
    postweg_key_file_set (lines, group, user_key, server->user);
  set_switch (lines, group, word, "UseSsl", server->security == POSTWEG_TLS);
  set_switch (lines, group, word, "UseTls", server->security == POSTWEG_STARTTLS);
  set_switch (lines, group, word, "AcceptSslErrors", FALSE);
  if (server->protocol != POSTWEG_SMTP || (now != NULL && now->auth == server->auth))
    return;
  set_switch (lines, group, word, "UseAuth", signs_in);
  set_switch (lines, group, word, "AuthLogin", FALSE);
  set_switch (lines, group, word, "AuthPlain", signs_in);
}

/* As the service writes it: a dictionary in GVariant's text form. */
static PostwegSecret *
both_passwords (const PostwegCredentials *credentials, gboolean sends_open)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) both = NULL;
  g_autoptr (PostwegSecret) secret = NULL;
  char *text;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", halves[0].password,
                         g_variant_new_string (postweg_secret_peek (credentials->incoming)));
  if (!sends_open)
    g_variant_builder_add (&builder, "{sv}", halves[1].password,
                           g_variant_new_string (postweg_secret_peek (credentials->outgoing)));
  both = g_variant_ref_sink (g_variant_builder_end (&builder));
  text = g_variant_print (both, FALSE);
  secret = postweg_secret_new (text);
  postweg_wipe_free (text);
  return g_steal_pointer (&secret);
}

static void
keep_passwords (const PostwegTextEdit *edit, const char *id)
{
  const PostwegCredentials *credentials = edit->credentials;
  gboolean sends_open = edit->account->outgoing->auth == POSTWEG_AUTH_NONE;
  g_autofree char *label =
      g_strdup_printf (_("Mail: %s on %s"), edit->account->incoming->user, edit->account->incoming->host);
  g_autofree char *identity = g_strdup_printf ("%s:gen0:%s", PROVIDER, id);
  g_autoptr (PostwegSecret) secret = NULL;

  if (edit->incoming_command == NULL || (!sends_open && edit->outgoing_command == NULL))
    return;
  secret = both_passwords (credentials, sends_open);
  postweg_plan_keep (edit->plan, postweg_keyring_item_new ("org.gnome.OnlineAccounts", label, secret,
                                                           "goa-identity", identity, NULL));
}

/* The same for the same mailbox, so that what programs have fetched for it is found again. */
static char *
new_id (const PostwegLines *lines, const char *path, const PostwegAccount *account)
{
  g_autofree char *mailbox =
      g_strdup_printf ("%s\n%s\n%s", account->address, account->incoming->host, account->incoming->user);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, mailbox, -1);
  guint number = (guint) strtoul (sum + strlen (sum) - 7, NULL, 16);

  for (guint n = 0;; n++)
    {
      char *id = g_strdup_printf ("account_%u_%u", number, n);
      g_autofree char *group = g_strconcat (PREFIX, id, NULL);
      guint section;

      if (!postweg_lines_find (lines, group, &section) && !postweg_goa_knows (path, id))
        return id;
      g_free (id);
    }
}

static void
begin (PostwegLines *lines, const char *group, const PostwegAccount *account)
{
  postweg_key_file_set (lines, group, "Provider", PROVIDER);
  postweg_key_file_set (lines, group, "Identity", account->incoming->user);
  postweg_key_file_set (lines, group, "PresentationIdentity", account->address);
  set_true (lines, group, "Enabled", TRUE); /* of this kind of account; of others it is the next */
  set_true (lines, group, "MailEnabled", TRUE);
}

static void
add_notes (const PostwegTextEdit *edit)
{
  g_ptr_array_add (edit->plan->notes, g_strdup (_("Evolution and Geary use the account too. While one of its two servers does not work, they use neither: "
                               "mail is not even received when only sending fails.")));
  if (edit->id != NULL)
    g_ptr_array_add (
        edit->plan->left_to_do,
        g_strdup (_("Sign out of the desktop and in again: until then GNOME works with the old settings.")));
}

static GBytes *
edit_file (const PostwegTextEdit *edit, GError **error G_GNUC_UNUSED)
{
  g_autoptr (PostwegLines) lines = postweg_lines_new (&postweg_key_file, edit->file->bytes);
  g_autofree char *id =
      edit->id != NULL ? g_strdup (edit->id) : new_id (lines, edit->file->path, edit->account);
  g_autofree char *group = g_strconcat (PREFIX, id, NULL);

  if (edit->id == NULL)
    begin (lines, group, edit->account);
  postweg_key_file_set (lines, group, "EmailAddress", edit->account->address);
  postweg_key_file_set (lines, group, "Name", edit->account->name);
  set_server (lines, group, 0, edit->account->incoming);
  set_server (lines, group, 1, edit->account->outgoing);
  keep_passwords (edit, id);
  add_notes (edit);
  return postweg_lines_bytes (lines);
}

/* Both passwords lie in one item, which is made when the account's id is known; only whether it can be made is said here. */
static char *
keep_later (PostwegPlan *plan G_GNUC_UNUSED, const PostwegServer *server G_GNUC_UNUSED, PostwegSecret *secret)
{
  return secret != NULL && postweg_keyring_is_there () ? g_strdup ("") : NULL;
}

static const char *const places[] = { "$/goa-1.0/accounts.conf", NULL };

static const PostwegTextProgram goa = {
  .places = places,
  .new_place = "$/goa-1.0/accounts.conf",
  .command = "gnome-control-center",
  .keep = keep_later,
  .asks = N_ ("%s asks for the password in GNOME’s settings, under “Online Accounts”."), .list = list,
              .edit = edit_file,
  };

/* The service follows the folder as it finds it when it starts: were it ours, undo would take it from under its eyes. */
static PostwegPlan *
plan (const PostwegClient *client, const PostwegAccount *account, const PostwegExport *options,
      GError **error)
{
  if (options->profile == NULL && g_strcmp0 (options->home, g_get_home_dir ()) == 0)
    postweg_goa_start ();
  return postweg_text_plan (client, account, options, error);
}

const PostwegClient postweg_client_goa = {
  .id = "goa",
  .name = "GNOME Online Accounts",
  .kind = POSTWEG_KIND_DESKTOP,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |
               POSTWEG_CAN_PLAIN | POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER | POSTWEG_KEEPS_NAME |
               POSTWEG_KEEPS_ADDRESS | POSTWEG_LOSES_QUOTES,
  .details = &goa,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = plan,
  .prove = postweg_goa_prove,
};
