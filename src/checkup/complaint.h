/* What people say is wrong before anything was tested, and what follows from it: what is looked at, and which finding comes first. */
#pragma once
#include "checkup/checkup.h"

typedef enum {
  POSTWEG_NO_COMPLAINT,
  POSTWEG_COMPLAINT_NOT_SENT,
  POSTWEG_COMPLAINT_NOT_RECEIVED,
  POSTWEG_COMPLAINT_REFUSED,
  POSTWEG_COMPLAINT_YESTERDAY,
  POSTWEG_COMPLAINT_PHONE,
  POSTWEG_COMPLAINT_VANISHED,
  POSTWEG_COMPLAINT_SENT_COPIES,
  POSTWEG_COMPLAINT_CERTIFICATE,
} PostwegComplaint;
#define POSTWEG_N_COMPLAINTS 9 /* with none */

/* Returns: (transfer none): the sentence itself, as on a button; translated */
const char *postweg_complaint_label (PostwegComplaint complaint);
/* Returns: (transfer none): what is looked at first then, in a sentence; translated; "" for no complaint */
const char *postweg_complaint_plan (PostwegComplaint complaint);
/* Adds to the request what the complaint asks to be looked at besides. */
void postweg_complaint_aim (PostwegComplaint complaint, PostwegTestRequest *request);
/* Puts the finding first that answers the complaint, where it is no weaker than the one that stands there: a failure never goes behind a
 * note, nor what was seen behind what is only suspected, unless the complaint is about the other way.
 * Returns: (transfer none): what is to be said when nothing of that sort was found, translated; NULL when it was, or without a complaint */
const char *postweg_complaint_answer (PostwegComplaint complaint, PostwegTestResult *result);
