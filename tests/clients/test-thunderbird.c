/* Accounts in Thunderbird profiles: one folder of golden/ is one case (before, account.json, after or error). */
#include "clients/apply.h"
#include "clients/clients.h"
#include "clients/folders.h"
#include "model/account-json.h"
#include "model/error.h"

/* What a case's file "options" may hold, one word a line. */
typedef struct {
  gboolean files_sent;
  char *replace;
} Options;

static void
copy_folder (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *text = get_file (from, name);

      put_file (to, name, text);
    }
}

static void
assert_same_folder (const char *folder, const char *expected)
{
  g_autoptr (GDir) dir = g_dir_open (expected, 0, NULL);
  guint count = 0;
  const char *name;

  for (; dir != NULL && (name = g_dir_read_name (dir)) != NULL; count++)
    {
      g_autofree char *text = get_file (folder, name);
      g_autofree char *wanted = get_file (expected, name);

      g_assert_cmpstr (text, ==, wanted);
    }
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *lock = g_build_filename (folder, ".parentlock", NULL);

      g_unlink (lock);
      g_assert_cmpuint (count_entries (folder), ==, count);
    }
}

static PostwegAccount *
read_account (const char *folder)
{
  g_autofree char *text = get_file (folder, "account.json");
  g_autoptr (GError) error = NULL;
  PostwegAccount *account = postweg_account_from_json (text, -1, &error);

  g_assert_no_error (error);
  return account;
}

static Options
read_options (const char *folder)
{
  g_autofree char *text = get_file (folder, "options");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  Options options = { FALSE, NULL };

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (strcmp (lines[i], "files-sent") == 0)
        options.files_sent = TRUE;
      else if (g_str_has_prefix (lines[i], "replace "))
        options.replace = g_strdup (lines[i] + strlen ("replace "));
      else
        g_assert_cmpstr (lines[i], ==, "");
    }
  return options;
}

static void
assert_account_is_there (const char *profile, const PostwegAccount *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegProgram) program = postweg_client_by_id ("thunderbird")->read (profile, &error);
  guint same = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < program->accounts->len; i++)
    same += postweg_account_equal (((PostwegStoredAccount *) program->accounts->pdata[i])->account, account);
  g_assert_cmpuint (same, ==, 1);
}

static void
assert_refused (const char *folder, const PostwegPlan *plan, const GError *error)
{
  g_autofree char *wanted = get_file (folder, "error");
  g_auto (GStrv) lines = g_strsplit (wanted, "\n", -1);

  g_assert_null (plan);
  g_assert_nonnull (error);
  g_assert_cmpstr (postweg_error_name (error->code), ==, lines[0]);
  for (guint i = 1; lines[i] != NULL; i++)
    g_assert_nonnull (strstr (error->message, lines[i]));
}

/* before + account = after; read back it is the account; once more changes nothing; undo gives before. */
static void
test_golden (gconstpointer data)
{
  const char *folder = data;
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *profile = g_build_filename (home, "profile", NULL);
  g_autofree char *state = g_build_filename (home, "state", NULL);
  g_autofree char *before = g_build_filename (folder, "before", NULL);
  g_autofree char *after = g_build_filename (folder, "after", NULL);
  g_autoptr (PostwegAccount) account = read_account (folder);
  Options options = read_options (folder);
  g_autofree char *replace = options.replace;
  const PostwegExport export = { home, profile, options.replace, options.files_sent };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = NULL;
  g_autoptr (PostwegPlan) again = NULL;
  g_autoptr (PostwegPlan) undone = NULL;

  copy_folder (before, profile);
  plan = postweg_client_by_id ("thunderbird")->plan (account, &export, &error);
  assert_same_folder (profile, before);
  if (!g_file_test (after, G_FILE_TEST_IS_DIR))
    {
      assert_refused (folder, plan, error);
      return;
    }
  g_assert_no_error (error);
  postweg_plan_apply (plan, state, &error);
  g_assert_no_error (error);
  assert_same_folder (profile, after);
  assert_account_is_there (profile, account);

  again = postweg_client_by_id ("thunderbird")->plan (account, &export, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->changes->len, ==, 0);
  g_assert_cmpuint (again->notes->len, ==, 1);

  if (plan->changes->len == 0)
    return;
  undone = postweg_plan_undo (NULL, state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->changes->len, ==, plan->changes->len);
  assert_same_folder (profile, before);
}

/* Any name and user survives; the account compares equal. */
static void
test_round_trip (void)
{
  static const char *const parts[] = { "\"", "\\", "'", "%", "%40", "#", ";", " ",       "//", "/*",
                                       "ü",  "漢", "😀", "a", "(",   ")", ",", "\\u0041", "$",  "${x}" };

  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (Folder) home = folder_new ();
      g_autofree char *state = g_build_filename (home, "state", NULL);
      g_autoptr (GString) name = g_string_new ("n");
      g_autoptr (GString) user = g_string_new ("u");
      g_autoptr (PostwegServer) in = NULL;
      g_autoptr (PostwegServer) out = NULL;
      g_autoptr (PostwegAccount) account = NULL;
      const PostwegExport export = { .home = home, .profile = home };
      g_autoptr (GError) error = NULL;
      g_autoptr (PostwegPlan) plan = NULL;

      for (int n = g_test_rand_int_range (0, 8); n > 0; n--)
        {
          g_string_append (name, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
          g_string_append (user, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
        }
      in = postweg_server_new (g_test_rand_bit () ? POSTWEG_IMAP : POSTWEG_POP3, "in.test", 0,
                               g_test_rand_int_range (0, 3), user->str);
      out = postweg_server_new (POSTWEG_SMTP, "out.test", (guint16) g_test_rand_int_range (1, 65536),
                                g_test_rand_int_range (0, 3), user->str);
      out->auth = g_test_rand_bit () ? POSTWEG_AUTH_PASSWORD : POSTWEG_AUTH_ENCRYPTED;
      account = postweg_account_new (name->str, "a@b.test", in, out);
      account->pop.delete_after_days = (guint) g_test_rand_int_range (0, 3);
      account->pop.delete_when_deleted = g_test_rand_bit ();
      plan = postweg_client_by_id ("thunderbird")->plan (account, &export, &error);
      g_assert_no_error (error);
      postweg_plan_apply (plan, state, &error);
      g_assert_no_error (error);
      assert_account_is_there (home, account);
    }
}

static const struct {
  const char *path;
  const char *prefs; /* besides a whole account */
  const char *user_js;
  const char *account; /* URLs and options of what is read, see describe() */
  gboolean has_note;
} reads[] = {
  { "plain-defaults", "", NULL,
    "A <a@b.test> imap none in.test:143 u password / smtp none out.test:587 v password", FALSE },
  { "tls-ports",
    "user_pref(\"mail.server.server1.socketType\", 3);user_pref(\"mail.smtpserver.smtp1.try_ssl\", 3);", NULL,
    "A <a@b.test> imap tls in.test:993 u password / smtp tls out.test:465 v password", FALSE },
  { "starttls-ports",
    "user_pref(\"mail.server.server1.socketType\", 2);user_pref(\"mail.smtpserver.smtp1.try_ssl\", 2);", NULL,
    "A <a@b.test> imap starttls in.test:143 u password / smtp starttls out.test:587 v password", FALSE },
  { "if-offered-is-a-fault", "user_pref(\"mail.server.server1.socketType\", 1);", NULL,
    "A <a@b.test> imap none in.test:143 u password / smtp none out.test:587 v password", TRUE },
  { "security-unknown", "user_pref(\"mail.smtpserver.smtp1.try_ssl\", 9);", NULL,
    "A <a@b.test> imap none in.test:143 u password / smtp none out.test:587 v password", TRUE },
  { "port-minus-one", "user_pref(\"mail.server.server1.port\", -1);", NULL,
    "A <a@b.test> imap none in.test:143 u password / smtp none out.test:587 v password", FALSE },
  { "port-too-big", "user_pref(\"mail.server.server1.port\", 70000);", NULL,
    "A <a@b.test> imap none in.test:143 u password / smtp none out.test:587 v password", FALSE },
  { "port-of-wrong-type", "user_pref(\"mail.server.server1.port\", \"993\");", NULL,
    "A <a@b.test> imap none in.test:143 u password / smtp none out.test:587 v password", FALSE },
  { "auth-encrypted", "user_pref(\"mail.server.server1.authMethod\", 4);", NULL,
    "A <a@b.test> imap none in.test:143 u encrypted / smtp none out.test:587 v password", FALSE },
  { "auth-oauth2", "user_pref(\"mail.server.server1.authMethod\", 10);", NULL,
    "A <a@b.test> imap none in.test:143 u oauth2 / smtp none out.test:587 v password", FALSE },
  { "auth-none", "user_pref(\"mail.smtpserver.smtp1.authMethod\", 1);", NULL,
    "A <a@b.test> imap none in.test:143 u password / smtp none out.test:587 v none", FALSE },
  { "auth-kerberos", "user_pref(\"mail.server.server1.authMethod\", 5);", NULL,
    "A <a@b.test> imap none in.test:143 u password / smtp none out.test:587 v password", TRUE },
  { "auth-unknown", "user_pref(\"mail.server.server1.authMethod\", 99);", NULL,
    "A <a@b.test> imap none in.test:143 u password / smtp none out.test:587 v password", TRUE },
  { "pop3-takes-mail-away", "user_pref(\"mail.server.server1.type\", \"pop3\");", NULL,
    "A <a@b.test> pop3 none in.test:110 u password / smtp none out.test:587 v password keep=0 days=0 "
    "deleted=0",
    FALSE },
  { "pop3-all-options",
    "user_pref(\"mail.server.server1.type\", \"pop3\");user_pref(\"mail.server.server1.leave_on_server\", "
    "true);"
    "user_pref(\"mail.server.server1.delete_by_age_from_server\", true);"
    "user_pref(\"mail.server.server1.num_days_to_leave_on_server\", 30);"
    "user_pref(\"mail.server.server1.delete_mail_left_on_server\", true);",
    NULL,
    "A <a@b.test> pop3 none in.test:110 u password / smtp none out.test:587 v password keep=1 days=30 "
    "deleted=1",
    FALSE },
  { "pop3-days-without-switch",
    "user_pref(\"mail.server.server1.type\", \"pop3\");user_pref(\"mail.server.server1.leave_on_server\", "
    "true);"
    "user_pref(\"mail.server.server1.num_days_to_leave_on_server\", 30);",
    NULL,
    "A <a@b.test> pop3 none in.test:110 u password / smtp none out.test:587 v password keep=1 days=0 "
    "deleted=0",
    FALSE },
  { "pop3-default-days",
    "user_pref(\"mail.server.server1.type\", \"pop3\");user_pref(\"mail.server.server1.leave_on_server\", "
    "true);"
    "user_pref(\"mail.server.server1.delete_by_age_from_server\", true);",
    NULL,
    "A <a@b.test> pop3 none in.test:110 u password / smtp none out.test:587 v password keep=1 days=7 "
    "deleted=0",
    FALSE },
  { "user-js-wins", "", "user_pref(\"mail.server.server1.hostname\", \"other.test\");",
    "A <a@b.test> imap none other.test:143 u password / smtp none out.test:587 v password", FALSE },
  { "own-smtp-server",
    "user_pref(\"mail.identity.id1.smtpServer\", \"smtp2\");"
    "user_pref(\"mail.smtpserver.smtp2.hostname\", \"own.test\");",
    NULL, "A <a@b.test> imap none in.test:143 u password / smtp none own.test:587  password", FALSE },
  { "default-smtp-server",
    "user_pref(\"mail.smtp.defaultserver\", \"smtp2\");"
    "user_pref(\"mail.smtpserver.smtp2.hostname\", \"own.test\");",
    NULL, "A <a@b.test> imap none in.test:143 u password / smtp none own.test:587  password", FALSE },
  { "no-smtp-server", "user_pref(\"mail.smtpservers\", \"\");", NULL,
    "A <a@b.test> imap none in.test:143 u password / none", TRUE },
  { "exchange",
    "user_pref(\"mail.server.server1.type\", \"ews\");user_pref(\"mail.smtpserver.smtp1.type\", \"ews\");",
    NULL, "A <a@b.test> none / none", TRUE },
  { "no-host", "user_pref(\"mail.server.server1.hostname\", \"\");", NULL,
    "A <a@b.test> none / smtp none out.test:587 v password", TRUE },
  { "odd-host", "user_pref(\"mail.server.server1.hostname\", \"in test\\n\");", NULL,
    "A <a@b.test> none / smtp none out.test:587 v password", TRUE },
  { "no-address", "user_pref(\"mail.identity.id1.useremail\", \"\");", NULL,
    "A <> imap none in.test:143 u password / smtp none out.test:587 v password", TRUE },
  { "no-identity", "user_pref(\"mail.account.account1.identities\", \"\");", NULL,
    " <> imap none in.test:143 u password / smtp none out.test:587 v password", TRUE },
  { "blank-in-list", "user_pref(\"mail.accountmanager.accounts\", \"account9, account1\");", NULL,
    "A <a@b.test> imap none in.test:143 u password / smtp none out.test:587 v password", TRUE },
  { "no-user", "user_pref(\"mail.server.server1.userName\", 3);", NULL,
    "A <a@b.test> imap none in.test:143  password / smtp none out.test:587 v password", FALSE },
  { "local-folders", "user_pref(\"mail.server.server1.type\", \"none\");", NULL, "", FALSE },
  { "news", "user_pref(\"mail.server.server1.type\", \"nntp\");", NULL, "", FALSE },
  { "feeds", "user_pref(\"mail.server.server1.type\", \"rss\");", NULL, "", FALSE },
  { "chat", "user_pref(\"mail.server.server1.type\", \"im\");", NULL, "", FALSE },
  { "not-listed", "user_pref(\"mail.accountmanager.accounts\", \"account2\");", NULL, "", FALSE },
  { "no-list", "user_pref(\"mail.accountmanager.accounts\", true);", NULL, "", FALSE },
};

static void
describe_server (GString *text, const PostwegServer *server)
{
  if (server == NULL)
    g_string_append (text, "none");
  else
    g_string_append_printf (text, "%s %s %s:%u %s %s", postweg_protocol_name (server->protocol),
                            postweg_security_name (server->security), server->host, server->port,
                            server->user, postweg_auth_name (server->auth));
}

static char *
describe (const PostwegAccount *account)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s <%s> ", account->name, account->address);
  describe_server (text, account->incoming);
  g_string_append (text, " / ");
  describe_server (text, account->outgoing);
  if (account->incoming != NULL && account->incoming->protocol == POSTWEG_POP3)
    g_string_append_printf (text, " keep=%d days=%u deleted=%d", account->pop.keep_on_server,
                            account->pop.delete_after_days, account->pop.delete_when_deleted);
  return g_string_free (text, FALSE);
}

static void
test_read (gconstpointer data)
{
  static const char whole[] = "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"
                              "user_pref(\"mail.account.account1.server\", \"server1\");\n"
                              "user_pref(\"mail.account.account1.identities\", \"id1,id2\");\n"
                              "user_pref(\"mail.server.server1.type\", \"imap\");\n"
                              "user_pref(\"mail.server.server1.hostname\", \"in.test\");\n"
                              "user_pref(\"mail.server.server1.userName\", \"u\");\n"
                              "user_pref(\"mail.identity.id1.fullName\", \"A\");\n"
                              "user_pref(\"mail.identity.id1.useremail\", \"a@b.test\");\n"
                              "user_pref(\"mail.smtpservers\", \"smtp1\");\n"
                              "user_pref(\"mail.smtpserver.smtp1.hostname\", \"out.test\");\n"
                              "user_pref(\"mail.smtpserver.smtp1.username\", \"v\");\n";
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (Folder) profile = folder_new ();
  g_autofree char *prefs = g_strconcat (whole, reads[row].prefs, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegProgram) program = NULL;
  const PostwegStoredAccount *stored;
  g_autofree char *text = NULL;

  put_file (profile, "prefs.js", prefs);
  if (reads[row].user_js != NULL)
    put_file (profile, "user.js", reads[row].user_js);
  program = postweg_client_by_id ("thunderbird")->read (profile, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (program->accounts->len, ==, *reads[row].account != '\0' ? 1 : 0);
  if (program->accounts->len == 0)
    return;
  stored = program->accounts->pdata[0];
  text = describe (stored->account);
  g_assert_cmpstr (text, ==, reads[row].account);
  g_assert_cmpstr (stored->id, ==, "account1");
  g_assert_true ((*stored->note != '\0') == reads[row].has_note);
}

static void
test_read_nothing_there (void)
{
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *profile = g_build_filename (home, "none", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegProgram) program = NULL;

  g_assert_null (postweg_client_by_id ("thunderbird")->read (profile, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  g_clear_error (&error);
  program = postweg_client_by_id ("thunderbird")->read (home, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (program->accounts->len, ==, 0);
}

static void
test_table (void)
{
  const PostwegClient *const *clients = postweg_clients_all ();
  const char *const *ids = postweg_client_ids ();
  guint i;

  for (i = 0; clients[i] != NULL; i++)
    {
      g_assert_cmpstr (ids[i], ==, clients[i]->id);
      g_assert_true (postweg_client_by_id (ids[i]) == clients[i]);
      g_assert_true (clients[i]->find != NULL && clients[i]->read != NULL && clients[i]->plan != NULL);
    }
  g_assert_null (ids[i]);
  g_assert_null (postweg_client_by_id ("netscape"));
}

int
main (int argc, char **argv)
{
  g_autofree char *golden = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  golden = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  dir = g_dir_open (golden, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/thunderbird/golden/", name, NULL);

      g_ptr_array_add (folders, g_build_filename (golden, name, NULL));
      g_test_add_data_func (path, folders->pdata[folders->len - 1], test_golden);
    }
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      g_autofree char *path = g_strconcat ("/thunderbird/read/", reads[i].path, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_read);
    }
  g_test_add_func ("/thunderbird/read-nothing-there", test_read_nothing_there);
  g_test_add_func ("/thunderbird/round-trip", test_round_trip);
  g_test_add_func ("/thunderbird/table", test_table);
  return g_test_run ();
}
