/* One row for each server, with all that a program may ask. */
#include "ui/parts/by-hand.h"
#include "ui/parts/differences.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

struct _PostwegByHand {
  AdwPreferencesGroup parent_instance;
  AdwExpanderRow *other;
  GPtrArray *rows; /* GtkWidget, owned by the expander row */
};

G_DEFINE_FINAL_TYPE (PostwegByHand, postweg_by_hand, ADW_TYPE_PREFERENCES_GROUP)

static void
add (PostwegByHand *self, const char *title, const PostwegServer *server)
{
  g_autofree char *lines = server != NULL ? postweg_server_lines (server) : NULL;
  GtkWidget *row;

  if (lines == NULL)
    return;
  row = postweg_parts_fact_row (title, lines);
  g_ptr_array_add (self->rows, row);
  adw_expander_row_add_row (self->other, row);
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&POSTWEG_BY_HAND (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (postweg_by_hand_parent_class)->dispose (object);
}

static void
postweg_by_hand_class_init (PostwegByHandClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
postweg_by_hand_init (PostwegByHand *self)
{
  GtkWidget *row = postweg_parts_row_new (ADW_TYPE_EXPANDER_ROW, _("Settings for Any Other Program"));

  self->rows = g_ptr_array_new ();
  self->other = ADW_EXPANDER_ROW (row);
  adw_expander_row_set_subtitle (self->other, _("To enter by hand, also on a phone"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

void
postweg_by_hand_show (PostwegByHand *self, const PostwegAccount *account)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->other, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  add (self, _("Incoming Server"), account->incoming);
  add (self, _("Outgoing Server"), account->outgoing);
}

void
postweg_by_hand_unfold (PostwegByHand *self)
{
  adw_expander_row_set_expanded (self->other, TRUE);
}
