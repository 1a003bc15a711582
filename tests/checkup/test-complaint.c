/* What people say first steers what is looked at and what is told first; it never hides what is worse or surer. */
#include "checkup/complaint.h"
#include "diagnose/causes.h"
#include <string.h>

#define NONE POSTWEG_NO_CAUSE
#define C(name) POSTWEG_CAUSE_##name
#define COMPLAINT(name) POSTWEG_COMPLAINT_##name

typedef enum { LEFT_OUT, WORKS, FAILS, NOT_TESTED } Went;

static PostwegEvidence *
evidence_of (PostwegProtocol protocol, Went went)
{
  static const PostwegStepVerdict verdicts[] = {
    [WORKS] = POSTWEG_STEP_OK, [FAILS] = POSTWEG_STEP_FAILED, [NOT_TESTED] = POSTWEG_STEP_SKIPPED
  };
  g_autoptr (PostwegServer) server =
      postweg_server_new (protocol, "mail.example.org", 0, POSTWEG_TLS, "anna");
  PostwegEvidence *evidence = went != LEFT_OUT ? postweg_evidence_new (server) : NULL;

  for (PostwegStage stage = POSTWEG_STAGE_DNS; evidence != NULL && stage <= POSTWEG_STAGE_RECIPIENT; stage++)
    {
      gboolean bad = stage == POSTWEG_STAGE_AUTH;

      g_ptr_array_add (evidence->steps,
                       postweg_step_new (stage, bad ? verdicts[went] : POSTWEG_STEP_OK,
                                         bad && went == NOT_TESTED ? POSTWEG_ERROR_NO_SECRET : POSTWEG_OK));
    }
  return evidence;
}

typedef struct {
  PostwegCause cause;
  PostwegSide side;
  PostwegConfidence confidence;
} Found;

static PostwegTestResult *
result_of (Went incoming, Went outgoing, const Found *found)
{
  g_autoptr (PostwegServer) in =
      postweg_server_new (POSTWEG_IMAP, "mail.example.org", 0, POSTWEG_TLS, "anna");
  g_autoptr (PostwegServer) out =
      postweg_server_new (POSTWEG_SMTP, "mail.example.org", 0, POSTWEG_TLS, "anna");
  g_autoptr (PostwegAccount) account = postweg_account_new ("Anna", "anna@example.org", in, out);
  PostwegTestResult *result = postweg_test_result_new (account);

  result->incoming = evidence_of (POSTWEG_IMAP, incoming);
  result->outgoing = evidence_of (POSTWEG_SMTP, outgoing);
  result->verdict = postweg_verdict_of (result->incoming, result->outgoing);
  for (; found->cause != NONE; found++)
    {
      PostwegFinding *finding = postweg_finding_new (postweg_cause_slug (found->cause));

      finding->side = found->side;
      finding->confidence = found->confidence;
      g_ptr_array_add (result->findings, finding);
    }
  return result;
}

#define IN POSTWEG_RECEIVE
#define OUT POSTWEG_SEND

static const struct {
  const char *name;
  PostwegComplaint complaint;
  Went incoming, outgoing;
  Found found[4];
  PostwegCause first; /* afterwards */
  const char *says;   /* a part of what is said; NULL: nothing */
} rows[] = {
  { "no-complaint/changes-nothing",
    POSTWEG_NO_COMPLAINT,
    FAILS,
    FAILS,
    { { C (CERT_EXPIRED), IN }, { C (PORT_BLOCKED), OUT } },
    C (CERT_EXPIRED),
    NULL },
  { "not-sent/comes-first",
    COMPLAINT (NOT_SENT),
    FAILS,
    FAILS,
    { { C (CERT_EXPIRED), IN }, { C (PORT_BLOCKED), OUT, POSTWEG_LIKELY } },
    C (PORT_BLOCKED),
    NULL },
  { "not-sent/both-at-once",
    COMPLAINT (NOT_SENT),
    FAILS,
    FAILS,
    { { C (WRONG_CREDENTIALS), POSTWEG_BOTH } },
    C (WRONG_CREDENTIALS),
    NULL },
  { "not-sent/note-is-no-failure",
    COMPLAINT (NOT_SENT),
    FAILS,
    WORKS,
    { { C (CERT_EXPIRED), IN }, { C (SENT_NOT_FILED), OUT } },
    C (CERT_EXPIRED),
    NULL },
  { "not-sent/only-receiving-fails",
    COMPLAINT (NOT_SENT),
    FAILS,
    WORKS,
    { { C (CERT_EXPIRED), IN } },
    C (CERT_EXPIRED),
    "Sending works from here" },
  { "not-sent/works", COMPLAINT (NOT_SENT), WORKS, WORKS, { { NONE } }, NONE, "Sending works from here" },
  { "not-sent/without-password",
    COMPLAINT (NOT_SENT),
    NOT_TESTED,
    NOT_TESTED,
    { { NONE } },
    NONE,
    "Test again with the password" },
  { "not-sent/program-only-fetches",
    COMPLAINT (NOT_SENT),
    WORKS,
    LEFT_OUT,
    { { NONE } },
    NONE,
    "The other way only was tested" },
  { "not-sent/no-server",
    COMPLAINT (NOT_SENT),
    WORKS,
    LEFT_OUT,
    { { C (OUTGOING_MISSING), OUT } },
    C (OUTGOING_MISSING),
    NULL },
  { "not-received/comes-first",
    COMPLAINT (NOT_RECEIVED),
    FAILS,
    FAILS,
    { { C (PORT_BLOCKED), OUT }, { C (MAILBOX_IN_USE), IN } },
    C (MAILBOX_IN_USE),
    NULL },
  { "not-received/works",
    COMPLAINT (NOT_RECEIVED),
    WORKS,
    FAILS,
    { { C (PORT_BLOCKED), OUT } },
    C (PORT_BLOCKED),
    "Receiving works from here" },
  { "refused/surer-stays",
    COMPLAINT (REFUSED),
    FAILS,
    FAILS,
    { { C (CERT_EXPIRED), IN, POSTWEG_PROVEN }, { C (WRONG_CREDENTIALS), OUT, POSTWEG_LIKELY } },
    C (CERT_EXPIRED),
    NULL },
  { "refused/as-sure",
    COMPLAINT (REFUSED),
    FAILS,
    FAILS,
    { { C (PORT_BLOCKED), IN, POSTWEG_LIKELY }, { C (ACCOUNT_LOCKED), OUT, POSTWEG_LIKELY } },
    C (ACCOUNT_LOCKED),
    NULL },
  { "refused/works", COMPLAINT (REFUSED), WORKS, WORKS, { { NONE } }, NONE, "This password was taken" },
  { "refused/another-reason",
    COMPLAINT (REFUSED),
    FAILS,
    FAILS,
    { { C (PORT_BLOCKED), POSTWEG_BOTH } },
    C (PORT_BLOCKED),
    "something else is in the way" },
  { "yesterday/what-changes-by-itself",
    COMPLAINT (YESTERDAY),
    FAILS,
    FAILS,
    { { C (TLS_ON_PLAIN_PORT), IN }, { C (CERT_EXPIRED), OUT } },
    C (CERT_EXPIRED),
    NULL },
  { "yesterday/works", COMPLAINT (YESTERDAY), WORKS, WORKS, { { NONE } }, NONE, "It works again" },
  { "phone/network",
    COMPLAINT (PHONE),
    FAILS,
    FAILS,
    { { C (SERVER_SLOW), IN }, { C (PORT_BLOCKED), OUT } },
    C (PORT_BLOCKED),
    NULL },
  { "phone/works", COMPLAINT (PHONE), WORKS, WORKS, { { NONE } }, NONE, "It works on this computer too" },
  { "vanished/note-before-note",
    COMPLAINT (VANISHED),
    WORKS,
    WORKS,
    { { C (SERVER_SLOW), IN }, { C (POP_DELETES_MAIL), IN } },
    C (POP_DELETES_MAIL),
    NULL },
  { "vanished/works",
    COMPLAINT (VANISHED),
    WORKS,
    WORKS,
    { { C (SERVER_SLOW), IN } },
    C (SERVER_SLOW),
    "Another device may fetch mail by POP" },
  { "sent-copies/note-before-note",
    COMPLAINT (SENT_COPIES),
    WORKS,
    WORKS,
    { { C (IPV6_BROKEN), POSTWEG_BOTH }, { C (SERVER_SLOW), IN }, { C (SENT_TWICE), OUT } },
    C (SENT_TWICE),
    NULL },
  { "sent-copies/works",
    COMPLAINT (SENT_COPIES),
    WORKS,
    WORKS,
    { { NONE } },
    NONE,
    "Send a mail to yourself" },
  { "certificate/behind-what-is-surer",
    COMPLAINT (CERTIFICATE),
    FAILS,
    FAILS,
    { { C (WRONG_CREDENTIALS), IN, POSTWEG_LIKELY }, { C (CERT_NAME_MISMATCH), OUT, POSTWEG_PROVEN } },
    C (CERT_NAME_MISMATCH),
    NULL },
  { "certificate/works",
    COMPLAINT (CERTIFICATE),
    WORKS,
    WORKS,
    { { NONE } },
    NONE,
    "certificates that this computer trusts" },
};

static void
test_answer (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PostwegTestResult) result = result_of (rows[i].incoming, rows[i].outgoing, rows[i].found);
  guint n = result->findings->len;
  const char *says = postweg_complaint_answer (rows[i].complaint, result);
  const PostwegFinding *first = n > 0 ? g_ptr_array_index (result->findings, 0) : NULL;

  g_assert_cmpuint (result->findings->len, ==, n);
  g_assert_cmpstr (first != NULL ? first->cause : NULL, ==, postweg_cause_slug (rows[i].first));
  if (rows[i].says == NULL)
    g_assert_null (says);
  else
    g_assert_nonnull (strstr (says, rows[i].says));
  /* the same again changes nothing */
  g_assert_true (postweg_complaint_answer (rows[i].complaint, result) == says);
  g_assert_true (n == 0 || g_ptr_array_index (result->findings, 0) == first);
  if (first == NULL)
    return;
  /* and none of the others was lost */
  for (const Found *found = rows[i].found; found->cause != NONE; found++)
    {
      guint there = 0;

      for (guint j = 0; j < n; j++)
        there += g_strcmp0 (((PostwegFinding *) g_ptr_array_index (result->findings, j))->cause,
                            postweg_cause_slug (found->cause)) == 0;
      g_assert_cmpuint (there, ==, 1);
    }
}

/* The sentences are what people look for: each has its own words, plan and answer, and asks for the ports where the way may be closed. */
static const struct {
  PostwegComplaint complaint;
  const char *label;
  gboolean ports;
} sentences[] = {
  { COMPLAINT (NOT_SENT), "I Can Receive but Not Send", TRUE },
  { COMPLAINT (NOT_RECEIVED), "I Can Send but Not Receive", TRUE },
  { COMPLAINT (REFUSED), "The Password Is Refused", FALSE },
  { COMPLAINT (YESTERDAY), "It Worked Yesterday", TRUE },
  { COMPLAINT (PHONE), "It Works on the Phone", TRUE },
  { COMPLAINT (VANISHED), "Mails Have Disappeared", FALSE },
  { COMPLAINT (SENT_COPIES), "Sent Mails Are Missing or Double", FALSE },
  { COMPLAINT (CERTIFICATE), "The Certificate Is Not Trusted", FALSE },
};

static void
test_sentences (void)
{
  g_autoptr (GHashTable) plans = g_hash_table_new (g_str_hash, g_str_equal);
  const Found nothing = { NONE };

  G_STATIC_ASSERT (G_N_ELEMENTS (sentences) + 1 == POSTWEG_N_COMPLAINTS);
  g_assert_cmpstr (postweg_complaint_label (POSTWEG_NO_COMPLAINT), ==, "");
  g_assert_cmpstr (postweg_complaint_plan (POSTWEG_NO_COMPLAINT), ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autoptr (PostwegTestResult) result = result_of (WORKS, WORKS, &nothing);
      g_autoptr (PostwegTestRequest) request = postweg_test_request_new (result->account, NULL);

      g_assert_cmpstr (postweg_complaint_label (sentences[i].complaint), ==, sentences[i].label);
      g_assert_true (g_hash_table_add (plans, (gpointer) postweg_complaint_plan (sentences[i].complaint)));
      g_assert_true (
          g_hash_table_add (plans, (gpointer) postweg_complaint_answer (sentences[i].complaint, result)));
      postweg_complaint_aim (sentences[i].complaint, request);
      g_assert_cmpint (request->ports, ==, sentences[i].ports);
      /* what was asked for anyway stays asked for */
      request->ports = TRUE;
      postweg_complaint_aim (sentences[i].complaint, request);
      g_assert_true (request->ports);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkup/complaint/sentences", test_sentences);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/checkup/complaint/%s", rows[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_answer);
    }
  return g_test_run ();
}
