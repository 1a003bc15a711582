/* Without an installed schema there is no memory, and nothing else is lost. */
#include "ui/remember.h"
#include <gio/gio.h>

#define SCHEMA "org.postweg.Postweg"

/* Returns: (transfer full): or NULL */
static GSettings *
settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema *schema = source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

  if (schema == NULL)
    return NULL;
  g_settings_schema_unref (schema);
  return g_settings_new (SCHEMA);
}

void
postweg_remember_load (PostwegJourney *journey)
{
  g_autoptr (GSettings) settings = settings_new ();
  g_autofree char *name = NULL;
  g_autofree char *address = NULL;

  if (settings == NULL)
    return;
  name = g_settings_get_string (settings, "name");
  address = g_settings_get_string (settings, "address");
  postweg_journey_set_consent (journey, (PostwegConsent) g_settings_get_enum (settings, "consent"));
  postweg_journey_set_person (journey, name, address);
}

void
postweg_remember_save (PostwegJourney *journey)
{
  g_autoptr (GSettings) settings = settings_new ();

  if (settings == NULL)
    return;
  g_settings_set_enum (settings, "consent", (int) postweg_journey_get_consent (journey));
  /* an account of a mail program is remembered there */
  if (postweg_journey_get_place (journey) == NULL)
    {
      g_settings_set_string (settings, "name", postweg_journey_get_name (journey));
      g_settings_set_string (settings, "address", postweg_journey_get_address (journey));
    }
  g_settings_sync ();
}

void
postweg_remember_forget (void)
{
  static const char *const keys[] = { "consent", "name", "address" };
  g_autoptr (GSettings) settings = settings_new ();

  for (guint i = 0; settings != NULL && i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
  if (settings != NULL)
    g_settings_sync ();
}
