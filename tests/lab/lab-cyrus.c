/* Cyrus: IMAP and POP3 as universities and some large providers run them. */
#include "lab-private.h"
#include <string.h>

typedef struct {
  const char *name; /* of its configuration */
  const char *host;
  const char *paper;
  const char *state; /* its folder with the list of mailboxes */
  const char *more;  /* a line of its own */
} Variant;

static const Variant variants[] = {
  { "healthy", LAB_CYRUS_HOST, "good", "lib", "" },
  { "away", LAB_CYRUS_AWAY, "good", "away", "" },
  { "delay", LAB_CYRUS_DELAY, "good", "lib", "popminpoll: 10" },
  { "one", LAB_CYRUS_ONE, "good", "lib", "maxlogins_per_user: 1" },
  { "expired", LAB_CYRUS_EXPIRED, "expired", "lib", "" },
  { "incomplete", LAB_CYRUS_INCOMPLETE, "incomplete", "lib", "" },
};

static const struct {
  const char *program;
  const char *option;
  LabPort port;
} services[] = { { "imapd", "", LAB_IMAP },
                 { "imapd", "-s", LAB_IMAPS },
                 { "pop3d", "", LAB_POP3 },
                 { "pop3d", "-s", LAB_POP3S } };

static gboolean
write_users (const Lab *lab, GError **error)
{
  g_autoptr (GString) users = g_string_new (NULL);

  for (const LabUser *user = lab_users (); user->name != NULL; user++)
    {
      g_autofree char *coded = g_base64_encode ((const guchar *) user->password, strlen (user->password));

      g_string_append_printf (users, "%s %s\n", user->login, coded);
    }
  return lab_write_file (lab, "cyrus/users", users->str, 0600, error);
}

/* The services of one variant wait for their first customer, but for those of the healthy one. */
static void
add_services (const Lab *lab, const Variant *variant, GString *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    g_string_append_printf (
        text,
        "  %s%u cmd=\"@SERVER@/usr/lib/cyrus/bin/%s %s -C @OWN@/%s.conf\" listen=\"%s:%u\" prefork=%d\n",
        variant->name, i, services[i].program, services[i].option, variant->name, variant->host,
        lab->ports[services[i].port], variant == variants ? 1 : 0);
}

static gboolean
write_variant (const Lab *lab, const Variant *variant, GError **error)
{
  g_autofree char *name = g_strdup_printf ("cyrus/%s.conf", variant->name);
  g_autofree char *own = g_build_filename (lab->folder, "cyrus", NULL);
  g_autofree char *text =
      g_strdup_printf ("@include: %s/imapd.conf\nconfigdirectory: %s/%s\n"
                       "tls_server_cert: %s/keys/%s.pem\ntls_server_key: %s/keys/%s.key\n%s\n",
                       own, own, variant->state, own, variant->paper, own, variant->paper, variant->more);

  return lab_write_file (lab, name, text, 0644, error);
}

static gboolean
prepare (const Lab *lab, GPtrArray *values, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      add_services (lab, &variants[i], text);
      if (!write_variant (lab, &variants[i], error))
        return FALSE;
    }
  lab_values_add (values, "CYRUS_SERVICES", g_strdup (text->str));
  return write_users (lab, error);
}

const LabMakerSetup lab_cyrus = {
  .name = "cyrus",
  .program = "/usr/lib/cyrus/bin/master",
  .templates = { "cyrus.sh", "cyrus.conf", "imapd.conf", NULL },
  .health = LAB_CYRUS_HOST,
  .port = LAB_IMAP,
  .prepare = prepare,
};
