/* An island: a network and a name service of the test's own, without any way to the real ones. */
#pragma once
#include <glib.h>

/* How the island's name service treats a name. */
typedef enum {
  ISLAND_FOUND,    /* the addresses of the row */
  ISLAND_UNKNOWN,  /* NXDOMAIN */
  ISLAND_EMPTY,    /* the name exists, without an address */
  ISLAND_BROKEN,   /* SERVFAIL */
  ISLAND_REFUSING, /* REFUSED */
  ISLAND_SILENT,   /* no answer at all */
  ISLAND_NO_SIX,   /* the addresses of the row, but no answer when IPv6 is asked for */
  ISLAND_GARBAGE,  /* an answer that is none */
} IslandAnswer;

typedef struct {
  const char *name; /* "*.domain": every name below it that has no row before this one */
  IslandAnswer answer;
  const char *v4, *v6; /* numeric addresses, or NULL */
  /* "MX 10 mail.example | SRV 0 1 993 imap.example | TXT text", or NULL; "." is the root */
  const char *records;
  gboolean proven; /* the answer has the AD bit */
} IslandName;

/* Leaves the real network for good: own user, network and mount namespaces, loopback only, names answered by `names` (ends with a NULL name;
 * what is not in it is UNKNOWN). Must be called before the first thread. Everything ends with the process.
 * names NULL: a name server of the test's own listens at ISLAND_NAME_SERVER, port 53.
 * Returns: FALSE with the reason when this machine does not allow it */
#define ISLAND_NAME_SERVER "127.0.0.53"
gboolean island_enter (const IslandName *names, const char **reason);
/* Adds an interface that swallows every packet: 192.0.2.0/24 and 2001:db8::/32 lead there. Returns: FALSE with the reason */
gboolean island_add_sink (const char **reason);
/* What happens to packets behind the interface, by where they go. The first row that fits counts; what fits none is swallowed. Whatever
 * is let through comes back to this computer with both addresses exchanged, so that its own servers answer for the far ones. */
typedef struct {
  const char *address; /* 192.0.2.x or 2001:db8::x; NULL ends the table */
  guint16 port;        /* of TCP; 0: any */
  gboolean swallow;
  guint syn_ms; /* how long the first packet of a connection takes */
} IslandRoute;

/* Adds the interface as island_add_sink() does, with these routes behind it. The island's own addresses there are ISLAND_V4 and ISLAND_V6. */
gboolean island_add_far (const IslandRoute *routes, const char **reason);
/* Whoever connects there is passed on to the same port of this loopback address (static); NULL: is hung up on at once. */
gboolean island_relay (const char *address, guint16 port, const char *to);
#define ISLAND_V4 "192.0.2.1"
#define ISLAND_V6 "2001:db8::1"
/* How often this name was asked for since the start. */
guint island_asked (const char *name);
/* Returns: (transfer full): the names that were asked for and have not been told here before */
char **island_take_asked (void);
/* How many questions there were since the start. */
guint island_asked_all (void);
/* A port of a loopback address whose queue is full: who connects waits for ever. Returns: the port, 0 if it cannot be done; kept open until the end */
guint16 island_blocked_port (guint16 port);
