/* A delivery as JSON. */
#include "model/json-build.h"
#include "model/json.h"

static void
add_place (JsonBuilder *builder, const PostwegDeliveryPlace *place)
{
  json_builder_begin_object (builder);
  postweg_json_string (builder, "kind", postweg_folder_kind_name (place->kind));
  postweg_json_string (builder, "folder", place->folder);
  postweg_json_int (builder, "copies", place->copies);
  postweg_json_int (builder, "removed", place->removed);
  postweg_json_int (builder, "marked", place->marked);
  json_builder_end_object (builder);
}

static void
add_hop (JsonBuilder *builder, const PostwegHop *hop)
{
  g_autoptr (GDateTime) moment = hop->time != 0 ? g_date_time_new_from_unix_utc (hop->time) : NULL;
  g_autofree char *time = moment != NULL ? g_date_time_format_iso8601 (moment) : NULL;

  json_builder_begin_object (builder);
  postweg_json_string (builder, "from", hop->from);
  postweg_json_string (builder, "by", hop->by);
  postweg_json_string (builder, "with", hop->with);
  postweg_json_string (builder, "time", time);
  if (hop->has_ms)
    postweg_json_int (builder, "ms", hop->ms);
  else
    postweg_json_string (builder, "ms", NULL);
  postweg_json_bool (builder, "tls", hop->tls);
  json_builder_end_object (builder);
}

static void
add_checks (JsonBuilder *builder, const PostwegSenderChecks *checks)
{
  json_builder_set_member_name (builder, "sender_checks");
  json_builder_begin_object (builder);
  postweg_json_string (builder, "by", checks->server);
  postweg_json_string (builder, "spf", checks->spf);
  postweg_json_string (builder, "dkim", checks->dkim);
  postweg_json_string (builder, "dmarc", checks->dmarc);
  json_builder_end_object (builder);
}

static void
add_lists (JsonBuilder *builder, const PostwegDelivery *delivery)
{
  postweg_json_array (builder, "places");
  for (guint i = 0; i < delivery->places->len; i++)
    add_place (builder, g_ptr_array_index (delivery->places, i));
  json_builder_end_array (builder);
  postweg_json_array (builder, "hops");
  for (guint i = 0; i < delivery->hops->len; i++)
    add_hop (builder, g_ptr_array_index (delivery->hops, i));
  json_builder_end_array (builder);
}

/* How many copies lie among the sent mail; null when that folder could not be looked into. */
static void
add_sent (JsonBuilder *builder, const PostwegDelivery *delivery)
{
  if (delivery->sent_known)
    postweg_json_int (builder, "sent_copies", postweg_delivery_copies (delivery, POSTWEG_FOLDER_SENT));
  else
    postweg_json_string (builder, "sent_copies", NULL);
}

JsonNode *
postweg_delivery_to_json (const PostwegDelivery *delivery)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const PostwegDeliveryPlace *place = postweg_delivery_arrived (delivery);
  g_autofree char *bounce = delivery->bounce != NULL ? postweg_reply_words (delivery->bounce) : NULL;

  json_builder_begin_object (builder);
  postweg_json_string (builder, "outcome", postweg_delivery_outcome_name (delivery->outcome));
  postweg_json_string (builder, "address", delivery->address);
  postweg_json_string (builder, "token", delivery->token);
  postweg_json_string (builder, "message_id", delivery->message_id);
  postweg_json_string (builder, "subject", delivery->subject);
  postweg_json_string (builder, "accepted", delivery->accepted);
  postweg_json_string (builder, "found_in", place != NULL ? postweg_folder_kind_name (place->kind) : NULL);
  postweg_json_string (builder, "folder", place != NULL ? place->folder : NULL);
  postweg_json_int (builder, "arrival_ms", delivery->arrival_ms);
  postweg_json_int (builder, "waited_ms", delivery->waited_ms);
  postweg_json_int (builder, "inbox_copies", postweg_delivery_copies (delivery, POSTWEG_FOLDER_INBOX));
  add_sent (builder, delivery);
  add_lists (builder, delivery);
  add_checks (builder, &delivery->checks);
  postweg_json_string (builder, "bounce", bounce);
  postweg_json_int (builder, "left", postweg_delivery_left (delivery));
  postweg_json_bool (builder, "stopped", delivery->stopped);
  postweg_json_int (builder, "incoming_sign_ins", delivery->incoming_sign_ins);
  postweg_json_int (builder, "outgoing_sign_ins", delivery->outgoing_sign_ins);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
