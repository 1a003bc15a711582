/* Any bytes as a name server's answer; the first one chooses the type that was asked for. */
#include "discover/srv.h"
#include "fuzz.h"
#include "wire/dns-answer.h"

static void
check_records (const PostwegDnsAnswer *answer, PostwegDnsType type)
{
  g_assert_cmpuint (answer->records->len, <=, POSTWEG_DNS_MAX_RECORDS);
  for (guint i = 0; i < answer->records->len; i++)
    {
      const PostwegDnsRecord *record = g_ptr_array_index (answer->records, i);

      g_assert_cmpint (record->type, ==, type);
      g_assert_true (g_utf8_validate (record->text, -1, NULL));
      if (type == POSTWEG_DNS_MX || type == POSTWEG_DNS_SRV)
        g_assert_true (g_strcmp0 (record->text, ".") == 0 || postweg_host_is_valid (record->text));
    }
}

/* The same answer for all six services. */
static void
check_srv (PostwegDnsAnswer *answer)
{
  g_autoptr (PostwegAddress) address = fuzz_address ();
  g_autoptr (PostwegSourceResult) result = postweg_source_result_new ("srv");
  g_autoptr (GPtrArray) answers = g_ptr_array_new ();

  for (guint i = 0; i < POSTWEG_N_SRV; i++)
    g_ptr_array_add (answers, answer);
  postweg_srv_take (answers, address, result);
  for (guint i = 0; i < result->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (result->servers, i);

      g_assert_true (postweg_host_is_valid (found->server->host));
      g_assert_cmpuint (found->server->port, !=, 0);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  static const PostwegDnsType types[] = { POSTWEG_DNS_A, POSTWEG_DNS_AAAA, POSTWEG_DNS_MX, POSTWEG_DNS_TXT,
                                          POSTWEG_DNS_SRV };
  PostwegDnsType type = types[length > 0 ? bytes[0] % G_N_ELEMENTS (types) : 0];
  g_autoptr (PostwegDnsAnswer) answer =
      postweg_dns_answer_parse (bytes + (length > 0), length - (length > 0), type, length % 2);

  check_records (answer, type);
  if (type == POSTWEG_DNS_SRV)
    check_srv (answer);
  return 0;
}
