/* The application: one window, its actions, its styles. */
#pragma once
#include <adwaita.h>

#define POSTWEG_TYPE_APPLICATION (postweg_application_get_type ())
G_DECLARE_FINAL_TYPE (PostwegApplication, postweg_application, POSTWEG, APPLICATION, AdwApplication)

PostwegApplication *postweg_application_new (void);
