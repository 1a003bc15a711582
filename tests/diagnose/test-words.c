/* Every cause has all its texts, in the form that the headlines need. */
#include "diagnose/words.h"
#include <string.h>

static const PostwegPlace place = {
  .host = "smtp.example.org", .port = 587, .user = "anna", .address = "anna@example.org"
};

static void
assert_ends (const char *text, gboolean with_full_stop)
{
  g_assert_cmpstr (text, !=, "");
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (text[strlen (text) - 1] == '.', ==, with_full_stop);
  g_assert_null (strstr (text, "  "));
}

/* Typewriter quotes, blame and the words of machines. */
static void
assert_plain_words (const char *text)
{
  static const char *const never[] = { "\"",        "'",      "%",      "Error", "invalid",
                                       "failed to", "please", "Please", "..." };

  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    if (strstr (text, never[i]) != NULL)
      g_test_fail_printf ("“%s” in “%s”", never[i], text);
}

static void
every_cause_has_texts (void)
{
  for (PostwegCause cause = POSTWEG_NO_CAUSE + 1; cause < POSTWEG_N_CAUSES; cause++)
    {
      const PostwegWords *words = postweg_words_of (cause);
      g_autofree char *because = NULL;

      g_test_message ("%s", postweg_cause_slug (cause));
      g_assert_nonnull (words);
      assert_ends (words->title, FALSE);
      assert_ends (words->because, FALSE);
      assert_ends (words->explanation, TRUE);
      assert_ends (words->remedy, TRUE);
      assert_plain_words (words->title);
      assert_plain_words (words->because);
      assert_plain_words (words->explanation);
      assert_plain_words (words->remedy);
      /* what needs no server must not wait for one */
      g_assert_null (strchr (words->title, '{'));
      g_assert_null (strchr (words->explanation, '{'));
      g_assert_null (strchr (words->remedy, '{'));
      because = postweg_words_fill (words->because, &place);
      g_assert_null (strpbrk (because, "{}"));
    }
}

static void
slugs_are_unique_and_found_again (void)
{
  for (PostwegCause cause = POSTWEG_NO_CAUSE + 1; cause < POSTWEG_N_CAUSES; cause++)
    g_assert_cmpint (postweg_cause_from_slug (postweg_cause_slug (cause)), ==, cause);
  g_assert_cmpint (postweg_cause_from_slug ("no-such-cause"), ==, POSTWEG_NO_CAUSE);
  g_assert_cmpint (postweg_cause_from_slug (NULL), ==, POSTWEG_NO_CAUSE);
}

static void
one_sided_causes_know_their_side (void)
{
  g_assert_cmpint (postweg_cause_side (POSTWEG_CAUSE_SEND_AUTH_MISSING), ==, POSTWEG_SEND);
  g_assert_cmpint (postweg_cause_side (POSTWEG_CAUSE_OWN_MAILBOX_FULL), ==, POSTWEG_RECEIVE);
  g_assert_cmpint (postweg_cause_side (POSTWEG_CAUSE_CERT_EXPIRED), ==, POSTWEG_BOTH);
  g_assert_cmpint (postweg_cause_who (POSTWEG_CAUSE_GREYLISTED), ==, POSTWEG_WHO_NOBODY);
}

typedef struct {
  PostwegSide side;
  PostwegHeadline kind;
  PostwegCause cause;
  const char *headline;
} HeadlineRow;

static const HeadlineRow headlines[] = {
  { POSTWEG_SEND, POSTWEG_HEADLINE_OTHER_WORKS, POSTWEG_CAUSE_SEND_AUTH_MISSING,
    "You can receive. You cannot send, because smtp.example.org demands a sign-in and none is set up." },
  { POSTWEG_RECEIVE, POSTWEG_HEADLINE_OTHER_WORKS, POSTWEG_CAUSE_CONNECTION_REFUSED,
    "You can send. You cannot receive, because smtp.example.org accepts no connections on port 587." },
  { POSTWEG_BOTH, POSTWEG_HEADLINE_ALONE, POSTWEG_CAUSE_OFFLINE,
    "You can neither receive nor send, because this computer is not connected to a network." },
  { POSTWEG_SEND, POSTWEG_HEADLINE_ALONE, POSTWEG_CAUSE_SENDER_NOT_OWNED,
    "You cannot send, because smtp.example.org does not let you send as anna@example.org." },
  { POSTWEG_BOTH, POSTWEG_HEADLINE_NOTE, POSTWEG_CAUSE_INSECURE_CONNECTION,
    "Both ways work. The connection is not encrypted." },
};

static void
headlines_are_sentences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (headlines); i++)
    {
      g_autofree char *headline =
          postweg_words_headline (headlines[i].cause, headlines[i].side, headlines[i].kind, &place);

      g_assert_cmpstr (headline, ==, headlines[i].headline);
    }
}

static void
foreign_text_stays_text (void)
{
  const PostwegPlace odd = { .host = "{port}%s", .port = 1, .user = NULL, .address = "{host}" };
  g_autofree char *filled = postweg_words_fill ("a {host} b {user} c {address} d {other} {", &odd);
  g_autofree char *headline =
      postweg_words_headline (POSTWEG_CAUSE_DNS_NO_SUCH_HOST, POSTWEG_SEND, POSTWEG_HEADLINE_ALONE, &odd);

  g_assert_cmpstr (filled, ==, "a {port}%s b  c {host} d {other} {");
  g_assert_cmpstr (headline, ==, "You cannot send, because there is no server with the name {port}%s.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/words/every-cause-has-texts", every_cause_has_texts);
  g_test_add_func ("/diagnose/words/slugs", slugs_are_unique_and_found_again);
  g_test_add_func ("/diagnose/words/sides", one_sided_causes_know_their_side);
  g_test_add_func ("/diagnose/words/headlines", headlines_are_sentences);
  g_test_add_func ("/diagnose/words/foreign-text", foreign_text_stays_text);
  return g_test_run ();
}
