/* What is written about many accounts: each format reads back what was put in, whatever servers and addresses hold. */
#include "report/batch.h"
#include <json-glib/json-glib.h>
#include <libxml/HTMLparser.h>
#include <string.h>

/* One account of a table. */
typedef struct {
  const char *address, *error; /* error: it was not tested */
  char in, out;                /* 'w'orks, 'n'ote, 'f'ails, 's'kipped, '-' left out */
  const char *cause, *headline;
  const char *reply;
} Account;

#define ODD "=1+1 \"quoted\", <b>&amp;</b>;\\ line\nbreak é"
static const Account accounts[] = {
  { "anna@firm.example", NULL, 'w', 'w', NULL, NULL, NULL },
  { "bert@firm.example", NULL, 'w', 'f', "sender-not-owned", "You can receive. You cannot send.",
    "553 5.7.1 not owned" },
  { "carl@firm.example", NULL, 'f', 'f', "wrong-credentials", "Neither works.",
    "NO [AUTHENTICATIONFAILED] no" },
  { "dora@firm.example", NULL, 'f', 'w', "wrong-credentials", "You can send. You cannot receive.", "NO no" },
  { "emil@firm.example", NULL, 'n', 'w', "own-mailbox-full", "The mailbox is nearly full.", NULL },
  { "", "This line is no JSON.", '-', '-', NULL, NULL, NULL },
  { "fred@firm.example", NULL, 's', 's', NULL, NULL, NULL },
  { "=cmd|'x'!a@firm.example", NULL, 'f', '-', "wrong-credentials", ODD, ODD },
  { "anna@firm.example", NULL, '-', 'w', NULL, NULL, NULL },
};

static PostwegEvidence *
evidence_of (char how, PostwegProtocol protocol, const char *reply)
{
  static const struct {
    char how;
    PostwegStepVerdict verdict;
    PostwegError error;
  } steps[] = {
    { 'w', POSTWEG_STEP_OK, POSTWEG_OK },
    { 'n', POSTWEG_STEP_NOTE, POSTWEG_OK },
    { 'f', POSTWEG_STEP_FAILED, POSTWEG_ERROR_BAD_INPUT },
    { 's', POSTWEG_STEP_SKIPPED, POSTWEG_ERROR_NO_SECRET },
  };
  g_autoptr (PostwegServer) server =
      postweg_server_new (protocol, "mail.firm.example", 0, POSTWEG_TLS, "anna");
  PostwegEvidence *evidence;

  if (how == '-')
    return NULL;
  evidence = postweg_evidence_new (server);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].how == how)
      {
        PostwegStep *step =
            postweg_step_new (protocol == POSTWEG_SMTP ? POSTWEG_STAGE_RECIPIENT : POSTWEG_STAGE_MAILBOX,
                              steps[i].verdict, steps[i].error);

        if (how == 'f')
          {
            step->reply = g_new0 (PostwegReply, 1);
            step->reply->protocol = protocol;
            step->reply->status = g_strdup ("NO");
            step->reply->text = g_strdup (reply);
          }
        g_ptr_array_add (evidence->steps, step);
      }
  return evidence;
}

/* Returns: (transfer full): or NULL, for an account that was not tested */
static PostwegTestResult *
result_of (const Account *account)
{
  g_autoptr (PostwegAccount) empty = postweg_account_new ("", account->address, NULL, NULL);
  PostwegTestResult *result;

  if (account->error != NULL)
    return NULL;
  result = postweg_test_result_new (empty);
  result->incoming = evidence_of (account->in, POSTWEG_IMAP, account->reply);
  result->outgoing = evidence_of (account->out, POSTWEG_SMTP, account->reply);
  result->verdict = postweg_verdict_of (result->incoming, result->outgoing);
  if (account->cause != NULL)
    {
      PostwegFinding *finding = postweg_finding_new (account->cause);

      finding->side = account->in == 'f' ? POSTWEG_RECEIVE : POSTWEG_SEND;
      finding->headline = g_strdup (account->headline);
      finding->explanation = g_strdup ("");
      finding->remedy = g_strdup ("Do something about it.");
      g_ptr_array_add (result->findings, finding);
    }
  return result;
}

/* The text of a whole run, as whoever writes it puts it together. `broken`: the run was stopped. */
static char *
write_as (const char *name, gboolean stopped, PostwegBatchSummary *summary)
{
  const PostwegBatchFormat *format = postweg_batch_format (name);
  GString *parts[POSTWEG_BATCH_PARTS] = { NULL };
  g_autoptr (GString) all = g_string_new (NULL);

  g_assert_nonnull (format);
  g_assert_cmpuint (format->n_parts, <=, POSTWEG_BATCH_PARTS);
  postweg_batch_summary_init (summary);
  summary->total = G_N_ELEMENTS (accounts);
  summary->stopped = stopped;
  for (guint part = 0; part < format->n_parts; part++)
    parts[part] = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autoptr (PostwegTestResult) result = result_of (&accounts[i]);
      PostwegBatchEntry entry = { .line = i + 2,
                                  .address = accounts[i].address,
                                  .again = i == G_N_ELEMENTS (accounts) - 1,
                                  .result = result,
                                  .error = accounts[i].error,
                                  .ms = 1000 * i + 7 };

      format->add (&entry, parts);
      postweg_batch_summary_add (summary, &entry);
    }
  for (guint part = 0; part < format->n_parts; part++)
    {
      format->begin (part, format->n_parts > 1 ? summary : NULL, all);
      g_string_append_len (all, parts[part]->str, (gssize) parts[part]->len);
      g_string_free (parts[part], TRUE);
    }
  if (format->end != NULL)
    format->end (summary, all);
  g_assert_true (g_utf8_validate (all->str, (gssize) all->len, NULL));
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
test_names (void)
{
  static const char *const names[] = { "json", "csv", "html", "prometheus" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (postweg_batch_format (names[i])->name, ==, names[i]);
  g_assert_null (postweg_batch_format ("xml"));
  g_assert_null (postweg_batch_format (""));
  g_assert_true (postweg_batch_format (NULL) == postweg_batch_format ("json"));
}

/* JSON */

static void
test_json (void)
{
  static const char *const verdicts[] = { "works",      "receive-only",    "nothing-works",
                                          "send-only",  "works-with-note", NULL,
                                          "not-tested", "nothing-works",   "works" };
  PostwegBatchSummary summary;
  g_autofree char *text = write_as ("json", FALSE, &summary);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (accounts) + 1);
  g_assert_cmpstr (lines[G_N_ELEMENTS (accounts)], ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
      JsonObject *object = json_node_get_object (node);

      g_assert_cmpint (json_object_get_int_member (object, "line"), ==, i + 2);
      g_assert_cmpstr (json_object_get_string_member (object, "address"), ==, accounts[i].address);
      g_assert_cmpstr (json_object_get_string_member_with_default (object, "error", NULL), ==,
                       accounts[i].error);
      g_assert_cmpstr (json_object_get_string_member_with_default (object, "verdict", NULL), ==, verdicts[i]);
      /* the beginning alone must do for going on later */
      g_assert_true (g_str_has_prefix (lines[i], "{\"line\":"));
    }
  postweg_batch_summary_clear (&summary);
}

/* CSV */

/* Reads one record as RFC 4180 says. Returns: what follows it */
static const char *
read_record (const char *at, GPtrArray *fields)
{
  while (TRUE)
    {
      GString *field = g_string_new (NULL);
      gboolean quoted = *at == '"';

      for (at += quoted; quoted ? !(*at == '"' && at[1] != '"') : strchr (",\r", *at) == NULL; at++)
        {
          g_assert_cmpint (*at, !=, '\0');
          at += quoted && *at == '"';
          g_string_append_c (field, *at);
        }
      at += quoted;
      g_ptr_array_add (fields, g_string_free (field, FALSE));
      if (*at == ',')
        at++;
      else
        {
          g_assert_true (g_str_has_prefix (at, "\r\n"));
          return at + 2;
        }
    }
}

/* A spreadsheet shows every text as it was, and calculates none of them. */
static void
test_csv (void)
{
  static const char *const sides[] = { "w", "works", "n", "note", "f", "fails", "s", "not-tested", "-", "" };
  PostwegBatchSummary summary;
  g_autofree char *text = write_as ("csv", FALSE, &summary);
  const char *at = text;

  for (guint i = 0; i <= G_N_ELEMENTS (accounts); i++)
    {
      g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
      const Account *account = i > 0 ? &accounts[i - 1] : NULL;
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      at = read_record (at, fields);
      g_assert_cmpuint (fields->len, ==, 14);
      for (guint f = 0; f < fields->len; f++)
        g_assert_null (
            strchr ("=+-@\t\r", *(const char *) fields->pdata[f] | ' ' * !*(char *) fields->pdata[f]));
      if (account == NULL)
        continue;
      g_assert_cmpstr (fields->pdata[0], ==, number);
      g_assert_cmpstr ((char *) fields->pdata[1] + (*account->address == '='), ==, account->address);
      for (guint s = 0; s < G_N_ELEMENTS (sides); s += 2)
        {
          if (*sides[s] == account->in)
            g_assert_cmpstr (fields->pdata[3], ==, sides[s + 1]);
          if (*sides[s] == account->out)
            g_assert_cmpstr (fields->pdata[4], ==, sides[s + 1]);
        }
      g_assert_cmpstr (fields->pdata[5], ==, account->cause != NULL ? account->cause : "");
      g_assert_cmpstr (fields->pdata[13], ==, account->error != NULL ? account->error : "");
      if (account->reply == (const char *) ODD)
        g_assert_cmpstr ((char *) fields->pdata[9], ==, "'" ODD);
    }
  g_assert_cmpstr (at, ==, "");
  postweg_batch_summary_clear (&summary);
}

/* HTML */

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, what)) != NULL; at += strlen (what))
    n++;
  return n;
}

static void
test_html (void)
{
  PostwegBatchSummary summary;
  g_autofree char *text = write_as ("html", TRUE, &summary);
  htmlDocPtr document;

  xmlResetLastError ();
  document = htmlReadDoc ((const xmlChar *) text, NULL, "UTF-8",
                          HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
  g_assert_nonnull (document);
  xmlFreeDoc (document);
  /* a heading, five verdicts, a heading, four causes, a heading and every account */
  g_assert_cmpuint (count (text, "<tr>"), ==, 1 + 6 + 1 + 4 + 1 + G_N_ELEMENTS (accounts));
  g_assert_cmpuint (count (text, "<tr>"), ==, count (text, "</tr>"));
  g_assert_cmpuint (count (text, "<td"), ==, count (text, "</td>"));
  g_assert_cmpuint (count (text, "<th"), ==, count (text, "</th>") + 3); /* and <thead> */
  g_assert_null (strstr (text, "<b>"));
  g_assert_nonnull (strstr (text, "&lt;b&gt;&amp;amp;"));
  g_assert_nonnull (strstr (text, "default-src 'none'"));
  g_assert_null (strstr (text, "http:"));
  g_assert_null (strstr (text, "https:"));
  g_assert_nonnull (strstr (text, "stopped before the end"));
  /* what fails stands in front of what works, and what was not tested between */
  g_assert_true (g_strrstr (text, ">carl@") < g_strrstr (text, ">fred@"));
  g_assert_true (g_strrstr (text, ">fred@") < g_strrstr (text, ">emil@"));
  postweg_batch_summary_clear (&summary);
}

/* Prometheus */

/* NAME{LABEL="VALUE",…} NUMBER; with a regular expression of the format's own rules. */
static void
test_prometheus (void)
{
  PostwegBatchSummary summary;
  g_autofree char *text = write_as ("prometheus", FALSE, &summary);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GRegex) sample = g_regex_new (
      "^[a-z_]+(\\{[a-z]+=\"([^\"\\\\]|\\\\[\"\\\\n])*\"(,[a-z]+=\"([^\"\\\\]|\\\\[\"\\\\n])*\")*\\})? "
      "[0-9]+(\\.[0-9]+)?$",
      0, 0, NULL);
  g_autoptr (GHashTable) series = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) metrics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *metric = g_strdup ("");

  g_assert_true (g_str_has_suffix (text, "\n"));
  for (guint i = 0; lines[i][0] != '\0'; i++)
    {
      gsize name = strcspn (lines[i], "{ ");

      if (g_str_has_prefix (lines[i], "# HELP "))
        {
          g_free (metric);
          metric = g_strndup (lines[i] + 7, strcspn (lines[i] + 7, " "));
          g_assert_true (g_hash_table_add (metrics, g_strdup (metric))); /* each in one piece */
          continue;
        }
      if (g_str_has_prefix (lines[i], "# TYPE "))
        continue;
      if (!g_regex_match (sample, lines[i], 0, NULL))
        g_test_fail_printf ("no sample: %s", lines[i]);
      g_assert_cmpuint (strlen (metric), ==, name);
      g_assert_cmpint (strncmp (lines[i], metric, name), ==, 0);
      g_assert_true (
          g_hash_table_add (series, g_strndup (lines[i], (gsize) (strrchr (lines[i], ' ') - lines[i]))));
    }
  g_assert_nonnull (
      strstr (text, "postweg_account_works{address=\"bert@firm.example\",side=\"receive\"} 1\n"));
  g_assert_nonnull (strstr (text, "postweg_account_works{address=\"bert@firm.example\",side=\"send\"} 0\n"));
  g_assert_nonnull (
      strstr (text, "postweg_account_works{address=\"anna@firm.example\",line=\"10\",side=\"send\"} 1\n"));
  g_assert_null (strstr (text, "{address=\"fred@firm.example\",side"));
  g_assert_nonnull (strstr (text, "postweg_check_seconds{address=\"bert@firm.example\"} 1.007\n"));
  g_assert_nonnull (strstr (text, "postweg_accounts_total{verdict=\"nothing-works\"} 2\n"));
  g_assert_nonnull (strstr (text, "postweg_accounts_by_cause{cause=\"wrong-credentials\"} 3\n"));
  g_assert_nonnull (strstr (text, "postweg_accounts_by_cause{cause=\"bad-line\"} 1\n"));
  g_assert_nonnull (strstr (text, "postweg_batch_complete 1\n"));
  postweg_batch_summary_clear (&summary);
}

/* the summary */

static void
test_summary (void)
{
  PostwegBatchSummary summary;
  g_autofree char *json = write_as ("json", FALSE, &summary);
  g_autofree char *text = postweg_batch_summary_text (&summary);
  g_autoptr (GPtrArray) causes = postweg_batch_summary_causes (&summary);
  const PostwegBatchCause *first = g_ptr_array_index (causes, 0);

  g_assert_cmpuint (summary.n, ==, G_N_ELEMENTS (accounts));
  g_assert_cmpuint (postweg_batch_summary_open (&summary), ==, 0);
  g_assert_cmpuint (causes->len, ==, 4);
  g_assert_cmpstr (first->cause, ==, "wrong-credentials");
  g_assert_cmpuint (first->n, ==, 3);
  g_assert_cmpstr (first->example, ==, "carl@firm.example");
  g_assert_nonnull (strstr (text, "      2  Works\n"));
  g_assert_nonnull (strstr (text, "      2  Neither works\n"));
  g_assert_nonnull (strstr (text, "      3  wrong-credentials: Neither works.\n"));
  g_assert_nonnull (strstr (text, "for example carl@firm.example"));
  g_assert_null (strstr (text, "Stopped"));
  g_assert_null (strstr (text, "earlier"));
  postweg_batch_summary_clear (&summary);
}

static void
test_summary_stopped (void)
{
  static const struct {
    guint total;
    const char *says;
  } table[] = { { 0, "Stopped before the end of the list." },
                { 17, "Stopped with 1 account left." },
                { 20, "Stopped with 4 accounts left." } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      PostwegBatchSummary summary;
      g_autofree char *json = write_as ("json", TRUE, &summary);
      g_autofree char *text = NULL;

      summary.total = table[i].total;
      summary.earlier[POSTWEG_VERDICT_WORKS] = 6;
      summary.earlier[POSTWEG_VERDICT_SEND_ONLY] = 1;
      summary.skipped = 7;
      text = postweg_batch_summary_text (&summary);
      g_assert_nonnull (strstr (text, table[i].says));
      g_assert_nonnull (strstr (text, "      8  Works\n"));
      g_assert_nonnull (strstr (text, "      2  Only sending works\n"));
      g_assert_nonnull (strstr (text, "7 of them were tested in an earlier run."));
      g_assert_nonnull (strstr (text, "--resume=OUTPUT"));
      postweg_batch_summary_clear (&summary);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/batch/report/names", test_names);
  g_test_add_func ("/batch/report/json", test_json);
  g_test_add_func ("/batch/report/csv", test_csv);
  g_test_add_func ("/batch/report/html", test_html);
  g_test_add_func ("/batch/report/prometheus", test_prometheus);
  g_test_add_func ("/batch/report/summary", test_summary);
  g_test_add_func ("/batch/report/stopped", test_summary_stopped);
  return g_test_run ();
}
