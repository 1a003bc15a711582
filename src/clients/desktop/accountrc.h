/* The file accountrc of Claws Mail 4.1 and Sylpheed 3.8, which come from the same program and differ in numbers. */
#pragma once
#include "clients/text-program.h"

/* What the numbers mean in one of the two. */
typedef struct {
  const char *imap;      /* value of “protocol”; POP3 is 0 in both */
  guint imap_methods[2]; /* PostwegAuth PASSWORD, ENCRYPTED: written */
  guint smtp_methods[2];
  guint imap_encrypted; /* bits that stand for ENCRYPTED */
  guint smtp_encrypted;
  guint imap_token, smtp_token; /* bits that stand for OAUTH2 */
  const char *leave_days;       /* when nothing is said */
  gboolean has_hours;
  const char *const *always; /* key, value, … of a new account; NULL-terminated */
} PostwegAccountrc;

void postweg_accountrc_list (const PostwegAccountrc *kind, const PostwegTextFile *file, GPtrArray *accounts);
/* Returns: (transfer full) */
GBytes *postweg_accountrc_edit (const PostwegAccountrc *kind, const PostwegTextEdit *edit);
