/* The test mail as it goes out: complete, plain, in ASCII, also for names and languages that are not. */
#include "probe/letter.h"
#include "wire/header.h"
#include <string.h>

static char *
text_of (const PostwegLetter *letter)
{
  g_autofree char *joined = NULL;

  g_ptr_array_add (letter->lines, NULL);
  joined = g_strjoinv ("\r\n", (char **) letter->lines->pdata);
  g_ptr_array_remove_index (letter->lines, letter->lines->len - 1);
  return g_steal_pointer (&joined);
}

static void
test_complete (void)
{
  static const char *const fields_needed[] = {
    "date",           "from",          "to",           "subject",
    "message-id",     "mime-version",  "content-type", "content-transfer-encoding",
    "auto-submitted", "x-postweg-test"
  };
  g_autoptr (PostwegLetter) letter = postweg_letter_new ("Anna", "anna@firm.example", NULL);
  g_autofree char *text = text_of (letter);
  g_autoptr (GPtrArray) fields = postweg_header_parse (text, strlen (text));
  gint64 seconds = 0;

  for (guint i = 0; i < G_N_ELEMENTS (fields_needed); i++)
    g_assert_nonnull (postweg_header_get (fields, fields_needed[i]));
  g_assert_cmpuint (fields->len, ==, G_N_ELEMENTS (fields_needed));
  g_assert_true (postweg_header_date (postweg_header_get (fields, "date"), &seconds));
  g_assert_cmpint (ABS (seconds - g_get_real_time () / G_USEC_PER_SEC), <=, 5);
  g_assert_cmpstr (postweg_header_get (fields, "from"), ==, "Anna <anna@firm.example>");
  g_assert_cmpstr (postweg_header_get (fields, "x-postweg-test"), ==, letter->token);
  g_assert_cmpstr (postweg_header_get (fields, "message-id"), ==, letter->message_id);
  g_assert_true (g_str_has_suffix (letter->message_id, "@firm.example>"));
  g_assert_nonnull (strstr (letter->subject, letter->token));
  g_assert_nonnull (strstr (strstr (text, "\r\n\r\n"), letter->token));
  g_assert_cmpuint (strlen (text), <, 2000);
}

/* From fields for names that try something. */
static void
test_names (void)
{
  static const struct {
    const char *name, *from;
  } table[] = {
    { "", "a@b.example" },
    { "Anna Müller", "=?utf-8?B?QW5uYSBNw7xsbGVy?= <a@b.example>" },
    { "Müller, Anna", "=?utf-8?B?TcO8bGxlciwgQW5uYQ==?= <a@b.example>" },
    { "Muller, Anna", "\"Muller, Anna\" <a@b.example>" },
    { "Anna \"A\" \\ B", "\"Anna \\\"A\\\" \\\\ B\" <a@b.example>" },
    { "a@b.example", "\"a@b.example\" <a@b.example>" },
    { "Anna\r\nBcc: all@b.example", "\"Anna Bcc: all@b.example\" <a@b.example>" },
    { "\x1b[31mAnna", "\"[31mAnna\" <a@b.example>" },
    { "   ", "a@b.example" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegLetter) letter = postweg_letter_new (table[i].name, "a@b.example", NULL);
      g_autofree char *text = text_of (letter);
      g_autoptr (GPtrArray) fields = postweg_header_parse (text, strlen (text));

      g_assert_cmpstr (postweg_header_get (fields, "from"), ==, table[i].from);
      g_assert_cmpstr (postweg_header_get (fields, "to"), ==, table[i].from);
      g_assert_null (postweg_header_get (fields, "bcc"));
      for (guint j = 0; j < letter->lines->len; j++)
        {
          const char *line = g_ptr_array_index (letter->lines, j);

          g_assert_true (g_str_is_ascii (line));
          g_assert_cmpuint (strlen (line), <=, 200);
          g_assert_null (strpbrk (line, "\r\n"));
        }
    }
}

static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (5000, 'x');
  g_autoptr (GString) umlauts = g_string_new (NULL);
  g_autoptr (PostwegLetter) letter = postweg_letter_new (name, "a@b.example", NULL);

  for (guint i = 0; i < 1000; i++)
    g_string_append (umlauts, "ü");
  for (guint j = 0; j < letter->lines->len; j++)
    g_assert_cmpuint (strlen (g_ptr_array_index (letter->lines, j)), <, 300);
  g_ptr_array_set_size (letter->lines, 0);
  {
    g_autofree char *words = postweg_letter_encode_words (umlauts->str);
    g_auto (GStrv) lines = g_strsplit (words, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++)
      {
        g_autofree char *base64 =
            g_strndup (lines[i] + (i > 0 ? 11 : 10), strlen (lines[i]) - (i > 0 ? 13 : 12));
        gsize size = 0;
        g_autofree guchar *bytes = g_base64_decode (base64, &size);

        g_assert_cmpuint (strlen (lines[i]), <=, 76);
        g_assert_true (g_utf8_validate ((const char *) bytes, (gssize) size, NULL));
      }
  }
}

/* Each mail is another one. */
static void
test_tokens (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (PostwegLetter) letter = postweg_letter_new ("", "a@b.example", NULL);

      g_assert_cmpuint (strspn (letter->token, "abcdefghijklmnopqrstuvwxyz234567"), ==, 26);
      g_assert_cmpuint (strlen (letter->token), ==, 26);
      g_assert_true (g_hash_table_add (seen, g_strdup (letter->token)));
    }
}

/* The Message-ID stays in ASCII, whatever the address looks like. */
static void
test_domains (void)
{
  static const char *const table[][2] = {
    { "a@b.example", "@b.example>" },    { "a@bücher.example", "@xn--bcher-kva.example>" },
    { "änne@b.example", "@b.example>" }, { "no address", "@postweg.invalid>" },
    { "", "@postweg.invalid>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegLetter) letter = postweg_letter_new ("", table[i][0], NULL);

      g_assert_true (g_str_has_suffix (letter->message_id, table[i][1]));
      g_assert_true (g_str_is_ascii (letter->message_id));
    }
}

static void
test_body (void)
{
  static const struct {
    const char *text;
    const char *lines[4];
  } table[] = {
    { "plain", { "plain", NULL } },
    { "a\nb", { "a", "b", NULL } },
    { "a\n\nb", { "a", "", "b", NULL } },
    { "", { "", NULL } },
    { "Grüße", { "Gr=C3=BC=C3=9Fe", NULL } },
    { "1+1=2", { "1+1=3D2", NULL } },
    { "ends with blank ", { "ends with blank=20", NULL } },
    { "tab\there", { "tab=09here", NULL } },
    { "1234567890123456789012345678901234567890123456789012345678901234567890123456789",
      { "123456789012345678901234567890123456789012345678901234567890123456789012345=", "6789", NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

      postweg_letter_encode_body (table[i].text, lines);
      for (guint j = 0; table[i].lines[j] != NULL; j++)
        {
          g_assert_cmpuint (lines->len, >, j);
          g_assert_cmpstr (g_ptr_array_index (lines, j), ==, table[i].lines[j]);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/letter/complete", test_complete);
  g_test_add_func ("/probe/letter/names", test_names);
  g_test_add_func ("/probe/letter/long-name", test_long_name);
  g_test_add_func ("/probe/letter/tokens", test_tokens);
  g_test_add_func ("/probe/letter/domains", test_domains);
  g_test_add_func ("/probe/letter/body", test_body);
  return g_test_run ();
}
