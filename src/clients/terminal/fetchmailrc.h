/* The settings language of fetchmail: servers to poll, users on them, options of both; changed in place. */
#pragma once
#include <glib.h>

typedef struct _PostwegFetchmailrc PostwegFetchmailrc;

/* bytes: NULL counts as empty. Never fails: what it does not know is kept as it is. */
PostwegFetchmailrc *postweg_fetchmailrc_new (GBytes *bytes);
void postweg_fetchmailrc_free (PostwegFetchmailrc *rc);
/* Returns: (transfer full) */
GBytes *postweg_fetchmailrc_bytes (const PostwegFetchmailrc *rc);

/* An account is one user on one server. */
guint postweg_fetchmailrc_n_accounts (const PostwegFetchmailrc *rc);
/* Returns: (transfer none): what stands after “poll” */
const char *postweg_fetchmailrc_poll (const PostwegFetchmailrc *rc, guint account);
/* The value of an option of the user, else of the server, else of the defaults. key: its long name ("protocol", "service", "via", "auth",
 * "username", "password", "sslproto"). Returns: (transfer none): NULL if it is not there */
const char *postweg_fetchmailrc_get (const PostwegFetchmailrc *rc, guint account, const char *key);
/* Whether “key” or “nokey” holds (ssl, keep, sslcertck, uidl). */
gboolean postweg_fetchmailrc_flag (const PostwegFetchmailrc *rc, guint account, const char *key,
                                   gboolean fallback);
/* Changes the option where it stands, or adds it behind the user's (or the server's) name. */
void postweg_fetchmailrc_set (PostwegFetchmailrc *rc, guint account, const char *key, const char *value);
void postweg_fetchmailrc_set_flag (PostwegFetchmailrc *rc, guint account, const char *key, gboolean on);
/* Adds a server with one user at the end. account: (out): its number. Returns: FALSE if it cannot stand there: behind a quote that is never closed */
gboolean postweg_fetchmailrc_add (PostwegFetchmailrc *rc, const char *poll, const char *user, guint *account);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegFetchmailrc, postweg_fetchmailrc_free)
