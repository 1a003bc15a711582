/* Somebody else at the same server: connected, or signed in with the same user name, while a test runs. */
#pragma once
#include "model/server.h"

typedef struct _Bystander Bystander;

/* Connects and waits for the greeting, TLS before it if that is implicit. With a password it signs in: by the plain words of the protocol,
 * therefore only with implicit TLS (IMAP, POP3). Aborts when something of it does not work. */
Bystander *bystander_new (const PostwegServer *server, const char *password, const char *trust_file);
void bystander_free (Bystander *bystander);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bystander, bystander_free)
