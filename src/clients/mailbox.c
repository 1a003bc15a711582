/* Names and addresses in one value, both ways. */
#include "clients/mailbox.h"
#include <string.h>

#define WORD_BYTES 42 /* of text in one encoded word, which may be 75 characters long (RFC 2047 2) */

/* Whether it can stand as it is, without quotes; or in quotes, where it is still plain for people. Everything that some settings file finds special
 * is neither. */
static gboolean
consists_of (const char *text, const char *others, gboolean only_ascii)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((only_ascii && c > 0x7f) ||
          (!g_unichar_isalnum (c) && (c > 0x7f || strchr (others, (int) c) == NULL)))
        return FALSE;
    }
  return strstr (text, "  ") == NULL && *text != ' ' && !g_str_has_suffix (text, " ");
}

static gsize
chunk_length (const char *text)
{
  gsize length = 0;

  while (text[length] != '\0')
    {
      gsize next = (gsize) (g_utf8_next_char (text + length) - text);

      if (next > WORD_BYTES)
        break;
      length = next;
    }
  return length;
}

static char *
encoded (const char *text)
{
  GString *words = g_string_new (NULL);

  for (gsize length; *text != '\0'; text += length)
    {
      g_autofree char *base64 = NULL;

      length = chunk_length (text);
      base64 = g_base64_encode ((const guchar *) text, length);
      g_string_append_printf (words, "%s=?UTF-8?B?%s?=", words->len > 0 ? " " : "", base64);
    }
  return g_string_free (words, FALSE);
}

char *
postweg_mailbox_format (const char *name, const char *address)
{
  g_autofree char *phrase = NULL;

  if (*name == '\0')
    return g_strdup (address);
  if (consists_of (name, " -_+", TRUE))
    phrase = g_strdup (name);
  else if (consists_of (name, " -_+.,'()", FALSE))
    phrase = g_strdup_printf ("\"%s\"", name);
  else
    phrase = encoded (name);
  return g_strdup_printf ("%s <%s>", phrase, address);
}

static void
append_quoted_printable (GString *bytes, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      gboolean is_code = text[i] == '=' && i + 2 < length && g_ascii_isxdigit (text[i + 1]) &&
                         g_ascii_isxdigit (text[i + 2]);

      if (is_code)
        {
          int byte = g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2]);

          g_string_append_c (bytes, (char) byte);
          i += 2;
        }
      else
        g_string_append_c (bytes, (char) (text[i] == '_' ? ' ' : text[i]));
    }
}

/* iconv lets code points through that there are not, and a line break could begin something else in another file. */
static gboolean
is_one_line (const char *text)
{
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* fields: charset, encoding, text. Returns: (transfer full): NULL if it cannot be decoded */
static char *
decode_fields (char **fields)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) bytes = g_string_new (NULL);
  gsize length;
  g_autofree guchar *raw = NULL;

  if (g_ascii_strcasecmp (fields[1], "q") == 0)
    append_quoted_printable (bytes, fields[2], strlen (fields[2]));
  else
    {
      raw = g_base64_decode (fields[2], &length);
      g_string_append_len (bytes, (const char *) raw, (gssize) length);
    }
  text = g_convert (bytes->str, (gssize) bytes->len, "UTF-8", fields[0], NULL, NULL, NULL);
  return is_one_line (text) ? g_steal_pointer (&text) : NULL;
}

/* Decodes the encoded word that the text begins with. Returns: its length, 0 if it begins with none */
static gsize
decode_word (const char *text, GString *out)
{
  const char *end = g_str_has_prefix (text, "=?") ? text + 2 : NULL;
  g_auto (GStrv) fields = NULL;
  g_autofree char *word = NULL;
  g_autofree char *inner = NULL;

  for (int marks = 0; end != NULL && marks < 2; marks++)
    end = strchr (end, '?') != NULL ? strchr (end, '?') + 1 : NULL;
  end = end != NULL ? strstr (end, "?=") : NULL;
  if (end == NULL)
    return 0;
  inner = g_strndup (text + 2, (gsize) (end - text - 2));
  fields = g_strsplit (inner, "?", 3);
  word = g_strv_length (fields) == 3 ? decode_fields (fields) : NULL;
  if (word == NULL)
    return 0;
  g_string_append (out, word);
  return (gsize) (end + 2 - text);
}

/* Blanks between two encoded words do not count (RFC 2047 6.2). */
static char *
decode_phrase (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean quoted = FALSE;

  while (*text != '\0')
    {
      gsize length = quoted ? 0 : decode_word (text, out);

      if (length > 0)
        {
          gsize blanks = strspn (text + length, " \t");

          text += length + (g_str_has_prefix (text + length + blanks, "=?") ? blanks : 0);
          continue;
        }
      if (*text == '"')
        quoted = !quoted;
      else
        g_string_append_c (out, *text == '\\' && quoted && text[1] != '\0' ? *++text : *text);
      text++;
    }
  return g_strchomp (g_string_free (out, FALSE));
}

void
postweg_mailbox_parse (const char *text, char **name, char **address)
{
  const char *open = strrchr (text, '<');
  const char *close = open != NULL ? strchr (open, '>') : NULL;
  g_autofree char *phrase = NULL;

  if (close == NULL)
    {
      *name = g_strdup ("");
      *address = g_strstrip (g_strdup (text));
      return;
    }
  phrase = g_strstrip (g_strndup (text, (gsize) (open - text)));
  *name = decode_phrase (phrase);
  *address = g_strstrip (g_strndup (open + 1, (gsize) (close - open - 1)));
}
