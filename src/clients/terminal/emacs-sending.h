/* What every mail reader in Emacs shares: smtpmail sends, auth-source finds passwords, one init file (Emacs 28). */
#pragma once
#include "clients/terminal/elisp.h"
#include "clients/text-program.h"

/* One variable and the form that it gets. */
typedef struct {
  const char *name;
  char *form;
} PostwegEmacsPair;

#define POSTWEG_EMACS_SENDING 8

/* Where Emacs looks for its init file; NULL-terminated. */
extern const char *const postweg_emacs_places[];

/* Words of nnimap-stream and smtpmail-stream-type. Returns: (transfer none) */
PostwegSecurity postweg_emacs_security (const char *word, PostwegSecurity fallback);
const char *postweg_emacs_stream (PostwegSecurity security);
/* Returns: (transfer full): the server that smtpmail sends by; NULL: it has none */
PostwegServer *postweg_emacs_outgoing (const PostwegElisp *lisp);

/* pairs: (out) POSTWEG_EMACS_SENDING of them, for postweg_emacs_pairs_free(). */
void postweg_emacs_sending (const PostwegAccount *account, PostwegEmacsPair *pairs);
void postweg_emacs_pairs_free (PostwegEmacsPair *pairs, guint n);
/* Returns: (transfer full): one form that sets them all */
char *postweg_emacs_setq (const PostwegEmacsPair *pairs, guint n);
/* Sets each where it is set, else at the end. */
void postweg_emacs_mend (PostwegElisp *lisp, const PostwegEmacsPair *pairs, guint n);
/* Sets ALREADY_THERE: smtpmail knows one account. Returns: FALSE */
gboolean postweg_emacs_refuses_second (const char *path, GError **error);

/* Functions of PostwegTextProgram and PostwegClient. */
char *postweg_emacs_keep (PostwegPlan *plan, const PostwegServer *server, PostwegSecret *secret);
gboolean postweg_emacs_is_running (const PostwegClient *client, const char *profile);
