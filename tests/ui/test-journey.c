/* What makes what obsolete on the way; no display is needed for that. */
#include "ui/journey.h"

static PostwegAccount *
account_with_port (guint16 port)
{
  g_autoptr (PostwegServer) incoming =
      postweg_server_new (POSTWEG_IMAP, "imap.example.org", port, POSTWEG_TLS, "anna");
  g_autoptr (PostwegServer) outgoing =
      postweg_server_new (POSTWEG_SMTP, "smtp.example.org", 0, POSTWEG_TLS, "anna");

  return postweg_account_new ("Anna", "anna@example.org", incoming, outgoing);
}

static PostwegCredentials *
credentials (const char *password)
{
  g_autoptr (PostwegSecret) secret = postweg_secret_new (password);

  return postweg_credentials_new (secret, NULL, NULL);
}

/* A journey at its end. */
static PostwegJourney *
travelled (void)
{
  PostwegJourney *journey = postweg_journey_new ();
  g_autoptr (PostwegAccount) account = account_with_port (993);

  postweg_journey_set_person (journey, "Anna", "anna@example.org");
  postweg_journey_take_discovery (journey, postweg_checkup_recognise ("anna@example.org"));
  postweg_journey_set_account (journey, account);
  postweg_journey_set_plaintext_confirmed (journey, TRUE);
  postweg_journey_take_credentials (journey, credentials ("secret"));
  postweg_journey_take_result (journey, postweg_test_result_new (account));
  return journey;
}

static void
same_account (PostwegJourney *journey)
{
  g_autoptr (PostwegAccount) account = account_with_port (993);

  postweg_journey_set_account (journey, account);
}

static void
other_account (PostwegJourney *journey)
{
  g_autoptr (PostwegAccount) account = account_with_port (143);

  postweg_journey_set_account (journey, account);
}

static void
own_account (PostwegJourney *journey)
{
  postweg_journey_set_account (journey, postweg_journey_get_account (journey));
}

static void
other_password (PostwegJourney *journey)
{
  postweg_journey_take_credentials (journey, credentials ("other"));
}

static void
same_protocol (PostwegJourney *journey)
{
  PostwegPopOptions pop = { TRUE, 14, FALSE };

  postweg_journey_set_protocol (journey, POSTWEG_IMAP, &pop);
}

static void
other_protocol (PostwegJourney *journey)
{
  PostwegPopOptions pop = { TRUE, 14, FALSE };

  postweg_journey_set_protocol (journey, POSTWEG_POP3, &pop);
}

static void
other_name (PostwegJourney *journey)
{
  postweg_journey_set_person (journey, "Anna B.", "anna@example.org");
  g_assert_cmpstr (postweg_journey_get_account (journey)->name, ==, "Anna B.");
}

static void
other_address (PostwegJourney *journey)
{
  postweg_journey_take_discovery (journey, postweg_checkup_recognise ("bert@example.org"));
}

static void
test_again (PostwegJourney *journey)
{
  postweg_journey_take_result (journey, NULL);
}

static void
other_complaint (PostwegJourney *journey)
{
  postweg_journey_set_complaint (journey, POSTWEG_COMPLAINT_PHONE);
}

static void
same_complaint (PostwegJourney *journey)
{
  postweg_journey_set_complaint (journey, POSTWEG_NO_COMPLAINT);
}

static void
forget (PostwegJourney *journey)
{
  postweg_journey_forget (journey);
  g_assert_cmpstr (postweg_journey_get_address (journey), ==, "");
  g_assert_cmpstr (postweg_journey_get_name (journey), ==, "");
  g_assert_null (postweg_journey_get_discovery (journey));
}

static const struct {
  const char *what;
  void (*change) (PostwegJourney *journey);
  gboolean account, credentials, result, confirmed; /* still there afterwards */
} changes[] = {
  { "the same account", same_account, TRUE, TRUE, TRUE, TRUE },
  { "its own account", own_account, TRUE, TRUE, TRUE, TRUE },
  { "another account", other_account, TRUE, TRUE, FALSE, FALSE },
  { "another password", other_password, TRUE, TRUE, FALSE, TRUE },
  { "the same protocol", same_protocol, TRUE, TRUE, TRUE, TRUE },
  { "another protocol", other_protocol, FALSE, TRUE, FALSE, TRUE },
  { "another name", other_name, TRUE, TRUE, TRUE, TRUE },
  { "another address", other_address, FALSE, FALSE, FALSE, FALSE },
  { "test again", test_again, TRUE, TRUE, FALSE, TRUE },
  { "another complaint", other_complaint, TRUE, TRUE, FALSE, TRUE },
  { "the same complaint", same_complaint, TRUE, TRUE, TRUE, TRUE },
  { "forget", forget, FALSE, FALSE, FALSE, FALSE },
};

static void
test_obsolete (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (PostwegJourney) journey = travelled ();

      g_test_message ("%s", changes[i].what);
      changes[i].change (journey);
      g_assert_cmpint (postweg_journey_get_account (journey) != NULL, ==, changes[i].account);
      g_assert_cmpint (postweg_journey_get_credentials (journey) != NULL, ==, changes[i].credentials);
      g_assert_cmpint (postweg_journey_get_result (journey) != NULL, ==, changes[i].result);
      g_assert_cmpint (postweg_journey_get_plaintext_confirmed (journey), ==, changes[i].confirmed);
    }
}

static void
test_pop_options (void)
{
  g_autoptr (PostwegJourney) journey = travelled ();
  PostwegPopOptions pop = { TRUE, 14, TRUE };

  postweg_journey_set_protocol (journey, POSTWEG_IMAP, &pop);
  g_assert_cmpuint (postweg_journey_get_account (journey)->pop.delete_after_days, ==, 14);
  g_assert_true (postweg_journey_get_pop_options (journey)->delete_when_deleted);
}

static PostwegTestResult *
result_at (PostwegJourney *journey, PostwegStepVerdict sign_in)
{
  const PostwegAccount *account = postweg_journey_get_account (journey);
  PostwegTestResult *result = postweg_test_result_new (account);

  result->incoming = postweg_evidence_new (account->incoming);
  for (PostwegStage stage = POSTWEG_STAGE_DNS; stage <= POSTWEG_STAGE_MAILBOX; stage++)
    g_ptr_array_add (
        result->incoming->steps,
        postweg_step_new (stage, stage == POSTWEG_STAGE_AUTH ? sign_in : POSTWEG_STEP_OK, POSTWEG_OK));
  return result;
}

/* The last test of the same account is remembered, whatever was done meanwhile; that of another one is not taken for it. */
static void
test_comparison (void)
{
  g_autoptr (PostwegJourney) journey = travelled ();
  g_autoptr (PostwegAccount) account = postweg_account_copy (postweg_journey_get_account (journey));
  g_autoptr (PostwegAccount) other = postweg_account_copy (account);

  g_free (other->address);
  other->address = g_strdup ("bert@example.org");
  postweg_journey_take_result (journey, result_at (journey, POSTWEG_STEP_FAILED));
  g_assert_null (postweg_journey_get_comparison (journey)); /* the first one had no side */
  postweg_journey_take_result (journey, NULL);
  postweg_journey_take_result (journey, result_at (journey, POSTWEG_STEP_FAILED));
  g_assert_cmpstr (g_ptr_array_index (postweg_journey_get_comparison (journey), 0), ==,
                   "Nothing has changed since then.");

  postweg_journey_forget (journey);
  g_assert_null (postweg_journey_get_comparison (journey));
  postweg_journey_set_account (journey, other);
  postweg_journey_take_result (journey, result_at (journey, POSTWEG_STEP_OK));
  g_assert_null (postweg_journey_get_comparison (journey));
  g_assert_null (postweg_journey_get_comparison_heading (journey));

  postweg_journey_set_account (journey, account);
  postweg_journey_take_result (journey, result_at (journey, POSTWEG_STEP_OK));
  g_assert_cmpstr (g_ptr_array_index (postweg_journey_get_comparison (journey), 0), ==,
                   "Receiving ended at the station “Sign-In” then. Now it works.");
  g_assert_true (
      g_str_has_prefix (postweg_journey_get_comparison_heading (journey), "Compared with the Test"));
  postweg_journey_take_result (journey, NULL);
  g_assert_null (postweg_journey_get_comparison (journey));
}

/* What the person has noticed asks for ports, orders what was found, and ends with the account. */
static void
test_complaint (void)
{
  g_autoptr (PostwegJourney) journey = travelled ();
  g_autoptr (PostwegTestRequest) before = postweg_journey_test_request (journey);
  g_autoptr (PostwegTestRequest) request = NULL;

  g_assert_false (before->ports);
  postweg_journey_set_complaint (journey, POSTWEG_COMPLAINT_NOT_RECEIVED);
  request = postweg_journey_test_request (journey);
  g_assert_true (request->ports);
  g_assert_null (postweg_journey_get_complaint_answer (journey));
  postweg_journey_take_result (journey, result_at (journey, POSTWEG_STEP_OK));
  g_assert_true (g_str_has_prefix (postweg_journey_get_complaint_answer (journey), "Receiving works"));
  postweg_journey_take_result (journey, NULL);
  g_assert_null (postweg_journey_get_complaint_answer (journey));
  postweg_journey_forget (journey);
  g_assert_cmpint (postweg_journey_get_complaint (journey), ==, POSTWEG_NO_COMPLAINT);
}

static void
test_beginning (void)
{
  g_autoptr (PostwegJourney) journey = postweg_journey_new ();

  g_assert_null (postweg_journey_get_provider (journey));
  g_assert_null (postweg_journey_get_account (journey));
  g_assert_null (postweg_journey_get_result (journey));
  g_assert_null (postweg_journey_get_trust_file (journey));
  g_assert_cmpint (postweg_journey_get_protocol (journey), ==, POSTWEG_IMAP);
  g_assert_true (postweg_journey_get_pop_options (journey)->keep_on_server);
  g_assert_cmpint (postweg_journey_get_habits (journey)->devices, ==, POSTWEG_DEVICES_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/journey/what-makes-what-obsolete", test_obsolete);
  g_test_add_func ("/ui/journey/pop-options-reach-the-account", test_pop_options);
  g_test_add_func ("/ui/journey/comparison", test_comparison);
  g_test_add_func ("/ui/journey/complaint", test_complaint);
  g_test_add_func ("/ui/journey/beginning", test_beginning);
  return g_test_run ();
}
