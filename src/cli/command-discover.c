/* discover: the servers for an address. */
#include "cli/cli.h"
#include "cli/lint.h"
#include <glib/gi18n-lib.h>
#include <stdio.h>

static int
status_of (const PostwegDiscovery *discovery)
{
  if (g_strcmp0 (discovery->code, "invalid-address") == 0)
    return CLI_BAD_INPUT;
  return discovery->outcome == POSTWEG_OUTCOME_FOUND || discovery->outcome == POSTWEG_OUTCOME_CONFIRM
             ? CLI_WORKS
             : CLI_NOT_TESTED;
}

static void
print_servers (const PostwegDiscovery *discovery)
{
  for (guint i = 0; i < discovery->servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (discovery->servers, i);
      const PostwegServer *server = found->server;

      cli_say ("%-5s %s:%u  %s  %s: %s  (%s)\n", postweg_protocol_name (server->protocol), server->host,
               server->port, postweg_security_name (server->security),
               _("user name"), server->user, found->source);
    }
}

static void
print_conflicts (const PostwegDiscovery *discovery)
{
  for (guint i = 0; i < discovery->conflicts->len; i++)
    {
      const PostwegConflict *conflict = g_ptr_array_index (discovery->conflicts, i);

      cli_say (_("• %s: the sources disagree. %s says %s, %s says %s.\n"),
                  postweg_protocol_name (conflict->protocol), conflict->source, conflict->chosen,
                  conflict->other_source, conflict->other);
    }
}

static void
print_asked (const PostwegDiscovery *discovery)
{
  for (guint i = 0; i < discovery->asked->len; i++)
    cli_say (_("Asked for settings: %s\n"), (const char *) g_ptr_array_index (discovery->asked, i));
  for (guint i = 0; i < discovery->looked_at->len; i++)
    cli_say (_("Connected to without a sign-in: %s\n"),
                (const char *) g_ptr_array_index (discovery->looked_at, i));
  for (guint i = 0; i < discovery->askable->len; i++)
    {
      const PostwegAskable *askable = g_ptr_array_index (discovery->askable, i);

      if (askable->consent == POSTWEG_CONSENT_NEVER)
        cli_say (_("Not asked: %s. It belongs to somebody else and would learn your full address.\n"),
                    askable->host);
      else
        cli_say (_("Not asked: %s. With --consent=%s it is.\n"), askable->host,
                    postweg_consent_name (askable->consent));
    }
}

static void
print_prerequisites (const PostwegProvider *provider)
{
  for (guint i = 0; provider != NULL && i < provider->n_prerequisites; i++)
    {
      const PostwegPrerequisite *prerequisite = &provider->prerequisites[i];
      g_autofree char *text = postweg_checkup_prerequisite_text (prerequisite);

      cli_say ("• %s\n", text);
      if (*prerequisite->url != '\0')
        cli_say (_("  %s (as of %s)\n"), prerequisite->url, prerequisite->since);
    }
}

static void
print_all (const PostwegDiscovery *discovery)
{
  g_autofree char *sentence = postweg_checkup_discovery_text (discovery);

  cli_say ("%s\n", sentence);
  print_servers (discovery);
  print_conflicts (discovery);
  print_prerequisites (discovery->provider);
  print_asked (discovery);
}

/* Before they are asked. */
static void
announce (const char *address, PostwegConsent consent)
{
  g_autoptr (GPtrArray) hosts = postweg_checkup_find_hosts (address, consent);
  g_autofree char *list = NULL;

  if (hosts->len == 0)
    return;
  g_ptr_array_add (hosts, NULL);
  list = g_strjoinv (", ", (char **) hosts->pdata);
  fprintf (stderr, _("The name service and these hosts are asked for settings: %s\n"), list);
}

static int
discover (const CliOptions *options, const char *address, PostwegConsent consent)
{
  g_auto (CliWait) wait = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegDiscovery) discovery = NULL;
  PostwegFindRequest *request = postweg_find_request_new (address, consent);

  request->trust_file = g_strdup (options->trust_file);
  announce (address, consent);
  cli_wait_init (&wait);
  postweg_checkup_find (request, NULL, wait.cancellable, cli_wait_done, &wait);
  discovery = postweg_checkup_find_finish (cli_wait_run (&wait), &error);
  if (discovery == NULL)
    return cli_complain (error);
  if (options->json)
    cli_print_json (postweg_discovery_to_json (discovery));
  else
    print_all (discovery);
  return status_of (discovery);
}

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) options = CLI_OPTIONS_INIT;
  g_autofree char *consent = NULL;
  gboolean lint = FALSE;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "consent", 0, 0, G_OPTION_ARG_STRING, &consent, N_ ("Who may be asked: offline, default, all, send-address"), N_ ("WHO") },
    { "lint", 0, 0, G_OPTION_ARG_NONE, &lint, N_ ("For owners of a domain: what is missing or wrong in what it publishes"), NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  PostwegConsent level = POSTWEG_CONSENT_DEFAULT;

  if (!cli_parse (&cli_discover, entries, &options, &argc, &argv))
    return CLI_USAGE;
  if (argc != 2)
    return cli_usage (_("An e-mail address is needed."));
  if (consent != NULL && !postweg_consent_from_name (consent, &level))
    return cli_usage (_("--consent can be offline, default, all or send-address."));
  return lint ? cli_lint (&options, argv[1], level) : discover (&options, argv[1], level);
}

const CliCommand cli_discover = { "discover", N_ ("ADDRESS"), N_ ("Finds the servers for an e-mail address."),
                                                                  FALSE, run };
