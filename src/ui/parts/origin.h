/* Where settings come from and how far that can be trusted, in words, with a shape. */
#pragma once
#include "model/discovery.h"
#include <gtk/gtk.h>

/* What people call a source; translated. Its own name for one that is not known. */
const char *postweg_origin_source (const char *source);
/* How far it can be trusted: a sentence; translated. "" for a class that is not known. */
const char *postweg_origin_trust (const char *trust);
/* Whether it puts the person at risk: what is shown in red. */
gboolean postweg_origin_is_bad (const char *trust);
/* Returns: (transfer floating): a shield for it, without a name: the words stand beside it */
GtkWidget *postweg_origin_shield (const char *trust);
/* Returns: (transfer floating): a shield with a word */
GtkWidget *postweg_origin_badge (const char *trust);
/* Returns: (transfer full): what the sources disagree about, in a sentence */
char *postweg_origin_conflict (const PostwegConflict *conflict);
/* Returns: (transfer floating): a row for a server that was found, with its source and trust */
GtkWidget *postweg_origin_row (const PostwegFoundServer *found);
