/* The little road of one mail to oneself: sender, recipient, message, arrival. */
#pragma once
#include "model/delivery.h"
#include "model/finding.h"
#include "ui/parts.h"
#include "ui/station-row.h"

#define POSTWEG_N_MAIL_STATIONS 4

/* The rows belong to the group that they were added to; NULL before the first mail. */
typedef struct {
  PostwegStationRow *stations[POSTWEG_N_MAIL_STATIONS];
} PostwegMailRoad;

/* Adds the stations to the rows; all of them wait. */
void postweg_mail_road_start (PostwegMailRoad *self, PostwegRows *rows);
/* Both return (transfer full) what has changed, in words, or NULL if nothing has. */
char *postweg_mail_road_begun (PostwegMailRoad *self, PostwegSide side, PostwegStage stage);
char *postweg_mail_road_step (PostwegMailRoad *self, PostwegSide side, const PostwegStep *step);
/* Starts, and shows all that was learnt. */
void postweg_mail_road_show (PostwegMailRoad *self, PostwegRows *rows, const PostwegDelivery *delivery);

/* Returns: (transfer floating): a row that opens to the way of the mail, a line for each server that wrote itself down */
GtkWidget *postweg_hops_row (const GPtrArray *hops);
