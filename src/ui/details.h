/* What a station unfolds: addresses, technical facts, the certificate, the server's own words. */
#pragma once
#include "ui/station-row.h"

/* Adds rows for this step of the evidence. */
void postweg_details_add (PostwegStationRow *row, const PostwegEvidence *evidence, const PostwegStep *step);
