/* One mail to oneself, on the page that has the result. */
#pragma once
#include "ui/journey.h"
#include <adwaita.h>

#define POSTWEG_TYPE_DELIVERING (postweg_delivering_get_type ())
G_DECLARE_FINAL_TYPE (PostwegDelivering, postweg_delivering, POSTWEG, DELIVERING, AdwPreferencesGroup)

/* Signal "changed": a mail is on its way, or not any more; the journey's result may say something else now. */

/* Offers to send a mail, and shows what became of the last one, as far as the journey's result allows either. */
void postweg_delivering_show (PostwegDelivering *self, PostwegJourney *journey);
gboolean postweg_delivering_is_running (PostwegDelivering *self);
/* Ends the waiting; what became of the mail is shown when it has been cleared up, within ten seconds. */
void postweg_delivering_stop (PostwegDelivering *self);
/* The same for a page that is no longer looked at. The program stays until it has been cleared up, even without a window. */
void postweg_delivering_leave (PostwegDelivering *self);
