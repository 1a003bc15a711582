/* POP3 answers line by line. */
#include "wire/pop3.h"
#include <string.h>

static PostwegReply *
status_reply (const char *line, gboolean positive)
{
  const char *rest = line + strcspn (line, " ");
  const char *text = rest + strspn (rest, " ");
  g_autofree char *code = postweg_answer_take_code (&text);
  PostwegReply *reply = postweg_answer_reply (POSTWEG_POP3, positive ? "+OK" : "-ERR", text);

  reply->positive = positive;
  reply->response_code = g_steal_pointer (&code);
  return reply;
}

static PostwegAnswerState
feed_listed (PostwegAnswer *answer, const char *line)
{
  if (strcmp (line, ".") == 0)
    return POSTWEG_ANSWER_DONE;
  g_ptr_array_add (answer->lines, g_strdup (line[0] == '.' ? line + 1 : line));
  return POSTWEG_ANSWER_MORE;
}

static gboolean
has_word (const char *line, const char *word)
{
  return g_ascii_strncasecmp (line, word, strlen (word)) == 0 && strchr (" ", line[strlen (word)]) != NULL;
}

PostwegAnswerState
postweg_pop3_feed (PostwegAnswer *answer, const char *line)
{
  if (answer->in_list)
    return feed_listed (answer, line);
  if (has_word (line, "+OK"))
    {
      answer->reply = status_reply (line, TRUE);
      answer->in_list = answer->listed;
      return answer->listed ? POSTWEG_ANSWER_MORE : POSTWEG_ANSWER_DONE;
    }
  if (has_word (line, "-ERR"))
    {
      answer->reply = status_reply (line, FALSE);
      return POSTWEG_ANSWER_DONE;
    }
  if (has_word (line, "+"))
    {
      answer->reply = postweg_answer_reply (POSTWEG_POP3, "+", line + strspn (line, "+ "));
      answer->reply->positive = TRUE;
      return POSTWEG_ANSWER_DONE;
    }
  return POSTWEG_ANSWER_MALFORMED;
}

char *
postweg_pop3_timestamp (const PostwegReply *greeting)
{
  const char *open = strchr (greeting->text, '<');
  const char *close = open != NULL ? strchr (open, '>') : NULL;
  const char *at = open != NULL ? strchr (open, '@') : NULL;

  if (close == NULL || at == NULL || at > close)
    return NULL;
  return g_strndup (open, (gsize) (close - open + 1));
}
