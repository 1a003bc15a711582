/* One line of a list of accounts: what is to be tested, or why it cannot be. */
#pragma once
#include "checkup/batch/fields.h"
#include "model/account.h"
#include "model/secret.h"

typedef struct {
  guint number;                    /* of the line, from 1 */
  char *address;                   /* as it stands there, or "" */
  PostwegAccount *account;         /* without servers: they are to be found */
  char *user;                      /* the one to sign in with where servers are found, or NULL */
  PostwegCredentials *credentials; /* or NULL */
  char *error;                     /* a sentence: it cannot be tested; or NULL */
} PostwegBatchLine;

/* Takes the message. address: copied, or NULL */
PostwegBatchLine *postweg_batch_line_new_bad (guint number, const char *address, char *error);
/* Blocks, for files with passwords. folder: what their names are relative to. Wipes the fields. */
PostwegBatchLine *postweg_batch_line_new (guint number, PostwegFields *fields, const char *folder);
void postweg_batch_line_free (PostwegBatchLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegBatchLine, postweg_batch_line_free)

/* Whether others than the owner can read the open file. Files that a service manager hands over as credentials may be of a group. */
gboolean postweg_batch_is_open_to_others (int fd, const char *path);
