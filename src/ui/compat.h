/* The few widgets that newer releases of libadwaita replace: they are used here and nowhere else. */
#pragma once
#include <adwaita.h>

void postweg_compat_show_about (GtkWindow *parent);

/* A question with two answers. done (TRUE, data) when `yes` was chosen. All texts are translated. */
typedef struct {
  const char *heading, *body, *yes, *no;
  gboolean dangerous; /* `yes` is shown in red */
} PostwegQuestion;

void postweg_compat_ask (GtkWindow *parent, const PostwegQuestion *question,
                         void (*done) (gboolean yes, gpointer data), gpointer data);
