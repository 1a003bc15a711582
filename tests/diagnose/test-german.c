/* German headlines: the verb of a clause stands behind its “weil”, whatever frame it is put into. */
#include "checkup/language.h"
#include "diagnose/words.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static const PostwegPlace place = {
  .host = "smtp.example.org", .port = 587, .user = "anna", .address = "anna@example.org"
};

typedef struct {
  PostwegSide side;
  PostwegHeadline kind;
  const char *begins; /* what the sentence begins with */
} FrameRow;

static const FrameRow frames[] = {
  { POSTWEG_RECEIVE, POSTWEG_HEADLINE_ALONE, "Sie können nicht empfangen, weil " },
  { POSTWEG_SEND, POSTWEG_HEADLINE_ALONE, "Sie können nicht senden, weil " },
  { POSTWEG_BOTH, POSTWEG_HEADLINE_ALONE, "Sie können weder empfangen noch senden, weil " },
  { POSTWEG_RECEIVE, POSTWEG_HEADLINE_OTHER_WORKS, "Sie können senden, aber nicht empfangen, weil " },
  { POSTWEG_SEND, POSTWEG_HEADLINE_OTHER_WORKS, "Sie können empfangen, aber nicht senden, weil " },
  { POSTWEG_BOTH, POSTWEG_HEADLINE_OTHER_WORKS, "Sie können weder empfangen noch senden, weil " },
  { POSTWEG_RECEIVE, POSTWEG_HEADLINE_NOTE, "Empfangen geht. " },
  { POSTWEG_SEND, POSTWEG_HEADLINE_NOTE, "Senden geht. " },
  { POSTWEG_BOTH, POSTWEG_HEADLINE_NOTE, "Beides geht. " },
};

/* A noun has a capital letter, a server's name a dot, a port digits: what has none of them at the end is a verb or its particle. */
static gboolean
ends_with_verb (const char *sentence)
{
  const char *word = strrchr (sentence, ' ') + 1;

  for (const char *c = word; *g_utf8_next_char (c) != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_islower (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

static void
assert_sentence (const char *headline, const FrameRow *frame)
{
  static const char *const never[] = { "{", "}", "  ", "..", " .", " because ", " the ", "“", "\"" };

  g_test_message ("%s", headline);
  g_assert_true (g_utf8_validate (headline, -1, NULL));
  g_assert_true (g_str_has_prefix (headline, frame->begins));
  g_assert_cmpuint (strlen (headline), >, strlen (frame->begins) + 10);
  g_assert_true (g_str_has_suffix (headline, "."));
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    g_assert_null (strstr (headline, never[i]));
}

static void
every_headline_is_a_german_sentence (void)
{
  for (PostwegCause cause = POSTWEG_NO_CAUSE + 1; cause < POSTWEG_N_CAUSES; cause++)
    for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
      {
        g_autofree char *headline = postweg_words_headline (cause, frames[i].side, frames[i].kind, &place);

        assert_sentence (headline, &frames[i]);
        if (frames[i].kind != POSTWEG_HEADLINE_NOTE)
          g_assert_true (ends_with_verb (headline));
      }
}

static void
every_text_is_german (void)
{
  for (PostwegCause cause = POSTWEG_NO_CAUSE + 1; cause < POSTWEG_N_CAUSES; cause++)
    {
      const PostwegWords *words = postweg_words_of (cause);
      const char *const texts[] = { words->title, words->explanation, words->remedy };

      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          const char *german = g_dgettext (GETTEXT_PACKAGE, texts[i]);

          g_assert_cmpstr (german, !=, texts[i]);
          g_assert_null (strchr (german, '{'));
          g_assert_cmpint (g_str_has_suffix (german, "."), ==, g_str_has_suffix (texts[i], "."));
        }
    }
}

/* A placeholder may move within the sentence; none may get lost. */
static void
every_clause_names_the_same_things (void)
{
  static const char *const names[] = { "{host}", "{port}", "{user}", "{address}" };

  for (PostwegCause cause = POSTWEG_NO_CAUSE + 1; cause < POSTWEG_N_CAUSES; cause++)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      {
        const char *english = postweg_words_of (cause)->because;
        const char *german = g_dpgettext2 (GETTEXT_PACKAGE, "because", english);

        g_test_message ("%s: %s", english, german);
        g_assert_cmpint (strstr (german, names[i]) != NULL, ==, strstr (english, names[i]) != NULL);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  postweg_language_init ("de");
  g_test_add_func ("/diagnose/german/headlines", every_headline_is_a_german_sentence);
  g_test_add_func ("/diagnose/german/texts", every_text_is_german);
  g_test_add_func ("/diagnose/german/placeholders", every_clause_names_the_same_things);
  return g_test_run ();
}
