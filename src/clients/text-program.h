/* Mail programs that keep accounts in one text file: finding it, reading it and planning a change are the same for all of them. */
#pragma once
#include "clients/clients.h"

/* A settings file as it is, or as it would be. */
typedef struct {
  const char *path;
  GBytes *bytes;            /* NULL: there is none */
  const char *home;         /* the person's home folder */
  const PostwegPlan *ahead; /* files that are planned and not written yet; NULL: none */
  char **
      note; /* (out): a sentence about another file that cannot be read, of the first one; NULL: nobody wants it */
} PostwegTextFile;

/* One account to be written into it. */
typedef struct {
  const PostwegTextFile *file;
  const PostwegAccount *account;
  const char *id;               /* the account there that is mended; NULL: a new one */
  const char *incoming_command; /* what `keep` said; NULL: the program asks, or keeps what it has */
  const char *outgoing_command;
  gboolean files_sent;                   /* the provider files sent mail itself */
  const PostwegCredentials *credentials; /* to be handed over, or NULL */
  const PostwegCredentials *in_file;     /* passwords that the person allows in the file; NULL: none */
  PostwegPlan *plan;                     /* for further files, folders, notes */
} PostwegTextEdit;

/* `details` of the client. */
typedef struct {
  const char *const *
      places; /* where the program looks, in this order, "~/…" or "$/…" for the configuration folder; NULL-terminated */
  const char *new_place; /* one of them */
  const char *command;   /* the program's name in PATH */
  gboolean is_folder;    /* each account has a file of its own beside new_place */
  /* Keeps a password where the program finds it: postweg_look_up_plan() for programs that run a command, or one of its own with that signature;
   * NULL: it has no way to a keyring */
  char *(*keep) (PostwegPlan *plan, const PostwegServer *server, PostwegSecret *secret);
  const char
      *asks; /* sentence for people without a password there, with %s for the name; NULL: the usual one */
  /* Appends the accounts (PostwegStoredAccount). Errors: BAD_FORMAT, with file and line. */
  gboolean (*list) (const PostwegTextFile *file, GPtrArray *accounts, GError **error);
  /* Returns: (transfer full): the new content of the file. Errors: UNSUPPORTED, BAD_FORMAT. */
  GBytes *(*edit) (const PostwegTextEdit *edit, GError **error);
  /* What else must hold for it to work there; NULL: nothing. Errors: UNSUPPORTED. */
  gboolean (*accepts) (const PostwegAccount *account, const PostwegExport *options, GError **error);
  gboolean holds_passwords; /* it has no better place for them than this file */
  const char *drops;        /* characters that it cannot use in names; NULL: it can use all */
} PostwegTextProgram;

/* Functions of the table. */
void postweg_text_find (const PostwegClient *client, const char *home, GPtrArray *programs);
PostwegProgram *postweg_text_read (const PostwegClient *client, const char *profile, GError **error);
PostwegPlan *postweg_text_plan (const PostwegClient *client, const PostwegAccount *account,
                                const PostwegExport *options, GError **error);

/* Whether the file lies where the program looks by itself. */
gboolean postweg_text_is_usual (const PostwegTextProgram *program, const PostwegTextFile *file);
/* Another file that the settings refer to, as planned or as it is; NULL without an error: there is none.
 * path: absolute, or from the home folder ("~/…"). bytes: (out) (transfer full). Errors: CANNOT_READ, BAD_FORMAT. */
gboolean postweg_text_other (const PostwegTextFile *file, const char *path, GBytes **bytes, GError **error);
/* Returns: (transfer full): with the home folder in place of "~" */
char *postweg_text_path (const PostwegTextFile *file, const char *path);

/* Puts dots in place of passwords that people have written into such files. Returns: (transfer full) */
char *postweg_text_conceal (const char *text);

/* A name for a new account that no other one has: of the address, in characters that mean nothing in any of these files. Returns: (transfer full) */
char *postweg_text_new_id (const char *address, gboolean (*is_taken) (gconstpointer data, const char *id),
                           gconstpointer data);
