/* The layers of rules about one side, in the order in which they are asked. Each adds suspects and wishes. */
#pragma once
#include "diagnose/view.h"

/* A rule about what happened on this computer's side of the wire: stage and error decide, a question narrows it down. */
typedef struct {
  guint stages; /* POSTWEG_STAGE_BIT; 0: any */
  PostwegError error;
  gboolean (*when) (const PostwegView *view); /* NULL: always */
  PostwegCause cause;
  guint8 weight;
  guint wants; /* PostwegWant bits: what would decide */
} PostwegLocalRule;

/* Tables ending with POSTWEG_NO_CAUSE. */
extern const PostwegLocalRule postweg_rules_connection[], postweg_rules_tls[], postweg_rules_session[];

/* Stage and error: names, connections, TLS, greeting, capabilities, sign-in. */
void postweg_apply_local (PostwegView *view, GPtrArray *wishes);
/* A web server in place of a mail server. */
void postweg_apply_http (PostwegView *view, GPtrArray *wishes);
/* What is wrong with the certificate. */
void postweg_apply_certificate (PostwegView *view);
/* What the deciding reply says. */
void postweg_apply_reply (PostwegView *view);
/* Whether another port may mend what the rules have found: asked last. */
void postweg_apply_other_port (const PostwegView *view, GPtrArray *wishes);
/* What the provider is known to demand. */
void postweg_apply_provider (PostwegView *view);
/* What the comparison with the other side adds. */
void postweg_apply_both (PostwegView *view, GPtrArray *wishes);
/* What IMAP says about a POP account. */
void postweg_apply_imap (PostwegView *view, GPtrArray *wishes);
/* What one mail to oneself has shown. */
void postweg_apply_delivery (PostwegView *view);
/* What the settings of a mail program say. */
void postweg_apply_settings (PostwegView *view, GPtrArray *wishes);
/* An account of a mail program without an outgoing server. Returns: (transfer full): or NULL */
PostwegFinding *postweg_find_missing_side (const PostwegCase *the_case);
/* What is worth saying although this side works. */
void postweg_apply_notes (PostwegView *view, GPtrArray *wishes);
