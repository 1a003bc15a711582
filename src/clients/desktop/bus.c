/* Questions over the session bus. */
#include "clients/desktop/bus.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define DBUS "org.freedesktop.DBus"
#define SHORT_SECONDS 3

/* The library would start a bus of its own where there is none. */
GDBusConnection *
postweg_bus_session (GCancellable *cancellable)
{
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL && !g_file_test (socket, G_FILE_TEST_EXISTS))
    return NULL;
  return g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, NULL);
}

GVariant *
postweg_bus_call (const char *service, const char *path, const char *method, GVariant *arguments,
                  const char *answer, guint seconds, GError **error)
{
  g_autoptr (GVariant) mine = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  g_autoptr (GDBusConnection) bus = postweg_bus_session (NULL);
  g_autoptr (GError) cause = NULL;
  const char *dot = strrchr (method, '.');
  g_autofree char *interface = g_strndup (method, (gsize) (dot - method));
  GVariant *result;

  if (bus == NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
                   _("There is no desktop session here, so “%s” could not be asked."), service);
      return NULL;
    }
  result = g_dbus_connection_call_sync (bus, service, path, interface, dot + 1, mine, G_VARIANT_TYPE (answer),
                                        G_DBUS_CALL_FLAGS_NONE, (gint) seconds * 1000, NULL, &cause);
  if (result != NULL)
    return result;
  g_dbus_error_strip_remote_error (cause);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
               _("“%s” did not do what it was asked: %s"), service, cause->message);
  return NULL;
}

gboolean
postweg_bus_runs (const char *name, const char *folder)
{
  g_autofree char *home = g_strconcat (g_get_home_dir (), G_DIR_SEPARATOR_S, NULL);
  g_autofree char *config = g_strconcat (g_get_user_config_dir (), G_DIR_SEPARATOR_S, NULL);
  g_autoptr (GVariant) answer = NULL;
  gboolean owned = FALSE;

  if (!g_str_has_prefix (folder, home) && !g_str_has_prefix (folder, config))
    return FALSE;
  answer = postweg_bus_call (DBUS, "/org/freedesktop/DBus", DBUS ".NameHasOwner", g_variant_new ("(s)", name),
                             "(b)", SHORT_SECONDS, NULL);
  if (answer != NULL)
    g_variant_get (answer, "(b)", &owned);
  return owned;
}
