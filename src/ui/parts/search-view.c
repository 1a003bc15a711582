/* Rows for sources, servers, disagreements and those who could be asked, too. */
#include "ui/parts/search-view.h"
#include "ui/parts/origin.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

struct _PostwegSearchView {
  AdwPreferencesGroup parent_instance;
  PostwegRows *rows;
};

G_DEFINE_FINAL_TYPE (PostwegSearchView, postweg_search_view, ADW_TYPE_PREFERENCES_GROUP)

static GtkWidget *
sign (const char *icon, const char *css_class)
{
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (image, css_class);
  return image;
}

static GtkWidget *
add_row (PostwegSearchView *self, GtkWidget *prefix, const char *title, const char *text)
{
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_ACTION_ROW, title);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), prefix);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  postweg_rows_add (self->rows, row);
  return row;
}

static void
add_servers (PostwegSearchView *self, const PostwegDiscovery *discovery)
{
  for (PostwegProtocol protocol = POSTWEG_IMAP; protocol <= POSTWEG_SMTP; protocol++)
    {
      const PostwegFoundServer *best = postweg_discovery_best (discovery, protocol);

      if (best != NULL)
        postweg_rows_add (self->rows, postweg_origin_row (best));
    }
}

static void
add_conflicts (PostwegSearchView *self, const PostwegDiscovery *discovery)
{
  for (guint i = 0; i < discovery->conflicts->len; i++)
    {
      g_autofree char *text = postweg_origin_conflict (g_ptr_array_index (discovery->conflicts, i));

      postweg_rows_add (self->rows, postweg_parts_text_row ("dialog-warning-symbolic", text));
    }
}

static void
add_askable (PostwegSearchView *self, const PostwegDiscovery *discovery)
{
  for (guint i = 0; i < discovery->askable->len; i++)
    {
      const PostwegAskable *askable = g_ptr_array_index (discovery->askable, i);

      add_row (self, sign ("list-remove-symbolic", "dim-label"), askable->host,
               askable->consent == POSTWEG_CONSENT_ALL
               ? _("Was not asked, since you have not agreed. It would learn the domain.")
               : _("Was not asked, since you have not agreed. It would learn the whole address."));
    }
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&POSTWEG_SEARCH_VIEW (object)->rows, postweg_rows_free);
  G_OBJECT_CLASS (postweg_search_view_parent_class)->dispose (object);
}

static void
postweg_search_view_class_init (PostwegSearchViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
postweg_search_view_init (PostwegSearchView *self)
{
  self->rows = postweg_rows_new (ADW_PREFERENCES_GROUP (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
postweg_search_view_clear (PostwegSearchView *self)
{
  postweg_rows_clear (self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
postweg_search_view_start (PostwegSearchView *self)
{
  GtkWidget *spinner = g_object_new (GTK_TYPE_SPINNER, "spinning", TRUE, "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  postweg_rows_clear (self->rows);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Looking for the Servers"));
  add_row (self, spinner, _("Asking …"), _("At most six seconds"));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
postweg_search_view_answered (PostwegSearchView *self, const char *source, guint n_servers)
{
  g_autofree char *text =
      n_servers > 0
          ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Names %u server", "Names %u servers", n_servers),
                             n_servers)
          : g_strdup (_("Knows nothing"));

  add_row (self,
           n_servers > 0 ? sign ("object-select-symbolic", "success")
                         : sign ("list-remove-symbolic", "dim-label"),
           postweg_origin_source (source), text);
}

void
postweg_search_view_finish (PostwegSearchView *self, const PostwegDiscovery *discovery)
{
  postweg_rows_clear (self->rows);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("What Was Found"));
  add_servers (self, discovery);
  add_conflicts (self, discovery);
  add_askable (self, discovery);
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->rows->len > 0);
}
