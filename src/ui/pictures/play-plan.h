/* Where everything stands in the moving picture, in the units of the picture. No widget. */
#pragma once
#include "model/play.h"
#include <graphene.h>

#define POSTWEG_PLAN_WIDTH 300

typedef struct {
  float fork; /* between the provider and the devices */
  gboolean mirrored;
  graphene_rect_t places[POSTWEG_N_PLAY_PLACES];
  graphene_rect_t folders[POSTWEG_N_PLAY_PLACES]; /* “Open Invoices” */
  float height;
} PostwegPlayPlan;

/* fork: how much room the words below the provider need. */
void postweg_play_plan (PostwegPlayPlan *plan, float fork, gboolean mirrored);
/* Returns: where the envelope of that mail lies at that place, in the inbox or in the folder */
graphene_rect_t postweg_play_plan_spot (const PostwegPlayPlan *plan, PostwegPlayPlace place, guint mail,
                                        gboolean filed);
/* The ends of the way between the provider and a device. */
void postweg_play_plan_way (const PostwegPlayPlan *plan, PostwegPlayPlace device, graphene_point_t ends[2]);
