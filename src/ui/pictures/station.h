/* One station on the way of the mail: a button with its state as a shape, a word and a colour, and the time that it took. */
#pragma once
#include "model/evidence.h"
#include "ui/pictures/road-paint.h"
#include <adwaita.h>

#define POSTWEG_TYPE_STATION (postweg_station_get_type ())
G_DECLARE_FINAL_TYPE (PostwegStation, postweg_station, POSTWEG, STATION, GtkToggleButton)

typedef enum { POSTWEG_LOCK_NONE, POSTWEG_LOCK_OPEN, POSTWEG_LOCK_CLOSED } PostwegLock;

/* name: translated. Returns: (transfer floating) */
PostwegStation *postweg_station_new (const char *name);
const char *postweg_station_get_name (PostwegStation *self);
PostwegStationState postweg_station_get_state (PostwegStation *self);
/* ms: how long it took, meaningful when something was done */
void postweg_station_set_state (PostwegStation *self, PostwegStationState state, guint ms);
/* Takes a step in: the station is as bad as its worst step, and takes as long as all together. */
void postweg_station_add_step (PostwegStation *self, const PostwegStep *step);
/* The lock that is shown once the station has been passed; its word belongs to what the station says. */
void postweg_station_set_lock (PostwegStation *self, PostwegLock lock);
/* Returns: (transfer full): "Encryption: Works, 12 ms" */
char *postweg_station_words (PostwegStation *self);

/* Text below the sign (horizontal road), or beside it (vertical road). */
void postweg_station_set_orientation (PostwegStation *self, GtkOrientation orientation);
/* How wide the station wants to be beside others: wide enough for its name, however long the word of its state is. */
int postweg_station_column_width (PostwegStation *self);
/* The middle of the sign, as the other widget sees it. */
graphene_point_t postweg_station_sign (PostwegStation *self, GtkWidget *seen_from);
/* Moves what moves on the sign while the station is at work. */
void postweg_station_set_phase (PostwegStation *self, guint phase);
