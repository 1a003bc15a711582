/* Accounts in Thunderbird profiles: what is written is read back, and odd settings are read as the program reads them. */
#include "clients/apply.h"
#include "clients/clients.h"
#include "clients/folders.h"
#include "model/error.h"

static void
assert_account_is_there (const char *profile, const PostwegAccount *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegProgram) program =
      postweg_client_read (postweg_client_by_id ("thunderbird"), profile, &error);
  guint same = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < program->accounts->len; i++)
    same += postweg_account_equal (((PostwegStoredAccount *) program->accounts->pdata[i])->account, account);
  g_assert_cmpuint (same, ==, 1);
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
      plan = postweg_client_plan (postweg_client_by_id ("thunderbird"), account, &export, &error);
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
  program = postweg_client_read (postweg_client_by_id ("thunderbird"), profile, &error);
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

  g_assert_null (postweg_client_read (postweg_client_by_id ("thunderbird"), profile, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  g_clear_error (&error);
  program = postweg_client_read (postweg_client_by_id ("thunderbird"), home, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (program->accounts->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      g_autofree char *path = g_strconcat ("/thunderbird/read/", reads[i].path, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_read);
    }
  g_test_add_func ("/thunderbird/read-nothing-there", test_read_nothing_there);
  g_test_add_func ("/thunderbird/round-trip", test_round_trip);
  return g_test_run ();
}
