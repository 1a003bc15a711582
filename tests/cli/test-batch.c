/* postweg-cli batch with real servers: accounts that work and others, every format, stopped and gone on with, and no secret anywhere. */
#include "command.h"
#include "lab.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static Lab *lab;
static char *folder, *list, *output;

#define WRONG "Falsch-gemerkt-7"

static void
write_list (const char *text, int mode)
{
  g_assert_true (g_file_set_contents (list, text, -1, NULL));
  g_assert_cmpint (g_chmod (list, mode), ==, 0);
}

/* A field in quotation marks. */
static void
append (GString *text, const char *field)
{
  g_auto (GStrv) parts = g_strsplit (field, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);

  g_string_append_printf (text, "%s\"%s\"", text->len > 0 && text->str[text->len - 1] != '\n' ? "," : "",
                          doubled);
}

#define HEADER "address,user,password,incoming,outgoing\r\n"

/* incoming, outgoing: hosts, or NULL */
static void
append_line (GString *text, const char *address, const char *user, const char *password, const char *incoming,
             const char *outgoing)
{
  g_autofree char *in =
      incoming != NULL ? g_strdup_printf ("imaps://%s:%u", incoming, lab->ports[LAB_IMAPS]) : g_strdup ("");
  g_autofree char *out =
      outgoing != NULL ? g_strdup_printf ("smtps://%s:%u", outgoing, lab->ports[LAB_SMTPS]) : g_strdup ("");

  append (text, address);
  append (text, user);
  append (text, password);
  append (text, in);
  append (text, out);
  g_string_append (text, "\r\n");
}

static void
append_user (GString *text, const char *name)
{
  const LabUser *user = lab_user (name);

  append_line (text, user->address, user->login, user->password, LAB_GUARDED_HOST, LAB_GUARDED_HOST);
}

static CommandResult *
run_batch (const char *options, const char *input)
{
  g_autofree char *arguments =
      g_strdup_printf ("batch --trust-file=%s %s %s", lab->ca, options, input != NULL ? "-" : list);

  return command_run (arguments, NULL, input);
}

/* in plain, and in base64 alone or behind a user name */
static void
assert_no_secret (const char *text, const char *secret)
{
  g_autofree char *quoted = g_strescape (secret, NULL);

  g_assert_null (strstr (text, secret));
  g_assert_null (strstr (text, quoted));
  for (gsize skip = 0; skip < 3; skip++)
    {
      gsize whole = (strlen (secret) - skip) / 3 * 3;
      g_autofree char *base64 = g_base64_encode ((const guchar *) secret + skip, whole);

      g_assert_null (strstr (text, base64));
    }
}

static void
assert_no_secrets (const CommandResult *result)
{
  for (const LabUser *user = lab_users (); user->name != NULL; user++)
    {
      assert_no_secret (result->out, user->password);
      assert_no_secret (result->err, user->password);
    }
  assert_no_secret (result->out, WRONG);
  assert_no_secret (result->err, WRONG);
  assert_no_secret (result->out, LAB_CROWD_PASSWORD);
  assert_no_secret (result->err, LAB_CROWD_PASSWORD);
}

/* Returns: (transfer full): verdict or “!” by line; every line is whole JSON and there once */
static GHashTable *
verdicts_of (const char *text)
{
  GHashTable *verdicts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);

  g_assert_true (*text == '\0' || g_str_has_suffix (text, "\n"));
  for (guint i = 0; i + 1 < n; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
      JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;

      g_assert_nonnull (object);
      g_assert_true (g_hash_table_insert (
          verdicts, GINT_TO_POINTER ((int) json_object_get_int_member (object, "line")),
          g_strdup (json_object_get_string_member_with_default (object, "verdict", "!"))));
    }
  return verdicts;
}

/* the exit status */

typedef struct {
  const char *name, *address, *user, *password, *incoming, *outgoing;
  const char *verdict;
} Kind;

static Kind kinds[] = {
  { "works", "alice@lab.test", "alice@lab.test", "wonder-land-7", LAB_GUARDED_HOST, LAB_GUARDED_HOST,
    "works" },
  { "receive", "bob@lab.test", "alice@lab.test", "wonder-land-7", LAB_GUARDED_HOST, LAB_GUARDED_HOST,
    "receive-only" },
  { "send", "alice@lab.test", "alice@lab.test", "wonder-land-7", NULL, LAB_GUARDED_HOST, "send-only" },
  { "neither", "carol@lab.test", "carol", WRONG, LAB_GUARDED_HOST, LAB_GUARDED_HOST, "nothing-works" },
  { "not-tested", "erwin@lab.test", "erwin", "", LAB_GUARDED_HOST, LAB_GUARDED_HOST, "not-tested" },
  { "bad", "no address", "", WRONG, NULL, NULL, "!" },
};

static const Kind *
kind_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0)
      return &kinds[i];
  g_assert_not_reached ();
}

/* The exit status speaks of the worst. */
static void
test_status (void)
{
  static const struct {
    const char *kinds;
    int status;
  } table[] = {
    { "works", 0 },
    { "works works", 0 },
    { "receive", 1 },
    { "works receive", 1 },
    { "send", 2 },
    { "receive send works", 2 },
    { "neither", 3 },
    { "send neither receive not-tested", 3 },
    { "not-tested", 4 },
    { "works not-tested", 4 },
    { "receive not-tested", 1 },
    { "bad", 4 },
    { "works bad", 4 },
    { "bad receive", 1 },
    { "", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) names = g_strsplit (table[i].kinds, " ", -1);
      g_autoptr (GString) text = g_string_new (HEADER);
      g_autoptr (CommandResult) result = NULL;
      g_autoptr (GHashTable) verdicts = NULL;

      for (guint n = 0; names[n] != NULL; n++)
        {
          const Kind *kind = kind_of (names[n]);

          append_line (text, kind->address, kind->user, kind->password, kind->incoming, kind->outgoing);
        }
      write_list (text->str, 0600);
      result = run_batch ("", NULL);
      g_test_message ("%s: %d\n%s%s", table[i].kinds, result->status, result->out, result->err);
      assert_no_secrets (result);
      verdicts = verdicts_of (result->out);
      g_assert_cmpuint (g_hash_table_size (verdicts), ==, g_strv_length (names));
      for (guint n = 0; names[n] != NULL; n++)
        g_assert_cmpstr (g_hash_table_lookup (verdicts, GUINT_TO_POINTER (n + 2)), ==,
                         kind_of (names[n])->verdict);
      g_assert_cmpint (result->status, ==, table[i].status);
    }
}

/* what is no list, or not a private one */

static void
test_refused (void)
{
  static const struct {
    const char *options, *text;
    int mode, status;
    const char *says;
  } table[] = {
    { "", "address,password\nalice@lab.test,wonder-land-7\n", 0644, 65, "chmod 600" },
    { "", "{\"address\":\"alice@lab.test\",\"password\":\"wonder-land-7\"}\n", 0640, 65, "chmod 600" },
    { "", "alice@lab.test,wonder-land-7\n", 0600, 65, "“address”" },
    { "", "address,password,password\n", 0600, 65, "“password”" },
    { "--format=xml", "address\n", 0600, 64, "csv, html or prometheus" },
    { "--jobs=0", "address\n", 0600, 64, "1 to 512" },
    { "--per-server=513", "address\n", 0600, 64, "1 to 512" },
    { "--jobs=many", "address\n", 0600, 64, "many" },
    { "--consent=perhaps", "address\n", 0600, 64, "--consent" },
    { "--resume=/dev/null --format=html", "address\n", 0600, 64, "--resume" },
    { "another-file", "address\n", 0600, 64, "file with accounts" },
    { "--resume=/nowhere/done", "address\n", 0600, 74, "/nowhere/done" },
    { "--resume=/etc/passwd", "address\n", 0600, 65, "/etc/passwd" },
    { "--trust-file=/nowhere/ca", "address\n", 0600, 74, "/nowhere/ca" },
  };
  g_autoptr (CommandResult) missing = command_run ("batch /nowhere/list", NULL, NULL);

  g_assert_cmpint (missing->status, ==, 74);
  g_assert_nonnull (strstr (missing->err, "/nowhere/list"));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (CommandResult) result = NULL;

      write_list (table[i].text, table[i].mode);
      result = run_batch (table[i].options, NULL);
      g_test_message ("%s: %d %s", table[i].options, result->status, result->err);
      g_assert_cmpint (result->status, ==, table[i].status);
      g_assert_nonnull (strstr (result->err, table[i].says));
      g_assert_cmpstr (result->out, ==, "");
      assert_no_secrets (result);
    }
}

/* a list of all kinds */

static char *
mixed_list (void)
{
  static const char *const names[] = { "alice", "bob", "dora", "erwin", "full" };
  GString *text = g_string_new (HEADER);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    append_user (text, names[i]);
  append_line (text, "carol@lab.test", "carol", WRONG, LAB_GUARDED_HOST, LAB_GUARDED_HOST);
  append_line (text, WRONG, "", WRONG, NULL, NULL);
  append_line (text, "bob@lab.test", "alice@lab.test", "wonder-land-7", LAB_GUARDED_HOST, LAB_GUARDED_HOST);
  return g_string_free (text, FALSE);
}

static void
test_formats (void)
{
  static const struct {
    const char *options, *begins, *holds[4];
  } table[] = {
    { "",
      "{\"line\":",
      { "\"verdict\":\"works\"", "\"cause\":\"wrong-credentials\"", "\"cause\":\"sender-not-owned\"",
        "\"error\":\"This is no e-mail address" } },
    { "--json", "{\"line\":", { "\"verdict\":\"works\"" } },
    { "--format=csv",
      "line,address,verdict,",
      { "\"alice@lab.test\",\"works\",\"works\",\"works\"", "AUTHENTICATIONFAILED",
        "\"sender-not-owned\"" } },
    { "--format=html", "<!DOCTYPE html>", { "alice@lab.test", "You can receive.", "By Cause" } },
    { "--format=prometheus",
      "# HELP ",
      { "postweg_account_works{address=\"alice@lab.test\",side=\"receive\"} 1\n",
        "postweg_account_works{address=\"carol@lab.test\",side=\"send\"} 0\n",
        "postweg_accounts_by_cause{cause=\"wrong-credentials\"} 1\n", "postweg_batch_complete 1\n" } },
  };
  g_autofree char *text = mixed_list ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (CommandResult) result = NULL;
      g_autofree char *bad_line = g_strdup_printf ("%s:8: ", list);

      write_list (text, 0600);
      result = run_batch (table[i].options, NULL);
      g_test_message ("%s", result->err);
      g_assert_cmpint (result->status, ==, 3);
      g_assert_true (g_str_has_prefix (result->out, table[i].begins));
      for (guint h = 0; h < G_N_ELEMENTS (table[i].holds) && table[i].holds[h] != NULL; h++)
        g_assert_nonnull (strstr (result->out, table[i].holds[h]));
      g_assert_nonnull (strstr (result->err, bad_line));
      g_assert_nonnull (strstr (result->err, "      4  Works\n"));
      g_assert_nonnull (strstr (result->err, "8 of 8 accounts"));
      g_assert_nonnull (strstr (result->err, "wrong-credentials"));
      assert_no_secrets (result);
    }
}

/* From a pipe nobody knows how many will come; JSON lines, and passwords in files beside the list. */
static void
test_input (void)
{
  g_autofree char *csv = mixed_list ();
  g_autofree char *password = g_build_filename (folder, "word", NULL);
  g_autofree char *json = g_strdup_printf (
      "{\"address\":\"alice@lab.test\",\"password_file\":\"word\",\"incoming\":\"imaps://%s:%u\"}\n"
      "{\"address\":\"alice@lab.test\",\"password_file\":\"%s\",\"account\":{\"outgoing\":{\"protocol\":"
      "\"smtp\","
      "\"host\":\"%s\",\"port\":%u,\"security\":\"tls\",\"user\":\"alice@lab.test\",\"auth\":\"password\"}}}"
      "\n",
      LAB_GUARDED_HOST, lab->ports[LAB_IMAPS], password, LAB_GUARDED_HOST, lab->ports[LAB_SMTPS]);
  g_autoptr (CommandResult) piped = run_batch ("", csv);
  g_autoptr (CommandResult) filed = NULL;

  g_assert_cmpint (piped->status, ==, 3);
  g_assert_nonnull (strstr (piped->err, "8 accounts tested"));
  assert_no_secrets (piped);
  g_assert_true (g_file_set_contents (password, "wonder-land-7\n", -1, NULL));
  g_chmod (password, 0600);
  write_list (json, 0644); /* holds none itself */
  filed = run_batch ("", NULL);
  g_test_message ("%s%s", filed->out, filed->err);
  g_assert_cmpint (filed->status, ==, 0);
  assert_no_secrets (filed);
  g_remove (password);
}

/* being stopped */

#define CROWD 300

static void
write_crowd (void)
{
  g_autoptr (GString) text = g_string_new (HEADER);

  for (guint i = 0; i < CROWD; i++)
    {
      g_autofree char *address = g_strdup_printf (LAB_CROWD_ADDRESS, i);

      append_line (text, address, address, i % 100 == 7 ? WRONG : LAB_CROWD_PASSWORD, LAB_GUARDED_HOST,
                   LAB_GUARDED_HOST);
    }
  write_list (text->str, 0600);
}

/* Appends to the output, as “>>” does. Returns: (transfer full) */
static GSubprocess *
start_resumed (void)
{
  g_autofree char *line = g_strdup_printf ("exec \"$POSTWEG_CLI\" batch --trust-file=%s --resume=%s %s >>%s",
                                           lab->ca, output, list, output);
  g_autoptr (GError) error = NULL;
  GSubprocess *process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, "/bin/sh", "-c", line, NULL);

  g_assert_no_error (error);
  return process;
}

static gsize
output_size (void)
{
  GStatBuf facts;

  return g_stat (output, &facts) == 0 ? (gsize) facts.st_size : 0;
}

/* Whatever ends a run at whatever moment: going on brings every account once, and the exit status is that of the whole list. */
static void
test_stopped (gconstpointer data)
{
  int number = GPOINTER_TO_INT (data);
  g_autofree char *text = NULL;
  g_autoptr (GHashTable) verdicts = NULL;
  guint stops = 0;
  int status = -1;

  write_crowd ();
  g_assert_true (g_file_set_contents (output, "", 0, NULL));
  for (guint run = 0; run < 20 && status < 0; run++)
    {
      g_autoptr (GSubprocess) process = start_resumed ();
      gsize before = output_size ();
      g_autofree char *said = NULL;

      for (guint i = 0; i < 500 && run < 4 && output_size () < before + 40000; i++)
        g_usleep (5000);
      if (run < 4)
        g_subprocess_send_signal (process, number);
      g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, NULL));
      assert_no_secret (said, LAB_CROWD_PASSWORD);
      if (number != SIGKILL && run < 4)
        {
          g_assert_true (g_subprocess_get_if_exited (process));
          g_assert_nonnull (strstr (said, "--resume=OUTPUT"));
        }
      stops += run < 4;
      if (run == 3 && number == SIGKILL) /* what a power failure leaves */
        g_assert_cmpint (truncate (output, (off_t) output_size () - 7), ==, 0);
      if (run >= 4)
        status = g_subprocess_get_exit_status (process);
    }
  g_assert_cmpuint (stops, ==, 4);
  g_assert_cmpint (status, ==, 3);
  g_assert_true (g_file_get_contents (output, &text, NULL, NULL));
  verdicts = verdicts_of (text);
  g_assert_cmpuint (g_hash_table_size (verdicts), ==, CROWD);
  for (guint i = 0; i < CROWD; i++)
    g_assert_cmpstr (g_hash_table_lookup (verdicts, GUINT_TO_POINTER (i + 2)), ==,
                     i % 100 == 7 ? "nothing-works" : "works");
  assert_no_secret (text, LAB_CROWD_PASSWORD);
  assert_no_secret (text, WRONG);
}

/* Nothing is left to do: that is over at once, and the verdict is the earlier one. */
static void
test_nothing_left (void)
{
  g_autoptr (CommandResult) first = NULL, second = NULL;
  g_autofree char *text = mixed_list ();
  g_autofree char *options = g_strdup_printf ("--resume=%s", output);

  write_list (text, 0600);
  first = run_batch ("", NULL);
  g_assert_true (g_file_set_contents (output, first->out, -1, NULL));
  second = run_batch (options, NULL);
  g_test_message ("%s", second->err);
  g_assert_cmpint (second->status, ==, 3);
  g_assert_nonnull (strstr (second->err, "7 of them were tested in an earlier run."));
  g_assert_true (g_str_has_prefix (second->out, "{\"line\":8,")); /* the bad line, once more */
  g_assert_cmpstr (strchr (second->out, '\n'), ==, "\n");
}

/* manners */

/* A server that lets each user in once at a time, and an account that stands there ten times: never twice at once. */
static void
test_one_account (void)
{
  const LabUser *alice = lab_user ("alice");
  g_autoptr (GString) text = g_string_new (HEADER);
  g_autoptr (CommandResult) result = NULL;

  for (guint i = 0; i < 10; i++)
    append_line (text, alice->address, alice->login, alice->password, LAB_ONE_HOST, NULL);
  write_list (text->str, 0600);
  result = run_batch ("", NULL);
  g_test_message ("%s", result->err);
  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->err, "     10  Works\n"));
}

/* A server that takes one connection at a time: it is asked more slowly, and says the truth about every account then. */
static void
test_crowded (void)
{
  const LabUser *alice = lab_user ("alice");
  g_autoptr (GString) text = g_string_new (HEADER);
  g_autoptr (CommandResult) result = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const names[] = { "alice", "bob", "dora", "erwin" };

  if (!lab_add (lab, LAB_EXIM, &error))
    {
      g_test_skip (error->message);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    append_line (text, lab_user (names[i])->address, lab_user (names[i])->login,
                 lab_user (names[i])->password, NULL, LAB_EXIM_CROWDED_TLS);
  append_line (text, alice->address, alice->login, WRONG, NULL, LAB_EXIM_CROWDED_TLS);
  write_list (text->str, 0600);
  result = run_batch ("--per-server=3", NULL);
  g_test_message ("%s%s", result->out, result->err);
  g_assert_nonnull (strstr (result->err, "asks for fewer connections"));
  g_assert_nonnull (strstr (result->err, "      4  Works\n"));
  g_assert_nonnull (strstr (result->err, "      1  Neither works\n"));
  g_assert_cmpint (result->status, ==, 3);
}

/* Accounts without servers, and nobody may be asked: each is named with the reason. */
static void
test_no_servers (void)
{
  g_autoptr (CommandResult) result = NULL;
  g_autoptr (GHashTable) verdicts = NULL;

  write_list ("address\nanna@firm.example\nbert@firm.example\ncarl@other.example\n", 0644);
  result = run_batch ("--consent=offline", NULL);
  g_test_message ("%s%s", result->out, result->err);
  g_assert_cmpint (result->status, ==, 4);
  verdicts = verdicts_of (result->out);
  g_assert_cmpuint (g_hash_table_size (verdicts), ==, 3);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  lab = lab_start (&error);
  if (lab == NULL)
    {
      g_print ("1..0 # SKIP %s\n", error->message);
      return 77;
    }
  folder = g_dir_make_tmp ("postweg-batch-XXXXXX", NULL);
  list = g_build_filename (folder, "list.csv", NULL);
  output = g_build_filename (folder, "done.jsonl", NULL);
  kinds[2].incoming = lab_bad_host (POSTWEG_PAPER_EXPIRED);
  g_test_add_func ("/cli/batch/status", test_status);
  g_test_add_func ("/cli/batch/refused", test_refused);
  g_test_add_func ("/cli/batch/formats", test_formats);
  g_test_add_func ("/cli/batch/input", test_input);
  g_test_add_data_func ("/cli/batch/interrupted", GINT_TO_POINTER (SIGINT), test_stopped);
  g_test_add_data_func ("/cli/batch/killed", GINT_TO_POINTER (SIGKILL), test_stopped);
  g_test_add_func ("/cli/batch/nothing-left", test_nothing_left);
  g_test_add_func ("/cli/batch/one-account", test_one_account);
  g_test_add_func ("/cli/batch/crowded", test_crowded);
  g_test_add_func ("/cli/batch/no-servers", test_no_servers);
  status = g_test_run ();
  command_remove (folder);
  lab_stop (lab);
  return status;
}
