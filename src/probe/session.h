/* A probe in progress: the connection, the step being made, and what it leaves for the next one. */
#pragma once
#include "probe/letter.h"
#include "probe/probe.h"
#include "wire/answer.h"
#include "wire/conn.h"

typedef struct {
  const PostwegProbe *probe;
  const PostwegServer *server; /* of the probe */
  PostwegEvidence *evidence;
  PostwegTlsKind tls_kind;
  gboolean brief;        /* a second look: silence is not waited out */
  PostwegWait test;      /* for everything */
  PostwegWait wait;      /* for the present step */
  GPtrArray *addresses;  /* GSocketAddress, after the look-up */
  PostwegConn *conn;     /* after connecting */
  char *address;         /* numeric, of the connection */
  guint winner_ms;       /* what this address took to connect */
  PostwegAnswer *answer; /* the last one */
  char *tag_prefix;      /* IMAP tags must not be foreseeable */
  guint tag_number;
  GQueue tags;        /* char*: IMAP commands that are not answered yet */
  gboolean pipelined; /* SMTP: MAIL, RCPT and RSET went out together */

  /* a mail to be handed over */
  const PostwegLetter *letter; /* or NULL */
  gboolean handed_over;        /* its end went out: whatever the answer is, it may be on its way */

  /* the present step's outcome */
  PostwegReply *reply; /* the words that decided it, or NULL */
  GString *detail;
  gboolean note;     /* fine, but worth knowing */
  gboolean left_out; /* not done, for the reason in `why_left_out` */
  PostwegError why_left_out;
} PostwegSession;

PostwegSession *postweg_session_new (const PostwegProbe *probe, PostwegTlsKind tls_kind,
                                     GCancellable *cancellable);
/* Returns: (transfer full): the evidence; the session is freed */
PostwegEvidence *postweg_session_end (PostwegSession *session);

/* Takes the connection. The secret is blackened in all that is heard on it, even before it was sent: the server may have it from an earlier one. */
void postweg_session_take_conn (PostwegSession *session, PostwegConn *conn);
/* Sends a command (IMAP: with a new tag in front), `secret` behind it if there is one. */
gboolean postweg_session_send (PostwegSession *session, const char *command, const char *secret,
                               GError **error);
/* Reads the next complete answer into session->answer; listed: POP3 multi-line. A BYE or 421 and then the end of the stream is an answer.
 * Errors: HUNG_UP, SILENT, MALFORMED, WRONG_SERVICE (only for the greeting), … */
gboolean postweg_session_read (PostwegSession *session, gboolean listed, GError **error);
/* Both. */
gboolean postweg_session_ask (PostwegSession *session, const char *command, gboolean listed, GError **error);
/* Whether the last answer is no end, but asks for more: a challenge, a literal, the mail itself. */
gboolean postweg_session_wants_more (const PostwegSession *session);
/* Whether the last answer is positive; else REJECTED, and its words become the step's. One that asks for more is MALFORMED here. */
gboolean postweg_session_accepted (PostwegSession *session, GError **error);
/* Keeps the words of the last answer as those of the step. */
void postweg_session_keep_reply (PostwegSession *session);
/* The step is left out for this reason (POSTWEG_OK: it is not needed). Returns: TRUE */
gboolean postweg_session_leave_out (PostwegSession *session, PostwegError why);
/* Whether a password may be sent over this connection: encrypted and proven, or to this computer itself, or allowed by the person. */
gboolean postweg_session_is_protected (const PostwegSession *session);
