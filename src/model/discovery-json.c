/* What was found for an address, and the advice, as JSON. */
#include "model/json-build.h"
#include "model/json.h"

static JsonNode *
found_server (const PostwegFoundServer *found)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (found == NULL)
    return json_node_new (JSON_NODE_NULL);
  json_builder_begin_object (builder);
  postweg_json_string (builder, "host", found->server->host);
  postweg_json_int (builder, "port", found->server->port);
  postweg_json_string (builder, "security", postweg_security_name (found->server->security));
  postweg_json_string (builder, "user", found->server->user);
  postweg_json_array (builder, "auth");
  for (guint i = 0; i < found->n_auths; i++)
    json_builder_add_string_value (builder, postweg_auth_name (found->auths[i]));
  json_builder_end_array (builder);
  postweg_json_string (builder, "source", found->source);
  postweg_json_string (builder, "trust", found->trust);
  if (found->check != POSTWEG_CHECK_NONE)
    postweg_json_string (builder, "check", postweg_check_name (found->check));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static JsonNode *
alternative (const PostwegFoundServer *found)
{
  JsonNode *node = found_server (found);

  json_object_set_string_member (json_node_get_object (node), "protocol",
                                 postweg_protocol_name (found->server->protocol));
  return node;
}

static void
add_prerequisites (JsonBuilder *builder, const PostwegProvider *provider)
{
  postweg_json_array (builder, "prerequisites");
  for (guint i = 0; provider != NULL && i < provider->n_prerequisites; i++)
    {
      json_builder_begin_object (builder);
      postweg_json_string (builder, "code", provider->prerequisites[i].code);
      postweg_json_string (builder, "protocol", provider->prerequisites[i].protocol);
      postweg_json_string (builder, "url", provider->prerequisites[i].url);
      postweg_json_string (builder, "since", provider->prerequisites[i].since);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* All servers but the first of each protocol. */
static void
add_alternatives (JsonBuilder *builder, const PostwegDiscovery *discovery)
{
  postweg_json_array (builder, "alternatives");
  for (guint i = 0; i < discovery->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (discovery->servers, i);

      if (found != postweg_discovery_best (discovery, found->server->protocol))
        json_builder_add_value (builder, alternative (found));
    }
  json_builder_end_array (builder);
}

static void
add_claim (JsonBuilder *builder, const char *member, const char *value, const char *source)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
  postweg_json_string (builder, "value", value);
  postweg_json_string (builder, "source", source);
  json_builder_end_object (builder);
}

static void
add_conflicts (JsonBuilder *builder, const PostwegDiscovery *discovery)
{
  postweg_json_array (builder, "conflicts");
  for (guint i = 0; i < discovery->conflicts->len; i++)
    {
      const PostwegConflict *conflict = g_ptr_array_index (discovery->conflicts, i);

      json_builder_begin_object (builder);
      postweg_json_string (builder, "protocol", postweg_protocol_name (conflict->protocol));
      postweg_json_string (builder, "field", conflict->field);
      add_claim (builder, "chosen", conflict->chosen, conflict->source);
      add_claim (builder, "other", conflict->other, conflict->other_source);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_askable (JsonBuilder *builder, const PostwegDiscovery *discovery)
{
  postweg_json_array (builder, "askable");
  for (guint i = 0; i < discovery->askable->len; i++)
    {
      const PostwegAskable *askable = g_ptr_array_index (discovery->askable, i);

      json_builder_begin_object (builder);
      postweg_json_string (builder, "host", askable->host);
      postweg_json_string (builder, "consent", postweg_consent_name (askable->consent));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
outcome_of (const PostwegDiscovery *discovery)
{
  static const char *const names[] = { "found", "confirm", "manual", "explain" };

  if (discovery->outcome == POSTWEG_OUTCOME_EXPLAIN)
    return g_strdup_printf ("explain:%s", discovery->code);
  return g_strdup (names[discovery->outcome]);
}

JsonNode *
postweg_discovery_to_json (const PostwegDiscovery *discovery)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *outcome = outcome_of (discovery);

  json_builder_begin_object (builder);
  postweg_json_string (builder, "outcome", outcome);
  postweg_json_string (builder, "source", discovery->source);
  postweg_json_string (builder, "trust", discovery->trust);
  postweg_json_string (builder, "provider", discovery->provider != NULL ? discovery->provider->name : NULL);
  postweg_json_node (builder, "imap", found_server (postweg_discovery_best (discovery, POSTWEG_IMAP)));
  postweg_json_node (builder, "pop3", found_server (postweg_discovery_best (discovery, POSTWEG_POP3)));
  postweg_json_node (builder, "smtp", found_server (postweg_discovery_best (discovery, POSTWEG_SMTP)));
  add_prerequisites (builder, discovery->provider);
  add_alternatives (builder, discovery);
  add_conflicts (builder, discovery);
  postweg_json_string (builder, "meant", discovery->meant);
  postweg_json_strings (builder, "asked", discovery->asked);
  postweg_json_strings (builder, "looked_at", discovery->looked_at);
  add_askable (builder, discovery);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
postweg_advice_to_json (const PostwegAdvice *advice)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  postweg_json_string (builder, "recommend", postweg_protocol_name (advice->recommend));
  postweg_json_bool (builder, "clear", advice->clear);
  postweg_json_strings (builder, "reasons", advice->reasons);
  postweg_json_strings (builder, "against", advice->against);
  postweg_json_node (builder, "pop", postweg_pop_options_to_json (&advice->pop));
  postweg_json_strings (builder, "provider_notes", advice->provider_notes);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
