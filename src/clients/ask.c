/* Running another program for an answer, within limits. */
#include "clients/ask.h"
#include "model/error.h"
#include "model/secret.h"
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define SECONDS_MAX 10

/* A command on its way, in a main context of its own: callers may be in any thread. */
typedef struct {
  GMainLoop *loop;
  GSubprocess *process;
  char *said, *complaints;
  gboolean is_late;
} Question;

static gboolean
too_late (gpointer data)
{
  Question *question = data;

  question->is_late = TRUE;
  g_subprocess_force_exit (question->process);
  return G_SOURCE_REMOVE;
}

/* Other programs print what they like, passwords among it: no copy stays behind. Takes the bytes. Returns: (transfer full) */
static char *
text_of (GBytes *bytes)
{
  gsize size = 0;
  char *data = bytes != NULL ? g_bytes_unref_to_data (bytes, &size) : NULL;
  char *text = g_strndup (data != NULL ? data : "", size);

  if (data != NULL)
    postweg_wipe (data, size);
  g_free (data);
  return text;
}

static void
answered (GObject *process, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  GBytes *said = NULL, *complaints = NULL;

  g_subprocess_communicate_finish (G_SUBPROCESS (process), result, &said, &complaints, NULL);
  question->said = text_of (said);
  question->complaints = text_of (complaints);
  g_main_loop_quit (question->loop);
}

static void
run (Question *question)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) timeout = g_timeout_source_new_seconds (SECONDS_MAX);

  g_main_context_push_thread_default (context);
  question->loop = g_main_loop_new (context, FALSE);
  g_source_set_callback (timeout, too_late, question, NULL);
  g_source_attach (timeout, context);
  g_subprocess_communicate_async (question->process, NULL, NULL, answered, question);
  g_main_loop_run (question->loop);
  g_source_destroy (timeout);
  g_main_loop_unref (question->loop);
  g_main_context_pop_thread_default (context);
}

/* Returns: FALSE if the command cannot be run */
static gboolean
ask (const char *const *command, Question *question)
{
  g_autofree char *path = g_find_program_in_path (command[0]);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  if (path == NULL)
    return FALSE;
  /* what programs say is compared, so it must not be in the person's language */
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  question->process = g_subprocess_launcher_spawnv (launcher, command, NULL);
  if (question->process == NULL)
    return FALSE;
  run (question);
  return TRUE;
}

static void
question_clear (Question *question)
{
  g_clear_object (&question->process);
  postweg_wipe_free (question->said);
  g_free (question->complaints);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static char *
last_line (const char *text)
{
  g_autofree char *copy = g_strchomp (g_strdup (text != NULL ? text : ""));
  const char *end = strrchr (copy, '\n');

  return g_strdup (end != NULL ? end + 1 : copy);
}

gboolean
postweg_ask (const char *const *command, char **said, GError **error)
{
  g_auto (Question) question = { 0 };
  g_autofree char *complaint = NULL;

  *said = NULL;
  if (!ask (command, &question))
    return TRUE;
  if (!question.is_late && g_subprocess_get_successful (question.process))
    {
      *said = g_steal_pointer (&question.said);
      return TRUE;
    }
  complaint = last_line (question.complaints);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT,
               _("%s was asked and does not accept the settings: “%s”"), command[0],
                  question.is_late ? _("it did not answer in time") : complaint);
  return FALSE;
}

gboolean
postweg_ask_anyway (const char *const *command, char **said, char **complaints)
{
  g_auto (Question) question = { 0 };

  *said = *complaints = NULL;
  if (!ask (command, &question) || question.is_late)
    return FALSE;
  *said = g_steal_pointer (&question.said);
  *complaints = g_steal_pointer (&question.complaints);
  return TRUE;
}

void
postweg_ask_other (const PostwegClient *client, GError **error)
{
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT,
               _("%s was asked and reads other settings than were meant."), client->name);
}
