/* POP3 (RFC 1939, RFC 2449): understanding answers; pure. */
#pragma once
#include "wire/answer.h"

/* "+OK" or "-ERR", then, when the answer is listed and positive, lines up to a single dot; "+ " in the middle of a sign-in (RFC 5034). */
PostwegAnswerState postweg_pop3_feed (PostwegAnswer *answer, const char *line);
/* Returns: (transfer full): the timestamp for APOP (RFC 1939 7) out of a greeting, or NULL */
char *postweg_pop3_timestamp (const PostwegReply *greeting);
