/* Greeting, capabilities, STARTTLS, sign-in and mailbox, as far as no reply decides. */
#include "diagnose/explain.h"
#include "diagnose/rules.h"
#include <string.h>

#define ON(stage) POSTWEG_STAGE_BIT (POSTWEG_STAGE_##stage)
#define TO(cause) POSTWEG_CAUSE_##cause
#define ON_LATER (ON (CAPABILITY) | ON (STARTTLS) | ON (AUTH) | ON (SENDER) | ON (RECIPIENT) | ON (DATA))

static gboolean
starts_plain (const PostwegView *view)
{
  return view->server->security != POSTWEG_TLS;
}

static gboolean
is_tls_port (const PostwegView *view)
{
  return starts_plain (view) &&
         view->server->port == postweg_default_port (view->server->protocol, POSTWEG_TLS);
}

static gboolean
tls_works_here (const PostwegView *view)
{
  const PostwegEvidence *tls = postweg_view_seen (view, POSTWEG_LOOK_TLS);

  return starts_plain (view) && tls != NULL && tls->tls != NULL && tls->tls->version != NULL;
}

/* The test itself has tried TLS after a silence in plain text, and that was silence, too. */
static gboolean
silent_both_ways (const PostwegView *view)
{
  return starts_plain (view) && view->evidence->speaks == POSTWEG_SPEAKS_NOTHING;
}

static gboolean
tls_is_silent_too (const PostwegView *view)
{
  gboolean tried = postweg_view_seen (view, POSTWEG_LOOK_TLS) != NULL || silent_both_ways (view);

  return tried && !tls_works_here (view) && postweg_view_speaks (view) != POSTWEG_SPEAKS_HTTP;
}

static gboolean
speaks_tls (const PostwegView *view)
{
  return view->evidence->speaks == POSTWEG_SPEAKS_TLS;
}

/* The test itself has shaken hands after a silence in plain text. */
static gboolean
proved_to_speak_tls (const PostwegView *view)
{
  return starts_plain (view) && speaks_tls (view);
}

static gboolean
silent_in_plain (const PostwegView *view)
{
  return starts_plain (view) && !speaks_tls (view) && !silent_both_ways (view);
}

static gboolean
speaks_mail (const PostwegView *view)
{
  return view->evidence->speaks >= POSTWEG_SPEAKS_IMAP && view->evidence->speaks <= POSTWEG_SPEAKS_SMTP;
}

/* Web servers have rules of their own. */
static gboolean
speaks_otherwise (const PostwegView *view)
{
  return postweg_view_speaks (view) != POSTWEG_SPEAKS_HTTP;
}

static gboolean
is_web_port (const PostwegView *view)
{
  return view->server->port == 80 || view->server->port == 443 || view->server->port == 8080;
}

/* Filters overwrite the keyword, since they must not change the length. */
static gboolean
starttls_overwritten (const PostwegView *view)
{
  for (char **word = view->evidence->plain_capabilities; word != NULL && *word != NULL; word++)
    if (strncmp (*word, "XXXX", 4) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
starttls_documented (const PostwegView *view)
{
  const PostwegProvider *provider = view->the_case->provider;

  for (guint i = 0; provider != NULL && i < provider->n_servers; i++)
    if (provider->servers[i].security == POSTWEG_STARTTLS &&
        provider->servers[i].port == view->server->port &&
        provider->servers[i].protocol == view->server->protocol &&
        g_ascii_strcasecmp (provider->servers[i].host, view->server->host) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_unencrypted (const PostwegView *view)
{
  return !postweg_evidence_passed (view->evidence, POSTWEG_STAGE_TLS);
}

static gboolean
encryption_is_offered (const PostwegView *view)
{
  return is_unencrypted (view) &&
         (postweg_offers_starttls (view->evidence) ||
          postweg_capability_listed (view->evidence->capabilities, "LOGINDISABLED") ||
          postweg_capability_listed (view->evidence->plain_capabilities, "LOGINDISABLED"));
}

static gboolean
smtp_without_sign_in (const PostwegView *view)
{
  return view->side == POSTWEG_SEND && !is_unencrypted (view);
}

static gboolean
smtp_unencrypted (const PostwegView *view)
{
  return view->side == POSTWEG_SEND && is_unencrypted (view);
}

static gboolean
mailbox_without_sign_in (const PostwegView *view)
{
  return view->side == POSTWEG_RECEIVE && !is_unencrypted (view);
}

static gboolean
offers_word (const PostwegView *view, const char *word)
{
  g_autofree char *capability = g_strconcat ("AUTH=", word, NULL);

  return (view->evidence->mechanisms != NULL &&
          g_strv_contains ((const char *const *) view->evidence->mechanisms, word)) ||
         (view->evidence->capabilities != NULL &&
          g_strv_contains ((const char *const *) view->evidence->capabilities, capability));
}

static gboolean
offers_only_oauth (const PostwegView *view)
{
  static const char *const passwords[] = { "PLAIN",       "LOGIN",         "CRAM-MD5",
                                           "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS",
                                           "DIGEST-MD5",  "USER",          "APOP" };

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    if (offers_word (view, passwords[i]))
      return FALSE;
  return view->server->auth != POSTWEG_AUTH_OAUTH2 &&
         (offers_word (view, "XOAUTH2") || offers_word (view, "OAUTHBEARER"));
}

/* The same server greets at its IPv4 address; at the IPv6 one it takes the connection, and nothing goes through. */
static gboolean
only_ipv4_greets (const PostwegView *view)
{
  const PostwegEvidence *beside = postweg_view_seen (view, POSTWEG_LOOK_OTHER_FAMILY);

  return beside != NULL && beside->attempts->len > 0 && !postweg_view_family_is_ipv6 (beside) &&
         postweg_evidence_passed (beside, POSTWEG_STAGE_GREETING);
}

const PostwegLocalRule postweg_rules_session[] = {
  { ON (GREETING) | ON (TLS), POSTWEG_ERROR_SILENT, only_ipv4_greets, TO (IPV6_BROKEN), 97, 0 },
  { ON (GREETING) | ON (TLS), POSTWEG_ERROR_HUNG_UP, only_ipv4_greets, TO (IPV6_BROKEN), 97, 0 },
  { ON (TLS), POSTWEG_ERROR_TLS_ABORTED, only_ipv4_greets, TO (IPV6_BROKEN), 97, 0 },
  /* no SMTPUTF8 for an address that needs it */
  { ON (SENDER), POSTWEG_ERROR_UNSUPPORTED, NULL, TO (SENDER_ADDRESS_INVALID), 90, 0 },
  { 0, POSTWEG_ERROR_WRONG_SERVICE, speaks_tls, TO (PLAIN_ON_TLS_PORT), 97, POSTWEG_WANT_TLS },
  { 0, POSTWEG_ERROR_WRONG_SERVICE, speaks_mail, TO (WRONG_SERVICE_ON_PORT), 97, POSTWEG_WANT_PORTS },
  { 0, POSTWEG_ERROR_WRONG_SERVICE, speaks_otherwise, TO (WRONG_SERVICE_ON_PORT), 70, POSTWEG_WANT_PORTS },
  { 0, POSTWEG_ERROR_MALFORMED, NULL, TO (MALFORMED_RESPONSE), 97, 0 },

  { ON (GREETING), POSTWEG_ERROR_SILENT, is_web_port, TO (WRONG_SERVICE_ON_PORT), 90, POSTWEG_WANT_PORTS },
  { ON (GREETING), POSTWEG_ERROR_SILENT, proved_to_speak_tls, TO (PLAIN_ON_TLS_PORT), 97, POSTWEG_WANT_TLS },
  { ON (GREETING), POSTWEG_ERROR_SILENT, tls_works_here, TO (PLAIN_ON_TLS_PORT), 97, 0 },
  { ON (GREETING), POSTWEG_ERROR_SILENT, tls_is_silent_too, TO (SERVER_SILENT), 97,
    POSTWEG_WANT_PORTS | POSTWEG_WANT_PLAIN },
  { ON (GREETING), POSTWEG_ERROR_SILENT, is_tls_port, TO (PLAIN_ON_TLS_PORT), 80, POSTWEG_WANT_TLS },
  { ON (GREETING), POSTWEG_ERROR_SILENT, silent_in_plain, TO (SERVER_SILENT), 70,
    POSTWEG_WANT_TLS | POSTWEG_WANT_PLAIN },
  { ON (GREETING), POSTWEG_ERROR_SILENT, NULL, TO (SERVER_SILENT), 78, 0 },
  { ON (GREETING), POSTWEG_ERROR_HUNG_UP, tls_works_here, TO (PLAIN_ON_TLS_PORT), 97, 0 },
  { ON (GREETING), POSTWEG_ERROR_HUNG_UP, is_tls_port, TO (PLAIN_ON_TLS_PORT), 78, POSTWEG_WANT_TLS },
  { ON (GREETING), POSTWEG_ERROR_HUNG_UP, starts_plain, TO (CONNECTION_DROPPED), 66, POSTWEG_WANT_TLS },
  { ON (GREETING), POSTWEG_ERROR_HUNG_UP, NULL, TO (CONNECTION_DROPPED), 72, 0 },
  { ON (GREETING), POSTWEG_ERROR_HUNG_UP, NULL, TO (TOO_MANY_LOGIN_ATTEMPTS), 35, 0 },
  { 0, POSTWEG_ERROR_PREAUTH, NULL, TO (PREAUTH_BEFORE_TLS), 97, POSTWEG_WANT_PORTS },

  { 0, POSTWEG_ERROR_STARTTLS_INJECTION, NULL, TO (STARTTLS_INJECTION), 97, POSTWEG_WANT_PORTS },
  { 0, POSTWEG_ERROR_STARTTLS_NOT_OFFERED, starttls_overwritten, TO (STARTTLS_STRIPPED), 98,
    POSTWEG_WANT_PORTS },
  { 0, POSTWEG_ERROR_STARTTLS_NOT_OFFERED, starttls_documented, TO (STARTTLS_STRIPPED), 96,
    POSTWEG_WANT_PORTS },
  { 0, POSTWEG_ERROR_STARTTLS_NOT_OFFERED, NULL, TO (STARTTLS_NOT_OFFERED), 95, POSTWEG_WANT_PORTS },
  { 0, POSTWEG_ERROR_STARTTLS_REFUSED, NULL, TO (STARTTLS_TEMPORARILY_UNAVAILABLE), 60, POSTWEG_WANT_PORTS },
  { ON (STARTTLS), POSTWEG_ERROR_HUNG_UP, NULL, TO (STARTTLS_TEMPORARILY_UNAVAILABLE), 62,
    POSTWEG_WANT_PORTS },
  { ON (STARTTLS), POSTWEG_ERROR_SILENT, NULL, TO (STARTTLS_TEMPORARILY_UNAVAILABLE), 60,
    POSTWEG_WANT_PORTS },

  { ON (AUTH), POSTWEG_ERROR_AUTH_NOT_OFFERED, encryption_is_offered, TO (TLS_REQUIRED), 97,
    POSTWEG_WANT_PORTS },
  { ON (AUTH), POSTWEG_ERROR_AUTH_NOT_OFFERED, is_unencrypted, TO (TLS_REQUIRED), 62, POSTWEG_WANT_PORTS },
  { ON (AUTH), POSTWEG_ERROR_AUTH_NOT_OFFERED, smtp_unencrypted, TO (AUTH_NOT_OFFERED), 64, 0 },
  { ON (AUTH), POSTWEG_ERROR_AUTH_NOT_OFFERED, smtp_without_sign_in, TO (AUTH_NOT_OFFERED), 96,
    POSTWEG_WANT_PORTS },
  { ON (AUTH), POSTWEG_ERROR_AUTH_NOT_OFFERED, offers_only_oauth, TO (OAUTH_REQUIRED), 97, 0 },
  { ON (AUTH), POSTWEG_ERROR_AUTH_NOT_OFFERED, mailbox_without_sign_in, TO (AUTH_MECHANISM_UNSUPPORTED), 70,
    POSTWEG_WANT_PORTS },
  { ON (AUTH), POSTWEG_ERROR_NO_MECHANISM, offers_only_oauth, TO (OAUTH_REQUIRED), 97, 0 },
  { ON (AUTH), POSTWEG_ERROR_NO_MECHANISM, encryption_is_offered, TO (TLS_REQUIRED), 96, POSTWEG_WANT_PORTS },
  { ON (AUTH), POSTWEG_ERROR_NO_MECHANISM, NULL, TO (AUTH_MECHANISM_UNSUPPORTED), 95, 0 },
  { ON (AUTH), POSTWEG_ERROR_BAD_PROOF, NULL, TO (SERVER_MISCONFIGURED), 60, 0 },
  { ON (AUTH), POSTWEG_ERROR_BAD_PROOF, NULL, TO (LOCAL_MAIL_PROXY), 45, 0 },
  { ON (AUTH), POSTWEG_ERROR_HUNG_UP, NULL, TO (TOO_MANY_LOGIN_ATTEMPTS), 45, 0 },
  { ON (AUTH), POSTWEG_ERROR_SILENT, NULL, TO (AUTH_BACKEND_FAILURE), 55, 0 },

  { ON (MAILBOX), POSTWEG_ERROR_HUNG_UP, NULL, TO (CONNECTION_CLOSED_AFTER_LOGIN), 97, 0 },
  { ON (MAILBOX), POSTWEG_ERROR_SILENT, NULL, TO (SERVER_SILENT), 80, 0 },
  { ON_LATER, POSTWEG_ERROR_HUNG_UP, NULL, TO (CONNECTION_DROPPED), 60, 0 },
  { ON_LATER, POSTWEG_ERROR_SILENT, NULL, TO (SERVER_SILENT), 80, 0 },
  { ON (GREETING) | ON (TLS) | ON (MAILBOX) | ON_LATER, POSTWEG_ERROR_OUT_OF_TIME, NULL, TO (SERVER_SLOW), 50,
    0 },
  { 0, POSTWEG_OK, NULL, POSTWEG_NO_CAUSE, 0, 0 },
};
