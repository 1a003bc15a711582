/* Whole tests of accounts of which one server misbehaves: from the account to the answer, many accounts at the same time. */
#include "../slower.h"
#include "checks.h"
#include "papers.h"
#include "practice/practice.h"
#include "reply-rows.h"
#include <string.h>

#define AT_ONCE 12 /* accounts tested at the same time; more would only wait for each other's handshakes */

static Papers papers;

/* A row being played: its own two servers, and what came of it. */
typedef struct {
  const ScriptRow *row;
  PostwegPractice *faulty, *healthy;
  guint16 closed; /* the port that nobody listens on, when the row has no script */
  Check *check;
} Scene;

static PostwegPractice *
start (const char *script, const char *priority, gboolean revoked)
{
  PostwegPracticeOptions options = { .script = script,
                                     .certificate = papers.certificate,
                                     .key = papers.key,
                                     .ocsp = revoked ? papers.revoked : NULL,
                                     .tls_priority = priority };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

static PostwegServer *
server_at (PostwegProtocol protocol, guint16 port, PostwegSecurity security, const char *user)
{
  return postweg_server_new (protocol, "127.0.0.1", port, security, user);
}

/* A token goes to the server that wants one; the other one gets the password. */
static void
give_token (Check *check)
{
  g_autoptr (PostwegSecret) secret = postweg_secret_new (PASSWORD);

  postweg_credentials_free (check->credentials);
  check->credentials = postweg_credentials_new (secret, NULL, secret);
}

static void
scene_start (Scene *scene, const ScriptRow *row)
{
  gboolean sends = row->protocol == POSTWEG_SMTP;
  const char *user = row->user != NULL ? row->user : USER;
  PostwegServer *faulty, *healthy;

  scene->row = row;
  scene->faulty = start (row->script != NULL ? row->script : "HANG\n", row->priority, row->revoked);
  scene->healthy = start (sends ? "TLS\n" IMAP_GOOD : "TLS\n" SMTP_GOOD, NULL, FALSE);
  faulty = server_at (row->protocol, postweg_practice_port (scene->faulty), row->security,
                      row->auth == POSTWEG_AUTH_NONE ? "" : user);
  faulty->auth = row->auth;
  healthy = server_at (sends ? POSTWEG_IMAP : POSTWEG_SMTP, postweg_practice_port (scene->healthy),
                       POSTWEG_TLS, user);
  if (row->script == NULL)
    g_clear_pointer (&scene->faulty, postweg_practice_stop);
  scene->check = check_new (sends ? healthy : faulty, sends ? faulty : healthy, SENDER, PASSWORD);
  if (row->auth == POSTWEG_AUTH_OAUTH2)
    give_token (scene->check);
}

static void
scene_end (Scene *scene)
{
  g_clear_pointer (&scene->faulty, postweg_practice_stop);
  g_clear_pointer (&scene->healthy, postweg_practice_stop);
  check_free (scene->check);
}

/* A password goes out only after a sign-in began, and on ports with encryption only behind the handshake. */
static void
assert_password_kept (const Scene *scene)
{
  g_autofree char *heard = scene->faulty != NULL ? postweg_practice_heard (scene->faulty) : NULL;
  const PostwegTestResult *result = scene->check->result;
  const PostwegEvidence *evidence =
      scene->row->protocol == POSTWEG_SMTP ? result->outgoing : result->incoming;

  if (heard == NULL || scene->row->security == POSTWEG_PLAIN)
    return;
  if (evidence->login_attempts == 0 || strstr (heard, "(TLS)") == NULL)
    g_assert_false (holds_secret (heard, PASSWORD));
}

static void
assert_mended (const Scene *scene, const PostwegFinding *finding)
{
  Check *again = g_new0 (Check, 1);

  g_assert_nonnull (finding->mended);
  again->account = postweg_account_copy (finding->mended);
  again->credentials = postweg_checkup_mended_credentials (finding, scene->check->credentials);
  again->side = POSTWEG_BOTH;
  again->timeout_s = 40;
  check_run (again, papers.ca);
  check_tell (again);
  g_assert_cmpstr (postweg_verdict_name (again->result->verdict), ==, "works");
  check_free (again);
}

static void
assert_scene (const Scene *scene)
{
  const ScriptRow *row = scene->row;
  const PostwegFinding *answer = check_answer (scene->check);

  check_tell (scene->check);
  check_rules (scene->check, PASSWORD);
  assert_password_kept (scene);
  g_assert_cmpstr (answer != NULL ? answer->cause : NULL, ==, row->cause);
  g_assert_cmpstr (postweg_verdict_name (scene->check->result->verdict), ==, row->verdict);
  g_assert_cmpint (scene->check->took_us, <, SLOWER * 12 * G_USEC_PER_SEC);
  if (answer == NULL)
    return;
  g_assert_cmpstr (postweg_side_name (answer->side), ==, row->protocol == POSTWEG_SMTP ? "send" : "receive");
  g_assert_cmpstr (postweg_who_name (answer->who), ==, row->who);
  if (row->mends)
    assert_mended (scene, answer);
}

/* The scenes of a table; played in crowds when the first of a crowd is asked for. */
typedef struct {
  const ScriptRow *rows;
  guint n_rows;
  Scene *scenes;
} Play;

static void
play_crowd (Play *play, guint first)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();

  for (guint i = first; i < MIN (first + AT_ONCE, play->n_rows); i++)
    {
      scene_start (&play->scenes[i], &play->rows[i]);
      g_ptr_array_add (checks, play->scenes[i].check);
    }
  checks_run (checks, papers.ca);
}

typedef struct {
  Play *play;
  guint i;
} Case;

static void
test_row (gconstpointer data)
{
  const Case *one = data;
  Scene *scene = &one->play->scenes[one->i];

  if (scene->check == NULL)
    play_crowd (one->play, one->i - one->i % AT_ONCE);
  assert_scene (scene);
}

static void
add_play (Play *play, const char *folder)
{
  for (guint i = 0; i < play->n_rows; i++)
    {
      g_autofree char *path = g_strdup_printf ("/checkup/scripts/%s/%s", folder, play->rows[i].name);
      Case *one = g_new (Case, 1);

      *one = (Case){ play, i };
      g_test_add_data_func_full (path, one, test_row, g_free);
    }
}

static void
end_play (Play *play)
{
  for (guint i = 0; i < play->n_rows; i++)
    scene_end (&play->scenes[i]);
}

int
main (int argc, char **argv)
{
  static Scene faulty_scenes[G_N_ELEMENTS (script_rows)], healthy_scenes[G_N_ELEMENTS (healthy_rows)],
      reply_scenes[G_N_ELEMENTS (reply_rows)];
  Play faulty = { script_rows, G_N_ELEMENTS (script_rows), faulty_scenes };
  Play healthy = { healthy_rows, G_N_ELEMENTS (healthy_rows), healthy_scenes };
  Play replies = { reply_rows, G_N_ELEMENTS (reply_rows), reply_scenes };
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  papers_make (&papers);
  add_play (&faulty, "one-side");
  add_play (&replies, "replies");
  add_play (&healthy, "healthy");
  result = g_test_run ();
  end_play (&faulty);
  end_play (&replies);
  end_play (&healthy);
  papers_remove (&papers);
  return result;
}
