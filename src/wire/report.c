/* Reading the machine's part of a report: Action, Status, Diagnostic-Code. */
#include "wire/report.h"
#include "wire/header.h"
#include "wire/smtp.h"
#include <string.h>

#define BLOCKS_MAX 60 /* pieces between empty lines */

/* The fields of the report that count, of the first recipient that failed. */
typedef struct {
  char *action, *status, *diagnostic;
} Verdict;

static void
verdict_clear (Verdict *verdict)
{
  g_free (verdict->action);
  g_free (verdict->status);
  g_free (verdict->diagnostic);
}

/* Returns: where the next block begins, behind an empty line, or NULL */
static const char *
next_block (const char *text, gsize left)
{
  const char *crlf = g_strstr_len (text, (gssize) left, "\r\n\r\n");
  const char *lf = g_strstr_len (text, (gssize) left, "\n\n");

  if (crlf != NULL && (lf == NULL || crlf < lf))
    return crlf + 4;
  return lf != NULL ? lf + 2 : NULL;
}

/* A block with these fields is the per-recipient part, wherever it stands. */
static gboolean
read_block (const char *text, gsize length, Verdict *verdict)
{
  g_autoptr (GPtrArray) fields = postweg_header_parse (text, length);
  const char *action = postweg_header_get (fields, "action");

  if (action == NULL || g_ascii_strncasecmp (action, "failed", 6) != 0)
    return FALSE;
  verdict->action = g_strdup (action);
  verdict->status = g_strdup (postweg_header_get (fields, "status"));
  verdict->diagnostic = g_strdup (postweg_header_get (fields, "diagnostic-code"));
  return verdict->status != NULL || verdict->diagnostic != NULL;
}

/* "smtp; 550 5.1.1 …" (RFC 3464 2.3.6): the text behind the type, or behind nothing. */
static const char *
words_of (const Verdict *verdict)
{
  const char *words = verdict->diagnostic != NULL ? strchr (verdict->diagnostic, ';') : NULL;

  if (words != NULL)
    return words + 1 + strspn (words + 1, " ");
  return verdict->diagnostic != NULL ? verdict->diagnostic : "";
}

/* The server's own line where there is one, else one made of the status. Returns: (transfer full) */
static char *
line_of (const Verdict *verdict)
{
  const char *words = words_of (verdict);
  const char *status = verdict->status != NULL ? verdict->status : "5.0.0";
  gsize digits = strspn (words, "0123456789");

  if (digits == 3 && (words[0] == '4' || words[0] == '5') && strchr (" -", words[3]) != NULL)
    return g_strdup_printf ("%.3s %s", words, words[3] != '\0' ? words + 4 : "");
  return g_strdup_printf ("%s %.*s %s", *status == '4' ? "451" : "554", (int) strspn (status, "0123456789."),
                          status, words);
}

static PostwegReply *
reply_of (const Verdict *verdict)
{
  g_autofree char *line = line_of (verdict);
  g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_SMTP, NULL, FALSE);

  g_strdelimit (line, "\n", ' ');
  if (postweg_answer_feed (answer, line) != POSTWEG_ANSWER_DONE)
    return NULL;
  return g_steal_pointer (&answer->reply);
}

PostwegReply *
postweg_report_parse (const char *text, gsize length, const char *mark)
{
  const char *end = text + length;
  Verdict verdict = { NULL };
  PostwegReply *reply = NULL;

  if (g_strstr_len (text, (gssize) length, mark) == NULL)
    return NULL;
  for (guint i = 0; text != NULL && text < end && i < BLOCKS_MAX && reply == NULL; i++)
    {
      if (read_block (text, (gsize) (end - text), &verdict))
        reply = reply_of (&verdict);
      verdict_clear (&verdict);
      verdict = (Verdict){ NULL };
      text = next_block (text, (gsize) (end - text));
    }
  return reply;
}
