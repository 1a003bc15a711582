/* The map of ports as JSON. */
#include "model/json-build.h"
#include "model/json.h"

static const char *
subject_of (const PostwegTlsFacts *tls)
{
  return tls != NULL && tls->chain->len > 0
             ? ((const PostwegCertLink *) g_ptr_array_index (tls->chain, 0))->subject
             : NULL;
}

static void
add_port (JsonBuilder *builder, const PostwegPort *port)
{
  json_builder_begin_object (builder);
  postweg_json_string (builder, "host", port->host);
  postweg_json_int (builder, "port", port->port);
  postweg_json_string (builder, "protocol", postweg_protocol_name (port->protocol));
  postweg_json_string (builder, "family", port->ipv6 ? "ipv6" : "ipv4");
  postweg_json_string (builder, "address", port->address);
  postweg_json_string (builder, "state", postweg_port_state_name (port->state));
  postweg_json_string (builder, "speaks", postweg_speaks_name (port->speaks));
  postweg_json_string (builder, "greeting", port->greeting);
  postweg_json_int (builder, "ms", port->ms);
  postweg_json_bool (builder, "tls", port->tls != NULL);
  if (port->tls != NULL)
    {
      postweg_json_bool (builder, "trusted", port->tls->faults == 0);
      postweg_json_string (builder, "certificate", subject_of (port->tls));
    }
  json_builder_end_object (builder);
}

JsonNode *
postweg_port_map_to_json (const GPtrArray *map)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < map->len; i++)
    add_port (builder, g_ptr_array_index (map, i));
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}
