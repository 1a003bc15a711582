/* practice: servers on this computer that play a scenario, for trying everything out without an account. */
#include "cli/cli.h"
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

static char *
url_of (const PostwegServer *server)
{
  static const char *const ends[] = {
    [POSTWEG_TLS] = "", [POSTWEG_STARTTLS] = "", [POSTWEG_PLAIN] = "?security=none"
  };
  g_autofree char *user = g_uri_escape_string (server->user, NULL, FALSE);

  return g_strdup_printf ("%s%s://%s%s%s:%u%s", postweg_protocol_name (server->protocol),
                          server->security == POSTWEG_TLS ? "s" : "", user, *user != '\0' ? "@" : "",
                          server->host, server->port,
                          server->auth == POSTWEG_AUTH_NONE ? "?auth=none" : ends[server->security]);
}

static void
print_json (const char *scenario, const PostwegPracticeBox *box)
{
  const PostwegAccount *account = postweg_practice_box_account (box);
  g_autofree char *incoming = url_of (account->incoming);
  g_autofree char *outgoing = url_of (account->outgoing);
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "scenario", scenario);
  json_object_set_string_member (object, "address", account->address);
  json_object_set_string_member (object, "incoming", incoming);
  json_object_set_string_member (object, "outgoing", outgoing);
  json_object_set_string_member (object, "password", "practice");
  json_object_set_string_member (object, "trust_file", postweg_practice_box_trust_file (box));
  cli_print_json (json_node_init_object (json_node_alloc (), object));
}

/* A command that can be pasted into a shell. */
static void
print_command (const PostwegPracticeBox *box, const char *incoming, const char *outgoing)
{
  g_autofree char *in = g_shell_quote (incoming);
  g_autofree char *out = g_shell_quote (outgoing);
  g_autofree char *trust = g_shell_quote (postweg_practice_box_trust_file (box));

  cli_say ("\npostweg-cli test --trust-file=%s --address=%s --incoming=%s --outgoing=%s\n\n", trust,
           postweg_practice_box_account (box)->address, in, out);
}

static void
print_text (const PostwegPracticeBox *box)
{
  const PostwegAccount *account = postweg_practice_box_account (box);
  g_autofree char *incoming = url_of (account->incoming);
  g_autofree char *outgoing = url_of (account->outgoing);

  cli_say ("%s\n\n", _("The practice mailbox is open, on this computer only. No mail leaves it."));
  cli_say (_("Address: %s\nPassword: %s\n"), account->address, "practice");
  print_command (box, incoming, outgoing);
  cli_say ("%s\n", _("Ctrl+C closes it."));
}

static void
print_scenarios (void)
{
  for (guint i = 0; i < postweg_checkup_n_scenarios (); i++)
    cli_say ("  %-22s %s\n", postweg_checkup_scenario_name (i), postweg_checkup_scenario_title (i));
}

static gboolean
end (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* Until the person, or whoever started this, has had enough. */
static void
stay_open (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  fflush (stdout);
  g_unix_signal_add (SIGINT, end, loop);
  g_unix_signal_add (SIGTERM, end, loop);
  g_main_loop_run (loop);
}

static int
practise (const char *scenario, gboolean json)
{
  g_auto (CliWait) wait = { NULL };
  g_autoptr (PostwegPracticeBox) box = NULL;
  g_autoptr (GError) error = NULL;

  cli_wait_init (&wait);
  postweg_checkup_practice (scenario, wait.cancellable, cli_wait_done, &wait);
  box = postweg_checkup_practice_finish (cli_wait_run (&wait), &error);
  if (box == NULL)
    return cli_complain (error);
  cli_wait_clear (&wait);
  wait.loop = NULL;
  if (json)
    print_json (scenario, box);
  else
    print_text (box);
  stay_open ();
  return CLI_WORKS;
}

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) options = CLI_OPTIONS_INIT;
  gboolean list = FALSE;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &list, N_ ("Show the scenarios"), NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */

  if (!cli_parse (&cli_practice, entries, &options, &argc, &argv))
    return CLI_USAGE;
  if (argc > 2)
    return cli_usage (_("One scenario at a time."));
  if (list)
    return print_scenarios (), CLI_WORKS;
  return practise (argc == 2 ? argv[1] : "works", options.json);
}

const CliCommand cli_practice = {
  "practice",
  N_ ("[SCENARIO]"),
      N_ ("Opens a mailbox on this computer for trying everything out; --list shows the scenarios."), FALSE,
          run };
