/* Server text that must not harm whoever looks at it. */
#include "wire/text.h"
#include <string.h>

static void
test_clean (void)
{
  static const struct {
    const char *bytes;
    gsize length; /* 0: strlen */
    const char *clean;
  } table[] = {
    { "hello", 0, "hello" },
    { "a\tb", 0, "a b" },
    { "a\nb", 0, "a\nb" },
    { "a\rb", 0, "ab" },
    { "\x1b]0;title\x07", 0, "]0;title" },
    { "a\xe2\x80\xae"
      "b",
      0, "ab" }, /* right-to-left override */
    { "a\xe2\x81\xa6"
      "b",
      0, "ab" }, /* isolate */
    { "a\xe2\x80\xa8"
      "b",
      0, "ab" }, /* line separator */
    { "gr\xc3\xbcn", 0, "grün" },
    { "gr\xfcn", 0, "grün" },                    /* ISO-8859-1 */
    { "\xca\xda\xc8\xa8\xc2\xeb", 0, "授权码" }, /* GB18030 */
    { "gr\xf6\xdf"
      "er",
      0, "größer" },                     /* two accents in a row are no Chinese yet */
    { "\x93quoted\x94", 0, "“quoted”" }, /* Windows-1252 */
    { "a\0b\xff", 4, "a bÿ" },
    { "", 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *clean = postweg_text_clean (
          table[i].bytes, table[i].length > 0 ? table[i].length : strlen (table[i].bytes));

      g_assert_cmpstr (clean, ==, table[i].clean);
    }
}

static void
test_length (void)
{
  g_autofree char *big = g_strnfill (1000000, 'x');
  g_autofree char *clean = postweg_text_clean (big, strlen (big));

  g_assert_cmpuint (strlen (clean), ==, POSTWEG_TEXT_MAX);
}

static void
test_noise (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      char bytes[64];
      g_autofree char *clean = NULL;

      for (guint k = 0; k < sizeof bytes; k++)
        bytes[k] = (char) g_test_rand_int_range (0, 256);
      clean = postweg_text_clean (bytes, sizeof bytes);
      g_assert_true (g_utf8_validate (clean, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/text/clean", test_clean);
  g_test_add_func ("/wire/text/length", test_length);
  g_test_add_func ("/wire/text/noise", test_noise);
  return g_test_run ();
}
