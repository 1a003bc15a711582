/* A provider’s two doors: mail comes in by IMAP or POP through one, and goes out through the other, the same way with both. */
#pragma once
#include <adwaita.h>

#define POSTWEG_TYPE_TWO_DOORS (postweg_two_doors_get_type ())
G_DECLARE_FINAL_TYPE (PostwegTwoDoors, postweg_two_doors, POSTWEG, TWO_DOORS, GtkWidget)

typedef enum { POSTWEG_DOOR_IN, POSTWEG_DOOR_OUT, POSTWEG_N_DOORS } PostwegDoor;
typedef enum { POSTWEG_DOOR_IMAP, POSTWEG_DOOR_POP, POSTWEG_DOOR_SMTP, POSTWEG_N_DOOR_WAYS } PostwegDoorWay;

/* How high the words are, pixels: the names over the doors (the higher of the two), and one line beside a way. */
typedef struct {
  float names, way;
} PostwegDoorWords;

/* Where everything stands, pixels. */
typedef struct {
  graphene_rect_t house, laptop;
  graphene_rect_t doors[POSTWEG_N_DOORS], names[POSTWEG_N_DOORS], envelopes[POSTWEG_N_DOORS];
  graphene_point_t ways[POSTWEG_N_DOOR_WAYS][2]; /* from where a mail leaves to where it arrives */
  graphene_rect_t words[POSTWEG_N_DOOR_WAYS];    /* beside the ways */
  float bottom;                                  /* of the laptop; its words follow */
} PostwegDoorPlan;

#define POSTWEG_DOORS_NARROWEST 240
#define POSTWEG_DOORS_WIDEST 320

/* Pure. width: what there is, from POSTWEG_DOORS_NARROWEST on; the picture stands in its middle. mirrored: for scripts that run from the right. */
void postweg_door_plan (PostwegDoorPlan *plan, float width, const PostwegDoorWords *words, gboolean mirrored);
