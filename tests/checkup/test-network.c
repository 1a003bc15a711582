/* Faults of names and networks, real ones: on an island with a name server that answers, refuses and is silent. */
#include "../slower.h"
#include "checks.h"
#include "island.h"
#include "papers.h"
#include "practice/practice.h"
#include "scenes.h"
#include <string.h>

#define SECRET "Leuchtturm 9"
#define MAX_MS 30000

/* clang-format off */
static const IslandName names[] = {
  { "good.example", ISLAND_FOUND, "127.0.0.1", NULL },
  { "imap.good.example", ISLAND_FOUND, "127.0.0.1", NULL },
  { "smtp.good.example", ISLAND_FOUND, "127.0.0.1", NULL },
  { "both.good.example", ISLAND_FOUND, "127.0.0.1", "::1" },
  { "only-587.good.example", ISLAND_FOUND, "127.0.0.4", NULL },
  { "six.good.example", ISLAND_FOUND, NULL, "::1" },
  { "refuses-six.good.example", ISLAND_FOUND, "127.0.0.1", "::1" },
  { "swallows-six.good.example", ISLAND_FOUND, "127.0.0.1", "2001:db8::dead" },
  { "asks-six-in-vain.good.example", ISLAND_NO_SIX, "127.0.0.1", NULL },
  { "no-way-to-six.good.example", ISLAND_FOUND, "127.0.0.1", "2a00::1" },
  { "empty.good.example", ISLAND_EMPTY, NULL, NULL },
  { "broken.good.example", ISLAND_BROKEN, NULL, NULL },
  { "refusing.good.example", ISLAND_REFUSING, NULL, NULL },
  { "silent.good.example", ISLAND_SILENT, NULL, NULL },
  { "garbage.good.example", ISLAND_GARBAGE, NULL, NULL },
  { "swallowed.good.example", ISLAND_FOUND, "192.0.2.50", NULL },
  { "no-way.good.example", ISLAND_FOUND, "203.0.113.9", NULL },
  { "slow-half.good.example", ISLAND_FOUND, "192.0.2.61", NULL },
  { "slow-one.good.example", ISLAND_FOUND, "192.0.2.62", NULL },
  { "slow-three.good.example", ISLAND_FOUND, "192.0.2.63", NULL },
  { "no-587.good.example", ISLAND_FOUND, "192.0.2.64", NULL },
  { "no-sending.good.example", ISLAND_FOUND, "192.0.2.65", NULL },
  { "no-receiving.good.example", ISLAND_FOUND, "192.0.2.66", NULL },
  { "cuts-six.good.example", ISLAND_FOUND, "127.0.0.1", "2001:db8::61" },
  { "eats-four.good.example", ISLAND_FOUND, "192.0.2.50", "::1" },
  { "far-six.good.example", ISLAND_FOUND, "127.0.0.1", "2001:db8::62" },
  { "far-both.good.example", ISLAND_FOUND, "192.0.2.67", "2001:db8::63" },
  { "clear.good.example", ISLAND_FOUND, "192.0.2.68", NULL },
  { "pop-off.good.example", ISLAND_FOUND, "127.0.0.10", NULL },
  { "pop-locked.good.example", ISLAND_FOUND, "127.0.0.11", NULL },
  { "pop-wrong.good.example", ISLAND_FOUND, "127.0.0.12", NULL },
  { "pop-ill.good.example", ISLAND_FOUND, "127.0.0.13", NULL },
  { "pop-only.good.example", ISLAND_FOUND, "127.0.0.14", NULL },
  { "portal.good.example", ISLAND_FOUND, "127.0.0.8", NULL },
  { "web.good.example", ISLAND_FOUND, "127.0.0.9", NULL },
  { "silent.example", ISLAND_SILENT, NULL, NULL },
  { "imap.silent.example", ISLAND_SILENT, NULL, NULL },
  { "smtp.silent.example", ISLAND_SILENT, NULL, NULL },
  { NULL, ISLAND_UNKNOWN, NULL, NULL },
};
/* clang-format on */

/* The island's mail servers, at their usual ports: 127.0.0.1 has these but 587, ::1 only 993, 127.0.0.4 only 587. */
typedef struct {
  guint16 port;
  const char *address, *script;
} Listener;

#define WEB_PAGE "S: HTTP/1.1 302 Found\nS: Location: http://login.example/\nS:\nCLOSE\n"
#define POP3_REFUSES(text) "TLS\nS: +OK ready\n" POP3_LOOP ("ON AUTH\nS: -ERR " text "\n")
#define IMAP_REFUSES(text) "TLS\n" IMAP_GREETING IMAP_LOOP ("ON AUTHENTICATE\nS: {tag} NO " text "\n")
#define CLEAR 8143 /* a port without encryption */
#define ODD 8025   /* a port that is no mail port */

/* clang-format off */
static const Listener listeners[] = {
  { 993, NULL, "TLS\n" IMAP_GOOD },
  { 143, NULL, IMAP_STARTTLS_GOOD },
  { CLEAR, NULL, IMAP_GOOD },
  { 995, NULL, "TLS\n" POP3_GOOD },
  { 465, NULL, "TLS\n" SMTP_GOOD },
  { 993, "::1", "TLS\n" IMAP_GOOD },
  { 587, "127.0.0.4", SMTP_STARTTLS_GOOD },
  { 993, "127.0.0.8", WEB_PAGE },
  { 143, "127.0.0.8", WEB_PAGE },
  { 465, "127.0.0.8", WEB_PAGE },
  { 587, "127.0.0.8", WEB_PAGE },
  { ODD, "127.0.0.9", WEB_PAGE },
  { 995, "127.0.0.10", POP3_REFUSES ("[AUTH] Authentication failed.") },
  { 993, "127.0.0.10", "TLS\n" IMAP_GOOD },
  { 995, "127.0.0.11", POP3_REFUSES ("[AUTH] Authentication failed.") },
  { 993, "127.0.0.11", IMAP_REFUSES ("[CONTACTADMIN] This account has been suspended") },
  { 995, "127.0.0.12", POP3_REFUSES ("[AUTH] Authentication failed.") },
  { 993, "127.0.0.12", "TLS\n" IMAP_GOOD },
  { 465, "127.0.0.12", "TLS\nS: 220 mail ESMTP\n" SMTP_LOOP ("ON AUTH\nS: 535 5.7.8 Error: authentication failed\n") },
  { 995, "127.0.0.13", POP3_REFUSES ("[SYS/TEMP] Internal trouble, see the log") },
  { 993, "127.0.0.13", "TLS\n" IMAP_GOOD },
  { 995, "127.0.0.14", POP3_REFUSES ("[AUTH] Authentication failed.") },
  { 465, "127.0.0.9", "TLS\n" SMTP_GOOD },
};
/* clang-format on */
/* What answers at the far end of the interface, where the routes lead. */
static const struct {
  const char *address;
  guint16 port;
  const char *to;
} relays[] = {
  { ISLAND_V4, 993, "127.0.0.1" }, { ISLAND_V4, 143, "127.0.0.1" }, { ISLAND_V4, CLEAR, "127.0.0.1" },
  { ISLAND_V4, 465, "127.0.0.1" }, { ISLAND_V4, 587, "127.0.0.4" }, { ISLAND_V6, 993, "127.0.0.1" },
  { ISLAND_V6, 995, NULL },
};
static const IslandRoute routes[] = {
  { "192.0.2.61", 0, FALSE, 500 },  { "192.0.2.62", 0, FALSE, 1500 },
  { "192.0.2.63", 0, FALSE, 6000 }, { "192.0.2.64", 587, TRUE, 0 },
  { "192.0.2.64", 0, FALSE, 20 },   { "192.0.2.65", 465, TRUE, 0 },
  { "192.0.2.65", 587, TRUE, 0 },   { "192.0.2.65", 0, FALSE, 20 },
  { "192.0.2.66", 993, TRUE, 0 },   { "192.0.2.66", 0, FALSE, 20 },
  { "192.0.2.67", 0, FALSE, 20 },   { "192.0.2.68", 0, FALSE, 0 },
  { "2001:db8::61", 0, FALSE, 0 },  { "2001:db8::62", 0, FALSE, 0 },
  { "2001:db8::63", 0, FALSE, 20 }, { NULL, 0, TRUE, 0 },
};
#define BLOCKED 587 /* a port whose packets are dropped */
#define CLOSED 110  /* a port where nobody listens */

typedef enum { WITHOUT_NETWORK, WITH_NETWORK } Phase;

typedef struct {
  const char *name;
  Phase phase;
  const char *in_host;
  guint16 in_port; /* 143: STARTTLS, 995 and 110: POP3 */
  const char *out_host;
  guint16 out_port; /* 587: STARTTLS */
  const char *domain;
  const char *verdict, *cause, *side, *who, *confidence; /* of the answer */
  gboolean mends;
  guint most_ms;
} Row;

#define GOOD_IN "imap.good.example", 993
#define GOOD_OUT "smtp.good.example", 465
#define GOOD_DOMAIN "good.example"

/* clang-format off */
static const Row rows[] = {
  { "without-network/names-on-this-computer", WITHOUT_NETWORK, GOOD_IN, GOOD_OUT, GOOD_DOMAIN, "works", .most_ms = 6000 },
  { "without-network/silence", WITHOUT_NETWORK, "imap.silent.example", 993, "smtp.silent.example", 465, "silent.example", "nothing-works", "offline", "both", "network", "proven", FALSE, 7000 },
  { "without-network/servfail", WITHOUT_NETWORK, "broken.good.example", 993, "broken.good.example", 465, GOOD_DOMAIN, "nothing-works", "offline", "both", "network", "proven", FALSE, 5000 },
  { "without-network/address", WITHOUT_NETWORK, "203.0.113.9", 993, "203.0.113.9", 465, GOOD_DOMAIN, "nothing-works", "offline", "both", "network", "proven", FALSE, 6000 },
  { "good", WITH_NETWORK, GOOD_IN, GOOD_OUT, GOOD_DOMAIN, "works", .most_ms = 6000 },
  { "good/both-families", WITH_NETWORK, "both.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "works", .most_ms = 6000 },
  { "good/ipv6-only", WITH_NETWORK, "six.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "works", .most_ms = 6000 },
  { "no-such-host/receiving", WITH_NETWORK, "impa.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "send-only", "dns-no-such-host", "receive", "user", "proven", FALSE, 6000 },
  { "no-such-host/sending", WITH_NETWORK, GOOD_IN, "stmp.good.example", 465, GOOD_DOMAIN, "receive-only", "dns-no-such-host", "send", "user", "proven", FALSE, 6000 },
  { "no-such-host/both", WITH_NETWORK, "mail.gone.example", 993, "mail.gone.example", 465, GOOD_DOMAIN, "nothing-works", "dns-no-such-host", "both", "user", "proven", FALSE, 6000 },
  { "no-such-host/no-name-at-all", WITH_NETWORK, "mail.gone.example", 993, "mail.gone.example", 465, "gone.example", "nothing-works", "dns-no-such-host", "both", "user", "likely", FALSE, 6000 },
  { "no-address", WITH_NETWORK, "empty.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "send-only", "dns-no-address", "receive", "provider", "proven", FALSE, 6000 },
  { "temporary/servfail", WITH_NETWORK, GOOD_IN, "broken.good.example", 465, GOOD_DOMAIN, "receive-only", "dns-temporary-failure", "send", "network", "likely", FALSE, 5000 },
  { "temporary/refused", WITH_NETWORK, GOOD_IN, "refusing.good.example", 465, GOOD_DOMAIN, "receive-only", "dns-temporary-failure", "send", "network", "likely", FALSE, 5000 },
  { "temporary/silence", WITH_NETWORK, "silent.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "send-only", "dns-temporary-failure", "receive", "network", "likely", FALSE, 14000 },
  { "temporary/garbage", WITH_NETWORK, "garbage.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "send-only", "dns-temporary-failure", "receive", "network", "likely", FALSE, 14000 },
  { "temporary/everything", WITH_NETWORK, "imap.silent.example", 993, "smtp.silent.example", 465, "silent.example", "nothing-works", "dns-temporary-failure", "both", "network", "proven", FALSE, 14000 },
  { "refused/other-port-open", WITH_NETWORK, "imap.good.example", CLOSED, GOOD_OUT, GOOD_DOMAIN, "send-only", "connection-refused", "receive", "user", "proven", TRUE, 6000 },
  { "refused/other-port-with-starttls", WITH_NETWORK, GOOD_IN, "only-587.good.example", 465, GOOD_DOMAIN, "receive-only", "connection-refused", "send", "user", "proven", TRUE, 6000 },
  { "unreachable/no-way", WITH_NETWORK, "no-way.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "send-only", "host-unreachable", "receive", "network", "proven", FALSE, 6000 },
  { "unreachable/swallowed", WITH_NETWORK, GOOD_IN, "swallowed.good.example", 465, GOOD_DOMAIN, "receive-only", "port-blocked", "send", "network", "likely", FALSE, 27000 },
  { "unreachable/everything-swallowed", WITH_NETWORK, "swallowed.good.example", 993, "swallowed.good.example", 465, GOOD_DOMAIN, "nothing-works", "host-unreachable", "both", "network", "likely", FALSE, 27000 },
  { "blocked/587-while-465-answers", WITH_NETWORK, GOOD_IN, "smtp.good.example", BLOCKED, GOOD_DOMAIN, "receive-only", "port-blocked", "send", "network", "likely", TRUE, 13000 },
  { "ipv6/refused", WITH_NETWORK, GOOD_IN, "refuses-six.good.example", 465, GOOD_DOMAIN, "works-with-note", "ipv6-broken", "send", "network", "proven", FALSE, 6000 },
  { "ipv6/swallowed", WITH_NETWORK, "swallows-six.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "works-with-note", "ipv6-broken", "receive", "network", "likely", FALSE, 6000 },
  { "blocked/587-far-away", WITH_NETWORK, "no-587.good.example", 993, "no-587.good.example", 587, GOOD_DOMAIN, "receive-only", "port-blocked", "send", "network", "likely", TRUE, 5000 },
  { "blocked/587-on-another-host", WITH_NETWORK, GOOD_IN, "no-587.good.example", 587, GOOD_DOMAIN, "receive-only", "port-blocked", "send", "network", "likely", TRUE, 5000 },
  { "blocked/all-sending", WITH_NETWORK, "no-sending.good.example", 993, "no-sending.good.example", 587, GOOD_DOMAIN, "receive-only", "port-blocked", "send", "network", "likely", FALSE, 5000 },
  { "blocked/receiving", WITH_NETWORK, "no-receiving.good.example", 993, "no-receiving.good.example", 465, GOOD_DOMAIN, "send-only", "port-blocked", "receive", "network", "likely", TRUE, 5000 },
  { "slow/half-a-second", WITH_NETWORK, "slow-half.good.example", 993, "slow-half.good.example", 587, GOOD_DOMAIN, "works", .most_ms = 5000 },
  { "slow/one-and-a-half", WITH_NETWORK, "slow-one.good.example", 993, "slow-one.good.example", 587, GOOD_DOMAIN, "works", .most_ms = 6000 },
  { "slow/three-seconds", WITH_NETWORK, "slow-three.good.example", 993, "slow-three.good.example", 587, GOOD_DOMAIN, "works", .most_ms = 12000 },
  { "good/far-ipv6", WITH_NETWORK, "far-six.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "works", .most_ms = 6000 },
  { "good/far-both", WITH_NETWORK, "far-both.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "works", .most_ms = 6000 },
  { "good/only-ipv4-swallowed", WITH_NETWORK, "eats-four.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "works", .most_ms = 6000 },
  { "ipv6/cut-off", WITH_NETWORK, "cuts-six.good.example", 995, GOOD_OUT, GOOD_DOMAIN, "send-only", "ipv6-broken", "receive", "network", "proven", FALSE, 6000 },
  { "web/on-every-port", WITH_NETWORK, "portal.good.example", 993, "portal.good.example", 587, GOOD_DOMAIN, "nothing-works", "captive-portal", "both", "network", "proven", FALSE, 9000 },
  { "web/on-one-port", WITH_NETWORK, GOOD_IN, "web.good.example", ODD, GOOD_DOMAIN, "receive-only", "wrong-service-on-port", "send", "user", "proven", TRUE, 9000 },
  { "no-encryption/confirmed", WITH_NETWORK, "clear.good.example", CLEAR, GOOD_OUT, GOOD_DOMAIN, "works-with-note", "insecure-connection", "receive", "user", "proven", TRUE, 9000 },
  { "pop/switched-off", WITH_NETWORK, "pop-off.good.example", 995, GOOD_OUT, GOOD_DOMAIN, "send-only", "protocol-not-enabled", "receive", "user", "proven", FALSE, 9000 },
  { "pop/imap-says-why", WITH_NETWORK, "pop-locked.good.example", 995, GOOD_OUT, GOOD_DOMAIN, "send-only", "account-locked", "receive", "provider", "likely", FALSE, 9000 },
  { "pop/refused-by-both-sides", WITH_NETWORK, "pop-wrong.good.example", 995, "pop-wrong.good.example", 465, GOOD_DOMAIN, "nothing-works", "wrong-credentials", "both", "user", "likely", FALSE, 9000 },
  { "pop/out-of-order", WITH_NETWORK, "pop-ill.good.example", 995, GOOD_OUT, GOOD_DOMAIN, "send-only", "server-temporary-failure", "receive", "provider", "likely", FALSE, 9000 },
  { "pop/no-imap-there", WITH_NETWORK, "pop-only.good.example", 995, GOOD_OUT, GOOD_DOMAIN, "send-only", "protocol-not-enabled", "receive", "user", "likely", FALSE, 9000 },
  { "ipv6/asked-for-in-vain", WITH_NETWORK, "asks-six-in-vain.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "works", .most_ms = 6000 },
  { "ipv6/no-way-to-it", WITH_NETWORK, "no-way-to-six.good.example", 993, GOOD_OUT, GOOD_DOMAIN, "works", .most_ms = 6000 },
};
/* clang-format on */

static Papers papers;
static Check *checks[G_N_ELEMENTS (rows)];

static PostwegServer *
incoming_of (const Row *row)
{
  gboolean is_pop = row->in_port == 995 || row->in_port == CLOSED;
  PostwegSecurity security = row->in_port == 143 || row->in_port == CLOSED ? POSTWEG_STARTTLS
                             : row->in_port == CLEAR                       ? POSTWEG_PLAIN
                                                                           : POSTWEG_TLS;

  return postweg_server_new (is_pop ? POSTWEG_POP3 : POSTWEG_IMAP, row->in_host, row->in_port, security,
                             "anna");
}

static Check *
check_of (const Row *row)
{
  g_autofree char *address = g_strconcat ("anna@", row->domain, NULL);

  Check *check = check_new (
      incoming_of (row),
      postweg_server_new (POSTWEG_SMTP, row->out_host, row->out_port,
                          row->out_port == BLOCKED || row->out_port == ODD ? POSTWEG_STARTTLS : POSTWEG_TLS,
                          "anna"),
      address, SECRET);

  check->allow_plaintext = row->in_port == CLEAR; /* the person said so */
  return check;
}

static void
run_phase (Phase phase)
{
  g_autoptr (GPtrArray) crowd = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].phase == phase)
      g_ptr_array_add (crowd, checks[i] = check_of (&rows[i]));
  checks_run (crowd, papers.ca);
}

static void
assert_mended (const Row *row, const PostwegFinding *finding)
{
  g_autoptr (Check) again = check_of (row);

  g_assert_nonnull (finding->mended);
  if (finding->mended == NULL)
    return;
  postweg_account_free (again->account);
  again->account = postweg_account_copy (finding->mended);
  check_run (again, papers.ca);
  g_assert_cmpstr (postweg_verdict_name (again->result->verdict), ==, "works");
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  const Check *check = checks[row - rows];
  const PostwegFinding *answer = check_answer (check);

  check_tell (check);
  g_test_message ("%u ms", (guint) (check->took_us / 1000));
  check_rules (check, SECRET);
  g_assert_cmpstr (answer != NULL ? answer->cause : NULL, ==, row->cause);
  g_assert_cmpstr (postweg_verdict_name (check->result->verdict), ==, row->verdict);
  g_assert_cmpint (check->took_us, <, SLOWER * (gint64) row->most_ms * 1000);
  if (answer == NULL)
    return;
  g_assert_cmpstr (postweg_side_name (answer->side), ==, row->side);
  g_assert_cmpstr (postweg_who_name (answer->who), ==, row->who);
  g_assert_cmpstr (postweg_confidence_name (answer->confidence), ==, row->confidence);
  if (row->mends)
    assert_mended (row, answer);
}

static const Check *
check_named (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].name, name) == 0)
      return checks[i];
  g_assert_not_reached ();
}

/* RFC 8305: an IPv6 that swallows everything costs the 250 ms until IPv4 is tried, not the time of a connection that fails. */
static void
test_dead_ipv6_is_cheap (void)
{
  const PostwegEvidence *evidence = check_named ("ipv6/swallowed")->result->incoming;
  const PostwegStep *connect = postweg_evidence_step (evidence, POSTWEG_STAGE_CONNECT);
  const PostwegAttempt *first = g_ptr_array_index (evidence->attempts, 0);

  g_assert_true (first->ipv6);
  g_assert_cmpuint (evidence->attempts->len, ==, 2);
  g_assert_cmpuint (connect->ms, >=, 200);
  g_assert_cmpuint (connect->ms, <=, SLOWER * 600); /* the machine is busy */
}

/* A router that swallows what is asked for IPv6 costs 350 ms, not the resolver's patience. */
static void
test_swallowed_question_is_cheap (void)
{
  const PostwegEvidence *evidence = check_named ("ipv6/asked-for-in-vain")->result->incoming;
  const PostwegStep *name = postweg_evidence_step (evidence, POSTWEG_STAGE_DNS);

  g_assert_cmpint (name->verdict, ==, POSTWEG_STEP_OK);
  g_assert_cmpuint (name->ms, >=, 300);
  g_assert_cmpuint (name->ms, <=, SLOWER * 900);
}

/* IMAP is asked once for a POP account, and counted; not when the other side refused the same pair already. */
static void
test_imap_is_asked_once (void)
{
  static const struct {
    const char *name;
    guint sign_ins, looks;
  } table[] = {
    { "pop/switched-off", 2, 1 }, { "pop/imap-says-why", 2, 1 }, { "pop/refused-by-both-sides", 1, 0 },
    { "pop/out-of-order", 2, 1 }, { "pop/no-imap-there", 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const PostwegTestResult *result = check_named (table[i].name)->result;
      guint looks = 0;

      for (guint j = 0; j < result->observations->len; j++)
        looks += ((const PostwegObservation *) g_ptr_array_index (result->observations, j))->look ==
                 POSTWEG_LOOK_IMAP;
      g_assert_cmpuint (looks, ==, table[i].looks);
      g_assert_cmpuint (result->incoming->login_attempts, ==, table[i].sign_ins);
    }
}

/* Both families are kept as evidence, and the one that connected is named. */
static void
test_attempts_are_kept (void)
{
  const PostwegEvidence *evidence = check_named ("ipv6/refused")->result->outgoing;
  const PostwegAttempt *six = g_ptr_array_index (evidence->attempts, 0);
  const PostwegAttempt *four = g_ptr_array_index (evidence->attempts, 1);

  g_assert_cmpstr (six->address, ==, "::1");
  g_assert_cmpint (six->error, ==, POSTWEG_ERROR_REFUSED);
  g_assert_cmpstr (four->address, ==, "127.0.0.1");
  g_assert_cmpint (four->error, ==, POSTWEG_OK);
  g_assert_cmpstr (postweg_evidence_step (evidence, POSTWEG_STAGE_TLS)->address, ==, "127.0.0.1");
}

/* A side that waits for a dead host does not hold the other one up. */
static void
test_sides_do_not_wait (void)
{
  static const char *const waiting[] = { "temporary/silence", "unreachable/swallowed",
                                         "blocked/587-while-465-answers" };

  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    {
      const PostwegTestResult *result = check_named (waiting[i])->result;
      const PostwegEvidence *well =
          postweg_evidence_works (result->incoming) ? result->incoming : result->outgoing;

      g_assert_true (postweg_evidence_works (well));
      g_assert_cmpuint (well->elapsed_ms, <, SLOWER * 1500);
    }
}

/* A complete name is not completed further: neither the search list nor the machine's own domain is asked. */
static void
test_no_search_list (void)
{
  g_assert_cmpuint (island_asked ("impa.good.example"), >, 0);
  g_assert_cmpuint (island_asked ("impa.good.example.inner.example"), ==, 0);
}

/* A name is asked for only a few times, whatever the diagnosis wishes for. */
static void
test_modest (void)
{
  g_assert_cmpuint (island_asked ("impa.good.example"), <=, 4);
  g_assert_cmpuint (island_asked ("stmp.good.example"), <=, 4);
}

static gboolean
stop_now (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

typedef struct {
  GMainLoop *loop;
  PostwegTestResult *result;
} Stopped;

static void
stopped (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Stopped *run = data;

  run->result = postweg_checkup_test_finish (result, NULL);
  g_main_loop_quit (run->loop);
}

/* Stopped in the middle of a look-up, of connecting and of a blocked port: at once, with what there is. */
static void
test_stopped (void)
{
  static const char *const hosts[] = { "silent.good.example", "swallowed.good.example",
                                       "swallows-six.good.example" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      const Row row = { .in_host = hosts[i],
                        .in_port = i == 2 ? 143 : 993,
                        .out_host = "smtp.good.example",
                        .out_port = BLOCKED,
                        .domain = GOOD_DOMAIN };
      g_autoptr (Check) check = check_of (&row);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      PostwegTestRequest *request = postweg_test_request_new (check->account, check->credentials);
      Stopped run = { g_main_loop_new (NULL, FALSE), NULL };
      gint64 begun = g_get_monotonic_time ();

      request->trust_file = g_strdup (papers.ca);
      g_timeout_add (200, stop_now, cancellable);
      postweg_checkup_test (request, NULL, cancellable, stopped, &run);
      g_main_loop_run (run.loop);
      g_main_loop_unref (run.loop);
      g_assert_cmpint (g_get_monotonic_time () - begun, <, (200 + SLOWER * 200) * 1000);
      g_assert_cmpstr (postweg_verdict_name (run.result->verdict), ==, "not-tested");
      g_assert_cmpuint (run.result->findings->len, ==, 0);
      postweg_test_result_free (run.result);
    }
}

static void
start_servers (PostwegPractice **servers)
{
  for (guint i = 0; i < G_N_ELEMENTS (listeners); i++)
    {
      PostwegPracticeOptions options = { .script = listeners[i].script,
                                         .certificate = papers.certificate,
                                         .key = papers.key,
                                         .address = listeners[i].address,
                                         .port = listeners[i].port };
      g_autoptr (GError) error = NULL;

      servers[i] = postweg_practice_start (&options, &error);
      g_assert_no_error (error);
    }
}

/* Returns: FALSE with the reason when this machine cannot show one of the faults */
static gboolean
run_phases (const char **reason)
{
  *reason = "port 587 cannot be blocked";
  if (island_blocked_port (BLOCKED) == 0)
    return FALSE;
  run_phase (WITHOUT_NETWORK);
  if (!island_add_far (routes, reason))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (relays); i++)
    g_assert_true (island_relay (relays[i].address, relays[i].port, relays[i].to));
  run_phase (WITH_NETWORK);
  return TRUE;
}

static int
run_all (void)
{
  const char *reason;
  PostwegPractice *servers[G_N_ELEMENTS (listeners)];
  int result = 0;

  papers_make (&papers);
  start_servers (servers);
  if (run_phases (&reason))
    result = g_test_run ();
  else
    g_print ("1..0 # SKIP %s\n", reason);
  for (guint i = 0; i < G_N_ELEMENTS (listeners); i++)
    postweg_practice_stop (servers[i]);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_free (checks[i]);
  papers_remove (&papers);
  return result;
}

int
main (int argc, char **argv)
{
  const char *reason;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  if (!island_enter (names, &reason))
    {
      g_print ("1..0 # SKIP %s\n", reason);
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/network/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/checkup/network/imap-is-asked-once", test_imap_is_asked_once);
  g_test_add_func ("/checkup/network/dead-ipv6-is-cheap", test_dead_ipv6_is_cheap);
  g_test_add_func ("/checkup/network/swallowed-question-is-cheap", test_swallowed_question_is_cheap);
  g_test_add_func ("/checkup/network/attempts-are-kept", test_attempts_are_kept);
  g_test_add_func ("/checkup/network/sides-do-not-wait", test_sides_do_not_wait);
  g_test_add_func ("/checkup/network/no-search-list", test_no_search_list);
  g_test_add_func ("/checkup/network/modest", test_modest);
  g_test_add_func ("/checkup/network/stopped", test_stopped);
  return run_all ();
}
