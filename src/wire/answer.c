/* The answer value and its dispatch to the three parsers. */
#include "wire/answer.h"
#include "wire/imap.h"
#include "wire/pop3.h"
#include "wire/smtp.h"
#include "wire/text.h"
#include <string.h>

PostwegAnswer *
postweg_answer_new (PostwegProtocol protocol, const char *tag, gboolean listed)
{
  PostwegAnswer *answer = g_new0 (PostwegAnswer, 1);

  answer->protocol = protocol;
  answer->tag = g_strdup (tag);
  answer->listed = listed;
  answer->lines = g_ptr_array_new_with_free_func (g_free);
  return answer;
}

void
postweg_answer_free (PostwegAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->tag);
  g_ptr_array_unref (answer->lines);
  postweg_reply_free (answer->reply);
  g_free (answer);
}

PostwegAnswerState
postweg_answer_feed (PostwegAnswer *answer, const char *line)
{
  static PostwegAnswerState (*const parsers[POSTWEG_N_PROTOCOLS]) (PostwegAnswer *, const char *) = {
    [POSTWEG_IMAP] = postweg_imap_feed,
    [POSTWEG_POP3] = postweg_pop3_feed,
    [POSTWEG_SMTP] = postweg_smtp_feed,
  };

  if (answer->lines->len >= POSTWEG_ANSWER_LIST_MAX)
    return POSTWEG_ANSWER_MALFORMED;
  return parsers[answer->protocol](answer, line);
}

const char *
postweg_answer_line (const PostwegAnswer *answer, const char *keyword)
{
  gsize length = strlen (keyword);

  for (guint i = 0; i < answer->lines->len; i++)
    {
      const char *line = g_ptr_array_index (answer->lines, i);

      if (g_ascii_strncasecmp (line, keyword, length) == 0 && strchr (" ", line[length]) != NULL)
        return line;
    }
  return NULL;
}

PostwegReply *
postweg_answer_reply (PostwegProtocol protocol, const char *status, const char *text)
{
  PostwegReply *reply = g_new0 (PostwegReply, 1);

  reply->protocol = protocol;
  reply->status = g_ascii_strup (status, -1);
  reply->text = g_strstrip (postweg_text_clean (text, strlen (text)));
  return reply;
}

char *
postweg_answer_take_code (const char **text)
{
  const char *start = *text;
  const char *end;
  gsize length;

  if (*start != '[')
    return NULL;
  end = strchr (start, ']');
  length = strcspn (start + 1, " ]");
  if (end == NULL || length == 0)
    return NULL;
  *text = end + 1 + strspn (end + 1, " ");
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (start[1 + i]))
      return NULL;
  return g_ascii_strup (start + 1, (gssize) length);
}
