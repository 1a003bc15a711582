/* The same strokes as in the picture, so that the two cannot differ. */
#include "ui/pictures/play-legend.h"
#include "ui/pictures/play-paint.h"
#include <glib/gi18n-lib.h>

#define WIDTH 28
#define HEIGHT 22

typedef enum { FRESH, READ, FOLDER, N_SHAPES } Shape;

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  Shape shape = (Shape) GPOINTER_TO_UINT (data);
  PostwegEnvelope envelope = { { { 2, 3 }, { (float) width - 4, (float) height - 5 } }, shape == READ, 1 };
  PostwegPlayColors colors;

  postweg_play_colors (&colors, GTK_WIDGET (area));
  if (shape == FOLDER)
    postweg_paint_folder (cr, &colors, &envelope.place, TRUE);
  else
    postweg_paint_envelope (cr, &colors, &envelope);
}

void
postweg_play_legend_fill (GtkBox *box)
{
  const char *words[N_SHAPES] = { _("New"), _("Read"), _("Folder “Open Invoices”") };

  for (Shape shape = FRESH; shape < N_SHAPES; shape++)
    {
      GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *area =
          g_object_new (GTK_TYPE_DRAWING_AREA, "content-width", WIDTH, "content-height", HEIGHT, "valign",
                        GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      GtkWidget *label = gtk_label_new (words[shape]);

      gtk_widget_add_css_class (label, "caption");
      gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw, GUINT_TO_POINTER (shape), NULL);
      gtk_box_append (GTK_BOX (pair), area);
      gtk_box_append (GTK_BOX (pair), label);
      gtk_box_append (box, pair);
    }
}
