/* The letter to whoever runs the server. */
#include "diagnose/words-evidence.h"
#include "diagnose/words.h"
#include "report/report.h"
#include "report/sections.h"
#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  const char *subject; /* with {address} */
  const char *opening;
} Matter;

/* By the verdict about the account. */
/* clang-format off */
static const Matter matters[] = {
  [POSTWEG_VERDICT_WORKS_WITH_NOTE] = { N_ ("E-mail for {address}: something is not in order"), N_ ("receiving and sending e-mail work with my account {address}, but something is not in order.") },
  [POSTWEG_VERDICT_RECEIVE_ONLY] = { N_ ("E-mail for {address}: sending does not work"), N_ ("I can receive e-mail with my account {address}, but not send any.") },
  [POSTWEG_VERDICT_SEND_ONLY] = { N_ ("E-mail for {address}: receiving does not work"), N_ ("I can send e-mail with my account {address}, but not receive any.") },
  [POSTWEG_VERDICT_NOTHING_WORKS] = { N_ ("E-mail for {address}: neither receiving nor sending works"), N_ ("I can neither receive nor send e-mail with my account {address}.") },
  [POSTWEG_VERDICT_NOT_TESTED] = { N_ ("E-mail for {address}: a question"), N_ ("I have a question about my e-mail account {address}.") },
};
/* clang-format on */

/* One side's part: which server, which step, the server's words. */
static void
add_side (GString *letter, const PostwegEvidence *evidence)
{
  const PostwegStep *failure = evidence != NULL ? postweg_evidence_failure (evidence) : NULL;
  g_autofree char *server = NULL;
  g_autofree char *words = NULL;
  const char *seen;

  if (failure == NULL)
    return;
  server = postweg_server_words (evidence->server);
  words = failure->reply != NULL ? postweg_reply_words (failure->reply) : NULL;
  seen = words != NULL ? words : postweg_words_error (failure->error);
  g_string_append_printf (letter, "\n%s\n", server);
  g_string_append_printf (letter, _("User name: %s"), evidence->server->user);
  g_string_append_c (letter, '\n');
  g_string_append_printf (letter, _("It stopped at this step: %s"), postweg_words_stage (failure->stage));
  g_string_append_c (letter, '\n');
  if (words != NULL)
    g_string_append_printf (letter, _("The server said: %s"), seen);
  else if (seen != NULL)
    g_string_append_printf (letter, _("What was seen: %s"), seen);
  g_string_append_c (letter, '\n');
}

static void
add_working_side (GString *letter, const PostwegEvidence *evidence)
{
  g_autofree char *server = NULL;

  if (evidence == NULL || !postweg_evidence_works (evidence))
    return;
  server = postweg_server_words (evidence->server);
  g_string_append_c (letter, '\n');
  if (evidence->server->protocol == POSTWEG_SMTP)
    g_string_append_printf (letter, _("Sending works: %s"), server);
  else
    g_string_append_printf (letter, _("Receiving works: %s"), server);
  g_string_append_c (letter, '\n');
}

static void
add_evidence (GString *letter, const PostwegFinding *finding)
{
  g_string_append_printf (letter, "\n%s\n",
                          _("This is the likely cause, as far as it can be seen from here:"));
  g_string_append_printf (letter, "%s %s\n", finding->headline, finding->explanation);
  for (guint i = 0; i < finding->evidence->len; i++)
    g_string_append_printf (letter, "- %s\n", (const char *) g_ptr_array_index (finding->evidence, i));
}

char *
postweg_letter_write (const PostwegTestResult *result, const PostwegReportOptions *options)
{
  const PostwegPlace place = { .host = "", .user = "", .address = result->account->address };
  const Matter *matter = &matters[result->verdict];
  g_autofree char *subject = NULL, *opening = NULL, *when = NULL;
  GString *letter;

  if (result->findings->len == 0 || matter->subject == NULL)
    return NULL;
  subject = postweg_words_fill (_(matter->subject), &place);
  opening = postweg_words_fill (_(matter->opening), &place);
  when = g_date_time_format (options->made, "%F %H:%M %Z");
  letter = g_string_new (NULL);
  g_string_append_printf (letter, _("Subject: %s"), subject);
  g_string_append_printf (letter, "\n\n%s\n\n%s\n", _("Hello,"), opening);
  g_string_append_printf (letter, _("A test on %s showed this:"), when);
  g_string_append_c (letter, '\n');
  add_side (letter, result->incoming);
  add_side (letter, result->outgoing);
  add_working_side (letter, result->incoming);
  add_working_side (letter, result->outgoing);
  add_evidence (letter, g_ptr_array_index (result->findings, 0));
  g_string_append_printf (letter, "\n%s\n", _("Could you look into this, or tell me what I should change?"));
  g_string_append_printf (letter, "\n%s\n",
                          _("The test was made with Postweg. My password is not part of this message."));
  return g_string_free (letter, FALSE);
}
