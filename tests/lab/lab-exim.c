/* Exim: submission as most shared hosters run it. */
#include "lab-private.h"
#include <string.h>

/* Base64 since Exim gives some characters in its files a meaning. */
static gboolean
write_users (const Lab *lab, GError **error)
{
  g_autoptr (GString) users = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  for (const LabUser *user = lab_users (); user->name != NULL; user++)
    {
      g_autofree char *coded = g_base64_encode ((const guchar *) user->password, strlen (user->password));

      g_string_append_printf (users, "%s: %s\n", user->login, coded);
      g_string_append_printf (names, "%s:\n", user->name);
    }
  return lab_write_file (lab, "exim/users", users->str, 0644, error) &&
         lab_write_file (lab, "exim/names", names->str, 0644, error);
}

/* The certificate of each address that has not the good one. */
static const char papers[] =
    LAB_EXIM_EXPIRED ": expired\n" LAB_EXIM_INCOMPLETE ": incomplete\n" LAB_EXIM_NO_TLS ": missing\n";

static gboolean
prepare (const Lab *lab, GPtrArray *values, GError **error)
{
  static const LabPort ports[] = { LAB_SMTPS, LAB_SUBMISSION, LAB_SMTP };
  g_autoptr (GString) listen = g_string_new (NULL);

  for (guint host = 1; host <= LAB_HOSTS_PER_MAKER; host++)
    for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
      g_string_append_printf (listen, "%s[127.0.1.%u]:%u", listen->len > 0 ? " ; " : "", host,
                              lab->ports[ports[i]]);
  lab_values_add (values, "LISTEN_EXIM", g_string_free (g_steal_pointer (&listen), FALSE));
  return write_users (lab, error) && lab_write_file (lab, "exim/papers", papers, 0644, error);
}

const LabMakerSetup lab_exim = {
  .name = "exim",
  .program = "/usr/sbin/exim4",
  .templates = { "exim.sh", "exim.conf", NULL },
  .health = LAB_EXIM_HOST,
  .port = LAB_SUBMISSION,
  .apart = TRUE,
  .prepare = prepare,
};
