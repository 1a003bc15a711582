/* What a station unfolds: addresses, technical facts, the certificate, the server's own words. */
#pragma once
#include "ui/station-row.h"

/* Adds rows for this step of the evidence. */
void postweg_details_add (PostwegStationRow *row, const PostwegEvidence *evidence, const PostwegStep *step);
/* Adds the step's own details only: where there is no evidence of a whole connection. */
void postweg_details_add_step (PostwegStationRow *row, const PostwegStep *step);
