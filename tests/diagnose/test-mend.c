/* Ways of mending: what may be proposed, and what must never be. */
#include "diagnose/mend.h"
#include "evidence-build.h"

#define SMTP_LOOK(number, how, ...)                                                                          \
  POSTWEG_LOOK_OTHER_PORT, POSTWEG_SEND,                                                                     \
  {                                                                                                          \
    .protocol = POSTWEG_SMTP, .port = number, .security = POSTWEG_##how, __VA_ARGS__                         \
  }
#define CERTIFICATE .stage = POSTWEG_STAGE_TLS, .error = POSTWEG_ERROR_CERTIFICATE

static const PostwegProviderServer servers[] = {
  { POSTWEG_IMAP, "imap.example.org", 993, POSTWEG_TLS, POSTWEG_USER_LOCAL, 1, { POSTWEG_AUTH_PASSWORD } },
  { POSTWEG_SMTP,
    "submit.example.org",
    465,
    POSTWEG_TLS,
    POSTWEG_USER_LOCAL_DOMAIN,
    2,
    { POSTWEG_AUTH_OAUTH2, POSTWEG_AUTH_PASSWORD } },
};
static const PostwegProvider provider = { .id = "example", .servers = servers, .n_servers = 2 };

typedef struct {
  const char *name;
  PostwegSide side;
  PostwegCause cause;
  const char *change; /* "": nothing is proposed */
  Scene scene;
} Row;

static const Row rows[] = {
  { "no-way-for-this-cause", POSTWEG_SEND, POSTWEG_CAUSE_CERT_EXPIRED, "", { .provider = &provider } },
  { "nothing-known", POSTWEG_SEND, POSTWEG_CAUSE_DNS_NO_SUCH_HOST, "", { .no_in = TRUE } },
  { "documented-server-and-user",
    POSTWEG_SEND,
    POSTWEG_CAUSE_DNS_NO_SUCH_HOST,
    "smtp submit.example.org:465 tls anna.example.org password",
    { .provider = &provider } },
  { "documented-already",
    POSTWEG_RECEIVE,
    POSTWEG_CAUSE_CONNECTION_REFUSED,
    "",
    { .in = { .user = "anna" }, .provider = &provider } },
  { "tls-is-preferred",
    POSTWEG_SEND,
    POSTWEG_CAUSE_PORT_BLOCKED,
    "smtp smtp.example.org:465 tls anna@example.org password",
    { .out = { .port = 25, .security = POSTWEG_STARTTLS },
      .looks = { { SMTP_LOOK (587, STARTTLS) }, { SMTP_LOOK (465, TLS) } },
      .n_looks = 2 } },
  { "starttls-if-nothing-else",
    POSTWEG_SEND,
    POSTWEG_CAUSE_PORT_BLOCKED,
    "smtp smtp.example.org:587 starttls anna@example.org password",
    { .looks = { { SMTP_LOOK (587, STARTTLS) } }, .n_looks = 1 } },
  { "never-to-a-plain-port",
    POSTWEG_SEND,
    POSTWEG_CAUSE_PORT_BLOCKED,
    "",
    { .looks = { { SMTP_LOOK (587, PLAIN) } }, .n_looks = 1 } },
  { "never-to-an-unproven-port",
    POSTWEG_SEND,
    POSTWEG_CAUSE_PORT_BLOCKED,
    "",
    { .looks = { { SMTP_LOOK (587, STARTTLS, .faults = POSTWEG_CERT_NAME_MISMATCH) } }, .n_looks = 1 } },
  { "never-to-a-port-that-stopped",
    POSTWEG_SEND,
    POSTWEG_CAUSE_PORT_BLOCKED,
    "",
    { .looks = { { SMTP_LOOK (587, STARTTLS, .stage = POSTWEG_STAGE_CAPABILITY,
                              .error = POSTWEG_ERROR_HUNG_UP) } },
      .n_looks = 1 } },
  { "other-side's-look-does-not-count",
    POSTWEG_RECEIVE,
    POSTWEG_CAUSE_CONNECTION_REFUSED,
    "",
    { .looks = { { SMTP_LOOK (587, STARTTLS) } }, .n_looks = 1 } },
  { "tls-here-only-if-proven",
    POSTWEG_RECEIVE,
    POSTWEG_CAUSE_PLAIN_ON_TLS_PORT,
    "",
    { .in = { .security = POSTWEG_STARTTLS, .port = 993 },
      .looks = { { POSTWEG_LOOK_TLS,
                   POSTWEG_RECEIVE,
                   { .port = 993, .tls = "TLS1.3", .faults = POSTWEG_CERT_SELF_SIGNED } } },
      .n_looks = 1 } },
  { "user-as-the-provider-wants-it",
    POSTWEG_RECEIVE,
    POSTWEG_CAUSE_USERNAME_FORMAT,
    "imap imap.example.org:993 tls anna password",
    { .provider = &provider } },
  { "user-of-the-side-that-works",
    POSTWEG_RECEIVE,
    POSTWEG_CAUSE_USERNAME_FORMAT,
    "imap imap.example.org:993 tls kunde7 password",
    { .out = { .user = "kunde7" } } },
  { "full-address",
    POSTWEG_RECEIVE,
    POSTWEG_CAUSE_USERNAME_FORMAT,
    "imap imap.example.org:993 tls anna@example.org password",
    { .in = { .user = "anna" }, .no_out = TRUE } },
  { "oauth-where-documented",
    POSTWEG_SEND,
    POSTWEG_CAUSE_OAUTH_REQUIRED,
    "smtp smtp.example.org:465 tls anna@example.org oauth2",
    { .provider = &provider } },
  { "no-oauth-on-suspicion", POSTWEG_RECEIVE, POSTWEG_CAUSE_OAUTH_REQUIRED, "", { .provider = &provider } },
  { "sign-in-as-for-receiving",
    POSTWEG_SEND,
    POSTWEG_CAUSE_SEND_AUTH_MISSING,
    "smtp smtp.example.org:465 tls kunde7 encrypted",
    { .in = { .user = "kunde7", .auth = POSTWEG_AUTH_ENCRYPTED },
      .out = { .user = "-", .auth = POSTWEG_AUTH_NONE } } },
  { "encrypted-password-if-offered",
    POSTWEG_SEND,
    POSTWEG_CAUSE_AUTH_MECHANISM_UNSUPPORTED,
    "smtp smtp.example.org:465 tls anna@example.org encrypted",
    { .out = { .mechanisms = "SCRAM-SHA-256" } } },
  { "no-plain-password-in-the-clear",
    POSTWEG_SEND,
    POSTWEG_CAUSE_AUTH_MECHANISM_UNSUPPORTED,
    "",
    { .out = { .security = POSTWEG_PLAIN, .auth = POSTWEG_AUTH_ENCRYPTED, .mechanisms = "PLAIN LOGIN" } } },
  { "sender-as-signed-in",
    POSTWEG_SEND,
    POSTWEG_CAUSE_SENDER_NOT_OWNED,
    "address anna@example.org",
    { .address = "other@example.org" } },
  { "sender-from-the-incoming-side",
    POSTWEG_SEND,
    POSTWEG_CAUSE_SENDER_NOT_OWNED,
    "address anna@example.org",
    { .out = { .user = "kunde7" }, .address = "other@example.org" } },
  { "no-sender-from-a-number",
    POSTWEG_SEND,
    POSTWEG_CAUSE_SENDER_NOT_OWNED,
    "",
    { .in = { .user = "kunde7" }, .out = { .user = "kunde7" } } },
  { "no-stranger's-name",
    POSTWEG_RECEIVE,
    POSTWEG_CAUSE_CERT_NAME_MISMATCH,
    "",
    { .in = { CERTIFICATE, .faults = POSTWEG_CERT_NAME_MISMATCH, .names = "imap.attacker.test" } } },
  { "no-look-alike",
    POSTWEG_RECEIVE,
    POSTWEG_CAUSE_CERT_NAME_MISMATCH,
    "",
    { .in = { CERTIFICATE, .faults = POSTWEG_CERT_NAME_MISMATCH, .names = "mail.notexample.org" } } },
  { "no-name-from-an-untrusted-certificate",
    POSTWEG_RECEIVE,
    POSTWEG_CAUSE_CERT_NAME_MISMATCH,
    "",
    { .in = { CERTIFICATE, .faults = POSTWEG_CERT_NAME_MISMATCH | POSTWEG_CERT_SELF_SIGNED,
              .names = "mail.example.org" } } },
  { "no-asterisk-as-a-name",
    POSTWEG_RECEIVE,
    POSTWEG_CAUSE_CERT_NAME_MISMATCH,
    "",
    { .in = { CERTIFICATE, .faults = POSTWEG_CERT_NAME_MISMATCH, .names = "*.example.org" },
      .no_out = TRUE } },
  { "asterisk-stands-for-one-label",
    POSTWEG_RECEIVE,
    POSTWEG_CAUSE_CERT_NAME_MISMATCH,
    "",
    { .in = { .host = "a.test", CERTIFICATE, .faults = POSTWEG_CERT_NAME_MISMATCH, .names = "*.org" } } },
};

static void
mend_row (gconstpointer data)
{
  const Row *row = data;
  Stage stage;
  PostwegView view;
  g_autoptr (PostwegAccount) mended = NULL;
  g_autofree char *change = NULL;
  gboolean changed;

  stage_set (&stage, &row->scene);
  g_assert_true (postweg_view_init (&view, &stage.the_case, row->side));
  mended = postweg_account_copy (stage.account);
  changed = postweg_mend (mended, &view, row->cause);
  change = describe_change (stage.account, mended);
  g_assert_cmpstr (change, ==, row->change);
  g_assert_cmpint (changed, ==, *row->change != '\0');
  stage_clear (&stage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/diagnose/mend/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], mend_row);
    }
  return g_test_run ();
}
