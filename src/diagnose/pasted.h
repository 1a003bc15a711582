/* Error text that a person pasted, or a server's words in a table: read into a reply. Pure. */
#pragma once
#include "model/reply.h"

/* Understands replies as servers write them (SMTP with codes, IMAP with or without tag, POP3), several lines, marks of transcripts in front
 * ("S: ", "<< "), and reply codes inside a mail program's sentence.
 * Returns: (transfer full): never NULL; without a code or status the whole text is its words */
PostwegReply *postweg_pasted_reply (PostwegProtocol protocol, const char *text);
/* Which protocol the text looks like. Returns: FALSE if it could be any */
gboolean postweg_pasted_protocol (const char *text, PostwegProtocol *protocol);
