/* Accounts <-> files of mail programs: one row per program behind {find, read, plan}; apply and undo are the same for all. */
#pragma once
#include "model/plan.h"
#include "model/program.h"

/* What an export needs to know besides the account. */
typedef struct {
  const char *home;       /* the person's home folder */
  const char *profile;    /* a profile folder, or NULL for the program's default profile */
  const char *replace;    /* id of an account there to be mended in place, or NULL to add a new one */
  gboolean files_sent;    /* the provider files sent mail itself: the program must not do it a second time */
  gboolean same_provider; /* both servers are documented by one provider: one password may serve both */
} PostwegExport;

typedef struct {
  const char *id; /* PROGRAM of the command-line contract */
  const char *name;
  /* Looks for profiles below the home folder and appends them to `programs` (PostwegProgram), accounts read. Never fails:
   * what cannot be read is noted in the program. */
  void (*find) (const char *home, GPtrArray *programs);
  /* Reads one profile folder. Errors: NOT_FOUND, CANNOT_READ, BAD_FORMAT. */
  PostwegProgram *(*read) (const char *profile, GError **error);
  /* Works out what adding this account to the profile would change; writes nothing. profile NULL: the default profile below
   * `home`, made if there is none. Errors: NOT_FOUND, CANNOT_READ, BAD_FORMAT, PROGRAM_RUNNING, UNSUPPORTED, ALREADY_THERE (the same server
   * and user with other settings). */
  PostwegPlan *(*plan) (const PostwegAccount *account, const PostwegExport *options, GError **error);
} PostwegClient;

/* NULL-terminated. */
const PostwegClient *const *postweg_clients_all (void);
/* NULL-terminated, in the same order. */
const char *const *postweg_client_ids (void);
/* Returns: (transfer none): NULL if there is no such program */
const PostwegClient *postweg_client_by_id (const char *id);
