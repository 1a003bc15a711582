/* Headline and whose matter it is outside; meaning, remedy and certainty inside. */
#include "ui/parts/finding-row.h"
#include "ui/parts/parts.h"

static void
add (GtkWidget *row, const char *icon, const char *text)
{
  if (text != NULL && *text != '\0')
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), postweg_parts_text_row (icon, text));
}

GtkWidget *
postweg_finding_row (const PostwegFinding *finding)
{
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_EXPANDER_ROW, finding->headline);
  g_autofree char *who = postweg_checkup_who_text (finding->who);
  g_autofree char *confidence = postweg_checkup_confidence_text (finding->confidence);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), who);
  add (row, "dialog-information-symbolic", finding->explanation);
  add (row, "emblem-system-symbolic", finding->remedy);
  add (row, NULL, confidence);
  return row;
}

char *
postweg_finding_text (const PostwegFinding *finding)
{
  g_autofree char *who = postweg_checkup_who_text (finding->who);
  g_autofree char *confidence = postweg_checkup_confidence_text (finding->confidence);

  return g_strdup_printf ("%s\n%s\n%s\n%s %s\n", finding->headline, finding->explanation, finding->remedy,
                          who, confidence);
}
