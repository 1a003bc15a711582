/* One mail server as a mail program needs it: where it is, how it is protected, how one signs in. */
#pragma once
#include <glib.h>

typedef enum { POSTWEG_IMAP, POSTWEG_POP3, POSTWEG_SMTP } PostwegProtocol;
#define POSTWEG_N_PROTOCOLS 3

typedef enum {
  POSTWEG_TLS,      /* implicit TLS: encrypted from the first byte (RFC 8314) */
  POSTWEG_STARTTLS, /* begins in plain text, encryption demanded before the sign-in */
  POSTWEG_PLAIN,    /* not encrypted */
} PostwegSecurity;

typedef enum {
  POSTWEG_AUTH_PASSWORD,  /* normal password: PLAIN, LOGIN, IMAP LOGIN, POP3 USER/PASS */
  POSTWEG_AUTH_ENCRYPTED, /* challenge and response: SCRAM, CRAM-MD5, APOP */
  POSTWEG_AUTH_OAUTH2,    /* a token: OAUTHBEARER, XOAUTH2 */
  POSTWEG_AUTH_NONE,      /* no sign-in */
} PostwegAuth;

typedef struct {
  PostwegProtocol protocol;
  char *host;
  guint16 port;
  PostwegSecurity security;
  char *user; /* "" if none */
  PostwegAuth auth;
} PostwegServer;

/* port 0: the usual port of protocol and security. user NULL: "". */
PostwegServer *postweg_server_new (PostwegProtocol protocol, const char *host, guint16 port,
                                   PostwegSecurity security, const char *user);
PostwegServer *postweg_server_copy (const PostwegServer *server);
void postweg_server_free (PostwegServer *server);
gboolean postweg_server_equal (const PostwegServer *a, const PostwegServer *b);

/* Reads imap:, imaps:, pop3:, pop3s:, smtp:, smtps: URLs: SCHEME://USER@HOST[:PORT][?security=starttls|none][&auth=…];
 * the user is percent-encoded, a plain scheme without `security` means STARTTLS. A password in the URL is refused.
 * Returns: (transfer full): the server, or NULL with POSTWEG_ERROR_BAD_INPUT and a message for people */
PostwegServer *postweg_server_from_url (const char *url, GError **error);

/* The usual port (RFC 8314 3.3, RFC 6409): IMAP 993/143, POP3 995/110, SMTP 465/587. */
guint16 postweg_default_port (PostwegProtocol protocol, PostwegSecurity security);

/* Names as in the command-line contract; the `from` functions return FALSE for an unknown name. */
const char *postweg_protocol_name (PostwegProtocol protocol); /* "imap" "pop3" "smtp" */
const char *postweg_security_name (PostwegSecurity security); /* "tls" "starttls" "none" */
const char *postweg_auth_name (PostwegAuth auth);             /* "password" "encrypted" "oauth2" "none" */
gboolean postweg_protocol_from_name (const char *name, PostwegProtocol *protocol);
gboolean postweg_security_from_name (const char *name, PostwegSecurity *security);
gboolean postweg_auth_from_name (const char *name, PostwegAuth *auth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegServer, postweg_server_free)
