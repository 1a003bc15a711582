/* SMTP (RFC 5321): understanding replies; pure. */
#pragma once
#include "wire/answer.h"

/* Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF  (RFC 5321 4.2) */
PostwegAnswerState postweg_smtp_feed (PostwegAnswer *answer, const char *line);
/* The keywords of an EHLO reply, without its first line. Returns: (transfer full): upper case, "AUTH=LOGIN" spelt "AUTH LOGIN" */
char **postweg_smtp_capabilities (const PostwegAnswer *answer);
