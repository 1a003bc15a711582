/* Server texts: folding, matching patterns, applying the tables of words. */
#include "diagnose/reply-rules.h"
#include <string.h>

#define MAX_TEXT 4096

/* A friendly answer is only looked at for what it announces. What mail programs say is compared with their own sentences. */
static const struct {
  const PostwegTextRule *rules;
  gboolean also_positive;
  gboolean as_written; /* not in English */
} tables[] = {
  { postweg_text_rules_sign_in, FALSE, FALSE }, { postweg_text_rules_access, FALSE, FALSE },
  { postweg_text_rules_server, TRUE, FALSE },   { postweg_text_rules_sending, FALSE, FALSE },
  { postweg_text_rules_line, FALSE, FALSE },    { postweg_text_rules_programs, FALSE, TRUE },
};

/* Letters that Unicode does not take apart, or not as people do who have no such key. */
static const struct {
  const char *from, *to;
} letters[] = { { "ä", "ae" }, { "ö", "oe" }, { "ü", "ue" }, { "ß", "ss" },
                { "ł", "l" },  { "ø", "o" },  { "æ", "ae" } };

/* Appends the character, or one blank for anything that only separates. */
static void
append_folded (GString *folded, gunichar c)
{
  if (g_unichar_ismark (c))
    return;
  if (g_unichar_isalnum (c) || c == '/' || c == '@' || c == '+' || c == '%')
    g_string_append_unichar (folded, c);
  else if (folded->str[folded->len - 1] != ' ')
    g_string_append_c (folded, ' ');
}

char *
postweg_fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, MIN ((gssize) strlen (text), 4 * MAX_TEXT));
  g_autofree char *cut = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_TEXT));
  g_autofree char *lower = g_utf8_strdown (cut, -1);
  g_autoptr (GString) spelt = g_string_new (lower);
  g_autofree char *plain = NULL;
  g_autoptr (GString) folded = g_string_new (" ");

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    g_string_replace (spelt, letters[i].from, letters[i].to, 0);
  plain = g_utf8_normalize (spelt->str, -1, G_NORMALIZE_ALL);
  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    append_folded (folded, g_utf8_get_char (p));
  append_folded (folded, ' ');
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/* Returns: behind the earliest match of one of the choices in [part, part + length), or NULL */
static const char *
find_choice (const char *text, const char *part, gsize length)
{
  const char *end = part + length, *best = NULL;

  while (part < end)
    {
      const char *bar = memchr (part, '|', (gsize) (end - part));
      gsize size = (gsize) ((bar != NULL ? bar : end) - part);
      const char *found = memmem (text, strlen (text), part, size);

      if (found != NULL && (best == NULL || found + size < best))
        best = found + size;
      part += size + 1;
    }
  return best;
}

/* Whether the parts in [pattern, pattern + length) occur one behind the other. */
static gboolean
matches_parts (const char *folded, const char *pattern, gsize length)
{
  const char *at = folded, *end = pattern + length;

  while (at != NULL && pattern < end)
    {
      const char *star = memchr (pattern, '*', (gsize) (end - pattern));
      gsize size = (gsize) ((star != NULL ? star : end) - pattern);

      if (*pattern != '!')
        at = find_choice (at, pattern, size);
      else if (find_choice (folded, pattern + 1, size - 1) != NULL)
        return FALSE;
      pattern += size + 1;
    }
  return at != NULL;
}

gboolean
postweg_pattern_matches (const char *folded, const char *pattern)
{
  for (gsize length; *pattern != '\0'; pattern += length + (pattern[length] == ';' ? 1 : 0))
    {
      length = strcspn (pattern, ";");
      if (matches_parts (folded, pattern, length))
        return TRUE;
    }
  return FALSE;
}

/* An OAuth refusal hides in a base64 answer (RFC 7628 3.2.2, XOAUTH2): JSON that starts with a brace and has a status.
 * Some programs show it decoded. */
static gboolean
has_oauth_challenge (const char *text)
{
  const char *start = strstr (text, "eyJ");
  g_autofree char *encoded = start != NULL ? g_strndup (start, MIN (strcspn (start, " \r\n"), 1024)) : NULL;
  g_autofree guchar *json = NULL;
  gsize length = 0;

  if (strstr (text, "\"status\"") != NULL &&
      (strstr (text, "\"scope\"") != NULL || strstr (text, "\"schemes\"") != NULL))
    return TRUE;
  if (encoded == NULL)
    return FALSE;
  json = g_base64_decode (encoded, &length);
  return json != NULL && memmem (json, length, "\"status\"", strlen ("\"status\"")) != NULL;
}

static void
apply_table (const PostwegTextRule *rules, guint stages, const char *folded, PostwegSuspects *suspects)
{
  for (; rules->pattern != NULL; rules++)
    if ((rules->stages & stages) != 0 && postweg_pattern_matches (folded, rules->pattern))
      postweg_suspect (suspects, rules->cause, rules->weight);
}

void
postweg_apply_text (const PostwegReplyContext *context, PostwegSuspects *suspects)
{
  const char *text = context->reply->text != NULL ? context->reply->text : "";
  g_autofree char *folded = postweg_fold (text);
  g_autofree char *english = postweg_in_english (folded);

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    if (tables[t].also_positive || !context->reply->positive)
      apply_table (tables[t].rules, context->stages, tables[t].as_written ? folded : english, suspects);
  if ((context->stages & (ON (AUTH) | ON (MAILBOX))) != 0 && has_oauth_challenge (text))
    postweg_suspect (suspects, POSTWEG_CAUSE_OAUTH_TOKEN_REJECTED, 95);
}
