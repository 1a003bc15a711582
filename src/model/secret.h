/* A password or token: in locked memory that is not dumped, shared by reference, wiped with its last reference. */
#pragma once
#include <glib.h>

typedef struct _PostwegSecret PostwegSecret;

/* Copies `text`, which stays the caller's to wipe (see postweg_wipe()). */
PostwegSecret *postweg_secret_new (const char *text);
/* Copies `length` bytes, without a line break at the end if there is one (files and descriptors often end so). */
PostwegSecret *postweg_secret_new_from_line (const char *bytes, gsize length);
PostwegSecret *postweg_secret_ref (PostwegSecret *secret);
void postweg_secret_unref (PostwegSecret *secret);
/* Returns: (transfer none): the text, NUL-terminated; the only way to it, so that its users can be searched for */
const char *postweg_secret_peek (const PostwegSecret *secret);
gsize postweg_secret_length (const PostwegSecret *secret);
gboolean postweg_secret_equal (const PostwegSecret *a, const PostwegSecret *b);

/* Overwrites memory in a way that the compiler keeps. */
void postweg_wipe (gpointer memory, gsize length);
/* Wipes and frees a string; NULL is allowed. For secrets that had to pass through ordinary memory. */
void postweg_wipe_free (char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegSecret, postweg_secret_unref)

/* What a test signs in with. Every member may be NULL. */
typedef struct {
  PostwegSecret *incoming; /* (owned) password for the incoming server */
  PostwegSecret *outgoing; /* (owned) password for the outgoing server */
  PostwegSecret *token;    /* (owned) OAuth2 access token, for both */
} PostwegCredentials;

/* Takes references of its own. outgoing NULL: the same as incoming. */
PostwegCredentials *postweg_credentials_new (PostwegSecret *incoming, PostwegSecret *outgoing,
                                             PostwegSecret *token);
PostwegCredentials *postweg_credentials_copy (const PostwegCredentials *credentials);
void postweg_credentials_free (PostwegCredentials *credentials);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegCredentials, postweg_credentials_free)
