/* Identities and transports of KMail 22.12: who sends, and through which server. */
#pragma once
#include "clients/desktop/bundle.h"
#include "model/account.h"

/* Returns: (transfer full): the identity's number in the file (“Identity #N”), by its “uoid”; NULL: there is none such.
 * uoid NULL: the one that KMail takes by itself. */
char *postweg_kmail_identity (PostwegBundle *files, const char *uoid);
/* The same by its address. */
char *postweg_kmail_identity_with (PostwegBundle *files, const char *address);
/* Puts name, address and outgoing server of the identity into the account. */
void postweg_kmail_read_sending (PostwegBundle *files, const char *identity, PostwegAccount *account);
/* Makes the identity what the account says; NULL: a new one. Other identities keep their servers. Returns: (transfer full): its “uoid” */
char *postweg_kmail_write_sending (PostwegBundle *files, const char *identity, const PostwegAccount *account);
