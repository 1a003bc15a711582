/* Passwords for programs that run a command to get one: kept in the keyring, found by service, host and user. */
#pragma once
#include "model/plan.h"

/* Plans to keep the password under the attributes service (imap, pop3, smtp), host and user, which msmtp itself looks for too.
 * Returns: (transfer full): the command line, quoted for sh, that prints it; NULL if there is no keyring, no secret-tool or no password */
char *postweg_look_up_plan (PostwegPlan *plan, const PostwegServer *server, PostwegSecret *secret);
/* Returns: (transfer full): that command's words without quotes, NULL-terminated */
char **postweg_look_up_words (const PostwegServer *server);
