/* The command line without any server: good and bad input, exit status, outputs. */
#include "command.h"
#include "practice/practice.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

typedef struct {
  const char *name;
  const char *arguments;
  int status;
  const char *out, *err; /* must be in there; NULL: must be empty; "*": anything */
} Row;

/* clang-format off */
static const Row rows[] = {
  { "nothing", "", 64, NULL, "command is missing" },
  { "help", "--help", 0, "postweg-cli test", NULL },
  { "version", "--version", 0, "postweg-cli 0.", NULL },
  { "unknown-command", "fly", 64, NULL, "“fly”" },
  { "unknown-option", "test --fast", 64, NULL, "fast" },
  { "help/test", "test --help", 0, "--password-file", NULL },
  { "help/export", "export --help", 0, "--dry-run", NULL },
  { "german", "--lang=de --help", 0, "Postausgangsserver", NULL },
  { "german/unknown-command", "--lang de fly", 64, NULL, "gibt" },
  { "discover/table", "discover somebody@gmail.com", 0, "imap.gmail.com:993", NULL },
  { "discover/no-address", "discover", 64, NULL, "address" },
  { "discover/lint-no-domain", "discover --lint anna@@x", 65, NULL, "domain" },
  { "discover/two", "discover a@b.de c@d.de", 64, NULL, "address" },
  { "discover/invalid", "discover 'a b@c.de'", 65, "*", NULL },
  { "discover/empty", "discover ''", 65, "*", NULL },
  { "discover/control", "discover \"$(printf 'a\\001@b.de')\"", 65, "*", NULL },
  { "discover/unknown", "discover --consent=offline a@unknown-domain.example", 4, "*", NULL },
  { "discover/consent", "discover --consent=maybe a@gmail.com", 64, NULL, "--consent" },
  { "advise/nothing-known", "advise", 0, "IMAP", NULL },
  { "advise/wrong-answer", "advise --devices=three", 64, NULL, "--devices" },
  { "advise/positional", "advise gmail.com", 64, NULL, "options" },
  { "advise/pop", "advise --devices=one --webmail=never --keeper=me --space=scarce --folders=no --offline=always " "--shared=no", 0, "POP", NULL },
  { "test/no-account", "test", 65, NULL, "account is needed" },
  { "test/invalid-address", "test 'not an address'", 65, NULL, "*" },
  { "test/unknown-domain", "test a@unknown-domain.example", 65, NULL, "--incoming" },
  { "test/bad-url", "test --incoming=imap.example.org", 65, NULL, "imaps://" },
  { "test/password-in-url", "test --incoming=imaps://a:secret-pw@imap.example.org", 65, NULL, "password" },
  { "test/port-out-of-range", "test --incoming=imaps://a@imap.example.org:99999", 65, NULL, "*" },
  { "test/sides-swapped", "test --incoming=smtps://a@smtp.example.org", 65, NULL, "incoming" },
  { "test/no-file", "test --account=/nonexistent.json", 74, NULL, "/nonexistent.json" },
  { "test/folder-as-file", "test --account=/", 74, NULL, "/" },
  { "test/endless-file", "test --account=/dev/zero", 65, NULL, "too big" },
  { "test/no-password-file", "test --incoming=imaps://a@127.0.0.1:1 --password-file=/nonexistent", 74, NULL, "/nonexistent" },
  { "test/empty-password-file", "test --incoming=imaps://a@127.0.0.1:1 --password-file=/dev/null", 65, NULL, "no password" },
  { "test/bad-descriptor", "test --incoming=imaps://a@127.0.0.1:1 --password-fd=99", 74, NULL, "99" },
  { "test/no-descriptor", "test --incoming=imaps://a@127.0.0.1:1 --password-fd=-1", 64, NULL, "--password-fd takes" },
  { "test/least-descriptor", "test --incoming=imaps://a@127.0.0.1:1 --password-fd=-2147483648", 64, NULL, "--password-fd takes" },
  { "test/big-descriptor", "test --incoming=imaps://a@127.0.0.1:1 --password-fd=4294967296", 64, NULL, "--password-fd takes" },
  { "test/no-number-as-descriptor", "test --incoming=imaps://a@127.0.0.1:1 --password-fd=abc", 64, NULL, "--password-fd takes" },
  { "test/empty-descriptor", "test --incoming=imaps://a@127.0.0.1:1 --password-fd=", 64, NULL, "--password-fd takes" },
  { "test/two-passwords", "test --incoming=imaps://a@127.0.0.1:1 --password-fd=0 --password-file=/dev/null", 64, NULL, "name the same password" },
  { "test/two-passwords/first-bad", "test --incoming=imaps://a@127.0.0.1:1 --password-fd=-1 --password-file=/dev/null", 64, NULL, "name the same password" },
  { "test/keyring-and-file", "test --incoming=imaps://a@127.0.0.1:1 --keyring --password-file=/dev/null", 64, NULL, "--keyring" },
  { "test/keyring-and-descriptor", "test --incoming=imaps://a@127.0.0.1:1 --keyring --password-fd=0", 64, NULL, "--keyring" },
  { "test/keyring-and-outgoing-file", "test --incoming=imaps://a@127.0.0.1:1 --keyring --outgoing-password-file=/dev/null", 64, NULL, "--keyring" },
  { "test/keyring-and-token", "test --incoming=imaps://a@127.0.0.1:1 --keyring --token-file=/dev/null", 64, NULL, "--keyring" },
  { "export/two-passwords", "export thunderbird a@gmail.com --dry-run --password-fd=0 --password-file=/dev/null", 64, NULL, "name the same password" },
  { "export/no-descriptor", "export thunderbird a@gmail.com --dry-run --password-fd=-1", 64, NULL, "--password-fd takes" },
  { "report/two-passwords", "report a@gmail.com --password-fd=0 --password-file=/dev/null", 64, NULL, "name the same password" },
  { "repair/two-passwords", "repair thunderbird x --password-fd=0 --password-file=/dev/null", 64, NULL, "name the same password" },
  { "test/no-file-named-once", "test --account=/nonexistent.json", 74, NULL, "/nonexistent.json cannot be read: No such file or directory\n" },
  { "test/folder-as-file-said", "test --account=/", 74, NULL, "cannot be read: Is a directory\n" },
  { "test/below-a-file", "test --account=/dev/null/x", 74, NULL, "cannot be read: Not a directory\n" },
  { "test/home-is-a-file", "test --from=thunderbird --home=/dev/null", 65, NULL, "“/dev/null” is not a folder" },
  { "programs/home-is-a-file", "programs --home=/dev/null", 65, NULL, "“/dev/null” is not a folder" },
  { "programs/no-home", "programs --home=/nonexistent --json", 65, NULL, "“/nonexistent” is not a folder" },
  { "repair/home-is-a-file", "repair thunderbird x --home=/dev/null", 65, NULL, "“/dev/null” is not a folder" },
  { "report/home-is-a-file", "report --from=thunderbird --home=/dev/null", 65, NULL, "“/dev/null” is not a folder" },
  { "test/bad-side", "test --only=both --incoming=imaps://a@127.0.0.1:1", 64, NULL, "--only" },
  { "test/self-and-one-side", "test --send-to-self --only=incoming --incoming=imaps://a@127.0.0.1:1", 64, NULL, "--send-to-self" },
  { "test/self-and-one-server", "test --send-to-self --incoming=imaps://a@127.0.0.1:1", 3, "No mail was sent", "*" },
  { "test/bad-timeout", "test --timeout=0 --incoming=imaps://a@127.0.0.1:1", 64, NULL, "--timeout" },
  { "test/endless-password-file", "test --incoming=imaps://a@127.0.0.1:1 --password-file=/dev/zero", 65, NULL, "no password" },
  { "test/endless-trust-file", "test --incoming=imaps://a@127.0.0.1:1 --trust-file=/dev/zero", 65, NULL, "no certificate" },
  { "discover/endless-trust-file", "discover --trust-file=/dev/zero a@nothing.invalid", 65, NULL, "no certificate" },
  { "discover/trust-file-without-certificate", "discover --trust-file=/proc/version a@nothing.invalid", 65, NULL, "no certificate" },
  { "discover/empty-trust-file", "discover --trust-file=/dev/null a@nothing.invalid", 65, NULL, "no certificate" },
  { "test/trust-folder", "test --incoming=imaps://a@127.0.0.1:1 --trust-file=/", 74, NULL, "directory" },
  { "test/no-trust-file", "test --incoming=imaps://a@127.0.0.1:1 --trust-file=/nonexistent.pem", 74, NULL, "/nonexistent.pem" },
  { "test/unknown-program", "test --from=pine", 65, NULL, "pine" },
  { "test/program-without-account", "test --from=thunderbird", 65, NULL, "programs" },
  { "test/refused", "test --incoming=imaps://a@127.0.0.1:1", 3, "connection-refused", "*" },
  { "test/ports", "test --ports --incoming=imaps://a@127.0.0.1:1 --outgoing=smtps://a@127.0.0.1:1", 3, "2525  SMTP  127.0.0.1  closed", "*" },
  { "test/ports/german", "--lang=de test --ports --incoming=imaps://a@127.0.0.1:1", 3, "143   IMAP  127.0.0.1", "*" },
  { "test/ports/json", "test --ports --json --only=outgoing --incoming=imaps://a@127.0.0.1:1 --outgoing=smtps://a@127.0.0.1:1", 3, "\"ports\" : [", "*" },
  { "test/keyring-without-bus", "test --keyring --incoming=imaps://a@127.0.0.1:1", 74, NULL, "keyring" },
  { "explain/smtp", "explain '535 5.7.8 Username and Password not accepted'", 0, "wrong-credentials", NULL },
  { "explain/server-known", "explain --server=smtp.gmail.com --stage=auth '534 5.7.9 Application-specific password required'", 0, "app-password-required", NULL },
  { "explain/several-lines", "explain '550-Requested action not taken' '550 5.1.1 user unknown'", 0, "recipient-unknown", NULL },
  { "explain/dashes", "explain -- '-ERR [IN-USE] locked'", 0, "mailbox-in-use", NULL },
  { "explain/nothing", "explain", 4, "not recognised", NULL },
  { "explain/empty", "explain ''", 4, "not recognised", NULL },
  { "explain/no-error", "explain 'Dear Anna, see you on Sunday'", 4, "not recognised", NULL },
  { "explain/json/nothing", "explain --json 'hello'", 4, "\"causes\" : []", NULL },
  { "explain/json/guessed", "explain --json '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant'", 0, "\"guessed\" : {\n    \"protocol\" : \"smtp\",\n    \"provider\" : \"microsoft-365\"\n  },\n  \"provider\" : \"microsoft-365\"", NULL },
  { "explain/json/guessed-nothing", "explain --json 'hello'", 4, "\"guessed\" : {\n    \"protocol\" : null,\n    \"provider\" : null\n  },\n  \"provider\" : null", NULL },
  { "explain/json/chosen", "explain --json --provider=GMAIL 'NO LOGIN failed.'", 0, "\"provider\" : \"gmail\"", NULL },
  { "explain/json/not-guessed", "explain --json --provider=none '535 5.7.8 refused by smtp.gmail.com'", 0, "\"provider\" : \"gmail\"\n  },\n  \"provider\" : null", NULL },
  { "explain/provider-guessed", "explain '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.'", 0, "Provider: Outlook.com", NULL },
  { "explain/provider-chosen", "explain --provider=GMAIL --protocol=imap 'NO LOGIN failed.'", 0, "app-password-required", NULL },
  { "explain/provider-by-address", "explain --provider=anna@gmail.com '535 5.7.8 no'", 0, "Provider: Gmail", NULL },
  { "explain/provider-of-server", "explain --server=imap.gmail.com 'NO LOGIN failed.'", 0, "myaccount.google.com", NULL },
  { "explain/no-provider", "explain --provider=none --json '535 5.7.8 refused by smtp.gmail.com'", 0, "\"wrong-credentials\"", NULL },
  { "explain/bad-provider", "explain --provider=mars x", 64, NULL, "--provider" },
  { "explain/bad-protocol", "explain --protocol=http x", 64, NULL, "--protocol" },
  { "explain/bad-stage", "explain --stage=end x", 64, NULL, "--stage" },
  { "programs/none", "programs", 0, "*", NULL },
  { "programs/known", "programs --known", 0, "mbsync                 imap            mbsync", NULL },
  { "report/bad-format", "report --format=pdf --incoming=imaps://a@127.0.0.1:1", 64, NULL, "--format" },
  { "report/nothing", "report", 65, NULL, "*" },
  { "report/two", "report a@b.example c@d.example", 64, NULL, "account" },
  { "programs/positional", "programs thunderbird", 64, NULL, "options" },
  { "export/nothing", "export", 64, NULL, "mail program" },
  { "export/unknown-program", "export pine a@gmail.com", 65, NULL, "thunderbird" },
  { "export/no-account", "export thunderbird", 65, NULL, "account is needed" },
  { "undo/nothing", "undo", 65, NULL, "*" },
  { "undo/unknown", "undo 4711", 65, NULL, "*" },
  { "undo/two", "undo 1 2", 64, NULL, "*" },
};
/* clang-format on */

static void
check_output (const char *output, const char *expected)
{
  if (expected == NULL)
    g_assert_cmpstr (output, ==, "");
  else if (strcmp (expected, "*") != 0 && strstr (output, expected) == NULL)
    g_test_fail_printf ("“%s” is not in: %s", expected, output);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (CommandResult) result = command_run (row->arguments, NULL, NULL);

  g_test_message ("%d\n%s\n%s", result->status, result->out, result->err);
  g_assert_cmpint (result->status, ==, row->status);
  check_output (result->out, row->out);
  check_output (result->err, row->err);
  g_assert_null (strstr (result->err, "secret-pw"));
  g_assert_null (strstr (result->err, "CRITICAL"));
}

/* Every --json prints one object and nothing else, also when what it says is bad news. */
static void
test_json (void)
{
  static const struct {
    const char *arguments;
    int status;
    const char *members; /* separated by blanks */
  } table[] = {
    { "discover --json a@gmail.com", 0,
      "outcome source trust imap pop3 smtp prerequisites alternatives conflicts" },
    { "discover --json nonsense", 65,
      "outcome source trust imap pop3 smtp prerequisites alternatives conflicts" },
    { "advise --json --provider=gmail.com", 0, "recommend reasons against pop provider_notes" },
    { "test --json --incoming=imaps://a@127.0.0.1:1", 3, "verdict incoming outgoing findings" },
    { "programs --json", 0, "programs" },
    { "programs --known --json", 0, "known" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (CommandResult) result = command_run (table[i].arguments, NULL, NULL);
      g_autoptr (JsonNode) node = command_json (result);
      g_auto (GStrv) members = g_strsplit (table[i].members, " ", -1);

      g_assert_cmpint (result->status, ==, table[i].status);
      for (char **member = members; *member != NULL; member++)
        g_assert_true (json_object_has_member (json_node_get_object (node), *member));
    }
}

static char *
write_account (const char *folder)
{
  char *file = g_build_filename (folder, "account.json", NULL);
  const char *account = "{\"name\":\"Anna\",\"address\":\"anna@firm.example\",\"incoming\":{\"protocol\":"
                        "\"imap\",\"host\":\"imap.firm.example\","
                        "\"user\":\"anna\"},\"outgoing\":{\"protocol\":\"smtp\",\"host\":\"smtp.firm."
                        "example\",\"user\":\"anna\"}}";

  g_assert_true (g_file_set_contents (file, account, -1, NULL));
  return file;
}

/* From nothing to a profile, once more without a change, listed, and back to nothing. */
static void
test_export_and_undo (void)
{
  g_autofree char *home = g_dir_make_tmp ("postweg-cli-XXXXXX", NULL);
  g_autofree char *file = write_account (home);
  g_autofree char *export = g_strdup_printf ("export thunderbird --json --account=%s", file);
  g_autofree char *dry = g_strconcat (export, " --dry-run", NULL);
  g_autofree char *root = g_build_filename (home, ".thunderbird", NULL);
  g_autoptr (CommandResult) shown = command_run (dry, home, NULL);
  g_autoptr (CommandResult) written = NULL;
  g_autoptr (CommandResult) again = NULL;
  g_autoptr (CommandResult) listed = NULL;
  g_autoptr (CommandResult) undone = NULL;
  g_autoptr (JsonNode) plan = NULL;
  g_autoptr (JsonNode) nothing = NULL;

  g_assert_cmpint (shown->status, ==, 0);
  g_assert_false (g_file_test (root, G_FILE_TEST_EXISTS));
  written = command_run (export, home, NULL);
  plan = command_json (written);
  g_assert_cmpint (written->status, ==, 0);
  g_assert_true (g_file_test (root, G_FILE_TEST_IS_DIR));
  g_assert_false (json_object_get_null_member (json_node_get_object (plan), "undo"));
  again = command_run (export, home, NULL);
  nothing = command_json (again);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (json_node_get_object (nothing), "changes")), ==,
      0);
  listed = command_run ("programs --json", home, NULL);
  g_assert_nonnull (strstr (listed->out, "anna@firm.example"));
  undone = command_run ("undo --json", home, NULL);
  g_assert_cmpint (undone->status, ==, 0);
  g_assert_false (g_file_test (root, G_FILE_TEST_EXISTS));
  command_remove (home);
}

/* Standard output that cannot take it is said; one that is closed is nobody else's. */
static void
test_output (void)
{
  static const struct {
    const char *arguments;
    int status;
    const char *said; /* NULL: nothing */
  } table[] = {
    { "--help >/dev/full", 74, "No space left" },
    { "explain 535 >/dev/full", 74, "No space left" },
    { "programs --known --json >/dev/full", 74, "postweg-cli: " },
    { "--help >&-", 0, NULL },
    { "--help <&- >&- 2>&-", 0, NULL },
    { "nonsense 2>/dev/full", 64, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *line = g_strdup_printf ("\"$POSTWEG_CLI\" %s", table[i].arguments);
      const char *const words[] = { "/bin/sh", "-c", line, NULL };
      g_autofree char *said = NULL;
      int status = 0;

      g_assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &said,
                                   &status, NULL));
      g_test_message ("%s: %s", table[i].arguments, said);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, table[i].status);
      if (table[i].said != NULL)
        g_assert_nonnull (strstr (said, table[i].said));
      else
        g_assert_cmpstr (said, ==, "");
    }
}

/* What is meant for the person does not go to the server that is connected first. */
static void
test_closed_output (void)
{
  PostwegPracticeOptions options = { .script = "S: * OK\nC?\nS: * BYE\nHANG\n" };
  g_autoptr (PostwegPractice) practice = postweg_practice_start (&options, NULL);
  g_autofree char *heard = NULL;
  g_autofree char *line = g_strdup_printf (
      "\"$POSTWEG_CLI\" test --only=incoming --timeout=2 --incoming='imap://a@127.0.0.1:%u' <&- >&- 2>&-",
      postweg_practice_port (practice));
  const char *const words[] = { "/bin/sh", "-c", line, NULL };

  g_assert_true (
      g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL));
  heard = postweg_practice_heard (practice);
  g_test_message ("%s", heard);
  g_assert_cmpuint (postweg_practice_connections (practice), >, 0);
  g_assert_null (strstr (heard, "eceiv"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/cli/json", test_json);
  g_test_add_func ("/cli/export-and-undo", test_export_and_undo);
  g_test_add_func ("/cli/output", test_output);
  g_test_add_func ("/cli/closed-output", test_closed_output);
  return g_test_run ();
}
