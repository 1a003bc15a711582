/* Reading Received fields. Every server writes them a little differently: words count, not their places. */
#include "wire/received.h"
#include "wire/header.h"
#include <string.h>

#define WORD_MAX 120 /* characters that are kept of a name */

/* "with" protocols that mean TLS (RFC 3848, RFC 6531; the IANA list of mail transmission types). */
static gboolean
is_tls_protocol (const char *with)
{
  static const char *const names[] = { "ESMTPS",     "ESMTPSA", "LMTPS",     "LMTPSA",    "UTF8SMTPS",
                                       "UTF8SMTPSA", "SMTPS",   "UTF8LMTPS", "UTF8LMTPSA" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (with, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* "using TLSv1.3 with cipher", "version=TLS1_3" */
static gboolean
mentions_tls (const char *comments)
{
  static const char *const marks[] = { "TLSv1", "TLS1", "TLS 1", "TLSv2" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strstr (comments, marks[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
keep (char **word, const char *next)
{
  if (**word != '\0' || next == NULL)
    return;
  g_free (*word);
  *word = g_utf8_strlen (next, -1) > WORD_MAX ? g_utf8_substring (next, 0, WORD_MAX) : g_strdup (next);
}

PostwegHop *
postweg_received_parse (const char *value)
{
  PostwegHop *hop = postweg_hop_new ();
  g_autofree char *comments = NULL;
  g_autofree char *plain = postweg_header_strip_comments (value, &comments);
  char *date = strrchr (plain, ';');
  const struct {
    const char *keyword;
    char **word;
  } table[] = { { "from", &hop->from }, { "by", &hop->by }, { "with", &hop->with } };
  g_auto (GStrv) words = NULL;

  if (date != NULL && !postweg_header_date (date + 1, &hop->time))
    hop->time = 0;
  if (date != NULL)
    *date = '\0';
  words = g_strsplit_set (plain, " \n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (table); j++)
      if (g_ascii_strcasecmp (words[i], table[j].keyword) == 0)
        keep (table[j].word, words[i + 1]);
  hop->tls = is_tls_protocol (hop->with) || mentions_tls (comments);
  return hop;
}

void
postweg_received_hops (const GPtrArray *fields, GPtrArray *hops)
{
  const PostwegHop *before = NULL;

  for (guint i = fields->len; i > 0 && hops->len < POSTWEG_HOPS_MAX; i--)
    {
      const PostwegHeaderField *field = g_ptr_array_index (fields, i - 1);
      PostwegHop *hop;

      if (strcmp (field->name, "received") != 0)
        continue;
      hop = postweg_received_parse (field->value);
      hop->has_ms = before != NULL && before->time != 0 && hop->time != 0;
      hop->ms = hop->has_ms ? (hop->time - before->time) * 1000 : 0;
      g_ptr_array_add (hops, hop);
      before = hop;
    }
}
