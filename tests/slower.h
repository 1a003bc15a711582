/* How much longer something may take: in a build that watches every access to memory, and on a machine that is busy with something else. Where
 * nobody else wants the processors the bounds are as they stand. */
#pragma once
#include <glib.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WATCHED 4
#else
#define WATCHED 1
#endif

/* For upper bounds, asked for when the time is over. */
#define SLOWER slower_now ()

/* One more for each time that all processors are wanted: on average over the last minute, or at this moment. */
static inline gint64
slower_now (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  double wanted;

  if (!g_file_get_contents ("/proc/loadavg", &text, NULL, NULL))
    return WATCHED;
  words = g_strsplit (text, " ", 5);
  wanted = g_ascii_strtod (words[0], NULL);
  if (g_strv_length (words) > 3)
    wanted = MAX (wanted, atoi (words[3]));
  return WATCHED * (1 + (gint64) MIN (wanted / g_get_num_processors (), 15));
}
