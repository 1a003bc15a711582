/* A look at a found server without a sign-in: what it answers decides how far it can be recommended. */
#pragma once
#include "model/discovery.h"
#include "wire/trust.h"
#include <gio/gio.h>

typedef struct {
  PostwegCheck check;
  guint n_auths; /* the sign-ins that it offers, as far as Postweg can go them; 0: it does not say */
  PostwegAuth auths[POSTWEG_MAX_AUTHS];
  char *cert_host; /* CERT_MISMATCH: a host that the certificate is for, or NULL */
} PostwegLooked;

void postweg_looked_free (PostwegLooked *looked);

#define POSTWEG_FIND_LOOK_MS 3000

/* Finishes with (transfer full) what was seen. */
void postweg_find_look (const PostwegServer *server, PostwegTrust *trust, GCancellable *cancellable,
                        GAsyncReadyCallback done, gpointer data);
PostwegLooked *postweg_find_look_finish (GAsyncResult *result);
