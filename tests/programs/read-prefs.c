/* Reads prefs.js files, one a line in hex, and prints what Postweg makes of them: for comparison with Thunderbird itself. */
#include "clients/thunderbird/prefs.h"
#include <stdio.h>
#include <string.h>

static GBytes *
from_hex (const char *line)
{
  gsize size = strspn (line, "0123456789abcdef") / 2;
  guchar *bytes = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guchar) (g_ascii_xdigit_value (line[2 * i]) * 16 + g_ascii_xdigit_value (line[2 * i + 1]));
  return g_bytes_new_take (bytes, size);
}

static void
print_hex (const char *text)
{
  putchar (':');
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    printf ("%02x", (guchar) *p);
}

int
main (void)
{
  static char line[65536];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_autoptr (GBytes) bytes = from_hex (line);
      g_autoptr (PostwegPrefs) prefs = postweg_prefs_parse (bytes, NULL);

      printf ("%s", prefs != NULL ? "valid" : "refused");
      for (guint i = 0; prefs != NULL && i < prefs->entries->len; i++)
        {
          const PostwegPref *pref = g_ptr_array_index (prefs->entries, i);

          printf (" %d:%d", (int) pref->type, pref->number);
          print_hex (pref->name);
          print_hex (pref->text);
        }
      putchar ('\n');
    }
  return 0;
}
