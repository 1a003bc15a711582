/* The value of a delivery, and the questions that are asked of it. */
#include "model/delivery.h"
#include <string.h>

static void
place_free (gpointer data)
{
  PostwegDeliveryPlace *place = data;

  g_free (place->folder);
  g_free (place);
}

PostwegDelivery *
postweg_delivery_new (const char *address)
{
  PostwegDelivery *delivery = g_new0 (PostwegDelivery, 1);

  delivery->outcome = POSTWEG_DELIVERY_NOT_SENT;
  delivery->address = g_strdup (address);
  delivery->outgoing_steps = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_step_free);
  delivery->incoming_steps = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_step_free);
  delivery->places = g_ptr_array_new_with_free_func (place_free);
  delivery->hops = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_hop_free);
  delivery->outgoing_dialogue = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dialogue_line_free);
  delivery->incoming_dialogue = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dialogue_line_free);
  return delivery;
}

void
postweg_delivery_free (PostwegDelivery *delivery)
{
  if (delivery == NULL)
    return;
  g_free (delivery->address);
  g_free (delivery->token);
  g_free (delivery->message_id);
  g_free (delivery->subject);
  g_ptr_array_unref (delivery->outgoing_steps);
  g_ptr_array_unref (delivery->incoming_steps);
  g_free (delivery->accepted);
  g_ptr_array_unref (delivery->places);
  g_ptr_array_unref (delivery->hops);
  g_free (delivery->checks.server);
  g_free (delivery->checks.spf);
  g_free (delivery->checks.dkim);
  g_free (delivery->checks.dmarc);
  postweg_reply_free (delivery->bounce);
  g_ptr_array_unref (delivery->outgoing_dialogue);
  g_ptr_array_unref (delivery->incoming_dialogue);
  g_free (delivery);
}

PostwegDeliveryPlace *
postweg_delivery_place (PostwegDelivery *delivery, PostwegFolderKind kind, const char *folder)
{
  PostwegDeliveryPlace *fresh;

  for (guint i = 0; i < delivery->places->len; i++)
    {
      PostwegDeliveryPlace *place = g_ptr_array_index (delivery->places, i);

      if (strcmp (place->folder, folder) == 0)
        return place;
    }
  fresh = g_new0 (PostwegDeliveryPlace, 1);
  fresh->kind = kind;
  fresh->folder = g_strdup (folder);
  g_ptr_array_add (delivery->places, fresh);
  return fresh;
}

const PostwegDeliveryPlace *
postweg_delivery_arrived (const PostwegDelivery *delivery)
{
  const PostwegDeliveryPlace *best = NULL;

  for (guint i = 0; i < delivery->places->len; i++)
    {
      const PostwegDeliveryPlace *place = g_ptr_array_index (delivery->places, i);

      if (place->copies > 0 && place->kind < POSTWEG_FOLDER_TRASH &&
          (best == NULL || place->kind < best->kind))
        best = place;
    }
  return best;
}

guint
postweg_delivery_copies (const PostwegDelivery *delivery, PostwegFolderKind kind)
{
  guint n = 0;

  for (guint i = 0; i < delivery->places->len; i++)
    {
      const PostwegDeliveryPlace *place = g_ptr_array_index (delivery->places, i);

      n += place->kind == kind ? place->copies : 0;
    }
  return n;
}

guint
postweg_delivery_left (const PostwegDelivery *delivery)
{
  guint n = 0;

  for (guint i = 0; i < delivery->places->len; i++)
    {
      const PostwegDeliveryPlace *place = g_ptr_array_index (delivery->places, i);

      n += place->copies - MIN (place->removed, place->copies);
    }
  return n;
}

const char *
postweg_delivery_outcome_name (PostwegDeliveryOutcome outcome)
{
  static const char *const names[] = { "not-sent", "undecided", "lost", "bounced", "arrived" };

  return names[outcome];
}

const char *
postweg_folder_kind_name (PostwegFolderKind kind)
{
  static const char *const names[] = { "inbox", "junk", "other", "all", "trash", "sent" };

  return names[kind];
}

PostwegHop *
postweg_hop_new (void)
{
  PostwegHop *hop = g_new0 (PostwegHop, 1);

  hop->from = g_strdup ("");
  hop->by = g_strdup ("");
  hop->with = g_strdup ("");
  return hop;
}

void
postweg_hop_free (PostwegHop *hop)
{
  if (hop == NULL)
    return;
  g_free (hop->from);
  g_free (hop->by);
  g_free (hop->with);
  g_free (hop);
}
