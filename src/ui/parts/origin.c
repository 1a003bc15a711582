/* Sources and classes of trust as tables. */
#include "ui/parts/origin.h"
#include "ui/parts/differences.h"
#include <glib/gi18n-lib.h>

/* clang-format off */
static const struct {
  const char *source, *words;
} sources[] = {
  { "table", N_ ("Postweg’s own table") },
  { "autoconfig-https", N_ ("The domain’s own settings file") },
  { "autoconfig-http", N_ ("The domain’s settings file, fetched without encryption") },
  { "wellknown-https", N_ ("The settings file on the domain’s web page") },
  { "ispdb", N_ ("The public database") },
  { "mx-table", N_ ("Postweg’s own table, by who takes the domain’s mail") },
  { "mx-ispdb", N_ ("The public database, by who takes the domain’s mail") },
  { "mx-autoconfig-https", N_ ("The settings file of the mail hoster") },
  { "srv", N_ ("The domain’s entries in the name service (SRV)") },
  { "pacc", N_ ("The domain’s settings for mail programs (PACC)") },
  { "autodiscover", N_ ("Exchange Autodiscover") },
  { "practice", N_ ("The practice mailbox") },
  { "guess", N_ ("Usual server names, tried out") },
};

typedef struct {
  const char *trust, *word, *words, *icon, *css_class;
  gboolean bad;
} Trust;

static const Trust trusts[] = {
  { "table", N_ ("Known"), N_ ("Can be trusted: compared with the provider’s own instructions."), "security-high-symbolic", "success", FALSE },
  { "tls", N_ ("Proven"), N_ ("Can be trusted: it came encrypted, from the domain itself."), "security-high-symbolic", "success", FALSE },
  { "dnssec", N_ ("Proven"), N_ ("Can be trusted: the domain has signed it."), "security-high-symbolic", "success", FALSE },
  { "ispdb", N_ ("Likely"), N_ ("Probably right: volunteers keep the public database."), "security-medium-symbolic", "dim-label", FALSE },
  { "dns", N_ ("Not signed"), N_ ("Not signed by the domain."), "security-medium-symbolic", "dim-label", FALSE },
  { "insecure", N_ ("Not proven"), N_ ("Not proven: others could have changed it on the way."), "security-low-symbolic", "warning", FALSE },
  { "plaintext", N_ ("Not protected"), N_ ("Without encryption: others can read your mail and your password."), "channel-insecure-symbolic", "error", TRUE },
  { "cert-mismatch", N_ ("Doubtful"), N_ ("The server’s certificate is for another name."), "security-low-symbolic", "error", TRUE },
  { "cert-untrusted", N_ ("Doubtful"), N_ ("The server’s certificate cannot be trusted."), "security-low-symbolic", "error", TRUE },
  { "practice", N_ ("Practice"), N_ ("It is played by this computer."), "security-high-symbolic", "success", FALSE },
  { NULL, "", "", "security-medium-symbolic", "dim-label", FALSE },
};

/* {protocol}, {source} … are filled in. */
static const struct {
  const char *field, *words;
} conflicts[] = {
  { "host", N_ ("The sources disagree about the {protocol} server. {source}: {chosen}. {other-source}: {other}.") },
  { "port", N_ ("The sources disagree about the port of the {protocol} server. {source}: {chosen}. {other-source}: {other}.") },
  { "security", N_ ("The sources disagree about the security of the {protocol} server. {source}: {chosen}. {other-source}: {other}.") },
  { "user", N_ ("The sources disagree about the user name for the {protocol} server. {source}: {chosen}. {other-source}: {other}.") },
};
/* clang-format on */

static const Trust *
trust_of (const char *trust)
{
  const Trust *row = trusts;

  while (row->trust != NULL && g_strcmp0 (row->trust, trust) != 0)
    row++;
  return row;
}

const char *
postweg_origin_source (const char *source)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_strcmp0 (sources[i].source, source) == 0)
      return _(sources[i].words);
  return source;
}

const char *
postweg_origin_trust (const char *trust)
{
  const char *words = trust_of (trust)->words;

  /* the translation of "" is the catalogue's head */
  return *words != '\0' ? _(words) : words;
}

gboolean
postweg_origin_is_bad (const char *trust)
{
  return trust_of (trust)->bad;
}

GtkWidget *
postweg_origin_shield (const char *trust)
{
  const Trust *row = trust_of (trust);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", row->icon, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (image, row->css_class);
  return image;
}

GtkWidget *
postweg_origin_badge (const char *trust)
{
  const Trust *row = trust_of (trust);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "spacing", 6, NULL);
  GtkWidget *label = gtk_label_new (*row->word != '\0' ? _(row->word) : "");

  gtk_widget_add_css_class (label, row->css_class);
  gtk_box_append (GTK_BOX (box), postweg_origin_shield (trust));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

char *
postweg_origin_conflict (const PostwegConflict *conflict)
{
  static const char *const protocols[] = { "IMAP", "POP3", "SMTP" };
  GString *text;
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (conflicts) && g_strcmp0 (conflicts[i].field, conflict->field) != 0)
    i++;
  text = g_string_new (_(conflicts[i].words));
  g_string_replace (text, "{protocol}", protocols[conflict->protocol], 0);
  g_string_replace (text, "{source}", postweg_origin_source (conflict->source), 0);
  g_string_replace (text, "{other-source}", postweg_origin_source (conflict->other_source), 0);
  /* what comes from outside goes in last */
  g_string_replace (text, "{other}", conflict->other, 1);
  g_string_replace (text, "{chosen}", conflict->chosen, 1);
  return g_string_free (text, FALSE);
}

GtkWidget *
postweg_origin_row (const PostwegFoundServer *found)
{
  const PostwegServer *server = found->server;
  g_autofree char *title = g_strdup_printf (_("%s, port %u, %s"), server->host, server->port,
                                               postweg_security_words (server->security));
  const char *trust = postweg_origin_trust (found->trust);
  g_autofree char *text =
      g_strdup_printf ("%s\n%s%s%s", postweg_origin_source (found->source), trust, found->foreign ? "\n" : "",
                       found->foreign ? _("Belongs to another domain than your address.") : "");
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_ACTION_ROW, title);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), postweg_origin_shield (found->trust));
  if (postweg_origin_is_bad (found->trust))
    gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  return row;
}
