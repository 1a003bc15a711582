/* What mbsync fetches where, for programs that read the mail it has fetched. */
#pragma once
#include "model/server.h"

typedef struct {
  char *name;
  char *account; /* id of the account in its file */
  PostwegServer *server;
  char *path;  /* of its folders, as it stands: "~/Mail/anna/" */
  char *inbox; /* "~/Mail/anna/INBOX" */
} PostwegMbsyncChannel;

/* bytes: of ~/.mbsyncrc; NULL counts as empty. Returns: (transfer full) (element-type PostwegMbsyncChannel): those between an account and a Maildir */
GPtrArray *postweg_mbsync_channels (GBytes *bytes);
