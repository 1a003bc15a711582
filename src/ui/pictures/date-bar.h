/* How long a certificate is good for, as a bar with today's mark. */
#pragma once
#include <gtk/gtk.h>

/* All in seconds since 1970. */
typedef struct {
  gint64 from, until, now;
} PostwegPeriod;

/* Returns: (transfer full): from when until when, and where today is, in one sentence */
char *postweg_period_words (const PostwegPeriod *period);
/* Returns: (transfer floating): the picture; its name for screen readers is the sentence */
GtkWidget *postweg_date_bar_new (const PostwegPeriod *period);
