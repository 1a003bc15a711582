/* Both sides together: healthy accounts, comparisons, joined findings, wishes and what they decide, evidence lines. */
#include "diagnose/causes.h"
#include "evidence-build.h"
#include "model/port-map.h"

#define FAILS(at, how) .stage = POSTWEG_STAGE_##at, .error = POSTWEG_ERROR_##how
#define SAYS(at, words) .stage = POSTWEG_STAGE_##at, .error = POSTWEG_ERROR_REJECTED, .reply = words
#define REFUSED_IMAP SAYS (AUTH, "a NO [AUTHENTICATIONFAILED] Authentication failed.")
#define REFUSED_SMTP SAYS (AUTH, "535 5.7.8 Error: authentication failed: (reason unavailable)")

static const PostwegProviderServer provider_servers[] = {
  { POSTWEG_IMAP, "imap.example.org", 993, POSTWEG_TLS, POSTWEG_USER_ADDRESS, 1, { POSTWEG_AUTH_PASSWORD } },
  { POSTWEG_SMTP, "smtp.example.org", 465, POSTWEG_TLS, POSTWEG_USER_ADDRESS, 1, { POSTWEG_AUTH_PASSWORD } },
};
static const PostwegProvider own_switch = {
  .id = "example",
  .servers = provider_servers,
  .n_servers = 2,
  .quirks = POSTWEG_QUIRK_SMTP_OWN_SWITCH,
};
static const PostwegPrerequisite app_password[] = { { "app-password", "", "", "2026" } };
static const PostwegProvider demanding = {
  .id = "example",
  .servers = provider_servers,
  .n_servers = 2,
  .prerequisites = app_password,
  .n_prerequisites = 1,
};

/* What is healthy, or no fault: no finding and no wish. */
typedef struct {
  const char *name;
  Scene scene;
} HealthyRow;

static const HealthyRow healthy[] = {
  { "imap-and-smtp", { .no_in = FALSE } },
  { "pop-and-starttls", { .in = { .protocol = POSTWEG_POP3 }, .out = { .security = POSTWEG_STARTTLS } } },
  { "only-incoming", { .no_out = TRUE } },
  { "only-outgoing", { .no_in = TRUE } },
  { "nothing-tested", { .no_in = TRUE, .no_out = TRUE } },
  { "no-sign-in-for-sending", { .out = { .auth = POSTWEG_AUTH_NONE, .user = "-" } } },
  { "plain-on-this-computer",
    { .in = { .host = "127.0.0.1", .security = POSTWEG_PLAIN },
      .out = { .host = "localhost", .security = POSTWEG_PLAIN } } },
  { "computer-without-ipv6", { .in = { .ipv6 = POSTWEG_ERROR_UNREACHABLE } } },
  { "ipv6-lost-the-race", { .in = { .ipv6 = POSTWEG_ERROR_OUT_OF_TIME } } },
  { "four-seconds", { .in = { .slow_ms = 4000 } } },
  { "94-percent", { .in = { .percent = 94 } } },
  { "user-without-domain", { .in = { .user = "anna" }, .out = { .user = "anna" } } },
  { "demanding-provider", { .provider = &demanding } },
};

static void
healthy_gives_nothing (gconstpointer data)
{
  const Scene *scene = &((const HealthyRow *) data)->scene;
  Stage stage;
  g_autoptr (GPtrArray) findings = NULL, wishes = NULL;

  stage_set (&stage, scene);
  findings = postweg_diagnose (&stage.the_case, &wishes);
  g_assert_cmpuint (findings->len, ==, 0);
  g_assert_cmpuint (wishes->len, ==, 0);
  stage_clear (&stage);
}

/* A sign-in that was left out is not a fault. */
static void
skipped_sign_in_gives_nothing (void)
{
  static const PostwegError reasons[] = { POSTWEG_ERROR_UNPROTECTED, POSTWEG_ERROR_NO_SECRET };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      const Scene scene = { .in = { .security = POSTWEG_PLAIN } };
      Stage stage;
      g_autoptr (GPtrArray) findings = NULL, wishes = NULL;

      stage_set (&stage, &scene);
      for (guint s = 0; s < stage.incoming->steps->len; s++)
        {
          PostwegStep *step = g_ptr_array_index (stage.incoming->steps, s);

          if (step->stage >= POSTWEG_STAGE_AUTH)
            {
              step->verdict = POSTWEG_STEP_SKIPPED;
              step->error = reasons[i];
            }
        }
      findings = postweg_diagnose (&stage.the_case, &wishes);
      g_assert_cmpuint (findings->len, ==, 0);
      stage_clear (&stage);
    }
}

/* Scenes and all their findings: "cause side confidence", best first, with blanks between. */
typedef struct {
  const char *name;
  const char *findings;
  Scene scene;
} CompareRow;

static const CompareRow comparisons[] = {
  { "password-proven-by-imap",
    "protocol-not-enabled send likely, wrong-smtp-server send possible, sending-blocked-for-abuse send "
    "possible",
    { .out = { REFUSED_SMTP } } },
  { "sending-has-its-own-switch",
    "protocol-not-enabled send likely",
    { .out = { REFUSED_SMTP }, .provider = &own_switch } },
  { "password-proven-by-smtp", "protocol-not-enabled receive likely", { .in = { REFUSED_IMAP } } },
  { "app-password-works-for-imap",
    "protocol-not-enabled send likely, wrong-smtp-server send possible",
    { .out = { REFUSED_SMTP }, .provider = &demanding } },
  { "other-user-for-sending",
    "outgoing-credentials-differ send likely",
    { .out = { .user = "old@example.org", REFUSED_SMTP } } },
  { "other-password-for-sending",
    "outgoing-credentials-differ send likely",
    { .out = { REFUSED_SMTP }, .other_password = TRUE } },
  { "incoming-pair-works",
    "outgoing-credentials-differ send proven",
    { .out = { .user = "old@example.org", REFUSED_SMTP },
      .looks = { { POSTWEG_LOOK_INCOMING_PAIR, POSTWEG_SEND, { .protocol = POSTWEG_SMTP } } },
      .n_looks = 1 } },
  { "incoming-pair-fails-too",
    "protocol-not-enabled send likely",
    { .out = { .user = "old@example.org", REFUSED_SMTP },
      .looks = { { POSTWEG_LOOK_INCOMING_PAIR, POSTWEG_SEND, { .protocol = POSTWEG_SMTP, REFUSED_SMTP } } },
      .n_looks = 1 } },
  { "named-reason-stays",
    "smtp-auth-disabled send proven",
    { .out = { SAYS (AUTH, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled "
                           "for the Tenant.") } } },
  { "two-faults-proven-first",
    "cert-expired send proven, connection-refused receive likely",
    { .in = { FAILS (CONNECT, REFUSED) },
      .out = { FAILS (TLS, CERTIFICATE), .faults = POSTWEG_CERT_EXPIRED } } },
  { "two-proven-faults-receiving-first",
    "malformed-response receive proven, cert-expired send proven",
    { .in = { FAILS (GREETING, MALFORMED) },
      .out = { FAILS (TLS, CERTIFICATE), .faults = POSTWEG_CERT_EXPIRED } } },
  { "note-behind-fault",
    "cert-expired send proven, own-mailbox-full receive proven",
    { .in = { .percent = 100 }, .out = { FAILS (TLS, CERTIFICATE), .faults = POSTWEG_CERT_EXPIRED } } },
  { "notes-joined",
    "insecure-connection both proven",
    { .in = { .security = POSTWEG_PLAIN }, .out = { .security = POSTWEG_PLAIN } } },
  { "sending-ports-filtered", "port-blocked send likely", { .out = { FAILS (CONNECT, NO_CONNECTION) } } },
  { "certificate-of-one-provider-expired",
    "cert-expired both proven",
    { .in = { FAILS (TLS, CERTIFICATE), .faults = POSTWEG_CERT_EXPIRED, .fingerprint = "01" },
      .out = { FAILS (TLS, CERTIFICATE), .faults = POSTWEG_CERT_EXPIRED, .fingerprint = "02" } } },
  { "certificates-of-strangers-expired",
    "clock-wrong both likely",
    { .in = { .host = "a.test",
              FAILS (TLS, CERTIFICATE),
              .faults = POSTWEG_CERT_EXPIRED,
              .fingerprint = "01" },
      .out = { .host = "b.example",
               FAILS (TLS, CERTIFICATE),
               .faults = POSTWEG_CERT_EXPIRED,
               .fingerprint = "02" } } },
  { "pop-refusal-without-code",
    "protocol-not-enabled receive possible",
    { .in = { .protocol = POSTWEG_POP3, .capabilities = "USER AUTH-RESP-CODE", SAYS (AUTH, "-ERR no") } } },
};

static char *
list_findings (const GPtrArray *findings, guint n)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < MIN (findings->len, n); i++)
    {
      const PostwegFinding *finding = g_ptr_array_index (findings, i);

      g_string_append_printf (list, "%s%s %s %s", i > 0 ? ", " : "", finding->cause,
                              postweg_side_name (finding->side),
                              postweg_confidence_name (finding->confidence));
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
compare_sides (gconstpointer data)
{
  const CompareRow *row = data;
  g_auto (GStrv) expected = g_strsplit (row->findings, ", ", -1);
  Stage stage;
  g_autoptr (GPtrArray) findings = NULL, wishes = NULL;
  g_autofree char *list = NULL;

  stage_set (&stage, &row->scene);
  findings = postweg_diagnose (&stage.the_case, &wishes);
  list = list_findings (findings, g_strv_length (expected));
  g_assert_cmpstr (list, ==, row->findings);
  stage_clear (&stage);
}

/* Whoever can sign in elsewhere with this password is not told that it is wrong. */
static void
proven_password_is_never_wrong (void)
{
  const Scene scenes[] = { { .out = { REFUSED_SMTP } }, { .in = { REFUSED_IMAP } } };

  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      Stage stage;
      g_autoptr (GPtrArray) findings = NULL, wishes = NULL;

      stage_set (&stage, &scenes[i]);
      findings = postweg_diagnose (&stage.the_case, &wishes);
      for (guint f = 0; f < findings->len; f++)
        g_assert_cmpstr (((PostwegFinding *) g_ptr_array_index (findings, f))->cause, !=,
                         "wrong-credentials");
      stage_clear (&stage);
    }
}

/* What is wished for, as "look host:port security", with commas between; then what is wished for once that was seen. */
typedef struct {
  const char *name;
  const char *wishes;
  Scene scene;
} WishRow;

static const WishRow wish_rows[] = {
  { "name", "name example.org:993 tls", { .in = { FAILS (DNS, NO_SUCH_HOST) }, .no_out = TRUE } },
  { "name-known-by-the-other-side", "", { .in = { FAILS (DNS, NO_SUCH_HOST) } } },
  { "ports", "port smtp.example.org:587 starttls", { .out = { FAILS (CONNECT, REFUSED) } } },
  { "both-ports",
    "port smtp.example.org:465 tls, port smtp.example.org:587 starttls",
    { .out = { .port = 25, .security = POSTWEG_STARTTLS, FAILS (CONNECT, NO_CONNECTION) } } },
  { "ports-seen-before",
    "",
    { .out = { FAILS (CONNECT, REFUSED) },
      .looks = { { POSTWEG_LOOK_OTHER_PORT,
                   POSTWEG_SEND,
                   { .protocol = POSTWEG_SMTP, .security = POSTWEG_STARTTLS, FAILS (CONNECT, REFUSED) } } },
      .n_looks = 1 } },
  { "plain", "plain imap.example.org:993 tls", { .in = { FAILS (TLS, NOT_TLS) } } },
  { "plain-without-starttls",
    "port imap.example.org:143 starttls",
    { .in = { FAILS (TLS, NOT_TLS) },
      .looks = { { POSTWEG_LOOK_PLAIN, POSTWEG_RECEIVE, { .port = 993, .speaks = POSTWEG_SPEAKS_IMAP } } },
      .n_looks = 1 } },
  { "plain-and-old",
    "plain imap.example.org:993 tls, old-tls imap.example.org:993 tls",
    { .in = { FAILS (TLS, TLS_ABORTED) } } },
  { "tls",
    "plain smtp.example.org:587 starttls, tls smtp.example.org:587 starttls",
    { .out = { .security = POSTWEG_STARTTLS, FAILS (GREETING, SILENT) } } },
  { "old-tls", "old-tls imap.example.org:993 tls", { .in = { FAILS (TLS, TLS_CIPHER) } } },
  { "pair", "pair smtp.example.org:465 tls", { .out = { .user = "old", REFUSED_SMTP, .logins = 1 } } },
  { "pair-under-one-domain",
    "pair mail.example.org:465 tls",
    { .out = { .host = "mail.example.org", .user = "old", REFUSED_SMTP, .logins = 1 } } },
  { "no-pair-for-a-stranger",
    "",
    { .out = { .host = "smtp.stranger.test", .user = "old", REFUSED_SMTP, .logins = 1 } } },
  { "no-pair-across-a-public-suffix",
    "",
    { .in = { .host = "imap.one.co.uk" },
      .out = { .host = "smtp.two.co.uk", .user = "old", REFUSED_SMTP, .logins = 1 } } },
  { "pair-below-a-public-suffix",
    "pair smtp.one.co.uk:465 tls",
    { .in = { .host = "imap.one.co.uk" },
      .out = { .host = "smtp.one.co.uk", .user = "old", REFUSED_SMTP, .logins = 1 } } },
  { "no-pair-for-another-address",
    "",
    { .in = { .host = "192.0.2.1" },
      .out = { .host = "198.51.2.1", .user = "old", REFUSED_SMTP, .logins = 1 } } },
  { "no-third-sign-in", "", { .out = { .user = "old", REFUSED_SMTP, .logins = 2 } } },
  { "same-pair", "", { .out = { REFUSED_SMTP } } },
  { "certificate-decides-alone", "", { .in = { FAILS (TLS, CERTIFICATE), .faults = POSTWEG_CERT_EXPIRED } } },
  { "wrong-password-on-no-other-port", "", { .in = { REFUSED_IMAP }, .no_out = TRUE } },
};

static char *
list_wishes (const GPtrArray *wishes)
{
  static const char *const looks[] = { "plain", "tls", "old-tls", "port", "name", "pair", "host", "family" };
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < wishes->len; i++)
    {
      const PostwegWish *wish = g_ptr_array_index (wishes, i);

      g_string_append_printf (list, "%s%s %s:%u %s", i > 0 ? ", " : "", looks[wish->look], wish->server->host,
                              wish->server->port, postweg_security_name (wish->server->security));
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
wish_for (gconstpointer data)
{
  const WishRow *row = data;
  Stage stage;
  g_autoptr (GPtrArray) findings = NULL, wishes = NULL;
  g_autofree char *list = NULL;

  stage_set (&stage, &row->scene);
  findings = postweg_diagnose (&stage.the_case, &wishes);
  list = list_wishes (wishes);
  g_assert_cmpstr (list, ==, row->wishes);
  stage_clear (&stage);
}

/* The map of ports saves looks at what it shows closed, and tells whether the host is there at all. */
static void
map_saves_looks (void)
{
  static const struct {
    PostwegPortState states[2]; /* of 465 and 587 */
    const char *wishes, *cause;
  } table[] = {
    { { POSTWEG_PORT_OPEN, POSTWEG_PORT_OPEN },
      "port smtp.example.org:465 tls, port smtp.example.org:587 starttls",
      "port-blocked" },
    { { POSTWEG_PORT_OPEN, POSTWEG_PORT_SILENT }, "port smtp.example.org:465 tls", "port-blocked" },
    { { POSTWEG_PORT_REFUSED, POSTWEG_PORT_UNKNOWN }, "port smtp.example.org:587 starttls", "port-blocked" },
    { { POSTWEG_PORT_SILENT, POSTWEG_PORT_SILENT }, "", "port-blocked" },
  };
  static const guint16 numbers[] = { 465, 587 };
  const Scene scene = { .out = { .port = 26, .security = POSTWEG_STARTTLS, FAILS (CONNECT, NO_CONNECTION) } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GPtrArray) map = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_port_free);
      g_autoptr (GPtrArray) findings = NULL, wishes = NULL;
      g_autofree char *list = NULL;
      Stage stage;

      stage_set (&stage, &scene);
      for (guint k = 0; k < 2; k++)
        {
          g_ptr_array_add (map, postweg_port_new ("smtp.example.org", "192.0.2.1", numbers[k], POSTWEG_SMTP));
          ((PostwegPort *) g_ptr_array_index (map, k))->state = table[i].states[k];
        }
      stage.the_case.ports = map;
      findings = postweg_diagnose (&stage.the_case, &wishes);
      list = list_wishes (wishes);
      g_assert_cmpstr (list, ==, table[i].wishes);
      g_assert_cmpstr (((PostwegFinding *) g_ptr_array_index (findings, 0))->cause, ==, table[i].cause);
      stage_clear (&stage);
    }
}

/* Other hosts of the provider are asked when no port of this one answers; a stranger's never. */
static void
asks_only_the_providers_hosts (void)
{
  const Look silent = { POSTWEG_LOOK_OTHER_PORT,
                        POSTWEG_SEND,
                        { .protocol = POSTWEG_SMTP,
                          .host = "mail.example.org",
                          .security = POSTWEG_STARTTLS,
                          FAILS (CONNECT, NO_CONNECTION) } };
  const Scene with = { .out = { .host = "mail.example.org", FAILS (CONNECT, NO_CONNECTION) },
                       .looks = { silent },
                       .n_looks = 1,
                       .provider = &demanding };
  const Scene without = { .out = { .host = "mail.example.org", FAILS (CONNECT, NO_CONNECTION) },
                          .looks = { silent },
                          .n_looks = 1 };
  const Scene *const scenes[] = { &with, &without };
  static const char *const expected[] = { "host smtp.example.org:465 tls", "" };

  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      g_autoptr (GPtrArray) findings = NULL, wishes = NULL;
      g_autofree char *list = NULL;
      Stage stage;

      stage_set (&stage, scenes[i]);
      findings = postweg_diagnose (&stage.the_case, &wishes);
      list = list_wishes (wishes);
      g_assert_cmpstr (list, ==, expected[i]);
      stage_clear (&stage);
    }
}

/* The pair's wish carries the incoming user name; the mended account does, too. */
static void
incoming_pair_is_spelled_out (void)
{
  const Scene scene = { .out = { .user = "old", REFUSED_SMTP, .logins = 1 } };
  Stage stage;
  g_autoptr (GPtrArray) findings = NULL, wishes = NULL;
  const PostwegFinding *first;

  stage_set (&stage, &scene);
  findings = postweg_diagnose (&stage.the_case, &wishes);
  first = g_ptr_array_index (findings, 0);
  g_assert_cmpstr (((PostwegWish *) g_ptr_array_index (wishes, 0))->server->user, ==, "anna@example.org");
  g_assert_cmpstr (first->mended->outgoing->user, ==, "anna@example.org");
  stage_clear (&stage);
}

static void
evidence_names_server_and_step (void)
{
  const Scene scene = { .out = { .security = POSTWEG_STARTTLS, REFUSED_SMTP } };
  Stage stage;
  g_autoptr (GPtrArray) findings = NULL, wishes = NULL;
  const PostwegFinding *first;

  stage_set (&stage, &scene);
  findings = postweg_diagnose (&stage.the_case, &wishes);
  first = g_ptr_array_index (findings, 0);
  g_assert_cmpstr (first->headline, ==,
                   "You can receive. You cannot send, because access for mail programs is switched off at "
                   "smtp.example.org.");
  g_assert_cmpstr (
      g_ptr_array_index (first->evidence, 0), ==,
      "smtp.example.org:587, sign-in: 535 5.7.8 Error: authentication failed: (reason unavailable)");
  g_assert_cmpstr (g_ptr_array_index (first->evidence, 1), ==,
                   "Receiving through imap.example.org:993 works.");
  stage_clear (&stage);
}

static void
evidence_shows_the_certificate (void)
{
  const Scene scene = { .in = { .host = "2001:db8::7",
                                FAILS (TLS, CERTIFICATE),
                                .faults = POSTWEG_CERT_NAME_MISMATCH,
                                .names = "mail.other.test" } };
  Stage stage;
  g_autoptr (GPtrArray) findings = NULL, wishes = NULL;
  const PostwegFinding *first;

  stage_set (&stage, &scene);
  findings = postweg_diagnose (&stage.the_case, &wishes);
  first = g_ptr_array_index (findings, 0);
  g_assert_cmpstr (g_ptr_array_index (first->evidence, 0), ==,
                   "[2001:db8::7]:993, encryption (TLS): the certificate is not proven for this name");
  g_assert_cmpstr (g_ptr_array_index (first->evidence, 1), ==,
                   "The certificate is made out to: mail.other.test");
  stage_clear (&stage);
}

static void
both_sides_are_mended_together (void)
{
  const Scene scene = {
    .in = { .port = 143, .security = POSTWEG_PLAIN, .capabilities = "STARTTLS" },
    .out = { .port = 587, .security = POSTWEG_PLAIN, .capabilities = "STARTTLS" },
  };
  Stage stage;
  g_autoptr (GPtrArray) findings = NULL, wishes = NULL;
  g_autofree char *change = NULL;

  stage_set (&stage, &scene);
  findings = postweg_diagnose (&stage.the_case, &wishes);
  change = describe_change (stage.account, ((PostwegFinding *) g_ptr_array_index (findings, 0))->mended);
  g_assert_cmpstr (change, ==,
                   "imap imap.example.org:143 starttls anna@example.org password\n"
                   "smtp smtp.example.org:587 starttls anna@example.org password");
  stage_clear (&stage);
}

/* A port that answers with a bad certificate is not where anybody is sent. */
static void
unsafe_port_is_not_proposed (void)
{
  const Scene scene = { .out = { FAILS (CONNECT, REFUSED) },
                        .looks = { { POSTWEG_LOOK_OTHER_PORT,
                                     POSTWEG_SEND,
                                     { .protocol = POSTWEG_SMTP,
                                       .security = POSTWEG_STARTTLS,
                                       .faults = POSTWEG_CERT_SELF_SIGNED } } },
                        .n_looks = 1 };
  Stage stage;
  g_autoptr (GPtrArray) findings = NULL, wishes = NULL;

  stage_set (&stage, &scene);
  findings = postweg_diagnose (&stage.the_case, &wishes);
  g_assert_null (((PostwegFinding *) g_ptr_array_index (findings, 0))->mended);
  stage_clear (&stage);
}

#define ADD_ROWS(table, kind, function)                                                                      \
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)                                                           \
    {                                                                                                        \
      g_autofree char *path = g_strdup_printf ("/diagnose/" kind "/%s", table[i].name);                      \
      g_test_add_data_func (path, &table[i], function);                                                      \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (healthy, "healthy", healthy_gives_nothing);
  ADD_ROWS (comparisons, "compare", compare_sides);
  ADD_ROWS (wish_rows, "wishes", wish_for);
  g_test_add_func ("/diagnose/wishes/map", map_saves_looks);
  g_test_add_func ("/diagnose/wishes/hosts", asks_only_the_providers_hosts);
  g_test_add_func ("/diagnose/healthy/skipped-sign-in", skipped_sign_in_gives_nothing);
  g_test_add_func ("/diagnose/compare/proven-password-is-never-wrong", proven_password_is_never_wrong);
  g_test_add_func ("/diagnose/wishes/incoming-pair", incoming_pair_is_spelled_out);
  g_test_add_func ("/diagnose/evidence/server-and-step", evidence_names_server_and_step);
  g_test_add_func ("/diagnose/evidence/certificate", evidence_shows_the_certificate);
  g_test_add_func ("/diagnose/mend/both-sides", both_sides_are_mended_together);
  g_test_add_func ("/diagnose/mend/unsafe-port", unsafe_port_is_not_proposed);
  return g_test_run ();
}
