/* What the response codes of IMAP (RFC 9051, 5530, 9208) and POP3 (RFC 2449, 3206) mean, with the stage at which they are given. */
#include "diagnose/reply-rules.h"

#define TO(cause) POSTWEG_CAUSE_##cause
#define ON_LOGIN (ON_START | ON (AUTH))

/* ALERT is missing on purpose: it is given for everything, the words decide. */
static const struct {
  const char *code;
  guint stages;
  PostwegCause cause;
  guint8 weight;
} code_rules[] = {
  { "AUTHENTICATIONFAILED", ON_LOGIN, TO (WRONG_CREDENTIALS), 64 },
  { "AUTHORIZATIONFAILED", ON_SIGN_IN, TO (MAILBOX_NOT_PERMITTED), 85 },
  { "AUTHORIZATIONFAILED", ON_SIGN_IN, TO (PROTOCOL_NOT_ENABLED), 55 },
  { "EXPIRED", ON_SIGN_IN, TO (PASSWORD_CHANGE_REQUIRED), 95 },
  { "PRIVACYREQUIRED", ON_SIGN_IN, TO (TLS_REQUIRED), 97 },
  { "CONTACTADMIN", ON_SIGN_IN, TO (ACCOUNT_LOCKED), 90 },
  { "UNAVAILABLE", ON_LOGIN, TO (AUTH_BACKEND_FAILURE), 86 },
  { "UNAVAILABLE", ON_SIGN_IN, TO (SERVER_TEMPORARY_FAILURE), 70 },
  { "LIMIT", ON_LOGIN, TO (TOO_MANY_CONNECTIONS), 85 },
  { "LIMIT", ON (MAILBOX), TO (RATE_LIMITED), 85 },
  { "OVERQUOTA", ON (MAILBOX), TO (OWN_MAILBOX_FULL), 88 },
  { "INUSE", ON_SIGN_IN, TO (MAILBOX_IN_USE), 92 },
  { "SERVERBUG", ON_SIGN_IN, TO (SERVER_TEMPORARY_FAILURE), 88 },
  { "CORRUPTION", ON_SIGN_IN, TO (SERVER_MISCONFIGURED), 90 },
  { "CLIENTBUG", ON_SIGN_IN, TO (PROTOCOL_ERROR), 85 },
  { "PARSE", ON_SIGN_IN, TO (PROTOCOL_ERROR), 70 },
  { "NOPERM", ON (MAILBOX), TO (MAILBOX_NOT_PERMITTED), 85 },
  { "NONEXISTENT", ON (MAILBOX), TO (SERVER_MISCONFIGURED), 70 },
  { "WEBALERT", ON_SIGN_IN, TO (WEB_LOGIN_REQUIRED), 96 },
  { "TEMPFAIL", ON_SIGN_IN, TO (SERVER_TEMPORARY_FAILURE), 88 },
  { "REFERRAL", ON_SIGN_IN, TO (WRONG_SERVICE_ON_PORT), 50 },
  { "IN-USE", ON_SIGN_IN, TO (MAILBOX_IN_USE), 95 },
  { "LOGIN-DELAY", ON_SIGN_IN, TO (POP_LOGIN_DELAY), 92 },
  { "SYS/TEMP", ON_LOGIN, TO (AUTH_BACKEND_FAILURE), 75 },
  { "SYS/TEMP", ON_SIGN_IN, TO (SERVER_TEMPORARY_FAILURE), 86 },
  { "SYS/PERM", ON_SIGN_IN, TO (SERVER_MISCONFIGURED), 88 },
  { "AUTH", ON_LOGIN, TO (WRONG_CREDENTIALS), 62 },
};

/* What a refusal without a code says by itself, at this stage. */
static const struct {
  const char *status;
  guint stages;
  PostwegCause cause;
  guint8 weight;
} status_rules[] = {
  { "NO", ON (AUTH), TO (WRONG_CREDENTIALS), 40 },
  { "-ERR", ON (AUTH), TO (WRONG_CREDENTIALS), 40 },
  { "BAD", ON (AUTH), TO (AUTH_MECHANISM_UNSUPPORTED), 45 },
  { "BAD", ON_SESSION, TO (PROTOCOL_ERROR), 45 },
  { "BYE", ON_SESSION, TO (SERVER_TEMPORARY_FAILURE), 55 },
  { "BYE", ON (AUTH) | ON (MAILBOX), TO (TOO_MANY_CONNECTIONS), 45 },
  { "NO", ON (MAILBOX), TO (MAILBOX_NOT_PERMITTED), 45 },
  { "-ERR", ON (MAILBOX), TO (SERVER_TEMPORARY_FAILURE), 50 },
  { "-ERR", ON_START, TO (SERVER_TEMPORARY_FAILURE), 55 },
  { "NO", ON_SESSION, TO (SERVER_TEMPORARY_FAILURE), 38 },
  { "BAD", ON (STARTTLS), TO (STARTTLS_NOT_OFFERED), 85 },
  { "NO", ON (STARTTLS), TO (STARTTLS_TEMPORARILY_UNAVAILABLE), 72 },
  { "NO", ON (STARTTLS), TO (STARTTLS_NOT_OFFERED), 45 },
  { "-ERR", ON (STARTTLS), TO (STARTTLS_NOT_OFFERED), 85 },
};

void
postweg_apply_response_codes (const PostwegReplyContext *context, PostwegSuspects *suspects)
{
  const PostwegReply *reply = context->reply;

  if (reply->positive)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (code_rules); i++)
    if (g_strcmp0 (reply->response_code, code_rules[i].code) == 0 &&
        (code_rules[i].stages & context->stages) != 0)
      postweg_suspect (suspects, code_rules[i].cause, code_rules[i].weight);
  for (guint i = 0; i < G_N_ELEMENTS (status_rules); i++)
    if (g_strcmp0 (reply->status, status_rules[i].status) == 0 &&
        (status_rules[i].stages & context->stages) != 0)
      postweg_suspect (suspects, status_rules[i].cause, status_rules[i].weight);
}
