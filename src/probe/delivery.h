/* One mail to oneself: out, back, and away again. */
#pragma once
#include "model/delivery.h"
#include "probe/probe.h"

/* What to do. Nothing is owned. Of the probes: server, secret, trust, allow_plaintext, watch and test_ms count; the latter is for signing in
 * and handing over. Both sides have been tested and work: this is no test of passwords. */
typedef struct {
  PostwegProbe incoming, outgoing;
  const char *name, *address; /* sender and recipient */
  const char *token;          /* NULL: a new one. Given where a server plays a script and must know it */
  guint wait_ms;              /* how long the mail is looked for */
  guint login_delay_s; /* POP3: so long nobody may sign in after the test (LOGIN-DELAY, RFC 2449 6.6) */
} PostwegDeliveryJob;

#define POSTWEG_CLEAR_UP_MS 10000 /* for clearing up after being stopped */

/* Blocking. Signs in for receiving first and notes what is there: nothing is sent that could not be removed again. Then one mail is sent,
 * looked for until it is found or the time is over, and every copy of it that bears the token is removed; nothing else is touched.
 * Being stopped ends the waiting at once; clearing up takes at most POSTWEG_CLEAR_UP_MS then.
 * Sign-ins: one per server; IMAP up to two more when the connection breaks, POP3 one for each look, with growing pauses, since a POP3
 * session does not see what comes in (RFC 1939 3). Never two at once, and never with a password that has not just been proven: the first
 * refusal ends it. That is why these do not count towards the two of a test; they are counted apart.
 * Returns: (transfer full): never NULL */
PostwegDelivery *postweg_probe_deliver (const PostwegDeliveryJob *job, GCancellable *cancellable);
