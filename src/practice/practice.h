/* Small IMAP, POP3 and SMTP servers on loopback that play a scripted scenario over real sockets; for practising and for tests. */
#pragma once
#include "model/server.h"

typedef struct _PostwegPractice PostwegPractice;

/* A script is text, one act a line; blanks before an act do not count:
 *   S: TEXT        the server says TEXT and CRLF; escapes \r \n \0 \t \xHH \\ ; {tag} is the tag of the last IMAP command heard
 *   S- TEXT        the same without CRLF
 *   DRIP MS TEXT   the same without CRLF, one byte every MS milliseconds
 *   REPEAT N TEXT  says TEXT N times, without CRLF
 *   C: PREFIX      the server waits for a line that begins with PREFIX (case does not matter); for IMAP the tag is left out before
 *                  comparing. A script is for IMAP if the server says a line that begins with "* " or names {tag}.
 *   C?             waits for any line
 *   C+ PREFIX      waits for a continuation: a line without a tag, such as an answer to a SASL challenge; PREFIX may be left out
 *   C{} PREFIX     waits for the literal that {N} or {N+} at the end of the last line announced; what follows it up to the line end
 *                  is the next C+
 *   TLS            the server side of a TLS handshake, with the certificate of the practice server
 *   WAIT MS        pauses
 *   CLOSE          closes, with close_notify under TLS   ·   CUT  closes without it   ·   RESET  closes with a TCP reset
 *   HANG           says nothing until the client goes
 *   LOOP … END     the acts between are repeated until the client goes; not nested
 *   ON PREFIX      a branch of the loop it stands in: waits for a command and plays the acts behind the first ON that fits, up to the
 *                  next ON or END. ON alone fits everything. The first one stands right behind LOOP.
 *   LEAVE          goes on behind the END of the loop
 *   # comment
 * Each accepted connection plays the script from its start; after the last act the connection is closed. The connection is also closed
 * when an expectation is not met. A client that goes away while the server waits for it has not met it either, but in a loop. */
typedef struct {
  const char *script;
  const char *certificate;  /* PEM file with the chain, or NULL when the script has no TLS */
  const char *key;          /* PEM file */
  const char *ocsp;         /* DER file with an answer to staple (RFC 6066 8), or NULL */
  const char *tls_priority; /* GnuTLS priority string, or NULL for the usual */
  const char *address;      /* a loopback address such as "::1", or NULL for 127.0.0.1 */
  guint16 port;             /* 0: the system chooses */
} PostwegPracticeOptions;

/* Listens in a thread of its own; every connection has one, too.
 * Returns: (transfer full): the server, or NULL with POSTWEG_ERROR_BAD_INPUT for a script, certificate, priority or address that is
 * none, POSTWEG_ERROR_ALREADY_THERE for a port that is taken, POSTWEG_ERROR_UNREACHABLE when this computer does not have the address */
PostwegPractice *postweg_practice_start (const PostwegPracticeOptions *options, GError **error);
guint16 postweg_practice_port (PostwegPractice *practice);
/* So many were accepted since the start. */
guint postweg_practice_connections (PostwegPractice *practice);
/* Returns: (transfer full): everything clients said so far, one line each, in the order of arrival, TLS marked by a line "(TLS)", a handshake
 * that did not come about by "(no TLS)" */
char *postweg_practice_heard (PostwegPractice *practice);
/* Returns: (transfer full): the first expectation that was not met, or NULL */
char *postweg_practice_complaint (PostwegPractice *practice);
/* Closes all connections at once and joins the threads. */
void postweg_practice_stop (PostwegPractice *practice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegPractice, postweg_practice_stop)
