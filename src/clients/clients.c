/* The table of mail programs. */
#include "clients/rows.h"
#include <string.h>

static const PostwegClient *const clients[] = {
  &postweg_client_thunderbird,
  &postweg_client_betterbird,
  NULL,
};

const PostwegClient *const *
postweg_clients_all (void)
{
  return clients;
}

const PostwegClient *
postweg_client_by_id (const char *id)
{
  for (guint i = 0; clients[i] != NULL; i++)
    if (strcmp (clients[i]->id, id) == 0)
      return clients[i];
  return NULL;
}
