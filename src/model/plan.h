/* Changes to a mail program's files, worked out and not yet made: shown as before/after, applied, undone. */
#pragma once
#include "model/account.h"

typedef enum {
  POSTWEG_ACTION_CREATE,
  POSTWEG_ACTION_MODIFY,
  POSTWEG_ACTION_BUS,
  POSTWEG_ACTION_KEYRING
} PostwegAction;

typedef struct {
  PostwegAction action;
  char *target;   /* absolute path, or the object on the bus */
  GBytes *before; /* what stands there now; NULL if nothing does */
  GBytes *after;  /* what will stand there */
  guint mode;     /* file mode for a file that is created */
  char *backup;   /* where `before` was kept; set by apply, NULL until then */
} PostwegChange;

typedef struct {
  char *program; /* "thunderbird" */
  char *name;    /* "Thunderbird" */
  char *profile; /* folder */
  char *lock; /* a file whose fcntl() lock the program holds while it runs; held while applying; NULL: none */
  GPtrArray *changes;      /* PostwegChange; empty: everything is there already */
  GPtrArray *notes;        /* char*, translated: what is worth knowing */
  GPtrArray *left_to_do;   /* char*, translated: what the person must still do in the program */
  PostwegAccount *account; /* what the program must read afterwards; NULL: not checked */
  char *undo;              /* id of the applied change for undo; NULL until applied */
} PostwegPlan;

PostwegPlan *postweg_plan_new (const char *program, const char *name, const char *profile);
void postweg_plan_free (PostwegPlan *plan);
/* before NULL: the file does not exist yet. Takes references. */
void postweg_plan_add_file (PostwegPlan *plan, const char *path, GBytes *before, GBytes *after, guint mode);
void postweg_change_free (PostwegChange *change);
/* Which lines go and which come. Returns: (transfer full) (element-type char*): "- LINE" and "+ LINE", in the order of the file */
GPtrArray *postweg_change_lines (const PostwegChange *change);
const char *postweg_action_name (PostwegAction action);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegPlan, postweg_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegChange, postweg_change_free)
