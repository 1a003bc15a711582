/* What is kept for the next time: name, address and consents come back, secrets and other people's accounts do not. */
#include "ui/remember.h"

static void
test_back_again (void)
{
  static const struct {
    const char *name, *address;
    PostwegConsent consent;
  } people[] = {
    { "Anna", "anna@example.org", POSTWEG_CONSENT_ALL },
    { "", "", POSTWEG_CONSENT_OFFLINE },
    { "\"q\" <b> \xe2\x80\x8f \xf0\x9f\x93\xae", "half an addr", POSTWEG_CONSENT_SEND_ADDRESS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (PostwegJourney) before = postweg_journey_new ();
      g_autoptr (PostwegJourney) after = postweg_journey_new ();

      postweg_journey_set_person (before, people[i].name, people[i].address);
      postweg_journey_set_consent (before, people[i].consent);
      postweg_remember_save (before);
      postweg_remember_load (after);
      g_assert_cmpstr (postweg_journey_get_name (after), ==, people[i].name);
      g_assert_cmpstr (postweg_journey_get_address (after), ==, people[i].address);
      g_assert_cmpint (postweg_journey_get_consent (after), ==, people[i].consent);
      g_assert_null (postweg_journey_get_account (after));
    }
}

static void
test_no_secret (void)
{
  static const char *const kept[] = { "address", "consent", "name", NULL };
  g_autoptr (GSettings) settings = g_settings_new ("org.postweg.Postweg");
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  g_assert_cmpuint (g_strv_length (keys), ==, g_strv_length ((char **) kept));
  for (guint i = 0; kept[i] != NULL; i++)
    g_assert_true (g_strv_contains ((const char *const *) keys, kept[i]));
}

/* An account of a mail program does not become the last account. */
static void
test_place (void)
{
  g_autoptr (PostwegJourney) own = postweg_journey_new ();
  g_autoptr (PostwegJourney) other = postweg_journey_new ();
  g_autoptr (PostwegJourney) after = postweg_journey_new ();
  g_autoptr (PostwegProgram) program = postweg_program_new ("msmtp", "msmtp", "/nowhere");
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_SMTP, "h.example", 465, POSTWEG_TLS, "berta");
  PostwegStoredAccount *stored =
      postweg_stored_account_new ("a", postweg_account_new ("Berta", "berta@h.example", NULL, server), "");

  g_ptr_array_add (program->accounts, stored);
  postweg_journey_set_person (own, "Anna", "anna@example.org");
  postweg_remember_save (own);
  postweg_journey_take_place (other, postweg_place_new (program, stored));
  g_assert_cmpstr (postweg_journey_get_address (other), ==, "berta@h.example");
  postweg_remember_save (other);
  postweg_remember_load (after);
  g_assert_cmpstr (postweg_journey_get_address (after), ==, "anna@example.org");
}

static void
test_forget (void)
{
  g_autoptr (PostwegJourney) before = postweg_journey_new ();
  g_autoptr (PostwegJourney) after = postweg_journey_new ();

  postweg_journey_set_person (before, "Anna", "anna@example.org");
  postweg_journey_set_consent (before, POSTWEG_CONSENT_ALL);
  postweg_remember_save (before);
  postweg_remember_forget ();
  postweg_remember_load (after);
  g_assert_cmpstr (postweg_journey_get_name (after), ==, "");
  g_assert_cmpstr (postweg_journey_get_address (after), ==, "");
  g_assert_cmpint (postweg_journey_get_consent (after), ==, POSTWEG_CONSENT_DEFAULT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/remember/back-again", test_back_again);
  g_test_add_func ("/ui/remember/no-secret", test_no_secret);
  g_test_add_func ("/ui/remember/place", test_place);
  g_test_add_func ("/ui/remember/forget", test_forget);
  return g_test_run ();
}
