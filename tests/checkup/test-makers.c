/* Whole tests of accounts against real servers of other makers than Dovecot and Postfix: healthy ones give no finding, faults are named in
 * whatever words each maker has for them, and mended accounts work. */
#include "bystander.h"
#include "checks.h"
#include "maker-rows.h"

#define AT_ONCE                                                                                              \
  32 /* accounts tested at the same time: most of them wait, since servers answer late after a wrong password */

static Lab *lab;

/* A row being played, and what came of it. */
typedef struct {
  const MakerRow *row;
  const char *missing; /* why it cannot be played, or NULL */
  Bystander *bystander;
  Check *before, *check;
} Scene;

static GPtrArray *scenes; /* Scene, of all makers */

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

/* What is true while the row is tested. */
static void
set_scene (Scene *scene, GPtrArray *befores, GPtrArray *checks)
{
  if (scene->missing != NULL)
    return;
  scene->check = check_of (scene->row);
  scene->bystander = bystander_of (scene->row, scene->check);
  g_ptr_array_add (checks, scene->check);
  if (scene->row->meanwhile == TESTED_ONCE)
    g_ptr_array_add (befores, scene->before = check_of (scene->row));
}

static void
play_crowd (guint first)
{
  g_autoptr (GPtrArray) befores = g_ptr_array_new (), checks = g_ptr_array_new ();
  guint end = MIN (first + AT_ONCE, scenes->len);

  for (guint i = first; i < end; i++)
    set_scene (g_ptr_array_index (scenes, i), befores, checks);
  if (befores->len > 0)
    checks_run (befores, lab->ca);
  if (checks->len > 0)
    checks_run (checks, lab->ca);
  for (guint i = first; i < end; i++)
    g_clear_pointer (&((Scene *) g_ptr_array_index (scenes, i))->bystander, bystander_free);
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

  if (scene->before != NULL)
    g_assert_cmpstr (postweg_verdict_name (scene->before->result->verdict), ==, "works");
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

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const Scene *scene = g_ptr_array_index (scenes, i);

  if (scene->missing != NULL)
    {
      g_test_skip (scene->missing);
      return;
    }
  if (scene->check == NULL)
    play_crowd (i - i % AT_ONCE);
  assert_scene (scene);
}

typedef struct {
  const char *name;
  LabMaker maker; /* LAB_N_MAKERS: Dovecot itself */
  const MakerRow *rows;
  guint n_rows;
} Play;

static const Play plays[] = {
  { "dovecot", LAB_N_MAKERS, dovecot_rows, G_N_ELEMENTS (dovecot_rows) },
  { "exim", LAB_EXIM, exim_rows, G_N_ELEMENTS (exim_rows) },
  { "courier", LAB_COURIER, courier_rows, G_N_ELEMENTS (courier_rows) },
  { "cyrus", LAB_CYRUS, cyrus_rows, G_N_ELEMENTS (cyrus_rows) },
};

static void
add_play (const Play *play)
{
  g_autoptr (GError) error = NULL;

  if (play->maker < LAB_N_MAKERS)
    lab_add (lab, play->maker, &error);
  for (guint i = 0; i < play->n_rows; i++)
    {
      g_autofree char *path = g_strdup_printf ("/checkup/makers/%s/%s", play->name, play->rows[i].name);
      Scene *scene = g_new0 (Scene, 1);

      scene->row = &play->rows[i];
      scene->missing = error != NULL ? g_intern_string (error->message) : NULL;
      g_test_add_data_func (path, GUINT_TO_POINTER (scenes->len), test_row);
      g_ptr_array_add (scenes, scene);
    }
}

static void
scene_free (gpointer data)
{
  Scene *scene = data;

  check_free (scene->before);
  check_free (scene->check);
  g_free (scene);
}

int
main (int argc, char **argv)
{
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
  scenes = g_ptr_array_new_with_free_func (scene_free);
  for (guint i = 0; i < G_N_ELEMENTS (plays); i++)
    add_play (&plays[i]);
  result = g_test_run ();
  g_ptr_array_unref (scenes);
  lab_stop (lab);
  return result;
}
