/* Encryption: handshakes that fail and certificates that prove nothing. */
#include "diagnose/explain.h"
#include "diagnose/rules.h"
#include <string.h>

#define ON(stage) POSTWEG_STAGE_BIT (POSTWEG_STAGE_##stage)
#define TO(cause) POSTWEG_CAUSE_##cause

static gboolean
from_first_byte (const PostwegView *view)
{
  return view->server->security == POSTWEG_TLS;
}

static gboolean
after_starttls (const PostwegView *view)
{
  return view->server->security == POSTWEG_STARTTLS;
}

/* What stopped the test has passed: now the port speaks TLS. */
static gboolean
tls_after_all (const PostwegView *view)
{
  const PostwegEvidence *plain = postweg_view_seen (view, POSTWEG_LOOK_PLAIN);

  return from_first_byte (view) && plain != NULL && plain->speaks == POSTWEG_SPEAKS_TLS;
}

static gboolean
plain_port (const PostwegView *view)
{
  return from_first_byte (view) && !tls_after_all (view) &&
         postweg_view_speaks (view) == postweg_speaks_of (view->server->protocol);
}

static gboolean
plain_port_without_starttls (const PostwegView *view)
{
  const PostwegEvidence *plain = postweg_view_seen (view, POSTWEG_LOOK_PLAIN);

  return plain != NULL && !postweg_offers_starttls (plain);
}

static gboolean
other_mail_service (const PostwegView *view)
{
  PostwegSpeaks speaks = postweg_view_speaks (view);

  return (speaks == POSTWEG_SPEAKS_IMAP || speaks == POSTWEG_SPEAKS_POP3 || speaks == POSTWEG_SPEAKS_SMTP) &&
         speaks != postweg_speaks_of (view->server->protocol);
}

/* A server that hangs up before a byte was exchanged, whichever way it is spoken to, was not reached by TLS at all. */
static gboolean
hangs_up_in_plain_too (const PostwegView *view)
{
  const PostwegEvidence *plain = postweg_view_seen (view, POSTWEG_LOOK_PLAIN);
  const PostwegStep *failure = plain != NULL ? postweg_evidence_failure (plain) : NULL;

  return from_first_byte (view) && failure != NULL && failure->stage <= POSTWEG_STAGE_GREETING &&
         failure->error == POSTWEG_ERROR_HUNG_UP;
}

static int
alert_of (const PostwegView *view)
{
  return view->evidence->tls != NULL ? view->evidence->tls->alert : -1;
}

/* Alerts as TLS numbers them (RFC 8446 6). */
static gboolean
alert_about_version (const PostwegView *view)
{
  return alert_of (view) == 70 || alert_of (view) == 86;
}

static gboolean
alert_about_cipher (const PostwegView *view)
{
  return alert_of (view) == 40 || alert_of (view) == 71 || alert_of (view) == 80;
}

static gboolean
alert_about_our_certificate (const PostwegView *view)
{
  return (alert_of (view) >= 41 && alert_of (view) <= 46) || alert_of (view) == 48;
}

static gboolean
alert_certificate_required (const PostwegView *view)
{
  return alert_of (view) == 116;
}

static gboolean
alert_unknown_name (const PostwegView *view)
{
  return alert_of (view) == 112;
}

/* What old TLS agreed on: a version that is too old, or a version that is not. */
static gboolean
old_tls_works (const PostwegView *view)
{
  const PostwegEvidence *old = postweg_view_seen (view, POSTWEG_LOOK_OLD_TLS);

  return old != NULL && old->tls != NULL && old->tls->version != NULL;
}

static gboolean
only_old_version_works (const PostwegView *view)
{
  static const char *const good[] = { "TLS1.2", "TLS1.3", NULL };

  return old_tls_works (view) &&
         !g_strv_contains (good, postweg_view_seen (view, POSTWEG_LOOK_OLD_TLS)->tls->version);
}

static gboolean
only_old_cipher_works (const PostwegView *view)
{
  return old_tls_works (view) && !only_old_version_works (view);
}

const PostwegLocalRule postweg_rules_tls[] = {
  { ON (TLS), POSTWEG_ERROR_NOT_TLS, tls_after_all, TO (SERVER_TEMPORARY_FAILURE), 82, 0 },
  { ON (TLS), POSTWEG_ERROR_NOT_TLS, plain_port, TO (TLS_ON_PLAIN_PORT), 97, POSTWEG_WANT_PLAIN },
  { ON (TLS), POSTWEG_ERROR_NOT_TLS, plain_port_without_starttls, TO (TLS_ON_PLAIN_PORT), 60,
    POSTWEG_WANT_PORTS },
  { ON (TLS), POSTWEG_ERROR_NOT_TLS, other_mail_service, TO (WRONG_SERVICE_ON_PORT), 98, POSTWEG_WANT_PORTS },
  { ON (TLS), POSTWEG_ERROR_NOT_TLS, from_first_byte, TO (TLS_ON_PLAIN_PORT), 65, POSTWEG_WANT_PLAIN },
  { ON (TLS), POSTWEG_ERROR_NOT_TLS, after_starttls, TO (TLS_HANDSHAKE_ABORTED), 66, POSTWEG_WANT_PORTS },

  { ON (TLS), POSTWEG_ERROR_TLS_VERSION, only_old_version_works, TO (TLS_VERSION_MISMATCH), 97, 0 },
  { ON (TLS), POSTWEG_ERROR_TLS_VERSION, alert_about_version, TO (TLS_VERSION_MISMATCH), 96, 0 },
  { ON (TLS), POSTWEG_ERROR_TLS_VERSION, NULL, TO (TLS_VERSION_MISMATCH), 80, POSTWEG_WANT_OLD_TLS },
  { ON (TLS), POSTWEG_ERROR_TLS_CIPHER, only_old_version_works, TO (TLS_VERSION_MISMATCH), 97, 0 },
  { ON (TLS), POSTWEG_ERROR_TLS_CIPHER, only_old_cipher_works, TO (TLS_CIPHER_MISMATCH), 97, 0 },
  { ON (TLS), POSTWEG_ERROR_TLS_CIPHER, NULL, TO (TLS_CIPHER_MISMATCH), 72, POSTWEG_WANT_OLD_TLS },
  { ON (TLS), POSTWEG_ERROR_TLS_CIPHER, NULL, TO (TLS_VERSION_MISMATCH), 45, 0 },

  { 0, POSTWEG_ERROR_TLS_ALERT, alert_unknown_name, TO (SNI_REQUIRED), 96, 0 },
  { 0, POSTWEG_ERROR_TLS_ALERT, alert_certificate_required, TO (CLIENT_CERT_REQUIRED), 97, 0 },
  { 0, POSTWEG_ERROR_TLS_ALERT, alert_about_our_certificate, TO (CLIENT_CERT_REQUIRED), 72, 0 },
  { 0, POSTWEG_ERROR_TLS_ALERT, alert_about_version, TO (TLS_VERSION_MISMATCH), 96, 0 },
  { 0, POSTWEG_ERROR_TLS_ALERT, alert_about_cipher, TO (TLS_CIPHER_MISMATCH), 72, POSTWEG_WANT_OLD_TLS },
  { 0, POSTWEG_ERROR_TLS_ALERT, only_old_version_works, TO (TLS_VERSION_MISMATCH), 97, 0 },
  { 0, POSTWEG_ERROR_TLS_ALERT, NULL, TO (TLS_HANDSHAKE_ABORTED), 60, 0 },

  { ON (TLS), POSTWEG_ERROR_TLS_ABORTED, plain_port, TO (TLS_ON_PLAIN_PORT), 96, POSTWEG_WANT_PORTS },
  { ON (TLS), POSTWEG_ERROR_TLS_ABORTED, other_mail_service, TO (WRONG_SERVICE_ON_PORT), 97,
    POSTWEG_WANT_PORTS },
  { ON (TLS), POSTWEG_ERROR_TLS_ABORTED, only_old_version_works, TO (TLS_VERSION_MISMATCH), 97, 0 },
  { ON (TLS), POSTWEG_ERROR_TLS_ABORTED, only_old_cipher_works, TO (TLS_CIPHER_MISMATCH), 90, 0 },
  { ON (TLS), POSTWEG_ERROR_TLS_ABORTED, hangs_up_in_plain_too, TO (CONNECTION_DROPPED), 72, 0 },
  { ON (TLS), POSTWEG_ERROR_TLS_ABORTED, from_first_byte, TO (TLS_HANDSHAKE_ABORTED), 66,
    POSTWEG_WANT_PLAIN | POSTWEG_WANT_OLD_TLS },
  { ON (TLS), POSTWEG_ERROR_TLS_ABORTED, NULL, TO (TLS_HANDSHAKE_ABORTED), 66, POSTWEG_WANT_OLD_TLS },
  { ON (TLS), POSTWEG_ERROR_HUNG_UP, NULL, TO (TLS_HANDSHAKE_ABORTED), 62, POSTWEG_WANT_OLD_TLS },

  { ON (TLS), POSTWEG_ERROR_SILENT, plain_port, TO (TLS_ON_PLAIN_PORT), 96, POSTWEG_WANT_PLAIN },
  { ON (TLS), POSTWEG_ERROR_SILENT, from_first_byte, TO (SERVER_SILENT), 75, POSTWEG_WANT_PLAIN },
  { ON (TLS), POSTWEG_ERROR_SILENT, NULL, TO (SERVER_SILENT), 75, 0 },
  { 0, POSTWEG_OK, NULL, POSTWEG_NO_CAUSE, 0, 0 },
};
