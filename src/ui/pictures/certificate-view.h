/* A chain of certificates as a picture: a card each, the name asked for beside the names written in it, dates as bars. */
#pragma once
#include "model/certificate.h"
#include <gtk/gtk.h>

/* text: (inout): gets the same in lines. Returns: (transfer floating): or NULL when the server showed no certificate */
GtkWidget *postweg_certificate_view_new (const PostwegTlsFacts *tls, GString *text);
