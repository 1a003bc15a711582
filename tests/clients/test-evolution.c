/* Evolution's real service on a bus of its own: accounts are made, read back, mended, taken back, and foreign ones left alone. */
#include "clients/apply.h"
#include "clients/desktop/bus.h"
#include "clients/clients.h"
#include "clients/desktop/evolution-account.h"
#include "clients/folders.h"
#include "clients/match.h"
#include "clients/some-account.h"
#include "model/error.h"
#include <signal.h>

#define SERVICE "org.gnome.evolution.dataserver.Sources5"
#define ROUNDS 12

static const PostwegClient *
evolution (void)
{
  return postweg_client_by_id ("evolution");
}

static GPtrArray *
sources_now (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *sources = postweg_evolution_sources (SERVICE, &error);

  g_assert_no_error (error);
  return sources;
}

static guint
count_sources (void)
{
  g_autoptr (GPtrArray) sources = sources_now ();

  return sources->len;
}

static PostwegPlan *
plan_for (const PostwegAccount *account, const char *replace)
{
  const PostwegExport export = { .home = g_get_home_dir (), .replace = replace };
  g_autoptr (GError) error = NULL;
  PostwegPlan *plan = postweg_client_plan (evolution (), account, &export, &error);

  g_assert_no_error (error);
  return plan;
}

static PostwegPlan *
apply_for (const PostwegAccount *account, const char *replace, const char *state)
{
  g_autoptr (GError) error = NULL;
  PostwegPlan *plan = plan_for (account, replace);

  g_assert_cmpuint (plan->changes->len, >, 0);
  postweg_plan_apply (plan, state, &error);
  g_assert_no_error (error);
  g_assert_true (postweg_client_has (evolution (), plan));
  return plan;
}

static void
undo (const char *state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) undone = postweg_plan_undo (NULL, state, &error);

  g_assert_no_error (error);
}

static void
assert_nothing_to_do (const PostwegAccount *account)
{
  g_autoptr (PostwegPlan) again = plan_for (account, NULL);

  g_assert_cmpuint (again->changes->len, ==, 0);
}

static void
test_round_trip (void)
{
  guint before = count_sources ();

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (Folder) state = folder_new ();
      g_autoptr (PostwegAccount) account = some_account (evolution ());
      g_autoptr (PostwegPlan) plan = apply_for (account, NULL, state);

      assert_nothing_to_do (account);
      undo (state);
      g_assert_cmpuint (count_sources (), ==, before);
    }
}

static PostwegAccount *
account_with (const char *in_url, const char *out_url)
{
  g_autoptr (PostwegServer) in = postweg_server_from_url (in_url, NULL);
  g_autoptr (PostwegServer) out = postweg_server_from_url (out_url, NULL);

  return postweg_account_new ("Anna", "anna@example.org", in, out);
}

static const struct {
  const char *path, *in, *out, *then_in, *then_out;
  guint changed; /* sources */
} repairs[] = {
  { "outgoing-port", "imaps://anna@in.test", "smtps://anna@out.test:25", "imaps://anna@in.test",
    "smtps://anna@out.test", 1 },
  { "both-hosts", "imaps://anna@im.test", "smtps://anna@ou.test", "imaps://anna@in.test",
    "smtps://anna@out.test", 2 },
  { "encryption", "pop3://anna@in.test?security=none", "smtp://anna@out.test?security=none",
    "pop3://anna@in.test", "smtp://anna@out.test", 2 },
  { "sign-in", "imaps://anna@in.test?auth=encrypted", "smtp://out.test?auth=none", "imaps://anna@in.test",
    "smtp://anna@out.test", 2 },
};

static void
test_repair (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (Folder) state = folder_new ();
  g_autoptr (PostwegAccount) broken = account_with (repairs[row].in, repairs[row].out);
  g_autoptr (PostwegAccount) mended = account_with (repairs[row].then_in, repairs[row].then_out);
  g_autoptr (PostwegPlan) first = apply_for (broken, NULL, state);
  g_autofree char *id = postweg_client_id_of (evolution (), first);
  g_autoptr (PostwegPlan) second = apply_for (mended, id, state);

  g_assert_cmpuint (second->changes->len, ==, repairs[row].changed);
  assert_nothing_to_do (mended);
  undo (state);
  assert_nothing_to_do (broken);
  undo (state);
}

/* The service was ended and starts anew: its objects have other paths then. */
static void
test_undo_after_restart (void)
{
  guint before = count_sources ();
  g_autoptr (Folder) state = folder_new ();
  g_autoptr (PostwegAccount) account = account_with ("pop3s://anna@in.test", "smtps://anna@out.test");
  g_autoptr (PostwegPlan) plan = apply_for (account, NULL, state);
  g_autoptr (GVariant) answer = postweg_bus_call ("org.freedesktop.DBus", "/org/freedesktop/DBus",
                                                  "org.freedesktop.DBus.GetConnectionUnixProcessID",
                                                  g_variant_new ("(s)", SERVICE), "(u)", 5, NULL);
  g_autofree char *home_entry = g_build_filename (g_get_home_dir (), "any", NULL);
  guint32 pid = 0;

  g_assert_nonnull (answer);
  g_variant_get (answer, "(u)", &pid);
  g_assert_cmpint (kill ((pid_t) pid, SIGKILL), ==, 0);
  while (postweg_bus_runs (SERVICE, home_entry))
    g_usleep (1000);
  assert_nothing_to_do (account);
  undo (state);
  g_assert_cmpuint (count_sources (), ==, before);
}

/* Somebody adds the same mailbox between plan and change. */
static void
test_appeared_meanwhile (void)
{
  g_autoptr (Folder) state = folder_new ();
  g_autoptr (Folder) other_state = folder_new ();
  g_autoptr (PostwegAccount) broken = account_with ("imaps://anna@in.test", "smtps://anna@out.test:25");
  g_autoptr (PostwegAccount) mended = account_with ("imaps://anna@in.test", "smtps://anna@out.test");
  g_autoptr (PostwegAccount) other = account_with ("imaps://anna@in.test", "smtps://anna@out.test:26");
  g_autoptr (PostwegPlan) first = apply_for (broken, NULL, state);
  g_autofree char *id = postweg_client_id_of (evolution (), first);
  g_autoptr (PostwegPlan) late = plan_for (mended, id);
  g_autoptr (PostwegPlan) earlier = apply_for (other, id, state);
  g_autoptr (GError) error = NULL;

  g_assert_false (postweg_plan_apply (late, other_state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE);
  assert_nothing_to_do (other);
  undo (state);
  undo (state);
}

static void
test_other_settings (void)
{
  g_autoptr (Folder) state = folder_new ();
  g_autoptr (PostwegAccount) account = account_with ("imaps://anna@in.test", "smtps://anna@out.test");
  g_autoptr (PostwegAccount) other = account_with ("imap://anna@in.test", "smtps://anna@out.test");
  g_autoptr (PostwegPlan) plan = apply_for (account, NULL, state);
  const PostwegExport export = { .home = g_get_home_dir () };
  g_autoptr (GError) error = NULL;

  g_assert_null (postweg_client_plan (evolution (), other, &export, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_ALREADY_THERE);
  undo (state);
}

static void
test_no_such_service (void)
{
  g_autoptr (PostwegAccount) account = account_with ("imaps://anna@in.test", "smtps://anna@out.test");
  const PostwegExport export = { .home = g_get_home_dir (), .profile = "org.example.Sources5" };
  g_autoptr (GError) error = NULL;

  g_assert_null (postweg_client_plan (evolution (), account, &export, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (postweg_client_read (evolution (), "org.example.Sources5", &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
}

static void
test_found (void)
{
  g_autoptr (Folder) state = folder_new ();
  g_autoptr (Folder) elsewhere = folder_new ();
  g_autoptr (GPtrArray) programs = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_program_free);
  g_autoptr (PostwegAccount) account = account_with ("imaps://anna@in.test", "smtps://anna@out.test");
  g_autoptr (PostwegPlan) plan = apply_for (account, NULL, state);
  const PostwegProgram *program;

  postweg_client_find (evolution (), elsewhere, programs);
  g_assert_cmpuint (programs->len, ==, 0);
  postweg_client_find (evolution (), g_get_home_dir (), programs);
  g_assert_cmpuint (programs->len, ==, 1);
  program = g_ptr_array_index (programs, 0);
  g_assert_cmpstr (program->profile, ==, SERVICE);
  g_assert_cmpuint (program->accounts->len, ==, 1);
  undo (state);
}

/* Sources as people have them, and what is read of them. */
static const struct {
  const char *path;
  const char *sources[4][2]; /* id and text; the first account is looked at */
  gboolean is_account, writable, read_only;
  const char *note; /* part of it */
  const char *address, *out_host, *sent_folder;
} found[] = {
  { "whole",
    { { "a", "[Data Source]\nDisplayName=A\n[Mail Account]\nBackendName=imapx\nIdentityUid=i\n"
             "[Authentication]\nHost=in.test\nUser=u\n[Security]\nMethod=ssl-on-alternate-port\n" },
      { "i", "[Mail Identity]\nAddress=a@b.test\nName=A\n[Mail Submission]\nTransportUid=t\n"
             "SentFolder=folder://a/INBOX/Gesendet%20alt\n" },
      { "t", "[Mail Transport]\nBackendName=smtp\n[Authentication]\nHost=out.test\nMethod=PLAIN\n" } },
    TRUE,
    TRUE,
    FALSE,
    "",
    "a@b.test",
    "out.test",
    "INBOX/Gesendet alt" },
  { "switched-off",
    { { "a", "[Data Source]\nEnabled=false\n[Mail Account]\nBackendName=pop\n"
             "[Authentication]\nHost=in.test\n" } },
    TRUE,
    TRUE,
    FALSE,
    "off",
    "",
    NULL,
    NULL },
  { "online-account",
    { { "a", "[Data Source]\nParent=c\n[Mail Account]\nBackendName=imapx\n[Authentication]\nHost=in.test\n" },
      { "c", "[Data Source]\nParent=\n[Collection]\nBackendName=none\n[GNOME Online Accounts]\n"
             "AccountId=account_1\n" } },
    TRUE,
    TRUE,
    TRUE,
    "GNOME Online Accounts",
    "",
    NULL,
    NULL },
  { "in-a-circle",
    { { "a", "[Data Source]\nParent=c\n[Mail Account]\nBackendName=imapx\n[Authentication]\nHost=in.test\n" },
      { "c", "[Data Source]\nParent=a\n" } },
    TRUE,
    TRUE,
    FALSE,
    "",
    "",
    NULL,
    NULL },
  { "fixed",
    { { "a", "[Mail Account]\nBackendName=imapx\n[Authentication]\nHost=in.test\n" } },
    TRUE,
    FALSE,
    TRUE,
    "cannot be changed",
    "",
    NULL,
    NULL },
  { "identity-of-another-is-missing",
    { { "a", "[Mail Account]\nBackendName=imapx\nIdentityUid=gone\n[Authentication]\nHost=in.test\n" } },
    TRUE,
    TRUE,
    FALSE,
    "",
    "",
    NULL,
    NULL },
  { "local-folders", { { "local", "[Mail Account]\nBackendName=maildir\n" } }, FALSE },
  { "exchange", { { "a", "[Mail Account]\nBackendName=ews\n[Authentication]\nHost=in.test\n" } }, FALSE },
  { "calendar", { { "c", "[Calendar]\nBackendName=local\n" } }, FALSE },
  { "no-text", { { "c", "" } }, FALSE },
};

static void
source_free (gpointer data)
{
  PostwegEvolutionSource *source = data;

  g_free (source->uid);
  g_bytes_unref (source->data);
  g_free (source);
}

static GPtrArray *
sources_of (guint row)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func (source_free);

  for (guint i = 0; i < G_N_ELEMENTS (found[row].sources) && found[row].sources[i][0] != NULL; i++)
    {
      const char *text = found[row].sources[i][1];
      PostwegEvolutionSource *source = g_new0 (PostwegEvolutionSource, 1);

      source->uid = g_strdup (found[row].sources[i][0]);
      source->data = g_bytes_new (text, strlen (text));
      source->writable = found[row].writable;
      g_ptr_array_add (sources, source);
    }
  return sources;
}

static void
test_reading (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) sources = sources_of (row);
  g_autoptr (GPtrArray) accounts = postweg_match_list ();
  const PostwegStoredAccount *stored;

  postweg_evolution_accounts (sources, accounts);
  g_assert_cmpuint (accounts->len, ==, found[row].is_account ? 1 : 0);
  if (accounts->len == 0)
    return;
  stored = g_ptr_array_index (accounts, 0);
  g_assert_true (stored->read_only == found[row].read_only);
  g_assert_true (*found[row].note != '\0' ? strstr (stored->note, found[row].note) != NULL
                                          : *stored->note == '\0');
  g_assert_cmpstr (stored->account->address, ==, found[row].address);
  g_assert_cmpstr (stored->account->outgoing != NULL ? stored->account->outgoing->host : NULL, ==,
                   found[row].out_host);
  g_assert_cmpstr (stored->account->program.sent_folder, ==, found[row].sent_folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autofree char *path = g_strdup_printf ("/evolution/reading/%s", found[i].path);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_reading);
    }
  g_test_add_func ("/evolution/round-trip", test_round_trip);
  for (guint i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/evolution/repair/%s", repairs[i].path);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_repair);
    }
  g_test_add_func ("/evolution/appeared-meanwhile", test_appeared_meanwhile);
  g_test_add_func ("/evolution/other-settings", test_other_settings);
  g_test_add_func ("/evolution/no-such-service", test_no_such_service);
  g_test_add_func ("/evolution/found", test_found);
  g_test_add_func ("/evolution/undo-after-restart", test_undo_after_restart);
  return g_test_run ();
}
