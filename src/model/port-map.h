/* What the ports of a host look like from this computer: one value per host, port and family of addresses. */
#pragma once
#include "model/evidence.h"

typedef enum {
  POSTWEG_PORT_UNKNOWN,     /* the look was ended before there was an answer */
  POSTWEG_PORT_OPEN,        /* takes connections */
  POSTWEG_PORT_REFUSED,     /* the host is there, nothing listens */
  POSTWEG_PORT_SILENT,      /* no answer to the attempt to connect */
  POSTWEG_PORT_UNREACHABLE, /* no way to the address */
  POSTWEG_PORT_RESET,       /* takes the connection and ends it at once, without a byte */
} PostwegPortState;

/* What stands behind one port at one address. */
typedef struct {
  char *host;
  char *address; /* numeric */
  gboolean ipv6;
  guint16 port;
  PostwegProtocol protocol; /* what the port is meant for */
  PostwegPortState state;
  guint ms;             /* until connected, or until that was known to be in vain */
  PostwegSpeaks speaks; /* by the first bytes; TLS: encrypted from the first byte on */
  char *greeting;       /* its first line, cleaned, behind the encryption where there is any; or NULL */
  PostwegTlsFacts *tls; /* of a handshake that came about, or NULL */
} PostwegPort;

/* A port that mail is known to use. */
typedef struct {
  guint16 port;
  PostwegProtocol protocol;
  PostwegSecurity security;
} PostwegUsualPort;

#define POSTWEG_N_USUAL_PORTS 8
/* IMAP 993 143, POP3 995 110, SMTP 465 587 (RFC 8314 7.3, RFC 6409 3.1), 25 and 2525, which submission uses without being told to. */
extern const PostwegUsualPort postweg_usual_ports[POSTWEG_N_USUAL_PORTS];

/* state UNKNOWN, nothing said yet */
PostwegPort *postweg_port_new (const char *host, const char *address, guint16 port, PostwegProtocol protocol);
void postweg_port_free (PostwegPort *port);
/* The order in which they are shown: by host as first met (`hosts`: NULL-terminated), receiving before sending, by number, IPv6 last. */
void postweg_port_map_sort (GPtrArray *map, const char *const *hosts);
const char *postweg_port_state_name (PostwegPortState state); /* "open" "refused" "silent" … */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegPort, postweg_port_free)
