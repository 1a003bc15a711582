/* Accounts read from a Thunderbird profile, tested against healthy servers: what the settings alone have to say. */
#include "checks.h"
#include "papers.h"
#include "practice/practice.h"
#include "scenes.h"
#include <string.h>

#define PASSWORD "Gr0sse Welle 7"

typedef struct {
  const char *name;
  const char *prefs; /* besides the account's servers, ports and address */
  const char *address;
  gboolean pop;
  gboolean no_outgoing;
  const char *sending;         /* the script of the outgoing server; NULL: healthy */
  const char *verdict, *cause; /* of the answer; NULL: none */
  const char *side;
  const char *mended; /* what of the mended account is looked at: "host …", "keeps"; NULL: there is none */
} Row;

#define IDENTITY "mail.identity.id1."
#define FLAG(name, value) "user_pref(\"" name "\", " value ");\n"
#define TEXT(name, value) "user_pref(\"" name "\", \"" value "\");\n"
#define OWN_SMTP TEXT (IDENTITY "smtpServer", "smtp1")
#define DEFAULT_SMTP TEXT ("mail.smtp.defaultserver", "smtp1")
#define REFUSES_SENDER                                                                                       \
  "TLS\nS: 220 mail ESMTP\n" SMTP_LOOP (SMTP_PLAIN_OK "ON MAIL FROM\nS: 550 5.7.1 Sender not allowed\n")

/* clang-format off */
static const Row rows[] = {
  { "healthy", OWN_SMTP, "anna@firm.example", .verdict = "works" },
  { "healthy/keeps-no-copy-and-nobody-knows-why", OWN_SMTP FLAG (IDENTITY "fcc", "true"), "anna@firm.example", .verdict = "works" },
  { "healthy/default-server-of-own-firm", DEFAULT_SMTP, "anna@firm.example", .verdict = "works" },
  { "healthy/pop-keeps", OWN_SMTP FLAG ("mail.server.server1.leave_on_server", "true"), "anna@firm.example", .pop = TRUE, .verdict = "works" },
  { "healthy/known-folder", OWN_SMTP TEXT (IDENTITY "fcc_folder", "imap://anna@127.0.0.1/Sent"), "anna@firm.example", .verdict = "works" },
  { "healthy/copy-in-local-folders", OWN_SMTP TEXT (IDENTITY "fcc_folder", "mailbox://nobody@Local%20Folders/Sent"), "anna@firm.example", .verdict = "works" },

  { "outgoing-missing/none", "", "anna@firm.example", .no_outgoing = TRUE, .verdict = "receive-only", .cause = "outgoing-missing", .side = "send" },
  { "outgoing-missing/none-but-documented", "", "anna@web.de", .no_outgoing = TRUE, .verdict = "receive-only", .cause = "outgoing-missing", .side = "send", .mended = "host smtp.web.de" },
  { "outgoing-missing/of-another-account", DEFAULT_SMTP, "anna@web.de", .verdict = "works-with-note", .cause = "outgoing-missing", .side = "send", .mended = "host smtp.web.de" },
  { "outgoing-missing/of-another-account-refuses", DEFAULT_SMTP, "anna@web.de", .sending = REFUSES_SENDER, .verdict = "receive-only", .cause = "outgoing-missing", .side = "send", .mended = "host smtp.web.de" },

  { "sent-twice", OWN_SMTP, "anna@gmail.com", .verdict = "works-with-note", .cause = "sent-twice", .side = "send" },
  { "sent-twice/switched-off", OWN_SMTP FLAG (IDENTITY "fcc", "false"), "anna@gmail.com", .verdict = "works" },
  { "sent-not-filed/switched-off", OWN_SMTP FLAG (IDENTITY "fcc", "false"), "anna@web.de", .verdict = "works-with-note", .cause = "sent-not-filed", .side = "send" },
  { "sent-not-filed/folder-is-gone", OWN_SMTP TEXT (IDENTITY "fcc_folder", "imap://anna@127.0.0.1/Gesendet"), "anna@firm.example", .verdict = "works-with-note", .cause = "sent-not-filed", .side = "send" },

  { "pop-deletes-mail/at-once", OWN_SMTP FLAG ("mail.server.server1.leave_on_server", "false"), "anna@firm.example", .pop = TRUE, .verdict = "works-with-note", .cause = "pop-deletes-mail", .side = "receive", .mended = "keeps" },
  { "pop-deletes-mail/later", OWN_SMTP FLAG ("mail.server.server1.leave_on_server", "true") FLAG ("mail.server.server1.delete_by_age_from_server", "true"), "anna@firm.example", .pop = TRUE, .verdict = "works-with-note", .cause = "pop-deletes-mail", .side = "receive", .mended = "keeps" },
};
/* clang-format on */

static Papers papers;

static PostwegPractice *
start (const char *script)
{
  const PostwegPracticeOptions options = { .script = script,
                                           .certificate = papers.certificate,
                                           .key = papers.key };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

/* A profile folder with one account. Returns: (transfer full) */
static char *
make_profile (const Row *row, guint16 incoming_port, guint16 outgoing_port)
{
  char *folder = g_dir_make_tmp ("postweg-settings-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "prefs.js", NULL);
  g_autofree char *prefs = g_strdup_printf (
      TEXT ("mail.accountmanager.accounts", "account1") TEXT ("mail.account.account1.server", "server1")
          TEXT ("mail.account.account1.identities", "id1") TEXT ("mail.server.server1.type", "%s")
              TEXT ("mail.server.server1.hostname", "127.0.0.1") TEXT ("mail.server.server1.userName", "anna")
                  FLAG ("mail.server.server1.port", "%u") FLAG ("mail.server.server1.socketType", "3")
                      TEXT ("mail.identity.id1.useremail", "%s") "%s%s",
      row->pop ? "pop3" : "imap", incoming_port, row->address, row->prefs,
      row->no_outgoing ? "" : TEXT ("mail.smtpservers", "smtp1"));
  g_autofree char *smtp = g_strdup_printf (
      TEXT ("mail.smtpserver.smtp1.hostname", "127.0.0.1") TEXT ("mail.smtpserver.smtp1.username", "anna")
          FLAG ("mail.smtpserver.smtp1.port", "%u") FLAG ("mail.smtpserver.smtp1.try_ssl", "3"),
      outgoing_port);
  g_autofree char *whole = g_strconcat (prefs, row->no_outgoing ? "" : smtp, NULL);

  g_assert_true (g_file_set_contents (file, whole, -1, NULL));
  return folder;
}

static void
keep_result (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static PostwegAccount *
read_account (const char *profile)
{
  g_autofree char *program = g_strdup ("thunderbird");
  const PostwegAccountSource source = { .program = program, .profile = (char *) profile };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PostwegAccount *account;

  postweg_checkup_resolve (&source, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  account = postweg_checkup_resolve_finish (result, &error);
  g_assert_no_error (error);
  return account;
}

static void
remove_profile (char *folder)
{
  g_autofree char *file = g_build_filename (folder, "prefs.js", NULL);

  g_remove (file);
  g_rmdir (folder);
  g_free (folder);
}

static void
assert_mended (const PostwegFinding *finding, const char *mended)
{
  if (mended == NULL)
    g_assert_null (finding->mended);
  else if (strcmp (mended, "keeps") == 0)
    {
      g_assert_true (finding->mended->pop.keep_on_server);
      g_assert_cmpuint (finding->mended->pop.delete_after_days, ==, 0);
    }
  else
    g_assert_cmpstr (finding->mended->outgoing->host, ==, mended + strlen ("host "));
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegPractice) in = start (row->pop ? "TLS\n" POP3_GOOD : "TLS\n" IMAP_GOOD);
  g_autoptr (PostwegPractice) out = start (row->sending != NULL ? row->sending : "TLS\n" SMTP_GOOD);
  char *profile = make_profile (row, postweg_practice_port (in), postweg_practice_port (out));
  g_autoptr (PostwegSecret) secret = postweg_secret_new (PASSWORD);
  Check *check = g_new0 (Check, 1);
  const PostwegFinding *answer;

  check->account = read_account (profile);
  check->credentials = postweg_credentials_new (secret, NULL, NULL);
  check->side = POSTWEG_BOTH;
  check->timeout_s = 30;
  check_run (check, papers.ca);
  check_tell (check);
  answer = check_answer (check);
  g_assert_cmpstr (postweg_verdict_name (check->result->verdict), ==, row->verdict);
  g_assert_cmpstr (answer != NULL ? answer->cause : NULL, ==, row->cause);
  if (answer != NULL)
    {
      g_assert_cmpstr (postweg_side_name (answer->side), ==, row->side);
      assert_mended (answer, row->mended);
    }
  check_free (check);
  remove_profile (profile);
}

/* Who asks for one side only is not told about the other. */
static void
test_one_side (void)
{
  const Row row = { .prefs = "", .address = "anna@firm.example", .no_outgoing = TRUE };
  g_autoptr (PostwegPractice) in = start ("TLS\n" IMAP_GOOD);
  char *profile = make_profile (&row, postweg_practice_port (in), 0);
  g_autoptr (PostwegSecret) secret = postweg_secret_new (PASSWORD);
  Check *check = g_new0 (Check, 1);

  check->account = read_account (profile);
  check->credentials = postweg_credentials_new (secret, NULL, NULL);
  check->side = POSTWEG_RECEIVE;
  check->timeout_s = 30;
  check_run (check, papers.ca);
  g_assert_cmpstr (postweg_verdict_name (check->result->verdict), ==, "works");
  g_assert_null (check_answer (check));
  check_free (check);
  remove_profile (profile);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  papers_make (&papers);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/checkup/settings/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/checkup/settings/one-side", test_one_side);
  status = g_test_run ();
  papers_remove (&papers);
  return status;
}
