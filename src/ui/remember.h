/* What the window knows from one day to the next: consents and the last account, never a secret. */
#pragma once
#include "ui/journey.h"

/* Puts it into a new journey. */
void postweg_remember_load (PostwegJourney *journey);
/* Keeps what a journey says now. */
void postweg_remember_save (PostwegJourney *journey);
/* Keeps nothing any more. */
void postweg_remember_forget (void);
