/* A code to be scanned, large enough for a phone, with words for who cannot see it. */
#pragma once
#include "model/plan.h"
#include <adwaita.h>

#define POSTWEG_TYPE_CODE_VIEW (postweg_code_view_get_type ())
G_DECLARE_FINAL_TYPE (PostwegCodeView, postweg_code_view, POSTWEG, CODE_VIEW, AdwPreferencesGroup)

/* Shows the pictures (PNG) that the plan writes; hides itself when there are none, or for NULL. secret: they hold the password. */
void postweg_code_view_show (PostwegCodeView *self, const PostwegPlan *plan, gboolean secret);
