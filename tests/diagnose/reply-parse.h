/* Reads pasted reply lines into the reply value, for tables of replies in tests. */
#pragma once
#include "model/reply.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline void
reply_take_enhanced (PostwegReply *reply, const char **text)
{
  guint code[3];
  int length = 0;

  if (sscanf (*text, "%1u.%3u.%3u%n", &code[0], &code[1], &code[2], &length) < 3 ||
      code[0] != (guint) reply->code / 100 || strchr (" ", (*text)[length]) == NULL)
    return;
  memcpy (reply->enhanced, code, sizeof code);
  *text += length;
}

static inline void
reply_take_code (PostwegReply *reply, const char **text)
{
  const char *close = **text == '[' ? strchr (*text, ']') : NULL;
  gsize length;

  if (close == NULL)
    return;
  length = strcspn (*text + 1, " ]");
  g_free (reply->response_code);
  reply->response_code = g_ascii_strup (*text + 1, (gssize) length);
  *text = close + 1;
}

static inline void
reply_take_smtp (PostwegReply *reply, GString *text, const char *line)
{
  if (strlen (line) >= 3 && g_ascii_isdigit (line[0]) && g_ascii_isdigit (line[1]) &&
      g_ascii_isdigit (line[2]))
    {
      reply->code = atoi (line);
      line += line[3] == '-' || line[3] == ' ' ? 4 : 3;
      reply_take_enhanced (reply, &line);
    }
  g_string_append (text, line);
  reply->positive = reply->code >= 200 && reply->code < 400;
}

/* Returns: whether the word at `at` is a status, which is taken */
static inline gboolean
reply_take_status (PostwegReply *reply, const char *at, gsize length)
{
  static const struct {
    const char *word;
    gboolean positive;
  } known[] = { { "OK", TRUE },      { "NO", FALSE }, { "BAD", FALSE },  { "BYE", FALSE },
                { "PREAUTH", TRUE }, { "+OK", TRUE }, { "-ERR", FALSE }, { "+", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i].word) == length && strncmp (at, known[i].word, length) == 0)
      {
        g_free (reply->status);
        reply->status = g_strdup (known[i].word);
        reply->positive = known[i].positive;
        return TRUE;
      }
  return FALSE;
}

/* "tag NO [CODE] words", "* BYE words", "NO words", "-ERR [CODE] words" */
static inline void
reply_take_mail (PostwegReply *reply, GString *text, const char *line)
{
  const char *at = line;

  for (guint token = 0; token < 2 && *at != '\0'; token++)
    {
      gsize length = strcspn (at, " ");
      const char *rest = at + length + strspn (at + length, " ");

      if (reply_take_status (reply, at, length))
        {
          if (!g_str_has_prefix (rest, "[CAPABILITY"))
            reply_take_code (reply, &rest);
          g_string_append (text, rest);
          return;
        }
      at = rest;
    }
  g_string_append (text, line);
}

static inline PostwegReply *
reply_parse (PostwegProtocol protocol, const char *words)
{
  PostwegReply *reply = g_new0 (PostwegReply, 1);
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  reply->protocol = protocol;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      if (protocol == POSTWEG_SMTP)
        reply_take_smtp (reply, text, lines[i]);
      else
        reply_take_mail (reply, text, lines[i]);
    }
  if (reply->status == NULL)
    reply->status = protocol == POSTWEG_SMTP ? g_strdup_printf ("%d", reply->code) : g_strdup ("");
  reply->text = g_strdup (g_strstrip (text->str));
  return reply;
}
