/* Questions asked of evidence, and the words of replies. */
#include "model/observation.h"
#include <string.h>

/* "stage:verdict[:error] …", as a row of a table is easiest to read. */
static PostwegEvidence *
evidence_of (PostwegProtocol protocol, const char *steps)
{
  g_autoptr (PostwegServer) server = postweg_server_new (protocol, "h.example", 0, POSTWEG_TLS, "a");
  PostwegEvidence *evidence = postweg_evidence_new (server);
  g_auto (GStrv) words = g_strsplit (steps, " ", -1);

  for (char **word = words; *word != NULL && **word != '\0'; word++)
    {
      g_auto (GStrv) parts = g_strsplit (*word, ":", 3);
      PostwegStage stage = POSTWEG_STAGE_DNS;
      PostwegStepVerdict verdict = POSTWEG_STEP_OK;
      PostwegError error = POSTWEG_OK;

      while (strcmp (postweg_stage_name (stage), parts[0]) != 0)
        stage++;
      while (strcmp (postweg_step_verdict_name (verdict), parts[1]) != 0)
        verdict++;
      while (parts[2] != NULL && strcmp (postweg_error_name (error), parts[2]) != 0)
        error++;
      g_ptr_array_add (evidence->steps, postweg_step_new (stage, verdict, error));
    }
  return evidence;
}

typedef struct {
  const char *name;
  PostwegProtocol protocol;
  const char *steps;
  const char *failure; /* stage of the first failed step, NULL: none */
  gboolean works;
} Row;

/* clang-format off */
static const Row rows[] = {
  { "nothing", POSTWEG_IMAP, "", NULL, FALSE },
  { "imap/whole-road", POSTWEG_IMAP, "dns:ok connect:ok tls:ok greeting:ok capability:ok auth:ok mailbox:ok", NULL, TRUE },
  { "imap/note", POSTWEG_IMAP, "dns:ok auth:ok mailbox:note", NULL, TRUE },
  { "imap/without-mailbox", POSTWEG_IMAP, "dns:ok connect:ok auth:ok", NULL, FALSE },
  { "imap/no-password", POSTWEG_IMAP, "dns:ok auth:skipped:no-secret mailbox:skipped:no-secret", NULL, FALSE },
  { "imap/unprotected", POSTWEG_IMAP, "dns:ok auth:skipped:unprotected mailbox:skipped:unprotected", NULL, FALSE },
  { "imap/stopped", POSTWEG_IMAP, "dns:ok auth:ok mailbox:skipped:out-of-time", NULL, FALSE },
  { "imap/preauth", POSTWEG_IMAP, "dns:ok auth:skipped mailbox:ok", NULL, TRUE },
  { "imap/fails", POSTWEG_IMAP, "dns:ok connect:failed:refused greeting:skipped mailbox:skipped", "connect", FALSE },
  { "imap/first-failure-counts", POSTWEG_IMAP, "dns:ok starttls:failed:starttls-refused auth:failed:rejected", "starttls", FALSE },
  { "pop3/whole-road", POSTWEG_POP3, "dns:ok auth:ok mailbox:ok", NULL, TRUE },
  { "smtp/whole-road", POSTWEG_SMTP, "dns:ok auth:ok sender:ok recipient:ok", NULL, TRUE },
  { "smtp/no-sender-known", POSTWEG_SMTP, "dns:ok auth:ok sender:skipped recipient:skipped", NULL, TRUE },
  { "smtp/sender-refused", POSTWEG_SMTP, "dns:ok auth:ok sender:failed:rejected recipient:skipped", "sender", FALSE },
  { "smtp/only-a-mailbox", POSTWEG_SMTP, "dns:ok mailbox:ok", NULL, FALSE },
};
/* clang-format on */

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegEvidence) evidence = evidence_of (row->protocol, row->steps);
  const PostwegStep *failure = postweg_evidence_failure (evidence);

  g_assert_cmpstr (failure != NULL ? postweg_stage_name (failure->stage) : NULL, ==, row->failure);
  g_assert_cmpint (postweg_evidence_works (evidence), ==, row->works);
}

/* With STARTTLS a stage is gone through twice: the second time counts. */
static void
test_last_step_counts (void)
{
  g_autoptr (PostwegEvidence) evidence =
      evidence_of (POSTWEG_SMTP, "capability:ok starttls:ok tls:ok capability:failed:hung-up auth:skipped");

  g_assert_cmpint (postweg_evidence_step (evidence, POSTWEG_STAGE_CAPABILITY)->error, ==,
                   POSTWEG_ERROR_HUNG_UP);
  g_assert_false (postweg_evidence_passed (evidence, POSTWEG_STAGE_CAPABILITY));
  g_assert_true (postweg_evidence_passed (evidence, POSTWEG_STAGE_TLS));
  g_assert_false (postweg_evidence_passed (evidence, POSTWEG_STAGE_AUTH));
  g_assert_null (postweg_evidence_step (evidence, POSTWEG_STAGE_DNS));
}

static void
test_capabilities (void)
{
  static const char *const list[] = { "IMAP4REV1",         "SIZE 1000", "AUTH=PLAIN",
                                      "QUOTA=RES-STORAGE", "Stls",      NULL };
  static const struct {
    const char *keyword;
    gboolean listed;
  } table[] = {
    { "IMAP4REV1", TRUE }, { "imap4rev1", TRUE }, { "IMAP4", FALSE },     { "SIZE", TRUE },
    { "SIZ", FALSE },      { "AUTH", TRUE },      { "AUTH=PLAIN", TRUE }, { "AUTH=PLAI", FALSE },
    { "QUOTA", TRUE },     { "STLS", TRUE },      { "STARTTLS", FALSE },  { "PLAIN", FALSE },
    { "1000", FALSE },     { "SIZE 1000", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].keyword);
      g_assert_cmpint (postweg_capability_listed ((char **) list, table[i].keyword), ==, table[i].listed);
      g_assert_false (postweg_capability_listed (NULL, table[i].keyword));
    }
}

static void
test_reply_words (void)
{
  static const struct {
    PostwegReply reply;
    const char *words;
  } table[] = {
    { { .status = (char *) "NO", .text = (char *) "sorry" }, "NO sorry" },
    { { .status = (char *) "NO", .response_code = (char *) "ALERT", .text = (char *) "see page" },
      "NO [ALERT] see page" },
    { { .status = (char *) "535", .enhanced = { 5, 7, 8 }, .text = (char *) "no" }, "535 5.7.8 no" },
    { { .status = (char *) "534", .enhanced = { 5, 7, 9 }, .text = (char *) "one\ntwo" },
      "534 5.7.9 one two" },
    { { .status = (char *) "+OK", .text = (char *) "" }, "+OK" },
    { { .status = (char *) "-ERR", .response_code = (char *) "IN-USE" }, "-ERR [IN-USE]" },
    { { .status = (char *) "250", .enhanced = { 2, 0, 0 } }, "250 2.0.0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegReply) copy = postweg_reply_copy (&table[i].reply);
      g_autofree char *words = postweg_reply_words (copy);

      g_assert_cmpstr (words, ==, table[i].words);
    }
  g_assert_null (postweg_reply_copy (NULL));
}

/* A copy shares nothing with what it was copied from. */
static void
test_step_copy (void)
{
  PostwegStep *step = postweg_step_new (POSTWEG_STAGE_AUTH, POSTWEG_STEP_FAILED, POSTWEG_ERROR_REJECTED);
  g_autoptr (PostwegStep) copy = NULL;

  step->ms = 12;
  step->address = g_strdup ("192.0.2.1");
  step->reply = g_new0 (PostwegReply, 1);
  step->reply->status = g_strdup ("NO");
  copy = postweg_step_copy (step);
  postweg_step_free (step);
  g_assert_cmpint (copy->error, ==, POSTWEG_ERROR_REJECTED);
  g_assert_cmpuint (copy->ms, ==, 12);
  g_assert_cmpstr (copy->address, ==, "192.0.2.1");
  g_assert_cmpstr (copy->reply->status, ==, "NO");
  g_assert_cmpstr (copy->detail, ==, "");
}

/* Wishes are the same when look, side and place are: nobody looks twice. */
static void
test_wishes (void)
{
  g_autoptr (PostwegServer) server =
      postweg_server_new (POSTWEG_SMTP, "h.example", 587, POSTWEG_STARTTLS, "a");
  g_autoptr (PostwegServer) other = postweg_server_new (POSTWEG_SMTP, "h.example", 465, POSTWEG_TLS, "a");
  g_autoptr (PostwegWish) wish = postweg_wish_new (POSTWEG_LOOK_PLAIN, POSTWEG_SEND, server);
  g_autoptr (PostwegWish) same = postweg_wish_new (POSTWEG_LOOK_PLAIN, POSTWEG_SEND, server);
  g_autoptr (PostwegWish) look = postweg_wish_new (POSTWEG_LOOK_TLS, POSTWEG_SEND, server);
  g_autoptr (PostwegWish) side = postweg_wish_new (POSTWEG_LOOK_PLAIN, POSTWEG_RECEIVE, server);
  g_autoptr (PostwegWish) place = postweg_wish_new (POSTWEG_LOOK_PLAIN, POSTWEG_SEND, other);

  g_assert_true (postweg_wish_equal (wish, same));
  g_assert_false (postweg_wish_equal (wish, look));
  g_assert_false (postweg_wish_equal (wish, side));
  g_assert_false (postweg_wish_equal (wish, place));
}

/* Nothing to free is nothing to fear. */
static void
test_free_null (void)
{
  postweg_evidence_free (NULL);
  postweg_step_free (NULL);
  postweg_attempt_free (NULL);
  postweg_dialogue_line_free (NULL);
  postweg_reply_free (NULL);
  postweg_wish_free (NULL);
  postweg_observation_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/model/evidence/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/model/evidence/last-step-counts", test_last_step_counts);
  g_test_add_func ("/model/evidence/capabilities", test_capabilities);
  g_test_add_func ("/model/evidence/reply-words", test_reply_words);
  g_test_add_func ("/model/evidence/step-copy", test_step_copy);
  g_test_add_func ("/model/evidence/wishes", test_wishes);
  g_test_add_func ("/model/evidence/free-null", test_free_null);
  return g_test_run ();
}
