/* What the tables about server replies share: stages as bits, text patterns, software and providers recognised by their words. */
#pragma once
#include "diagnose/explain.h"

#define ON(stage) POSTWEG_STAGE_BIT (POSTWEG_STAGE_##stage)
#define ON_START (ON (GREETING) | ON (CAPABILITY))
#define ON_SIGN_IN (ON_START | ON (AUTH) | ON (MAILBOX))
#define ON_SUBMIT (ON (SENDER) | ON (RECIPIENT) | ON (DATA))
#define ON_SESSION (ON_SIGN_IN | ON_SUBMIT)
#define ON_LINE (ON (DNS) | ON (CONNECT) | ON (TLS) | ON (GREETING)) /* before a server has said anything */

/* Servers whose codes mean something of their own. */
typedef enum {
  POSTWEG_VENDOR_GOOGLE = 1 << 0,
  POSTWEG_VENDOR_MICROSOFT = 1 << 1,
  POSTWEG_VENDOR_YAHOO = 1 << 2,
  POSTWEG_VENDOR_ONE_AND_ONE = 1 << 3, /* GMX, WEB.DE, mail.com */
  POSTWEG_VENDOR_CHINA = 1 << 4,       /* QQ, 163: “authorization code” */
  POSTWEG_VENDOR_SENDING = 1 << 5,     /* services that only send, for verified senders */
} PostwegVendor;

/* Words in a reply. `pattern` is matched against the folded reply. It is one or more sequences with ';' between them, one of which must match.
 * In a sequence the parts between '*' must occur in this order; a part is a choice of words with '|' between them;
 * '!' before a part means that none of its words occurs anywhere. Several rows may match: the greatest weight wins. */
typedef struct {
  guint stages;
  const char *pattern;
  PostwegCause cause;
  guint8 weight;
} PostwegTextRule;

/* The tables, each ending with a NULL pattern. */
extern const PostwegTextRule postweg_text_rules_sign_in[], postweg_text_rules_access[],
    postweg_text_rules_server[], postweg_text_rules_sending[], postweg_text_rules_line[],
    postweg_text_rules_programs[];

/* Returns: (transfer full): lower case without accents, umlauts as two letters, runs of punctuation and white space as one blank,
 * a blank at both ends; at most the first 4096 characters */
char *postweg_fold (const char *text);
/* Returns: (transfer full): the folded text with the words of other languages told in English */
char *postweg_in_english (const char *folded);
gboolean postweg_pattern_matches (const char *folded, const char *pattern);

/* Returns: PostwegVendor bits, by provider, host, greeting and the reply itself */
guint postweg_vendors_of (const PostwegReplyContext *context);
/* What a bare “sign-in refused” mostly means at these vendors. */
void postweg_vendor_habits (guint vendors, PostwegSuspects *suspects);

/* What the provider demands before a mail program may sign in, as the reason behind a bare refusal. */
void postweg_apply_demands (const PostwegProvider *provider, PostwegProtocol protocol,
                            PostwegSuspects *suspects);

/* One layer each of the explanation. */
void postweg_apply_smtp_codes (const PostwegReplyContext *context, guint vendors, PostwegSuspects *suspects);
void postweg_apply_response_codes (const PostwegReplyContext *context, PostwegSuspects *suspects);
void postweg_apply_text (const PostwegReplyContext *context, PostwegSuspects *suspects);
