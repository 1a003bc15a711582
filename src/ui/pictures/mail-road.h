/* The little road of one mail to oneself: sender, recipient, message, arrival. */
#pragma once
#include "model/delivery.h"
#include "model/finding.h"
#include "ui/pictures/lane.h"
#include "ui/parts/parts.h"

/* Returns: (transfer floating): a lane that is filled by the functions below; its signal "opened" names the station's number */
PostwegLane *postweg_mail_road_new (void);
/* All stations wait. */
void postweg_mail_road_start (PostwegLane *road);
/* Both return (transfer full) what has changed, in words, or NULL if nothing has. */
char *postweg_mail_road_begun (PostwegLane *road, PostwegSide side, PostwegStage stage);
char *postweg_mail_road_step (PostwegLane *road, PostwegSide side, const PostwegStep *step);
/* Starts, and shows all that was learnt. */
void postweg_mail_road_show (PostwegLane *road, const PostwegDelivery *delivery);
/* What is known about the station with that number, each thing a row; at least one. */
void postweg_mail_road_add_details (PostwegRows *rows, const PostwegDelivery *delivery, guint number);

/* Returns: (transfer floating): a row that opens to the way of the mail, a line for each server that wrote itself down */
GtkWidget *postweg_hops_row (const GPtrArray *hops);
