/* SRV records of mail (RFC 6186, RFC 8314 5.1). */
#include "discover/srv.h"
#include "discover/source.h"
#include "wire/dns-query.h"
#include <string.h>

/* clang-format off */
static const struct {
  const char *label;
  PostwegProtocol protocol;
  PostwegSecurity security;
} services[POSTWEG_N_SRV] = {
  { "_imaps._tcp", POSTWEG_IMAP, POSTWEG_TLS },
  { "_imap._tcp", POSTWEG_IMAP, POSTWEG_STARTTLS },
  { "_pop3s._tcp", POSTWEG_POP3, POSTWEG_TLS },
  { "_pop3._tcp", POSTWEG_POP3, POSTWEG_STARTTLS },
  { "_submissions._tcp", POSTWEG_SMTP, POSTWEG_TLS },
  { "_submission._tcp", POSTWEG_SMTP, POSTWEG_STARTTLS },
};
/* clang-format on */

/* A row with where it came from, for sorting over the services. */
typedef struct {
  const PostwegDnsRecord *record;
  guint service;
  gboolean authentic;
} Row;

/* RFC 2782: the lower priority first. Among equals the heavier one instead of a draw, so that the answer is the same each time; then
 * implicit TLS, which RFC 8314 3.3 prefers. */
static int
by_preference (gconstpointer a, gconstpointer b)
{
  const Row *first = a;
  const Row *second = b;

  if (services[first->service].protocol != services[second->service].protocol)
    return (int) services[first->service].protocol - (int) services[second->service].protocol;
  if (first->record->priority != second->record->priority)
    return first->record->priority < second->record->priority ? -1 : 1;
  if (first->service != second->service)
    return first->service < second->service ? -1 : 1;
  if (first->record->weight != second->record->weight)
    return first->record->weight > second->record->weight ? -1 : 1;
  return strcmp (first->record->text, second->record->text);
}

static void
take_row (PostwegSourceResult *result, const Row *row, const PostwegAddress *address)
{
  g_autoptr (PostwegServer) server =
      postweg_server_new (services[row->service].protocol, row->record->text, row->record->port,
                          services[row->service].security, address->full);
  PostwegFoundServer *found = postweg_found_server_new (server, NULL, NULL);

  found->foreign = !row->authentic && !postweg_hosts_same_operator (row->record->text, address->domain);
  postweg_source_result_add (result, found, "srv", row->authentic ? "dnssec" : "dns");
}

/* "." says: not offered (RFC 2782); nobody needs to guess then. A service without a record says nothing. */
static void
note_refusals (const GPtrArray *answers, PostwegSourceResult *result)
{
  for (guint i = 0; i < answers->len; i++)
    {
      const PostwegDnsAnswer *answer = g_ptr_array_index (answers, i);
      const PostwegDnsRecord *only =
          answer->records->len == 1 ? g_ptr_array_index (answer->records, 0) : NULL;

      result->refused[services[i].protocol][services[i].security] =
          only != NULL && strcmp (only->text, ".") == 0;
      result->dns_broken = result->dns_broken || answer->broken;
    }
}

void
postweg_srv_take (const GPtrArray *answers, const PostwegAddress *address, PostwegSourceResult *result)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));

  note_refusals (answers, result);
  for (guint i = 0; i < answers->len; i++)
    {
      const PostwegDnsAnswer *answer = g_ptr_array_index (answers, i);

      for (guint k = 0; k < answer->records->len; k++)
        {
          const Row row = { g_ptr_array_index (answer->records, k), i, answer->authentic };

          if (strchr (row.record->text, '.') != NULL && strcmp (row.record->text, ".") != 0 &&
              row.record->port != 0 && !g_hostname_is_ip_address (row.record->text))
            g_array_append_val (rows, row);
        }
    }
  g_array_sort (rows, by_preference);
  for (guint i = 0; i < rows->len; i++)
    take_row (result, &g_array_index (rows, Row, i), address);
}

void
postweg_source_srv (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  PostwegDnsQuestion questions[POSTWEG_N_SRV];
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) answers = NULL;

  for (guint i = 0; i < POSTWEG_N_SRV; i++)
    {
      g_ptr_array_add (names, g_strconcat (services[i].label, ".", task->address->domain, NULL));
      questions[i] = (PostwegDnsQuestion){ g_ptr_array_index (names, i), POSTWEG_DNS_SRV };
    }
  answers = postweg_dns_query (questions, POSTWEG_N_SRV, task->name_server, &task->wait, NULL);
  if (answers != NULL)
    postweg_srv_take (answers, task->address, result);
}
