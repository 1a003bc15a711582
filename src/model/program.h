/* A mail program found on this computer, and the accounts in it. */
#pragma once
#include "model/account.h"

/* In which group people look for it. */
typedef enum {
  POSTWEG_KIND_DESKTOP,
  POSTWEG_KIND_TERMINAL,
  POSTWEG_KIND_PHONE,
  POSTWEG_KIND_SHEET,  /* for people who type it in */
  POSTWEG_KIND_DOMAIN, /* for who runs the domain */
} PostwegClientKind;

typedef struct {
  char *id;                /* names the account inside its profile: "account1" */
  PostwegAccount *account; /* without secrets */
  char *note;              /* what is unusual about it, translated; "" if nothing */
  gboolean read_only;      /* somebody else keeps it, as the note says: it cannot be changed there */
} PostwegStoredAccount;

typedef struct {
  char *program;       /* PROGRAM of the command-line contract: "thunderbird" */
  char *name;          /* "Thunderbird (Flatpak)" */
  char *profile;       /* folder */
  gboolean is_default; /* the profile the program opens by itself */
  gboolean running;
  gboolean read_only;
  char *note;          /* why it cannot be used as it is, translated; "" if nothing */
  GPtrArray *accounts; /* PostwegStoredAccount */
} PostwegProgram;

PostwegStoredAccount *postweg_stored_account_new (const char *id, PostwegAccount *account,
                                                  const char *note); /* takes the account */
void postweg_stored_account_free (PostwegStoredAccount *stored);
PostwegProgram *postweg_program_new (const char *program, const char *name, const char *profile);
void postweg_program_free (PostwegProgram *program);
/* Returns: (transfer none): the account with this id, or NULL */
const PostwegStoredAccount *postweg_program_account (const PostwegProgram *program, const char *id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegStoredAccount, postweg_stored_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegProgram, postweg_program_free)
