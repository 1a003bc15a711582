/* Settings as files that are carried elsewhere: to a phone, to another computer, to a web server, to a printer. */
#pragma once
#include "clients/clients.h"

/* `details` of the client. */
typedef struct {
  /* Adds the files to the plan. Errors: UNSUPPORTED. */
  gboolean (*write) (const PostwegAccount *account, const PostwegExport *options, PostwegPlan *plan,
                     GError **error);
  /* Reads an account back from a file of this kind; NULL: such files are not read. Returns: (transfer full): NULL if it is none */
  PostwegAccount *(*parse) (GBytes *bytes);
  const char *suffix; /* of the names of files that are read back */
} PostwegOutput;

/* Functions of the table. */
void postweg_output_find (const PostwegClient *client, const char *home, GPtrArray *programs);
PostwegProgram *postweg_output_read (const PostwegClient *client, const char *folder, GError **error);
PostwegPlan *postweg_output_plan (const PostwegClient *client, const PostwegAccount *account,
                                  const PostwegExport *options, GError **error);

/* Adds a file of the plan's folder: what is there under that name is replaced (with a backup); nothing is added if it is there already with
 * this content. bytes: a reference is taken. is_secret: only the person may read it, and dots are shown in its place.
 * Returns: FALSE with CANNOT_READ */
gboolean postweg_output_add (PostwegPlan *plan, const char *name, GBytes *bytes, gboolean is_secret,
                             GError **error);
/* The same for text without secrets. */
gboolean postweg_output_add_text (PostwegPlan *plan, const char *name, const char *text, GError **error);
/* Returns: (transfer full): the address (or the domain of it) as a file name, with the suffix */
char *postweg_output_name (const char *base, const char *suffix);
/* Returns: (transfer none): what stands behind the “@” */
const char *postweg_output_domain (const PostwegAccount *account);
/* Returns: (transfer none): the incoming password if the person allows it in files; else NULL */
PostwegSecret *postweg_output_secret (const PostwegExport *options, gboolean outgoing);
/* Returns: (transfer full): a UUID that is the same for the same text each time (RFC 4122 4.3, version 5) */
char *postweg_output_uuid (const char *text);
