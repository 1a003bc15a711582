/* Cleaning what servers say before anybody sees it. */
#include "wire/text.h"

static gboolean
is_harmful (gunichar c)
{
  return g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT ||
         g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR ||
         g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR || g_unichar_type (c) == G_UNICODE_UNASSIGNED ||
         g_unichar_type (c) == G_UNICODE_PRIVATE_USE;
}

char *
postweg_text_clean (const char *bytes, gsize length)
{
  g_autofree char *utf8 = NULL;
  GString *clean = g_string_new (NULL);
  const char *end;

  if (g_utf8_validate_len (bytes, length, NULL))
    utf8 = g_strndup (bytes, length);
  else
    {
      /* NUL would end the string early; it carries nothing. */
      g_autofree char *copy = g_memdup2 (bytes, length);

      for (gsize i = 0; i < length; i++)
        copy[i] = copy[i] == '\0' ? ' ' : copy[i];
      utf8 = g_convert (copy, (gssize) length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
    }

  end = utf8 != NULL ? utf8 : "";
  for (const char *p = end; *p != '\0' && clean->len < POSTWEG_TEXT_MAX; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t')
        g_string_append_c (clean, ' ');
      else if (c == '\n' || !is_harmful (c))
        g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, FALSE);
}
