/* WHAT A TEST SHOWED -> A TEXT FOR OTHERS: a report for the help desk, a letter for whoever runs the server. */
#pragma once
#include "model/provider.h"
#include "model/test-result.h"

typedef enum {
  POSTWEG_REPORT_MARKDOWN,
  POSTWEG_REPORT_HTML,
  POSTWEG_REPORT_JSON,
} PostwegReportFormat;

typedef struct {
  const PostwegProvider *provider; /* whose hosts are no secret, or NULL */
  gboolean with_addresses;         /* addresses, user names, own hosts and numeric addresses stay readable */
  const char *version;             /* of this program */
  GDateTime *made;                 /* when the test was made */
} PostwegReportOptions;

/* The whole test in the present language: finding, both sides with times and the servers' words, certificates, ports, dialogue.
 * A password is in no part of a result, so none is in a report. Returns: (transfer full): UTF-8, with a line break at the end */
char *postweg_report_write (const PostwegTestResult *result, PostwegReportFormat format,
                            const PostwegReportOptions *options);

/* A letter about the first finding, to be sent by the person: a subject line, an empty line, the text. It names the account, since
 * whoever runs the server must find it. Returns: (transfer full): UTF-8, or NULL when there is nothing to complain about */
char *postweg_letter_write (const PostwegTestResult *result, const PostwegReportOptions *options);

/* Returns: FALSE for an unknown name */
gboolean postweg_report_format_from_name (const char *name, PostwegReportFormat *format);
