/* An account of KMail 22.12: a resource of Akonadi for receiving, an identity, a transport; key files in the configuration folder. */
#pragma once
#include "clients/desktop/bundle.h"
#include "clients/clients.h"

/* Appends the accounts (PostwegStoredAccount) whose mail Akonadi fetches. */
void postweg_kmail_accounts (PostwegBundle *files, GPtrArray *accounts);
/* Puts the account there. id: the resource that is mended; NULL: a new one. */
void postweg_kmail_edit (PostwegBundle *files, const PostwegAccount *account, const char *id);
