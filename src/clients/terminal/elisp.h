/* Settings in Emacs Lisp: variables that an init file sets, found and changed without running it. */
#pragma once
#include <glib.h>

typedef struct _PostwegElisp PostwegElisp;

/* bytes: NULL counts as empty. Never fails: what is neither (setq NAME VALUE …) nor (NAME VALUE) inside such a value is kept as it is. */
PostwegElisp *postweg_elisp_new (GBytes *bytes);
void postweg_elisp_free (PostwegElisp *lisp);
/* Returns: (transfer full) */
GBytes *postweg_elisp_bytes (const PostwegElisp *lisp);

/* Returns: (transfer none): what the name is set to last: text without its quotes, a symbol without its mark, a number as it stands; NULL: it is
 * not set, or to a list */
const char *postweg_elisp_get (const PostwegElisp *lisp, const char *name);
const char *postweg_elisp_get_or (const PostwegElisp *lisp, const char *name, const char *fallback);
/* Changes the value where it stands. Returns: FALSE if the name is not set */
gboolean postweg_elisp_replace (PostwegElisp *lisp, const char *name, const char *form);
/* Puts a form right behind the list (NAME VALUE) of this name. Returns: FALSE if there is none */
gboolean postweg_elisp_insert_behind (PostwegElisp *lisp, const char *name, const char *form);
void postweg_elisp_add (PostwegElisp *lisp, const char *text);

/* Returns: (transfer full): as a string of Lisp, with quotes */
char *postweg_elisp_string (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegElisp, postweg_elisp_free)
