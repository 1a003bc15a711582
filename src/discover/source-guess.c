/* Guessing: the usual names under the domain that exist, with the usual ports. Nothing of this counts before a look at it. */
#include "discover/source.h"
#include "wire/dns-query.h"
#include <string.h>

#define N_NAMES 6

/* In order of preference for each protocol; "" is the domain itself. */
static const char *const names[N_NAMES] = { "imap", "pop", "pop3", "smtp", "mail", "" };

/* clang-format off */
static const struct {
  PostwegProtocol protocol;
  const char *names[3];
} usual[] = {
  { POSTWEG_IMAP, { "imap", "mail", "" } },
  { POSTWEG_POP3, { "pop", "pop3", "mail" } },
  { POSTWEG_SMTP, { "smtp", "mail", "" } },
};
/* clang-format on */

static char *
host_of (const char *name, const char *domain)
{
  return *name == '\0' ? g_strdup (domain) : g_strconcat (name, ".", domain, NULL);
}

static gboolean
is_known (const GPtrArray *hosts, const char *host)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *) hosts, host, g_str_equal, NULL);
}

static void
add (PostwegSourceResult *result, const PostwegAddress *address, PostwegProtocol protocol,
     PostwegSecurity security, const char *host)
{
  g_autoptr (PostwegServer) server = postweg_server_new (protocol, host, 0, security, address->full);

  postweg_source_result_add (result, postweg_found_server_new (server, NULL, NULL), "guess", "dns");
}

/* All with implicit TLS first. */
static void
add_all (const PostwegSourceTask *task, PostwegSourceResult *result, const GPtrArray *hosts)
{
  static const PostwegSecurity securities[] = { POSTWEG_TLS, POSTWEG_STARTTLS };

  for (guint s = 0; s < G_N_ELEMENTS (securities); s++)
    for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
      for (guint k = 0; k < G_N_ELEMENTS (usual[i].names); k++)
        {
          g_autofree char *host = host_of (usual[i].names[k], task->address->domain);

          if (is_known (hosts, host))
            add (result, task->address, usual[i].protocol, securities[s], host);
        }
}

void
postweg_source_guess (const PostwegSourceTask *task, PostwegSourceResult *result)
{
  PostwegDnsQuestion questions[2 * N_NAMES];
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) there = g_ptr_array_new ();
  g_autoptr (GPtrArray) answers = NULL;

  for (guint i = 0; i < N_NAMES; i++)
    {
      g_ptr_array_add (hosts, host_of (names[i], task->address->domain));
      questions[2 * i] = (PostwegDnsQuestion){ g_ptr_array_index (hosts, i), POSTWEG_DNS_A };
      questions[2 * i + 1] = (PostwegDnsQuestion){ g_ptr_array_index (hosts, i), POSTWEG_DNS_AAAA };
    }
  answers = postweg_dns_query (questions, 2 * N_NAMES, task->name_server, &task->wait, NULL);
  for (guint i = 0; answers != NULL && i < 2 * N_NAMES; i++)
    if (((PostwegDnsAnswer *) g_ptr_array_index (answers, i))->status == POSTWEG_DNS_FOUND)
      g_ptr_array_add (there, g_ptr_array_index (hosts, i / 2));
  add_all (task, result, there);
}
