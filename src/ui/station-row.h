/* One station on the way of the mail: its state as a shape, a word and a colour, its time, and details to unfold. */
#pragma once
#include "model/evidence.h"
#include "ui/station-state.h"
#include <adwaita.h>

#define POSTWEG_TYPE_STATION_ROW (postweg_station_row_get_type ())
G_DECLARE_FINAL_TYPE (PostwegStationRow, postweg_station_row, POSTWEG, STATION_ROW, AdwExpanderRow)

/* name: translated. Returns: (transfer floating) */
PostwegStationRow *postweg_station_row_new (const char *name);
PostwegStationState postweg_station_row_get_state (PostwegStationRow *self);
/* ms: how long it took, meaningful when something was done */
void postweg_station_row_set_state (PostwegStationRow *self, PostwegStationState state, guint ms);
/* Takes a step in: the station is as bad as its worst step, and takes as long as all together. */
void postweg_station_row_add_step (PostwegStationRow *self, const PostwegStep *step);
/* Takes a row with details. */
void postweg_station_row_add_detail (PostwegStationRow *self, GtkWidget *row);
/* Returns: (transfer full): "Encryption: works, 12 ms" */
char *postweg_station_row_words (PostwegStationRow *self);
