/* Accounts as texts: what one says, and what another one would change. */
#pragma once
#include "ui/parts/parts.h"
#include "model/account.h"

/* Adds a row for each field in which the accounts differ, "old → new". Returns: how many */
guint postweg_differences_add (PostwegRows *rows, const PostwegAccount *old, const PostwegAccount *new);
/* Returns: (transfer full): the server's settings, one a line, for entering them by hand */
char *postweg_server_lines (const PostwegServer *server);
/* What people call them, translated, in the order of PostwegSecurity and PostwegAuth. */
const char *postweg_security_words (PostwegSecurity security);
const char *postweg_auth_words (PostwegAuth auth);
