/* The practice mailbox: a scenario's two servers on loopback, with certificates of their own, and the account that goes with them. */
#include "checkup/checkup.h"
#include "checkup/worker.h"
#include "model/error.h"
#include "practice/practice.h"
#include "practice/scenario-story.h"
#include "practice/scenario.h"
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define HOST "localhost"

struct _PostwegPracticeBox {
  const PostwegScenario *scenario;
  char *folder; /* of the certificates; removed again */
  char *trust_file;
  PostwegPractice *incoming, *outgoing; /* NULL: nothing listens */
  PostwegAccount *account;
  PostwegCredentials *credentials;
};

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

void
postweg_practice_box_free (PostwegPracticeBox *box)
{
  if (box == NULL)
    return;
  g_clear_pointer (&box->incoming, postweg_practice_stop);
  g_clear_pointer (&box->outgoing, postweg_practice_stop);
  if (box->folder != NULL)
    remove_folder (box->folder);
  postweg_account_free (box->account);
  postweg_credentials_free (box->credentials);
  g_free (box->trust_file);
  g_free (box->folder);
  g_free (box);
}

static gboolean
make_papers (PostwegPracticeBox *box, GError **error)
{
  static const char *const hosts[] = { HOST, "127.0.0.1", NULL };
  g_autoptr (GError) cause = NULL;

  box->folder = g_dir_make_tmp ("postweg-practice-XXXXXX", &cause);
  if (box->folder == NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE,
                   _("A folder for the practice mailbox could not be made: %s"),
                      postweg_error_reason (cause));
      return FALSE;
    }
  box->trust_file = g_build_filename (box->folder, "ca.pem", NULL);
  return postweg_certificates_make (box->folder, hosts, error);
}

/* Returns: (transfer full): a server that listens; the port of one that does not is free at this moment */
static PostwegPractice *
start (const PostwegPracticeBox *box, const PostwegPracticeSide *side, GError **error)
{
  g_autofree char *certificate = postweg_certificate_path (box->folder, side->paper, "pem");
  g_autofree char *key = postweg_certificate_path (box->folder, side->paper, "key");
  const PostwegPracticeOptions options = { .script = side->script != NULL ? side->script : "HANG\n",
                                           .certificate = certificate,
                                           .key = key };

  return postweg_practice_start (&options, error);
}

static void
set_up (PostwegServer **server, PostwegProtocol protocol, const PostwegPracticeSide *side,
        PostwegPractice **practice)
{
  const char *user = side->auth == POSTWEG_AUTH_NONE ? "" : POSTWEG_PRACTICE_ADDRESS;

  *server = postweg_server_new (protocol, HOST, postweg_practice_port (*practice), side->security, user);
  (*server)->auth = side->auth;
  if (side->script == NULL)
    g_clear_pointer (practice, postweg_practice_stop);
}

static void
set_up_account (PostwegPracticeBox *box)
{
  const PostwegScenario *scenario = box->scenario;
  g_autoptr (PostwegSecret) password = postweg_secret_new (POSTWEG_PRACTICE_PASSWORD);
  g_autoptr (PostwegSecret) other =
      scenario->outgoing_password != NULL ? postweg_secret_new (scenario->outgoing_password) : NULL;

  box->account = postweg_account_new (_("You"), POSTWEG_PRACTICE_ADDRESS, NULL, NULL);
  set_up (&box->account->incoming, POSTWEG_IMAP, &scenario->incoming, &box->incoming);
  set_up (&box->account->outgoing, POSTWEG_SMTP, &scenario->outgoing, &box->outgoing);
  box->credentials = postweg_credentials_new (password, other, NULL);
}

static gpointer
open_box (gpointer data, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  g_autoptr (PostwegPracticeBox) box = g_new0 (PostwegPracticeBox, 1);

  box->scenario = postweg_scenario_by_name (data);
  if (box->scenario == NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND,
                   _("The practice mailbox has no scenario called “%s”."), (const char *) data);
      return NULL;
    }
  if (!make_papers (box, error) || (box->incoming = start (box, &box->scenario->incoming, error)) == NULL ||
      (box->outgoing = start (box, &box->scenario->outgoing, error)) == NULL)
    return NULL;
  set_up_account (box);
  return g_steal_pointer (&box);
}

void
postweg_checkup_practice (const char *scenario, GCancellable *cancellable, GAsyncReadyCallback done,
                          gpointer data)
{
  static const PostwegJob job = { open_box, g_free, (GDestroyNotify) postweg_practice_box_free };

  postweg_worker_run (&job, g_strdup (scenario), cancellable, done, data);
}

PostwegPracticeBox *
postweg_checkup_practice_finish (GAsyncResult *result, GError **error)
{
  return postweg_worker_finish (result, error);
}

const PostwegAccount *
postweg_practice_box_account (const PostwegPracticeBox *box)
{
  return box->account;
}

const PostwegCredentials *
postweg_practice_box_credentials (const PostwegPracticeBox *box)
{
  return box->credentials;
}

const char *
postweg_practice_box_trust_file (const PostwegPracticeBox *box)
{
  return box->trust_file;
}

const char *
postweg_practice_box_password (const PostwegPracticeBox *box G_GNUC_UNUSED)
{
  return POSTWEG_PRACTICE_PASSWORD;
}

const char *
postweg_practice_box_cause (const PostwegPracticeBox *box)
{
  return box->scenario->cause;
}

guint
postweg_checkup_n_scenarios (void)
{
  guint n;

  postweg_scenarios (&n);
  return n;
}

const char *
postweg_checkup_scenario_name (guint index)
{
  guint n;
  const PostwegScenario *scenarios = postweg_scenarios (&n);

  return index < n ? scenarios[index].name : NULL;
}

const char *
postweg_checkup_scenario_title (guint index)
{
  guint n;
  const PostwegScenario *scenarios = postweg_scenarios (&n);

  return index < n ? g_dgettext (GETTEXT_PACKAGE, scenarios[index].title) : NULL;
}

static const PostwegStory *
story_of (guint index)
{
  const char *name = postweg_checkup_scenario_name (index);

  return name != NULL ? postweg_story_by_name (name) : NULL;
}

const char *
postweg_checkup_scenario_group (guint index)
{
  const PostwegStory *story = story_of (index);

  return story != NULL ? g_dgettext (GETTEXT_PACKAGE, postweg_story_group_title (story->group)) : NULL;
}

const char *
postweg_checkup_scenario_caption (guint index)
{
  const PostwegStory *story = story_of (index);

  return story != NULL ? g_dgettext (GETTEXT_PACKAGE, story->caption) : NULL;
}

const char *
postweg_checkup_scenario_sentence (guint index)
{
  const PostwegStory *story = story_of (index);

  return story != NULL ? g_dgettext (GETTEXT_PACKAGE, story->sentence) : NULL;
}
