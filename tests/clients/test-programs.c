/* Every program of the table, with accounts of every kind that it can keep: written, read back, unchanged the second time, taken back. */
#include "clients/apply.h"
#include "clients/clients.h"
#include "clients/folders.h"
#include "clients/some-account.h"
#include "model/error.h"

#define ROUNDS 60
#define ROUNDS_MIN 8 /* of programs that are slow because another program is asked */
#define ENOUGH (G_TIME_SPAN_SECOND / 5)

static void
try_account (const PostwegClient *client, const PostwegAccount *account)
{
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *profile = g_build_filename (home, "profile", NULL);
  g_autofree char *state = g_build_filename (home, "state", NULL);
  /* a file may have to hold it; nobody keeps it in a keyring here */
  g_autoptr (PostwegSecret) password =
      postweg_secret_new (client_can (client, POSTWEG_LOSES_QUOTES) ? "p %+&'#" : "p\"\\ %+&'#");
  g_autoptr (PostwegCredentials) credentials = postweg_credentials_new (password, NULL, NULL);
  const PostwegExport export = {
    .home = home, .profile = profile, .credentials = credentials, .password_in_file = TRUE
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = NULL;
  g_autoptr (PostwegPlan) again = NULL;
  g_autoptr (PostwegPlan) undone = NULL;

  g_assert_cmpint (g_mkdir (profile, 0700), ==, 0);
  plan = postweg_client_plan (client, account, &export, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_entries (profile), ==, 0);
  g_assert_cmpuint (plan->changes->len, >, 0);
  postweg_plan_apply (plan, state, &error);
  g_assert_no_error (error);
  g_assert_true (postweg_client_has (client, plan));
  again = postweg_client_plan (client, account, &export, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->changes->len, ==, 0);
  undone = postweg_plan_undo (NULL, state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_entries (profile), ==, 0);
}

static void
test_round_trip (gconstpointer data)
{
  const PostwegClient *client = data;

  gint64 end = g_get_monotonic_time () + ENOUGH;

  for (guint round = 0; round < ROUNDS && (round < ROUNDS_MIN || g_get_monotonic_time () < end); round++)
    {
      g_autoptr (PostwegAccount) account = some_account (client);

      try_account (client, account);
    }
}

/* Whatever a program cannot do is refused with a sentence that names it. */
static void
test_refusals (gconstpointer data)
{
  static const struct {
    guint ability;
    const char *in, *out;
  } asked[] = {
    { POSTWEG_CAN_POP3, "pop3s://u@in.test", "smtps://u@out.test" },
    { POSTWEG_CAN_IMAP, "imaps://u@in.test", "smtps://u@out.test" },
    { POSTWEG_CAN_STARTTLS, "imap://u@in.test", "smtp://u@out.test" },
    { POSTWEG_CAN_PLAIN, "imap://u@in.test?security=none", "smtp://u@out.test?security=none" },
    { POSTWEG_CAN_OTHER_USER, "imaps://u@in.test", "smtps://v@out.test" },
    { POSTWEG_CAN_UNICODE, "imaps://%C3%BC@in.test", "smtps://%C3%BC@out.test" },
  };
  const PostwegClient *client = data;

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (PostwegServer) in = postweg_server_from_url (asked[i].in, NULL);
      g_autoptr (PostwegServer) out = postweg_server_from_url (asked[i].out, NULL);
      g_autoptr (PostwegAccount) account = postweg_account_new ("A", "a@b.test", in, out);
      const PostwegExport export = { .home = "/nowhere" };
      g_autoptr (GError) error = NULL;

      if (client_can (client, asked[i].ability) ||
          (!client_can (client, POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3) && asked[i].ability <= POSTWEG_CAN_POP3))
        continue;
      if (asked[i].ability == POSTWEG_CAN_OTHER_USER && !client_can (client, POSTWEG_CAN_SMTP))
        continue;
      if (asked[i].ability == POSTWEG_CAN_OTHER_USER && !client_can (client, POSTWEG_CAN_IMAP))
        continue;
      g_assert_false (postweg_client_accepts (client, account, &export, &error));
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED);
      g_assert_nonnull (strstr (error->message, client->name));
    }
}

static void
test_incomplete (gconstpointer data)
{
  const PostwegClient *client = data;
  g_autoptr (PostwegAccount) account = postweg_account_new ("A", "a@b.test", NULL, NULL);
  const PostwegExport export = { .home = "/nowhere" };
  g_autoptr (GError) error = NULL;

  g_assert_null (postweg_client_plan (client, account, &export, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT);
}

static void
test_nothing_there (gconstpointer data)
{
  const PostwegClient *client = data;
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *profile = g_build_filename (home, "none", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) programs = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_program_free);

  g_assert_null (postweg_client_read (client, profile, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  postweg_client_find (client, home, programs);
  for (guint i = 0; i < programs->len; i++)
    g_assert_cmpuint (((PostwegProgram *) programs->pdata[i])->accounts->len, ==, 0);
}

static void
test_table (void)
{
  const PostwegClient *const *clients = postweg_clients_all ();
  const char *const *ids = postweg_client_ids ();
  guint i;

  for (i = 0; clients[i] != NULL; i++)
    {
      g_assert_cmpstr (ids[i], ==, clients[i]->id);
      g_assert_true (postweg_client_by_id (ids[i]) == clients[i]);
      g_assert_true (clients[i]->find != NULL && clients[i]->plan != NULL);
    }
  g_assert_null (ids[i]);
  g_assert_null (postweg_client_by_id ("netscape"));
}

static void
add (const PostwegClient *client, const char *what, GTestDataFunc test)
{
  g_autofree char *path = g_strdup_printf ("/programs/%s/%s", client->id, what);

  g_test_add_data_func (path, client, test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const PostwegClient *const *client = postweg_clients_all (); *client != NULL; client++)
    {
      add (*client, "refusals", test_refusals);
      add (*client, "incomplete", test_incomplete);
      /* a program's own service must run for the others */
      if ((*client)->bus != NULL)
        continue;
      add (*client, "round-trip", test_round_trip);
      add (*client, "nothing-there", test_nothing_there);
    }
  g_test_add_func ("/programs/table", test_table);
  return g_test_run ();
}
