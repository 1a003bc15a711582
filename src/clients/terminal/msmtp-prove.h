/* Asking msmtp what it would use. */
#pragma once
#include "clients/clients.h"

/* `msmtp -P`: a function of the table. */
char *postweg_msmtp_prove (const PostwegClient *client, const PostwegPlan *plan, GError **error);
