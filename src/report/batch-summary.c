/* Counting what came of many accounts, and saying it. */
#include "report/batch.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static void
cause_free (gpointer data)
{
  PostwegBatchCause *cause = data;

  g_free (cause->cause);
  g_free (cause->headline);
  g_free (cause->remedy);
  g_free (cause->example);
  g_free (cause);
}

void
postweg_batch_summary_init (PostwegBatchSummary *summary)
{
  *summary =
      (PostwegBatchSummary){ .causes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, cause_free) };
}

void
postweg_batch_summary_clear (PostwegBatchSummary *summary)
{
  g_clear_pointer (&summary->causes, g_hash_table_unref);
}

PostwegVerdict
postweg_batch_verdict (const PostwegBatchEntry *entry)
{
  return entry->result != NULL ? entry->result->verdict : POSTWEG_VERDICT_NOT_TESTED;
}

const PostwegFinding *
postweg_batch_answer (const PostwegBatchEntry *entry)
{
  if (entry->result == NULL || entry->result->findings->len == 0)
    return NULL;
  return g_ptr_array_index (entry->result->findings, 0);
}

/* Lines that could not be tested are one cause, whatever was wrong with each. */
static PostwegBatchCause *
cause_new (const PostwegBatchEntry *entry)
{
  const PostwegFinding *answer = postweg_batch_answer (entry);
  PostwegBatchCause *cause = g_new0 (PostwegBatchCause, 1);

  cause->cause = g_strdup (answer != NULL ? answer->cause : "");
  cause->side = answer != NULL ? answer->side : POSTWEG_BOTH;
  cause->headline =
      g_strdup (answer != NULL ? answer->headline
                               : _("The account could not be tested. The reason stands at its line."));
  cause->remedy = g_strdup (answer != NULL ? answer->remedy : "");
  cause->example = g_strdup (entry->address);
  return cause;
}

void
postweg_batch_summary_add (PostwegBatchSummary *summary, const PostwegBatchEntry *entry)
{
  const PostwegFinding *answer = postweg_batch_answer (entry);
  const char *name = answer != NULL ? answer->cause : entry->error != NULL ? "" : NULL;
  PostwegBatchCause *cause;

  summary->n++;
  summary->verdicts[postweg_batch_verdict (entry)]++;
  if (name == NULL)
    return;
  cause = g_hash_table_lookup (summary->causes, name);
  if (cause == NULL)
    {
      cause = cause_new (entry);
      g_hash_table_insert (summary->causes, cause->cause, cause);
    }
  cause->n++;
}

static gint
compare_causes (gconstpointer a, gconstpointer b)
{
  const PostwegBatchCause *x = *(const PostwegBatchCause *const *) a,
                          *y = *(const PostwegBatchCause *const *) b;

  return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : strcmp (x->cause, y->cause);
}

GPtrArray *
postweg_batch_summary_causes (const PostwegBatchSummary *summary)
{
  GPtrArray *causes = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer cause;

  g_hash_table_iter_init (&iter, summary->causes);
  while (g_hash_table_iter_next (&iter, NULL, &cause))
    g_ptr_array_add (causes, cause);
  g_ptr_array_sort (causes, compare_causes);
  return causes;
}

guint
postweg_batch_summary_open (const PostwegBatchSummary *summary)
{
  guint seen = summary->n + summary->skipped;

  return summary->total > seen ? summary->total - seen : 0;
}

const char *
postweg_batch_verdict_words (PostwegVerdict verdict)
{
  static const char *const words[] = {
    [POSTWEG_VERDICT_WORKS] = N_ ("Works"), [POSTWEG_VERDICT_WORKS_WITH_NOTE] =
                      N_ ("Works, with a note"), [POSTWEG_VERDICT_RECEIVE_ONLY] = N_ ("Only receiving works"),
                                                     [POSTWEG_VERDICT_SEND_ONLY] = N_ ("Only sending works"),
                                                         [POSTWEG_VERDICT_NOTHING_WORKS] = N_ ("Neither works"), [POSTWEG_VERDICT_NOT_TESTED] =
                                                                                   N_ ("Not tested"),
                                                             };

  return _(words[verdict]);
}

static void
append_causes (GString *text, const PostwegBatchSummary *summary)
{
  g_autoptr (GPtrArray) causes = postweg_batch_summary_causes (summary);

  for (guint i = 0; i < causes->len; i++)
    {
      const PostwegBatchCause *cause = g_ptr_array_index (causes, i);

      g_string_append_printf (text, "%7u  %s%s%s\n", cause->n, cause->cause,
                              *cause->cause != '\0' ? ": " : "", cause->headline);
      if (*cause->example != '\0')
        {
          g_string_append (text, "         ");
          g_string_append_printf (text, _("for example %s"), cause->example);
          g_string_append_c (text, '\n');
        }
    }
}

char *
postweg_batch_summary_text (const PostwegBatchSummary *summary)
{
  GString *text = g_string_new (NULL);
  guint open = postweg_batch_summary_open (summary);

  for (PostwegVerdict verdict = POSTWEG_VERDICT_WORKS; verdict <= POSTWEG_VERDICT_NOT_TESTED; verdict++)
    if (summary->verdicts[verdict] + summary->earlier[verdict] > 0)
      g_string_append_printf (text, "%7u  %s\n", summary->verdicts[verdict] + summary->earlier[verdict],
                              postweg_batch_verdict_words (verdict));
  if (summary->skipped > 0)
    {
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "%u of them was tested in an earlier run.",
                                           "%u of them were tested in an earlier run.", summary->skipped),
                              summary->skipped);
      g_string_append_c (text, '\n');
    }
  if (g_hash_table_size (summary->causes) > 0)
    g_string_append_printf (text, "%s\n", _("By cause:"));
  append_causes (text, summary);
  if (!summary->stopped)
    return g_string_free (text, FALSE);
  if (open > 0)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "Stopped with %u account left.",
                                         "Stopped with %u accounts left.", open),
                            open);
  else
    g_string_append (text, _("Stopped before the end of the list."));
  g_string_append_printf (text, "\n%s\n",
                          _("To go on where it stopped, add “--resume=OUTPUT” with the file of JSON lines written so far, and append to it with “>>”."));
  return g_string_free (text, FALSE);
}
