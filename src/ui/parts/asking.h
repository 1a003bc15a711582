/* Who will be asked for an account's servers, and who else could be, if the person agrees. */
#pragma once
#include "ui/journey.h"
#include <adwaita.h>

#define POSTWEG_TYPE_ASKING (postweg_asking_get_type ())
G_DECLARE_FINAL_TYPE (PostwegAsking, postweg_asking, POSTWEG, ASKING, AdwPreferencesGroup)

/* Signal "changed": the person has agreed to more, or to less. */

/* recognised: what is known about the address without asking anybody; hidden unless there is somebody to ask. */
void postweg_asking_show (PostwegAsking *self, const PostwegDiscovery *recognised);
PostwegConsent postweg_asking_get_consent (PostwegAsking *self);
void postweg_asking_set_consent (PostwegAsking *self, PostwegConsent consent);
