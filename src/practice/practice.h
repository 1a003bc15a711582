/* Small IMAP, POP3 and SMTP servers on loopback that play a scripted scenario over real sockets; for practising and for tests. */
#pragma once
#include "model/server.h"

typedef struct _PostwegPractice PostwegPractice;

/* A script is text, one act a line:
 *   S: TEXT        the server says TEXT and CRLF; escapes \r \n \0 \t \xHH \\ ; {tag} is the tag of the last IMAP command heard
 *   S- TEXT        the same without CRLF
 *   C: PREFIX      the server waits for a line that begins with PREFIX (case does not matter); for IMAP the tag is left out before comparing
 *   C?             waits for any line
 *   TLS            the server side of a TLS handshake, with the certificate of the practice server
 *   WAIT MS        pauses
 *   REPEAT N TEXT  says TEXT N times
 *   CLOSE          closes   ·   RESET  closes with a TCP reset   ·   HANG  says nothing until the client goes
 *   LOOP … END     the acts between are repeated until the client goes
 *   # comment
 * Each accepted connection plays the script from its start; after the last act the connection is closed. */
typedef struct {
  const char *script;
  const char *certificate;  /* PEM file with the chain, or NULL when the script has no TLS */
  const char *key;          /* PEM file */
  const char *tls_priority; /* GnuTLS priority string, or NULL for the usual */
} PostwegPracticeOptions;

/* Listens on 127.0.0.1 (port chosen by the system) in a thread of its own.
 * Returns: (transfer full): the server, or NULL with POSTWEG_ERROR_BAD_INPUT for a script that is none */
PostwegPractice *postweg_practice_start (const PostwegPracticeOptions *options, GError **error);
guint16 postweg_practice_port (PostwegPractice *practice);
guint postweg_practice_connections (PostwegPractice *practice);
/* Returns: (transfer full): everything clients said so far, one line each, in the order of arrival, TLS marked by a line "(TLS)" */
char *postweg_practice_heard (PostwegPractice *practice);
/* Returns: (transfer full): the first expectation that was not met, or NULL */
char *postweg_practice_complaint (PostwegPractice *practice);
/* Closes all connections and joins the threads. */
void postweg_practice_stop (PostwegPractice *practice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegPractice, postweg_practice_stop)
