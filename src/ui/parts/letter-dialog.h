/* A ready letter, to be read, copied, or handed to the mail program. */
#pragma once
#include <adwaita.h>

/* letter: "Subject: …", an empty line, the text. */
void postweg_letter_dialog_present (GtkWindow *parent, const char *letter);
/* Returns: (transfer full): a letter without a recipient as a URI (RFC 6068) */
char *postweg_letter_uri (const char *letter);
