/* The questions that are asked of a delivery, and its JSON. */
#include "model/json.h"

typedef struct {
  PostwegFolderKind kind;
  const char *folder;
  guint copies, removed;
} Place;

static const struct {
  const char *name;
  Place places[5];
  const char *arrived; /* folder, or NULL */
  guint inbox, sent, left;
} rows[] = {
  { "nothing", { { .folder = NULL } }, NULL, 0, 0, 0 },
  { "inbox", { { POSTWEG_FOLDER_INBOX, "INBOX", 1, 1 } }, "INBOX", 1, 0, 0 },
  { "inbox-and-sent",
    { { POSTWEG_FOLDER_SENT, "Sent", 1, 1 }, { POSTWEG_FOLDER_INBOX, "INBOX", 2, 1 } },
    "INBOX",
    2,
    1,
    1 },
  { "sent-is-no-arrival", { { POSTWEG_FOLDER_SENT, "Sent", 1, 1 } }, NULL, 0, 1, 0 },
  { "trash-is-no-arrival", { { POSTWEG_FOLDER_TRASH, "Trash", 1, 1 } }, NULL, 0, 0, 0 },
  { "junk-before-others",
    { { POSTWEG_FOLDER_OTHER, "Lists", 1, 0 }, { POSTWEG_FOLDER_JUNK, "Spam", 1, 0 } },
    "Spam",
    0,
    0,
    2 },
  { "all-is-the-last-choice",
    { { POSTWEG_FOLDER_ALL, "All Mail", 1, 1 }, { POSTWEG_FOLDER_OTHER, "Lists", 1, 1 } },
    "Lists",
    0,
    0,
    0 },
  { "all-alone", { { POSTWEG_FOLDER_ALL, "All Mail", 1, 1 } }, "All Mail", 0, 0, 0 },
  { "looked-into-and-empty", { { POSTWEG_FOLDER_INBOX, "INBOX", 0, 0 } }, NULL, 0, 0, 0 },
  { "removed-more-than-counted", { { POSTWEG_FOLDER_INBOX, "INBOX", 1, 2 } }, "INBOX", 1, 0, 0 },
};

static PostwegDelivery *
delivery_of (guint row)
{
  PostwegDelivery *delivery = postweg_delivery_new ("a@b.example");

  for (const Place *place = rows[row].places; place->folder != NULL; place++)
    {
      PostwegDeliveryPlace *fresh = postweg_delivery_place (delivery, place->kind, place->folder);

      fresh->copies = place->copies;
      fresh->removed = place->removed;
      /* the second time it is the same one */
      g_assert_true (fresh == postweg_delivery_place (delivery, place->kind, place->folder));
    }
  return delivery;
}

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PostwegDelivery) delivery = delivery_of (i);
  const PostwegDeliveryPlace *place = postweg_delivery_arrived (delivery);

  g_assert_cmpstr (place != NULL ? place->folder : NULL, ==, rows[i].arrived);
  g_assert_cmpuint (postweg_delivery_copies (delivery, POSTWEG_FOLDER_INBOX), ==, rows[i].inbox);
  g_assert_cmpuint (postweg_delivery_copies (delivery, POSTWEG_FOLDER_SENT), ==, rows[i].sent);
  g_assert_cmpuint (postweg_delivery_left (delivery), ==, rows[i].left);
}

static void
test_json (void)
{
  g_autoptr (PostwegDelivery) delivery = delivery_of (2);
  g_autoptr (PostwegHop) hop = postweg_hop_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object, *first;

  delivery->outcome = POSTWEG_DELIVERY_ARRIVED;
  delivery->sent_known = TRUE;
  delivery->checks.dmarc = g_strdup ("fail");
  hop->time = 1795433324;
  g_ptr_array_add (delivery->hops, g_steal_pointer (&hop));
  node = postweg_delivery_to_json (delivery);
  object = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (object, "outcome"), ==, "arrived");
  g_assert_cmpstr (json_object_get_string_member (object, "found_in"), ==, "inbox");
  g_assert_cmpint (json_object_get_int_member (object, "inbox_copies"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (object, "sent_copies"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (object, "left"), ==, 1);
  first = json_array_get_object_element (json_object_get_array_member (object, "hops"), 0);
  g_assert_cmpstr (json_object_get_string_member (first, "time"), ==, "2026-11-23T11:28:44Z");
  g_assert_true (json_object_get_null_member (first, "ms"));
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (object, "sender_checks"), "dmarc"), ==,
      "fail");
  g_assert_true (json_object_get_null_member (object, "bounce"));
}

/* Where the folder for sent mail could not be looked into, nothing is said about it. */
static void
test_json_unknown_sent (void)
{
  g_autoptr (PostwegDelivery) delivery = delivery_of (1);
  g_autoptr (JsonNode) node = postweg_delivery_to_json (delivery);

  g_assert_true (json_object_get_null_member (json_node_get_object (node), "sent_copies"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/model/delivery/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/model/delivery/json", test_json);
  g_test_add_func ("/model/delivery/json-unknown-sent", test_json_unknown_sent);
  return g_test_run ();
}
