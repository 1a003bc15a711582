/* One side of an account as the rules look at it: what was tested, where it stopped, what the other side and the second looks showed. */
#pragma once
#include "diagnose/suspects.h"

/* Wishes that a rule can have, as bits. */
typedef enum {
  POSTWEG_WANT_NAME = 1 << 0,    /* does any other name resolve? */
  POSTWEG_WANT_PORTS = 1 << 1,   /* which of the usual ports of this host answer? */
  POSTWEG_WANT_PLAIN = 1 << 2,   /* what answers here without TLS? */
  POSTWEG_WANT_TLS = 1 << 3,     /* does TLS from the first byte work here? */
  POSTWEG_WANT_OLD_TLS = 1 << 4, /* does an old version of TLS work here? */
  POSTWEG_WANT_HOSTS = 1 << 6,   /* does another host of the provider answer? */
  POSTWEG_WANT_IMAP = 1 << 7,    /* what does IMAP say to the same user name and password? */
  POSTWEG_WANT_PAIR = 1 << 5,    /* does the incoming user and password work for sending? */
} PostwegWant;

typedef struct {
  const PostwegCase *the_case;
  PostwegSide side; /* receive or send */
  const PostwegServer *server;
  const PostwegEvidence *evidence;
  const PostwegEvidence *other; /* the other side, or NULL if it was not tested */
  const PostwegStep *failure;   /* where it stopped, or NULL */
  PostwegSuspects suspects;
  gboolean bare_refusal; /* the sign-in was refused without a reason, see postweg_is_bare_refusal() */
} PostwegView;

/* Returns: FALSE if this side was not tested */
gboolean postweg_view_init (PostwegView *view, const PostwegCase *the_case, PostwegSide side);

/* Returns: (transfer none): the observation at this place, or NULL behind the last one */
const PostwegObservation *postweg_view_observation (const PostwegView *view, guint i);
/* What the second look of this kind showed for this side, or NULL if nobody has looked yet. */
const PostwegEvidence *postweg_view_seen (const PostwegView *view, PostwegLook look);
/* Adds what is wanted to the wishes, unless it was observed or wished for already. */
void postweg_view_want (const PostwegView *view, guint wants, GPtrArray *wishes);

/* What answers on the port when nothing is encrypted, by the test itself or a second look. */
PostwegSpeaks postweg_view_speaks (const PostwegView *view);
/* Another port of the same host that is ready to sign in safely: a second look that came to its capabilities, with a proven certificate; or NULL */
const PostwegEvidence *postweg_view_safe_port (const PostwegView *view);
/* Whether anything else on this host accepts connections. */
gboolean postweg_view_host_answers (const PostwegView *view);
/* Whether the usual ports were looked at, or drawn on the map. */
gboolean postweg_view_ports_seen (const PostwegView *view);
/* Whether the map shows that this port of the host takes no connections; FALSE when there is no map. */
gboolean postweg_view_port_is_closed (const PostwegView *view, guint16 port);
/* Whether no usual port of the host answers: neither the tested one nor those that were looked at. */
gboolean postweg_view_all_ports_silent (const PostwegView *view);
/* Whether another usual port of the host speaks this side's protocol. */
gboolean postweg_view_other_port_speaks_mail (const PostwegView *view);
/* Whether a web server answers on another mail port of the host, or on the other side's. */
gboolean postweg_view_web_elsewhere (const PostwegView *view);
/* What another host of the provider showed, the most telling: one that takes connections before one that does not; NULL: none was looked at */
const PostwegEvidence *postweg_view_other_host (const PostwegView *view);
/* Whether this look at the other family was one at an IPv6 address; FALSE, too, when it came to no attempt. */
gboolean postweg_view_family_is_ipv6 (const PostwegEvidence *beside);
/* Whether the other side was tested and works. */
gboolean postweg_view_other_works (const PostwegView *view);
/* Whether the other side signed in. */
gboolean postweg_view_other_signed_in (const PostwegView *view);
/* Whether both servers are the same operator's beyond doubt, so that a password of the one may be shown to the other: the same host, both
 * documented by the provider, or under one registrable domain. When in doubt: no. */
gboolean postweg_view_same_operator (const PostwegView *view);
/* The server that the provider documents for this protocol: the one with this host if there is one, else the first; or NULL */
const PostwegProviderServer *postweg_view_documented (const PostwegView *view);
/* Whether STARTTLS (STLS for POP3) is announced. */
gboolean postweg_offers_starttls (const PostwegEvidence *evidence);
