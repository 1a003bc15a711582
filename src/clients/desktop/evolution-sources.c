/* Evolution's service on the session bus: sources are listed, made, changed and taken away. */
#include "clients/desktop/bus.h"
#include "clients/desktop/evolution-sources.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define SUFFIX ".Sources5"
#define MANAGER "/org/gnome/evolution/dataserver/SourceManager"
#define INTERFACE "org.gnome.evolution.dataserver"
#define DBUS "org.freedesktop.DBus"
#define SECONDS 20 /* it may have to be started first */

static void
add_names (GPtrArray *services, const char *method)
{
  g_autoptr (GVariant) answer =
      postweg_bus_call (DBUS, "/org/freedesktop/DBus", method, NULL, "(as)", SECONDS, NULL);
  g_autoptr (GVariantIter) names = NULL;
  const char *name;

  if (answer == NULL)
    return;
  g_variant_get (answer, "(as)", &names);
  while (g_variant_iter_next (names, "&s", &name))
    if (g_str_has_suffix (name, SUFFIX) &&
        !g_ptr_array_find_with_equal_func (services, name, g_str_equal, NULL))
      g_ptr_array_add (services, g_strdup (name));
}

char **
postweg_evolution_services (void)
{
  g_autoptr (GPtrArray) services = g_ptr_array_new ();

  add_names (services, DBUS ".ListActivatableNames");
  add_names (services, DBUS ".ListNames");
  g_ptr_array_add (services, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&services), FALSE);
}

static void
source_free (gpointer data)
{
  PostwegEvolutionSource *source = data;

  g_free (source->uid);
  g_free (source->path);
  g_clear_pointer (&source->data, g_bytes_unref);
  g_free (source);
}

/* interfaces: a{sa{sv}} of one object */
static void
add_source (GPtrArray *sources, const char *path, GVariant *interfaces)
{
  g_autoptr (GVariant) own = g_variant_lookup_value (interfaces, INTERFACE ".Source", G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) writable =
      g_variant_lookup_value (interfaces, INTERFACE ".Source.Writable", G_VARIANT_TYPE_VARDICT);
  const char *uid = NULL, *data = NULL;
  PostwegEvolutionSource *source;

  if (own == NULL || !g_variant_lookup (own, "UID", "&s", &uid) ||
      !g_variant_lookup (own, "Data", "&s", &data))
    return;
  source = g_new (PostwegEvolutionSource, 1);
  *source = (PostwegEvolutionSource){ g_strdup (uid), g_strdup (path), g_bytes_new (data, strlen (data)),
                                      writable != NULL };
  g_ptr_array_add (sources, source);
}

GPtrArray *
postweg_evolution_sources (const char *service, GError **error)
{
  g_autoptr (GVariant) answer = postweg_bus_call (service, MANAGER, DBUS ".ObjectManager.GetManagedObjects",
                                                  NULL, "(a{oa{sa{sv}}})", SECONDS, error);
  g_autoptr (GVariantIter) objects = NULL;
  GPtrArray *sources;
  const char *path;
  GVariant *interfaces;

  if (answer == NULL)
    return NULL;
  sources = g_ptr_array_new_with_free_func (source_free);
  g_variant_get (answer, "(a{oa{sa{sv}}})", &objects);
  while (g_variant_iter_next (objects, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      add_source (sources, path, interfaces);
      g_variant_unref (interfaces);
    }
  return sources;
}

const PostwegEvolutionSource *
postweg_evolution_source (const GPtrArray *sources, const char *uid)
{
  for (guint i = 0; i < sources->len; i++)
    if (g_strcmp0 (((PostwegEvolutionSource *) sources->pdata[i])->uid, uid) == 0)
      return g_ptr_array_index (sources, i);
  return NULL;
}

char *
postweg_evolution_target (const char *service, const char *uid)
{
  return g_strdup_printf ("%s/%s", service, uid);
}

/* source: (out) (transfer none): in `sources`; NULL: there is none */
static GPtrArray *
look_up (const PostwegChange *change, const PostwegEvolutionSource **source, GError **error)
{
  const char *slash = strrchr (change->target, '/');
  g_autofree char *service =
      slash != NULL ? g_strndup (change->target, (gsize) (slash - change->target)) : g_strdup ("");
  GPtrArray *sources = postweg_evolution_sources (service, error);

  *source = sources != NULL && slash != NULL ? postweg_evolution_source (sources, slash + 1) : NULL;
  return sources;
}

static gboolean
read_source (const PostwegChange *change, GBytes **now, GError **error)
{
  const PostwegEvolutionSource *source = NULL;
  g_autoptr (GPtrArray) sources = look_up (change, &source, error);

  *now = source != NULL ? g_bytes_ref (source->data) : NULL;
  return sources != NULL;
}

static char *
text_of (GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strndup (data != NULL ? data : "", size);
}

static gboolean
create (const PostwegChange *change, const char *service, GError **error)
{
  g_autofree char *text = text_of (change->after);
  GVariantBuilder builder;
  g_autoptr (GVariant) answer = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", strrchr (change->target, '/') + 1, text);
  answer = postweg_bus_call (service, MANAGER, INTERFACE ".SourceManager.CreateSources",
                             g_variant_new ("(a{ss})", &builder), "()", SECONDS, error);
  return answer != NULL;
}

/* after NULL: it goes, and those below it */
static gboolean
change_it (const PostwegChange *change, const char *service, const char *path, GError **error)
{
  g_autofree char *text = change->after != NULL ? text_of (change->after) : NULL;
  const char *method =
      text != NULL ? INTERFACE ".Source.Writable.Write" : INTERFACE ".Source.Removable.Remove";
  g_autoptr (GVariant) answer = postweg_bus_call (
      service, path, method, text != NULL ? g_variant_new ("(s)", text) : NULL, "()", SECONDS, error);

  return answer != NULL;
}

static gboolean
write_source (const PostwegChange *change, const char *id G_GNUC_UNUSED, GError **error)
{
  const PostwegEvolutionSource *source = NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) sources = look_up (change, &source, &cause);
  g_autofree char *service =
      g_strndup (change->target, (gsize) (strrchr (change->target, '/') - change->target));
  gboolean ok = sources != NULL;

  if (ok && source != NULL)
    ok = change_it (change, service, source->path, &cause);
  else if (ok && change->after != NULL)
    ok = create (change, service, &cause);
  if (!ok)
    g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE,
                 _("Evolution did not take the account: %s"), cause->message);
  return ok;
}

const PostwegStore postweg_store_evolution = { read_source, write_source };
