/* What domains should publish: read back, it says the same. */
#include "discover/autoconfig.h"
#include "discover/lint.h"
#include "clients/outputs/publish.h"
#include <string.h>

/* clang-format off */
static const struct {
  const char *name;
  const char *servers; /* URLs of the contract, separated by blanks; USER stands for the address */
  const char *file;    /* what is read back, or NULL: nothing to publish */
  const char *srv;     /* a line that must be in it */
} rows[] = {
  { "usual", "imaps://anna%40firm.example@i.example smtps://anna%40firm.example@s.example", "imap:i.example:993:tls:anna@firm.example smtp:s.example:465:tls:anna@firm.example ", "_imaps._tcp.firm.example. 3600 IN SRV 0 1 993 i.example.\n" },
  { "outgoing-first", "smtps://anna%40firm.example@s.example imaps://anna%40firm.example@i.example", "imap:i.example:993:tls:anna@firm.example smtp:s.example:465:tls:anna@firm.example ", "_submissions._tcp.firm.example. 3600 IN SRV 0 1 465 s.example.\n" },
  { "local-part", "pop3s://anna@p.example", "pop3:p.example:995:tls:anna ", "_pop3s._tcp.firm.example. 3600 IN SRV 0 1 995 p.example.\n" },
  { "starttls", "imap://anna@i.example?security=starttls smtp://anna@s.example:2587?security=starttls", "imap:i.example:143:starttls:anna smtp:s.example:2587:starttls:anna ", "_submission._tcp.firm.example. 3600 IN SRV 0 1 2587 s.example.\n" },
  { "not-offered", "imaps://anna@i.example", "imap:i.example:993:tls:anna ", "_pop3._tcp.firm.example. 3600 IN SRV 0 0 0 .\n" },
  { "no-encryption", "imap://anna@i.example?security=none", NULL, "_imap._tcp.firm.example. 3600 IN SRV 0 0 0 .\n" },
  { "markup", "imaps://a%26b%3Cc@i.example", "imap:i.example:993:tls:a&b<c ", "_imaps._tcp." },
  { "nothing", "", NULL, "_imaps._tcp.firm.example. 3600 IN SRV 0 0 0 .\n" },
};
/* clang-format on */

static GPtrArray *
servers_of (const char *urls)
{
  GPtrArray *servers = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_server_free);
  g_auto (GStrv) list = g_strsplit (urls, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0')
      {
        PostwegServer *server = postweg_server_from_url (list[i], NULL);

        g_assert_nonnull (server);
        g_ptr_array_add (servers, server);
      }
  return servers;
}

static void
check_file (const char *file, const PostwegAddress *address, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegAutoconfig) config = postweg_autoconfig_parse (file, strlen (file), address, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < config->servers->len; i++)
    {
      const PostwegServer *server = ((PostwegFoundServer *) g_ptr_array_index (config->servers, i))->server;

      g_string_append_printf (text, "%s:%s:%u:%s:%s ", postweg_protocol_name (server->protocol), server->host,
                              server->port, postweg_security_name (server->security), server->user);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PostwegAddress) address = postweg_address_parse ("anna@firm.example", NULL);
  g_autoptr (GPtrArray) servers = servers_of (rows[i].servers);
  g_autofree char *file = postweg_publish_autoconfig (servers, address);
  g_autofree char *srv = postweg_publish_srv (servers, address->domain);

  g_test_message ("%s%s", file != NULL ? file : "", srv);
  g_assert_true ((file == NULL) == (rows[i].file == NULL));
  if (file != NULL)
    check_file (file, address, rows[i].file);
  g_assert_nonnull (strstr (srv, rows[i].srv));
}

/* Subjects come from outside: they are no patterns. */
static void
test_words (void)
{
  static const struct {
    const char *code, *subject, *says;
  } table[] = {
    { "server-dead", "i.example:993", "i.example:993: nothing" },
    { "no-user-name", "%s%d", "%s%d: the file does not say" },
    { "no-user-name", "x", "Write %EMAILADDRESS%" },
    { "something-new", "x", "x: something here does not fit (something-new)." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      PostwegPublishNote *note = postweg_publish_note_new (table[i].code, table[i].subject);
      g_autofree char *text = postweg_lint_words (note);

      g_assert_nonnull (strstr (text, table[i].says));
      postweg_publish_note_free (note);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/clients/publish/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/clients/publish/words", test_words);
  return g_test_run ();
}
