/* What SMTP reply codes and enhanced status codes mean, with the stage at which they are given. */
#include "diagnose/reply-rules.h"

#define TO(cause) POSTWEG_CAUSE_##cause
#define NO_CODE 0
#define ANY_VENDOR 0
#define ON_RCPT (ON (RECIPIENT) | ON (DATA))
#define ON_ALL ~0u

/* Subject and range of details of an enhanced status code (RFC 3463, RFC 5248 registry and what vendors add).
 * x.7.0, x.7.1 and x.7.2 are missing on purpose: they are given for everything. */
typedef struct {
  guint subject, first, last;
  guint stages;
  guint vendor;
  PostwegCause cause;
  guint8 weight;
} EnhancedRule;

static const EnhancedRule enhanced_rules[] = {
  { 1, 1, 3, ON_RCPT, ANY_VENDOR, TO (RECIPIENT_UNKNOWN), 88 },
  { 1, 6, 6, ON_RCPT, ANY_VENDOR, TO (RECIPIENT_UNKNOWN), 88 },
  { 1, 10, 10, ON_RCPT, ANY_VENDOR, TO (RECIPIENT_UNKNOWN), 88 },
  { 1, 1, 3, ON (SENDER), ANY_VENDOR, TO (SENDER_ADDRESS_INVALID), 60 },
  { 1, 0, 0, ON (SENDER), ANY_VENDOR, TO (SENDER_NOT_OWNED), 55 },
  { 1, 7, 8, ON_SUBMIT, ANY_VENDOR, TO (SENDER_ADDRESS_INVALID), 90 },
  { 2, 1, 1, ON_RCPT, ANY_VENDOR, TO (RECIPIENT_UNKNOWN), 70 },
  { 2, 2, 2, ON_RCPT, ANY_VENDOR, TO (RECIPIENT_MAILBOX_FULL), 90 },
  { 2, 3, 3, ON_SUBMIT, ANY_VENDOR, TO (MESSAGE_TOO_LARGE), 92 },
  { 2, 252, 252, ON_ALL, ANY_VENDOR, TO (SENDER_NOT_OWNED), 95 },
  { 3, 0, 2, ON_ALL, ANY_VENDOR, TO (SERVER_TEMPORARY_FAILURE), 70 },
  { 3, 4, 4, ON_SUBMIT, ANY_VENDOR, TO (MESSAGE_TOO_LARGE), 92 },
  { 3, 5, 5, ON_ALL, ANY_VENDOR, TO (SERVER_MISCONFIGURED), 92 },
  { 4, 0, 99, ON_SUBMIT, ANY_VENDOR, TO (SERVER_TEMPORARY_FAILURE), 55 },
  { 4, 1, 1, ON_RCPT, POSTWEG_VENDOR_MICROSOFT, TO (RECIPIENT_UNKNOWN), 94 },
  { 4, 2, 2, ON_ALL, ANY_VENDOR, TO (CONNECTION_DROPPED), 93 },
  { 4, 5, 5, ON_SUBMIT, ANY_VENDOR, TO (SEND_LIMIT_REACHED), 80 },
  { 5, 1, 1, ON_SUBMIT, ANY_VENDOR, TO (PROTOCOL_ERROR), 55 },
  { 5, 1, 1, ON_SUBMIT, POSTWEG_VENDOR_GOOGLE, TO (SEND_AUTH_MISSING), 90 },
  { 5, 1, 1, ON (AUTH), ANY_VENDOR, TO (AUTH_NOT_OFFERED), 70 },
  { 5, 2, 4, ON (CAPABILITY), ANY_VENDOR, TO (HELO_REJECTED), 85 },
  { 5, 2, 2, ON (SENDER), ANY_VENDOR, TO (SENDER_ADDRESS_INVALID), 70 },
  { 5, 4, 4, ON (SENDER), ANY_VENDOR, TO (SENDER_ADDRESS_INVALID), 60 },
  { 5, 4, 4, ON (SENDER), ANY_VENDOR, TO (PROTOCOL_ERROR), 62 },
  { 5, 2, 4, ON (AUTH), ANY_VENDOR, TO (PROTOCOL_ERROR), 60 },
  { 5, 3, 3, ON_SUBMIT, ANY_VENDOR, TO (TOO_MANY_RECIPIENTS), 95 },
  { 6, 0, 99, ON_SUBMIT, ANY_VENDOR, TO (CONTENT_REJECTED), 72 },
  { 7, 3, 3, ON (AUTH), ANY_VENDOR, TO (WRONG_CREDENTIALS), 60 },
  { 7, 3, 3, ON (AUTH), POSTWEG_VENDOR_MICROSOFT, TO (SMTP_AUTH_DISABLED), 58 },
  { 7, 3, 3, ON (AUTH), POSTWEG_VENDOR_MICROSOFT, TO (ACCESS_POLICY_BLOCKED), 40 },
  { 7, 4, 4, ON (AUTH), ANY_VENDOR, TO (AUTH_MECHANISM_UNSUPPORTED), 93 },
  { 7, 4, 4, ON (AUTH), POSTWEG_VENDOR_MICROSOFT, TO (SMTP_AUTH_DISABLED), 60 },
  { 7, 8, 8, ON (AUTH), ANY_VENDOR, TO (WRONG_CREDENTIALS), 64 },
  { 7, 9, 9, ON (AUTH), ANY_VENDOR, TO (AUTH_MECHANISM_UNSUPPORTED), 80 },
  { 7, 9, 9, ON (AUTH), POSTWEG_VENDOR_GOOGLE, TO (APP_PASSWORD_REQUIRED), 94 },
  { 7, 9, 9, ON (DATA), ANY_VENDOR, TO (SENDER_AUTH_FAILED), 85 },
  { 7, 10, 11, ON_ALL, ANY_VENDOR, TO (TLS_REQUIRED), 96 },
  { 7, 12, 12, ON (AUTH), ANY_VENDOR, TO (PASSWORD_CHANGE_REQUIRED), 94 },
  { 7, 13, 13, ON (AUTH), ANY_VENDOR, TO (ACCOUNT_LOCKED), 94 },
  { 7, 14, 14, ON (AUTH), POSTWEG_VENDOR_GOOGLE, TO (WEB_LOGIN_REQUIRED), 94 },
  { 7, 20, 24, ON_SUBMIT, ANY_VENDOR, TO (SENDER_AUTH_FAILED), 92 },
  { 7, 25, 25, ON_ALL, ANY_VENDOR, TO (REVERSE_DNS_MISSING), 95 },
  { 7, 26, 27, ON_SUBMIT, ANY_VENDOR, TO (SENDER_AUTH_FAILED), 95 },
  { 7, 29, 30, ON_SUBMIT, ANY_VENDOR, TO (SENDER_AUTH_FAILED), 92 },
  { 7, 28, 28, ON_ALL, ANY_VENDOR, TO (RATE_LIMITED), 92 },
  { 7, 28, 28, ON_SUBMIT, ANY_VENDOR, TO (SEND_LIMIT_REACHED), 80 },
  { 7, 57, 57, ON_SUBMIT, ANY_VENDOR, TO (SEND_AUTH_MISSING), 95 },
  { 7, 57, 57, ON_SUBMIT, ANY_VENDOR, TO (SMTP_AUTH_DISABLED), 50 },
  { 7, 60, 60, ON_SUBMIT, ANY_VENDOR, TO (SENDER_NOT_OWNED), 95 },
  { 7, 500, 500, ON_SUBMIT, ANY_VENDOR, TO (RATE_LIMITED), 85 },
  { 7, 501, 505, ON_SUBMIT, ANY_VENDOR, TO (SENDING_BLOCKED_FOR_ABUSE), 90 },
  { 7, 506, 506, ON_ALL, ANY_VENDOR, TO (HELO_REJECTED), 95 },
  { 7, 606, 649, ON_ALL, ANY_VENDOR, TO (IP_BLOCKLISTED), 95 },
  { 7, 700, 750, ON_SUBMIT, ANY_VENDOR, TO (SENDING_BLOCKED_FOR_ABUSE), 90 },
  { 7, 0, 0, ON_START, POSTWEG_VENDOR_GOOGLE, TO (RATE_LIMITED), 75 },
};

/* Reply codes (RFC 5321, RFC 4954), for when nothing better is known. */
static const struct {
  int first, last;
  guint stages;
  PostwegCause cause;
  guint8 weight;
} base_rules[] = {
  { 400, 499, ON_START | ON_SUBMIT, TO (SERVER_TEMPORARY_FAILURE), 50 },
  { 450, 451, ON (RECIPIENT), TO (GREYLISTED), 40 },
  { 452, 452, ON_SUBMIT, TO (SERVER_TEMPORARY_FAILURE), 55 },
  { 452, 452, ON (RECIPIENT), TO (SEND_LIMIT_REACHED), 45 },
  { 421, 421, ON_SESSION, TO (SERVER_TEMPORARY_FAILURE), 52 },
  { 521, 521, ON_START, TO (WRONG_SMTP_SERVER), 70 },
  { 550, 554, ON_START, TO (IP_BLOCKLISTED), 62 },
  { 500, 504, ON (CAPABILITY), TO (HELO_REJECTED), 62 },
  { 550, 550, ON (CAPABILITY), TO (HELO_REJECTED), 60 },

  { 400, 499, ON (STARTTLS), TO (STARTTLS_TEMPORARILY_UNAVAILABLE), 95 },
  { 500, 599, ON (STARTTLS), TO (STARTTLS_NOT_OFFERED), 90 },

  { 400, 499, ON (AUTH), TO (AUTH_BACKEND_FAILURE), 70 },
  { 432, 432, ON (AUTH), TO (PASSWORD_CHANGE_REQUIRED), 90 },
  { 454, 454, ON (AUTH), TO (AUTH_BACKEND_FAILURE), 82 },
  { 500, 502, ON (AUTH), TO (AUTH_NOT_OFFERED), 62 },
  { 501, 501, ON (AUTH), TO (PROTOCOL_ERROR), 62 },
  { 503, 503, ON (AUTH), TO (AUTH_NOT_OFFERED), 74 },
  { 504, 504, ON (AUTH), TO (AUTH_MECHANISM_UNSUPPORTED), 92 },
  { 523, 523, ON_SESSION, TO (TLS_REQUIRED), 90 },
  { 530, 530, ON (AUTH), TO (TLS_REQUIRED), 75 },
  { 534, 534, ON (AUTH), TO (AUTH_MECHANISM_UNSUPPORTED), 70 },
  { 535, 535, ON (AUTH), TO (WRONG_CREDENTIALS), 60 },
  { 538, 538, ON (AUTH), TO (TLS_REQUIRED), 93 },
  { 550, 554, ON (AUTH), TO (ACCESS_POLICY_BLOCKED), 45 },
  { 525, 525, ON (AUTH), TO (ACCOUNT_LOCKED), 90 },

  { 530, 530, ON_SUBMIT, TO (SEND_AUTH_MISSING), 92 },
  { 535, 535, ON_SUBMIT, TO (SEND_AUTH_MISSING), 85 },
  { 500, 503, ON_SUBMIT, TO (PROTOCOL_ERROR), 45 },
  { 501, 501, ON (SENDER), TO (SENDER_ADDRESS_INVALID), 60 },
  { 517, 517, ON_SUBMIT, TO (SENDER_ADDRESS_INVALID), 91 },
  { 555, 555, ON (SENDER), TO (PROTOCOL_ERROR), 64 },
  { 550, 550, ON (SENDER), TO (SENDER_NOT_OWNED), 55 },
  { 551, 554, ON (SENDER), TO (SENDER_NOT_OWNED), 58 },
  { 550, 550, ON (RECIPIENT), TO (RECIPIENT_UNKNOWN), 56 },
  { 551, 551, ON (RECIPIENT), TO (RECIPIENT_UNKNOWN), 75 },
  { 553, 553, ON (RECIPIENT), TO (SENDER_NOT_OWNED), 50 },
  { 554, 554, ON (RECIPIENT), TO (WRONG_SMTP_SERVER), 50 },
  { 552, 552, ON (RECIPIENT), TO (RECIPIENT_MAILBOX_FULL), 66 },
  { 552, 552, ON (DATA), TO (MESSAGE_TOO_LARGE), 58 },
  { 550, 554, ON (DATA), TO (CONTENT_REJECTED), 60 },
};

static void
apply_enhanced (const PostwegReplyContext *context, guint vendors, PostwegSuspects *suspects)
{
  const guint *code = context->reply->enhanced;

  for (guint i = 0; code[0] != 0 && i < G_N_ELEMENTS (enhanced_rules); i++)
    {
      const EnhancedRule *rule = &enhanced_rules[i];

      if (code[1] == rule->subject && code[2] >= rule->first && code[2] <= rule->last &&
          (rule->stages & context->stages) != 0 &&
          (rule->vendor == ANY_VENDOR || (rule->vendor & vendors) != 0))
        postweg_suspect (suspects, rule->cause, rule->weight);
    }
}

void
postweg_apply_smtp_codes (const PostwegReplyContext *context, guint vendors, PostwegSuspects *suspects)
{
  int code = context->reply->code;

  if (context->reply->positive)
    return;
  for (guint i = 0; code != NO_CODE && i < G_N_ELEMENTS (base_rules); i++)
    if (code >= base_rules[i].first && code <= base_rules[i].last &&
        (base_rules[i].stages & context->stages) != 0)
      postweg_suspect (suspects, base_rules[i].cause, base_rules[i].weight);
  apply_enhanced (context, vendors, suspects);
}
