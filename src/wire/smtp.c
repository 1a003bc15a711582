/* SMTP replies line by line. */
#include "wire/smtp.h"
#include <string.h>

static gboolean
read_code (const char *line, int *code)
{
  if (line[0] < '2' || line[0] > '5' || !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]) ||
      strchr (" -", line[3]) == NULL)
    return FALSE;
  *code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  return TRUE;
}

/* An enhanced status code (RFC 3463 2): class "." subject "." detail. Returns: the number of characters, 0 if there is none */
static gsize
read_enhanced (const char *text, guint enhanced[3])
{
  const char *p = text;

  if (strchr ("245", text[0]) == NULL || text[0] == '\0')
    return 0;
  for (guint i = 0; i < 3; i++)
    {
      char *end = NULL;

      if (!g_ascii_isdigit (*p))
        return enhanced[0] = 0;
      enhanced[i] = (guint) MIN (g_ascii_strtoull (p, &end, 10), 999);
      if (i < 2 && *end != '.')
        return enhanced[0] = 0;
      p = end + (i < 2 ? 1 : 0);
    }
  if (*p != '\0' && *p != ' ')
    return enhanced[0] = 0;
  return (gsize) (p - text) + strspn (p, " ");
}

static PostwegReply *
reply_of (const PostwegAnswer *answer, int code)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *status = g_strdup_printf ("%d", code);
  guint enhanced[3] = { 0, 0, 0 };
  PostwegReply *reply;

  for (guint i = 0; i < answer->lines->len; i++)
    {
      const char *line = g_ptr_array_index (answer->lines, i);
      guint here[3] = { 0, 0, 0 };
      gsize skip = read_enhanced (line, here);

      if (skip > 0)
        memcpy (enhanced, here, sizeof enhanced);
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line + skip);
    }
  reply = postweg_answer_reply (POSTWEG_SMTP, status, text->str);
  memcpy (reply->enhanced, enhanced, sizeof enhanced);
  reply->code = code;
  reply->positive = code < 400;
  return reply;
}

PostwegAnswerState
postweg_smtp_feed (PostwegAnswer *answer, const char *line)
{
  int code = 0;

  if (!read_code (line, &code) || answer->lines->len >= POSTWEG_ANSWER_LINES_MAX)
    return POSTWEG_ANSWER_MALFORMED;
  g_ptr_array_add (answer->lines, g_strdup (line[3] != '\0' ? line + 4 : ""));
  if (line[3] == '-')
    return POSTWEG_ANSWER_MORE;
  answer->reply = reply_of (answer, code);
  return POSTWEG_ANSWER_DONE;
}

char **
postweg_smtp_capabilities (const PostwegAnswer *answer)
{
  g_autoptr (GStrvBuilder) keywords = g_strv_builder_new ();

  for (guint i = 1; i < answer->lines->len; i++)
    {
      g_autofree char *keyword = g_ascii_strup (g_ptr_array_index (answer->lines, i), -1);

      /* an old spelling that Microsoft started and some servers still add */
      if (g_str_has_prefix (keyword, "AUTH="))
        keyword[4] = ' ';
      g_strv_builder_add (keywords, g_strstrip (keyword));
    }
  return g_strv_builder_end (keywords);
}
