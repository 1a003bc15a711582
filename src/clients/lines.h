/* Settings files of sections, keys and values, line by line: what is changed is changed in place, every other byte stays. */
#pragma once
#include <glib.h>

/* How one program's file is written. */
typedef struct {
  /* Returns: (transfer full): the name of the section that this line begins, or NULL. line: without blanks around it. */
  char *(*section) (const char *line);
  const char *separators; /* what stands between key and value; blanks around it do not count */
  const char *comments;   /* what comment lines begin with */
  const char *between;    /* key and value of a new line: " = " */
  /* Between the text in the file and the value; NULL: they are the same. (transfer full) */
  char *(*unquote) (const char *raw);
  char *(*quote) (const char *value);
  gboolean blank_ends;       /* an empty line ends a section */
  gboolean any_case;         /* keys are compared without case */
  gboolean indent_continues; /* a line that begins with a blank belongs to the value above it */
  gboolean slash_continues;  /* a line that ends with a backslash goes on in the next */
} PostwegDialect;

typedef struct _PostwegLines PostwegLines;

/* bytes: NULL counts as empty. Never fails: what is no section, key or comment is kept as it is. */
PostwegLines *postweg_lines_new (const PostwegDialect *dialect, GBytes *bytes);
void postweg_lines_free (PostwegLines *lines);
/* Returns: (transfer full) */
GBytes *postweg_lines_bytes (const PostwegLines *lines);

/* Sections count from 0, which holds what stands before the first (or outside of all). */
guint postweg_lines_n_sections (const PostwegLines *lines);
/* Returns: (transfer none): "" for 0 */
const char *postweg_lines_section (const PostwegLines *lines, guint section);
/* section: (out): the first with this name. Returns: FALSE if there is none */
gboolean postweg_lines_find (const PostwegLines *lines, const char *name, guint *section);
/* Adds one at the end, after an empty line. header: the line that begins it. Returns: its number */
guint postweg_lines_add_section (PostwegLines *lines, const char *header);

/* Returns: (transfer none): the value of the last such key in the section; NULL: there is none */
const char *postweg_lines_get (const PostwegLines *lines, guint section, const char *key);
/* The same for a value that must be there. */
const char *postweg_lines_get_or (const PostwegLines *lines, guint section, const char *key,
                                  const char *fallback);
/* Changes the last such key of the section, or adds one to its end. value NULL: takes all of them away. Nothing happens if it is so already. */
void postweg_lines_set (PostwegLines *lines, guint section, const char *key, const char *value);

/* A section function: "[NAME]". */
char *postweg_lines_bracket (const char *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegLines, postweg_lines_free)
