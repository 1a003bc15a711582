/* The accounts in a Thunderbird profile. */
#pragma once
#include "clients/thunderbird/settings.h"
#include "model/program.h"

/* Where an account's parts are kept. Every key may be NULL. */
typedef struct {
  char *account, *server, *identity;
  gboolean outgoing_is_default; /* the identity names none */
  char *outgoing;               /* the identity's own SMTP server, or the default one */
  gboolean is_listed;           /* FALSE: a blank in the list makes Thunderbird skip the account */
} PostwegAccountKeys;

PostwegAccountKeys *postweg_account_keys_new (const PostwegSettings *settings, const char *account);
void postweg_account_keys_free (PostwegAccountKeys *keys);

/* Thunderbird's numbers for the connection's security (0 none, 2 STARTTLS, 3 TLS) and for the sign-in. */
gint32 postweg_security_number (PostwegSecurity security);
gint32 postweg_auth_number (PostwegAuth auth);

/* note: NULL, or sentences are appended for what is unusual.
 * Returns: (transfer full): the server with defaults applied; NULL if it has no usable host name */
PostwegServer *postweg_settings_server (const PostwegSettings *settings, const PostwegServerPrefs *prefs,
                                        const char *key, PostwegProtocol protocol, GPtrArray *note);
/* Fills in what the program does besides; the account's servers must be known. */
void postweg_settings_habits (const PostwegSettings *settings, const PostwegAccountKeys *keys,
                              PostwegAccount *account);
/* Appends the mail accounts (PostwegStoredAccount) in the order of the list; news, feeds and local folders are left out. */
void postweg_settings_accounts (const PostwegSettings *settings, GPtrArray *accounts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegAccountKeys, postweg_account_keys_free)
