/* The account of the command-line contract as JSON, read and written. */
#pragma once
#include "model/account.h"
#include <json-glib/json-glib.h>

/* Returns: (transfer full): the account, or NULL with POSTWEG_ERROR_BAD_INPUT and a message that names the member */
PostwegAccount *postweg_account_from_json (const char *text, gssize length, GError **error);
/* Returns: (transfer full): a JSON object with all members; a missing server is null */
JsonNode *postweg_account_to_json (const PostwegAccount *account);
/* Returns: (transfer full): the server as a JSON object, or a JSON null for NULL */
JsonNode *postweg_server_to_json (const PostwegServer *server);
/* Returns: (transfer full): the options as a JSON object */
JsonNode *postweg_pop_options_to_json (const PostwegPopOptions *pop);
