/* Folding, patterns, and what replies mean: by code, by vendor, by words, by what is known of the session. */
#include "../slower.h"
#include "diagnose/reply-rules.h"
#include "diagnose/pasted.h"

static const struct {
  const char *text, *folded;
} folds[] = {
  { "", " " },
  { "Login failed.", " login failed " },
  { "Rate-limit:  [X]\r\n(y)", " rate limit x y " },
  { "Benutzername UNGÜLTIG, Straße", " benutzername ungueltig strasse " },
  { "Échec d’accès", " echec d acces " },
  { "a@b.c 100%", " a@b c 100% " },
  { "请使用授权码登录。", " 请使用授权码登录 " },
  { "\xff\xfe!", " " },
};

static void
folding (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    {
      g_autofree char *folded = postweg_fold (folds[i].text);

      if (i < G_N_ELEMENTS (folds) - 1)
        g_assert_cmpstr (folded, ==, folds[i].folded);
      else
        g_assert_true (g_utf8_validate (folded, -1, NULL));
    }
}

static void
folding_is_bounded (void)
{
  g_autofree char *endless = g_strnfill (1 << 20, 'x');
  g_autofree char *folded = postweg_fold (endless);

  g_assert_cmpuint (strlen (folded), <=, 4096 + 2);
}

/* What stays foreign are words that no rule asks for. */
static const struct {
  const char *text, *english;
} foreign_texts[] = {
  { "Login failed", " login failed " },
  { "Das Kennwort ist falsch", " das password ist wrong " },
  { "Passwörter abgelaufen", " passwords expired " },
  { "Mot de passe d’application requis", " app password required " },
  { "Boîte aux lettres pleine", " mailbox full " },
  { "Utente o password errati", " user o password wrong " },
  { "Contraseña incorrecta, cuenta bloqueada", " password incorrecta account blocked " },
  { "Usuário desconhecido", " user unknown " },
  { "Wachtwoord verlopen", " password expired " },
  { "Nieprawidłowe hasło użytkownika", " invalid password user " },
  { "Неверный пароль", " wrong password " },
  { "密码错误", " wrong password " },
  { "contact the landlord", " contact the landlord " }, /* “conta” and “land” are parts of other words here */
};

static void
telling_in_english (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (foreign_texts); i++)
    {
      g_autofree char *folded = postweg_fold (foreign_texts[i].text);
      g_autofree char *english = postweg_in_english (folded);
      g_auto (GStrv) words = g_strsplit (english, " ", -1);
      g_autoptr (GString) once = g_string_new (" ");

      for (guint w = 0; words[w] != NULL; w++)
        if (*words[w] != '\0')
          g_string_append_printf (once, "%s ", words[w]);
      g_assert_cmpstr (once->str, ==, foreign_texts[i].english);
    }
}

static const struct {
  const char *text, *pattern;
  gboolean matches;
} patterns[] = {
  { " login failed ", "login", TRUE },
  { " login failed ", "logon", FALSE },
  { " login failed ", "login*failed", TRUE },
  { " failed login ", "login*failed", FALSE },
  { " login failed ", "logon|login*rejected|failed", TRUE },
  { " login failed ", "x;login*failed", TRUE },
  { " login failed ", "x;y*failed", FALSE },
  { " capability idle ", " capability *!starttls", TRUE },
  { " starttls capability idle ", " capability *!starttls", FALSE },
  { " a ", " a *!b|c", TRUE },
  { " a c ", " a *!b|c", FALSE },
  { " aaab ", "a*a*a*b", TRUE },
  { " ab ", "a*a*b", FALSE },
  { " ", "", FALSE },
  { " x ", ";;x", TRUE },
};

static void
matching (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    if (postweg_pattern_matches (patterns[i].text, patterns[i].pattern) != patterns[i].matches)
      g_test_fail_printf ("“%s” against “%s”", patterns[i].pattern, patterns[i].text);
}

/* Hostile text must not make the tables slow: every row against the longest text that is looked at. */
static void
tables_are_fast_on_long_text (void)
{
  g_autofree char *text = g_strnfill (1 << 16, 'a');
  PostwegReply reply = { .protocol = POSTWEG_IMAP, .status = (char *) "NO", .text = text };
  const PostwegReplyContext context = { .reply = &reply };
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 1 << 16; i += 6)
    memcpy (text + i, "login ", MIN (6, (1 << 16) - i));
  postweg_explain_reply (&context);
  g_assert_cmpint (g_get_monotonic_time () - start, <, SLOWER * 500 * 1000);
}

/* Replies in other words than those that the rules were made from. */
static const struct {
  PostwegProtocol protocol;
  PostwegStage stage;
  const char *host;
  const char *words;
  const char *cause;
} replies[] = {
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO Login incorrect", "wrong-credentials" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "A1 NO LOGIN Invalid credentials", "wrong-credentials" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO Benutzername oder Passwort falsch", "wrong-credentials" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a1 NO Anmeldung fehlgeschlagen: ungültige Zugangsdaten",
    "wrong-credentials" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL,
    "a NO Der IMAP-Zugriff ist für dieses Postfach nicht freigeschaltet.", "protocol-not-enabled" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL,
    "a NO [ALERT] IMAP access is disabled for your domain. Please contact your domain administrator",
    "protocol-not-enabled" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL,
    "a NO [ALERT] Please enable IMAP access in your account settings first", "protocol-not-enabled" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL,
    "a NO [AUTHENTICATIONFAILED] Bitte ein anwendungsspezifisches Passwort verwenden",
    "app-password-required" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO Please use an app password to sign in",
    "app-password-required" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL,
    "a NO [AUTHENTICATIONFAILED] Two-factor authentication is active, use a device password",
    "app-password-required" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO [UNAVAILABLE] Authentication server not responding",
    "auth-backend-failure" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO Internal error, please try again later",
    "auth-backend-failure" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL,
    "a NO [AUTHENTICATIONFAILED] Zu viele fehlgeschlagene Anmeldeversuche", "too-many-login-attempts" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO Too many failed login attempts. Try again in 15 minutes.",
    "too-many-login-attempts" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO Account locked", "account-locked" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO Ihr Konto wurde gesperrt", "account-locked" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO [ALERT] Your password has expired, change it in webmail",
    "password-change-required" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO Logins from your country are not allowed",
    "login-location-blocked" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL,
    "a NO [PRIVACYREQUIRED] Cleartext login over insecure connection refused", "tls-required" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a BAD Plaintext login is disabled, use STARTTLS first",
    "tls-required" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO Verschlüsselung erforderlich", "tls-required" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL,
    "a NO [ALERT] Please sign in with your web browser to confirm it is you", "web-login-required" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, "outlook.office365.com", "a NO LOGIN failed.", "oauth-required" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, "imap.mail.yahoo.com",
    "a NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials", "app-password-required" },
  { POSTWEG_IMAP, POSTWEG_STAGE_AUTH, NULL, "a NO SASL mechanism not supported",
    "auth-mechanism-unsupported" },
  { POSTWEG_IMAP, POSTWEG_STAGE_MAILBOX, NULL, "a NO [OVERQUOTA] Not enough disk quota", "own-mailbox-full" },
  { POSTWEG_IMAP, POSTWEG_STAGE_MAILBOX, NULL, "a NO [SERVERBUG] Internal error",
    "server-temporary-failure" },
  { POSTWEG_IMAP, POSTWEG_STAGE_MAILBOX, NULL, "* BYE Too many connections for this user",
    "too-many-connections" },
  { POSTWEG_IMAP, POSTWEG_STAGE_GREETING, NULL, "* BYE Connection limit reached", "too-many-connections" },
  { POSTWEG_IMAP, POSTWEG_STAGE_GREETING, NULL, "* BYE Server unavailable, maintenance until 6:00",
    "server-temporary-failure" },
  { POSTWEG_POP3, POSTWEG_STAGE_AUTH, NULL, "-ERR Password supplied for \"anna\" is incorrect.",
    "wrong-credentials" },
  { POSTWEG_POP3, POSTWEG_STAGE_AUTH, NULL, "-ERR [AUTH] invalid user or password", "wrong-credentials" },
  { POSTWEG_POP3, POSTWEG_STAGE_AUTH, NULL, "-ERR [IN-USE] Do you have another POP session running?",
    "mailbox-in-use" },
  { POSTWEG_POP3, POSTWEG_STAGE_AUTH, NULL, "-ERR maildrop already locked", "mailbox-in-use" },
  { POSTWEG_POP3, POSTWEG_STAGE_AUTH, NULL, "-ERR [SYS/TEMP] Temporary authentication failure",
    "auth-backend-failure" },
  { POSTWEG_POP3, POSTWEG_STAGE_AUTH, NULL, "-ERR POP3-Zugang ist deaktiviert", "protocol-not-enabled" },
  { POSTWEG_POP3, POSTWEG_STAGE_AUTH, NULL, "-ERR [LOGIN-DELAY] minimum time between mail checks violation",
    "pop-login-delay" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL, "535 5.7.8 Bad username or password (Authentication failed).",
    "wrong-credentials" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL, "535 Authentifizierung fehlgeschlagen", "wrong-credentials" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL, "535 5.7.8 Error: authentication failed: generic failure",
    "auth-backend-failure" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL, "535 5.7.8 Error: SMTP access is not enabled for this account",
    "protocol-not-enabled" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL,
    "534 5.7.14 Please log in via your web browser and then try again.", "web-login-required" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL,
    "538 5.7.11 Encryption required for requested authentication mechanism", "tls-required" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL, "432 4.7.12 A password transition is needed",
    "password-change-required" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL, "454 4.3.0 Try again later", "auth-backend-failure" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL, "504 5.5.4 Unrecognized authentication type",
    "auth-mechanism-unsupported" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL, "503 5.5.1 AUTH not available", "auth-not-offered" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL, "525 5.7.13 Account disabled", "account-locked" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL, "421 4.7.0 Too many failed authentication attempts, closing",
    "too-many-login-attempts" },
  { POSTWEG_SMTP, POSTWEG_STAGE_SENDER, NULL, "530 5.7.1 Authentication required", "send-auth-missing" },
  { POSTWEG_SMTP, POSTWEG_STAGE_SENDER, NULL, "530 5.7.0 Bitte zuerst anmelden (nicht angemeldet)",
    "send-auth-missing" },
  { POSTWEG_SMTP, POSTWEG_STAGE_SENDER, NULL,
    "550 5.7.1 Absenderadresse gehört nicht zum angemeldeten Benutzer", "sender-not-owned" },
  { POSTWEG_SMTP, POSTWEG_STAGE_SENDER, NULL,
    "553 5.7.1 Sender address rejected: you are not permitted to use this address", "sender-not-owned" },
  { POSTWEG_SMTP, POSTWEG_STAGE_SENDER, NULL, "550 5.1.8 Sender address rejected: Domain not found",
    "sender-address-invalid" },
  { POSTWEG_SMTP, POSTWEG_STAGE_SENDER, NULL, "552 5.3.4 Message too big for system", "message-too-large" },
  { POSTWEG_SMTP, POSTWEG_STAGE_RECIPIENT, NULL, "550 5.7.1 Relaying denied. Proper authentication required.",
    "send-auth-missing" },
  { POSTWEG_SMTP, POSTWEG_STAGE_RECIPIENT, NULL, "550 5.1.1 Recipient address rejected: unknown user",
    "recipient-unknown" },
  { POSTWEG_SMTP, POSTWEG_STAGE_RECIPIENT, NULL, "552 5.2.2 Mailbox size limit exceeded",
    "recipient-mailbox-full" },
  { POSTWEG_SMTP, POSTWEG_STAGE_RECIPIENT, NULL, "451 4.7.1 Greylisting in action, please come back later",
    "greylisted" },
  { POSTWEG_SMTP, POSTWEG_STAGE_RECIPIENT, NULL,
    "550 5.7.1 Mail from IP 192.0.2.1 was rejected, it is listed at bl.spamcop.net", "ip-blocklisted" },
  { POSTWEG_SMTP, POSTWEG_STAGE_RECIPIENT, NULL,
    "451 4.7.1 Sie haben das Sendelimit erreicht, Limit pro Stunde überschritten", "send-limit-reached" },
  { POSTWEG_SMTP, POSTWEG_STAGE_RECIPIENT, NULL,
    "554 5.7.1 Sending has been suspended for this account, outgoing spam detected",
    "sending-blocked-for-abuse" },
  { POSTWEG_SMTP, POSTWEG_STAGE_DATA, NULL, "550 5.7.26 DMARC policy of the domain refuses this",
    "sender-auth-failed" },
  { POSTWEG_SMTP, POSTWEG_STAGE_DATA, NULL, "554 5.7.1 Virus found in message", "content-rejected" },
  { POSTWEG_SMTP, POSTWEG_STAGE_GREETING, NULL, "554 5.7.1 No reverse DNS for your IP address",
    "reverse-dns-missing" },
  { POSTWEG_SMTP, POSTWEG_STAGE_GREETING, NULL, "421 4.3.2 Service overloaded, try again",
    "server-temporary-failure" },
  { POSTWEG_SMTP, POSTWEG_STAGE_CAPABILITY, NULL, "550 5.7.1 HELO name rejected", "helo-rejected" },
  { POSTWEG_SMTP, POSTWEG_STAGE_STARTTLS, NULL, "454 4.3.0 TLS currently unavailable",
    "starttls-temporarily-unavailable" },
  { POSTWEG_SMTP, POSTWEG_STAGE_STARTTLS, NULL, "500 unknown command", "starttls-not-offered" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL, "550 5.7.1 Login from abroad is not permitted",
    "login-location-blocked" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, NULL,
    "535 5.7.8 Error: authentication failed: This user does not have access rights to this service",
    "protocol-not-enabled" },
  { POSTWEG_SMTP, POSTWEG_STAGE_AUTH, "smtp.office365.com", "430 4.2.0 STOREDRV; mailbox logon failure",
    "auth-backend-failure" },
  { POSTWEG_SMTP, POSTWEG_STAGE_DATA, NULL, "454 Throttling failure: Daily message quota exceeded.",
    "send-limit-reached" },
  { POSTWEG_SMTP, POSTWEG_STAGE_RECIPIENT, NULL, "550 Sender verify failed", "sender-address-invalid" },
  { POSTWEG_SMTP, POSTWEG_STAGE_RECIPIENT, NULL,
    "553 sorry, that domain isn't in my list of allowed rcpthosts", "send-auth-missing" },
  { POSTWEG_SMTP, POSTWEG_STAGE_SENDER, "email-smtp.eu-west-1.amazonaws.com",
    "554 5.7.1 not authorized to send as this identity", "sender-not-verified" },
};

static PostwegCause
explain_words (guint i, const PostwegReplyContext *known)
{
  g_autoptr (PostwegReply) reply = postweg_pasted_reply (replies[i].protocol, replies[i].words);
  PostwegReplyContext context = *known;
  PostwegSuspects suspects;

  context.reply = reply;
  context.host = replies[i].host;
  context.stages |= POSTWEG_STAGE_BIT (replies[i].stage);
  suspects = postweg_explain_reply (&context);
  return postweg_suspects_first (&suspects);
}

static void
other_wordings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      PostwegCause cause = explain_words (i, &(const PostwegReplyContext){ 0 });

      if (g_strcmp0 (postweg_cause_slug (cause), replies[i].cause) != 0)
        {
          g_test_message ("%s, not %s: %s", postweg_cause_slug (cause), replies[i].cause, replies[i].words);
          g_test_fail ();
        }
    }
}

/* The same words in another session. */
static const struct {
  const char *words;
  PostwegStage stage;
  PostwegKnown encrypted, signed_in;
  const char *mechanism;
  const char *cause;
} sessions[] = {
  { "550 5.7.1 Relaying denied", POSTWEG_STAGE_RECIPIENT, POSTWEG_KNOWN_YES, POSTWEG_KNOWN_NO, NULL,
    "send-auth-missing" },
  { "550 5.7.1 Relaying denied", POSTWEG_STAGE_RECIPIENT, POSTWEG_KNOWN_YES, POSTWEG_KNOWN_YES, NULL,
    "wrong-smtp-server" },
  { "550 5.7.1 Access denied", POSTWEG_STAGE_SENDER, POSTWEG_KNOWN_YES, POSTWEG_KNOWN_NO, NULL,
    "send-auth-missing" },
  { "550 5.7.1 Access denied", POSTWEG_STAGE_SENDER, POSTWEG_KNOWN_YES, POSTWEG_KNOWN_YES, NULL,
    "sender-not-owned" },
  { "535 5.7.8 no", POSTWEG_STAGE_AUTH, POSTWEG_KNOWN_YES, POSTWEG_KNOWN_NO, "PLAIN", "wrong-credentials" },
  { "535 5.7.8 no", POSTWEG_STAGE_AUTH, POSTWEG_KNOWN_YES, POSTWEG_KNOWN_NO, "XOAUTH2",
    "oauth-token-rejected" },
  { "535 5.7.8 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=", POSTWEG_STAGE_AUTH, POSTWEG_KNOWN_YES,
    POSTWEG_KNOWN_NO, NULL, "oauth-token-rejected" },
};

static void
same_words_in_another_session (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      g_autoptr (PostwegReply) reply = postweg_pasted_reply (POSTWEG_SMTP, sessions[i].words);
      const PostwegReplyContext context = { .reply = reply,
                                            .stages = POSTWEG_STAGE_BIT (sessions[i].stage),
                                            .encrypted = sessions[i].encrypted,
                                            .signed_in = sessions[i].signed_in,
                                            .mechanism = sessions[i].mechanism };
      PostwegSuspects suspects = postweg_explain_reply (&context);

      g_assert_cmpstr (postweg_cause_slug (postweg_suspects_first (&suspects)), ==, sessions[i].cause);
    }
}

/* Answers that are not about the password must not even hint at it. */
static void
no_blame_for_the_password (void)
{
  static const struct {
    PostwegProtocol protocol;
    const char *words;
  } innocent[] = {
    { POSTWEG_SMTP, "454 4.7.0 Temporary authentication failure" },
    { POSTWEG_SMTP, "421 4.7.0 login failed, try later" },
    { POSTWEG_IMAP, "a NO [UNAVAILABLE] Temporary authentication failure." },
    { POSTWEG_IMAP, "a NO [CONTACTADMIN] Login disabled for this user" },
    { POSTWEG_IMAP, "a NO [LIMIT] Maximum number of connections from user+IP exceeded" },
    { POSTWEG_POP3, "-ERR [IN-USE] Mailbox is locked" },
    { POSTWEG_POP3, "-ERR [SYS/TEMP] Temporary authentication failure" },
    { POSTWEG_SMTP, "535 5.7.8 Error: authentication failed: Invalid authentication mechanism" },
    { POSTWEG_SMTP,
      "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (innocent); i++)
    {
      g_autoptr (PostwegReply) reply = postweg_pasted_reply (innocent[i].protocol, innocent[i].words);
      const PostwegReplyContext context = { .reply = reply,
                                            .stages = POSTWEG_STAGE_BIT (POSTWEG_STAGE_AUTH) };
      g_autoptr (GPtrArray) findings = postweg_explain (&context, 1);
      PostwegSuspects suspects = postweg_explain_reply (&context);

      g_assert_cmpuint (findings->len, ==, 1);
      g_assert_cmpstr (((PostwegFinding *) g_ptr_array_index (findings, 0))->cause, !=, "wrong-credentials");
      g_assert_cmpuint (suspects.weight[POSTWEG_CAUSE_WRONG_CREDENTIALS], <=, 30);
    }
}

/* Without a stage the codes still speak; with nothing known there is still no crash and no proof of a wrong password. */
static void
stage_and_words_may_be_missing (void)
{
  g_autoptr (PostwegReply) reply =
      postweg_pasted_reply (POSTWEG_SMTP, "530 5.7.0 Must issue a STARTTLS command first");
  g_autoptr (PostwegReply) empty = postweg_pasted_reply (POSTWEG_IMAP, "");
  const PostwegReplyContext anywhere = { .reply = reply }, nothing = { .reply = empty };
  g_autoptr (GPtrArray) findings = postweg_explain (&anywhere, 3), none = postweg_explain (&nothing, 3);
  const PostwegFinding *first = g_ptr_array_index (findings, 0);

  g_assert_cmpstr (first->cause, ==, "tls-required");
  g_assert_cmpstr (first->headline, ==, "The server insists on encryption");
  g_assert_nonnull (first->remedy);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
vendors_by_name (void)
{
  static const struct {
    const char *host;
    guint vendors;
  } hosts[] = {
    { "imap.gmail.com", POSTWEG_VENDOR_GOOGLE },
    { "notgmail.com", 0 },
    { "GMX.NET", POSTWEG_VENDOR_ONE_AND_ONE },
    { "mail.gmx.net", POSTWEG_VENDOR_ONE_AND_ONE },
    { "gmx.net.evil.test", 0 },
    { "smtp.office365.com", POSTWEG_VENDOR_MICROSOFT },
    { NULL, 0 },
  };
  PostwegReply reply = { .protocol = POSTWEG_IMAP, .status = (char *) "NO" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      const PostwegReplyContext context = { .reply = &reply, .host = hosts[i].host };

      g_assert_cmpuint (postweg_vendors_of (&context), ==, hosts[i].vendors);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/diagnose/explain/folding", folding);
  g_test_add_func ("/diagnose/explain/folding-is-bounded", folding_is_bounded);
  g_test_add_func ("/diagnose/explain/in-english", telling_in_english);
  g_test_add_func ("/diagnose/explain/matching", matching);
  g_test_add_func ("/diagnose/explain/long-text", tables_are_fast_on_long_text);
  g_test_add_func ("/diagnose/explain/other-wordings", other_wordings);
  g_test_add_func ("/diagnose/explain/sessions", same_words_in_another_session);
  g_test_add_func ("/diagnose/explain/no-blame-for-the-password", no_blame_for_the_password);
  g_test_add_func ("/diagnose/explain/missing", stage_and_words_may_be_missing);
  g_test_add_func ("/diagnose/explain/vendors", vendors_by_name);
  return g_test_run ();
}
