/* The order of a delivery: what is there already, send, wait and look, remove; and clearing up when it is stopped. */
#include "probe/delivery.h"
#include "model/address.h"
#include "probe/parcel.h"
#include <string.h>

#define SETTLE_MS 1500 /* after the mail was found: other copies of it may be a moment behind */
#define ONE_COPY_MS                                                                                          \
  15000                  /* a server that shows one mail in several folders may never put it into the inbox */
#define PERHAPS_MS 10000 /* looking for a mail that was perhaps not taken */
#define LONGEST_PAUSE_MS 20000u
#define LOOK_MS 10000 /* for the last look, when it begins just before the time is over */
#define HURRIED_LOOKS 3
#define HURRIED_PAUSE_MS 1000

static const PostwegBoxWay *
way_of (const PostwegDeliveryJob *job)
{
  return job->incoming.server->protocol == POSTWEG_POP3 ? &postweg_box_pop3 : &postweg_box_imap;
}

static guint
ms_since (gint64 start)
{
  return (guint) ((g_get_monotonic_time () - start) / 1000);
}

/* Gmail and its like keep one mail for what was sent and what came back; whether it comes to the inbox as well takes a while to tell. */
static gboolean
is_found (const PostwegDelivery *delivery, gint64 start)
{
  const PostwegDeliveryPlace *place = postweg_delivery_arrived (delivery);

  return place != NULL && (place->kind != POSTWEG_FOLDER_ALL || ms_since (start) >= ONE_COPY_MS);
}

/* A look that has begun is made to its end. Returns: FALSE when no more looking was possible */
static gboolean
wait_and_look (PostwegParcel *parcel, const PostwegBoxWay *way, gpointer box, gint64 start, guint wait_ms)
{
  PostwegDelivery *delivery = parcel->delivery;

  while (!postweg_parcel_is_stopped (parcel) && ms_since (start) < wait_ms)
    {
      if (!way->look (box) && way->is_dead (box))
        return FALSE;
      if (is_found (delivery, start) || delivery->bounce != NULL)
        return TRUE;
      if (ms_since (start) < wait_ms)
        way->wait (box, MIN (wait_ms - ms_since (start), LONGEST_PAUSE_MS));
    }
  return TRUE;
}

static void
settle (PostwegParcel *parcel, const PostwegBoxWay *way, gpointer box)
{
  if (!way->looks_again || postweg_parcel_is_stopped (parcel))
    return;
  postweg_parcel_pause (parcel, SETTLE_MS);
  way->look (box);
}

/* From here on nothing can be stopped, and it takes no long time. */
static void
hurry (PostwegParcel *parcel)
{
  parcel->cancellable = NULL;
  parcel->end = g_get_monotonic_time () + (gint64) POSTWEG_CLEAR_UP_MS * 1000;
}

/* A mail that was under way when everything was stopped mostly comes within a second or two. */
static gboolean
look_in_a_hurry (PostwegParcel *parcel, const PostwegBoxWay *way, gpointer box, gboolean stopped)
{
  const PostwegDelivery *delivery = parcel->delivery;
  guint looks = stopped && way->looks_again ? HURRIED_LOOKS : 1;
  gboolean complete = FALSE;

  for (guint i = 0; i < looks; i++)
    {
      if (i > 0)
        postweg_parcel_pause (parcel, HURRIED_PAUSE_MS);
      complete = way->look (box);
      if (way->is_dead (box))
        return FALSE;
      if (postweg_delivery_arrived (delivery) != NULL || delivery->bounce != NULL)
        return TRUE;
    }
  return complete;
}

static void
conclude (PostwegParcel *parcel, gboolean complete)
{
  PostwegDelivery *delivery = parcel->delivery;

  if (postweg_delivery_arrived (delivery) != NULL)
    delivery->outcome = POSTWEG_DELIVERY_ARRIVED;
  else if (delivery->bounce != NULL)
    delivery->outcome = POSTWEG_DELIVERY_BOUNCED;
  else if (complete && delivery->accepted != NULL)
    delivery->outcome = POSTWEG_DELIVERY_LOST;
  else
    delivery->outcome = POSTWEG_DELIVERY_UNDECIDED;
}

/* The inbox, once: well. Elsewhere or more often: with a note. Not found: left open, like everything that time did not suffice for. */
static PostwegStep *
arrival_step (const PostwegDelivery *delivery)
{
  const PostwegDeliveryPlace *place = postweg_delivery_arrived (delivery);
  gboolean plain = place != NULL && place->kind != POSTWEG_FOLDER_JUNK && place->kind != POSTWEG_FOLDER_ALL &&
                   place->copies == 1;
  PostwegStep *step =
      postweg_step_new (POSTWEG_STAGE_ARRIVAL, plain ? POSTWEG_STEP_OK : POSTWEG_STEP_NOTE, POSTWEG_OK);

  step->ms = place != NULL ? delivery->arrival_ms : delivery->waited_ms;
  if (place != NULL)
    {
      g_free (step->detail);
      step->detail = place->copies > 1 ? g_strdup_printf ("%s, %u times", place->folder, place->copies)
                                       : g_strdup (place->folder);
      return step;
    }
  step->verdict = POSTWEG_STEP_SKIPPED;
  step->error = delivery->outcome == POSTWEG_DELIVERY_BOUNCED ? POSTWEG_OK : POSTWEG_ERROR_OUT_OF_TIME;
  return step;
}

/* That a mail could not be delivered is the matter of the way out: this side has just received the report. */
static void
keep_bounce (PostwegParcel *parcel)
{
  PostwegStep *step = postweg_step_new (POSTWEG_STAGE_ARRIVAL, POSTWEG_STEP_FAILED, POSTWEG_ERROR_REJECTED);

  step->ms = parcel->delivery->waited_ms;
  step->reply = postweg_reply_copy (parcel->delivery->bounce);
  postweg_parcel_keep_step (parcel, POSTWEG_SEND, step);
}

static void
await (PostwegParcel *parcel, const PostwegBoxWay *way, gpointer box)
{
  PostwegDelivery *delivery = parcel->delivery;
  const PostwegProbeWatch *watch = &parcel->job->incoming.watch;
  guint wait_ms = delivery->accepted != NULL ? parcel->job->wait_ms : MIN (PERHAPS_MS, parcel->job->wait_ms);
  gint64 start = g_get_monotonic_time ();
  gboolean complete, stopped;

  if (watch->begun != NULL)
    watch->begun (POSTWEG_STAGE_ARRIVAL, watch->data);
  parcel->end = start + ((gint64) wait_ms + LOOK_MS) * 1000;
  complete = wait_and_look (parcel, way, box, start, wait_ms);
  delivery->waited_ms = ms_since (start);
  if (postweg_delivery_arrived (delivery) != NULL)
    settle (parcel, way, box);
  stopped = g_cancellable_is_cancelled (parcel->cancellable);
  hurry (parcel);
  /* the last look is the one behind the deadline */
  if (complete && postweg_delivery_arrived (delivery) == NULL && delivery->bounce == NULL)
    complete = look_in_a_hurry (parcel, way, box, stopped);
  delivery->arrival_ms = delivery->waited_ms;
  delivery->stopped = stopped;
  conclude (parcel, complete && !stopped);
  if (delivery->outcome == POSTWEG_DELIVERY_BOUNCED)
    keep_bounce (parcel);
  postweg_parcel_keep_step (parcel, POSTWEG_RECEIVE, arrival_step (delivery));
  way->clear (box);
}

static void
deliver (PostwegParcel *parcel)
{
  const PostwegBoxWay *way = way_of (parcel->job);
  gpointer box = way->open (parcel);

  if (box == NULL)
    return;
  parcel->end = g_get_monotonic_time () + (gint64) parcel->job->outgoing.test_ms * 1000;
  if (postweg_parcel_send (parcel))
    await (parcel, way, box);
  way->close (box);
}

PostwegDelivery *
postweg_probe_deliver (const PostwegDeliveryJob *job, GCancellable *cancellable)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse (job->address, NULL);
  const char *to = address != NULL ? address->full : job->address;
  g_autoptr (PostwegLetter) letter = postweg_letter_new (job->name, to, job->token);
  PostwegDelivery *delivery = postweg_delivery_new (to);
  PostwegParcel parcel = { .job = job, .delivery = delivery, .letter = letter, .cancellable = cancellable };

  delivery->token = g_strdup (letter->token);
  delivery->message_id = g_strdup (letter->message_id);
  delivery->subject = g_strdup (letter->subject);
  parcel.end = g_get_monotonic_time () + (gint64) job->incoming.test_ms * 1000;
  deliver (&parcel);
  return delivery;
}
