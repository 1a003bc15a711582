/* When IMAP is asked for a POP account, whom, and what is made of its answer. */
#include "cause-rows.h"

#define POP_REFUSES(words) .in = { POP, SAYS (AUTH, words), .logins = 1 }
#define BARE POP_REFUSES ("-ERR [AUTH] Authentication failed.")
#define IMAP_SEEN(...) SEEN (IMAP, RECEIVE, .port = 993, __VA_ARGS__)

typedef struct {
  const char *name;
  Scene scene;
  const char *wish; /* host:port of the server to ask; NULL: none */
  const char *cause, *confidence;
} ImapRow;

/* clang-format off */
static const ImapRow rows[] = {
  { "sending-works", { BARE }, "pop.example.org:993", "protocol-not-enabled", "likely" },
  { "no-outgoing-server", { BARE, .no_out = TRUE }, "pop.example.org:993", "wrong-credentials", "likely" },
  { "no-sign-in-for-sending", { BARE, .out = { .auth = POSTWEG_AUTH_NONE } }, "pop.example.org:993", "wrong-credentials", "likely" },
  { "server-error", { POP_REFUSES ("-ERR [SYS/TEMP] Trouble") }, "pop.example.org:993", "server-temporary-failure", "likely" },
  { "documented", { .in = { POP, .host = "pop.provider.example", SAYS (AUTH, "-ERR [AUTH] Authentication failed."), .logins = 1 },
      PROVIDER () }, "imap.provider.example:993", "protocol-not-enabled", "likely" },
  { "not-the-provider's-own-host", { BARE, PROVIDER () }, "pop.example.org:993", "protocol-not-enabled", "likely" },
  { "other-password-for-sending", { BARE, .other_password = TRUE }, NULL, NULL, NULL },
  { "other-user-for-sending", { BARE, .out = { .user = "anna" } }, NULL, NULL, NULL },
  { "sending-refuses-too", { BARE, .out = { SAYS (AUTH, "535 5.7.8 Authentication failed"), .logins = 1 } }, NULL, "wrong-credentials", "likely" },
  { "sending-did-not-come-so-far", { BARE, .out = { FAILS (CONNECT, REFUSED) } }, NULL, NULL, NULL },
  { "clear-reason", { POP_REFUSES ("-ERR [AUTH] POP3 access is not enabled for this account") }, NULL, "protocol-not-enabled", "likely" },
  { "two-sign-ins-made", { .in = { POP, SAYS (AUTH, "-ERR [AUTH] Authentication failed."), .logins = 2 } }, NULL, NULL, NULL },
  { "token", { .in = { POP, .auth = POSTWEG_AUTH_OAUTH2, SAYS (AUTH, "-ERR [AUTH] Authentication failed."), .logins = 1 } }, NULL, NULL, NULL },
  { "imap-itself", { .in = { SAYS (AUTH, "a NO [AUTHENTICATIONFAILED] Authentication failed."), .logins = 1 } }, NULL, NULL, NULL },
  { "lets-in", { BARE, LOOKS (1, IMAP_SEEN (.logins = 1)) }, NULL, "protocol-not-enabled", "proven" },
  { "lets-in/server-error", { POP_REFUSES ("-ERR [SYS/TEMP] Trouble"), LOOKS (1, IMAP_SEEN (.logins = 1)) }, NULL, "server-temporary-failure", "likely" },
  { "lets-in/no-sign-in-for-sending", { BARE, .no_out = TRUE, LOOKS (1, IMAP_SEEN (.logins = 1)) }, NULL, "protocol-not-enabled", "proven" },
  { "locked", { BARE, LOOKS (1, IMAP_SEEN (SAYS (AUTH, "a NO [CONTACTADMIN] This account has been suspended"))) }, NULL, "account-locked", NULL },
  { "expired", { BARE, .no_out = TRUE, LOOKS (1, IMAP_SEEN (SAYS (AUTH, "a NO [EXPIRED] That password is not valid any more"))) }, NULL, "password-change-required", NULL },
  { "refuses-as-bare", { BARE, .no_out = TRUE, LOOKS (1, IMAP_SEEN (SAYS (AUTH, "a NO [AUTHENTICATIONFAILED] Authentication failed."))) }, NULL, "wrong-credentials", NULL },
  { "is-not-there", { BARE, .no_out = TRUE, LOOKS (1, IMAP_SEEN (FAILS (CONNECT, REFUSED))) }, NULL, "wrong-credentials", NULL },
};
/* clang-format on */

static void
check_row (gconstpointer data)
{
  const ImapRow *row = data;
  Stage stage;
  g_autoptr (GPtrArray) findings = NULL, wishes = NULL;
  g_autofree char *asked = NULL;
  const PostwegFinding *first;

  stage_set (&stage, &row->scene);
  findings = postweg_diagnose (&stage.the_case, &wishes);
  for (guint i = 0; i < wishes->len; i++)
    {
      const PostwegWish *wish = g_ptr_array_index (wishes, i);

      if (wish->look != POSTWEG_LOOK_IMAP)
        continue;
      g_assert_null (asked);
      asked = g_strdup_printf ("%s:%u", wish->server->host, wish->server->port);
      g_assert_cmpint (wish->server->security, !=, POSTWEG_PLAIN);
      g_assert_cmpint (wish->server->protocol, ==, POSTWEG_IMAP);
      g_assert_cmpstr (wish->server->user, ==, stage.incoming->server->user);
    }
  first = g_ptr_array_index (findings, 0);
  g_test_message ("%s %s", first->cause, postweg_confidence_name (first->confidence));
  g_assert_cmpstr (asked, ==, row->wish);
  if (row->cause != NULL)
    g_assert_cmpstr (first->cause, ==, row->cause);
  if (row->confidence != NULL)
    g_assert_cmpstr (postweg_confidence_name (first->confidence), ==, row->confidence);
  stage_clear (&stage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/diagnose/imap/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], check_row);
    }
  return g_test_run ();
}
