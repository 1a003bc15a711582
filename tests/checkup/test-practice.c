/* Every scenario of the practice mailbox leads to what it promises, and what can be mended works then. */
#include "checks.h"
#include <string.h>

static void
keep_result (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static PostwegPracticeBox *
open_box (const char *scenario, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  postweg_checkup_practice (scenario, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return postweg_checkup_practice_finish (result, error);
}

static Check *
check_with (const PostwegAccount *account, PostwegCredentials *credentials)
{
  Check *check = g_new0 (Check, 1);

  check->account = postweg_account_copy (account);
  check->credentials = credentials;
  check->side = POSTWEG_BOTH;
  check->timeout_s = 30;
  return check;
}

static void
assert_mended (const Check *check, const PostwegFinding *finding, const char *trust_file)
{
  Check *again =
      check_with (finding->mended, postweg_checkup_mended_credentials (finding, check->credentials));

  check_run (again, trust_file);
  check_tell (again);
  g_assert_cmpstr (postweg_verdict_name (again->result->verdict), ==, "works");
  check_free (again);
}

static void
test_scenario (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPracticeBox) box = open_box (data, &error);
  g_autofree char *trust_file = g_strdup (postweg_practice_box_trust_file (box));
  const PostwegFinding *answer;
  Check *check;

  g_assert_no_error (error);
  check = check_with (postweg_practice_box_account (box),
                      postweg_credentials_copy (postweg_practice_box_credentials (box)));
  check_run (check, trust_file);
  check_tell (check);
  answer = check_answer (check);
  g_assert_cmpstr (answer != NULL ? answer->cause : NULL, ==, postweg_practice_box_cause (box));
  if (answer == NULL)
    g_assert_cmpstr (postweg_verdict_name (check->result->verdict), ==, "works");
  else if (answer->mended != NULL)
    assert_mended (check, answer, trust_file);
  check_free (check);
  g_clear_pointer (&box, postweg_practice_box_free);
  g_assert_false (g_file_test (trust_file, G_FILE_TEST_EXISTS));
}

/* A wrong password is refused here as everywhere. */
static void
test_other_password (void)
{
  g_autoptr (PostwegPracticeBox) box = open_box ("works", NULL);
  g_autoptr (PostwegSecret) wrong = postweg_secret_new ("Practice");
  Check *check = check_with (postweg_practice_box_account (box), postweg_credentials_new (wrong, NULL, NULL));

  check_run (check, postweg_practice_box_trust_file (box));
  g_assert_cmpstr (check_answer (check)->cause, ==, "wrong-credentials");
  check_free (check);
}

static void
test_list (void)
{
  guint receives_only = 0;

  for (guint i = 0; i < postweg_checkup_n_scenarios (); i++)
    {
      const char *title = postweg_checkup_scenario_title (i);

      g_assert_nonnull (postweg_checkup_scenario_name (i));
      g_assert_cmpstr (title, !=, "");
      receives_only += g_str_has_prefix (title, "Receives but does not send");
    }
  g_assert_cmpuint (receives_only, >=, 6);
  g_assert_null (postweg_checkup_scenario_name (postweg_checkup_n_scenarios ()));
  g_assert_null (postweg_checkup_scenario_title (postweg_checkup_n_scenarios ()));
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_box ("no-such-thing", &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < postweg_checkup_n_scenarios (); i++)
    {
      g_autofree char *path = g_strdup_printf ("/checkup/practice/%s", postweg_checkup_scenario_name (i));

      g_test_add_data_func (path, postweg_checkup_scenario_name (i), test_scenario);
    }
  g_test_add_func ("/checkup/practice/other-password", test_other_password);
  g_test_add_func ("/checkup/practice/list", test_list);
  g_test_add_func ("/checkup/practice/unknown", test_unknown);
  return g_test_run ();
}
