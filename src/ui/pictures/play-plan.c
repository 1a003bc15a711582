/* The measures are those of a picture 300 wide; it is scaled as a whole. */
#include "ui/pictures/play-plan.h"

#define DEVICES_HEIGHT 118
#define WAY_GAP 6    /* between the ends of a way and what it leads to */
#define WAY_START 64 /* from the middle: the words below the provider stand between the ways */
#define WAY_LEAN 22  /* of the way to the phone, outwards */

/* x, y: of the place in the picture, of all else within the place; below the fork for the devices */
/* clang-format off */
static const struct {
  graphene_rect_t frame, inbox, filed, folder; /* inbox, filed: the first envelope */
  guint columns;
  float step_x, step_y; /* from one envelope to the next */
} measures[POSTWEG_N_PLAY_PLACES] = {
  [POSTWEG_AT_PROVIDER] = { { { 68, 0 }, { 164, 104 } }, { { 21, 32 }, { 26, 18 } }, { { 21, 74 }, { 26, 18 } },
                            { { 14, 58 }, { 136, 39 } }, 4, 32, 0 },
  [POSTWEG_AT_LAPTOP] = { { { 14, 20 }, { 140, 86 } }, { { 13, 10 }, { 24, 17 } }, { { 13, 54 }, { 24, 17 } },
                          { { 7, 39 }, { 126, 38 } }, 4, 30, 0 },
  [POSTWEG_AT_PHONE] = { { { 210, 0 }, { 72, 118 } }, { { 11, 13 }, { 22, 15 } }, { { 11, 70 }, { 22, 15 } },
                         { { 6, 55 }, { 60, 53 } }, 2, 28, 19 },
};
/* clang-format on */

static graphene_rect_t
mirrored_in (graphene_rect_t rect, gboolean mirrored)
{
  if (mirrored)
    rect.origin.x = POSTWEG_PLAN_WIDTH - rect.origin.x - rect.size.width;
  return rect;
}

/* From a place to the picture. */
static graphene_rect_t
in_picture (const PostwegPlayPlan *plan, PostwegPlayPlace place, graphene_rect_t rect)
{
  const graphene_rect_t *frame = &measures[place].frame;
  float down =
      place == POSTWEG_AT_PROVIDER ? 0 : measures[POSTWEG_AT_PROVIDER].frame.size.height + plan->fork;

  rect.origin.x += frame->origin.x;
  rect.origin.y += frame->origin.y + down;
  return mirrored_in (rect, plan->mirrored);
}

void
postweg_play_plan (PostwegPlayPlan *plan, float fork, gboolean mirrored)
{
  *plan = (PostwegPlayPlan){ .fork = fork, .mirrored = mirrored };
  for (guint i = 0; i < POSTWEG_N_PLAY_PLACES; i++)
    {
      graphene_rect_t whole = { { 0, 0 }, measures[i].frame.size };

      plan->places[i] = in_picture (plan, (PostwegPlayPlace) i, whole);
      plan->folders[i] = in_picture (plan, (PostwegPlayPlace) i, measures[i].folder);
    }
  plan->height = measures[POSTWEG_AT_PROVIDER].frame.size.height + fork + DEVICES_HEIGHT;
}

graphene_rect_t
postweg_play_plan_spot (const PostwegPlayPlan *plan, PostwegPlayPlace place, guint mail, gboolean filed)
{
  graphene_rect_t spot = filed ? measures[place].filed : measures[place].inbox;

  spot.origin.x += (float) (mail % measures[place].columns) * measures[place].step_x;
  spot.origin.y += (float) (mail / measures[place].columns) * measures[place].step_y;
  return in_picture (plan, place, spot);
}

void
postweg_play_plan_way (const PostwegPlayPlan *plan, PostwegPlayPlace device, graphene_point_t ends[2])
{
  const graphene_rect_t *provider = &plan->places[POSTWEG_AT_PROVIDER];
  const graphene_rect_t *phone = &plan->places[POSTWEG_AT_PHONE];
  float side = (device == POSTWEG_AT_LAPTOP) != plan->mirrored ? -1 : 1;
  float bottom = provider->origin.y + provider->size.height + WAY_GAP;
  float top = plan->places[device].origin.y - WAY_GAP;
  /* the phone stands higher than the laptop: both ways lean the same */
  float lean = WAY_LEAN / (phone->origin.y - WAY_GAP - bottom);

  ends[0] = GRAPHENE_POINT_INIT (POSTWEG_PLAN_WIDTH / 2.0f + side * WAY_START, bottom);
  ends[1] = GRAPHENE_POINT_INIT (ends[0].x + side * lean * (top - bottom), top);
}
