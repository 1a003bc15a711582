/* The way to one server: its stations in the order in which a connection passes them. */
#pragma once
#include "model/evidence.h"
#include <adwaita.h>

#define POSTWEG_TYPE_LANE (postweg_lane_get_type ())
G_DECLARE_FINAL_TYPE (PostwegLane, postweg_lane, POSTWEG, LANE, AdwBin)

/* name: translated, "Receiving" or "Sending" */
void postweg_lane_set_name (PostwegLane *self, const char *name);
/* All stations wait. */
void postweg_lane_start (PostwegLane *self, const PostwegServer *server);
/* Both return (transfer full) what has changed, in words, or NULL if nothing has. */
char *postweg_lane_begun (PostwegLane *self, PostwegStage stage);
char *postweg_lane_step (PostwegLane *self, const PostwegStep *step);
/* Shows all that was learnt, with details; stations that were not reached say so. evidence: NULL if there is none */
void postweg_lane_finish (PostwegLane *self, const PostwegEvidence *evidence);
