/* The names of the drop-down, and which provider stands behind each. */
#include "ui/parts/provider-list.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

#define WIDEST 16 /* characters of the button */

static int
compare_names (const void *a, const void *b)
{
  const PostwegProvider *const *x = a, *const *y = b;

  return g_utf8_collate ((*x)->name, (*y)->name);
}

/* Returns: (transfer container): const PostwegProvider*, by name */
static GPtrArray *
sorted (void)
{
  guint n;
  const PostwegProvider *all = postweg_checkup_providers (&n);
  GPtrArray *names = g_ptr_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (names, (gpointer) &all[i]);
  qsort (names->pdata, n, sizeof *names->pdata, compare_names);
  return names;
}

/* What was chosen must leave room for the question beside it; the list that unfolds has room for every name. */
static void
set_up_button (GtkListItemFactory *factory G_GNUC_UNUSED, GtkListItem *item)
{
  gtk_list_item_set_child (item, g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize",
                                               PANGO_ELLIPSIZE_END, "max-width-chars", WIDEST, NULL));
}

static void
set_up_line (GtkListItemFactory *factory G_GNUC_UNUSED, GtkListItem *item)
{
  gtk_list_item_set_child (item, g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, NULL));
}

static void
bind (GtkListItemFactory *factory G_GNUC_UNUSED, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/* Returns: (transfer full) */
static GtkListItemFactory *
factory_new (GCallback set_up)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", set_up, NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind), NULL);
  return factory;
}

void
postweg_provider_list_fill (GtkDropDown *list)
{
  g_autoptr (GPtrArray) providers = sorted ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) button = factory_new (G_CALLBACK (set_up_button));
  g_autoptr (GtkListItemFactory) lines = factory_new (G_CALLBACK (set_up_line));
  g_autoptr (GtkExpression) words = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  gtk_string_list_append (names, _("Guess It"));
  gtk_string_list_append (names, _("None of These"));
  for (guint i = 0; i < providers->len; i++)
    gtk_string_list_append (names, ((const PostwegProvider *) g_ptr_array_index (providers, i))->name);
  gtk_drop_down_set_factory (list, button);
  gtk_drop_down_set_list_factory (list, lines);
  gtk_drop_down_set_expression (list, words);
  gtk_drop_down_set_model (list, G_LIST_MODEL (names));
  /* the button inside takes the focus; it looks like that of a combo row */
  postweg_parts_name (gtk_widget_get_first_child (GTK_WIDGET (list)), _("Provider"));
  gtk_widget_add_css_class (gtk_widget_get_first_child (GTK_WIDGET (list)), "flat");
}

gboolean
postweg_provider_list_is_guess (GtkDropDown *list)
{
  return gtk_drop_down_get_selected (list) == 0;
}

const PostwegProvider *
postweg_provider_list_get (GtkDropDown *list)
{
  g_autoptr (GPtrArray) providers = sorted ();
  guint chosen = gtk_drop_down_get_selected (list);

  /* in front stand the guess and none */
  return chosen >= 2 && chosen - 2 < providers->len ? g_ptr_array_index (providers, chosen - 2) : NULL;
}

void
postweg_provider_list_describe (GtkDropDown *list, const char *guess)
{
  const PostwegProvider *chosen = postweg_provider_list_get (list);
  const char *words = postweg_provider_list_is_guess (list) ? guess
                      : chosen != NULL                      ? chosen->name
                                                            : _("None of These");

  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (list))),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}
