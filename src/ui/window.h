/* The one window: a header, the pages, and a button at the bottom that is the way on. */
#pragma once
#include "ui/journey.h"
#include <adwaita.h>

#define POSTWEG_TYPE_WINDOW (postweg_window_get_type ())
G_DECLARE_FINAL_TYPE (PostwegWindow, postweg_window, POSTWEG, WINDOW, AdwApplicationWindow)

/* Takes a reference to the journey. */
PostwegWindow *postweg_window_new (AdwApplication *application, PostwegJourney *journey);
