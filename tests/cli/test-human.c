/* postweg-cli test as people see it: headline, progress, remedy, transcript; stopped in the middle; and never a secret in any of it. */
#include "../slower.h"
#include "command.h"
#include "papers.h"
#include "practice/practice.h"
#include "scenes.h"
#include <signal.h>
#include <string.h>

#define SECRET "Rote Gruetze 4"
#define RIGHT_PAIR "AGFubmEAUm90ZSBHcnVldHplIDQ=" /* NUL anna NUL SECRET */
#define OWN_PAIR "AGFubmEAbnVyIHp1bSBTZW5kZW4="   /* NUL anna NUL "nur zum Senden" */
#define OWN_SECRET "nur zum Senden"
#define TOKEN "ya29.long-token-of-anna"

static Papers papers;

static PostwegPractice *
start (const char *script)
{
  PostwegPracticeOptions options = { .script = script, .certificate = papers.certificate, .key = papers.key };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

static char *
secret_file (const char *name, const char *secret)
{
  char *file = g_build_filename (papers.folder, name, NULL);
  g_autofree char *line = g_strconcat (secret, "\n", NULL);

  g_assert_true (g_file_set_contents (file, line, -1, NULL));
  return file;
}

/* The secret in plain, in any base64, and as the digests that one might be tempted to print. */
static void
assert_no_secret (const CommandResult *result, const char *secret)
{
  const char *outputs[] = { result->out, result->err };
  g_autofree char *md5 = g_compute_checksum_for_string (G_CHECKSUM_MD5, secret, -1);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, secret, -1);

  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      g_assert_null (strstr (outputs[i], secret));
      g_assert_null (strstr (outputs[i], md5));
      g_assert_null (strstr (outputs[i], sha256));
      for (gsize skip = 0; skip < 3; skip++)
        {
          g_autofree char *base64 =
              g_base64_encode ((const guchar *) secret + skip, (strlen (secret) - skip) / 3 * 3);

          g_assert_null (strstr (outputs[i], base64));
        }
    }
}

typedef struct {
  const char *name;
  const char *in, *out; /* scripts under TLS at once; NULL: not given */
  const char *more;     /* further arguments */
  int status;
  const char *says;  /* parts of standard output, separated by | */
  const char *tells; /* parts of standard error, likewise */
  const char *never; /* parts of neither */
} Row;

#define TLS_IMAP "TLS\n" IMAP_GOOD
#define TLS_POP3 "TLS\n" POP3_GOOD
#define TLS_SMTP "TLS\n" SMTP_GOOD
#define IMAP_ECHO                                                                                            \
  "TLS\n" IMAP_GREETING IMAP_LOOP ("ON AUTHENTICATE\nS: {tag} NO [AUTHENTICATIONFAILED] " SECRET             \
                                   " is wrong, so is " RIGHT_PAIR "\n")
#define SMTP_ECHO                                                                                            \
  "TLS\nS: 220 mail\n" SMTP_LOOP ("ON AUTH\nS: 535 5.7.8 " SECRET " is wrong, so is " RIGHT_PAIR "\n")
#define SMTP_OWN                                                                                             \
  "TLS\nS: 220 mail\n" SMTP_LOOP ("ON AUTH PLAIN " OWN_PAIR "\nS: 235 ok\nON AUTH\nS: 535 5.7.8 no\n")
#define SMTP_SENDER                                                                                          \
  "TLS\nS: 220 mail\n" SMTP_LOOP (SMTP_PLAIN_OK "ON MAIL FROM\nS: 553 5.7.1 Sender address rejected: not "   \
                                                "owned by user anna\n")
#define ADDRESS "--address=anna@firm.example "

/* clang-format off */
static const Row rows[] = {
  { "works", TLS_IMAP, TLS_SMTP, ADDRESS, 0, "Both ways work: you can receive and send.", "✓ Receiving|✓ Sending|dns|connect|tls|greeting|capability|auth|mailbox|sender|recipient", "✗|CRITICAL" },
  { "works/quiet-with-json", TLS_IMAP, TLS_SMTP, ADDRESS "--json", 0, "\"verdict\" : \"works\"", "", "✓" },
  { "works/german", TLS_IMAP, TLS_SMTP, ADDRESS "--lang=de", 0, "empfangen", "✓", "Receiving|Sending" },
  { "works/transcript", TLS_IMAP, TLS_SMTP, ADDRESS "--transcript", 0, "S: * OK |C: |EXAMINE INBOX|MAIL FROM:<anna@firm.example>|••••", "✓", "DATA" },
  { "works/pop3", TLS_POP3, TLS_SMTP, ADDRESS "--transcript", 0, "C: STAT|C: UIDL", "mailbox", NULL },
  { "receive-only", TLS_IMAP, SMTP_SENDER, ADDRESS, 1, "You can receive. You cannot send, because |127.0.0.1|(sender-not-owned)|Sender address rejected", "✗ Sending    sender|✓ Receiving", NULL },
  { "send-only", "CLOSE\n", TLS_SMTP, ADDRESS, 2, "You can send. You cannot receive, because |(connection-dropped)", "✗ Receiving|✓ Sending", NULL },
  { "neither", IMAP_ECHO, SMTP_ECHO, ADDRESS, 3, "(wrong-credentials)|••••", "✗ Receiving  auth|✗ Sending    auth", NULL },
  { "neither/transcript", IMAP_ECHO, SMTP_ECHO, ADDRESS "--transcript", 3, "(wrong-credentials)|C: AUTH PLAIN ••••", "✗", NULL },
  { "neither/json-transcript", IMAP_ECHO, SMTP_ECHO, ADDRESS "--json --transcript", 3, "wrong-credentials|••••", "", NULL },
  { "only/incoming", TLS_IMAP, SMTP_SENDER, ADDRESS "--only=incoming", 0, "Receiving works.", "✓ Receiving", "Sending" },
  { "only/outgoing", "CLOSE\n", TLS_SMTP, ADDRESS "--only=outgoing", 0, "Sending works.", "✓ Sending", "Receiving" },
  { "only/incoming-given", TLS_IMAP, NULL, "", 0, "Receiving works.", "✓ Receiving", "Sending" },
  { "own-password-for-sending", TLS_IMAP, SMTP_OWN, ADDRESS "--outgoing-password-file=OWN", 0, "Both ways work", "✓", NULL },
  { "own-password-for-sending/missing", TLS_IMAP, SMTP_OWN, ADDRESS, 1, "You can receive. You cannot send", "✗ Sending    auth", NULL },
  { "own-password-for-sending/wrong-one", TLS_IMAP, "TLS\nS: 220 mail\n" SMTP_LOOP ("ON AUTH PLAIN " RIGHT_PAIR "\nS: 235 ok\nON AUTH\nS: 535 5.7.8 no\n"), ADDRESS "--outgoing-password-file=OWN", 1, "(outgoing-credentials-differ)", "✗ Sending    auth", NULL },
  { "token", "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] hi\n" IMAP_LOOP ("ON AUTHENTICATE XOAUTH2 dXNlcj1hbm5hAWF1dGg9QmVhcmVyIHlhMjkubG9uZy10b2tlbi1vZi1hbm5hAQE=\nS: {tag} OK\n"), NULL, "--token-file=TOKEN ?auth=oauth2", 0, "Receiving works.", "XOAUTH2", NULL },
  { "token/refused", "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] hi\n" IMAP_LOOP ("ON AUTHENTICATE XOAUTH2\nS: + eyJzdGF0dXMiOiI0MDAifQ==\nC+\nS: {tag} NO SASL authentication failed\n"), NULL, "--token-file=TOKEN ?auth=oauth2", 3, "You cannot receive", "✗ Receiving  auth", NULL },
  { "no-password", TLS_IMAP, TLS_SMTP, ADDRESS "NOPASSWORD", 4, "Everything up to the sign-in works.", "no password|– Receiving  auth", NULL },
  { "timeout", "HANG\n", TLS_SMTP, ADDRESS "--timeout=1", 4, "", "✓ Sending", NULL },
};
/* clang-format on */

static void
assert_parts (const char *text, const char *parts, gboolean wanted)
{
  g_auto (GStrv) all = g_strsplit (parts != NULL ? parts : "", "|", -1);

  for (char **part = all; *part != NULL; part++)
    if (**part != '\0' && (strstr (text, *part) != NULL) != wanted)
      g_test_fail_printf ("“%s” %s in: %s", *part, wanted ? "is not" : "should not be", text);
}

static char *
url_option (const char *option, const char *scheme, PostwegPractice *practice, const char *query)
{
  if (practice == NULL)
    return g_strdup ("");
  return g_strdup_printf ("--%s='%s://anna@127.0.0.1:%u%s' ", option, scheme,
                          postweg_practice_port (practice), query);
}

/* Words in capitals stand for files; "?…" belongs to the address of the incoming server. */
static char *
arguments_of (const Row *row, PostwegPractice *in, PostwegPractice *out)
{
  g_autofree char *secret = secret_file ("secret", SECRET);
  g_autofree char *own = secret_file ("own", OWN_SECRET);
  g_autofree char *token = secret_file ("token", TOKEN);
  const char *query = strchr (row->more, '?') != NULL ? strchr (row->more, '?') : "";
  gboolean pop = row->in != NULL && strstr (row->in, "+OK") != NULL;
  g_autofree char *incoming = url_option ("incoming", pop ? "pop3s" : "imaps", in, query);
  g_autofree char *outgoing = url_option ("outgoing", "smtps", out, "");
  GString *all = g_string_new (NULL);

  g_string_printf (all, "test --trust-file=%s %s%s%.*s", papers.ca, incoming, outgoing,
                   (int) strcspn (row->more, "?"), row->more);
  g_string_replace (all, "OWN", own, 0);
  g_string_replace (all, "TOKEN", token, 0);
  if (strstr (all->str, "NOPASSWORD") != NULL)
    g_string_replace (all, "NOPASSWORD", "", 0);
  else if (strstr (all->str, "--token-file") == NULL)
    g_string_append_printf (all, " --password-file=%s", secret);
  return g_string_free (all, FALSE);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegPractice) in = row->in != NULL ? start (row->in) : NULL;
  g_autoptr (PostwegPractice) out = row->out != NULL ? start (row->out) : NULL;
  g_autofree char *arguments = arguments_of (row, in, out);
  g_autoptr (CommandResult) result = command_run (arguments, NULL, NULL);

  g_test_message ("%s\n%d\n%s\n%s", arguments, result->status, result->out, result->err);
  g_assert_cmpint (result->status, ==, row->status);
  assert_parts (result->out, row->says, TRUE);
  assert_parts (result->err, row->tells, TRUE);
  assert_parts (result->out, row->never, FALSE);
  assert_parts (result->err, row->never, FALSE);
  assert_no_secret (result, SECRET);
  assert_no_secret (result, OWN_SECRET);
  assert_no_secret (result, TOKEN);
  g_assert_true (g_utf8_validate (result->out, -1, NULL));
}

/* User names with everything that a URL has to hide: the server hears what was meant. */
static void
test_users (void)
{
  static const struct {
    const char *encoded, *user;
  } table[] = {
    { "anna%40firm.example", "anna@firm.example" },
    { "a%2Fb%3Fc%23d", "a/b?c#d" },
    { "100%25", "100%" },
    { "%C3%A4nna", "änna" },
    { "FIRMA%5Canna", "FIRMA\\anna" },
    { "anna%20b", "anna b" },
    { "a%3Ab", "a:b" },
    { "anna+tag", "anna+tag" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegPractice) in =
          start ("TLS\nS: +OK hi\nLOOP\nON CAPA\nS: -ERR\n" POP3_USER_OK POP3_REST);
      g_autofree char *secret = secret_file ("secret", SECRET);
      g_autofree char *arguments =
          g_strdup_printf ("test --trust-file=%s --password-file=%s --incoming='pop3s://%s@127.0.0.1:%u'",
                           papers.ca, secret, table[i].encoded, postweg_practice_port (in));
      g_autoptr (CommandResult) result = command_run (arguments, NULL, NULL);
      g_autofree char *heard = postweg_practice_heard (in);
      g_autofree char *expected = g_strdup_printf ("USER %s\n", table[i].user);

      g_assert_cmpint (result->status, ==, 0);
      g_assert_nonnull (strstr (heard, expected));
      assert_no_secret (result, SECRET);
    }
}

/* Written into a mail program, and tested from there: by its id, as the only one, and one that is not there. */
static void
test_from_program (void)
{
  g_autofree char *home = g_dir_make_tmp ("postweg-cli-XXXXXX", NULL);
  g_autoptr (PostwegPractice) in = start (TLS_IMAP);
  g_autoptr (PostwegPractice) out = start (TLS_SMTP);
  g_autofree char *secret = secret_file ("secret", SECRET);
  g_autofree char *urls = g_strdup_printf (
      "--address=anna@firm.example --incoming=imaps://anna@127.0.0.1:%u --outgoing=smtps://anna@127.0.0.1:%u",
      postweg_practice_port (in), postweg_practice_port (out));
  g_autofree char *export = g_strdup_printf ("export thunderbird %s", urls);
  static const struct {
    const char *from;
    int status;
  } table[] = {
    { "thunderbird", 0 },
    { "thunderbird:account1", 0 },
    { "thunderbird:account7", 65 },
    { "thunderbird:", 65 },
  };
  g_autoptr (CommandResult) written = command_run (export, home, NULL);

  g_assert_cmpint (written->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *arguments = g_strdup_printf ("test --from=%s --trust-file=%s --password-file=%s",
                                                    table[i].from, papers.ca, secret);
      g_autoptr (CommandResult) result = command_run (arguments, home, NULL);

      g_test_message ("%s\n%s\n%s", table[i].from, result->out, result->err);
      g_assert_cmpint (result->status, ==, table[i].status);
      assert_no_secret (result, SECRET);
    }
  command_remove (home);
}

static void
wait_for_word (PostwegPractice *practice, const char *word)
{
  for (guint i = 0; i < 6000; i++)
    {
      g_autofree char *heard = postweg_practice_heard (practice);

      if (strstr (heard, word) != NULL)
        return;
      g_usleep (10 * 1000);
    }
  g_test_fail_printf ("“%s” was not heard", word);
}

/* Stopped by the keyboard, or by the system: what is known so far, undecided, at once. */
static void
stop_by (int signal_number, gboolean json)
{
  g_autoptr (PostwegPractice) in = start (TLS_IMAP);
  g_autoptr (PostwegPractice) out = start ("HANG\n");
  g_autofree char *trust = g_strdup_printf ("--trust-file=%s", papers.ca);
  g_autofree char *incoming =
      g_strdup_printf ("--incoming=imaps://anna@127.0.0.1:%u", postweg_practice_port (in));
  g_autofree char *outgoing =
      g_strdup_printf ("--outgoing=smtps://anna@127.0.0.1:%u", postweg_practice_port (out));
  g_autofree char *secret = secret_file ("secret", SECRET);
  g_autofree char *password = g_strdup_printf ("--password-file=%s", secret);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, g_getenv ("POSTWEG_CLI"),
      "test", trust, incoming, outgoing, password, json ? "--json" : "--transcript", NULL);
  g_autofree char *said = NULL;
  g_autofree char *told = NULL;
  gint64 stopped;

  g_assert_no_error (error);
  while (postweg_practice_connections (in) == 0 || postweg_practice_connections (out) == 0)
    g_usleep (10 * 1000);
  wait_for_word (in, "EXAMINE");
  g_usleep (300 * 1000);
  stopped = g_get_monotonic_time ();
  g_subprocess_send_signal (process, signal_number);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &said, &told, NULL));
  g_assert_cmpint (g_get_monotonic_time () - stopped, <, SLOWER * G_USEC_PER_SEC);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 4);
  assert_parts (said,
                json ? "\"verdict\" : \"not-tested\"|\"mailbox\"" : "did not come to its end|EXAMINE INBOX",
                TRUE);
  g_assert_null (strstr (said, SECRET));
  g_assert_null (strstr (told, SECRET));
}

static void
test_stopped (void)
{
  stop_by (SIGINT, FALSE);
  stop_by (SIGINT, TRUE);
  stop_by (SIGTERM, TRUE);
}

/* The exit status is the verdict, with and without JSON, and JSON is one object. */
static void
test_json_is_alone (void)
{
  static const struct {
    const char *in, *out, *verdict;
    int status;
  } table[] = {
    { TLS_IMAP, TLS_SMTP, "works", 0 },
    { TLS_IMAP, "CLOSE\n", "receive-only", 1 },
    { "CLOSE\n", TLS_SMTP, "send-only", 2 },
    { "CLOSE\n", "CLOSE\n", "nothing-works", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegPractice) in = start (table[i].in);
      g_autoptr (PostwegPractice) out = start (table[i].out);
      const Row row = { .name = "json", .in = table[i].in, .more = ADDRESS "--json" };
      g_autofree char *arguments = arguments_of (&row, in, out);
      g_autoptr (CommandResult) result = command_run (arguments, NULL, NULL);
      g_autoptr (JsonNode) node = command_json (result);

      g_assert_cmpint (result->status, ==, table[i].status);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "verdict"), ==,
                       table[i].verdict);
      g_assert_cmpstr (result->err, ==, "");
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  papers_make (&papers);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/human/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/cli/human/users", test_users);
  g_test_add_func ("/cli/human/from-program", test_from_program);
  g_test_add_func ("/cli/human/stopped", test_stopped);
  g_test_add_func ("/cli/human/json-is-alone", test_json_is_alone);
  g_test_set_nonfatal_assertions ();
  result = g_test_run ();
  papers_remove (&papers);
  return result;
}
