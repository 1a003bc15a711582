/* The axis reaches from the first of the three moments to the last; what is outside of the period is a thin line. */
#include "ui/pictures/date-bar.h"
#include "ui/parts/parts.h"
#include "ui/pictures/road-paint.h"
#include <glib/gi18n-lib.h>

#define DAY (24 * 60 * 60)
#define BAR 10   /* pixels */
#define MARK 5.0 /* half of today's mark */

static char *
day_text (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time);

  /* a hostile certificate may name a day that no calendar has */
  return date != NULL ? g_date_time_format (date, "%x") : g_strdup ("?");
}

static guint
days_between (gint64 a, gint64 b)
{
  double days = ((double) b - (double) a) / DAY;

  return days > 100 * 366.0 ? 100 * 366 : (guint) MAX (days, 0);
}

char *
postweg_period_words (const PostwegPeriod *period)
{
  g_autofree char *from = day_text (period->from);
  g_autofree char *until = day_text (period->until);
  guint before = days_between (period->now, period->from), after = days_between (period->until, period->now);
  guint left = days_between (period->now, period->until);

  if (period->now > period->until)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "Was good from %s until %s; that is over for %u day.",
                                         "Was good from %s until %s; that is over for %u days.", after),
                            from, until, after);
  if (period->now < period->from)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Is good from %s until %s; that begins in %u day.",
                                         "Is good from %s until %s; that begins in %u days.", before),
                            from, until, before);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Is good from %s until %s; %u day is left.",
                                       "Is good from %s until %s; %u days are left.", left),
                          from, until, left);
}

static double
place_of (const PostwegPeriod *period, gint64 time, double width)
{
  double first = (double) MIN (period->from, period->now), last = (double) MAX (period->until, period->now);
  double share = last > first ? ((double) time - first) / (last - first) : 0;

  return MARK + 1 + share * (width - 2 * MARK - 2);
}

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const PostwegPeriod *period = data;
  gboolean good = period->from <= period->now && period->now <= period->until;
  double from = place_of (period, period->from, width), until = place_of (period, period->until, width);
  double now = place_of (period, period->now, width), bottom = height - BAR / 2.0 - 1;
  PostwegPalette palette;

  postweg_palette_read (&palette, GTK_WIDGET (area));
  if (gtk_widget_get_direction (GTK_WIDGET (area)) == GTK_TEXT_DIR_RTL)
    {
      cairo_translate (cr, width, 0);
      cairo_scale (cr, -1, 1);
    }
  gdk_cairo_set_source_rgba (cr, &palette.bed);
  cairo_rectangle (cr, 0, bottom - 1, width, 2);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &palette.states[good ? POSTWEG_STATION_FINE : POSTWEG_STATION_NOT_REACHED]);
  cairo_rectangle (cr, from, bottom - BAR / 2.0, MAX (until - from, 2), BAR);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, good ? &palette.ink : &palette.states[POSTWEG_STATION_BROKEN]);
  cairo_rectangle (cr, now - 1, 4, 2, height - 4);
  cairo_move_to (cr, now - MARK, 0);
  cairo_line_to (cr, now + MARK, 0);
  cairo_line_to (cr, now, 8);
  cairo_close_path (cr);
  cairo_fill (cr);
}

GtkWidget *
postweg_date_bar_new (const PostwegPeriod *period)
{
  g_autofree char *words = postweg_period_words (period);
  GtkWidget *bar = g_object_new (GTK_TYPE_DRAWING_AREA, "content-height", 24, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_IMG, NULL);

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (bar), draw, g_memdup2 (period, sizeof *period), g_free);
  postweg_parts_name (bar, words);
  return bar;
}
