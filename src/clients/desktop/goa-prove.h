/* Asks GNOME Online Accounts over the bus whether it has taken up an account. */
#pragma once
#include "clients/clients.h"

/* Starts the service, if there is one. */
void postweg_goa_start (void);
/* Whether the service knows an account of this id from this file. It keeps the settings of what was taken away and comes back at once
 * (version 3.46), so that a new account needs an id that it does not know. */
gboolean postweg_goa_knows (const char *path, const char *id);
/* PostwegClient.prove. Its service follows the file, but keeps what it knows of an account until it starts anew: a mended one is not asked
 * for. */
char *postweg_goa_prove (const PostwegClient *client, const PostwegPlan *plan, GError **error);
