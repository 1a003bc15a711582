/* Writing the test mail (RFC 5322, MIME). */
#include "probe/letter.h"
#include "model/address.h"
#include "wire/text.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define TOKEN_LENGTH 26
#define WORD_BYTES 42 /* of UTF-8 in one encoded word: 56 in base64, 68 with its frame */
#define BODY_WIDTH 76
#define DISPLAY_NAME_MAX 100 /* characters */

static char *
new_token (void)
{
  static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *seed = g_strdup_printf ("%s%08x%08x", uuid, g_random_int (), g_random_int ());
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  char *token = g_malloc0 (TOKEN_LENGTH + 1);

  g_checksum_update (sum, (const guchar *) seed, (gssize) strlen (seed));
  g_checksum_get_digest (sum, digest, &size);
  for (guint i = 0; i < TOKEN_LENGTH; i++)
    token[i] = alphabet[digest[i] % 32];
  return token;
}

char *
postweg_letter_encode_words (const char *text)
{
  GString *words = g_string_new (NULL);

  if (g_str_is_ascii (text))
    return g_string_free (g_string_append (words, text), FALSE);
  while (*text != '\0')
    {
      gsize length = 0;
      g_autofree char *base64 = NULL;

      /* a character must not be cut (RFC 2047 5) */
      for (const char *next = text; *next != '\0' && (gsize) (next - text) <= WORD_BYTES - 6;
           next = g_utf8_next_char (next))
        length = (gsize) (g_utf8_next_char (next) - text);
      base64 = g_base64_encode ((const guchar *) text, length);
      g_string_append_printf (words, "%s=?utf-8?B?%s?=", words->len > 0 ? "\n " : "", base64);
      text += length;
    }
  return g_string_free (words, FALSE);
}

static gboolean
stays (char c, gboolean last)
{
  return (c > ' ' && c < 0x7f && c != '=') || (c == ' ' && !last);
}

static void
encode_line (const char *text, gsize length, GPtrArray *lines)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *piece = stays (text[i], i + 1 == length) ? g_strndup (text + i, 1)
                                                                : g_strdup_printf ("=%02X", (guchar) text[i]);

      if (line->len + strlen (piece) >= BODY_WIDTH)
        {
          g_ptr_array_add (lines, g_strconcat (line->str, "=", NULL));
          g_string_truncate (line, 0);
        }
      g_string_append (line, piece);
    }
  g_ptr_array_add (lines, g_strdup (line->str));
}

void
postweg_letter_encode_body (const char *text, GPtrArray *lines)
{
  while (TRUE)
    {
      gsize length = strcspn (text, "\n");

      encode_line (text, length, lines);
      if (text[length] == '\0')
        return;
      text += length + 1;
    }
}

/* %a and %b of strftime() speak the person's language; mail does not (RFC 5322 3.3). */
static char *
date_now (void)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *rest = g_date_time_format (now, "%Y %H:%M:%S %z");

  return g_strdup_printf ("%s, %d %s %s", days[g_date_time_get_day_of_week (now) - 1],
                          g_date_time_get_day_of_month (now), months[g_date_time_get_month (now) - 1], rest);
}

static gboolean
is_plain_word (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr (" -_'", *text) == NULL)
      return FALSE;
  return TRUE;
}

static char *
quote (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (; *text != '\0'; text++)
    {
      if (strchr ("\"\\", *text) != NULL)
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *text);
    }
  return g_string_free (g_string_append_c (quoted, '"'), FALSE);
}

/* A display name as a phrase: words, a quoted string, or encoded words. Returns: (transfer full) */
static char *
phrase_of (const char *name)
{
  g_autofree char *clean = postweg_text_clean (name, strlen (name));
  g_autofree char *cut = NULL;

  g_strdelimit (clean, "\n", ' ');
  g_strstrip (clean);
  cut = g_utf8_strlen (clean, -1) > DISPLAY_NAME_MAX ? g_utf8_substring (clean, 0, DISPLAY_NAME_MAX)
                                                     : g_strdup (clean);
  if (is_plain_word (cut) || !g_str_is_ascii (cut))
    return postweg_letter_encode_words (cut);
  return quote (cut);
}

/* The Message-ID is of the sender's domain, in ASCII. Returns: (transfer full) */
static char *
domain_of (const char *address)
{
  g_autoptr (PostwegAddress) parsed = postweg_address_parse (address, NULL);
  const char *at = strrchr (address, '@');

  if (parsed != NULL)
    return g_strdup (parsed->domain);
  return g_strdup (at != NULL && g_str_is_ascii (at) && at[1] != '\0' ? at + 1 : "postweg.invalid");
}

/* A field, in several lines where its value has breaks. */
static void
add_field (PostwegLetter *letter, const char *name, const char *value)
{
  g_autofree char *field = g_strdup_printf ("%s: %s", name, value);
  g_auto (GStrv) lines = g_strsplit (field, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_ptr_array_add (letter->lines, g_strdup (lines[i]));
}

static void
add_fields (PostwegLetter *letter, const char *name, const char *address)
{
  g_autofree char *date = date_now ();
  g_autofree char *phrase = phrase_of (name);
  g_autofree char *from = *phrase != '\0' ? g_strdup_printf ("%s <%s>", phrase, address) : g_strdup (address);
  g_autofree char *subject = postweg_letter_encode_words (letter->subject);

  add_field (letter, "Date", date);
  add_field (letter, "From", from);
  add_field (letter, "To", from);
  add_field (letter, "Subject", subject);
  add_field (letter, "Message-ID", letter->message_id);
  add_field (letter, "MIME-Version", "1.0");
  add_field (letter, "Content-Type", "text/plain; charset=utf-8");
  add_field (letter, "Content-Transfer-Encoding", "quoted-printable");
  add_field (letter, "Auto-Submitted", "auto-generated");
  add_field (letter, POSTWEG_LETTER_FIELD, letter->token);
}

PostwegLetter *
postweg_letter_new (const char *name, const char *address, const char *token)
{
  PostwegLetter *letter = g_new0 (PostwegLetter, 1);
  g_autofree char *domain = domain_of (address);
  g_autofree char *body = NULL;

  letter->lines = g_ptr_array_new_with_free_func (g_free);
  letter->token = token != NULL ? g_strdup (token) : new_token ();
  letter->message_id = g_strdup_printf ("<%s@%s>", letter->token, domain);
  /* TRANSLATORS: subject of the mail that people send to themselves for a test; %s is a row of letters that tells it from others */
  letter->subject = g_strdup_printf (_ ("Test mail from Postweg (%s)"), letter->token);
  add_fields (letter, name, address);
  g_ptr_array_add (letter->lines, g_strdup (""));
  body = g_strdup_printf (
      _ ("Hello,\n\n"
                             "you are reading the mail that you have sent to yourself with Postweg, to see whether sending "
                             "and receiving work together.\n\n"
                             "Postweg looks for it in your mailbox and removes it again. If you see it all the same, you can delete it.\n\n"
                             "Mark of this mail: %s"),
         letter->token);
  postweg_letter_encode_body (body, letter->lines);
  return letter;
}

void
postweg_letter_free (PostwegLetter *letter)
{
  if (letter == NULL)
    return;
  g_free (letter->token);
  g_free (letter->message_id);
  g_free (letter->subject);
  g_ptr_array_unref (letter->lines);
  g_free (letter);
}
