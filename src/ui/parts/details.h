/* What a station opens to: our sentence, the server's own words, addresses, certificates, times; all of it can be copied. */
#pragma once
#include "model/finding.h"
#include "ui/pictures/lane.h"

#define POSTWEG_TYPE_DETAILS (postweg_details_get_type ())
G_DECLARE_FINAL_TYPE (PostwegDetails, postweg_details, POSTWEG, DETAILS, AdwPreferencesGroup)

/* The station that is shown. Nothing is owned, nothing is kept. */
typedef struct {
  const char *lane; /* its name */
  PostwegStop stop;
  PostwegStationState state;
  PostwegProtocol protocol;
  const PostwegEvidence *evidence; /* NULL: nothing is known yet */
  const PostwegFinding *finding;   /* the answer, if this station is what it is about; or NULL */
} PostwegOpened;

/* Signal "closed": the person has seen enough. */

void postweg_details_show (PostwegDetails *self, const PostwegOpened *opened);
void postweg_details_hide (PostwegDetails *self);
/* Returns: (transfer none): what Copy copies */
const char *postweg_details_get_text (PostwegDetails *self);
