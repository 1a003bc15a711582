/* Replies of many servers and providers, kept apart while the rules were made: the cause comes first, or among the first three where one reply has several. */
#include "diagnose/explain.h"
#include "diagnose/pasted.h"
#include "providers/providers.h"

#define ON(stage) POSTWEG_STAGE_BIT (POSTWEG_STAGE_##stage)

typedef struct {
  PostwegProtocol protocol;
  guint stage;
  const char *server; /* the software or provider that says so */
  const char *host;   /* where that matters */
  const char *words;
  const char *cause;
  gboolean ambiguous;
} Row;

static const Row rows[] = {
  { POSTWEG_IMAP, ON (AUTH), "Yandex", NULL,
    "a NO [AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled sc=abc",
    "protocol-not-enabled", TRUE },
  { POSTWEG_IMAP, ON (AUTH), "Mail.ru", NULL, "a NO [AUTHENTICATIONFAILED] Application password is REQUIRED",
    "app-password-required", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Mail.ru", NULL,
    "a NO [ALERT] NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / "
    "Application password is REQUIRED",
    "app-password-required", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Zoho", NULL,
    "a NO [ALERT] You are yet to enable IMAP for your account. Please contact your administrator (Failure)",
    "protocol-not-enabled", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Zoho", NULL, "a NO [AUTHENTICATIONFAILED] Invalid credentials(Failure)",
    "wrong-credentials", TRUE },
  { POSTWEG_IMAP, ON (AUTH), "iCloud", NULL, "a NO [AUTHENTICATIONFAILED] Authentication Failed",
    "wrong-credentials", TRUE },
  { POSTWEG_IMAP, ON (AUTH), "Fastmail", NULL, "a NO [AUTHENTICATIONFAILED] Incorrect username or password",
    "wrong-credentials", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Fastmail", NULL,
    "a NO [AUTHENTICATIONFAILED] Please use an app password. See "
    "https://www.fastmail.help/hc/en-us/articles/360058752854",
    "app-password-required", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Dovecot", NULL,
    "a NO [ALERT] Invalid credentials. Your IP address has been temporarily blocked.",
    "too-many-login-attempts", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Zimbra", NULL, "a NO LOGIN failed", "wrong-credentials", TRUE },
  { POSTWEG_IMAP, ON (AUTH), "Zimbra", NULL, "a NO [PRIVACYREQUIRED] cleartext logins disabled",
    "tls-required", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Zimbra", NULL, "a NO account is in maintenance mode",
    "server-temporary-failure", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "MDaemon", NULL, "a NO LOGIN command failed: account is frozen",
    "account-locked", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Kerio", NULL, "a NO LOGIN Failed. Username or password is incorrect.",
    "wrong-credentials", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Domino", NULL, "a NO LOGIN invalid user/password", "wrong-credentials", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Comcast", NULL,
    "a NO [AUTHENTICATIONFAILED] (#AUTH012) Incorrect username or password.", "wrong-credentials", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Gmail", "imap.gmail.com",
    "a NO [ALERT] Your account has been locked. Please sign in on the web to unlock it.", "account-locked",
    TRUE },
  { POSTWEG_IMAP, ON (AUTH), "Gmail", "imap.gmail.com",
    "a NO [ALERT] IMAP access is disabled for your domain. Please contact your domain administrator for "
    "questions about this feature. (Failure)",
    "protocol-not-enabled", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Gmail", "imap.gmail.com",
    "a NO [ALERT] Account exceeded command or bandwidth limits. 7if123 (Failure)", "rate-limited", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Cyrus", NULL, "a NO Login failed: user not found", "wrong-credentials", FALSE },
  { POSTWEG_IMAP, ON (AUTH), "Cyrus", NULL, "a NO Login failed: generic failure", "wrong-credentials", TRUE },
  { POSTWEG_IMAP, ON (GREETING), "Courier", NULL, "* BYE Maximum connection limit reached from IP",
    "too-many-connections", FALSE },
  { POSTWEG_IMAP, ON (MAILBOX), "Cyrus", NULL, "a NO Mailbox does not exist", "server-misconfigured", TRUE },
  { POSTWEG_IMAP, ON (MAILBOX), "dovecot", NULL,
    "a NO [SERVERBUG] Internal error occurred. Refer to server log for more information.",
    "server-misconfigured", TRUE },
  { POSTWEG_POP3, ON (AUTH), "Gmail", "imap.gmail.com",
    "-ERR [SYS/PERM] Your account is not enabled for POP access. Please visit your Gmail settings page and "
    "enable your account for POP access.",
    "protocol-not-enabled", FALSE },
  { POSTWEG_POP3, ON (AUTH), "Gmail", "imap.gmail.com",
    "-ERR [AUTH] Web login required: https://support.google.com/mail/answer/78754", "web-login-required",
    FALSE },
  { POSTWEG_POP3, ON (AUTH), "Yahoo", "smtp.mail.yahoo.com",
    "-ERR [SYS/TEMP] Server error - Please try again later.", "auth-backend-failure", TRUE },
  { POSTWEG_POP3, ON (AUTH), "qpopper", NULL,
    "-ERR [IN-USE] /var/spool/pop/.anna.pop lock busy!  Is another session active?", "mailbox-in-use",
    FALSE },
  { POSTWEG_POP3, ON (AUTH), "qmail-pop3d", NULL, "-ERR authorization failed", "wrong-credentials", FALSE },
  { POSTWEG_POP3, ON (AUTH), "hotmail", NULL,
    "-ERR Exceeded the login limit for a 15 minute period. Reduce the frequency of requests to the POP3 "
    "server.",
    "too-many-login-attempts", TRUE },
  { POSTWEG_POP3, ON (AUTH), "MDaemon", NULL, "-ERR Sorry, POP access is not allowed for this account",
    "protocol-not-enabled", FALSE },
  { POSTWEG_SMTP, ON (AUTH), "Yandex", NULL,
    "535 5.7.8 Error: authentication failed: This user does not have access rights to this service",
    "protocol-not-enabled", FALSE },
  { POSTWEG_SMTP, ON (AUTH), "Yandex", NULL,
    "535 5.7.8 Error: authentication failed: Invalid user or password!", "wrong-credentials", FALSE },
  { POSTWEG_SMTP, ON (AUTH), "Mail.ru", NULL,
    "535 5.7.0 NEOBHODIM parol prilozheniya / Application password is REQUIRED", "app-password-required",
    FALSE },
  { POSTWEG_SMTP, ON (AUTH), "Zoho", NULL, "535 Authentication Failed", "wrong-credentials", TRUE },
  { POSTWEG_SMTP, ON (AUTH), "Amazon SES", "email-smtp.eu-west-1.amazonaws.com",
    "535 Authentication Credentials Invalid", "wrong-credentials", FALSE },
  { POSTWEG_SMTP, ON (AUTH), "SendGrid", "smtp.sendgrid.net",
    "535 Authentication failed: The provided authorization grant is invalid, expired, or revoked",
    "wrong-credentials", TRUE },
  { POSTWEG_SMTP, ON (AUTH), "OVH", NULL, "535 5.7.1 Authentication failed", "wrong-credentials", TRUE },
  { POSTWEG_SMTP, ON (AUTH), "IONOS", NULL, "535 Authentication credentials invalid", "wrong-credentials",
    TRUE },
  { POSTWEG_SMTP, ON (AUTH), "Strato", NULL, "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6",
    "wrong-credentials", TRUE },
  { POSTWEG_SMTP, ON (AUTH), "T-Online", NULL, "535 5.7.0 Wrong username or password", "wrong-credentials",
    FALSE },
  { POSTWEG_SMTP, ON (AUTH), "Postfix", NULL,
    "535 5.7.8 Error: authentication failed: authentication failure", "wrong-credentials", FALSE },
  { POSTWEG_SMTP, ON (AUTH), "Postfix", NULL,
    "535 5.7.8 Error: authentication failed: Connection lost to authentication server",
    "auth-backend-failure", FALSE },
  { POSTWEG_SMTP, ON (AUTH), "Exim", NULL, "503 AUTH command used when not advertised", "auth-not-offered",
    TRUE },
  { POSTWEG_SMTP, ON (AUTH), "Exim", NULL, "538 Encryption required", "tls-required", FALSE },
  { POSTWEG_SMTP, ON (AUTH), "sendmail", NULL, "530 5.7.0 Must issue a STARTTLS command first",
    "tls-required", FALSE },
  { POSTWEG_SMTP, ON (AUTH), "Kerio", NULL, "535 5.7.0 Authentication failed, account temporarily locked",
    "account-locked", TRUE },
  { POSTWEG_SMTP, ON (AUTH), "MDaemon", NULL,
    "535 5.7.8 Authentication failed: too many failures from this IP", "too-many-login-attempts", FALSE },
  { POSTWEG_SMTP, ON (AUTH), "Microsoft 365", "smtp.office365.com",
    "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated "
    "successfully. Contact your administrator.",
    "access-policy-blocked", FALSE },
  { POSTWEG_SMTP, ON (AUTH), "Microsoft 365", "smtp.office365.com",
    "454 4.7.0 Temporary authentication failure [AM0PR02CA0001]", "auth-backend-failure", FALSE },
  { POSTWEG_SMTP, ON (AUTH), "Microsoft 365", "smtp.office365.com",
    "430 4.2.0 STOREDRV; mailbox logon failure", "auth-backend-failure", TRUE },
  { POSTWEG_SMTP, ON (AUTH), "Telekom", NULL, "550 5.7.1 Login from abroad is not permitted",
    "login-location-blocked", FALSE },
  { POSTWEG_SMTP, ON (SENDER), "Yandex", NULL, "553 5.7.1 Sender address rejected: not owned by auth user.",
    "sender-not-owned", FALSE },
  { POSTWEG_SMTP, ON (SENDER), "Mail.ru", NULL, "550 not local sender over smtp", "sender-not-owned", FALSE },
  { POSTWEG_SMTP, ON (SENDER), "Zoho", NULL, "553 Sender is not allowed to relay emails", "sender-not-owned",
    FALSE },
  { POSTWEG_SMTP, ON (SENDER), "iCloud", NULL, "550 5.7.0 From address is not one of your addresses",
    "sender-not-owned", FALSE },
  { POSTWEG_SMTP, ON (SENDER), "IONOS", NULL,
    "550 Requested action not taken: mailbox unavailable Sender address is not allowed.", "sender-not-owned",
    FALSE },
  { POSTWEG_SMTP, ON (SENDER), "T-Online", NULL, "550 5.7.0 Message considered as spam or virus, rejected",
    "content-rejected", TRUE },
  { POSTWEG_SMTP, ON (SENDER), "qmail", NULL, "553 sorry, your envelope sender domain must exist (#5.7.1)",
    "sender-address-invalid", FALSE },
  { POSTWEG_SMTP, ON (SENDER), "sendmail", NULL,
    "553 5.1.8 <anna@localhost.localdomain>... Domain of sender address anna@localhost.localdomain does not "
    "exist",
    "sender-address-invalid", FALSE },
  { POSTWEG_SMTP, ON (SENDER), "Amazon SES", "email-smtp.eu-west-1.amazonaws.com",
    "530 Authentication required", "send-auth-missing", FALSE },
  { POSTWEG_SMTP, ON (DATA), "Amazon SES", "email-smtp.eu-west-1.amazonaws.com",
    "554 Message rejected: Email address is not verified. The following identities failed the check in "
    "region EU-WEST-1: anna@example.org",
    "sender-not-verified", FALSE },
  { POSTWEG_SMTP, ON (DATA), "Amazon SES", "email-smtp.eu-west-1.amazonaws.com",
    "454 Throttling failure: Daily message quota exceeded.", "send-limit-reached", FALSE },
  { POSTWEG_SMTP, ON (DATA), "Amazon SES", "email-smtp.eu-west-1.amazonaws.com",
    "454 Throttling failure: Maximum sending rate exceeded.", "rate-limited", TRUE },
  { POSTWEG_SMTP, ON (RECIPIENT), "qmail", NULL,
    "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", "send-auth-missing", TRUE },
  { POSTWEG_SMTP, ON (RECIPIENT), "sendmail", NULL,
    "550 5.7.1 <x@remote.test>... Relaying denied. IP name lookup failed [192.0.2.1]", "send-auth-missing",
    TRUE },
  { POSTWEG_SMTP, ON (RECIPIENT), "Exim", NULL, "550 relay not permitted, authentication required",
    "send-auth-missing", FALSE },
  { POSTWEG_SMTP, ON (RECIPIENT), "Exim", NULL, "550 Sender verify failed", "sender-address-invalid", FALSE },
  { POSTWEG_SMTP, ON (RECIPIENT), "Postfix", NULL,
    "450 4.1.8 <anna@nosuch.test>: Sender address rejected: Domain not found", "sender-address-invalid",
    FALSE },
  { POSTWEG_SMTP, ON (RECIPIENT), "Postfix", NULL, "452 4.2.2 <anna@example.org>: user over quota",
    "recipient-mailbox-full", FALSE },
  { POSTWEG_SMTP, ON (RECIPIENT), "Postfix", NULL, "451 4.3.0 <anna@example.org>: Temporary lookup failure",
    "server-temporary-failure", FALSE },
  { POSTWEG_SMTP, ON (RECIPIENT), "Postfix", NULL,
    "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using b.barracudacentral.org",
    "ip-blocklisted", FALSE },
  { POSTWEG_SMTP, ON (RECIPIENT), "Gmail", "imap.gmail.com",
    "450 4.2.1 The user you are trying to contact is receiving mail too quickly.", "rate-limited", TRUE },
  { POSTWEG_SMTP, ON (RECIPIENT), "Microsoft 365", "smtp.office365.com",
    "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP", "ip-blocklisted",
    TRUE },
  { POSTWEG_SMTP, ON (RECIPIENT), "OVH", NULL,
    "550 5.7.1 Your account has been blocked for spam, contact support", "sending-blocked-for-abuse", FALSE },
  { POSTWEG_SMTP, ON (RECIPIENT), "Zoho", NULL,
    "550 5.4.6 Unusual sending activity detected. Please try after sometime", "sending-blocked-for-abuse",
    TRUE },
  { POSTWEG_SMTP, ON (DATA), "Gmail", "imap.gmail.com",
    "550 5.7.1 The user or domain that you are sending to (or from) has a policy that prohibited the mail "
    "that you sent.",
    "content-rejected", FALSE },
  { POSTWEG_SMTP, ON (DATA), "Yahoo", "smtp.mail.yahoo.com",
    "554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes",
    "content-rejected", TRUE },
  { POSTWEG_SMTP, ON (DATA), "Postfix", NULL, "554 5.6.0 Message rejected, mail loop", "content-rejected",
    TRUE },
  { POSTWEG_SMTP, ON (GREETING), "Postfix", NULL,
    "421 4.7.1 Error: client temporarily banned for too many connections", "too-many-connections", TRUE },
  { POSTWEG_SMTP, ON (GREETING), "T-Online", NULL,
    "554 IP=192.0.2.1 - Dialup/transient IP not allowed. (DYN)", "dynamic-ip-rejected", FALSE },
  { POSTWEG_SMTP, ON (GREETING), "Comcast", NULL,
    "554 resimta-ch2.sys.comcast.net comcast 192.0.2.1 found on one or more DNSBLs, see "
    "http://postmaster.comcast.net/smtp-error-codes.php#BL000000",
    "ip-blocklisted", FALSE },
  { POSTWEG_SMTP, ON (CAPABILITY), "Postfix", NULL,
    "450 4.7.1 <laptop>: Helo command rejected: Host not found", "helo-rejected", FALSE },
  { POSTWEG_SMTP, ON (STARTTLS), "Exim", NULL, "454 TLS currently unavailable",
    "starttls-temporarily-unavailable", FALSE },
  { POSTWEG_SMTP, ON (STARTTLS), "sendmail", NULL, "454 4.3.3 TLS not available after start",
    "starttls-temporarily-unavailable", FALSE },
};

#include "wordings-blind.h"
#include "wordings-unseen.h"

static void
explain_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegReply) reply = postweg_pasted_reply (row->protocol, row->words);
  const PostwegReplyContext context = {
    .reply = reply,
    .stages = row->stage,
    .host = row->host,
    .provider = row->host != NULL ? postweg_providers_by_host (row->host) : NULL,
  };
  g_autoptr (GPtrArray) findings = postweg_explain (&context, row->ambiguous ? 3 : 1);
  gboolean found = FALSE;

  for (guint i = 0; i < findings->len; i++)
    found |= strcmp (((PostwegFinding *) g_ptr_array_index (findings, i))->cause, row->cause) == 0;
  if (!found)
    g_test_fail_printf ("%s, not %s: %s",
                        findings->len > 0 ? ((PostwegFinding *) g_ptr_array_index (findings, 0))->cause
                                          : "nothing",
                        row->cause, row->words);
}

static void
add_rows (const char *kind, const Row *table, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/diagnose/wordings/%s/%s/%u", kind, table[i].cause, i);

      g_test_add_data_func (path, &table[i], explain_row);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_rows ("known", rows, G_N_ELEMENTS (rows));
  add_rows ("unseen", unseen, G_N_ELEMENTS (unseen));
  add_rows ("blind", blind, G_N_ELEMENTS (blind));
  return g_test_run ();
}
