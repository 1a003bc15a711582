/* The settings language of mutt and neomutt: variables that a file sets, files that it sources; changed in place. */
#pragma once
#include <glib.h>

typedef struct _PostwegMuttrc PostwegMuttrc;

/* bytes: NULL counts as empty. Never fails: commands that it does not know are kept as they are. */
PostwegMuttrc *postweg_muttrc_new (GBytes *bytes);
void postweg_muttrc_free (PostwegMuttrc *rc);
/* Returns: (transfer full) */
GBytes *postweg_muttrc_bytes (const PostwegMuttrc *rc);

/* Returns: (transfer none): what the variable holds at the end, with $variables of the same file filled in and commands in backticks left as they
 * stand; NULL: it is not set. Names are compared without underscores, since neomutt writes some with and some without. */
const char *postweg_muttrc_get (const PostwegMuttrc *rc, const char *name);
const char *postweg_muttrc_get_or (const PostwegMuttrc *rc, const char *name, const char *fallback);
/* Changes the last place where it is set, or adds a line. Nothing happens if it holds that already. */
void postweg_muttrc_set (PostwegMuttrc *rc, const char *name, const char *value);
/* The same with what a command prints. */
void postweg_muttrc_set_command (PostwegMuttrc *rc, const char *name, const char *command);
/* Adds a line at the end. */
void postweg_muttrc_add (PostwegMuttrc *rc, const char *line);
/* Returns: (transfer none): the files that are sourced, as they are written (char*) */
const GPtrArray *postweg_muttrc_sources (const PostwegMuttrc *rc);

/* Returns: (transfer full): in double quotes, so that nothing in it means anything */
char *postweg_muttrc_quote (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegMuttrc, postweg_muttrc_free)
