/* Running postweg-cli in a home folder of its own. */
#include "command.h"
#include <glib/gstdio.h>

static GSubprocessLauncher *
launcher_for (const char *home)
{
  g_autofree char *config = g_build_filename (home, ".config", NULL);
  g_autofree char *data = g_build_filename (home, ".local", "share", NULL);
  g_autofree char *state = g_build_filename (home, ".local", "state", NULL);
  g_autofree char *cache = g_build_filename (home, ".cache", NULL);
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  g_subprocess_launcher_setenv (launcher, "HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", config, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", data, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", state, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", cache, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
  return launcher;
}

CommandResult *
command_run (const char *arguments, const char *home, const char *input)
{
  g_autofree char *own_home = home == NULL ? g_dir_make_tmp ("postweg-cli-XXXXXX", NULL) : NULL;
  g_autoptr (GSubprocessLauncher) launcher = launcher_for (home != NULL ? home : own_home);
  g_autofree char *line = g_strdup_printf ("%s %s", g_getenv ("POSTWEG_CLI"), arguments);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  CommandResult *result = g_new0 (CommandResult, 1);

  g_assert_true (g_shell_parse_argv (line, NULL, &argv, &error));
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, input != NULL ? input : "", NULL, &result->out,
                                                &result->err, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result->status = g_subprocess_get_exit_status (process);
  if (own_home != NULL)
    command_remove (own_home);
  return result;
}

void
command_result_free (CommandResult *result)
{
  g_free (result->out);
  g_free (result->err);
  g_free (result);
}

JsonNode *
command_json (const CommandResult *result)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (result->out, &error);

  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return node;
}

void
command_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        command_remove (path);
      else
        g_remove (path);
    }
  g_rmdir (folder);
}
