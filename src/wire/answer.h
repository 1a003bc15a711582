/* One answer of a server while it comes in, line by line: the pure parsers imap, pop3 and smtp share this value. */
#pragma once
#include "model/reply.h"

#define POSTWEG_ANSWER_LINES_MAX                                                                             \
  200 /* of one SMTP reply; untagged or listed lines have POSTWEG_ANSWER_LIST_MAX */
#define POSTWEG_ANSWER_LIST_MAX 20000

typedef enum {
  POSTWEG_ANSWER_MORE,      /* another line belongs to it */
  POSTWEG_ANSWER_DONE,      /* `reply` is complete */
  POSTWEG_ANSWER_MALFORMED, /* this is not the protocol */
} PostwegAnswerState;

typedef struct {
  PostwegProtocol protocol;
  char *tag;           /* IMAP: of the command that is answered; NULL: the greeting */
  gboolean listed;     /* POP3: a positive answer is followed by lines up to a single dot (RFC 1939 3) */
  gboolean in_list;    /* POP3: the status line is through */
  GPtrArray *lines;    /* char*: IMAP untagged responses without "* ", POP3 listed lines, SMTP texts */
  PostwegReply *reply; /* NULL until there is one */
} PostwegAnswer;

/* tag may be NULL. */
PostwegAnswer *postweg_answer_new (PostwegProtocol protocol, const char *tag, gboolean listed);
void postweg_answer_free (PostwegAnswer *answer);
/* Hands one line, without its line break, to the protocol's parser. */
PostwegAnswerState postweg_answer_feed (PostwegAnswer *answer, const char *line);
/* Returns: (transfer none): the first collected line that begins with this keyword (case does not matter), or NULL */
const char *postweg_answer_line (const PostwegAnswer *answer, const char *keyword);

/* For the parsers: makes the reply out of raw server text, cleaned. response_code may be NULL. */
PostwegReply *postweg_answer_reply (PostwegProtocol protocol, const char *status, const char *text);
/* Takes a "[CODE arguments]" at the start of `text` off. Returns: (transfer full): CODE in upper case, or NULL; `text` is advanced */
char *postweg_answer_take_code (const char **text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegAnswer, postweg_answer_free)
