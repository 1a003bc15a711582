/* GNOME Online Accounts: a service that speaks as the real one does (3.46), on a private session bus. */
#include "../slower.h"
#include "checkup/goa.h"
#include <string.h>

#define PATH "/org/gnome/OnlineAccounts"
#define TOKEN "ya29.a0-token-of-the-test"

/* What the service has: an account each row. */
static const struct {
  const char *id, *address, *imap, *smtp;
  gboolean oauth;
  gboolean expired; /* the person must sign in again */
} accounts[] = {
  { "account_1", "anna@gmail.example", "imap.gmail.example", "smtp.gmail.example", TRUE, FALSE },
  { "account_2", "old@gmail.example", "imap.gmail.example", "smtp.gmail.example", TRUE, TRUE },
  { "account_3", "bob@firm.example", "imap.firm.example:993", "smtp.firm.example:587", FALSE, FALSE },
};

static const char interfaces[] =
    "<node><interface name='org.freedesktop.DBus.ObjectManager'><method name='GetManagedObjects'>"
    "<arg type='a{oa{sa{sv}}}' direction='out'/></method></interface>"
    "<interface name='org.gnome.OnlineAccounts.Account'><method name='EnsureCredentials'><arg type='i' "
    "direction='out'/></method></interface>"
    "<interface name='org.gnome.OnlineAccounts.OAuth2Based'><method name='GetAccessToken'><arg type='s' "
    "direction='out'/>"
    "<arg type='i' direction='out'/></method></interface>"
    "<interface name='org.gnome.OnlineAccounts.PasswordBased'><method name='GetPassword'><arg type='s' "
    "direction='in'/>"
    "<arg type='s' direction='out'/></method></interface></node>";

static GVariant *
managed_objects (void)
{
  GVariantBuilder objects;

  g_variant_builder_init (&objects, G_VARIANT_TYPE ("a{oa{sa{sv}}}"));
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autofree char *path = g_strdup_printf (PATH "/Accounts/%s", accounts[i].id);

      g_variant_builder_open (&objects, G_VARIANT_TYPE ("{oa{sa{sv}}}"));
      g_variant_builder_add (&objects, "o", path);
      g_variant_builder_open (&objects, G_VARIANT_TYPE ("a{sa{sv}}"));
      g_variant_builder_open (&objects, G_VARIANT_TYPE ("{sa{sv}}"));
      g_variant_builder_add (&objects, "s", "org.gnome.OnlineAccounts.Mail");
      g_variant_builder_open (&objects, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&objects, "{sv}", "EmailAddress", g_variant_new_string (accounts[i].address));
      g_variant_builder_add (&objects, "{sv}", "ImapHost", g_variant_new_string (accounts[i].imap));
      g_variant_builder_add (&objects, "{sv}", "SmtpHost", g_variant_new_string (accounts[i].smtp));
      g_variant_builder_close (&objects);
      g_variant_builder_close (&objects);
      g_variant_builder_add (&objects, "{s@a{sv}}",
                             accounts[i].oauth ? "org.gnome.OnlineAccounts.OAuth2Based"
                                               : "org.gnome.OnlineAccounts.PasswordBased",
                             g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
      g_variant_builder_close (&objects);
      g_variant_builder_close (&objects);
    }
  return g_variant_new ("(a{oa{sa{sv}}})", &objects);
}

static gboolean
is_expired (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (g_str_has_suffix (path, accounts[i].id))
      return accounts[i].expired;
  return TRUE;
}

static void
answer (GDBusConnection *bus G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED, const char *path,
        const char *interface G_GNUC_UNUSED, const char *method, GVariant *arguments,
        GDBusMethodInvocation *call, gpointer data G_GNUC_UNUSED)
{
  const char *id = NULL;

  if (strcmp (method, "GetManagedObjects") == 0)
    g_dbus_method_invocation_return_value (call, managed_objects ());
  else if (is_expired (path))
    g_dbus_method_invocation_return_dbus_error (call, "org.gnome.OnlineAccounts.Error.NotAuthorized",
                                                "sign in");
  else if (strcmp (method, "EnsureCredentials") == 0)
    g_dbus_method_invocation_return_value (call, g_variant_new ("(i)", 3600));
  else if (strcmp (method, "GetAccessToken") == 0)
    g_dbus_method_invocation_return_value (call, g_variant_new ("(si)", TOKEN, 3600));
  else
    {
      g_variant_get (arguments, "(&s)", &id);
      g_dbus_method_invocation_return_value (
          call, g_variant_new ("(s)", strcmp (id, "imap-password") == 0 ? "in-pass" : "out-pass"));
    }
}

/* The service runs in a thread of its own, as it is another process in life. */
typedef struct {
  GTestDBus *daemon;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GDBusConnection *bus;
} Service;

static gpointer
serve (gpointer data)
{
  static const GDBusInterfaceVTable table = { answer, NULL, NULL, { NULL } };
  Service *service = data;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interfaces, NULL);

  g_main_context_push_thread_default (service->context);
  g_dbus_connection_register_object (service->bus, PATH, node->interfaces[0], &table, NULL, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    for (guint k = 1; node->interfaces[k] != NULL; k++)
      {
        g_autofree char *path = g_strdup_printf (PATH "/Accounts/%s", accounts[i].id);

        g_dbus_connection_register_object (service->bus, path, node->interfaces[k], &table, NULL, NULL, NULL);
      }
  g_bus_own_name_on_connection (service->bus, "org.gnome.OnlineAccounts", G_BUS_NAME_OWNER_FLAGS_NONE, NULL,
                                NULL, NULL, NULL);
  g_main_loop_run (service->loop);
  g_main_context_pop_thread_default (service->context);
  return NULL;
}

static gboolean
has_owner (GDBusConnection *bus)
{
  g_autoptr (GVariant) owned = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
      g_variant_new ("(s)", "org.gnome.OnlineAccounts"), NULL, G_DBUS_CALL_FLAGS_NONE, 5000, NULL, NULL);
  gboolean yes = FALSE;

  if (owned != NULL)
    g_variant_get (owned, "(b)", &yes);
  return yes;
}

static void
service_start (Service *service)
{
  service->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (service->daemon);
  service->bus = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (service->daemon),
                                                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                             G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                         NULL, NULL, NULL);
  g_assert_nonnull (service->bus);
  service->context = g_main_context_new ();
  service->loop = g_main_loop_new (service->context, FALSE);
  service->thread = g_thread_new ("goa", serve, service);
  for (guint i = 0; i < 500 && !has_owner (service->bus); i++)
    g_usleep (10 * 1000);
  g_assert_true (has_owner (service->bus));
}

static void
service_stop (Service *service)
{
  g_main_loop_quit (service->loop);
  g_thread_join (service->thread);
  g_main_loop_unref (service->loop);
  g_main_context_unref (service->context);
  g_dbus_connection_close_sync (service->bus, NULL, NULL);
  g_object_unref (service->bus);
  g_test_dbus_down (service->daemon);
  g_object_unref (service->daemon);
}

static const struct {
  const char *address, *imap, *smtp;
  const char *token, *incoming, *outgoing;
} rows[] = {
  { "anna@gmail.example", "imap.gmail.example", "smtp.gmail.example", TOKEN, NULL, NULL },
  { "ANNA@Gmail.example", "IMAP.gmail.example", "smtp.gmail.example", TOKEN, NULL, NULL },
  { "anna@gmail.example", "imap.gmail.example", NULL, TOKEN, NULL, NULL },
  { "bob@firm.example", "imap.firm.example", "smtp.firm.example", NULL, "in-pass", "out-pass" },
  /* a token must not go to another host than the one it is for */
  { "anna@gmail.example", "imap.evil.example", "smtp.gmail.example", NULL, NULL, NULL },
  { "anna@gmail.example", "imap.gmail.example", "smtp.evil.example", NULL, NULL, NULL },
  { "old@gmail.example", "imap.gmail.example", "smtp.gmail.example", NULL, NULL, NULL },
  { "nobody@gmail.example", "imap.gmail.example", "smtp.gmail.example", NULL, NULL, NULL },
  { "", "imap.gmail.example", "smtp.gmail.example", NULL, NULL, NULL },
};

static void
assert_secret (const PostwegSecret *secret, const char *expected)
{
  g_assert_cmpstr (secret != NULL ? postweg_secret_peek (secret) : NULL, ==, expected);
}

static void
test_rows (void)
{
  Service service = { NULL };

  service_start (&service);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PostwegServer) in =
          postweg_server_new (POSTWEG_IMAP, rows[i].imap, 0, POSTWEG_TLS, rows[i].address);
      g_autoptr (PostwegServer) out =
          rows[i].smtp != NULL
              ? postweg_server_new (POSTWEG_SMTP, rows[i].smtp, 0, POSTWEG_TLS, rows[i].address)
              : NULL;
      g_autoptr (PostwegAccount) account = postweg_account_new (NULL, rows[i].address, in, out);
      g_autoptr (PostwegCredentials) credentials = postweg_goa_credentials (account, NULL);

      g_assert_cmpint (credentials != NULL, ==, rows[i].token != NULL || rows[i].incoming != NULL);
      if (credentials == NULL)
        continue;
      assert_secret (credentials->token, rows[i].token);
      assert_secret (credentials->incoming, rows[i].incoming);
      if (rows[i].outgoing != NULL)
        assert_secret (credentials->outgoing, rows[i].outgoing);
    }
  service_stop (&service);
}

/* No bus, no service: nothing, at once, and no complaint. */
static void
test_nobody_there (void)
{
  g_autoptr (PostwegServer) in =
      postweg_server_new (POSTWEG_IMAP, "imap.gmail.example", 0, POSTWEG_TLS, "anna");
  g_autoptr (PostwegAccount) account = postweg_account_new (NULL, "anna@gmail.example", in, NULL);
  gint64 start = g_get_monotonic_time ();

  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_setenv ("XDG_RUNTIME_DIR", "/nowhere", TRUE);
  g_assert_null (postweg_goa_credentials (account, NULL));
  g_assert_cmpint (g_get_monotonic_time () - start, <, SLOWER * 2 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkup/goa/nobody-there", test_nobody_there);
  g_test_add_func ("/checkup/goa/rows", test_rows);
  return g_test_run ();
}
