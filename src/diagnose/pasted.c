/* From pasted words to a reply: codes and status where there are any, the rest as text. */
#include "diagnose/pasted.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Words in front of a line that transcripts and programs add. */
static const char *const marks[] = { "S: ", "<< ", "< ", "<- ", "<~ ", "<** ", "server: " };

/* Returns: the line without blanks and without the mark in front */
static const char *
unmarked (const char *line)
{
  line += strspn (line, " \t");
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_ascii_strncasecmp (line, marks[i], strlen (marks[i])) == 0)
      return line + strlen (marks[i]) + strspn (line + strlen (marks[i]), " \t");
  return line;
}

/* A reply code is three digits that stand alone; inside a sentence it must be a refusal (4xx, 5xx). */
static gboolean
is_code (const char *text, gboolean inside)
{
  return text[0] >= (inside ? '4' : '2') && text[0] <= '5' && g_ascii_isdigit (text[1]) &&
         g_ascii_isdigit (text[2]) && (text[3] == '\0' || strchr (" -:.,;)\"'", text[3]) != NULL);
}

static const char *
find_code (const char *line)
{
  for (const char *at = line; *at != '\0'; at++)
    if (is_code (at, at != line) &&
        (at == line || (strchr (" (\"':#", at[-1]) != NULL && (at[-1] != '"' || at[3] != '"'))))
      return at;
  return NULL;
}

static const char *
take_enhanced (PostwegReply *reply, const char *text)
{
  guint code[3];
  int length = 0;

  text += strspn (text, " :-#(");
  if (sscanf (text, "%1u.%3u.%3u%n", &code[0], &code[1], &code[2], &length) < 3 ||
      code[0] != (guint) reply->code / 100 || g_ascii_isalnum (text[length]))
    return text;
  memcpy (reply->enhanced, code, sizeof code);
  return text + length;
}

/* Whether an enhanced code of a refusal begins there; a version number has more or larger parts. */
static gboolean
is_enhanced (const char *at, guint code[3])
{
  int length = 0;

  return (*at == '4' || *at == '5') &&
         sscanf (at, "%1u.%1u.%3u%n", &code[0], &code[1], &code[2], &length) == 3 && code[1] <= 7 &&
         at[length] != '.' && !g_ascii_isalnum (at[length]);
}

/* Some programs leave the reply code out and keep the enhanced one (Thunderbird: "The mail server responded: 5.7.1 …"). */
static void
take_lone_enhanced (PostwegReply *reply, const char *line)
{
  guint code[3];

  for (const char *at = line; *at != '\0' && reply->enhanced[0] == 0; at++)
    if ((at == line || strchr (" (\"':#", at[-1]) != NULL) && is_enhanced (at, code))
      memcpy (reply->enhanced, code, sizeof code);
}

static void
add_smtp_line (PostwegReply *reply, GString *words, const char *line)
{
  const char *code = find_code (line);

  if (code == NULL)
    {
      if (reply->code == 0)
        take_lone_enhanced (reply, line);
      g_string_append (words, line);
      return;
    }
  reply->code = atoi (code);
  g_string_append_len (words, line, code - line);
  line = take_enhanced (reply, code + (code[3] == '-' || code[3] == ' ' ? 4 : 3));
  g_string_append (words, line + strspn (line, " "));
}

/* Returns: whether the word at `at` is a status, which is kept */
static gboolean
take_status (PostwegReply *reply, const char *at, gsize length)
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

static const char *
take_response_code (PostwegReply *reply, const char *text)
{
  const char *close = *text == '[' ? strchr (text, ']') : NULL;

  if (close == NULL || g_str_has_prefix (text, "[CAPABILITY"))
    return text;
  g_free (reply->response_code);
  reply->response_code = g_ascii_strup (text + 1, (gssize) strcspn (text + 1, " ]"));
  return close + 1;
}

/* "tag NO [CODE] words", "* BYE words", "NO words", "-ERR [CODE] words" */
static void
add_mail_line (PostwegReply *reply, GString *words, const char *line)
{
  const char *at = line;

  for (guint token = 0; token < 2 && *at != '\0'; token++)
    {
      gsize length = strcspn (at, " ");
      const char *rest = at + length + strspn (at + length, " ");

      if (take_status (reply, at, length))
        {
          g_string_append (words, take_response_code (reply, rest));
          return;
        }
      at = rest;
    }
  g_string_append (words, take_response_code (reply, line));
}

PostwegReply *
postweg_pasted_reply (PostwegProtocol protocol, const char *text)
{
  PostwegReply *reply = g_new0 (PostwegReply, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) words = g_string_new (NULL);

  reply->protocol = protocol;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = unmarked (g_strchomp (lines[i]));

      if (i > 0)
        g_string_append_c (words, '\n');
      if (protocol == POSTWEG_SMTP)
        add_smtp_line (reply, words, line);
      else
        add_mail_line (reply, words, line);
    }
  if (protocol == POSTWEG_SMTP)
    reply->positive = reply->code >= 200 && reply->code < 400;
  if (reply->status == NULL)
    reply->status = protocol == POSTWEG_SMTP ? g_strdup_printf ("%d", reply->code) : g_strdup ("");
  reply->text = g_strdup (g_strstrip (words->str));
  return reply;
}

gboolean
postweg_pasted_protocol (const char *text, PostwegProtocol *protocol)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (PostwegReply) mail = postweg_pasted_reply (POSTWEG_IMAP, lines[i]);

      if (g_str_has_prefix (mail->status, "-ERR") || g_str_has_prefix (mail->status, "+OK"))
        return *protocol = POSTWEG_POP3, TRUE;
      if (*mail->status != '\0' || mail->response_code != NULL)
        return *protocol = POSTWEG_IMAP, TRUE;
      if (find_code (unmarked (lines[i])) != NULL)
        return *protocol = POSTWEG_SMTP, TRUE;
    }
  return FALSE;
}
