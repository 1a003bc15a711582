/* A grid of names, bars and milliseconds; the bars are drawn, all else is text. */
#include "ui/pictures/waterfall.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

#define BAR 12 /* pixels */

/* One bar: steps of the same stop that follow each other. */
typedef struct {
  PostwegStop stop;
  guint start, ms, total;
  gboolean failed;
} Span;

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const Span *span = data;
  PostwegPalette palette;
  double from = (double) span->start / span->total * width;
  double length = MAX ((double) span->ms / span->total * width, 3);

  postweg_palette_read (&palette, GTK_WIDGET (area));
  if (gtk_widget_get_direction (GTK_WIDGET (area)) == GTK_TEXT_DIR_RTL)
    from = width - from - length;
  from = CLAMP (from, 0, MAX (width - length, 0));
  gdk_cairo_set_source_rgba (cr, &palette.bed);
  cairo_rectangle (cr, 0, height / 2.0 - 1, width, 2);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (
      cr, &palette.states[span->failed ? POSTWEG_STATION_BROKEN : POSTWEG_STATION_WORKING]);
  cairo_rectangle (cr, from, (height - BAR) / 2.0, length, BAR);
  cairo_fill (cr);
}

static GArray *
spans_of (const PostwegEvidence *evidence, guint *total)
{
  GArray *spans = g_array_new (FALSE, TRUE, sizeof (Span));

  *total = 0;
  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);
      Span *last = spans->len > 0 ? &g_array_index (spans, Span, spans->len - 1) : NULL;
      Span span = { postweg_stop_of (step->stage), *total, step->ms, 0,
                    step->verdict == POSTWEG_STEP_FAILED };

      if (step->verdict == POSTWEG_STEP_SKIPPED)
        continue;
      *total += step->ms;
      if (last == NULL || last->stop != span.stop)
        {
          g_array_append_val (spans, span);
          continue;
        }
      last->ms += step->ms;
      last->failed = last->failed || span.failed;
    }
  return spans;
}

static void
attach (GtkGrid *grid, const Span *span, PostwegProtocol protocol, guint row, gboolean marked)
{
  const char *name = postweg_stop_name (span->stop, protocol);
  g_autofree char *ms = g_strdup_printf (_("%u ms"), span->ms);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.0, NULL);
  GtkWidget *bar = g_object_new (GTK_TYPE_DRAWING_AREA, "content-height", BAR + 6, "hexpand", TRUE,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *time = g_object_new (GTK_TYPE_LABEL, "label", ms, "xalign", 1.0, NULL);

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (bar), draw, g_memdup2 (span, sizeof *span), g_free);
  gtk_widget_add_css_class (label, marked ? "caption-heading" : "caption");
  gtk_widget_add_css_class (time, marked ? "caption-heading" : "caption");
  gtk_widget_add_css_class (time, "numeric");
  if (span->failed)
    gtk_widget_add_css_class (time, "error");
  gtk_grid_attach (grid, label, 0, (int) row, 1, 1);
  gtk_grid_attach (grid, bar, 1, (int) row, 1, 1);
  gtk_grid_attach (grid, time, 2, (int) row, 1, 1);
}

GtkWidget *
postweg_waterfall_new (const PostwegEvidence *evidence, PostwegStop marked, GString *text)
{
  guint total;
  g_autoptr (GArray) spans = spans_of (evidence, &total);
  GtkWidget *grid;

  if (total == 0)
    return NULL;
  grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 12, "row-spacing", 3, NULL);
  for (guint i = 0; i < spans->len; i++)
    {
      Span *span = &g_array_index (spans, Span, i);

      span->total = total;
      attach (GTK_GRID (grid), span, evidence->server->protocol, i, span->stop == marked);
      /* Translators: a station of the road and the time it took */
      g_string_append_printf (text, _("%s: %u ms"),
                                       postweg_stop_name (span->stop, evidence->server->protocol), span->ms);
      g_string_append_c (text, '\n');
    }
  return grid;
}
