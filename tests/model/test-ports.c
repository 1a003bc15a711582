/* The map of ports: its order, its names, its JSON. */
#include "model/json.h"
#include <string.h>

static void
add (GPtrArray *map, const char *host, const char *address, guint16 number, PostwegProtocol protocol)
{
  g_ptr_array_add (map, postweg_port_new (host, address, number, protocol));
}

/* Receiving before sending, numbers rising, IPv4 before IPv6, the incoming server's host first. */
static void
test_order (void)
{
  static const char *const hosts[] = { "in.example", "out.example", NULL };
  g_autoptr (GPtrArray) map = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_port_free);
  g_autoptr (GString) order = g_string_new (NULL);

  add (map, "out.example", "192.0.2.2", 587, POSTWEG_SMTP);
  add (map, "OUT.example", "192.0.2.2", 25, POSTWEG_SMTP);
  add (map, "in.example", "2001:db8::1", 993, POSTWEG_IMAP);
  add (map, "in.example", "192.0.2.1", 110, POSTWEG_POP3);
  add (map, "in.example", "192.0.2.1", 993, POSTWEG_IMAP);
  add (map, "in.example", "192.0.2.1", 143, POSTWEG_IMAP);
  postweg_port_map_sort (map, hosts);
  for (guint i = 0; i < map->len; i++)
    {
      const PostwegPort *port = g_ptr_array_index (map, i);

      g_string_append_printf (order, "%u%s ", port->port, port->ipv6 ? "/6" : "");
    }
  g_assert_cmpstr (order->str, ==, "143 993 993/6 110 25 587 ");
}

static void
test_usual (void)
{
  for (guint i = 0; i < POSTWEG_N_USUAL_PORTS; i++)
    {
      const PostwegUsualPort *usual = &postweg_usual_ports[i];
      gboolean other_way_in = usual->port == 25 || usual->port == 2525;

      g_assert_true (other_way_in || postweg_default_port (usual->protocol, usual->security) == usual->port);
      for (guint k = 0; k < i; k++)
        g_assert_cmpuint (postweg_usual_ports[k].port, !=, usual->port);
    }
}

static void
test_json (void)
{
  g_autoptr (GPtrArray) map = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_port_free);
  PostwegPort *port = postweg_port_new ("mail.example", "2001:db8::1", 993, POSTWEG_IMAP);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *first, *second;

  port->state = POSTWEG_PORT_OPEN;
  port->speaks = POSTWEG_SPEAKS_TLS;
  port->greeting = g_strdup ("* OK \"ready\"");
  port->ms = 12;
  port->tls = postweg_tls_facts_new ("mail.example");
  g_ptr_array_add (map, port);
  add (map, "mail.example", "192.0.2.1", 25, POSTWEG_SMTP);
  node = postweg_port_map_to_json (map);
  first = json_array_get_object_element (json_node_get_array (node), 0);
  second = json_array_get_object_element (json_node_get_array (node), 1);
  g_assert_cmpstr (json_object_get_string_member (first, "host"), ==, "mail.example");
  g_assert_cmpint (json_object_get_int_member (first, "port"), ==, 993);
  g_assert_cmpstr (json_object_get_string_member (first, "protocol"), ==, "imap");
  g_assert_cmpstr (json_object_get_string_member (first, "family"), ==, "ipv6");
  g_assert_cmpstr (json_object_get_string_member (first, "address"), ==, "2001:db8::1");
  g_assert_cmpstr (json_object_get_string_member (first, "state"), ==, "open");
  g_assert_cmpstr (json_object_get_string_member (first, "speaks"), ==, "tls");
  g_assert_cmpstr (json_object_get_string_member (first, "greeting"), ==, "* OK \"ready\"");
  g_assert_cmpint (json_object_get_int_member (first, "ms"), ==, 12);
  g_assert_true (json_object_get_boolean_member (first, "tls"));
  g_assert_cmpstr (json_object_get_string_member (second, "state"), ==, "unknown");
  g_assert_cmpstr (json_object_get_string_member (second, "family"), ==, "ipv4");
  g_assert_true (json_object_get_null_member (second, "greeting"));
  g_assert_false (json_object_has_member (second, "certificate"));
}

/* Without being asked for the map is not there at all. */
static void
test_only_when_asked (void)
{
  g_autoptr (PostwegAccount) account = postweg_account_new ("Anna", "anna@example.org", NULL, NULL);
  g_autoptr (PostwegTestResult) result = postweg_test_result_new (account);
  g_autoptr (JsonNode) without = postweg_test_result_to_json (result, FALSE);
  g_autoptr (JsonNode) with = NULL;

  result->ports = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_port_free);
  with = postweg_test_result_to_json (result, FALSE);
  g_assert_false (json_object_has_member (json_node_get_object (without), "ports"));
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (json_node_get_object (with), "ports")), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/ports/order", test_order);
  g_test_add_func ("/model/ports/usual", test_usual);
  g_test_add_func ("/model/ports/json", test_json);
  g_test_add_func ("/model/ports/only-when-asked", test_only_when_asked);
  return g_test_run ();
}
