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

/* A Chinese character is two bytes at least, mostly in company; a European letter with an accent stands alone. */
static gboolean
looks_chinese (const char *bytes)
{
  gsize high = 0;

  for (gsize run; *bytes != '\0'; bytes += MAX (run, 1))
    {
      for (run = 0; (bytes[run] & 0x80) != 0; run++)
        high++;
      if (run == 1)
        return FALSE;
    }
  return high >= 4;
}

char *
postweg_text_decode (const char *bytes, gsize length)
{
  static const char *const charsets[] = { "GB18030", "WINDOWS-1252", "ISO-8859-1" };
  g_autofree char *copy = g_malloc (length + 1);
  char *utf8 = NULL;

  /* NUL would end the string early; it carries nothing. */
  for (gsize i = 0; i < length; i++)
    copy[i] = bytes[i] == '\0' ? ' ' : bytes[i];
  copy[length] = '\0';
  if (g_utf8_validate_len (copy, length, NULL))
    return g_steal_pointer (&copy);
  for (guint i = looks_chinese (copy) ? 0 : 1; utf8 == NULL && i < G_N_ELEMENTS (charsets); i++)
    utf8 = g_convert (copy, (gssize) length, "UTF-8", charsets[i], NULL, NULL, NULL);
  return utf8 != NULL ? utf8 : g_utf8_make_valid (copy, (gssize) length);
}

char *
postweg_text_clean (const char *bytes, gsize length)
{
  g_autofree char *utf8 = postweg_text_decode (bytes, length);
  GString *clean = g_string_new (NULL);

  for (const char *p = utf8; *p != '\0' && clean->len < POSTWEG_TEXT_MAX; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t')
        g_string_append_c (clean, ' ');
      else if (c == '\n' || !is_harmful (c))
        g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, FALSE);
}
