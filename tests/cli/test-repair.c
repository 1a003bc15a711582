/* postweg-cli repair: a Thunderbird profile with an account that does not send, mended in place, tested again, and taken back. */
#include "command.h"
#include "papers.h"
#include "practice/practice.h"
#include "scenes.h"
#include <glib/gstdio.h>
#include <string.h>

#define SECRET "Rote Gruetze 4"
/* Takes mail only from who has signed in. */
#define SMTP_GUARDED                                                                                         \
  "TLS\nS: 220 mail ESMTP\nLOOP\n" SMTP_EHLO (                                                               \
      "S: 250-AUTH PLAIN LOGIN\n") "ON AUTH PLAIN\nS: 235 2.7.0 signed in\nLEAVE\n"                          \
                                   "ON MAIL FROM\nS: 530 5.7.0 Authentication required\nON RCPT TO\nS: 503 " \
                                   "5.5.1 first a sender\nON RSET\nS: 250 ok\n"                              \
                                   "ON QUIT\nS: 221 bye\nCLOSE\nON\nS: 500 unknown\nEND\nLOOP\n" SMTP_REST
#define SMTP_WRONG                                                                                           \
  "TLS\nS: 220 mail ESMTP\n" SMTP_LOOP ("ON AUTH\nS: 535 5.7.8 Error: authentication failed\n")
#define SMTP_REFUSES_ALL                                                                                     \
  "TLS\nS: 220 mail ESMTP\nLOOP\n" SMTP_EHLO (                                                               \
      "S: 250-AUTH PLAIN LOGIN\n") "ON AUTH\nS: 535 5.7.8 no\nON MAIL FROM\nS: 530 5.7.0 Authentication "    \
                                   "required\n" SMTP_REST
#define IMAP_WRONG                                                                                           \
  "TLS\n" IMAP_GREETING IMAP_LOOP ("ON AUTHENTICATE\nS: {tag} NO [AUTHENTICATIONFAILED] no\n")

typedef struct {
  const char *name;
  const char *in, *out; /* scripts */
  const char *query;    /* behind the outgoing URL */
  gboolean user;        /* the outgoing server has the user name */
  const char *options;
  int status;
  const char *says; /* of the output */
  gboolean writes;
} Row;

static const Row rows[] = {
  { "mends", "TLS\n" IMAP_GOOD, SMTP_GUARDED, "?auth=none", FALSE, "", 0, "Tested again: Both ways work",
    TRUE },
  { "dry-run", "TLS\n" IMAP_GOOD, SMTP_GUARDED, "?auth=none", FALSE, "--dry-run", 1, "mail.smtpserver",
    FALSE },
  { "works-already", "TLS\n" IMAP_GOOD, "TLS\n" SMTP_GOOD, "", TRUE, "", 0, "Both ways work", FALSE },
  { "does-not-help", "TLS\n" IMAP_GOOD, SMTP_REFUSES_ALL, "?auth=none", FALSE, "", 1,
    "cannot mend this by itself", FALSE },
  { "cannot-be-mended", IMAP_WRONG, SMTP_WRONG, "", TRUE, "", 3, "cannot mend this by itself", FALSE },
};

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

static char *
secret_file (void)
{
  char *file = g_build_filename (papers.folder, "secret", NULL);

  g_assert_true (g_file_set_contents (file, SECRET "\n", -1, NULL));
  return file;
}

/* Returns: (transfer full): prefs.js of the profile that export has made */
static char *
read_prefs (const char *home)
{
  g_autofree char *root = g_build_filename (home, ".thunderbird", NULL);
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;
  char *text = NULL;

  while (dir != NULL && text == NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (root, name, "prefs.js", NULL);

      g_file_get_contents (file, &text, NULL, NULL);
    }
  g_assert_nonnull (text);
  return text;
}

static void
export_account (const Row *row, const char *home, guint16 in, guint16 out)
{
  g_autofree char *arguments =
      g_strdup_printf ("export thunderbird --address=anna@firm.example --incoming=imaps://anna@127.0.0.1:%u "
                       "--outgoing=smtps://%s127.0.0.1:%u%s",
                       in, row->user ? "anna@" : "", out, row->query);
  g_autoptr (CommandResult) result = command_run (arguments, home, NULL);

  g_assert_cmpint (result->status, ==, 0);
}

/* Taking it back gives every byte back. */
static void
assert_undone (const char *home, const char *before)
{
  g_autoptr (CommandResult) undone = command_run ("undo", home, NULL);
  g_autofree char *again = NULL;

  g_assert_cmpint (undone->status, ==, 0);
  again = read_prefs (home);
  g_assert_cmpstr (again, ==, before);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  char *home = g_dir_make_tmp ("postweg-repair-XXXXXX", NULL);
  g_autoptr (PostwegPractice) in = start (row->in);
  g_autoptr (PostwegPractice) out = start (row->out);
  g_autofree char *secret = secret_file ();
  g_autofree char *arguments = g_strdup_printf (
      "repair thunderbird account1 --trust-file=%s --password-file=%s %s", papers.ca, secret, row->options);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (CommandResult) result = NULL;

  export_account (row, home, postweg_practice_port (in), postweg_practice_port (out));
  before = read_prefs (home);
  result = command_run (arguments, home, NULL);
  g_test_message ("%s\n%s", result->out, result->err);
  g_assert_cmpint (result->status, ==, row->status);
  g_assert_nonnull (strstr (result->out, row->says));
  g_assert_null (strstr (result->out, SECRET));
  after = read_prefs (home);
  g_assert_cmpint (strcmp (before, after) != 0, ==, row->writes);
  if (row->writes)
    assert_undone (home, before);
  command_remove (home);
  g_free (home);
}

static void
test_json (void)
{
  char *home = g_dir_make_tmp ("postweg-repair-XXXXXX", NULL);
  g_autoptr (PostwegPractice) in = start (rows[0].in);
  g_autoptr (PostwegPractice) out = start (rows[0].out);
  g_autofree char *secret = secret_file ();
  g_autofree char *arguments = g_strdup_printf (
      "repair thunderbird account1 --json --trust-file=%s --password-file=%s", papers.ca, secret);
  g_autoptr (CommandResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  export_account (&rows[0], home, postweg_practice_port (in), postweg_practice_port (out));
  result = command_run (arguments, home, NULL);
  node = command_json (result);
  object = json_node_get_object (node);
  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (object, "program"), ==, "thunderbird");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "changes")), ==, 1);
  g_assert_nonnull (json_object_get_string_member (object, "undo"));
  g_assert_cmpstr (json_object_get_string_member (object, "verdict_before"), ==, "receive-only");
  g_assert_cmpstr (json_object_get_string_member (object, "verdict_after"), ==, "works");
  g_assert_null (strstr (result->out, SECRET));
  command_remove (home);
  g_free (home);
}

static void
test_bad_input (void)
{
  static const struct {
    const char *arguments;
    int status;
  } table[] = {
    { "repair", 64 },
    { "repair thunderbird", 64 },
    { "repair thunderbird account1 account2", 64 },
    { "repair pine account1", 64 },
    { "repair thunderbird account7", 65 },
    { "repair thunderbird account1 --incoming=imaps://a@b.example", 64 },
    { "repair thunderbird account1 --profile=/nowhere/at/all", 65 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (CommandResult) result = command_run (table[i].arguments, NULL, NULL);

      g_test_message ("%s: %d %s", table[i].arguments, result->status, result->err);
      g_assert_cmpint (result->status, ==, table[i].status);
      g_assert_cmpstr (result->err, !=, "");
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  papers_make (&papers);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli/repair/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/cli/repair/json", test_json);
  g_test_add_func ("/cli/repair/bad-input", test_bad_input);
  status = g_test_run ();
  papers_remove (&papers);
  return status;
}
