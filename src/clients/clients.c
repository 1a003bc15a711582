/* Looking up a mail program in the table. */
#include "clients/rows.h"
#include <string.h>

#define ROW_OF(id, row) &row,
#define ID_OF(id, row) id,

static const PostwegClient *const clients[] = { POSTWEG_CLIENT_ROWS (ROW_OF) NULL };
static const char *const ids[] = { POSTWEG_CLIENT_ROWS (ID_OF) NULL };

const PostwegClient *const *
postweg_clients_all (void)
{
  return clients;
}

const char *const *
postweg_client_ids (void)
{
  return ids;
}

const PostwegClient *
postweg_client_by_id (const char *id)
{
  for (guint i = 0; clients[i] != NULL; i++)
    if (strcmp (clients[i]->id, id) == 0)
      return clients[i];
  return NULL;
}
