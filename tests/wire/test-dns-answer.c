/* Name servers' answers as bytes: good, odd and hostile ones. */
#include "wire/dns-answer.h"
#include <string.h>

#define HEAD(flags, n) "\x12\x34" flags "\x00\x01\x00" n "\x00\x00\x00\x00"
#define ANSWER "\x81\x80"
#define PROVEN "\x81\xa0"
/* firm.example, at offset 12 */
#define QUESTION(type)                                                                                       \
  "\x04"                                                                                                     \
  "firm\x07"                                                                                                 \
  "example\x00" type "\x00\x01"
#define RR(type, length) "\xc0\x0c" type "\x00\x01\x00\x00\x00\x3c" length
#define A "\x00\x01"
#define AAAA "\x00\x1c"
#define MX "\x00\x0f"
#define TXT "\x00\x10"
#define SRV "\x00\x21"
#define CNAME "\x00\x05"

typedef struct {
  const char *name;
  PostwegDnsType type;
  const char *bytes;
  gsize length;
  PostwegDnsStatus status;
  const char *records;
  gboolean authentic;
} Row;

#define BYTES(text) text, sizeof (text) - 1

/* clang-format off */
static const Row rows[] = {
  { "a", POSTWEG_DNS_A, BYTES (HEAD (ANSWER, "\x01") QUESTION (A) RR (A, "\x00\x04") "\xc0\x00\x02\x07"), POSTWEG_DNS_FOUND, "192.0.2.7 " },
  { "aaaa", POSTWEG_DNS_AAAA, BYTES (HEAD (ANSWER, "\x01") QUESTION (AAAA) RR (AAAA, "\x00\x10") "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"), POSTWEG_DNS_FOUND, "2001:db8::1 " },
  { "mx", POSTWEG_DNS_MX, BYTES (HEAD (ANSWER, "\x01") QUESTION (MX) RR (MX, "\x00\x07") "\x00\x0a\x02" "mx\xc0\x0c"), POSTWEG_DNS_FOUND, "10:mx.firm.example " },
  { "mx/capitals", POSTWEG_DNS_MX, BYTES (HEAD (ANSWER, "\x01") QUESTION (MX) RR (MX, "\x00\x07") "\x00\x0a\x02" "MX\xc0\x0c"), POSTWEG_DNS_FOUND, "10:mx.firm.example " },
  { "mx/null", POSTWEG_DNS_MX, BYTES (HEAD (ANSWER, "\x01") QUESTION (MX) RR (MX, "\x00\x03") "\x00\x00\x00"), POSTWEG_DNS_FOUND, "0:. " },
  { "srv", POSTWEG_DNS_SRV, BYTES (HEAD (ANSWER, "\x01") QUESTION (SRV) RR (SRV, "\x00\x0d") "\x00\x01\x00\x02\x03\xe1\x04" "imap\xc0\x0c"), POSTWEG_DNS_FOUND, "1/2/993:imap.firm.example " },
  { "srv/not-offered", POSTWEG_DNS_SRV, BYTES (HEAD (ANSWER, "\x01") QUESTION (SRV) RR (SRV, "\x00\x07") "\x00\x00\x00\x00\x00\x00\x00"), POSTWEG_DNS_FOUND, "0/0/0:. " },
  { "txt", POSTWEG_DNS_TXT, BYTES (HEAD (ANSWER, "\x01") QUESTION (TXT) RR (TXT, "\x00\x04") "\x03" "abc"), POSTWEG_DNS_FOUND, "abc " },
  { "txt/several-strings", POSTWEG_DNS_TXT, BYTES (HEAD (ANSWER, "\x01") QUESTION (TXT) RR (TXT, "\x00\x06") "\x01" "a\x03" "bcd"), POSTWEG_DNS_FOUND, "abcd " },
  { "txt/empty", POSTWEG_DNS_TXT, BYTES (HEAD (ANSWER, "\x01") QUESTION (TXT) RR (TXT, "\x00\x01") "\x00"), POSTWEG_DNS_FOUND, " " },
  { "txt/string-too-long", POSTWEG_DNS_TXT, BYTES (HEAD (ANSWER, "\x01") QUESTION (TXT) RR (TXT, "\x00\x02") "\x09" "a"), POSTWEG_DNS_NO_DATA, "" },
  { "txt/nul", POSTWEG_DNS_TXT, BYTES (HEAD (ANSWER, "\x01") QUESTION (TXT) RR (TXT, "\x00\x03") "\x02" "a\x00"), POSTWEG_DNS_NO_DATA, "" },
  { "alias", POSTWEG_DNS_A, BYTES (HEAD (ANSWER, "\x02") QUESTION (A) RR (CNAME, "\x00\x04") "\x01" "b\xc0\x0c" RR (A, "\x00\x04") "\xc0\x00\x02\x07"), POSTWEG_DNS_FOUND, "192.0.2.7 " },
  { "other-type-only", POSTWEG_DNS_MX, BYTES (HEAD (ANSWER, "\x01") QUESTION (MX) RR (A, "\x00\x04") "\xc0\x00\x02\x07"), POSTWEG_DNS_NO_DATA, "" },
  { "proven", POSTWEG_DNS_A, BYTES (HEAD (PROVEN, "\x01") QUESTION (A) RR (A, "\x00\x04") "\xc0\x00\x02\x07"), POSTWEG_DNS_FOUND, "192.0.2.7 ", TRUE },
  { "no-data", POSTWEG_DNS_MX, BYTES (HEAD (ANSWER, "\x00") QUESTION (MX)), POSTWEG_DNS_NO_DATA, "" },
  { "no-name", POSTWEG_DNS_MX, BYTES (HEAD ("\x81\x83", "\x00") QUESTION (MX)), POSTWEG_DNS_NO_NAME, "" },
  { "no-name/proven", POSTWEG_DNS_MX, BYTES (HEAD ("\x81\xa3", "\x00") QUESTION (MX)), POSTWEG_DNS_NO_NAME, "", TRUE },
  { "servfail", POSTWEG_DNS_MX, BYTES (HEAD ("\x81\x82", "\x00") QUESTION (MX)), POSTWEG_DNS_FAILED, "" },
  { "refused", POSTWEG_DNS_MX, BYTES (HEAD ("\x81\x85", "\x00") QUESTION (MX)), POSTWEG_DNS_FAILED, "" },
  { "question-comes-back", POSTWEG_DNS_MX, BYTES (HEAD ("\x01\x00", "\x00") QUESTION (MX)), POSTWEG_DNS_FAILED, "" },
  { "nothing", POSTWEG_DNS_MX, BYTES (""), POSTWEG_DNS_FAILED, "" },
  { "head-only", POSTWEG_DNS_MX, BYTES ("\x12\x34\x81\x80"), POSTWEG_DNS_FAILED, "" },
  { "fewer-than-announced", POSTWEG_DNS_A, BYTES (HEAD (ANSWER, "\x02") QUESTION (A) RR (A, "\x00\x04") "\xc0\x00\x02\x07"), POSTWEG_DNS_FAILED, "" },
  { "a/wrong-length", POSTWEG_DNS_A, BYTES (HEAD (ANSWER, "\x01") QUESTION (A) RR (A, "\x00\x03") "\xc0\x00\x02"), POSTWEG_DNS_NO_DATA, "" },
  { "mx/too-short", POSTWEG_DNS_MX, BYTES (HEAD (ANSWER, "\x01") QUESTION (MX) RR (MX, "\x00\x02") "\x00\x0a"), POSTWEG_DNS_NO_DATA, "" },
  { "mx/name-points-at-itself", POSTWEG_DNS_MX, BYTES (HEAD (ANSWER, "\x01") QUESTION (MX) RR (MX, "\x00\x04") "\x00\x0a\xc0\x2c"), POSTWEG_DNS_NO_DATA, "" },
  { "mx/name-points-outside", POSTWEG_DNS_MX, BYTES (HEAD (ANSWER, "\x01") QUESTION (MX) RR (MX, "\x00\x04") "\x00\x0a\xff\xff"), POSTWEG_DNS_NO_DATA, "" },
  { "mx/no-host-name", POSTWEG_DNS_MX, BYTES (HEAD (ANSWER, "\x01") QUESTION (MX) RR (MX, "\x00\x08") "\x00\x0a\x03" "a b\xc0\x0c"), POSTWEG_DNS_NO_DATA, "" },
};
/* clang-format on */

static char *
describe (const PostwegDnsAnswer *answer)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < answer->records->len; i++)
    {
      const PostwegDnsRecord *record = g_ptr_array_index (answer->records, i);

      if (record->type == POSTWEG_DNS_SRV)
        g_string_append_printf (text, "%u/%u/%u:", record->priority, record->weight, record->port);
      if (record->type == POSTWEG_DNS_MX)
        g_string_append_printf (text, "%u:", record->priority);
      g_string_append_printf (text, "%s ", record->text);
    }
  return g_string_free (text, FALSE);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree guint8 *copy = g_memdup2 (row->bytes, row->length); /* exactly as long, for the sanitizers */
  g_autoptr (PostwegDnsAnswer) answer = postweg_dns_answer_parse (copy, row->length, row->type, TRUE);
  g_autoptr (PostwegDnsAnswer) doubted = postweg_dns_answer_parse (copy, row->length, row->type, FALSE);
  g_autofree char *text = describe (answer);

  g_assert_cmpint (answer->status, ==, row->status);
  g_assert_cmpstr (text, ==, row->records);
  g_assert_cmpint (answer->authentic, ==, row->authentic);
  g_assert_false (doubted->authentic);
}

static void
test_many (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (PostwegDnsAnswer) answer = NULL;

  g_byte_array_append (bytes, (const guint8 *) HEAD (ANSWER, "\xff") QUESTION (A), 12 + 18);
  for (guint i = 0; i < 255; i++)
    g_byte_array_append (bytes, (const guint8 *) RR (A, "\x00\x04") "\xc0\x00\x02\x07", 16);
  answer = postweg_dns_answer_parse (bytes->data, bytes->len, POSTWEG_DNS_A, FALSE);
  g_assert_cmpuint (answer->records->len, ==, POSTWEG_DNS_MAX_RECORDS);
}

static void
test_random (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      const Row *row = &rows[round % G_N_ELEMENTS (rows)];
      gsize length = (gsize) g_test_rand_int_range (0, (gint32) row->length + 1);
      g_autofree guint8 *copy = g_memdup2 (row->bytes, length);
      g_autoptr (PostwegDnsAnswer) answer = NULL;

      for (gint i = g_test_rand_int_range (0, 5); length > 0 && i > 0; i--)
        copy[g_test_rand_int_range (0, (gint32) length)] = (guint8) g_test_rand_int_range (0, 256);
      answer = postweg_dns_answer_parse (copy, length, row->type, TRUE);
      g_assert_nonnull (answer);
      g_assert_true (answer->records->len == 0 || answer->status != POSTWEG_DNS_NO_DATA);
      for (guint i = 0; i < answer->records->len; i++)
        g_assert_true (
            g_utf8_validate (((PostwegDnsRecord *) g_ptr_array_index (answer->records, i))->text, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/dns-answer/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/wire/dns-answer/many", test_many);
  g_test_add_func ("/wire/dns-answer/random", test_random);
  return g_test_run ();
}
