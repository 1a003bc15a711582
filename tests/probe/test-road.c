/* The road itself: which steps are made in which order, what is told about them, how far it goes, and the second looks. */
#include "../slower.h"
#include "practice/certificates.h"
#include "practice/practice.h"
#include "probe/probe.h"
#include <glib/gstdio.h>
#include <string.h>

#define SECRET "nicht fuer jeden"

static char *folder, *certificate, *key;
static PostwegTrust *trust;

static PostwegPractice *
start (const char *script, const char *priority)
{
  PostwegPracticeOptions options = {
    .script = script, .certificate = certificate, .key = key, .tls_priority = priority
  };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

#define IMAP_SESSION                                                                                         \
  "LOOP\nON CAPABILITY\nS: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\nS: {tag} OK\nON AUTHENTICATE\nS: "     \
  "{tag} OK\nON EXAMINE\nS: {tag} OK\nON LIST\nS: {tag} OK\nON LOGOUT\nS: {tag} OK\nCLOSE\nEND\n"
#define IMAP_TLS "TLS\nS: * OK hi\n" IMAP_SESSION
#define IMAP_UP                                                                                              \
  "S: * OK hi\nLOOP\nON CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED X-BEFORE\nS: {tag} "    \
  "OK\n"                                                                                                     \
  "ON STARTTLS\nS: {tag} OK\nLEAVE\nEND\nTLS\n" IMAP_SESSION
#define POP3_SESSION                                                                                         \
  "LOOP\nON CAPA\nS: +OK\nS: SASL PLAIN\nS: .\nON AUTH\nS: +OK\nON STAT\nS: +OK 0 0\nON UIDL\nS: +OK\nS: "   \
  ".\nON QUIT\nCLOSE\nEND\n"
#define POP3_TLS "TLS\nS: +OK hi\n" POP3_SESSION
#define POP3_UP                                                                                              \
  "S: +OK hi\nLOOP\nON CAPA\nS: +OK\nS: STLS\nS: X-BEFORE\nS: .\nON STLS\nS: "                               \
  "+OK\nLEAVE\nEND\nTLS\n" POP3_SESSION
#define SMTP_SESSION                                                                                         \
  "LOOP\nON EHLO\nS: 250-hi\nS: 250 AUTH PLAIN\nON AUTH\nS: 235 ok\nON QUIT\nS: 221 bye\nCLOSE\nON\nS: 250 " \
  "ok\nEND\n"
#define SMTP_TLS "TLS\nS: 220 hi\n" SMTP_SESSION
#define SMTP_UP                                                                                              \
  "S: 220 hi\nLOOP\nON EHLO\nS: 250-hi\nS: 250-X-BEFORE\nS: 250 STARTTLS\nON STARTTLS\nS: 220 "              \
  "go\nLEAVE\nEND\nTLS\n" SMTP_SESSION

typedef struct {
  GString *told; /* "begun>done " for each step */
  PostwegStage begun;
} Watch;

static void
stage_begun (PostwegStage stage, gpointer data)
{
  ((Watch *) data)->begun = stage;
  g_string_append_printf (((Watch *) data)->told, "%s>", postweg_stage_name (stage));
}

static void
step_done (const PostwegStep *step, gpointer data)
{
  Watch *watch = data;

  /* what was skipped never began */
  if (step->verdict != POSTWEG_STEP_SKIPPED)
    g_assert_cmpint (step->stage, ==, watch->begun);
  g_string_append_printf (watch->told, "%s ", postweg_step_verdict_name (step->verdict));
}

typedef struct {
  const char *name;
  PostwegProtocol protocol;
  PostwegSecurity security;
  const char *script;
  PostwegStage until;
  const char *told;
  const char *last; /* what the server heard last, NULL: anything */
} Row;

#define ALL POSTWEG_STAGE_ARRIVAL
#define START "dns>ok connect>ok "

/* clang-format off */
static const Row rows[] = {
  { "imap/tls", POSTWEG_IMAP, POSTWEG_TLS, IMAP_TLS, ALL, START "tls>ok greeting>ok capability>ok auth>ok mailbox>ok ", "LOGOUT" },
  { "imap/starttls", POSTWEG_IMAP, POSTWEG_STARTTLS, IMAP_UP, ALL, START "greeting>ok capability>ok starttls>ok tls>ok capability>ok auth>ok mailbox>ok ", "LOGOUT" },
  { "imap/none", POSTWEG_IMAP, POSTWEG_PLAIN, "S: * OK hi\n" IMAP_SESSION, ALL, START "greeting>ok capability>ok auth>ok mailbox>ok ", "LOGOUT" },
  { "pop3/tls", POSTWEG_POP3, POSTWEG_TLS, POP3_TLS, ALL, START "tls>ok greeting>ok capability>ok auth>ok mailbox>ok ", "QUIT" },
  { "pop3/stls", POSTWEG_POP3, POSTWEG_STARTTLS, POP3_UP, ALL, START "greeting>ok capability>ok starttls>ok tls>ok capability>ok auth>ok mailbox>ok ", "QUIT" },
  { "smtp/tls", POSTWEG_SMTP, POSTWEG_TLS, SMTP_TLS, ALL, START "tls>ok greeting>ok capability>ok auth>ok sender>ok recipient>ok ", "QUIT" },
  { "smtp/starttls", POSTWEG_SMTP, POSTWEG_STARTTLS, SMTP_UP, ALL, START "greeting>ok capability>ok starttls>ok tls>ok capability>ok auth>ok sender>ok recipient>ok ", "QUIT" },
  { "until/dns", POSTWEG_IMAP, POSTWEG_TLS, IMAP_TLS, POSTWEG_STAGE_DNS, "dns>ok ", NULL },
  { "until/connect", POSTWEG_IMAP, POSTWEG_TLS, IMAP_TLS, POSTWEG_STAGE_CONNECT, START, NULL },
  { "until/tls", POSTWEG_IMAP, POSTWEG_TLS, IMAP_TLS, POSTWEG_STAGE_TLS, START "tls>ok ", NULL },
  { "until/capability", POSTWEG_SMTP, POSTWEG_TLS, SMTP_TLS, POSTWEG_STAGE_CAPABILITY, START "tls>ok greeting>ok capability>ok ", "QUIT" },
  { "until/auth", POSTWEG_POP3, POSTWEG_TLS, POP3_TLS, POSTWEG_STAGE_AUTH, START "tls>ok greeting>ok capability>ok auth>ok ", "QUIT" },
  { "fails/greeting", POSTWEG_SMTP, POSTWEG_TLS, "TLS\nS: 554 no\nCLOSE\n", ALL, START "tls>ok greeting>failed skipped skipped skipped skipped ", NULL },
  { "fails/capability-told-once", POSTWEG_SMTP, POSTWEG_STARTTLS, "S: 220 hi\nC: EHLO\nS: 550 no\nCLOSE\n", ALL, START "greeting>ok capability>failed skipped skipped skipped skipped skipped ", NULL },
  { "fails/mailbox", POSTWEG_POP3, POSTWEG_TLS, "TLS\nS: +OK\nC: CAPA\nS: +OK\nS: SASL PLAIN\nS: .\nC: AUTH\nS: +OK\nC: STAT\nS: -ERR no\nHANG\n", ALL, START "tls>ok greeting>ok capability>ok auth>ok mailbox>failed ", "STAT" },
};
/* clang-format on */

static PostwegProbe
request_for (const PostwegServer *server, const PostwegSecret *secret)
{
  return (PostwegProbe){ .server = server,
                         .secret = secret,
                         .sender = "anna@firm.example",
                         .trust = trust,
                         .until = ALL,
                         .test_ms = 10000 };
}

static PostwegServer *
server_at (PostwegProtocol protocol, PostwegPractice *practice, PostwegSecurity security)
{
  return postweg_server_new (protocol, "127.0.0.1", postweg_practice_port (practice), security, "anna");
}

/* The farewell is not waited for; the server may hear it a moment later. */
static void
assert_heard_last (PostwegPractice *practice, const char *last)
{
  g_autofree char *end = g_strconcat (last, "\n", NULL);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *heard = postweg_practice_heard (practice);

      if (g_str_has_suffix (heard, end))
        return;
      g_usleep (10 * 1000);
    }
  g_test_fail_printf ("“%s” was not heard last", last);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegPractice) practice = start (row->script, NULL);
  g_autoptr (PostwegServer) server = server_at (row->protocol, practice, row->security);
  g_autoptr (PostwegSecret) secret = postweg_secret_new (SECRET);
  g_autoptr (GString) told = g_string_new (NULL);
  Watch watch = { told, POSTWEG_STAGE_DNS };
  PostwegProbe request = request_for (server, secret);
  g_autoptr (PostwegEvidence) evidence = NULL;

  request.until = row->until;
  request.watch = (PostwegProbeWatch){ stage_begun, step_done, &watch };
  evidence = postweg_probe_run (&request, NULL);
  g_assert_cmpstr (told->str, ==, row->told);
  g_assert_cmpuint (evidence->elapsed_ms, <, SLOWER * 5000);
  if (row->last != NULL)
    assert_heard_last (practice, row->last);
}

/* What was said before encryption is forgotten behind it, but kept apart for the diagnosis. */
static void
test_forgotten_behind_tls (void)
{
  static const struct {
    PostwegProtocol protocol;
    const char *script;
  } table[] = { { POSTWEG_IMAP, IMAP_UP }, { POSTWEG_POP3, POP3_UP }, { POSTWEG_SMTP, SMTP_UP } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegPractice) practice = start (table[i].script, NULL);
      g_autoptr (PostwegServer) server = server_at (table[i].protocol, practice, POSTWEG_STARTTLS);
      PostwegProbe request = request_for (server, NULL);
      g_autoptr (PostwegEvidence) evidence = postweg_probe_run (&request, NULL);

      g_assert_true (postweg_capability_listed (evidence->plain_capabilities, "X-BEFORE"));
      g_assert_false (postweg_capability_listed (evidence->capabilities, "X-BEFORE"));
      g_assert_false (postweg_capability_listed (evidence->capabilities, "LOGINDISABLED"));
      g_assert_true (g_strv_contains ((const char *const *) evidence->mechanisms, "PLAIN"));
    }
}

/* A certificate that is not proven ends the road, and no password was near it. */
static void
test_unproven (void)
{
  g_autofree char *pem = postweg_certificate_path (folder, POSTWEG_PAPER_SELF_SIGNED, "pem");
  g_autofree char *private = postweg_certificate_path (folder, POSTWEG_PAPER_SELF_SIGNED, "key");
  PostwegPracticeOptions options = { .script = IMAP_TLS, .certificate = pem, .key = private };
  g_autoptr (PostwegPractice) practice = postweg_practice_start (&options, NULL);
  g_autoptr (PostwegServer) server = server_at (POSTWEG_IMAP, practice, POSTWEG_TLS);
  g_autoptr (PostwegSecret) secret = postweg_secret_new (SECRET);
  PostwegProbe request = request_for (server, secret);
  g_autoptr (PostwegEvidence) evidence = NULL;
  g_autofree char *heard = NULL;

  request.allow_plaintext = TRUE; /* allows no unproven certificate */
  evidence = postweg_probe_run (&request, NULL);
  heard = postweg_practice_heard (practice);
  g_assert_cmpint (postweg_evidence_failure (evidence)->error, ==, POSTWEG_ERROR_CERTIFICATE);
  g_assert_cmpuint (evidence->tls->faults & POSTWEG_CERT_SELF_SIGNED, !=, 0);
  g_assert_cmpuint (evidence->login_attempts, ==, 0);
  g_assert_null (strstr (heard, "AUTHENTICATE"));
}

/* The door before the sign-in: passed once, left behind it, also when the sign-in fails; not passed when there is none. */
typedef struct {
  guint entered, left;
  gboolean let_in;
} Door;

static gboolean
enter (gpointer data, GCancellable *cancellable G_GNUC_UNUSED)
{
  Door *door = data;

  door->entered++;
  return door->let_in;
}

static void
leave (gpointer data)
{
  ((Door *) data)->left++;
}

static void
test_door (void)
{
  static const struct {
    const char *script;
    guint passed;
  } table[] = {
    { IMAP_TLS, 1 },
    { "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\nC: AUTHENTICATE\nS: {tag} NO no\nHANG\n",
      1 },
    { "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\nC: AUTHENTICATE\nCLOSE\n", 1 },
    { "TLS\nS: * BYE no\nCLOSE\n", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegPractice) practice = start (table[i].script, NULL);
      g_autoptr (PostwegServer) server = server_at (POSTWEG_IMAP, practice, POSTWEG_TLS);
      g_autoptr (PostwegSecret) secret = postweg_secret_new (SECRET);
      Door door = { 0, 0, TRUE };
      PostwegProbe request = request_for (server, secret);
      g_autoptr (PostwegEvidence) evidence = NULL;

      request.sign_in_turn = (PostwegProbeTurn){ enter, leave, &door };
      evidence = postweg_probe_run (&request, NULL);
      g_assert_nonnull (evidence);
      g_assert_cmpuint (door.entered, ==, table[i].passed);
      g_assert_cmpuint (door.left, ==, table[i].passed);
    }
}

/* second looks */

typedef struct {
  const char *name;
  PostwegLook look;
  PostwegProtocol protocol;
  PostwegSecurity security; /* of the account, which the look may overrule */
  const char *script, *priority;
  PostwegStage reached; /* the last stage that went well */
  PostwegSpeaks speaks;
} LookRow;

#define OLD "NORMAL:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0"

/* clang-format off */
static const LookRow look_rows[] = {
  { "plain/its-own-protocol", POSTWEG_LOOK_PLAIN, POSTWEG_SMTP, POSTWEG_TLS, "S: 220 hi\n" SMTP_SESSION, NULL, POSTWEG_STAGE_CAPABILITY, POSTWEG_SPEAKS_SMTP },
  { "plain/another-protocol", POSTWEG_LOOK_PLAIN, POSTWEG_SMTP, POSTWEG_TLS, "S: * OK hi\nHANG\n", NULL, POSTWEG_STAGE_CONNECT, POSTWEG_SPEAKS_IMAP },
  { "plain/hangs-up", POSTWEG_LOOK_PLAIN, POSTWEG_IMAP, POSTWEG_TLS, "CLOSE\n", NULL, POSTWEG_STAGE_CONNECT, POSTWEG_SPEAKS_UNKNOWN },
  { "plain/nonsense", POSTWEG_LOOK_PLAIN, POSTWEG_POP3, POSTWEG_TLS, "S: hello\nHANG\n", NULL, POSTWEG_STAGE_CONNECT, POSTWEG_SPEAKS_OTHER },
  { "tls/there", POSTWEG_LOOK_TLS, POSTWEG_IMAP, POSTWEG_STARTTLS, IMAP_TLS, NULL, POSTWEG_STAGE_CAPABILITY, POSTWEG_SPEAKS_UNKNOWN },
  { "tls/not-there", POSTWEG_LOOK_TLS, POSTWEG_IMAP, POSTWEG_STARTTLS, "S: * OK hi\nHANG\n", NULL, POSTWEG_STAGE_CONNECT, POSTWEG_SPEAKS_IMAP },
  { "old-tls/works", POSTWEG_LOOK_OLD_TLS, POSTWEG_IMAP, POSTWEG_TLS, IMAP_TLS, OLD, POSTWEG_STAGE_TLS, POSTWEG_SPEAKS_UNKNOWN },
  { "old-tls/behind-starttls", POSTWEG_LOOK_OLD_TLS, POSTWEG_SMTP, POSTWEG_STARTTLS, SMTP_UP, OLD, POSTWEG_STAGE_STARTTLS, POSTWEG_SPEAKS_UNKNOWN },
  { "other-port/tls", POSTWEG_LOOK_OTHER_PORT, POSTWEG_SMTP, POSTWEG_TLS, SMTP_TLS, NULL, POSTWEG_STAGE_CAPABILITY, POSTWEG_SPEAKS_UNKNOWN },
  { "other-port/starttls", POSTWEG_LOOK_OTHER_PORT, POSTWEG_POP3, POSTWEG_STARTTLS, POP3_UP, NULL, POSTWEG_STAGE_STARTTLS, POSTWEG_SPEAKS_POP3 },
  { "other-name", POSTWEG_LOOK_OTHER_NAME, POSTWEG_POP3, POSTWEG_TLS, POP3_TLS, NULL, POSTWEG_STAGE_DNS, POSTWEG_SPEAKS_UNKNOWN },
  { "incoming-pair", POSTWEG_LOOK_INCOMING_PAIR, POSTWEG_SMTP, POSTWEG_TLS, SMTP_TLS, NULL, POSTWEG_STAGE_AUTH, POSTWEG_SPEAKS_UNKNOWN },
};
/* clang-format on */

/* A look goes as far as its question needs, signs in only where that is the question, and stands in nobody's way. */
static void
test_look (gconstpointer data)
{
  const LookRow *row = data;
  g_autoptr (PostwegPractice) practice = start (row->script, row->priority);
  g_autoptr (PostwegServer) server = server_at (row->protocol, practice, row->security);
  g_autoptr (PostwegSecret) secret = postweg_secret_new (SECRET);
  g_autoptr (GString) told = g_string_new (NULL);
  Watch watch = { told, POSTWEG_STAGE_DNS };
  Door door = { 0, 0, TRUE };
  PostwegProbe request = request_for (server, secret);
  g_autoptr (PostwegEvidence) evidence = NULL;
  PostwegStage reached = POSTWEG_STAGE_DNS;

  request.watch = (PostwegProbeWatch){ stage_begun, step_done, &watch };
  request.sign_in_turn = (PostwegProbeTurn){ enter, leave, &door };
  evidence = postweg_probe_look (&request, row->look, NULL);
  for (PostwegStage stage = POSTWEG_STAGE_DNS; stage < POSTWEG_N_STAGES; stage++)
    if (postweg_evidence_passed (evidence, stage))
      reached = stage;
  g_assert_cmpstr (postweg_stage_name (reached), ==, postweg_stage_name (row->reached));
  g_assert_cmpstr (postweg_speaks_name (evidence->speaks), ==, postweg_speaks_name (row->speaks));
  g_assert_cmpuint (evidence->login_attempts, ==, row->look == POSTWEG_LOOK_INCOMING_PAIR);
  g_assert_cmpstr (told->str, ==, "");
  /* nobody signs in at the same time as somebody else */
  g_assert_cmpuint (door.entered, ==, row->look == POSTWEG_LOOK_INCOMING_PAIR);
  g_assert_cmpint (server->security, ==, row->security);
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  static const char *const hosts[] = { "127.0.0.1", NULL };
  g_autofree char *ca = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("postweg-road-XXXXXX", NULL);
  g_assert_true (postweg_certificates_make (folder, hosts, NULL));
  certificate = postweg_certificate_path (folder, POSTWEG_PAPER_GOOD, "pem");
  key = postweg_certificate_path (folder, POSTWEG_PAPER_GOOD, "key");
  ca = g_build_filename (folder, "ca.pem", NULL);
  trust = postweg_trust_new (ca, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/probe/road/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (look_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/probe/road/look/", look_rows[i].name, NULL);

      g_test_add_data_func (path, &look_rows[i], test_look);
    }
  g_test_add_func ("/probe/road/forgotten-behind-tls", test_forgotten_behind_tls);
  g_test_add_func ("/probe/road/unproven", test_unproven);
  g_test_add_func ("/probe/road/door", test_door);
  g_test_set_nonfatal_assertions ();
  result = g_test_run ();
  postweg_trust_unref (trust);
  remove_folder ();
  g_free (folder);
  g_free (certificate);
  g_free (key);
  return result;
}
