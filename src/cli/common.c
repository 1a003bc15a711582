/* Options, waiting, complaining: what every command does the same way. */
#include "cli/cli.h"
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

void
cli_options_clear (CliOptions *options)
{
  g_free (options->trust_file);
  postweg_account_source_clear (&options->source);
  g_free (options->from);
  g_free (options->password_fd_text);
  g_free (options->password_file);
  g_free (options->outgoing_password_file);
  g_free (options->token_file);
}

static void
add_account_entries (GOptionContext *context, CliOptions *options)
{
  PostwegAccountSource *source = &options->source;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_FILENAME, &source->account_file, N_ ("Read the account from a JSON file"), N_ ("FILE") },
    { "incoming", 0, 0, G_OPTION_ARG_STRING, &source->incoming_url, N_ ("Incoming server, such as imaps://USER@HOST"), N_ ("URL") },
    { "outgoing", 0, 0, G_OPTION_ARG_STRING, &source->outgoing_url, N_ ("Outgoing server, such as smtp://USER@HOST"), N_ ("URL") },
    { "address", 0, 0, G_OPTION_ARG_STRING, &source->address, N_ ("Sender address"), N_ ("ADDRESS") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &source->name, N_ ("Name that recipients see"), N_ ("NAME") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options->from, N_ ("Take the account from a mail program"), N_ ("PROGRAM[:ID]") },
    { "password-fd", 0, 0, G_OPTION_ARG_STRING, &options->password_fd_text, N_ ("Read the password from this descriptor"), N_ ("N") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options->password_file, N_ ("Read the password from this file"), N_ ("FILE") },
    { "outgoing-password-file", 0, 0, G_OPTION_ARG_FILENAME, &options->outgoing_password_file, N_ ("Read the password for sending from this file"), N_ ("FILE") },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &options->token_file, N_ ("Read an OAuth2 access token from this file"), N_ ("FILE") },
    { "keyring", 0, 0, G_OPTION_ARG_NONE, &options->keyring, N_ ("Look the password or token up in the keyring and in GNOME Online Accounts"), NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static void
add_common_entries (GOptionContext *context, CliOptions *options)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON"), NULL },
    { "trust-file", 0, 0, G_OPTION_ARG_FILENAME, &options->trust_file, N_ ("Trust the authorities in this PEM file too"), N_ ("PEM") },
    { "allow-plaintext", 0, 0, G_OPTION_ARG_NONE, &options->allow_plaintext, N_ ("Sign in even where nothing is encrypted"), NULL },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &options->timeout_s, N_ ("End the whole test after so many seconds"), N_ ("S") },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/* Returns: what is wrong with the options that were understood, or NULL */
static const char *
fault_of (CliOptions *options)
{
  gint64 fd = -1;
  guint sources = (options->password_fd_text != NULL) + (options->password_file != NULL);
  gboolean with_keyring =
      sources > 0 || options->outgoing_password_file != NULL || options->token_file != NULL;

  if (options->timeout_s < 1 || options->timeout_s > 3600)
    return _("--timeout takes seconds, from 1 to 3600.");
  if (sources > 1)
    return _("--password-fd and --password-file name the same password; please give one of them.");
  if (options->keyring && with_keyring)
    return _("With --keyring the passwords come from the keyring; please give no other source for them.");
  if (options->password_fd_text != NULL &&
      !g_ascii_string_to_signed (options->password_fd_text, 10, 0, G_MAXINT, &fd, NULL))
    return _("--password-fd takes the number of an open descriptor, from 0 on.");
  options->password_fd = (int) fd;
  return NULL;
}

gboolean
cli_parse (const CliCommand *command, const GOptionEntry *entries, CliOptions *options, int *argc,
           char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
  g_autoptr (GError) error = NULL;
  const char *fault;
  g_autofree char *program = g_strconcat ("postweg-cli ", command->name, NULL);

  g_set_prgname (program);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _(command->summary));
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (command->takes_account)
    add_account_entries (context, options);
  add_common_entries (context, options);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      cli_usage (error->message);
      return FALSE;
    }
  fault = fault_of (options);
  if (fault != NULL)
    cli_usage (fault);
  return fault == NULL;
}

static gboolean
stop (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_CONTINUE;
}

void
cli_wait_init (CliWait *wait)
{
  wait->loop = g_main_loop_new (NULL, FALSE);
  wait->cancellable = g_cancellable_new ();
  wait->result = NULL;
  wait->signals[0] = g_unix_signal_add (SIGINT, stop, wait->cancellable);
  wait->signals[1] = g_unix_signal_add (SIGTERM, stop, wait->cancellable);
}

void
cli_wait_clear (CliWait *wait)
{
  if (wait->loop == NULL)
    return;
  g_source_remove (wait->signals[0]);
  g_source_remove (wait->signals[1]);
  g_clear_object (&wait->result);
  g_clear_object (&wait->cancellable);
  g_main_loop_unref (wait->loop);
}

void
cli_wait_done (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  CliWait *wait = data;

  g_set_object (&wait->result, result);
  g_main_loop_quit (wait->loop);
}

GAsyncResult *
cli_wait_run (CliWait *wait)
{
  if (wait->result == NULL)
    g_main_loop_run (wait->loop);
  return wait->result;
}

PostwegAccount *
cli_account (CliOptions *options, const char *positional, int *status)
{
  g_auto (CliWait) wait = { NULL };
  g_autoptr (GError) error = NULL;
  PostwegAccount *account;

  if (positional != NULL)
    {
      g_free (options->source.address);
      options->source.address = g_strdup (positional);
    }
  if (options->from != NULL && options->source.program == NULL)
    {
      char *colon = strchr (options->from, ':');

      options->source.program =
          g_strndup (options->from, colon != NULL ? (gsize) (colon - options->from) : strlen (options->from));
      options->source.account_id = colon != NULL ? g_strdup (colon + 1) : NULL;
    }
  options->source.consent = POSTWEG_CONSENT_DEFAULT;
  g_free (options->source.trust_file);
  options->source.trust_file = g_strdup (options->trust_file);
  cli_wait_init (&wait);
  postweg_checkup_resolve (&options->source, wait.cancellable, cli_wait_done, &wait);
  account = postweg_checkup_resolve_finish (cli_wait_run (&wait), &error);
  if (account == NULL)
    *status = cli_complain (error);
  return account;
}

int
cli_complain (const GError *error)
{
  fprintf (stderr, "postweg-cli: %s\n", error->message);
  if (error->domain != POSTWEG_ERROR)
    return CLI_IO;
  switch (error->code)
    {
    case POSTWEG_ERROR_CANNOT_READ:
    case POSTWEG_ERROR_CANNOT_WRITE:
    case POSTWEG_ERROR_PROGRAM_RUNNING:
    case POSTWEG_ERROR_CHANGED_MEANWHILE:
      return CLI_IO;
    default:
      return CLI_BAD_INPUT;
    }
}

int
cli_usage (const char *message)
{
  fprintf (stderr, "postweg-cli: %s\n%s\n", message, _("“postweg-cli --help” shows what is possible."));
  return CLI_USAGE;
}

void
cli_print_json (JsonNode *node)
{
  g_autofree char *text = postweg_json_text (node);

  json_node_unref (node);
  fputs (text, stdout);
}

void
cli_say (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
}
