/* What GNOME Online Accounts has for an account; for this folder only. */
#pragma once
#include "model/account.h"
#include "model/secret.h"
#include <gio/gio.h>

/* Blocking; asks org.gnome.OnlineAccounts on the session bus (observed with 3.46) for an account with this address, and for nothing when
 * its servers are not the account's: a token of the one must not reach the other.
 * Returns: (transfer full): an access token or passwords; NULL without a session bus, without the service, without such an account,
 * or when its sign-in does not work any more */
PostwegCredentials *postweg_goa_credentials (const PostwegAccount *account, GCancellable *cancellable);
