/* SRV records to servers, and what MX hosts tell. */
#include "discover/srv.h"
#include <string.h>

typedef struct {
  guint service; /* 0 _imaps, 1 _imap, 2 _pop3s, 3 _pop3, 4 _submissions, 5 _submission */
  guint16 priority, weight, port;
  const char *target;
  gboolean authentic;
} Record;

typedef struct {
  const char *name;
  Record records[6];
  const char *servers;
} Row;

/* clang-format off */
static const Row rows[] = {
  { "one", { { 0, 0, 1, 993, "i.firm.example" } }, "imap:i.firm.example:993:tls:dns " },
  { "each", { { 0, 0, 1, 993, "i.firm.example" }, { 2, 0, 1, 995, "p.firm.example" }, { 4, 0, 1, 465, "s.firm.example" } }, "imap:i.firm.example:993:tls:dns pop3:p.firm.example:995:tls:dns smtp:s.firm.example:465:tls:dns " },
  { "starttls", { { 1, 0, 1, 143, "i.firm.example" }, { 5, 0, 1, 587, "s.firm.example" } }, "imap:i.firm.example:143:starttls:dns smtp:s.firm.example:587:starttls:dns " },
  { "own-port", { { 0, 0, 1, 1993, "i.firm.example" } }, "imap:i.firm.example:1993:tls:dns " },
  { "priority", { { 0, 20, 9, 993, "b.firm.example" }, { 0, 10, 1, 993, "a.firm.example" } }, "imap:a.firm.example:993:tls:dns imap:b.firm.example:993:tls:dns " },
  { "weight", { { 0, 0, 1, 993, "light.firm.example" }, { 0, 0, 9, 993, "heavy.firm.example" } }, "imap:heavy.firm.example:993:tls:dns imap:light.firm.example:993:tls:dns " },
  { "tls-before-starttls", { { 1, 0, 9, 143, "i.firm.example" }, { 0, 0, 1, 993, "i.firm.example" } }, "imap:i.firm.example:993:tls:dns imap:i.firm.example:143:starttls:dns " },
  { "priority-before-tls", { { 1, 0, 1, 143, "a.firm.example" }, { 0, 5, 1, 993, "b.firm.example" } }, "imap:a.firm.example:143:starttls:dns imap:b.firm.example:993:tls:dns " },
  { "not-offered", { { 2, 0, 0, 0, "." }, { 0, 0, 1, 993, "i.firm.example" } }, "imap:i.firm.example:993:tls:dns " },
  { "foreign", { { 0, 0, 1, 993, "i.other.example" } }, "imap:i.other.example:993:tls:dns:foreign " },
  { "foreign-proven", { { 0, 0, 1, 993, "i.other.example", TRUE } }, "imap:i.other.example:993:tls:dnssec " },
  { "port-0", { { 0, 0, 1, 0, "i.firm.example" } }, "" },
  { "numeric-target", { { 0, 0, 1, 993, "192.0.2.1" } }, "" },
  { "single-label", { { 0, 0, 1, 993, "localhost" } }, "" },
  { "nothing", { { 0 } }, "" },
};
/* clang-format on */

static GPtrArray *
answers_of (const Row *row)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dns_answer_free);

  for (guint i = 0; i < POSTWEG_N_SRV; i++)
    g_ptr_array_add (answers, postweg_dns_answer_new (POSTWEG_DNS_NO_DATA));
  for (guint i = 0; i < G_N_ELEMENTS (row->records) && row->records[i].target != NULL; i++)
    {
      const Record *given = &row->records[i];
      PostwegDnsAnswer *answer = g_ptr_array_index (answers, given->service);
      PostwegDnsRecord *record = g_new (PostwegDnsRecord, 1);

      *record = (PostwegDnsRecord){ POSTWEG_DNS_SRV, given->priority, given->weight, given->port,
                                    g_strdup (given->target) };
      g_ptr_array_add (answer->records, record);
      answer->authentic = given->authentic;
    }
  return answers;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (PostwegAddress) address = postweg_address_parse ("anna@firm.example", NULL);
  g_autoptr (GPtrArray) answers = answers_of (row);
  g_autoptr (PostwegSourceResult) result = postweg_source_result_new ("srv");
  g_autoptr (GString) text = g_string_new (NULL);

  postweg_srv_take (answers, address, result);
  for (guint i = 0; i < result->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (result->servers, i);

      g_assert_cmpstr (found->server->user, ==, "anna@firm.example");
      g_assert_cmpstr (found->source, ==, "srv");
      g_string_append_printf (text, "%s:%s:%u:%s:%s%s ", postweg_protocol_name (found->server->protocol),
                              found->server->host, found->server->port,
                              postweg_security_name (found->server->security), found->trust,
                              found->foreign ? ":foreign" : "");
    }
  g_assert_cmpstr (text->str, ==, row->servers);
}

static void
test_mx_names (void)
{
  static const struct {
    const char *host, *names;
  } table[] = {
    { "mx1.mail.hoster.example", "mail.hoster.example hoster.example" },
    { "mx1.hoster.example", "hoster.example" },
    { "hoster.example", "hoster.example" },
    { "mx.hoster.co.uk", "hoster.co.uk" },
    { "hoster.co.uk", "hoster.co.uk" },
    { "co.uk", "" },
    { "mx", "" },
    { "192.0.2.1", "" },
    { "customer.github.io", "customer.github.io" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) names = postweg_mx_names (table[i].host);
      g_autofree char *text = g_strjoinv (" ", names);

      g_assert_cmpstr (text, ==, table[i].names);
    }
}

static void
test_mx_telling (void)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new ();

  g_assert_null (postweg_mx_telling (NULL));
  g_assert_null (postweg_mx_telling (hosts));
  g_ptr_array_add (hosts, (char *) "mx01.hornetsecurity.com");
  g_assert_null (postweg_mx_telling (hosts));
  g_ptr_array_add (hosts, (char *) "mx1.hoster.example");
  g_ptr_array_add (hosts, (char *) "mx2.hoster.example");
  g_assert_cmpstr (postweg_mx_telling (hosts), ==, "mx1.hoster.example");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/discover/srv/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/discover/mx/names", test_mx_names);
  g_test_add_func ("/discover/mx/telling", test_mx_telling);
  return g_test_run ();
}
