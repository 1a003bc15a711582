/* Which network this computer is in, as far as a comparison of two tests needs to know. */
#pragma once
#include <glib.h>

typedef struct {
  char *gateway;  /* interface and numeric address of the way out, or NULL where there is none */
  char *hardware; /* the gateway's hardware address, or NULL when it is not known */
  gboolean vpn;   /* some traffic goes through a tunnel */
} PostwegSurroundings;

/* From the kernel's tables (proc(5): /proc/net/route and /proc/net/arp). Both texts may be NULL or damaged. Returns: (transfer full) */
PostwegSurroundings *postweg_surroundings_parse (const char *routes, const char *neighbours);
/* Instant. Returns: (transfer full): where this computer is now; without a gateway where that cannot be known */
PostwegSurroundings *postweg_surroundings_now (void);
PostwegSurroundings *postweg_surroundings_copy (const PostwegSurroundings *surroundings);
void postweg_surroundings_free (PostwegSurroundings *surroundings);
/* Whether both are known, and are different networks. */
gboolean postweg_surroundings_differ (const PostwegSurroundings *a, const PostwegSurroundings *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegSurroundings, postweg_surroundings_free)
