/* The server's own card first, below each who vouches for it. */
#include "ui/pictures/certificate-view.h"
#include "ui/pictures/date-bar.h"
#include "ui/pictures/name-match.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

#define MAX_NAMES 4 /* that are shown of one certificate */

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, css_class);
  postweg_parts_no_hyphens (GTK_LABEL (label));
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* Adds a line to the picture and to the text. */
static GtkWidget *
add_line (GtkWidget *box, GString *text, const char *css_class, const char *line)
{
  g_string_append_printf (text, "%s\n", line);
  return add_label (box, line, css_class);
}

/* "CN=Some Authority,O=Some Company" -> "Some Authority" (RFC 4514; the names are for people, not for comparing) */
static char *
common_name (const char *name)
{
  const char *start = name != NULL ? strstr (name, "CN=") : NULL;

  if (start == NULL)
    return g_strdup (name != NULL && *name != '\0' ? name : "?");
  return g_strndup (start + 3, strcspn (start + 3, ",+"));
}

/* The labels that differ are bold, underlined and red, and said in words. */
static void
add_name (GtkWidget *box, GString *text, const char *asked, const char *name)
{
  g_autofree char *markup = postweg_name_markup (asked, name);
  g_autofree char *words = postweg_name_words (asked, name);
  GtkWidget *label = add_label (box, "", "monospace");

  gtk_label_set_markup (GTK_LABEL (label), markup);
  postweg_parts_name (label, words);
  g_string_append_printf (text, "%s – %s\n", name, words);
  add_label (box, words, "caption");
}

static void
add_names (GtkWidget *box, GString *text, const PostwegTlsFacts *tls, const PostwegCertLink *leaf)
{
  g_autofree char *asked = g_strdup_printf (_("Asked for: %s"), tls->host);
  guint nearest = leaf->names != NULL ? postweg_name_nearest (tls->host, leaf->names) : 0;
  guint n = leaf->names != NULL ? g_strv_length (leaf->names) : 0;

  add_line (box, text, "monospace", asked);
  add_line (box, text, "caption-heading", _("Names in the certificate"));
  if (n == 0)
    add_line (box, text, "body", _("It has none that could be compared."));
  else
    add_name (box, text, tls->host, leaf->names[nearest]);
  for (guint i = 0; i < MIN (n, MAX_NAMES); i++)
    if (i != nearest)
      add_line (box, text, "monospace", leaf->names[i]);
  if (n > MAX_NAMES)
    {
      guint more = n - MAX_NAMES;
      g_autofree char *words =
          g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", more), more);

      add_line (box, text, "caption", words);
    }
}

static void
add_dates (GtkWidget *box, GString *text, const PostwegCertLink *link, gint64 now)
{
  PostwegPeriod period = { link->not_before, link->not_after, now };
  g_autofree char *words = postweg_period_words (&period);
  GtkWidget *label;

  gtk_box_append (GTK_BOX (box), postweg_date_bar_new (&period));
  label = add_line (box, text, "caption", words);
  if (now < link->not_before || now > link->not_after)
    gtk_widget_add_css_class (label, "error");
}

static void
add_card (GtkWidget *chain, GString *text, const PostwegTlsFacts *tls, guint index)
{
  const PostwegCertLink *link = g_ptr_array_index (tls->chain, index);
  g_autofree char *subject = common_name (link->subject);
  g_autofree char *print =
      link->fingerprint != NULL ? g_strdup_printf (_("Fingerprint (SHA-256): %s"), link->fingerprint) : NULL;
  g_autofree char *key =
      link->key != NULL ? g_strdup_printf (_("Key: %s, %u bits"), link->key, link->bits) : NULL;
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, NULL);
  GtkWidget *inner = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                                   "margin-top", 12, "margin-bottom", 12, "margin-start", 12, "margin-end",
                                   12, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), inner);
  postweg_parts_name (inner, subject);
  add_line (inner, text, "heading", subject);
  if (index == 0)
    add_names (inner, text, tls, link);
  add_dates (inner, text, link, tls->checked_at);
  if (key != NULL)
    add_line (inner, text, "caption", key);
  if (print != NULL)
    add_line (inner, text, "caption", print);
  gtk_box_append (GTK_BOX (chain), card);
}

/* Between two cards, and below the last one. */
static void
add_voucher (GtkWidget *chain, GString *text, const PostwegCertLink *link, gboolean last)
{
  g_autofree char *issuer = common_name (link->issuer);
  g_autofree char *words =
      link->self_issued ? g_strdup (_("Nobody else vouches for it: it has issued itself."))
                        : last
      ? g_strdup_printf (_("Issued by: %s (not shown by the server)"), issuer)
      : g_strdup_printf (_("Issued by: %s"), issuer);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "spacing", 9, "margin-start", 12, NULL);

  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-down-symbolic",
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  add_line (box, text, "caption", words);
  gtk_box_append (GTK_BOX (chain), box);
}

/* clang-format off */
static const struct {
  guint fault;
  const char *words;
} faults[] = {
  { POSTWEG_CERT_NAME_MISMATCH, N_ ("It is made out for another name.") },
  { POSTWEG_CERT_EXPIRED, N_ ("It has run out.") },
  { POSTWEG_CERT_NOT_YET_VALID, N_ ("It is not good yet.") },
  { POSTWEG_CERT_SELF_SIGNED, N_ ("The server has issued it itself, and nobody vouches for that.") },
  { POSTWEG_CERT_UNKNOWN_ISSUER, N_ ("This computer does not know who has issued it.") },
  { POSTWEG_CERT_INCOMPLETE, N_ ("The server does not show who vouches for the issuer.") },
  { POSTWEG_CERT_ISSUER_EXPIRED, N_ ("The certificate of its issuer has run out.") },
  { POSTWEG_CERT_WEAK, N_ ("It is made with methods that are too weak today.") },
  { POSTWEG_CERT_WRONG_PURPOSE, N_ ("It is not meant for servers.") },
  { POSTWEG_CERT_REVOKED, N_ ("It has been revoked.") },
};
/* clang-format on */

static void
add_verdict (GtkWidget *chain, GString *text, const PostwegTlsFacts *tls)
{
  if (tls->faults == 0)
    {
      gtk_widget_add_css_class (add_line (
          chain, text, "heading", _("✓ The certificate proves that this is the server.")), "success");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if ((tls->faults & faults[i].fault) != 0)
      {
        g_autofree char *line = g_strdup_printf ("✕ %s", _(faults[i].words));

        gtk_widget_add_css_class (add_line (chain, text, "heading", line), "error");
      }
  if (tls->refusal != NULL)
    add_line (chain, text, "caption", tls->refusal);
}

GtkWidget *
postweg_certificate_view_new (const PostwegTlsFacts *tls, GString *text)
{
  GtkWidget *chain;

  if (tls == NULL || tls->chain->len == 0)
    return NULL;
  chain = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                        "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  postweg_parts_name (chain, _("Certificates"));
  add_verdict (chain, text, tls);
  for (guint i = 0; i < tls->chain->len; i++)
    {
      add_card (chain, text, tls, i);
      add_voucher (chain, text, g_ptr_array_index (tls->chain, i), i + 1 == tls->chain->len);
    }
  return chain;
}
