/* Measures the explanation of replies against a table of real ones, where such a table is at hand (POSTWEG_REPLIES). */
#include "diagnose/explain.h"
#include "diagnose/pasted.h"

/* Columns of the table. */
enum { ID, PROTOCOL, STAGE, PROVIDER, REPLY, CAUSE, WHO, FIX, SOURCE, AMBIGUITY, N_COLUMNS };

/* The table's names for stages, which are finer than ours. */
static const struct {
  const char *name;
  PostwegStage stage;
} stages[] = {
  { "resolve", POSTWEG_STAGE_DNS },
  { "connect", POSTWEG_STAGE_CONNECT },
  { "handshake", POSTWEG_STAGE_TLS },
  { "greeting", POSTWEG_STAGE_GREETING },
  { "capability", POSTWEG_STAGE_CAPABILITY },
  { "ehlo", POSTWEG_STAGE_CAPABILITY },
  { "command", POSTWEG_STAGE_CAPABILITY },
  { "starttls", POSTWEG_STAGE_STARTTLS },
  { "auth", POSTWEG_STAGE_AUTH },
  { "token", POSTWEG_STAGE_AUTH },
  { "select", POSTWEG_STAGE_MAILBOX },
  { "fetch", POSTWEG_STAGE_MAILBOX },
  { "append", POSTWEG_STAGE_MAILBOX },
  { "mail-from", POSTWEG_STAGE_SENDER },
  { "rcpt-to", POSTWEG_STAGE_RECIPIENT },
  { "data", POSTWEG_STAGE_DATA },
};

/* A diagnosis knows which server it talked to; the table has the provider's name instead. */
static const struct {
  const char *provider, *host;
} hosts[] = {
  { "Gmail", "imap.gmail.com" },
  { "Microsoft 365", "outlook.office365.com" },
  { "Outlook.com", "outlook.office365.com" },
  { "Yahoo", "imap.mail.yahoo.com" },
  { "GMX", "imap.gmx.net" },
  { "WEB.DE", "imap.web.de" },
  { "QQ", "imap.qq.com" },
  { "163.com", "imap.163.com" },
  { "SendGrid", "smtp.sendgrid.net" },
  { "Mailgun", "smtp.mailgun.org" },
};

typedef struct {
  guint rows, first, among_three;
} Score;

static char *
find_table (void)
{
  const char *given = g_getenv ("POSTWEG_REPLIES"), *source = g_getenv ("G_TEST_SRCDIR");
  char *path;

  if (given != NULL)
    return g_strdup (given);
  path = g_build_filename (source != NULL ? source : ".", "..", "..", "..", "shared", "replies.tsv", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_clear_pointer (&path, g_free);
  return path;
}

static PostwegProtocol
protocol_of (const char *name)
{
  PostwegProtocol protocol = POSTWEG_IMAP;

  postweg_protocol_from_name (name, &protocol);
  return protocol;
}

static guint
stage_bit (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (strcmp (stages[i].name, name) == 0)
      return POSTWEG_STAGE_BIT (stages[i].stage);
  return 0;
}

static const char *
host_of (const char *provider)
{
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    if (g_str_has_prefix (provider, hosts[i].provider))
      return hosts[i].host;
  return NULL;
}

/* What is told besides the words. */
typedef enum { TOLD_ALL, TOLD_STAGE, TOLD_PROTOCOL } Told;

static void
judge (Score *score, char **columns, Told told)
{
  g_autoptr (GString) words = g_string_new (columns[REPLY]);
  g_autoptr (PostwegReply) reply = NULL;
  PostwegReplyContext context = { .stages = told <= TOLD_STAGE ? stage_bit (columns[STAGE]) : 0 };
  PostwegCause truth = postweg_cause_from_slug (columns[CAUSE]), ordered[3];
  PostwegSuspects suspects;
  guint n;

  g_assert_cmpint (truth, !=, POSTWEG_NO_CAUSE);
  g_string_replace (words, "\\n", "\n", 0);
  reply = postweg_pasted_reply (protocol_of (columns[PROTOCOL]), words->str);
  context.reply = reply;
  context.host = told == TOLD_ALL ? host_of (columns[PROVIDER]) : NULL;
  suspects = postweg_explain_reply (&context);
  n = postweg_suspects_order (&suspects, ordered, 3);

  score->rows++;
  score->first += n > 0 && ordered[0] == truth ? 1 : 0;
  for (guint i = 0; i < n; i++)
    score->among_three += ordered[i] == truth ? 1 : 0;
  if (g_test_verbose () && (n == 0 || ordered[0] != truth))
    g_test_message ("%s %s: %s, not %s | %s", columns[ID], columns[AMBIGUITY], columns[CAUSE],
                    n > 0 ? postweg_cause_slug (ordered[0]) : "nothing", columns[REPLY]);
}

static void
measure (gconstpointer data)
{
  Told told = GPOINTER_TO_INT (data);
  guint least = told == TOLD_PROTOCOL ? 75 : 85; /* % of the clear replies */
  g_autofree char *path = find_table (), *table = NULL;
  g_auto (GStrv) lines = NULL;
  Score clear = { 0 }, ambiguous = { 0 };

  if (path == NULL || !g_file_get_contents (path, &table, NULL, NULL))
    {
      g_test_skip ("no table of replies here (POSTWEG_REPLIES)");
      return;
    }
  lines = g_strsplit (table, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (g_strv_length (columns), >=, N_COLUMNS);
      judge (strcmp (columns[AMBIGUITY], "clear") == 0 ? &clear : &ambiguous, columns, told);
    }
  g_test_message (
      "clear: %u of %u first (%u %%) · ambiguous: %u of %u among the first three (%u %%), %u first",
      clear.first, clear.rows, clear.first * 100 / clear.rows, ambiguous.among_three, ambiguous.rows,
      ambiguous.among_three * 100 / ambiguous.rows, ambiguous.first);
  g_assert_cmpuint (clear.first * 100, >=, clear.rows * least);
  g_assert_cmpuint (ambiguous.among_three * 100, >=, ambiguous.rows * 80);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/diagnose/corpus/server-known", GINT_TO_POINTER (TOLD_ALL), measure);
  g_test_add_data_func ("/diagnose/corpus/stage-known", GINT_TO_POINTER (TOLD_STAGE), measure);
  g_test_add_data_func ("/diagnose/corpus/words-only", GINT_TO_POINTER (TOLD_PROTOCOL), measure);
  return g_test_run ();
}
