/* People's own sentences about what is wrong, one of which can be chosen before the account is. */
#pragma once
#include "checkup/complaint.h"
#include <adwaita.h>

#define POSTWEG_TYPE_COMPLAINTS (postweg_complaints_get_type ())
G_DECLARE_FINAL_TYPE (PostwegComplaints, postweg_complaints, POSTWEG, COMPLAINTS, AdwPreferencesGroup)

void postweg_complaints_set (PostwegComplaints *self, PostwegComplaint complaint);
PostwegComplaint postweg_complaints_get (PostwegComplaints *self);
