/* The verbs of the window and the command: accounts from every source, mail programs written and taken back, sentences. */
#include "checkup/checkup.h"
#include <glib/gstdio.h>
#include <string.h>

static char *home; /* HOME and the state folder of this test */

static char *
write_file (const char *name, const char *text)
{
  char *file = g_build_filename (home, name, NULL);

  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  return file;
}

/* A verb is started, the main loop runs until it is back. */
typedef struct {
  GMainLoop *loop;
  GAsyncResult *result;
} Wait;

static void
back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static Wait
wait_new (void)
{
  return (Wait){ g_main_loop_new (NULL, FALSE), NULL };
}

static GAsyncResult *
wait_for (Wait *wait)
{
  g_main_loop_run (wait->loop);
  g_main_loop_unref (wait->loop);
  return wait->result;
}

/* sources of accounts */

static char *
describe (const PostwegServer *server)
{
  if (server == NULL)
    return g_strdup ("-");
  return g_strdup_printf ("%s:%s:%u:%s:%s", postweg_protocol_name (server->protocol), server->host,
                          server->port, postweg_security_name (server->security), server->user);
}

typedef struct {
  const char *name;
  PostwegAccountSource source;
  const char *account; /* "address in out", NULL: refused */
  PostwegError error;
  const char *message; /* must be in the error's */
} SourceRow;

#define TEXT(s) (char *) s

/* clang-format off */
static const SourceRow source_rows[] = {
  { "nothing", { .name = TEXT ("Anna") }, NULL, POSTWEG_ERROR_BAD_INPUT, "account is needed" },
  { "address/known", { .address = TEXT ("anna@gmail.com") }, "anna@gmail.com imap:imap.gmail.com:993:tls:anna@gmail.com smtp:smtp.gmail.com:465:tls:anna@gmail.com" },
  { "address/unknown", { .address = TEXT ("anna@firm.example") }, NULL, POSTWEG_ERROR_NOT_FOUND, "--incoming" },
  { "address/none", { .address = TEXT ("anna") }, NULL, POSTWEG_ERROR_BAD_INPUT, "no e-mail address" },
  { "address/empty", { .address = TEXT ("") }, NULL, POSTWEG_ERROR_BAD_INPUT, "no e-mail address" },
  { "urls/both", { .incoming_url = TEXT ("imaps://anna@i.example"), .outgoing_url = TEXT ("smtp://anna@s.example") , .address = TEXT ("anna@firm.example") }, "anna@firm.example imap:i.example:993:tls:anna smtp:s.example:587:starttls:anna" },
  { "urls/only-incoming", { .incoming_url = TEXT ("pop3s://anna@p.example:1995") }, " pop3:p.example:1995:tls:anna -" },
  { "urls/only-outgoing", { .outgoing_url = TEXT ("smtps://anna%40firm.example@s.example") }, "anna@firm.example - smtp:s.example:465:tls:anna@firm.example" },
  { "urls/address-from-the-user", { .incoming_url = TEXT ("imaps://anna%40firm.example@i.example"), .outgoing_url = TEXT ("smtps://s.example") }, "anna@firm.example imap:i.example:993:tls:anna@firm.example smtp:s.example:465:tls:" },
  { "urls/sender-before-user", { .incoming_url = TEXT ("imaps://in%40firm.example@i.example"), .outgoing_url = TEXT ("smtps://out%40firm.example@s.example") }, "out@firm.example imap:i.example:993:tls:in@firm.example smtp:s.example:465:tls:out@firm.example" },
  { "urls/swapped", { .incoming_url = TEXT ("smtps://a@s.example") }, NULL, POSTWEG_ERROR_BAD_INPUT, "incoming server" },
  { "urls/swapped-outgoing", { .outgoing_url = TEXT ("imaps://a@s.example") }, NULL, POSTWEG_ERROR_BAD_INPUT, "outgoing server" },
  { "urls/broken", { .incoming_url = TEXT ("imaps://") }, NULL, POSTWEG_ERROR_BAD_INPUT, NULL },
  { "urls/second-broken", { .incoming_url = TEXT ("imaps://a@i.example"), .outgoing_url = TEXT ("smtp:") }, NULL, POSTWEG_ERROR_BAD_INPUT, NULL },
  { "urls/bad-address", { .incoming_url = TEXT ("imaps://a@i.example"), .address = TEXT ("no address") }, NULL, POSTWEG_ERROR_BAD_INPUT, "no e-mail address" },
  { "file/good", { .account_file = TEXT ("good.json") }, "anna@firm.example imap:i.example:993:tls:anna -" },
  { "file/before-urls", { .account_file = TEXT ("good.json"), .incoming_url = TEXT ("nonsense") }, "anna@firm.example imap:i.example:993:tls:anna -" },
  { "file/missing", { .account_file = TEXT ("missing.json") }, NULL, POSTWEG_ERROR_CANNOT_READ, "missing.json" },
  { "file/folder", { .account_file = TEXT (".") }, NULL, POSTWEG_ERROR_CANNOT_READ, NULL },
  { "file/empty", { .account_file = TEXT ("empty.json") }, NULL, POSTWEG_ERROR_BAD_INPUT, NULL },
  { "file/no-json", { .account_file = TEXT ("text.json") }, NULL, POSTWEG_ERROR_BAD_INPUT, NULL },
  { "file/a-list", { .account_file = TEXT ("list.json") }, NULL, POSTWEG_ERROR_BAD_INPUT, NULL },
  { "program/unknown", { .program = TEXT ("pine") }, NULL, POSTWEG_ERROR_BAD_INPUT, "pine" },
  { "program/not-there", { .program = TEXT ("thunderbird") }, NULL, POSTWEG_ERROR_NOT_FOUND, "programs" },
  { "program/no-such-profile", { .program = TEXT ("thunderbird"), .profile = TEXT ("missing") }, NULL, POSTWEG_ERROR_NOT_FOUND, NULL },
};
/* clang-format on */

/* File names in the rows are those of the test's folder. */
static char *
in_home (const char *name)
{
  return name != NULL ? g_build_filename (home, name, NULL) : NULL;
}

static PostwegAccount *
resolve (const PostwegAccountSource *source, GError **error)
{
  Wait wait = wait_new ();
  g_autoptr (GAsyncResult) result = NULL;

  postweg_checkup_resolve (source, NULL, back, &wait);
  result = wait_for (&wait);
  return postweg_checkup_resolve_finish (result, error);
}

static void
test_source (gconstpointer data)
{
  const SourceRow *row = data;
  g_autofree char *file = in_home (row->source.account_file);
  g_autofree char *profile = in_home (row->source.profile);
  PostwegAccountSource source = row->source;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegAccount) account = NULL;
  g_autofree char *in = NULL;
  g_autofree char *out = NULL;
  g_autofree char *text = NULL;

  source.account_file = file;
  source.profile = profile;
  source.home = home;
  account = resolve (&source, &error);
  if (row->account == NULL)
    {
      g_assert_null (account);
      g_assert_error (error, POSTWEG_ERROR, (int) row->error);
      g_assert_true (row->message == NULL || strstr (error->message, row->message) != NULL);
      return;
    }
  g_assert_no_error (error);
  in = describe (account->incoming);
  out = describe (account->outgoing);
  text = g_strjoin (" ", account->address, in, out, NULL);
  g_assert_cmpstr (text, ==, row->account);
}

/* addresses */

static void
test_find (void)
{
  static const struct {
    const char *address;
    PostwegOutcome outcome;
  } table[] = {
    { "anna@gmail.com", POSTWEG_OUTCOME_FOUND },
    { "  anna@GMX.de ", POSTWEG_OUTCOME_FOUND },
    { "anna@firm.example", POSTWEG_OUTCOME_MANUAL },
    { "anna", POSTWEG_OUTCOME_EXPLAIN },
    { "", POSTWEG_OUTCOME_EXPLAIN },
    { "anna@gmial.com", POSTWEG_OUTCOME_EXPLAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Wait wait = wait_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (PostwegDiscovery) found = NULL;
      g_autoptr (PostwegDiscovery) at_once = postweg_checkup_recognise (table[i].address);
      g_autofree char *words = NULL;

      postweg_checkup_find (postweg_find_request_new (table[i].address, POSTWEG_CONSENT_OFFLINE), NULL, NULL,
                            back, &wait);
      result = wait_for (&wait);
      found = postweg_checkup_find_finish (result, NULL);
      words = postweg_checkup_discovery_text (found);
      g_test_message ("%s: %s", table[i].address, words);
      g_assert_cmpint (found->outcome, ==, table[i].outcome);
      g_assert_cmpint (at_once->outcome, ==, table[i].outcome);
      g_assert_cmpuint (found->servers->len, ==, at_once->servers->len);
      g_assert_cmpuint (strlen (words), >, 10);
    }
}

static void
test_provider (void)
{
  static const struct {
    const char *asked;
    gboolean known;
  } table[] = {
    { "gmail.com", TRUE },
    { "anna@gmail.com", TRUE },
    { "GMAIL.COM.", TRUE },
    { "a@b@gmail.com", TRUE },
    { "firm.example", FALSE },
    { "", FALSE },
    { "@", FALSE },
    { "anna@", FALSE },
    { "no domain", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].asked);
      g_assert_cmpint (postweg_checkup_provider (table[i].asked) != NULL, ==, table[i].known);
    }
}

/* What a provider demands is a sentence for each of the codes that there are. */
static void
test_prerequisites (void)
{
  static const char *const codes[] = { "enable",
                                       "imap-enable",
                                       "pop-enable",
                                       "smtp-enable",
                                       "app-password",
                                       "app-password-if-2fa",
                                       "separate-password",
                                       "authorization-code",
                                       "oauth2-only",
                                       "oauth2",
                                       "admin",
                                       "plan",
                                       "account-specific-host",
                                       "poll-interval",
                                       "migrating",
                                       "check" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const PostwegPrerequisite demand = { codes[i], "", "https://help.example", "2025" };
      g_autofree char *words = postweg_checkup_prerequisite_text (&demand);

      g_assert_true (g_str_has_suffix (words, "."));
      g_assert_true (strchr (codes[i], '-') == NULL || strstr (words, codes[i]) == NULL);
    }
}

/* mail programs */

static PostwegAccount *
account_new (const char *address)
{
  g_autoptr (PostwegServer) in =
      postweg_server_new (POSTWEG_IMAP, "imap.firm.example", 0, POSTWEG_TLS, address);
  g_autoptr (PostwegServer) out =
      postweg_server_new (POSTWEG_SMTP, "smtp.firm.example", 0, POSTWEG_TLS, address);

  return postweg_account_new ("Anna", address, in, out);
}

static PostwegPlan *
plan (const char *program, const char *address, GError **error)
{
  g_autoptr (PostwegAccount) account = account_new (address);
  PostwegExportRequest *request = postweg_export_request_new (program, account);
  Wait wait = wait_new ();
  g_autoptr (GAsyncResult) result = NULL;

  request->home = g_strdup (home);
  postweg_checkup_plan (request, NULL, back, &wait);
  result = wait_for (&wait);
  return postweg_checkup_plan_finish (result, error);
}

static PostwegPlan *
apply (PostwegPlan *the_plan, GError **error)
{
  Wait wait = wait_new ();
  g_autoptr (GAsyncResult) result = NULL;

  postweg_checkup_apply (the_plan, back, &wait);
  result = wait_for (&wait);
  return postweg_checkup_apply_finish (result, error);
}

static PostwegPlan *
undo (const char *id, GError **error)
{
  Wait wait = wait_new ();
  g_autoptr (GAsyncResult) result = NULL;

  postweg_checkup_undo (id, back, &wait);
  result = wait_for (&wait);
  return postweg_checkup_undo_finish (result, error);
}

static guint
count_accounts (void)
{
  Wait wait = wait_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) programs = NULL;
  guint n = 0;

  postweg_checkup_list_programs (home, NULL, back, &wait);
  result = wait_for (&wait);
  programs = postweg_checkup_list_programs_finish (result, NULL);
  for (guint i = 0; i < programs->len; i++)
    n += ((const PostwegProgram *) g_ptr_array_index (programs, i))->accounts->len;
  return n;
}

/* Nothing, one, two, one, nothing: planned without a trace, written, listed, taken back in the other order. */
static void
test_write_and_take_back (void)
{
  g_autofree char *root = g_build_filename (home, ".thunderbird", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) first = plan ("thunderbird", "anna@firm.example", &error);
  g_autoptr (PostwegPlan) second = NULL;
  g_autoptr (PostwegPlan) again = NULL;
  g_autoptr (PostwegPlan) undone = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (first->changes->len, >, 0);
  g_assert_null (first->undo);
  g_assert_false (g_file_test (root, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_accounts (), ==, 0);

  first = apply (g_steal_pointer (&first), &error);
  g_assert_no_error (error);
  g_assert_nonnull (first->undo);
  g_assert_cmpuint (count_accounts (), ==, 1);
  again = plan ("thunderbird", "anna@firm.example", &error);
  g_assert_cmpuint (again->changes->len, ==, 0);

  second = apply (plan ("thunderbird", "bert@firm.example", &error), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_accounts (), ==, 2);
  undone = undo (NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_accounts (), ==, 1);
  g_clear_pointer (&undone, postweg_plan_free);
  undone = undo (first->undo, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_accounts (), ==, 0);
}

/* An account that was written is read from the program again, by its id or as the only one. */
static void
test_from_program (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) written = apply (plan ("thunderbird", "anna@firm.example", NULL), &error);
  PostwegAccountSource only = { .program = TEXT ("thunderbird"), .home = home };
  PostwegAccountSource by_id = { .program = TEXT ("thunderbird"),
                                 .home = home,
                                 .account_id = TEXT ("account1") };
  PostwegAccountSource by_profile = { .program = TEXT ("thunderbird"), .profile = written->profile };
  PostwegAccountSource missing = { .program = TEXT ("thunderbird"),
                                   .home = home,
                                   .account_id = TEXT ("account99") };
  const PostwegAccountSource *sources[] = { &only, &by_id, &by_profile };
  g_autoptr (PostwegAccount) expected = account_new ("anna@firm.example");
  g_autoptr (PostwegPlan) undone = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (PostwegAccount) account = resolve (sources[i], &error);

      g_assert_no_error (error);
      g_assert_true (postweg_account_equal (account, expected));
    }
  g_assert_null (resolve (&missing, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  undone = undo (NULL, NULL);
  g_assert_nonnull (undone);
}

static void
test_refusals (void)
{
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) no_change = NULL;
  g_autoptr (GError) newest = NULL;

  g_assert_null (plan ("pine", "anna@firm.example", &unknown));
  g_assert_error (unknown, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (unknown->message, "pine"));
  g_assert_null (undo ("no-such-id", &no_change));
  g_assert_error (no_change, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  g_assert_null (undo (NULL, &newest));
  g_assert_error (newest, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
}

static void
test_program_names (void)
{
  g_autofree char *names = postweg_checkup_program_names ();
  g_auto (GStrv) all = g_strsplit (names, ", ", -1);

  g_assert_cmpuint (g_strv_length (all), >=, 1);
  for (char **name = all; *name != NULL; name++)
    g_assert_true (postweg_checkup_knows_program (*name));
  g_assert_false (postweg_checkup_knows_program ("pine"));
  g_assert_false (postweg_checkup_knows_program (""));
}

/* sentences */

static PostwegEvidence *
evidence_new (PostwegStepVerdict auth, PostwegError error)
{
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_IMAP, "imap.firm.example", 0, POSTWEG_PLAIN, "anna");
  PostwegEvidence *evidence = postweg_evidence_new (server);

  g_ptr_array_add (evidence->steps, postweg_step_new (POSTWEG_STAGE_AUTH, auth, error));
  return evidence;
}

static void
test_verdict_text (void)
{
  static const struct {
    PostwegVerdict verdict;
    gboolean in, out;
    PostwegError left_out; /* why the sign-in was, on the receiving side */
    const char *finding;   /* headline */
    const char *text;      /* must be in there */
  } table[] = {
    { POSTWEG_VERDICT_WORKS, TRUE, TRUE, POSTWEG_OK, NULL, "receive and send" },
    { POSTWEG_VERDICT_WORKS, TRUE, FALSE, POSTWEG_OK, NULL, "Receiving works." },
    { POSTWEG_VERDICT_WORKS, FALSE, TRUE, POSTWEG_OK, NULL, "Sending works." },
    { POSTWEG_VERDICT_WORKS_WITH_NOTE, TRUE, TRUE, POSTWEG_OK, NULL, "Both ways work, with something worth" },
    { POSTWEG_VERDICT_WORKS_WITH_NOTE, TRUE, FALSE, POSTWEG_OK, NULL,
      "Receiving works, with something worth" },
    { POSTWEG_VERDICT_WORKS_WITH_NOTE, FALSE, TRUE, POSTWEG_OK, NULL, "Sending works, with something worth" },
    { POSTWEG_VERDICT_NOTHING_WORKS, TRUE, FALSE, POSTWEG_OK, NULL, "Receiving does not work." },
    { POSTWEG_VERDICT_NOTHING_WORKS, FALSE, TRUE, POSTWEG_OK, NULL, "Sending does not work." },
    { POSTWEG_VERDICT_NOT_TESTED, TRUE, FALSE, POSTWEG_OK, NULL, "did not come to its end" },
    { POSTWEG_VERDICT_NOT_TESTED, FALSE, FALSE, POSTWEG_OK, NULL, "did not come to its end" },
    { POSTWEG_VERDICT_WORKS_WITH_NOTE, TRUE, TRUE, POSTWEG_OK, "The mailbox is full.",
      "The mailbox is full." },
    { POSTWEG_VERDICT_RECEIVE_ONLY, TRUE, TRUE, POSTWEG_OK, NULL, "receive, but not send" },
    { POSTWEG_VERDICT_SEND_ONLY, TRUE, TRUE, POSTWEG_OK, NULL, "send, but not receive" },
    { POSTWEG_VERDICT_NOTHING_WORKS, TRUE, TRUE, POSTWEG_OK, NULL, "Neither" },
    { POSTWEG_VERDICT_NOTHING_WORKS, TRUE, TRUE, POSTWEG_OK, "Because.", "Because." },
    { POSTWEG_VERDICT_NOT_TESTED, TRUE, TRUE, POSTWEG_OK, NULL, "did not come to its end" },
    { POSTWEG_VERDICT_NOT_TESTED, TRUE, TRUE, POSTWEG_ERROR_NO_SECRET, NULL, "no password" },
    { POSTWEG_VERDICT_NOT_TESTED, TRUE, TRUE, POSTWEG_ERROR_UNPROTECTED, NULL,
      "imap.firm.example is not encrypted" },
    { POSTWEG_VERDICT_NOT_TESTED, TRUE, TRUE, POSTWEG_ERROR_OUT_OF_TIME, NULL, "did not come to its end" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegAccount) account = account_new ("anna@firm.example");
      g_autoptr (PostwegTestResult) result = postweg_test_result_new (account);
      gboolean left_out = table[i].left_out != POSTWEG_OK;
      g_autofree char *text = NULL;

      result->verdict = table[i].verdict;
      if (table[i].in)
        result->incoming =
            evidence_new (left_out ? POSTWEG_STEP_SKIPPED : POSTWEG_STEP_OK, table[i].left_out);
      if (table[i].out)
        result->outgoing = evidence_new (POSTWEG_STEP_OK, POSTWEG_OK);
      if (table[i].finding != NULL)
        {
          PostwegFinding *finding = postweg_finding_new ("own-mailbox-full");

          finding->headline = g_strdup (table[i].finding);
          g_ptr_array_add (result->findings, finding);
        }
      text = postweg_checkup_verdict_text (result);
      if (strstr (text, table[i].text) == NULL)
        g_test_fail_printf ("“%s” is not in “%s”", table[i].text, text);
    }
}

/* Every matter and every degree of certainty has a sentence of its own. */
static void
test_who_and_confidence (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (PostwegWho who = POSTWEG_WHO_USER; who <= POSTWEG_WHO_NOBODY; who++)
    g_assert_true (g_hash_table_add (seen, postweg_checkup_who_text (who)));
  for (PostwegConfidence c = POSTWEG_PROVEN; c <= POSTWEG_POSSIBLE; c++)
    g_assert_true (g_hash_table_add (seen, postweg_checkup_confidence_text (c)));
  g_assert_cmpuint (g_hash_table_size (seen), ==, 9);
}

/* Mending by the incoming password means exactly that; every other remedy leaves the passwords alone. */
static void
test_mended_credentials (void)
{
  g_autoptr (PostwegSecret) in = postweg_secret_new ("one");
  g_autoptr (PostwegSecret) out = postweg_secret_new ("two");
  g_autoptr (PostwegCredentials) credentials = postweg_credentials_new (in, out, NULL);
  g_autoptr (PostwegFinding) differ = postweg_finding_new ("outgoing-credentials-differ");
  g_autoptr (PostwegFinding) refused = postweg_finding_new ("connection-refused");
  g_autoptr (PostwegCredentials) same = postweg_checkup_mended_credentials (differ, credentials);
  g_autoptr (PostwegCredentials) kept = postweg_checkup_mended_credentials (refused, credentials);

  g_assert_true (postweg_secret_equal (same->incoming, in));
  g_assert_true (postweg_secret_equal (same->outgoing, in));
  g_assert_true (postweg_secret_equal (kept->outgoing, out));
  g_assert_null (postweg_checkup_mended_credentials (differ, NULL));
  g_assert_null (postweg_checkup_mended_credentials (refused, NULL));
}

static void
write_files (void)
{
  g_autofree char *good = write_file (
      "good.json",
      "{\"address\":\"anna@firm.example\",\"incoming\":{\"protocol\":\"imap\",\"host\":\"i.example\","
      "\"user\":\"anna\"}}");
  g_autofree char *empty = write_file ("empty.json", "");
  g_autofree char *text = write_file ("text.json", "not at all");
  g_autofree char *list = write_file ("list.json", "[1,2]");
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      remove_all (path);
      g_remove (path);
    }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (void);
  } tests[] = {
    { "find", test_find },
    { "provider", test_provider },
    { "prerequisites", test_prerequisites },
    { "programs/write-and-take-back", test_write_and_take_back },
    { "programs/read", test_from_program },
    { "programs/refusals", test_refusals },
    { "programs/names", test_program_names },
    { "texts/verdict", test_verdict_text },
    { "texts/who-and-confidence", test_who_and_confidence },
    { "mended-credentials", test_mended_credentials },
  };
  int result;

  g_test_init (&argc, &argv, NULL);
  home = g_dir_make_tmp ("postweg-verbs-XXXXXX", NULL);
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  write_files ();
  for (guint i = 0; i < G_N_ELEMENTS (source_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/verbs/source/", source_rows[i].name, NULL);

      g_test_add_data_func (path, &source_rows[i], test_source);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/verbs/", tests[i].path, NULL);

      g_test_add_func (path, tests[i].test);
    }
  result = g_test_run ();
  remove_all (home);
  g_rmdir (home);
  g_free (home);
  return result;
}
