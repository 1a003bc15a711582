/* Every file of the public database gives the facts that a list says. Runs where both are at hand: POSTWEG_ISPDB is the folder of the files,
 * POSTWEG_ISPDB_FACTS the list. */
#include "discover/autoconfig.h"
#include <string.h>

enum { ID, NAME, DOMAINS, IMAP, POP3, SMTP, OTHER, POP, ISSUER, ENABLE, N_COLUMNS };

/* Returns: (transfer full): what the variable names, or the same beside the project's folder; NULL if there is nothing */
static char *
at_hand (const char *variable, const char *folder, const char *name)
{
  const char *given = g_getenv (variable), *source = g_getenv ("G_TEST_SRCDIR");
  char *path;

  if (given != NULL)
    return g_strdup (given);
  path = g_build_filename (source != NULL ? source : ".", "..", "..", "..", "shared", folder, name, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_clear_pointer (&path, g_free);
  return path;
}

static const char *
form_of (const char *user, const PostwegAddress *address)
{
  g_autofree char *both = g_strconcat (address->local, ".", address->domain, NULL);

  if (strcmp (user, address->full) == 0)
    return "address";
  if (strcmp (user, address->local) == 0)
    return "local";
  if (strcmp (user, both) == 0)
    return "local.domain";
  return *user == '\0' ? "-" : user;
}

static char *
auths_of (const PostwegFoundServer *found)
{
  static const char *const names[] = {
    [POSTWEG_AUTH_PASSWORD] = "password",
    [POSTWEG_AUTH_ENCRYPTED] = "password-encrypted",
    [POSTWEG_AUTH_OAUTH2] = "oauth2",
    [POSTWEG_AUTH_NONE] = "none",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->n_auths; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "+" : "", names[found->auths[i]]);
  return g_string_free (text, FALSE);
}

static char *
servers_of (const PostwegAutoconfig *config, PostwegProtocol protocol, const PostwegAddress *address)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < config->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (config->servers, i);
      const PostwegServer *server = found->server;
      g_autofree char *auths = auths_of (found);

      if (server->protocol == protocol)
        g_string_append_printf (
            text, "%s%s:%u:%s:%s:%s", text->len > 0 ? "|" : "", server->host, server->port,
            server->security == POSTWEG_PLAIN ? "plain" : postweg_security_name (server->security), auths,
            form_of (server->user, address));
    }
  return g_string_free (text, FALSE);
}

/* Host placeholders stand in the list as they are. */
static char *
filled (const char *column, const PostwegAddress *address)
{
  GString *text = g_string_new (column);

  g_string_replace (text, "{domain}", address->domain, 0);
  return g_string_free (text, FALSE);
}

static PostwegAutoconfig *
read_file (const char *folder, const char *id, const PostwegAddress *address)
{
  g_autofree char *name = g_strconcat (id, ".xml", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  PostwegAutoconfig *config;

  g_assert_true (g_file_get_contents (path, &bytes, &length, &error));
  config = postweg_autoconfig_parse (bytes, length, address, &error);
  g_assert_no_error (error);
  return config;
}

static void
compare_servers (const PostwegAutoconfig *config, char **columns, const PostwegAddress *address)
{
  static const struct {
    PostwegProtocol protocol;
    guint column;
  } kinds[] = { { POSTWEG_IMAP, IMAP }, { POSTWEG_POP3, POP3 }, { POSTWEG_SMTP, SMTP } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *ours = servers_of (config, kinds[i].protocol, address);
      g_autofree char *theirs = filled (columns[kinds[i].column], address);

      g_assert_cmpstr (ours, ==, theirs);
    }
}

static void
compare_facts (const PostwegAutoconfig *config, char **columns)
{
  g_autofree char *domains = g_strjoinv (",", config->domains);
  g_autofree char *pop = NULL;

  if (config->poll_minutes > 0)
    pop = g_strdup_printf ("min-interval-min=%u", config->poll_minutes);
  else
    pop = g_strdup (!config->leave_said ? "" : config->leave ? "leave=true" : "leave=false");
  g_assert_cmpstr (config->name, ==, columns[NAME]);
  g_assert_cmpstr (domains, ==, columns[DOMAINS]);
  g_assert_cmpstr (pop, ==, columns[POP]);
  g_assert_cmpstr (config->issuer != NULL ? config->issuer : "", ==, columns[ISSUER]);
  g_assert_cmpstr (config->enable_url != NULL ? config->enable_url : "", ==, columns[ENABLE]);
}

static void
test_all (void)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse ("anna.b@firm.example", NULL);
  g_autofree char *folder = at_hand ("POSTWEG_ISPDB", "ispdb", NULL);
  g_autofree char *list = at_hand ("POSTWEG_ISPDB_FACTS", "providers", "ispdb-facts.tsv");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_files = 0;

  if (folder == NULL || list == NULL)
    {
      g_test_skip ("the public database and its facts are not here (POSTWEG_ISPDB, POSTWEG_ISPDB_FACTS)");
      return;
    }
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_autoptr (PostwegAutoconfig) config = NULL;

      if (*lines[i] == '\0' || *lines[i] == '#' || strcmp (columns[ID], "id") == 0)
        continue;
      g_assert_cmpuint (g_strv_length (columns), >=, N_COLUMNS);
      g_test_message ("%s", columns[ID]);
      config = read_file (folder, columns[ID], address);
      compare_servers (config, columns, address);
      compare_facts (config, columns);
      n_files++;
    }
  g_assert_cmpuint (n_files, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/discover/ispdb/facts", test_all);
  return g_test_run ();
}
