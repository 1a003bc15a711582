/* postweg-cli practice: opens, can be used as it says, and is gone without a trace when it is closed. */
#include "command.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* Starts it with --json and reads what it says. Returns: (transfer full): the process */
static GSubprocess *
open_practice (const char *scenario, JsonNode **facts)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("POSTWEG_CLI"),
                                           "practice", "--json", scenario, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  char *line;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      gboolean last = strcmp (line, "}") == 0;

      g_string_append (text, line);
      g_free (line);
      if (last)
        break;
    }
  *facts = json_from_string (text->str, NULL);
  g_assert_nonnull (*facts);
  return process;
}

static CommandResult *
run_test (JsonObject *facts)
{
  g_autofree char *folder = g_dir_make_tmp ("postweg-practise-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "password", NULL);
  g_autofree char *arguments = g_strdup_printf (
      "test --json --trust-file=%s --address=%s --incoming='%s' --outgoing='%s' --password-file=%s",
      json_object_get_string_member (facts, "trust_file"), json_object_get_string_member (facts, "address"),
      json_object_get_string_member (facts, "incoming"), json_object_get_string_member (facts, "outgoing"),
      file);
  CommandResult *result;

  g_assert_true (g_file_set_contents (file, json_object_get_string_member (facts, "password"), -1, NULL));
  result = command_run (arguments, NULL, NULL);
  g_remove (file);
  g_rmdir (folder);
  return result;
}

static const struct {
  const char *scenario;
  int status;
  const char *verdict;
} rows[] = {
  { "works", 0, "works" },
  { "sign-in-missing", 1, "receive-only" },
  { "receiving-off", 2, "send-only" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonNode) facts = NULL;
      g_autoptr (GSubprocess) process = open_practice (rows[i].scenario, &facts);
      JsonObject *object = json_node_get_object (facts);
      g_autoptr (CommandResult) result = run_test (object);
      g_autoptr (JsonNode) tested = command_json (result);

      g_assert_cmpint (result->status, ==, rows[i].status);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (tested), "verdict"), ==,
                       rows[i].verdict);
      g_subprocess_send_signal (process, i % 2 == 0 ? SIGTERM : SIGINT);
      g_assert_true (g_subprocess_wait (process, NULL, NULL));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
      g_assert_false (g_file_test (json_object_get_string_member (object, "trust_file"), G_FILE_TEST_EXISTS));
    }
}

static void
test_words (void)
{
  g_autoptr (CommandResult) list = command_run ("practice --list", NULL, NULL);
  g_autoptr (CommandResult) unknown = command_run ("practice no-such-thing", NULL, NULL);
  g_autoptr (CommandResult) two = command_run ("practice works works", NULL, NULL);

  g_assert_cmpint (list->status, ==, 0);
  g_assert_nonnull (strstr (list->out, "wrong-password"));
  g_assert_cmpint (unknown->status, ==, 65);
  g_assert_nonnull (strstr (unknown->err, "no-such-thing"));
  g_assert_cmpint (two->status, ==, 64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/practice/rows", test_rows);
  g_test_add_func ("/cli/practice/words", test_words);
  return g_test_run ();
}
