/* WHAT THE TESTS OF MANY ACCOUNTS SHOWED -> JSON LINES, CSV, HTML, PROMETHEUS, and a summary by cause; pure. */
#pragma once
#include "model/test-result.h"

/* One account. Nothing is owned. */
typedef struct {
  guint line;
  const char *address;
  gboolean again;                  /* this address was there before */
  const PostwegTestResult *result; /* NULL: not tested, see `error` */
  const char *error;               /* a sentence, or NULL */
  guint ms;                        /* what the test took */
} PostwegBatchEntry;

/* What came of one cause. */
typedef struct {
  char *cause;
  PostwegSide side;
  guint n;
  char *headline, *remedy, *example; /* of the first account */
} PostwegBatchCause;

typedef struct {
  guint verdicts[POSTWEG_VERDICT_NOT_TESTED + 1];
  guint n, total;                                /* written; as far as it is known, else 0 */
  guint earlier[POSTWEG_VERDICT_NOT_TESTED + 1]; /* verdicts of accounts that were tested in an earlier run */
  guint skipped;                                 /* their sum */
  gboolean stopped;
  GHashTable *causes; /* char* -> PostwegBatchCause */
} PostwegBatchSummary;

void postweg_batch_summary_init (PostwegBatchSummary *summary);
void postweg_batch_summary_clear (PostwegBatchSummary *summary);
void postweg_batch_summary_add (PostwegBatchSummary *summary, const PostwegBatchEntry *entry);
PostwegVerdict postweg_batch_verdict (const PostwegBatchEntry *entry);
/* Returns: (transfer container): PostwegBatchCause, the most frequent first */
GPtrArray *postweg_batch_summary_causes (const PostwegBatchSummary *summary);
/* Returns: (transfer full): lines for people, translated, with a line break at the end */
char *postweg_batch_summary_text (const PostwegBatchSummary *summary);
/* How many of the accounts have neither failed nor worked, or were not come to. */
guint postweg_batch_summary_open (const PostwegBatchSummary *summary);

/* A format puts its text together of parts; each account adds to some of them. With one part the text can be written while it
 * comes in; with more they have to be kept until the end. */
#define POSTWEG_BATCH_PARTS 3
typedef struct {
  const char *name;
  guint n_parts;
  /* Appends what stands before the part. summary: NULL when there is only one part */
  void (*begin) (guint part, const PostwegBatchSummary *summary, GString *text);
  void (*add) (const PostwegBatchEntry *entry, GString *parts[POSTWEG_BATCH_PARTS]);
  /* Appends what stands behind the last part, or NULL. */
  void (*end) (const PostwegBatchSummary *summary, GString *text);
} PostwegBatchFormat;

/* Returns: (transfer none): "json" (also for NULL), "csv", "html", "prometheus"; NULL for another name */
const PostwegBatchFormat *postweg_batch_format (const char *name);

extern const PostwegBatchFormat postweg_batch_json, postweg_batch_csv, postweg_batch_html,
    postweg_batch_prometheus;

/* For the formats: the answer about this account, or NULL. */
const PostwegFinding *postweg_batch_answer (const PostwegBatchEntry *entry);
/* Translated: “Works”, “Receiving only”, … */
const char *postweg_batch_verdict_words (PostwegVerdict verdict);
