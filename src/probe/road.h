/* The road of a probe: a table of steps per protocol, walked in order until one fails. */
#pragma once
#include "probe/session.h"

typedef enum {
  POSTWEG_ROAD_ALWAYS,
  POSTWEG_ROAD_TLS,      /* only with implicit TLS */
  POSTWEG_ROAD_STARTTLS, /* only with STARTTLS */
} PostwegRoadWhen;

/* A step does one thing that a person has a word for, and leaves its result in the session for the next one. */
typedef struct {
  PostwegStage stage;
  PostwegRoadWhen when;
  guint limit_ms;
  gboolean (*run) (PostwegSession *session, GError **error);
} PostwegRoadStep;

typedef struct {
  const PostwegRoadStep *steps;
  guint n_steps;
  const char *farewell; /* said at the end, without waiting for the answer */
} PostwegRoad;

extern const PostwegRoad postweg_road_imap, postweg_road_pop3, postweg_road_smtp;

/* Walks the road of the session's protocol as far as the probe's `until`. */
void postweg_road_walk (PostwegSession *session);
/* The same without the farewell, so that something can be done behind the road's end. Returns: whether the end was reached */
gboolean postweg_road_open (PostwegSession *session);
/* One more step behind the road's end. Returns: whether it went on */
gboolean postweg_road_make (PostwegSession *session, const PostwegRoadStep *step);

/* Steps that all protocols share. */
gboolean postweg_road_find_host (PostwegSession *session, GError **error);
gboolean postweg_road_connect (PostwegSession *session, GError **error);
gboolean postweg_road_start_tls (PostwegSession *session, GError **error);
/* Reads the greeting into session->answer; when nothing comes on a plain connection, looks whether the port expects TLS. */
gboolean postweg_road_greeting (PostwegSession *session, GError **error);
/* Takes what the server offers now; what it said before TLS does not count after it. Both NULL: it does not tell. */
void postweg_road_keep_capabilities (PostwegSession *session, char **capabilities, char **mechanisms);
/* After the command that asks for TLS was accepted: nothing may follow the answer. */
gboolean postweg_road_ready_for_tls (PostwegSession *session, GError **error);
/* Signs in with the best mechanism for the account's choice. */
gboolean postweg_road_sign_in (PostwegSession *session, GError **error);

/* Limits per step, in ms. The sign-in is long since servers delay it after failures (Dovecot 2.3: 15 s and more). */
#define POSTWEG_LIMIT_DNS 6000
#define POSTWEG_LIMIT_CONNECT 10000
#define POSTWEG_LIMIT_TLS 15000
#define POSTWEG_LIMIT_GREETING 18000
#define POSTWEG_LIMIT_COMMAND 15000
#define POSTWEG_LIMIT_AUTH 45000
#define POSTWEG_LIMIT_MAILBOX 30000
#define POSTWEG_LIMIT_DATA 60000 /* filters read the mail before it is taken */
