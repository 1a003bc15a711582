/* What an answer of a server means: one reply, where it was given and by whom -> suspected causes. */
#pragma once
#include "diagnose/suspects.h"

#define POSTWEG_STAGE_BIT(stage) (1u << (stage))

typedef enum { POSTWEG_KNOWN_NOT, POSTWEG_KNOWN_NO, POSTWEG_KNOWN_YES } PostwegKnown;

/* Everything besides the reply may be unknown. Nothing is owned. */
typedef struct {
  const PostwegReply *reply;
  guint stages;                    /* POSTWEG_STAGE_BIT of where it was given; 0: not known */
  const char *host;                /* or NULL */
  const char *greeting;            /* the server's first words, or NULL */
  const PostwegProvider *provider; /* or NULL */
  const char *mechanism;           /* sign-in method that was tried, or NULL */
  PostwegKnown encrypted;
  PostwegKnown signed_in;
  gboolean
      auth_resp_code; /* POP3 announces AUTH-RESP-CODE (RFC 3206): a refusal without [AUTH] is not about the password */
} PostwegReplyContext;

/* Pure. The order of the layers: codes with their stage, vendor meanings, words, then what is known of the session. */
PostwegSuspects postweg_explain_reply (const PostwegReplyContext *context);
/* Whether all that is known is “refused”: wrong credentials in the server's words, with half a dozen causes that may be behind it. */
gboolean postweg_is_bare_refusal (const PostwegSuspects *suspects);

/* For people who have nothing but an error message.
 * Returns: (transfer full): PostwegFinding without evidence and mended account, the likeliest first, at most `n` */
GPtrArray *postweg_explain (const PostwegReplyContext *context, guint n);
