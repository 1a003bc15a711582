/* The few widgets that newer releases of libadwaita replace: they are used here and nowhere else. */
#pragma once
#include <adwaita.h>

void postweg_compat_show_about (GtkWindow *parent);
void postweg_compat_show_shortcuts (GtkWindow *parent);

/* A question with two answers. done (TRUE, data) when `yes` was chosen. All texts are translated. */
typedef struct {
  const char *heading, *body, *yes, *no;
  gboolean dangerous; /* `yes` is shown in red */
} PostwegQuestion;

void postweg_compat_ask (GtkWindow *parent, const PostwegQuestion *question,
                         void (*done) (gboolean yes, gpointer data), gpointer data);

/* Opens an address (a web page, a letter to be written) in the program that the person has for it. done: NULL, or told whether there is one */
void postweg_compat_open (GtkWindow *parent, const char *uri, void (*done) (gboolean opened, gpointer data),
                          gpointer data);
/* Asks where to save, and before a file that is there already is replaced. Both texts: title translated. done (NULL, data) when nowhere. */
void postweg_compat_save (GtkWindow *parent, const char *title, const char *name,
                          void (*done) (GFile *file, gpointer data), gpointer data);

/* The same for a folder that files go into. */
void postweg_compat_choose_folder (GtkWindow *parent, const char *title,
                                   void (*done) (GFile *folder, gpointer data), gpointer data);

/* A colour of the theme by its name ("success_color"), as the widget sees it; its text colour where the theme has no such name. */
GdkRGBA postweg_compat_color (GtkWidget *widget, const char *name);
