/* A Thunderbird account as settings without a profile. */
#pragma once
#include "clients/clients.h"
#include "clients/thunderbird/prefs.h"

/* Returns: (transfer full): what a profile with nothing but this account sets */
PostwegPrefsEdit *postweg_thunderbird_prefs (const PostwegAccount *account, const PostwegExport *options);
/* Returns: (transfer full): the first account in a prefs.js; NULL if there is none */
PostwegAccount *postweg_thunderbird_account_in (GBytes *prefs);
