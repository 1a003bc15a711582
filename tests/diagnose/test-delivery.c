/* What one mail to oneself says about an account whose both sides work. */
#include "evidence-build.h"

typedef struct {
  const char *name;
  PostwegProtocol protocol;
  PostwegDeliveryOutcome outcome;
  guint waited_ms, sent;
  const char *spf, *dkim, *dmarc;
  const char *bounce; /* the report's words */
  guint arrival_ms;   /* of the step; 0: 500 */
  /* expected */
  const char *cause; /* NULL: no finding */
  const char *side, *confidence;
  const char *headline, *evidence; /* parts, or NULL */
} Row;

#define ARRIVED POSTWEG_DELIVERY_ARRIVED
#define LOST POSTWEG_DELIVERY_LOST
#define BOUNCED POSTWEG_DELIVERY_BOUNCED
#define NO_CHECKS NULL, NULL, NULL

/* clang-format off */
static const Row rows[] = {
  { "healthy", POSTWEG_IMAP, ARRIVED, 500, 0, NO_CHECKS, NULL, 0, NULL },
  { "healthy/filed-by-server", POSTWEG_IMAP, ARRIVED, 500, 1, "pass", "pass", "pass", NULL, 0, NULL },
  { "healthy/slow-on-its-way", POSTWEG_IMAP, ARRIVED, 40000, 0, NO_CHECKS, NULL, 40000, NULL },
  { "healthy/no-signature", POSTWEG_IMAP, ARRIVED, 500, 0, "pass", "none", "none", NULL, 0, NULL },
  { "healthy/forwarder-broke-spf", POSTWEG_IMAP, ARRIVED, 500, 0, "fail", "pass", "pass", NULL, 0, NULL },
  { "healthy/spf-failed-dkim-passed", POSTWEG_IMAP, ARRIVED, 500, 0, "softfail", "pass", NULL, NULL, 0, NULL },
  { "healthy/dkim-failed-spf-passed", POSTWEG_IMAP, ARRIVED, 500, 0, "pass", "fail", NULL, NULL, 0, NULL },
  { "healthy/temporary-error", POSTWEG_IMAP, ARRIVED, 500, 0, "temperror", "temperror", "temperror", NULL, 0, NULL },
  { "stopped", POSTWEG_IMAP, POSTWEG_DELIVERY_UNDECIDED, 500, 0, NO_CHECKS, NULL, 0, NULL },
  { "not-sent", POSTWEG_IMAP, POSTWEG_DELIVERY_NOT_SENT, 0, 0, NO_CHECKS, NULL, 0, NULL },
  { "lost", POSTWEG_IMAP, LOST, 60000, 0, NO_CHECKS, NULL, 60000, "test-mail-lost", "both", "likely", "The test mail did not arrive", "queued as 4711" },
  { "lost/after-a-short-time", POSTWEG_IMAP, LOST, 10000, 0, NO_CHECKS, NULL, 10000, "test-mail-lost", "both", "possible", NULL, "10 seconds" },
  { "lost/pop3-sees-no-junk", POSTWEG_POP3, LOST, 60000, 0, NO_CHECKS, NULL, 60000, "test-mail-lost", "both", "possible", NULL, "POP shows the inbox only" },
  { "lost/but-filed", POSTWEG_IMAP, LOST, 60000, 1, NO_CHECKS, NULL, 60000, "test-mail-lost", "both", "likely", NULL, "folder for sent mail has a copy" },
  { "filed-twice", POSTWEG_IMAP, ARRIVED, 500, 2, NO_CHECKS, NULL, 0, "sent-twice", "send", "likely", "Sending works.", "2 copies of the mail into “Sent”" },
  { "dmarc-failed", POSTWEG_IMAP, ARRIVED, 500, 0, "fail", "fail", "fail", NULL, 0, "sender-auth-failed", "send", "likely", "Sending works.", "SPF fail, DKIM fail, DMARC fail" },
  { "spf-failed", POSTWEG_IMAP, ARRIVED, 500, 0, "softfail", NULL, NULL, NULL, 0, "sender-auth-failed", "send", "likely", NULL, "SPF softfail, DKIM not mentioned" },
  { "dkim-failed", POSTWEG_IMAP, ARRIVED, 500, 0, NULL, "fail", "none", NULL, 0, "sender-auth-failed", "send", "likely", NULL, NULL },
  { "bounced/unknown", POSTWEG_IMAP, BOUNCED, 500, 0, NO_CHECKS, "550 5.1.1 user unknown", 0, "recipient-unknown", "send", NULL, "You can receive. You cannot send, because", "arrival: 550 5.1.1 user unknown" },
  { "bounced/full", POSTWEG_IMAP, BOUNCED, 500, 0, NO_CHECKS, "552 5.2.2 mailbox full", 0, "recipient-mailbox-full", "send", NULL, NULL, NULL },
  { "bounced/not-proven", POSTWEG_IMAP, BOUNCED, 500, 0, NO_CHECKS, "550 5.7.26 unauthenticated mail", 0, "sender-auth-failed", "send", NULL, NULL, NULL },
  { "bounced/too-big", POSTWEG_IMAP, BOUNCED, 500, 0, NO_CHECKS, "552 5.3.4 message too big", 0, "message-too-large", "send", NULL, NULL, NULL },
};
/* clang-format on */

static PostwegStep *
arrival_step (const Row *row)
{
  gboolean arrived = row->outcome == ARRIVED;
  PostwegStep *step =
      postweg_step_new (POSTWEG_STAGE_ARRIVAL, arrived ? POSTWEG_STEP_OK : POSTWEG_STEP_SKIPPED,
                        arrived || row->outcome == BOUNCED ? POSTWEG_OK : POSTWEG_ERROR_OUT_OF_TIME);

  step->ms = row->arrival_ms > 0 ? row->arrival_ms : 500;
  return step;
}

static void
add_steps (const Row *row, Stage *stage, PostwegDelivery *delivery)
{
  PostwegStep *failed;

  g_ptr_array_add (stage->incoming->steps, arrival_step (row));
  if (row->outcome == POSTWEG_DELIVERY_NOT_SENT)
    return;
  g_ptr_array_add (stage->outgoing->steps,
                   postweg_step_new (POSTWEG_STAGE_DATA, POSTWEG_STEP_OK, POSTWEG_OK));
  delivery->accepted = g_strdup ("250 2.0.0 queued as 4711");
  if (row->bounce == NULL)
    return;
  failed = postweg_step_new (POSTWEG_STAGE_ARRIVAL, POSTWEG_STEP_FAILED, POSTWEG_ERROR_REJECTED);
  failed->reply = postweg_pasted_reply (POSTWEG_SMTP, row->bounce);
  delivery->bounce = postweg_reply_copy (failed->reply);
  g_ptr_array_add (stage->outgoing->steps, failed);
}

static PostwegDelivery *
delivery_of (const Row *row)
{
  PostwegDelivery *delivery = postweg_delivery_new ("anna@example.org");

  delivery->outcome = row->outcome;
  delivery->waited_ms = row->waited_ms;
  delivery->sent_known = TRUE;
  if (row->sent > 0)
    postweg_delivery_place (delivery, POSTWEG_FOLDER_SENT, "Sent")->copies = row->sent;
  if (row->spf != NULL || row->dkim != NULL || row->dmarc != NULL)
    delivery->checks = (PostwegSenderChecks){ g_strdup ("mx.example.org"), g_strdup (row->spf),
                                              g_strdup (row->dkim), g_strdup (row->dmarc) };
  return delivery;
}

static void
check_finding (const Row *row, const PostwegFinding *finding)
{
  g_autofree char *lines = NULL;

  g_ptr_array_add (finding->evidence, NULL);
  lines = g_strjoinv ("\n", (char **) finding->evidence->pdata);
  g_ptr_array_remove_index (finding->evidence, finding->evidence->len - 1);
  g_test_message ("%s\n%s", finding->headline, lines);
  g_assert_cmpstr (finding->cause, ==, row->cause);
  g_assert_cmpstr (postweg_side_name (finding->side), ==, row->side);
  if (row->confidence != NULL)
    g_assert_cmpstr (postweg_confidence_name (finding->confidence), ==, row->confidence);
  if (row->headline != NULL)
    g_assert_true (g_str_has_prefix (finding->headline, row->headline));
  if (row->evidence != NULL)
    g_assert_nonnull (strstr (lines, row->evidence));
  g_assert_cmpuint (finding->evidence->len, >, 0);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  Scene scene = { .in = { .protocol = row->protocol } };
  g_autoptr (PostwegDelivery) delivery = delivery_of (row);
  g_autoptr (GPtrArray) findings = NULL, wishes = NULL;
  Stage stage;

  stage_set (&stage, &scene);
  add_steps (row, &stage, delivery);
  stage.the_case.delivery = delivery;
  findings = postweg_diagnose (&stage.the_case, &wishes);
  if (row->cause == NULL)
    g_assert_cmpuint (findings->len, ==, 0);
  else
    {
      g_assert_cmpuint (findings->len, >=, 1);
      check_finding (row, g_ptr_array_index (findings, 0));
    }
  stage_clear (&stage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/diagnose/delivery/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
