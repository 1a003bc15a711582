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
  ISLAND_GARBAGE,  /* an answer that is none */
} IslandAnswer;

typedef struct {
  const char *name;
  IslandAnswer answer;
  const char *v4, *v6; /* numeric addresses, or NULL */
} IslandName;

/* Leaves the real network for good: own user, network and mount namespaces, loopback only, names answered by `names` (ends with a NULL name;
 * what is not in it is UNKNOWN). Must be called before the first thread. Everything ends with the process.
 * Returns: FALSE with the reason when this machine does not allow it */
gboolean island_enter (const IslandName *names, const char **reason);
/* Adds an interface that swallows every packet: 192.0.2.0/24 and 2001:db8::/32 lead there. Returns: FALSE with the reason */
gboolean island_add_sink (const char **reason);
/* How often this name was asked for since the start. */
guint island_asked (const char *name);
/* A port of a loopback address whose queue is full: who connects waits for ever. Returns: the port, 0 if it cannot be done; kept open until the end */
guint16 island_blocked_port (guint16 port);
