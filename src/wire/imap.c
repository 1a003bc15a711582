/* IMAP answers line by line; literals come in as part of the line that announced them. */
#include "wire/imap.h"
#include <string.h>

static PostwegReply *
state_reply (const char *text)
{
  gsize length = strcspn (text, " ");
  g_autofree char *status = g_ascii_strup (text, (gssize) length);
  const char *rest = text + length + (text[length] == ' ' ? 1 : 0);
  g_autofree char *code = postweg_answer_take_code (&rest);
  PostwegReply *reply = postweg_answer_reply (POSTWEG_IMAP, status, rest);

  reply->positive = strcmp (status, "OK") == 0 || strcmp (status, "PREAUTH") == 0;
  reply->response_code = g_steal_pointer (&code);
  return reply;
}

/* Capabilities come as a response of their own or inside a response code (RFC 9051 7.1): both end up among the lines. */
static void
keep_capabilities (PostwegAnswer *answer, const char *text)
{
  const char *code = strstr (text, "[CAPABILITY ");

  if (code != NULL && strchr (code, ']') != NULL)
    g_ptr_array_add (answer->lines, g_strndup (code + 1, strcspn (code + 1, "]")));
}

static void
set_state (PostwegAnswer *answer, const char *text)
{
  g_clear_pointer (&answer->reply, postweg_reply_free);
  answer->reply = state_reply (text);
  keep_capabilities (answer, text);
}

static gboolean
is_state (const char *text, const char *const *states)
{
  for (; *states != NULL; states++)
    if (g_ascii_strncasecmp (text, *states, strlen (*states)) == 0 &&
        strchr (" ", text[strlen (*states)]) != NULL)
      return TRUE;
  return FALSE;
}

static PostwegAnswerState
feed_untagged (PostwegAnswer *answer, const char *text)
{
  static const char *const greetings[] = { "OK", "PREAUTH", "BYE", NULL };
  static const char *const bye[] = { "BYE", NULL };

  if (answer->tag == NULL)
    {
      if (!is_state (text, greetings))
        return POSTWEG_ANSWER_MALFORMED;
      set_state (answer, text);
      return POSTWEG_ANSWER_DONE;
    }
  if (*text == '\0')
    return POSTWEG_ANSWER_MALFORMED;
  g_ptr_array_add (answer->lines, g_strdup (text));
  if (is_state (text, bye))
    {
      /* The end of the connection follows; if a tagged answer still comes, it is the better one. */
      set_state (answer, text);
    }
  return POSTWEG_ANSWER_MORE;
}

static PostwegAnswerState
feed_tagged (PostwegAnswer *answer, const char *line)
{
  static const char *const states[] = { "OK", "NO", "BAD", NULL };
  gsize length = answer->tag != NULL ? strlen (answer->tag) : 0;

  if (length == 0 || strncmp (line, answer->tag, length) != 0 || line[length] != ' ' ||
      !is_state (line + length + 1, states))
    return POSTWEG_ANSWER_MALFORMED;
  set_state (answer, line + length + 1);
  return POSTWEG_ANSWER_DONE;
}

PostwegAnswerState
postweg_imap_feed (PostwegAnswer *answer, const char *line)
{
  if (line[0] == '+' && (line[1] == ' ' || line[1] == '\0') && answer->tag != NULL)
    {
      g_clear_pointer (&answer->reply, postweg_reply_free);
      answer->reply = postweg_answer_reply (POSTWEG_IMAP, "+", line + strspn (line, "+ "));
      answer->reply->positive = TRUE;
      return POSTWEG_ANSWER_DONE;
    }
  if (line[0] == '*' && line[1] == ' ')
    return feed_untagged (answer, line + 2);
  return feed_tagged (answer, line);
}

gboolean
postweg_imap_literal (const char *line, gsize *size)
{
  const char *open = strrchr (line, '{');
  guint64 value = 0;
  char *end = NULL;

  if (open == NULL || !g_ascii_isdigit (open[1]))
    return FALSE;
  value = g_ascii_strtoull (open + 1, &end, 10);
  if (*end == '+')
    end++;
  if (strcmp (end, "}") != 0)
    return FALSE;
  *size = value > G_MAXUINT32 ? G_MAXSIZE : (gsize) value;
  return TRUE;
}

char *
postweg_imap_quote (const char *text)
{
  GString *quoted = g_string_sized_new (2 * strlen (text) + 3);

  g_string_append_c (quoted, '"');
  for (; *text != '\0'; text++)
    {
      if ((guchar) *text < 0x20 || (guchar) *text > 0x7e)
        {
          memset (quoted->str, 0, quoted->len);
          return g_string_free (quoted, TRUE);
        }
      if (*text == '"' || *text == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *text);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

char **
postweg_imap_capabilities (const PostwegAnswer *answer)
{
  const char *line = postweg_answer_line (answer, "CAPABILITY");
  g_autofree char *upper = NULL;

  if (line == NULL)
    return NULL;
  upper = g_ascii_strup (g_strchug ((char *) line + strlen ("CAPABILITY")), -1);
  return g_strsplit_set (g_strstrip (upper), " ", -1);
}

/* astring or quoted string or literal at the start of the text. Returns: (transfer full) */
static char *
take_string (const char *text)
{
  GString *value = g_string_new (NULL);
  gsize size = 0;
  g_autofree char *first = g_strndup (text, strcspn (text, "\r\n"));

  if (text[0] == '{' && postweg_imap_literal (first, &size) && strchr (text, '\n') != NULL)
    return g_string_free (g_string_append_len (value, strchr (text, '\n') + 1,
                                               (gssize) strnlen (strchr (text, '\n') + 1, size)),
                          FALSE);
  if (text[0] != '"')
    return g_string_free (g_string_append_len (value, text, (gssize) strcspn (text, " \r\n")), FALSE);
  for (text++; *text != '\0' && *text != '"'; text++)
    {
      if (*text == '\\' && text[1] != '\0')
        text++;
      g_string_append_c (value, *text);
    }
  return g_string_free (value, FALSE);
}

gboolean
postweg_imap_list (const char *line, char **name, char **flags)
{
  const char *open = strchr (line, '(');
  const char *close = open != NULL ? strchr (open, ')') : NULL;
  const char *rest;
  g_autofree char *raw = NULL;

  if (close == NULL || close[1] != ' ')
    return FALSE;
  rest = close + 2;
  if (*rest == '"')
    rest += rest[1] == '\\' ? 4 : 3;
  else if (g_ascii_strncasecmp (rest, "NIL", 3) == 0)
    rest += 3;
  else
    return FALSE;
  if (strlen (close) < (gsize) (rest - close) || *rest != ' ')
    return FALSE;
  raw = take_string (rest + 1);
  *flags = g_strndup (open + 1, (gsize) (close - open - 1));
  *name = postweg_imap_utf7_decode (raw);
  return TRUE;
}

/* One run of modified base64, without its & and -. */
static gboolean
decode_run (const char *run, gsize length, GString *utf8)
{
  g_autofree char *base64 = g_strndup (run, length);
  g_autofree guchar *utf16 = NULL;
  g_autofree char *text = NULL;
  g_autofree char *padded = NULL;
  gsize size = 0;

  g_strdelimit (base64, ",", '/');
  padded = g_strconcat (base64, length % 4 == 2 ? "==" : length % 4 == 3 ? "=" : "", NULL);
  utf16 = g_base64_decode (padded, &size);
  text = g_convert ((const char *) utf16, (gssize) size, "UTF-8", "UTF-16BE", NULL, NULL, NULL);
  if (text == NULL || *text == '\0' || length % 4 == 1)
    return FALSE;
  g_string_append (utf8, text);
  return TRUE;
}

char *
postweg_imap_utf7_decode (const char *text)
{
  g_autoptr (GString) utf8 = g_string_new (NULL);

  if (!g_utf8_validate (text, -1, NULL))
    return g_utf8_make_valid (text, -1);
  for (const char *p = text; *p != '\0'; p++)
    {
      const char *end = *p == '&' ? strchr (p, '-') : NULL;

      if (*p != '&')
        g_string_append_c (utf8, *p);
      else if (end == NULL)
        return g_strdup (text);
      else if (end == p + 1)
        g_string_append_c (utf8, '&');
      else if (!decode_run (p + 1, (gsize) (end - p - 1), utf8))
        return g_strdup (text);
      p = end != NULL ? end : p;
    }
  return g_string_free (g_steal_pointer (&utf8), FALSE);
}

gboolean
postweg_imap_quota (const char *line, guint64 *used, guint64 *limit)
{
  g_autofree char *upper = g_ascii_strup (line, -1);
  const char *storage = g_str_has_prefix (upper, "QUOTA ") ? strstr (upper, "STORAGE ") : NULL;
  char *end = NULL;

  if (storage == NULL || !g_ascii_isdigit (storage[strlen ("STORAGE ")]))
    return FALSE;
  *used = g_ascii_strtoull (storage + strlen ("STORAGE "), &end, 10);
  if (*end != ' ' || !g_ascii_isdigit (end[1]))
    return FALSE;
  *limit = g_ascii_strtoull (end + 1, NULL, 10);
  return TRUE;
}
