/* The reply value. */
#include "model/reply.h"

PostwegReply *
postweg_reply_copy (const PostwegReply *reply)
{
  PostwegReply *copy;

  if (reply == NULL)
    return NULL;
  copy = g_new (PostwegReply, 1);
  *copy = *reply;
  copy->status = g_strdup (reply->status);
  copy->response_code = g_strdup (reply->response_code);
  copy->text = g_strdup (reply->text);
  return copy;
}

void
postweg_reply_free (PostwegReply *reply)
{
  if (reply == NULL)
    return;
  g_free (reply->status);
  g_free (reply->response_code);
  g_free (reply->text);
  g_free (reply);
}

char *
postweg_reply_words (const PostwegReply *reply)
{
  g_autoptr (GString) words = g_string_new (reply->status);

  if (reply->enhanced[0] != 0)
    g_string_append_printf (words, " %u.%u.%u", reply->enhanced[0], reply->enhanced[1], reply->enhanced[2]);
  if (reply->response_code != NULL)
    g_string_append_printf (words, " [%s]", reply->response_code);
  if (reply->text != NULL && *reply->text != '\0')
    g_string_append_printf (words, " %s", reply->text);
  return g_strdelimit (g_string_free (g_steal_pointer (&words), FALSE), "\n", ' ');
}
