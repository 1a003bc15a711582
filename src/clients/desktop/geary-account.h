/* One account of Geary 43: the file geary.ini in a folder of its own. */
#pragma once
#include "clients/clients.h"

/* id: the folder's name. Returns: (transfer full): NULL: no account that this version of Geary opens */
PostwegStoredAccount *postweg_geary_parse (const char *id, GBytes *bytes);
/* Whether it sends with the password for receiving. */
gboolean postweg_geary_has_one_password (GBytes *bytes);
/* Where it stands among the others. */
guint postweg_geary_ordinal (GBytes *bytes);

typedef struct {
  GBytes *before; /* NULL: a new account */
  const PostwegAccount *account;
  guint ordinal;         /* of a new one */
  gboolean files_sent;   /* the provider files sent mail itself */
  gboolean one_password; /* the incoming server's user and password may serve for both */
} PostwegGearyEdit;

/* Returns: (transfer full) */
GBytes *postweg_geary_edit (const PostwegGearyEdit *edit);
