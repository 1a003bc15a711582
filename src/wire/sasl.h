/* Sign-in mechanisms (RFC 4422), one row each: what they need, how strong they are, what they answer. */
#pragma once
#include "model/error.h"
#include "model/secret.h"
#include "model/server.h"

/* What a mechanism works with; lives for one sign-in. */
typedef struct {
  const char *user;
  const PostwegSecret *secret; /* password, or token for OAuth2 */
  const char *host;
  guint16 port;
  guint step;     /* 0 for the initial response */
  gpointer state; /* the mechanism's own, freed by free_state */
} PostwegSasl;

typedef struct {
  const char *name;
  PostwegAuth auth;      /* which of the account's choices it serves */
  gboolean client_first; /* the client speaks first: may go as the initial response */
  /* challenge: decoded bytes, NULL for the initial response.
   * Returns: (transfer full): the response's bytes, not encoded, to be wiped; NULL with BAD_PROOF or MALFORMED */
  GByteArray *(*respond) (PostwegSasl *sasl, const char *challenge, gsize length, GError **error);
  void (*free_state) (gpointer state);
  gboolean (*finished) (const PostwegSasl *sasl); /* NULL, or whether the server has proven itself (SCRAM) */
} PostwegMechanism;

/* Mechanisms for this choice, best first; NULL-terminated. */
const PostwegMechanism *const *postweg_sasl_mechanisms (PostwegAuth auth);
/* Returns: (transfer none): the best mechanism for the choice that the server offers, or NULL.
 * offered: upper-case names. skip: a mechanism that the server has just refused to know, or NULL */
const PostwegMechanism *postweg_sasl_choose (PostwegAuth auth, char *const *offered,
                                             const PostwegMechanism *skip);

extern const PostwegMechanism postweg_sasl_plain, postweg_sasl_login, postweg_sasl_cram_md5,
    postweg_sasl_scram_sha_1, postweg_sasl_scram_sha_256, postweg_sasl_xoauth2, postweg_sasl_oauthbearer;

/* Returns: (transfer full): response bytes from text; for the mechanisms */
GByteArray *postweg_sasl_bytes (const char *text, gsize length);
void postweg_sasl_bytes_wipe (GByteArray *bytes);
/* APOP's digest (RFC 1939 7): MD5 of timestamp and password in hex. Returns: (transfer full) */
char *postweg_sasl_apop (const char *timestamp, const PostwegSecret *secret);
/* The user name as OAUTHBEARER and SCRAM write it: "," as =2C, "=" as =3D (RFC 5801 4, RFC 5802 5.1). Returns: (transfer full) */
char *postweg_sasl_name (const char *user);
