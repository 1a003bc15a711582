/* The map of a test: this computer, the network, a fork, and the roads to both servers. */
#pragma once
#include "model/test-result.h"
#include "ui/pictures/lane.h"

#define POSTWEG_TYPE_ROAD_MAP (postweg_road_map_get_type ())
G_DECLARE_FINAL_TYPE (PostwegRoadMap, postweg_road_map, POSTWEG, ROAD_MAP, GtkWidget)

/* Signal "opened" (int side, int stop): the details of a station are wanted; stop -1: not any more. */

PostwegLane *postweg_road_map_lane (PostwegRoadMap *self, PostwegSide side);
/* What the stations open. */
void postweg_road_map_set_details (PostwegRoadMap *self, GtkWidget *details);
/* Everything waits. */
void postweg_road_map_start (PostwegRoadMap *self, const PostwegAccount *account);
/* Both return (transfer full) what has changed, in one sentence, or NULL if nothing has. */
char *postweg_road_map_begun (PostwegRoadMap *self, PostwegSide side, PostwegStage stage);
char *postweg_road_map_step (PostwegRoadMap *self, PostwegSide side, const PostwegStep *step);
/* Shows all that was learnt. result: NULL if there is none */
void postweg_road_map_finish (PostwegRoadMap *self, const PostwegTestResult *result);
/* The road is broken before the network. */
void postweg_road_map_set_offline (PostwegRoadMap *self, gboolean offline);
/* Shows no station as opened any more. */
void postweg_road_map_close (PostwegRoadMap *self);
