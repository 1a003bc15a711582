/* Changes to a mail program's files, worked out and not yet made: shown as before/after, applied, undone. */
#pragma once
#include "model/account.h"
#include "model/secret.h"

typedef enum {
  POSTWEG_ACTION_CREATE,
  POSTWEG_ACTION_MODIFY,
  POSTWEG_ACTION_BUS,
  POSTWEG_ACTION_KEYRING
} PostwegAction;

/* One password in the person's keyring, as libsecret knows it. */
typedef struct {
  char *schema;           /* "org.gnome.Geary" */
  char *label;            /* what keyring programs show */
  GHashTable *attributes; /* char* -> char*: by what it is found again */
  PostwegSecret *secret;  /* NULL in a change that takes it away */
} PostwegKeyringItem;

typedef struct {
  PostwegAction action;
  char *target;         /* absolute path, or the object on the bus, or the item in the keyring in words */
  GBytes *before;       /* what stands there now; NULL if nothing does. In the keyring: dots */
  GBytes *after;        /* what will stand there; NULL: nothing */
  GBytes *shown_before; /* the same with dots for secrets; NULL: there are none in it */
  GBytes *shown_after;
  guint mode;                      /* file mode for a file that is created */
  char *backup;                    /* where `before` was kept; set by apply, NULL until then */
  PostwegKeyringItem *item;        /* KEYRING only */
  PostwegCredentials *credentials; /* BUS only: handed over with `after`, or NULL */
} PostwegChange;

typedef struct {
  char *program; /* "thunderbird" */
  char *name;    /* "Thunderbird" */
  char *profile; /* folder */
  char *lock; /* a file whose fcntl() lock the program holds while it runs; held while applying; NULL: none */
  GPtrArray *changes;      /* PostwegChange; empty: everything is there already */
  GPtrArray *folders;      /* char*: made if they are missing, taken away by undo if they are empty then */
  GPtrArray *notes;        /* char*, translated: what is worth knowing */
  GPtrArray *left_to_do;   /* char*, translated: what the person must still do in the program */
  PostwegAccount *account; /* what the program must read afterwards; NULL: not checked */
  char *undo;              /* id of the applied change for undo; NULL until applied */
} PostwegPlan;

PostwegPlan *postweg_plan_new (const char *program, const char *name, const char *profile);
void postweg_plan_free (PostwegPlan *plan);
/* before NULL: the file does not exist yet. Takes references. Returns: (transfer none) */
PostwegChange *postweg_plan_add_file (PostwegPlan *plan, const char *path, GBytes *before, GBytes *after,
                                      guint mode);
/* An object of the program's own service, as text. Takes references. credentials: copied, or NULL. Returns: (transfer none) */
PostwegChange *postweg_plan_add_bus (PostwegPlan *plan, const char *target, GBytes *before, GBytes *after,
                                     const PostwegCredentials *credentials);
/* Takes the item. is_there: the keyring has one with these attributes, which is replaced. Returns: (transfer none) */
PostwegChange *postweg_plan_add_secret (PostwegPlan *plan, PostwegKeyringItem *item, gboolean is_there);
/* What people and programs get to see of the content: conceal() puts dots in place of secrets. Returns a (transfer full) text for a
 * NUL-terminated one. */
void postweg_change_conceal (PostwegChange *change, char *(*conceal) (const char *text));
/* Returns: (transfer none): what may be shown; NULL if nothing is there */
GBytes *postweg_change_shown_before (const PostwegChange *change);
GBytes *postweg_change_shown_after (const PostwegChange *change);

/* What stands in place of a secret wherever it would be seen. */
#define POSTWEG_DOTS "••••••••"

/* attributes: name, value, …, NULL. secret: a reference is taken; may be NULL. */
PostwegKeyringItem *postweg_keyring_item_new (const char *schema, const char *label, PostwegSecret *secret,
                                              ...) G_GNUC_NULL_TERMINATED;
/* Returns: (transfer full): by what it is found, without what it holds; NULL for NULL */
PostwegKeyringItem *postweg_keyring_item_copy (const PostwegKeyringItem *item);
void postweg_keyring_item_free (PostwegKeyringItem *item);
void postweg_change_free (PostwegChange *change);
gboolean postweg_change_is_file (const PostwegChange *change);
/* Returns: (transfer container) (element-type PostwegChange): those that are files */
GPtrArray *postweg_plan_files (const PostwegPlan *plan);
/* Which lines go and which come. Returns: (transfer full) (element-type char*): "- LINE" and "+ LINE", in the order of the file */
GPtrArray *postweg_change_lines (const PostwegChange *change);
const char *postweg_action_name (PostwegAction action);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegPlan, postweg_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegChange, postweg_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegKeyringItem, postweg_keyring_item_free)
