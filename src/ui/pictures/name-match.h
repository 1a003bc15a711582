/* The name that was asked for beside a name in a certificate, label by label from the right (RFC 9525 6.3); only for showing: whether a
 * certificate fits was decided by whoever made the connection. */
#pragma once
#include <glib.h>

/* Returns: which labels of `name` differ, the first label's bit lowest; all that are too many or too few count for the first one */
guint postweg_name_differences (const char *asked, const char *name);
/* names: NULL-terminated, at least one. Returns: the index of the one that differs least */
guint postweg_name_nearest (const char *asked, char *const *names);
/* Returns: (transfer full): the name as markup, with what differs set off */
char *postweg_name_markup (const char *asked, const char *name);
/* Returns: (transfer full): the same in words, translated */
char *postweg_name_words (const char *asked, const char *name);
