/* Finding widgets as a person names them, and waiting for what happens. */
#pragma once
#include "ui/page.h"
#include "ui/window.h"
#include <adwaita.h>

#define TEST_WAIT_S 15

/* Runs the main loop until the condition holds; fails the test after TEST_WAIT_S. */
#define AWAIT(condition)                                                                                     \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    gint64 await_end = g_get_monotonic_time () + TEST_WAIT_S * G_USEC_PER_SEC;                               \
    while (!(condition) && g_get_monotonic_time () < await_end)                                              \
      test_turn (10);                                                                                        \
    g_assert_true (condition);                                                                               \
  }                                                                                                          \
  G_STMT_END

/* Lets the main loop run for that long. */
void test_turn (guint ms);

/* Returns: (transfer none): what stands on the button, from which GTK takes its name; NULL if nothing does */
const char *test_button_words (GtkWidget *button);
/* The name by which a person or a screen reader knows the widget: label, title, or accessible name.
 * Returns: whether it is this one */
gboolean test_is_named (GtkWidget *widget, const char *name);
/* Returns: (transfer none): the first visible widget of the type with that name (NULL: any) inside, or NULL */
GtkWidget *test_find (gpointer root, GType type, const char *name);
/* The same, and it must be there. */
GtkWidget *test_get (gpointer root, GType type, const char *name);
/* Whether a visible label inside shows exactly this text, or one that contains it. */
gboolean test_says (gpointer root, const char *part);
/* Presses a button that must be there and sensitive. */
void test_press (gpointer root, const char *name);

/* A window with a journey of its own, shown. */
typedef struct {
  PostwegJourney *journey;
  PostwegWindow *window;
} TestWindow;

TestWindow *test_window_new (void);
/* The same in another size than its own: later, a busy window manager may answer with the one that it was asked for first. */
TestWindow *test_window_new_sized (int width, int height);
/* Closes the window and lets what still runs come to its end. */
void test_window_free (TestWindow *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestWindow, test_window_free)

/* The page of that type, shown now; as if everything before it had been filled in. */
PostwegPage *test_show (TestWindow *test, GType page);
/* The page that is shown. */
PostwegPage *test_page (TestWindow *test);
/* Puts address, discovery and an account on loopback with these ports into the journey. */
void test_fill (TestWindow *test, const char *address, guint16 incoming_port, guint16 outgoing_port);
/* Returns: a port of 127.0.0.1 that takes connections and never says a word, as long as the test lives */
guint16 test_silent_port (void);
/* Returns: a port of 127.0.0.1 where nothing listens */
guint16 test_closed_port (void);
/* Scrolls what is inside that far: 0 is the begin, 1 the end. */
void test_scroll (gpointer root, double share);
/* Saves what the window shows as a PNG file of this name in the folder that POSTWEG_PICTURES names, if any: for people to look at. */
void test_picture (TestWindow *test, const char *name);
