/* One mail to oneself against scripted servers that do what real ones rarely do: it ends in time, and nothing is removed that is not ours. */
#include "../slower.h"
#include "practice/practice.h"
#include "probe/delivery.h"
#include <string.h>

#define TOKEN "abcdefghijklmnopqrstuvwxyz"
#define SECRET "Geh31mn1s zum Suchen"
#define MARKED "X-Postweg-Test: " TOKEN "\\r\\nMessage-ID: <" TOKEN "@firm.example>\\r\\n\\r\\n"
#define UNMARKED "Message-ID: <" TOKEN "@firm.example>\\r\\n\\r\\n"
#define FOREIGN "X-Postweg-Test: " TOKEN "x\\r\\nMessage-ID: <other@firm.example>\\r\\n\\r\\n"
#define HOSTILE                                                                                              \
  "X-Postweg-Test: " TOKEN "\\r\\nReceived: from \\x1b[2J\\x07 by \\x1b]0;evil with \\x9b;\\x1b[31m 23 Nov " \
  "2026\\r\\nAuthentication-Results: 127.0.0.1; spf=\\x1b[31mpass; dmarc=fail\\r\\n\\r\\n"

/* What a row's script begins with wins over the usual answers below. */
#define IMAP_USUAL                                                                                           \
  "ON LIST\nS: * LIST (\\\\Sent) \"/\" Sent\nS: * LIST (\\\\Trash) \"/\" Trash\nS: {tag} OK done\n"          \
  "ON STATUS \"INBOX\"\nS: * STATUS INBOX (UIDNEXT 5 UIDVALIDITY 1)\nS: {tag} OK done\n"                     \
  "ON STATUS \"Sent\"\nS: * STATUS Sent (UIDNEXT 1 UIDVALIDITY 1)\nS: {tag} OK done\n"                       \
  "ON STATUS \"Trash\"\nS: * STATUS Trash (UIDNEXT 1 UIDVALIDITY 1)\nS: {tag} OK done\n"                     \
  "ON EXAMINE\nS: * OK [UIDVALIDITY 1] valid\nS: {tag} OK [READ-ONLY] done\n"                                \
  "ON SELECT\nS: * OK [UIDVALIDITY 1] valid\nS: {tag} OK [READ-WRITE] done\n"                                \
  "ON UID SEARCH UID 5:* HEADER\nS: * SEARCH 5\nS: {tag} OK done\n"                                          \
  "ON UID SEARCH\nS: * SEARCH\nS: {tag} OK done\n"                                                           \
  "ON UID STORE\nS: {tag} OK done\n"                                                                         \
  "ON UID EXPUNGE\nS: {tag} OK done\n"                                                                       \
  "ON NOOP\nS: {tag} OK done\n"                                                                              \
  "ON LOGOUT\nS: * BYE\nS: {tag} OK done\nLEAVE\n"
#define POP3_USUAL                                                                                           \
  "ON UIDL\nS: +OK\nS: 1 old\nS: 2 new\nS: .\n"                                                              \
  "ON TOP 2 0\nS- +OK\\r\\n" MARKED ".\\r\\n\n"                                                              \
  "ON STAT\nS: +OK 2 900\n"                                                                                  \
  "ON DELE 2\nS: +OK\n"                                                                                      \
  "ON QUIT\nS: +OK bye\nLEAVE\n"

#define POP3_HELLO "S: +OK hello\nC: CAPA\nS: +OK\nS: SASL PLAIN\nS: .\nC: AUTH PLAIN\nS: +OK in\n"
#define POP3_BEFORE POP3_HELLO "C: UIDL\nS: +OK\nS: 1 old\nS: .\nC: QUIT\nS: +OK\n"

typedef struct {
  const char *name;
  PostwegProtocol protocol;
  const char
      *capabilities;  /* after the sign-in; NULL: "UIDPLUS", SILENT: it names none, nor answers when asked */
  const char *header; /* of the mail with UID 5; NULL: MARKED */
  const char *more;   /* branches of the incoming server's loop */
  const char *last_word; /* of the outgoing server, on the end of the mail; NULL: it takes it */
  guint wait_ms;
  PostwegDeliveryOutcome outcome;
  guint left;        /* copies that stay */
  const char *heard; /* by the incoming server */
  const char *not_heard;
} Row;

#define SILENT "silent"
#define ARRIVED POSTWEG_DELIVERY_ARRIVED
#define LOST POSTWEG_DELIVERY_LOST
#define UNDECIDED POSTWEG_DELIVERY_UNDECIDED
#define NOT_SENT POSTWEG_DELIVERY_NOT_SENT
#define IMAP POSTWEG_IMAP
#define POP3 POSTWEG_POP3

/* clang-format off */
static const Row rows[] = {
  { "imap", IMAP, NULL, NULL, "", NULL, 3000, ARRIVED, 0, "UID EXPUNGE 5", " EXPUNGE\n" },
  { "imap/names-no-capabilities", IMAP, SILENT, NULL, "ON CAPABILITY\nS: {tag} BAD what\nON UID SEARCH DELETED\nS: * SEARCH 5\nS: {tag} OK done\nON EXPUNGE\nS: * 1 EXPUNGE\nS: {tag} OK done\n", NULL, 3000, ARRIVED, 0, " EXPUNGE\n", "UID EXPUNGE" },
  { "imap/rev2-has-uid-expunge", IMAP, "IMAP4rev2", NULL, "", NULL, 3000, ARRIVED, 0, "UID EXPUNGE 5", NULL },
  { "imap/search-lies", IMAP, NULL, FOREIGN, "", NULL, 600, LOST, 0, "UID FETCH 5", "STORE" },
  { "imap/search-lies-about-older-mail", IMAP, NULL, NULL, "ON UID SEARCH\nS: * SEARCH 1 2 3 4\nS: {tag} OK done\n", NULL, 600, LOST, 0, NULL, "FETCH" },
  { "imap/search-finds-everything", IMAP, NULL, FOREIGN, "ON UID SEARCH\nREPEAT 3000 * SEARCH 5 6 7 8 9 4294967295\\r\\n\nS: {tag} OK done\n", NULL, 600, LOST, 0, NULL, "STORE" },
  { "imap/index-lags-behind", IMAP, NULL, NULL, "ON UID SEARCH UID 5:* HEADER\nS: * SEARCH\nS: {tag} OK done\nON UID SEARCH UID 5:*\nS: * SEARCH 5\nS: {tag} OK done\n", NULL, 3000, ARRIVED, 0, "UID EXPUNGE 5", NULL },
  { "imap/search-refused", IMAP, NULL, NULL, "ON UID SEARCH UID 5:* HEADER\nS: {tag} BAD what\nON UID SEARCH UID 5:*\nS: * SEARCH 5\nS: {tag} OK done\n", NULL, 3000, ARRIVED, 0, "UID EXPUNGE 5", NULL },
  { "imap/token-taken-out", IMAP, NULL, UNMARKED, "", NULL, 3000, ARRIVED, 1, NULL, "STORE" },
  { "imap/hostile-header", IMAP, NULL, HOSTILE, "", NULL, 3000, ARRIVED, 0, "UID EXPUNGE 5", NULL },
  { "imap/answers-about-other-mail", IMAP, NULL, NULL, "ON UID FETCH\nS- * 1 FETCH (UID 7 BODY[HEADER.FIELDS (X)] {46}\\r\\nX-Postweg-Test: " TOKEN "\\r\\n\\r\\n)\\r\\n\nS: {tag} OK done\n", NULL, 600, LOST, 0, "FETCH 5", "STORE" },
  { "imap/huge-literal", IMAP, NULL, NULL, "ON UID FETCH\nS: * 1 FETCH (UID 5 BODY[] {999999999}\nS: {tag} OK done\n", NULL, 600, UNDECIDED, 0, NULL, "STORE" },
  { "imap/idle-without-answer", IMAP, "UIDPLUS IDLE", FOREIGN, "ON IDLE\n", NULL, 7000, LOST, 0, "IDLE", "STORE" },
  { "imap/idle-refused", IMAP, "UIDPLUS IDLE", FOREIGN, "ON IDLE\nS: {tag} BAD what\n", NULL, 1500, LOST, 0, "IDLE", "DONE" },
  { "imap/idle-hangs-up", IMAP, "UIDPLUS IDLE", FOREIGN, "ON IDLE\nS: + idling\nLEAVE\n", NULL, 1500, LOST, 0, "IDLE", "STORE" },
  { "imap/idle-floods", IMAP, "UIDPLUS IDLE", FOREIGN, "ON IDLE\nS: + idling\nREPEAT 4000 * OK still here\\r\\n\nC+ DONE\nS: {tag} OK done\n", NULL, 1500, LOST, 0, "DONE", "STORE" },
  { "imap/other-folder-than-before", IMAP, NULL, NULL, "ON SELECT\nS: * OK [UIDVALIDITY 2] valid\nS: {tag} OK done\n", NULL, 3000, ARRIVED, 1, "SELECT", "STORE" },
  { "imap/read-only", IMAP, NULL, NULL, "ON UID STORE\nS: {tag} NO [NOPERM] not here\n", NULL, 3000, ARRIVED, 1, "STORE", "EXPUNGE" },
  { "imap/expunge-does-nothing", IMAP, NULL, NULL, "ON UID SEARCH UID 5\nS: * SEARCH 5\nS: {tag} OK done\n", NULL, 3000, ARRIVED, 1, "UID EXPUNGE 5", NULL },
  { "imap/no-uidplus", IMAP, "", NULL, "ON UID SEARCH DELETED\nS: * SEARCH 5\nS: {tag} OK done\nON EXPUNGE\nS: * 1 EXPUNGE\nS: {tag} OK done\n", NULL, 3000, ARRIVED, 0, " EXPUNGE\n", "UID EXPUNGE" },
  { "imap/no-uidplus-and-others-are-marked", IMAP, "", NULL, "ON UID SEARCH DELETED\nS: * SEARCH 3 5\nS: {tag} OK done\n", NULL, 3000, ARRIVED, 1, "SEARCH DELETED", "EXPUNGE" },
  { "imap/no-uidplus-and-no-answer", IMAP, "", NULL, "ON UID SEARCH DELETED\nS: {tag} NO\n", NULL, 3000, ARRIVED, 1, "SEARCH DELETED", "EXPUNGE" },
  { "imap/no-status", IMAP, NULL, NULL, "ON STATUS\nS: {tag} BAD what\nON UID SEARCH UID 1:* HEADER\nS: * SEARCH 5\nS: {tag} OK done\n", NULL, 3000, ARRIVED, 0, "UID EXPUNGE 5", NULL },
  { "imap/goes-through-the-trash", IMAP, "UIDPLUS X-GM-EXT-1 MOVE", NULL, "ON UID SEARCH UID 5\nS: * SEARCH 5\nS: {tag} OK done\nON UID MOVE\nS: {tag} OK done\n", NULL, 3000, ARRIVED, 0, "UID MOVE 5 \"Trash\"", "EXPUNGE" },
  { "imap/only-in-all-mail", IMAP, "UIDPLUS X-GM-EXT-1 MOVE", NULL, "ON LIST\nS: * LIST (\\\\All) \"/\" All\nS: * LIST (\\\\Trash) \"/\" Trash\nS: {tag} OK done\nON STATUS \"INBOX\"\nS: * STATUS INBOX (UIDNEXT 9 UIDVALIDITY 1)\nS: {tag} OK done\nON STATUS \"All\"\nS: {tag} NO\nON UID SEARCH UID 1:* HEADER\nS: * SEARCH 5\nS: {tag} OK done\nON UID SEARCH UID 5\nS: * SEARCH 5\nS: {tag} OK done\nON UID MOVE\nS: {tag} OK done\n", NULL, 800, ARRIVED, 0, "UID MOVE 5 \"Trash\"", "EXPUNGE" },
  { "imap/rev2-alone", IMAP, "IMAP4rev2", NULL, "ON UID SEARCH UID 5:* HEADER\nS: * ESEARCH (TAG \"{tag}\") UID ALL 5\nS: {tag} OK done\n", NULL, 3000, ARRIVED, 0, "UID EXPUNGE 5", NULL },
  { "imap/inbox-refused", IMAP, NULL, NULL, "ON EXAMINE\nS: {tag} NO [NOPERM] closed\n", NULL, 3000, NOT_SENT, 0, "EXAMINE", "STORE" },
  { "imap/hangs-up-at-once", IMAP, NULL, NULL, "ON LIST\nLEAVE\n", NULL, 3000, NOT_SENT, 0, "LIST", "STORE" },
  { "refused-after-data", IMAP, NULL, NULL, "", "S: 554 5.7.1 spam", 3000, NOT_SENT, 0, "EXAMINE", "STORE" },
  { "hangs-up-after-data/taken", IMAP, NULL, NULL, "", "CUT", 3000, ARRIVED, 0, "UID EXPUNGE 5", NULL },
  { "hangs-up-after-data/not-taken", IMAP, NULL, FOREIGN, "", "CUT", 600, UNDECIDED, 0, "UID FETCH", "STORE" },
  { "pop3", POP3, NULL, NULL, "", NULL, 3000, ARRIVED, 0, "DELE 2", "DELE 1" },
  { "pop3/foreign", POP3, NULL, NULL, "ON TOP\nS- +OK\\r\\n" FOREIGN ".\\r\\n\n", NULL, 600, LOST, 0, "TOP 2 0", "DELE" },
  { "pop3/token-taken-out", POP3, NULL, NULL, "ON TOP\nS- +OK\\r\\n" UNMARKED ".\\r\\n\n", NULL, 600, ARRIVED, 1, "TOP 2 0", "DELE" },
  { "pop3/no-top", POP3, NULL, NULL, "ON TOP\nS: -ERR what\n", NULL, 600, UNDECIDED, 0, "TOP 2 0", "DELE" },
  { "pop3/no-uidl", POP3, NULL, NULL, "ON UIDL\nS: -ERR what\nON TOP 1\nS- +OK\\r\\nSubject: old\\r\\n\\r\\n.\\r\\n\n", NULL, 600, ARRIVED, 0, "STAT", "DELE 1" },
  { "pop3/dele-refused", POP3, NULL, NULL, "ON DELE\nS: -ERR no\n", NULL, 600, ARRIVED, 1, "DELE 2", NULL },
  { "pop3/quit-refused", POP3, NULL, NULL, "ON QUIT\nS: -ERR some messages not removed\nLEAVE\n", NULL, 600, ARRIVED, 1, "DELE 2", NULL },
  { "pop3/endless-top", POP3, NULL, NULL, "ON TOP\nS: +OK\nREPEAT 200000 Received: x\\r\\n\n", NULL, 600, UNDECIDED, 0, "TOP 2 0", "DELE" },
};
/* clang-format on */

/* Bytes that an escaped text stands for. */
static gsize
unescaped_length (const char *text)
{
  gsize n = 0;

  for (; *text != '\0'; n++)
    text += *text != '\\' ? 1 : text[1] == 'x' ? 4 : 2;
  return n;
}

static char *
imap_script (const Row *row)
{
  const char *header = row->header != NULL ? row->header : MARKED;
  const char *more = row->capabilities != NULL ? row->capabilities : "UIDPLUS";
  g_autofree char *code =
      strcmp (more, SILENT) != 0 ? g_strdup_printf ("[CAPABILITY IMAP4rev1 %s] ", more) : g_strdup ("");

  return g_strdup_printf (
      "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hello\n"
      "C: AUTHENTICATE PLAIN\nS: {tag} OK %sin\nLOOP\n%s"
      "ON UID FETCH\nS- * 1 FETCH (UID 5 BODY[HEADER] {%u}\\r\\n%s)\\r\\n\nS: {tag} OK done\n" IMAP_USUAL
      "END\nCLOSE\n",
      code, row->more, (guint) unescaped_length (header), header);
}

static char *
pop3_script (const Row *row)
{
  return g_strdup_printf (POP3_HELLO "LOOP\n%s" POP3_USUAL "END\nCLOSE\n", row->more);
}

static char *
smtp_script (const Row *row)
{
  return g_strdup_printf ("S: 220 hello\nC: EHLO\nS: 250-hello\nS: 250 AUTH PLAIN\nC: AUTH PLAIN\nS: 235 in\n"
                          "C: MAIL FROM:<anna@firm.example>\nS: 250 ok\nC: RCPT TO:<anna@firm.example>\nS: "
                          "250 ok\nC: DATA\nS: 354 go\n"
                          "LOOP\nON .\n%s\nLEAVE\nON\nEND\nC: QUIT\nS: 221 bye\n",
                          row->last_word != NULL ? row->last_word : "S: 250 2.0.0 queued as 4711");
}

static PostwegPractice *
start (char *script, guint16 port)
{
  g_autofree char *owned = script;
  g_autoptr (GError) error = NULL;
  PostwegPracticeOptions options = { .script = owned, .port = port };
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}

static PostwegProbe
probe_for (const PostwegServer *server, const PostwegSecret *secret)
{
  return (
      PostwegProbe){ .server = server, .secret = secret, .until = POSTWEG_STAGE_ARRIVAL, .test_ms = 8000 };
}

typedef struct {
  PostwegPractice *in, *out;
  PostwegServer *incoming, *outgoing;
  PostwegSecret *secret;
  PostwegTrust *trust;
  char *later; /* what the incoming server plays once the mail was sent, or NULL */
} Scene;

/* A POP3 server's list is not the same before and behind: another script takes over on the same port. */
static void
step_done (const PostwegStep *step, gpointer data)
{
  Scene *scene = data;
  guint16 port = postweg_practice_port (scene->in);

  if (step->stage != POSTWEG_STAGE_DATA || scene->later == NULL)
    return;
  postweg_practice_stop (scene->in);
  scene->in = start (g_steal_pointer (&scene->later), port);
}

static void
scene_init (Scene *scene, PostwegProtocol protocol, char *in, char *out)
{
  scene->in = start (in, 0);
  scene->out = start (out, 0);
  scene->later = NULL;
  scene->incoming =
      postweg_server_new (protocol, "127.0.0.1", postweg_practice_port (scene->in), POSTWEG_PLAIN, "anna");
  scene->outgoing = postweg_server_new (POSTWEG_SMTP, "127.0.0.1", postweg_practice_port (scene->out),
                                        POSTWEG_PLAIN, "anna");
  scene->secret = postweg_secret_new (SECRET);
  scene->trust = postweg_trust_new (NULL, NULL);
}

static void
scene_clear (Scene *scene)
{
  postweg_practice_stop (scene->in);
  postweg_practice_stop (scene->out);
  postweg_server_free (scene->incoming);
  postweg_server_free (scene->outgoing);
  postweg_secret_unref (scene->secret);
  postweg_trust_unref (scene->trust);
  g_free (scene->later);
}

static PostwegDelivery *
deliver (Scene *scene, const char *address, guint wait_ms)
{
  PostwegDeliveryJob job = {
    .incoming = probe_for (scene->incoming, scene->secret),
    .outgoing = probe_for (scene->outgoing, scene->secret),
    .name = "Anna",
    .address = address,
    .token = TOKEN,
    .wait_ms = wait_ms,
  };

  job.incoming.trust = job.outgoing.trust = scene->trust;
  job.outgoing.watch = (PostwegProbeWatch){ NULL, step_done, scene };
  return postweg_probe_deliver (&job, NULL);
}

static void
print_dialogue (const GPtrArray *dialogue)
{
  for (guint i = 0; i < MIN (dialogue->len, 400); i++)
    {
      const PostwegDialogueLine *line = g_ptr_array_index (dialogue, i);

      g_test_message ("%u %s %s", line->ms, line->from_server ? "S:" : "C:", line->text);
    }
}

static void
assert_clean (const char *text)
{
  g_assert_true (text == NULL || (g_utf8_validate (text, -1, NULL) && strchr (text, '\x1b') == NULL));
}

/* What holds for every row. */
static void
check_rules (const PostwegDelivery *delivery)
{
  g_assert_cmpuint (delivery->hops->len, <=, 50);
  for (guint i = 0; i < delivery->hops->len; i++)
    {
      const PostwegHop *hop = g_ptr_array_index (delivery->hops, i);

      assert_clean (hop->by);
      assert_clean (hop->from);
      assert_clean (hop->with);
    }
  assert_clean (delivery->checks.spf);
  assert_clean (delivery->checks.dmarc);
  g_assert_cmpuint (delivery->incoming_sign_ins, <=, 4);
  g_assert_cmpuint (delivery->outgoing_sign_ins, <=, 1);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegDelivery) delivery = NULL;
  g_autofree char *heard = NULL;
  gint64 begun = g_get_monotonic_time ();
  Scene scene;

  if (row->protocol == POSTWEG_IMAP)
    scene_init (&scene, row->protocol, imap_script (row), smtp_script (row));
  else
    scene_init (&scene, row->protocol, g_strdup (POP3_BEFORE), smtp_script (row));
  if (row->protocol == POSTWEG_POP3)
    scene.later = pop3_script (row);
  delivery = deliver (&scene, "anna@firm.example", row->wait_ms);
  heard = postweg_practice_heard (scene.in);
  print_dialogue (delivery->incoming_dialogue);
  print_dialogue (delivery->outgoing_dialogue);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * (row->wait_ms + 8000) * 1000);
  g_assert_cmpstr (postweg_delivery_outcome_name (delivery->outcome), ==,
                   postweg_delivery_outcome_name (row->outcome));
  g_assert_cmpuint (postweg_delivery_left (delivery), ==, row->left);
  if (row->heard != NULL && strstr (heard, row->heard) == NULL)
    g_test_fail_printf ("“%s” was not heard: %s", row->heard, heard);
  if (row->not_heard != NULL && strstr (heard, row->not_heard) != NULL)
    g_test_fail_printf ("“%s” was heard: %s", row->not_heard, heard);
  check_rules (delivery);
  scene_clear (&scene);
}

/* Nothing goes out when the mailbox cannot be looked into. */
static void
test_no_way_back (void)
{
  static const char *const scripts[][2] = {
    { "imap", "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hello\nC: AUTHENTICATE\nS: {tag} NO "
              "[AUTHENTICATIONFAILED] no\nHANG\n" },
    { "pop3",
      "S: +OK hello\nC: CAPA\nS: +OK\nS: SASL PLAIN\nS: .\nC: AUTH PLAIN\nS: -ERR [IN-USE] busy\nHANG\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (PostwegDelivery) delivery = NULL;
      const PostwegStep *step;
      Scene scene;

      scene_init (&scene, i == 0 ? POSTWEG_IMAP : POSTWEG_POP3, g_strdup (scripts[i][1]),
                  smtp_script (&rows[0]));
      delivery = deliver (&scene, "anna@firm.example", 1000);
      g_assert_cmpuint (postweg_practice_connections (scene.out), ==, 0);
      g_assert_cmpuint (postweg_practice_connections (scene.in), ==, 1);
      g_assert_cmpint (delivery->outcome, ==, POSTWEG_DELIVERY_NOT_SENT);
      g_assert_cmpuint (delivery->incoming_steps->len, ==, 1);
      step = g_ptr_array_index (delivery->incoming_steps, 0);
      g_assert_cmpint (step->stage, ==, POSTWEG_STAGE_AUTH);
      g_assert_cmpint (step->error, ==, POSTWEG_ERROR_REJECTED);
      scene_clear (&scene);
    }
}

/* A POP3 server that does not want to be asked so soon is asked later, not again and again; it is no refusal of the password. */
static void
test_login_delay (void)
{
  g_autoptr (PostwegDelivery) delivery = NULL;
  Scene scene;

  scene_init (&scene, POSTWEG_POP3,
              g_strdup ("S: +OK hello\nC: CAPA\nS: +OK\nS: SASL PLAIN\nS: LOGIN-DELAY 2\nS: .\nC: AUTH "
                        "PLAIN\nS: +OK in\nLOOP\n"
                        "ON UIDL\nS: +OK\nS: 1 old\nS: .\nON QUIT\nS: +OK bye\nLEAVE\nEND\nCLOSE\n"),
              smtp_script (&rows[0]));
  delivery = deliver (&scene, "anna@firm.example", 5000);
  g_assert_cmpint (delivery->outcome, ==, POSTWEG_DELIVERY_LOST);
  g_assert_cmpuint (delivery->incoming_sign_ins, <=, 4);
  g_assert_cmpuint (delivery->incoming_sign_ins, ==, postweg_practice_connections (scene.in));
  scene_clear (&scene);
}

/* An address that the server cannot carry is not sent in another spelling. */
static void
test_no_smtputf8 (void)
{
  g_autoptr (PostwegDelivery) delivery = NULL;
  g_autofree char *heard = NULL;
  const PostwegStep *step;
  Scene scene;

  scene_init (&scene, POSTWEG_IMAP, imap_script (&rows[0]), smtp_script (&rows[0]));
  delivery = deliver (&scene, "änne@firm.example", 1000);
  heard = postweg_practice_heard (scene.out);
  g_assert_null (strstr (heard, "MAIL FROM"));
  step = g_ptr_array_index (delivery->outgoing_steps, 0);
  g_assert_cmpint (step->stage, ==, POSTWEG_STAGE_SENDER);
  g_assert_cmpint (step->error, ==, POSTWEG_ERROR_UNSUPPORTED);
  scene_clear (&scene);
}

/* The whole mail arrives at the server as it was written, and ends with a lone dot. */
static void
test_on_the_wire (void)
{
  g_autoptr (PostwegDelivery) delivery = NULL;
  g_autofree char *heard = NULL;
  Scene scene;

  scene_init (&scene, POSTWEG_IMAP, imap_script (&rows[0]), smtp_script (&rows[0]));
  delivery = deliver (&scene, "anna@firm.example", 3000);
  heard = postweg_practice_heard (scene.out);
  g_assert_nonnull (strstr (heard, "\nFrom: Anna <anna@firm.example>\n"));
  g_assert_nonnull (strstr (heard, "\nX-Postweg-Test: " TOKEN "\n"));
  g_assert_nonnull (strstr (heard, "\n.\nQUIT\n"));
  g_assert_null (strstr (heard, SECRET));
  g_assert_cmpstr (delivery->accepted, ==, "250 2.0.0 queued as 4711");
  scene_clear (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/probe/delivery/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/probe/delivery/no-way-back", test_no_way_back);
  g_test_add_func ("/probe/delivery/login-delay", test_login_delay);
  g_test_add_func ("/probe/delivery/no-smtputf8", test_no_smtputf8);
  g_test_add_func ("/probe/delivery/on-the-wire", test_on_the_wire);
  return g_test_run ();
}
