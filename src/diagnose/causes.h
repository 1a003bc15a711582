/* The closed list of causes: one row each, with the side it can concern and whose matter it is. */
#pragma once
#include "model/finding.h"

/* X (NAME, slug, side, who). A new cause is one row here, one text in words-*.c, one rule and one test. */
#define POSTWEG_CAUSES(X)                                                                                    \
  X (DNS_NO_SUCH_HOST, "dns-no-such-host", BOTH, USER)                                                       \
  X (DNS_TEMPORARY_FAILURE, "dns-temporary-failure", BOTH, NETWORK)                                          \
  X (HOST_UNREACHABLE, "host-unreachable", BOTH, NETWORK)                                                    \
  X (CONNECTION_REFUSED, "connection-refused", BOTH, USER)                                                   \
  X (PORT_BLOCKED, "port-blocked", BOTH, NETWORK)                                                            \
  X (CONNECTION_DROPPED, "connection-dropped", BOTH, PROVIDER)                                               \
  X (CAPTIVE_PORTAL, "captive-portal", BOTH, NETWORK)                                                        \
  X (LOCAL_MAIL_PROXY, "local-mail-proxy", BOTH, USER)                                                       \
  X (WRONG_SERVICE_ON_PORT, "wrong-service-on-port", BOTH, USER)                                             \
  X (TLS_ON_PLAIN_PORT, "tls-on-plain-port", BOTH, USER)                                                     \
  X (PLAIN_ON_TLS_PORT, "plain-on-tls-port", BOTH, USER)                                                     \
  X (STARTTLS_NOT_OFFERED, "starttls-not-offered", BOTH, USER)                                               \
  X (STARTTLS_TEMPORARILY_UNAVAILABLE, "starttls-temporarily-unavailable", BOTH, PROVIDER)                   \
  X (TLS_REQUIRED, "tls-required", BOTH, USER)                                                               \
  X (TLS_VERSION_MISMATCH, "tls-version-mismatch", BOTH, PROVIDER)                                           \
  X (TLS_CIPHER_MISMATCH, "tls-cipher-mismatch", BOTH, PROVIDER)                                             \
  X (TLS_HANDSHAKE_ABORTED, "tls-handshake-aborted", BOTH, PROVIDER)                                         \
  X (CERT_NAME_MISMATCH, "cert-name-mismatch", BOTH, USER)                                                   \
  X (CERT_EXPIRED, "cert-expired", BOTH, PROVIDER)                                                           \
  X (CERT_NOT_YET_VALID, "cert-not-yet-valid", BOTH, USER)                                                   \
  X (CERT_SELF_SIGNED, "cert-self-signed", BOTH, PROVIDER)                                                   \
  X (CERT_UNKNOWN_ISSUER, "cert-unknown-issuer", BOTH, PROVIDER)                                             \
  X (CERT_TOO_WEAK, "cert-too-weak", BOTH, PROVIDER)                                                         \
  X (SNI_REQUIRED, "sni-required", BOTH, USER)                                                               \
  X (CLIENT_CERT_REQUIRED, "client-cert-required", BOTH, ADMIN)                                              \
  X (WRONG_CREDENTIALS, "wrong-credentials", BOTH, USER)                                                     \
  X (USERNAME_FORMAT, "username-format", BOTH, USER)                                                         \
  X (APP_PASSWORD_REQUIRED, "app-password-required", BOTH, USER)                                             \
  X (PROTOCOL_NOT_ENABLED, "protocol-not-enabled", BOTH, USER)                                               \
  X (OAUTH_REQUIRED, "oauth-required", BOTH, USER)                                                           \
  X (SMTP_AUTH_DISABLED, "smtp-auth-disabled", SEND, ADMIN)                                                  \
  X (ACCESS_POLICY_BLOCKED, "access-policy-blocked", BOTH, ADMIN)                                            \
  X (OAUTH_TOKEN_REJECTED, "oauth-token-rejected", BOTH, USER)                                               \
  X (OAUTH_CONSENT_MISSING, "oauth-consent-missing", BOTH, ADMIN)                                            \
  X (MAILBOX_NOT_PERMITTED, "mailbox-not-permitted", RECEIVE, ADMIN)                                         \
  X (WEB_LOGIN_REQUIRED, "web-login-required", BOTH, USER)                                                   \
  X (TOO_MANY_LOGIN_ATTEMPTS, "too-many-login-attempts", BOTH, USER)                                         \
  X (ACCOUNT_LOCKED, "account-locked", BOTH, PROVIDER)                                                       \
  X (PASSWORD_CHANGE_REQUIRED, "password-change-required", BOTH, USER)                                       \
  X (AUTH_MECHANISM_UNSUPPORTED, "auth-mechanism-unsupported", BOTH, USER)                                   \
  X (AUTH_NOT_OFFERED, "auth-not-offered", SEND, USER)                                                       \
  X (LOGIN_LOCATION_BLOCKED, "login-location-blocked", BOTH, PROVIDER)                                       \
  X (CLIENT_ID_REQUIRED, "client-id-required", RECEIVE, USER)                                                \
  X (AUTH_BACKEND_FAILURE, "auth-backend-failure", BOTH, PROVIDER)                                           \
  X (TOO_MANY_CONNECTIONS, "too-many-connections", BOTH, USER)                                               \
  X (RATE_LIMITED, "rate-limited", BOTH, USER)                                                               \
  X (MAILBOX_IN_USE, "mailbox-in-use", RECEIVE, USER)                                                        \
  X (POP_LOGIN_DELAY, "pop-login-delay", RECEIVE, USER)                                                      \
  X (OWN_MAILBOX_FULL, "own-mailbox-full", RECEIVE, USER)                                                    \
  X (SERVER_TEMPORARY_FAILURE, "server-temporary-failure", BOTH, PROVIDER)                                   \
  X (SERVER_MISCONFIGURED, "server-misconfigured", BOTH, PROVIDER)                                           \
  X (SEND_AUTH_MISSING, "send-auth-missing", SEND, USER)                                                     \
  X (WRONG_SMTP_SERVER, "wrong-smtp-server", SEND, USER)                                                     \
  X (POP_BEFORE_SMTP, "pop-before-smtp", SEND, USER)                                                         \
  X (SENDER_NOT_OWNED, "sender-not-owned", SEND, USER)                                                       \
  X (SENDER_ADDRESS_INVALID, "sender-address-invalid", SEND, USER)                                           \
  X (SENDER_NOT_VERIFIED, "sender-not-verified", SEND, USER)                                                 \
  X (HELO_REJECTED, "helo-rejected", SEND, USER)                                                             \
  X (IP_BLOCKLISTED, "ip-blocklisted", SEND, NETWORK)                                                        \
  X (DYNAMIC_IP_REJECTED, "dynamic-ip-rejected", SEND, NETWORK)                                              \
  X (REVERSE_DNS_MISSING, "reverse-dns-missing", SEND, ADMIN)                                                \
  X (SEND_LIMIT_REACHED, "send-limit-reached", SEND, USER)                                                   \
  X (SENDING_BLOCKED_FOR_ABUSE, "sending-blocked-for-abuse", SEND, USER)                                     \
  X (MESSAGE_TOO_LARGE, "message-too-large", SEND, USER)                                                     \
  X (TOO_MANY_RECIPIENTS, "too-many-recipients", SEND, USER)                                                 \
  X (CONTENT_REJECTED, "content-rejected", SEND, USER)                                                       \
  X (RECIPIENT_UNKNOWN, "recipient-unknown", SEND, USER)                                                     \
  X (RECIPIENT_MAILBOX_FULL, "recipient-mailbox-full", SEND, NOBODY)                                         \
  X (GREYLISTED, "greylisted", SEND, NOBODY)                                                                 \
  X (SENDER_AUTH_FAILED, "sender-auth-failed", SEND, ADMIN)                                                  \
  X (PROTOCOL_ERROR, "protocol-error", BOTH, PROGRAM)                                                        \
  X (OFFLINE, "offline", BOTH, NETWORK)                                                                      \
  X (DNS_NO_ADDRESS, "dns-no-address", BOTH, PROVIDER)                                                       \
  X (IPV6_BROKEN, "ipv6-broken", BOTH, NETWORK)                                                              \
  X (SERVER_SILENT, "server-silent", BOTH, PROVIDER)                                                         \
  X (SERVER_SLOW, "server-slow", BOTH, PROVIDER)                                                             \
  X (MALFORMED_RESPONSE, "malformed-response", BOTH, PROVIDER)                                               \
  X (CONNECTION_CLOSED_AFTER_LOGIN, "connection-closed-after-login", BOTH, PROVIDER)                         \
  X (STARTTLS_STRIPPED, "starttls-stripped", BOTH, NETWORK)                                                  \
  X (STARTTLS_INJECTION, "starttls-injection", BOTH, NETWORK)                                                \
  X (PREAUTH_BEFORE_TLS, "preauth-before-tls", RECEIVE, NETWORK)                                             \
  X (CERT_ISSUER_EXPIRED, "cert-issuer-expired", BOTH, PROVIDER)                                             \
  X (CERT_CHAIN_INCOMPLETE, "cert-chain-incomplete", BOTH, PROVIDER)                                         \
  X (CERT_WRONG_PURPOSE, "cert-wrong-purpose", BOTH, PROVIDER)                                               \
  X (CERT_REVOKED, "cert-revoked", BOTH, PROVIDER)                                                           \
  X (CLOCK_WRONG, "clock-wrong", BOTH, USER)                                                                 \
  X (INSECURE_CONNECTION, "insecure-connection", BOTH, USER)                                                 \
  X (OUTGOING_MISSING, "outgoing-missing", SEND, USER)                                                       \
  X (OUTGOING_CREDENTIALS_DIFFER, "outgoing-credentials-differ", SEND, USER)                                 \
  X (SENT_NOT_FILED, "sent-not-filed", SEND, USER)                                                           \
  X (SENT_TWICE, "sent-twice", SEND, USER)                                                                   \
  X (POP_DELETES_MAIL, "pop-deletes-mail", RECEIVE, USER)                                                    \
  X (TEST_MAIL_LOST, "test-mail-lost", BOTH, PROVIDER)

typedef enum {
  POSTWEG_NO_CAUSE,
#define X(name, slug, side, who) POSTWEG_CAUSE_##name,
  POSTWEG_CAUSES (X)
#undef X
      POSTWEG_N_CAUSES /* one more than there are causes: the first value is none */
} PostwegCause;

/* Returns: (transfer none): the slug of the command-line contract, static; NULL for POSTWEG_NO_CAUSE */
const char *postweg_cause_slug (PostwegCause cause);
/* The only side that the cause can concern, or POSTWEG_BOTH. */
PostwegSide postweg_cause_side (PostwegCause cause);
/* Whose matter it is, if nothing more is known. */
PostwegWho postweg_cause_who (PostwegCause cause);
/* Returns: the cause with that slug, or POSTWEG_NO_CAUSE */
PostwegCause postweg_cause_from_slug (const char *slug);
