/* Servers in the variables of mutt and neomutt. */
#pragma once
#include "clients/terminal/muttrc.h"
#include "model/account.h"

/* Returns: (transfer full): NULL if there is none */
PostwegServer *postweg_mutt_incoming (const PostwegMuttrc *rc);
PostwegServer *postweg_mutt_outgoing (const PostwegMuttrc *rc);
/* Sets the variables of both. Commands print the passwords; NULL: what is there stays. */
void postweg_mutt_set_servers (PostwegMuttrc *rc, const PostwegAccount *account, const char *incoming_command,
                               const char *outgoing_command);
/* Returns: (transfer full): the server as the program names it, "smtps://u%40d@host:465/" */
char *postweg_mutt_url (const PostwegServer *server);
