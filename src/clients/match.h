/* The account that a program is to get, held against those that it has. */
#pragma once
#include "clients/clients.h"

typedef enum {
  POSTWEG_MATCH_REFUSED, /* error is set */
  POSTWEG_MATCH_NEW,     /* to be added */
  POSTWEG_MATCH_MEND,    /* the one that is named is to be changed in place */
  POSTWEG_MATCH_THERE,   /* nothing is to be done */
} PostwegMatch;

/* accounts: PostwegStoredAccount. account: as the program can keep it. replace: id of the one to be mended, or NULL.
 * Errors: NOT_FOUND (no such id), ALREADY_THERE (the mailbox, with other settings), UNSUPPORTED (another kind, or kept by somebody else). */
PostwegMatch postweg_match (const PostwegClient *client, const GPtrArray *accounts,
                            const PostwegAccount *account, const char *replace, GError **error);
/* The same mailbox: where mail is received; where a program only sends, it is the sender. */
gboolean postweg_same_mailbox (const PostwegAccount *a, const PostwegAccount *b);
/* Returns: (transfer none): the one with this id, or NULL */
const PostwegStoredAccount *postweg_match_id (const GPtrArray *accounts, const char *id);
/* Returns: (transfer none): one that equals the account, or NULL */
const PostwegStoredAccount *postweg_match_equal (const GPtrArray *accounts, const PostwegAccount *account);

/* Leaves characters out of the account's name that the program cannot use there, and says so in the plan. */
void postweg_match_drop (PostwegPlan *plan, PostwegAccount *account, const char *characters);
/* An empty list of accounts. */
GPtrArray *postweg_match_list (void);
/* Says in the plan that nothing has to be done. */
void postweg_match_note_there (PostwegPlan *plan);
/* Says in the plan that others may read along, if they may. */
void postweg_match_note_open (PostwegPlan *plan, const PostwegAccount *account);
/* Sets UNSUPPORTED: what would be written would be read differently. Returns: FALSE */
gboolean postweg_match_reads_otherwise (const PostwegClient *client, GError **error);
