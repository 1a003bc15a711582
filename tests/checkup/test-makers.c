/* Whole tests of accounts against real servers of other makers than Dovecot and Postfix: healthy ones give no finding, faults are named in
 * whatever words each maker has for them, and mended accounts work. */
#include "bystander.h"
#include "checks.h"
#include "maker-rows.h"

#define AT_ONCE 8 /* accounts tested at the same time */

static Lab *lab;

/* A row being played, and what came of it. */
typedef struct {
  const MakerRow *row;
  Check *check;
} Scene;

typedef struct {
  const char *name;
  LabMaker maker; /* LAB_N_MAKERS: Dovecot itself */
  const MakerRow *rows;
  guint n_rows;
  Scene *scenes;
  char *missing; /* why it cannot be played, or NULL */
} Play;

static PostwegServer *
server_of (const Half *half, PostwegProtocol protocol, const LabUser *user)
{
  PostwegServer *server = postweg_server_new (protocol, half->host, lab->ports[half->port], half->security,
                                              half->user != NULL ? half->user : user->login);

  server->auth = half->auth;
  return server;
}

static Check *
check_of (const MakerRow *row)
{
  const LabUser *user = lab_user (row->user);
  const char *sender = row->sender != NULL ? row->sender : user->address;
  Check *check = check_new (server_of (&row->in, row->protocol, user),
                            server_of (&row->out, POSTWEG_SMTP, user), sender, NULL);
  g_autoptr (PostwegSecret) incoming =
      postweg_secret_new (row->in.password != NULL ? row->in.password : user->password);
  g_autoptr (PostwegSecret) outgoing =
      postweg_secret_new (row->out.password != NULL ? row->out.password : user->password);

  check->credentials = postweg_credentials_new (incoming, outgoing, NULL);
  return check;
}

/* The faulty side is the one that the row blames. */
static Bystander *
bystander_of (const MakerRow *row, const Check *check)
{
  gboolean sends = g_strcmp0 (row->side, "send") == 0;
  const PostwegServer *server = sends ? check->account->outgoing : check->account->incoming;

  if (row->meanwhile != SIGNED_IN && row->meanwhile != CONNECTED)
    return NULL;
  return bystander_new (server, row->meanwhile == SIGNED_IN ? lab_user (row->user)->password : NULL, lab->ca);
}

static void
play_alone (Scene *scene, const MakerRow *row)
{
  g_autoptr (Check) before = check_of (row);
  g_autoptr (Bystander) bystander = bystander_of (row, before);

  if (row->meanwhile == TESTED_ONCE)
    {
      check_run (before, lab->ca);
      g_assert_cmpstr (postweg_verdict_name (before->result->verdict), ==, "works");
    }
  *scene = (Scene){ row, check_of (row) };
  check_run (scene->check, lab->ca);
}

static void
play_crowd (Play *play, guint first)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();

  for (guint i = first; i < MIN (first + AT_ONCE, play->n_rows); i++)
    if (play->rows[i].meanwhile == NOTHING)
      {
        play->scenes[i] = (Scene){ &play->rows[i], check_of (&play->rows[i]) };
        g_ptr_array_add (checks, play->scenes[i].check);
      }
  checks_run (checks, lab->ca);
}

static void
assert_mended (const Scene *scene, const PostwegFinding *finding)
{
  g_autoptr (Check) again = check_of (scene->row);

  g_assert_nonnull (finding->mended);
  if (finding->mended == NULL)
    return;
  postweg_account_free (again->account);
  postweg_credentials_free (again->credentials);
  again->account = postweg_account_copy (finding->mended);
  again->credentials = postweg_checkup_mended_credentials (finding, scene->check->credentials);
  check_run (again, lab->ca);
  check_tell (again);
  g_assert_cmpstr (postweg_verdict_name (again->result->verdict), ==, "works");
  g_assert_null (check_answer (again));
}

static void
assert_scene (const Scene *scene)
{
  const MakerRow *row = scene->row;
  const PostwegFinding *answer = check_answer (scene->check);
  const LabUser *user = lab_user (row->user);

  check_tell (scene->check);
  check_rules (scene->check, user->password);
  g_assert_cmpstr (answer != NULL ? answer->cause : NULL, ==, row->cause);
  g_assert_cmpstr (postweg_verdict_name (scene->check->result->verdict), ==, row->verdict);
  if (answer == NULL)
    return;
  g_assert_cmpstr (postweg_side_name (answer->side), ==, row->side);
  g_assert_cmpstr (postweg_who_name (answer->who), ==, row->who);
  if (row->mends)
    assert_mended (scene, answer);
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

  if (one->play->missing != NULL)
    {
      g_test_skip (one->play->missing);
      return;
    }
  if (one->play->rows[one->i].meanwhile != NOTHING)
    play_alone (scene, &one->play->rows[one->i]);
  else if (scene->check == NULL)
    play_crowd (one->play, one->i - one->i % AT_ONCE);
  assert_scene (scene);
}

static void
add_play (Play *play)
{
  g_autoptr (GError) error = NULL;

  play->scenes = g_new0 (Scene, play->n_rows);
  if (play->maker < LAB_N_MAKERS && !lab_add (lab, play->maker, &error))
    play->missing = g_strdup (error->message);
  for (guint i = 0; i < play->n_rows; i++)
    {
      g_autofree char *path = g_strdup_printf ("/checkup/makers/%s/%s", play->name, play->rows[i].name);
      Case *one = g_new (Case, 1);

      *one = (Case){ play, i };
      g_test_add_data_func_full (path, one, test_row, g_free);
    }
}

static void
end_play (Play *play)
{
  for (guint i = 0; i < play->n_rows; i++)
    check_free (play->scenes[i].check);
  g_free (play->scenes);
  g_free (play->missing);
}

int
main (int argc, char **argv)
{
  static Play plays[] = {
    { "dovecot", LAB_N_MAKERS, dovecot_rows, G_N_ELEMENTS (dovecot_rows), NULL, NULL },
    { "exim", LAB_EXIM, exim_rows, G_N_ELEMENTS (exim_rows), NULL, NULL },
    { "courier", LAB_COURIER, courier_rows, G_N_ELEMENTS (courier_rows), NULL, NULL },
    { "cyrus", LAB_CYRUS, cyrus_rows, G_N_ELEMENTS (cyrus_rows), NULL, NULL },
  };
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  lab = lab_start (&error);
  if (lab == NULL)
    {
      g_print ("1..0 # SKIP %s\n", error->message);
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (plays); i++)
    add_play (&plays[i]);
  result = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (plays); i++)
    end_play (&plays[i]);
  lab_stop (lab);
  return result;
}
