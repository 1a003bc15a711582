/* programs: mail programs on this computer and the accounts in them. */
#include "cli/cli.h"
#include "model/json-build.h"
#include <glib/gi18n-lib.h>

static void
print_account (const PostwegStoredAccount *stored)
{
  const PostwegServer *servers[] = { stored->account->incoming, stored->account->outgoing };

  cli_say ("  %s  %s\n", stored->id, stored->account->address);
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    if (servers[i] != NULL)
      cli_say ("    %-5s %s:%u  %s  %s\n", postweg_protocol_name (servers[i]->protocol), servers[i]->host,
               servers[i]->port, postweg_security_name (servers[i]->security), servers[i]->user);
  if (*stored->note != '\0')
    cli_say ("    %s\n", stored->note);
}

static void
print_program (const PostwegProgram *program)
{
  cli_say ("%s  %s%s%s\n", program->name, program->profile,
           program->is_default ? _(", default profile") : "", program->running ? _(", is open") : "");
  if (*program->note != '\0')
    cli_say ("  %s\n", program->note);
  for (guint i = 0; i < program->accounts->len; i++)
    print_account (g_ptr_array_index (program->accounts, i));
}

/* Returns: (transfer full): the words of --known for one program */
static char *
abilities_of (const PostwegKnownProgram *known)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (known->imap)
    g_ptr_array_add (words, (char *) "imap");
  if (known->pop3)
    g_ptr_array_add (words, (char *) "pop3");
  if (known->sends)
    g_ptr_array_add (words, (char *) "smtp");
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

static JsonNode *
known_to_json (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  postweg_json_array (builder, "known");
  for (guint i = 0; i < postweg_checkup_n_known_programs (); i++)
    {
      PostwegKnownProgram known = postweg_checkup_known_program (i);
      g_autofree char *abilities = abilities_of (&known);
      g_auto (GStrv) words = g_strsplit (abilities, " ", -1);

      json_builder_begin_object (builder);
      postweg_json_string (builder, "program", known.id);
      postweg_json_string (builder, "name", known.name);
      postweg_json_strv (builder, "can", words);
      postweg_json_bool (builder, "output", known.is_output);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static int
print_known (gboolean json)
{
  if (json)
    cli_print_json (known_to_json ());
  for (guint i = 0; !json && i < postweg_checkup_n_known_programs (); i++)
    {
      PostwegKnownProgram known = postweg_checkup_known_program (i);
      g_autofree char *abilities = abilities_of (&known);

      cli_say ("%-22s %-15s %s\n", known.id, abilities, known.name);
    }
  return CLI_WORKS;
}

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) options = CLI_OPTIONS_INIT;
  g_autofree char *home = NULL;
  gboolean known = FALSE;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "home", 0, 0, G_OPTION_ARG_FILENAME, &home, N_ ("Look below this folder"), N_ ("DIR") },
    { "known", 0, 0, G_OPTION_ARG_NONE, &known, N_ ("Show every program that Postweg can write for, installed or not"), NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  g_auto (CliWait) wait = { NULL };
  g_autoptr (GPtrArray) programs = NULL;
  g_autoptr (GError) error = NULL;

  if (!cli_parse (&cli_programs, entries, &options, &argc, &argv))
    return CLI_USAGE;
  if (argc != 1)
    return cli_usage (_("This command takes options only."));
  if (known)
    return print_known (options.json);
  cli_wait_init (&wait);
  postweg_checkup_list_programs (home, wait.cancellable, cli_wait_done, &wait);
  programs = postweg_checkup_list_programs_finish (cli_wait_run (&wait), &error);
  if (programs == NULL)
    return cli_complain (error);
  if (options.json)
    {
      cli_print_json (postweg_programs_to_json (programs));
      return CLI_WORKS;
    }
  for (guint i = 0; i < programs->len; i++)
    print_program (g_ptr_array_index (programs, i));
  if (programs->len == 0)
    cli_say ("%s\n", _("No mail program with a profile was found here."));
  return CLI_WORKS;
}

const CliCommand cli_programs = { "programs", "",
                                  N_ ("Lists the mail programs found here and the accounts in them."), FALSE,
                                      run };
