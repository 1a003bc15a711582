/* From a cause to a sentence: finding the texts, choosing the headline, filling in the server. */
#include "diagnose/words.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static const PostwegWords *const areas[] = {
  postweg_words_network, postweg_words_tls,     postweg_words_sign_in,
  postweg_words_server,  postweg_words_sending, postweg_words_settings,
};

/* clang-format off */
/* Each in the order of PostwegSide: receive, send, both. */
static const char *const alone[] = {
  /* TRANSLATORS: here and below %s is a text of the context "because": a subordinate clause. For a language whose
   * word order changes after its “because” (German “weil”), translate those clauses with that order. */
  N_ ("You cannot receive, because %s."),
  N_ ("You cannot send, because %s."),
  N_ ("You can neither receive nor send, because %s."),
};
static const char *const other_works[] = {
  N_ ("You can send. You cannot receive, because %s."),
  N_ ("You can receive. You cannot send, because %s."),
  N_ ("You can neither receive nor send, because %s."),
};
static const char *const notes[] = {
  /* TRANSLATORS: here %s is a whole sentence without its full stop, such as “The connection is not encrypted”. */
  N_ ("Receiving works. %s."),
  N_ ("Sending works. %s."),
  N_ ("Both ways work. %s."),
};
static const char *const open_ones[] = {
  /* TRANSLATORS: a whole sentence without its full stop */
  N_ ("%s."),
  N_ ("%s."),
  N_ ("%s."),
};
/* clang-format on */

static const char *const *const headlines[] = {
  [POSTWEG_HEADLINE_ALONE] = alone,
  [POSTWEG_HEADLINE_OTHER_WORKS] = other_works,
  [POSTWEG_HEADLINE_NOTE] = notes,
  [POSTWEG_HEADLINE_OPEN] = open_ones,
};

const PostwegWords *
postweg_words_of (PostwegCause cause)
{
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    for (const PostwegWords *words = areas[i]; words->cause != POSTWEG_NO_CAUSE; words++)
      if (words->cause == cause)
        return words;
  return NULL;
}

/* Returns: the length of the placeholder at `text`, with its value; 0: there is none */
static gsize
read_placeholder (const char *text, const PostwegPlace *place, const char **value)
{
  const struct {
    const char *name, *value;
  } known[] = { { "{host}", place->host }, { "{user}", place->user }, { "{address}", place->address } };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_has_prefix (text, known[i].name))
      {
        *value = known[i].value != NULL ? known[i].value : "";
        return strlen (known[i].name);
      }
  return 0;
}

char *
postweg_words_fill (const char *text, const PostwegPlace *place)
{
  g_autoptr (GString) filled = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *value = NULL;
      gsize length = read_placeholder (text, place, &value);

      if (length > 0)
        g_string_append (filled, value);
      else if (g_str_has_prefix (text, "{port}"))
        g_string_append_printf (filled, "%u", place->port);
      else
        g_string_append_c (filled, *text);
      text += length > 0 ? length : g_str_has_prefix (text, "{port}") ? strlen ("{port}") : 1;
    }
  return g_string_free (g_steal_pointer (&filled), FALSE);
}

char *
postweg_words_headline (PostwegCause cause, PostwegSide side, PostwegHeadline kind, const PostwegPlace *place)
{
  const PostwegWords *words = postweg_words_of (cause);
  const char *frame = g_dgettext (GETTEXT_PACKAGE, headlines[kind][side]);
  const char *because = g_dpgettext2 (GETTEXT_PACKAGE, "because", words->because);
  g_autofree char *clause = postweg_words_fill (because, place);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the frames are the table above */
  return g_strdup_printf (frame, kind >= POSTWEG_HEADLINE_NOTE ? g_dgettext (GETTEXT_PACKAGE, words->title)
                                                               : clause);
#pragma GCC diagnostic pop
}
