/* One answer of a server, in parts that IMAP, POP3 and SMTP have in common. */
#pragma once
#include "model/server.h"

typedef struct {
  PostwegProtocol protocol;
  int code;          /* SMTP reply code 200-599; 0 for IMAP and POP3 */
  guint enhanced[3]; /* SMTP enhanced status code (RFC 3463); enhanced[0] == 0: none */
  gboolean positive; /* 2xx, 3xx · OK, PREAUTH, + · +OK */
  char *status;      /* IMAP "OK" "NO" "BAD" "BYE" "PREAUTH" "+" · POP3 "+OK" "-ERR" "+" · SMTP "250" */
  char *
      response_code; /* IMAP (RFC 9051 7.1) and POP3 (RFC 2449) code in brackets, upper case, without arguments; or NULL */
  char *
      text; /* what is left, all lines joined with newlines: valid UTF-8, no control characters, no secrets */
} PostwegReply;

PostwegReply *postweg_reply_copy (const PostwegReply *reply);
void postweg_reply_free (PostwegReply *reply);
/* Returns: (transfer full): status, code and text on one line, as the server said it; for people and reports */
char *postweg_reply_words (const PostwegReply *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegReply, postweg_reply_free)
