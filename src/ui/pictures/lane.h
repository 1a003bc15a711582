/* The way to one server: its stations in the order in which a connection passes them, and the road between them. */
#pragma once
#include "model/evidence.h"
#include "ui/pictures/station.h"

typedef enum {
  POSTWEG_STOP_NAME,
  POSTWEG_STOP_CONNECTION,
  POSTWEG_STOP_ENCRYPTION,
  POSTWEG_STOP_GREETING,
  POSTWEG_STOP_SIGN_IN,
  POSTWEG_STOP_GOAL, /* the mailbox, or the sender */
} PostwegStop;
#define POSTWEG_N_STOPS 6

/* The stop that a stage of a probe belongs to. */
PostwegStop postweg_stop_of (PostwegStage stage);
/* Its name on the road of this protocol, translated. */
const char *postweg_stop_name (PostwegStop stop, PostwegProtocol protocol);

#define POSTWEG_TYPE_LANE (postweg_lane_get_type ())
G_DECLARE_FINAL_TYPE (PostwegLane, postweg_lane, POSTWEG, LANE, GtkWidget)

/* Signal "opened" (int stop): its details are wanted; -1: not any more.
 * With horizontal orientation the road runs from start to end, with vertical orientation downwards. */

/* name: translated, "Receiving" or "Sending" */
void postweg_lane_set_name (PostwegLane *self, const char *name);
const char *postweg_lane_get_name (PostwegLane *self);
/* All stations wait. server: NULL where none is set up: the road has no stations then */
void postweg_lane_start (PostwegLane *self, const PostwegServer *server);
/* The same for a road that has other stations, and no heading; always the same for one lane.
 * names: translated, POSTWEG_N_STOPS at most */
void postweg_lane_start_named (PostwegLane *self, const char *const *names, guint n);
/* As postweg_lane_begun() and postweg_lane_step(), for the station with that number, as it was started. */
char *postweg_lane_station_begun (PostwegLane *self, guint number);
char *postweg_lane_station_step (PostwegLane *self, guint number, const PostwegStep *step);
/* What the stations open: they say so to screen readers. */
void postweg_lane_set_details (PostwegLane *self, GtkWidget *details);
/* Both return (transfer full) what has changed, in words, or NULL if nothing has. */
char *postweg_lane_begun (PostwegLane *self, PostwegStage stage);
char *postweg_lane_step (PostwegLane *self, const PostwegStep *step);
/* Shows all that was learnt about the server that the lane was started with; stations that were not reached say so. evidence: NULL if there is none */
void postweg_lane_finish (PostwegLane *self, const PostwegEvidence *evidence);
/* The road is closed at the connection: a barrier instead of a gap. port: another one of the same server that is open, or 0 */
void postweg_lane_block (PostwegLane *self, guint16 port);
/* Returns: (transfer none): or NULL where this road has no such station */
PostwegStation *postweg_lane_station (PostwegLane *self, PostwegStop stop);
/* Shows no station as opened any more but that one (-1: none), without a signal. */
void postweg_lane_close (PostwegLane *self, int except);

/* So wide it must be for a horizontal road. */
int postweg_lane_columns_width (PostwegLane *self);
/* The lane chooses its orientation itself, by its width. */
void postweg_lane_set_folds (PostwegLane *self);
void postweg_lane_set_orientation (PostwegLane *self, GtkOrientation orientation);
/* FALSE: there is no road. */
gboolean postweg_lane_has_stations (PostwegLane *self);
/* Where the road comes in, as the lane sees it. */
graphene_point_t postweg_lane_entry (PostwegLane *self);
/* What the road that leads here looks like. */
PostwegStationState postweg_lane_entry_state (PostwegLane *self);
guint postweg_lane_get_phase (PostwegLane *self);
