/* One row for each complaint; what is not in the table is not known about it. */
#include "checkup/complaint.h"
#include "diagnose/causes.h"
#include <glib/gi18n-lib.h>

#define MAX_CAUSES 24

typedef struct {
  const char *label, *plan;
  PostwegSide
      side; /* whose findings answer it, whatever their cause; POSTWEG_BOTH: those of neither for that reason alone */
  gboolean ports;      /* which ports are open from here is looked at, too */
  const char *nothing; /* what is said when both sides work, or the one that it is about */
  PostwegCause causes[MAX_CAUSES + 1];
} Row;

#define CAUSE(name) POSTWEG_CAUSE_##name

/* clang-format off */
static const Row rows[POSTWEG_N_COMPLAINTS] = {
  [POSTWEG_NO_COMPLAINT] = { "", "", POSTWEG_BOTH, FALSE, NULL, { POSTWEG_NO_CAUSE } },
  [POSTWEG_COMPLAINT_NOT_SENT] = {
    N_ ("I Can Receive but Not Send"),
    N_ ("The way out is looked at first, and which ports for sending are open from here."),
    POSTWEG_SEND, TRUE,
    N_ ("Sending works from here with these settings: the outgoing server took the sign-in and the sender. If a mail still does not go out, the reason is in that mail or in its recipient. Send a mail to yourself, or have the message of your mail program explained."),
    { POSTWEG_NO_CAUSE } },
  [POSTWEG_COMPLAINT_NOT_RECEIVED] = {
    N_ ("I Can Send but Not Receive"),
    N_ ("The way in is looked at first, and which ports for receiving are open from here."),
    POSTWEG_RECEIVE, TRUE,
    N_ ("Receiving works from here with these settings: the incoming server opened the mailbox. If mail is still missing, look at the web page of your provider, also for spam and for forwarding, or send a mail to yourself."),
    { POSTWEG_NO_CAUSE } },
  [POSTWEG_COMPLAINT_REFUSED] = {
    N_ ("The Password Is Refused"),
    N_ ("The sign-in is looked at first. Type the password yourself this time: the keyring may hold an old one."),
    POSTWEG_BOTH, FALSE,
    N_ ("This password was taken. Where it is refused, an old or another one is stored: delete it in your mail program and enter this one."),
    { CAUSE (WRONG_CREDENTIALS), CAUSE (USERNAME_FORMAT), CAUSE (APP_PASSWORD_REQUIRED), CAUSE (PROTOCOL_NOT_ENABLED),
      CAUSE (OAUTH_REQUIRED), CAUSE (SMTP_AUTH_DISABLED), CAUSE (ACCESS_POLICY_BLOCKED), CAUSE (OAUTH_TOKEN_REJECTED),
      CAUSE (OAUTH_CONSENT_MISSING), CAUSE (MAILBOX_NOT_PERMITTED), CAUSE (WEB_LOGIN_REQUIRED),
      CAUSE (TOO_MANY_LOGIN_ATTEMPTS), CAUSE (ACCOUNT_LOCKED), CAUSE (PASSWORD_CHANGE_REQUIRED),
      CAUSE (AUTH_MECHANISM_UNSUPPORTED), CAUSE (AUTH_NOT_OFFERED), CAUSE (LOGIN_LOCATION_BLOCKED),
      CAUSE (CLIENT_ID_REQUIRED), CAUSE (AUTH_BACKEND_FAILURE), CAUSE (OUTGOING_CREDENTIALS_DIFFER), POSTWEG_NO_CAUSE } },
  [POSTWEG_COMPLAINT_YESTERDAY] = {
    N_ ("It Worked Yesterday"),
    N_ ("What changes by itself is looked at first: the network, passwords, certificates, limits, and which ports are open from here."),
    POSTWEG_BOTH, TRUE,
    N_ ("It works again, or the mail program does something else than these settings say. Close it, open it again, and compare its servers with those above."),
    { CAUSE (OFFLINE), CAUSE (CAPTIVE_PORTAL), CAUSE (PORT_BLOCKED), CAUSE (HOST_UNREACHABLE), CAUSE (DNS_TEMPORARY_FAILURE),
      CAUSE (CERT_EXPIRED), CAUSE (CERT_ISSUER_EXPIRED), CAUSE (CERT_REVOKED), CAUSE (CLOCK_WRONG),
      CAUSE (PASSWORD_CHANGE_REQUIRED), CAUSE (WRONG_CREDENTIALS), CAUSE (OAUTH_TOKEN_REJECTED),
      CAUSE (APP_PASSWORD_REQUIRED), CAUSE (PROTOCOL_NOT_ENABLED), CAUSE (SMTP_AUTH_DISABLED), CAUSE (ACCOUNT_LOCKED),
      CAUSE (TOO_MANY_LOGIN_ATTEMPTS), CAUSE (OWN_MAILBOX_FULL), CAUSE (SEND_LIMIT_REACHED), CAUSE (IP_BLOCKLISTED),
      CAUSE (SENDING_BLOCKED_FOR_ABUSE), CAUSE (SERVER_TEMPORARY_FAILURE), CAUSE (SERVER_SILENT), POSTWEG_NO_CAUSE } },
  [POSTWEG_COMPLAINT_PHONE] = {
    N_ ("It Works on the Phone"),
    N_ ("What differs between the phone and this computer is looked at first: the network, the settings, the clock, and which ports are open from here."),
    POSTWEG_BOTH, TRUE,
    N_ ("It works on this computer too, with these settings. If your mail program still does not work, compare its servers with those above; the phone may also use another network."),
    { CAUSE (PORT_BLOCKED), CAUSE (HOST_UNREACHABLE), CAUSE (CAPTIVE_PORTAL), CAUSE (LOCAL_MAIL_PROXY), CAUSE (IPV6_BROKEN),
      CAUSE (CLOCK_WRONG), CAUSE (CERT_UNKNOWN_ISSUER), CAUSE (STARTTLS_STRIPPED), CAUSE (DNS_NO_SUCH_HOST),
      CAUSE (DNS_TEMPORARY_FAILURE), CAUSE (CONNECTION_REFUSED), CAUSE (WRONG_SERVICE_ON_PORT), CAUSE (TLS_ON_PLAIN_PORT),
      CAUSE (PLAIN_ON_TLS_PORT), CAUSE (STARTTLS_NOT_OFFERED), CAUSE (CERT_NAME_MISMATCH), CAUSE (USERNAME_FORMAT),
      CAUSE (SEND_AUTH_MISSING), CAUSE (WRONG_SMTP_SERVER), CAUSE (OUTGOING_CREDENTIALS_DIFFER), CAUSE (IP_BLOCKLISTED),
      CAUSE (OFFLINE), POSTWEG_NO_CAUSE } },
  [POSTWEG_COMPLAINT_VANISHED] = {
    N_ ("Mails Have Disappeared"),
    N_ ("The mailbox is looked at first, and whether a program fetches mail and deletes it there."),
    POSTWEG_BOTH, FALSE,
    N_ ("Nothing that was seen here deletes mail. Another device may fetch mail by POP and delete it, or a filter may move it: look through the settings of your other devices and the folders on the web page of your provider."),
    { CAUSE (POP_DELETES_MAIL), CAUSE (MAILBOX_IN_USE), CAUSE (OWN_MAILBOX_FULL), CAUSE (TEST_MAIL_LOST), POSTWEG_NO_CAUSE } },
  [POSTWEG_COMPLAINT_SENT_COPIES] = {
    N_ ("Sent Mails Are Missing or Double"),
    N_ ("Where copies of sent mails are kept is looked at first. Send a mail to yourself after the test: that shows how many copies there are."),
    POSTWEG_BOTH, FALSE,
    N_ ("Nothing in these settings says why. Send a mail to yourself from this page: that shows whether your provider keeps a copy of its own."),
    { CAUSE (SENT_NOT_FILED), CAUSE (SENT_TWICE), POSTWEG_NO_CAUSE } },
  [POSTWEG_COMPLAINT_CERTIFICATE] = {
    N_ ("The Certificate Is Not Trusted"),
    N_ ("The certificates of both servers are looked at first, and the clock of this computer."),
    POSTWEG_BOTH, FALSE,
    N_ ("The servers show certificates that this computer trusts. If your mail program still warns, it may have stored an old exception, or be set to another server name than those above."),
    { CAUSE (CERT_NAME_MISMATCH), CAUSE (CERT_EXPIRED), CAUSE (CERT_NOT_YET_VALID), CAUSE (CERT_SELF_SIGNED),
      CAUSE (CERT_UNKNOWN_ISSUER), CAUSE (CERT_TOO_WEAK), CAUSE (CERT_ISSUER_EXPIRED), CAUSE (CERT_CHAIN_INCOMPLETE),
      CAUSE (CERT_WRONG_PURPOSE), CAUSE (CERT_REVOKED), CAUSE (CLOCK_WRONG), CAUSE (SNI_REQUIRED),
      CAUSE (LOCAL_MAIL_PROXY), CAUSE (CAPTIVE_PORTAL), POSTWEG_NO_CAUSE } },
};
/* clang-format on */

const char *
postweg_complaint_label (PostwegComplaint complaint)
{
  return *rows[complaint].label != '\0' ? _(rows[complaint].label) : "";
}

const char *
postweg_complaint_plan (PostwegComplaint complaint)
{
  return *rows[complaint].plan != '\0' ? _(rows[complaint].plan) : "";
}

void
postweg_complaint_aim (PostwegComplaint complaint, PostwegTestRequest *request)
{
  request->ports = request->ports || rows[complaint].ports;
}

static gboolean
answers (const Row *row, const PostwegFinding *finding)
{
  PostwegCause cause = postweg_cause_from_slug (finding->cause);

  if (row->side != POSTWEG_BOTH && (finding->side == row->side || finding->side == POSTWEG_BOTH))
    return TRUE;
  for (guint i = 0; row->causes[i] != POSTWEG_NO_CAUSE; i++)
    if (row->causes[i] == cause)
      return TRUE;
  return FALSE;
}

static gboolean
concerns (PostwegSide one, PostwegSide other)
{
  return one == other || one == POSTWEG_BOTH || other == POSTWEG_BOTH;
}

/* A side that was left out has no verdict. */
static gboolean
is_verdict (const PostwegTestResult *result, PostwegSide side, const char *verdict)
{
  const PostwegEvidence *sides[] = { result->incoming, result->outgoing };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (concerns (side, (PostwegSide) i) && sides[i] != NULL &&
        g_strcmp0 (postweg_side_verdict_name (sides[i]), verdict) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_left_out (const PostwegTestResult *result, PostwegSide side)
{
  return (side == POSTWEG_RECEIVE && result->incoming == NULL) ||
         (side == POSTWEG_SEND && result->outgoing == NULL);
}

/* A missing server is as bad as one that does not work. */
static gboolean
is_failure (const PostwegTestResult *result, const PostwegFinding *finding)
{
  return is_verdict (result, finding->side, "fails") ||
         postweg_cause_from_slug (finding->cause) == POSTWEG_CAUSE_OUTGOING_MISSING;
}

/* Whether the finding may take the place of the one that stands first. */
static gboolean
may_lead (const Row *row, const PostwegTestResult *result, const PostwegFinding *finding)
{
  const PostwegFinding *first = g_ptr_array_index (result->findings, 0);
  gboolean fails = is_failure (result, finding), first_fails = is_failure (result, first);

  if (fails != first_fails)
    return fails;
  return finding->confidence <= first->confidence || (row->side != POSTWEG_BOTH && first->side != row->side);
}

/* Returns: whether anything that was found answers the complaint; that comes first if it may */
static gboolean
put_first (const Row *row, const PostwegTestResult *result)
{
  gboolean found = FALSE;

  for (guint i = 0; i < result->findings->len; i++)
    {
      PostwegFinding *finding = g_ptr_array_index (result->findings, i);

      if (!answers (row, finding))
        continue;
      found = TRUE;
      if (i > 0 && !may_lead (row, result, finding))
        continue;
      g_ptr_array_insert (result->findings, 0, g_ptr_array_steal_index (result->findings, i));
      break;
    }
  return found;
}

const char *
postweg_complaint_answer (PostwegComplaint complaint, PostwegTestResult *result)
{
  const Row *row = &rows[complaint];

  if (complaint == POSTWEG_NO_COMPLAINT || put_first (row, result))
    return NULL;
  if (is_left_out (result, row->side))
    return _("The other way only was tested, since the mail program has nothing to do with this one. Look at the program that does the rest.");
  if (is_verdict (result, row->side, "fails"))
    return _("Nothing of that sort was found, but something else is in the way. Mend that first, then test again.");
  if (is_verdict (result, row->side, "not-tested"))
    return _("That could not be looked at to its end, since the sign-in was left out. Test again with the password.");
  return _(row->nothing);
}
