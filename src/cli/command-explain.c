/* explain: what a server's reply or a mail program's error message means. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  char *protocol, *stage, *host, *provider;
} ExplainOptions;

/* Standard input up to the limit; what is more is not looked at. Returns: (transfer full) */
static char *
read_input (void)
{
  char *text = g_malloc0 (POSTWEG_ERROR_TEXT_MAX + 1);
  gsize length = 0;
  gssize n = 1;

  while (n > 0 && length < POSTWEG_ERROR_TEXT_MAX)
    {
      n = read (STDIN_FILENO, text + length, POSTWEG_ERROR_TEXT_MAX - length);
      length += n > 0 ? (gsize) n : 0;
    }
  /* NUL bytes would hide what follows */
  for (gsize i = 0; i < length; i++)
    text[i] = text[i] != '\0' ? text[i] : ' ';
  return text;
}

/* Returns: FALSE after a complaint */
static gboolean
read_options (const ExplainOptions *options, PostwegErrorText *error_text)
{
  error_text->host = options->host;
  error_text->protocol_known = options->protocol != NULL;
  error_text->stage_known = options->stage != NULL;
  if (options->protocol != NULL && !postweg_protocol_from_name (options->protocol, &error_text->protocol))
    return cli_usage (_("--protocol can be imap, pop3 or smtp.")), FALSE;
  if (options->stage != NULL && !postweg_stage_from_name (options->stage, &error_text->stage))
    return cli_usage (_("--stage can be dns, connect, tls, greeting, capability, starttls, auth, mailbox, sender, recipient, data or arrival.")),
                      FALSE;
  return TRUE;
}

/* Without the option it is guessed, unless the server is known. "none" is an answer, too. Returns: FALSE after a complaint */
static gboolean
read_provider (const ExplainOptions *options, PostwegErrorText *error_text)
{
  const char *words = options->provider;

  if (words == NULL && options->host == NULL)
    error_text->provider = postweg_checkup_guess (error_text->text).provider;
  else if (words != NULL && g_ascii_strcasecmp (words, "none") != 0)
    {
      error_text->provider = postweg_checkup_provider_named (words);
      if (error_text->provider == NULL)
        return cli_usage (_("--provider can be the name, a mail address or a server of a provider that Postweg knows, or none.")),
                          FALSE;
    }
  else if (options->host != NULL && words == NULL)
    error_text->provider = postweg_checkup_provider_named (options->host);
  return TRUE;
}

static void
print_demands (const PostwegErrorText *error_text, const GPtrArray *causes)
{
  g_autoptr (GPtrArray) demands = postweg_checkup_demands (error_text, causes);

  if (error_text->provider != NULL && causes->len > 0)
    cli_say (_("\nProvider: %s\n"), error_text->provider->name);
  for (guint i = 0; i < demands->len; i++)
    {
      const PostwegPrerequisite *demand = g_ptr_array_index (demands, i);
      g_autofree char *text = postweg_checkup_prerequisite_text (demand);

      cli_say ("%s\n", text);
      if (*demand->url != '\0')
        cli_say (_("  %s (as of %s)\n"), demand->url, demand->since);
    }
}

static void
print_causes (const GPtrArray *causes)
{
  if (causes->len == 0)
    cli_say ("%s\n", _("This text is not recognised as an error of a mail server. Paste the server’s own words, best with the number in front, such as "
                       "“550 5.1.1 …”; or test the account itself with “postweg-cli test”."));
  for (guint i = 0; i < causes->len; i++)
    {
      const PostwegFinding *cause = g_ptr_array_index (causes, i);
      g_autofree char *who = postweg_checkup_who_text (cause->who);

      cli_say ("%s%s\n%s\n%s\n%s\n  (%s, %s)\n", i > 0 ? "\n" : "", cause->headline, cause->explanation,
               cause->remedy, who, cause->cause, postweg_confidence_name (cause->confidence));
    }
}

static void
set_word (JsonObject *object, const char *name, const char *word)
{
  if (word != NULL)
    json_object_set_string_member (object, name, word);
  else
    json_object_set_null_member (object, name);
}

/* What the text tells by itself stands apart from what was looked up with it: an option goes before the guess. */
static void
print_json (const PostwegErrorText *error_text, const GPtrArray *causes)
{
  PostwegErrorGuess guess = postweg_checkup_guess (error_text->text);
  JsonNode *node = postweg_causes_to_json (causes);
  JsonObject *guessed = json_object_new ();

  set_word (guessed, "protocol", guess.protocol_known ? postweg_protocol_name (guess.protocol) : NULL);
  set_word (guessed, "provider", guess.provider != NULL ? guess.provider->id : NULL);
  json_object_set_object_member (json_node_get_object (node), "guessed", guessed);
  set_word (json_node_get_object (node), "provider",
            error_text->provider != NULL ? error_text->provider->id : NULL);
  cli_print_json (node);
}

static int
explain (const ExplainOptions *options, const char *text, gboolean json)
{
  PostwegErrorText error_text = { .text = text };
  g_autoptr (GPtrArray) causes = NULL;

  if (!read_options (options, &error_text) || !read_provider (options, &error_text))
    return CLI_USAGE;
  causes = postweg_checkup_explain (&error_text);
  if (json)
    print_json (&error_text, causes);
  else
    {
      print_causes (causes);
      print_demands (&error_text, causes);
    }
  return causes->len > 0 ? CLI_WORKS : CLI_NOT_TESTED;
}

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) options = CLI_OPTIONS_INIT;
  ExplainOptions own = { NULL, NULL, NULL, NULL };
  g_autofree char *text = NULL;
  int status = CLI_USAGE;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "protocol", 0, 0, G_OPTION_ARG_STRING, &own.protocol, N_ ("Where it comes from: imap, pop3 or smtp"), N_ ("PROTOCOL") },
    { "stage", 0, 0, G_OPTION_ARG_STRING, &own.stage, N_ ("At which step it was said"), N_ ("STAGE") },
    { "server", 0, 0, G_OPTION_ARG_STRING, &own.host, N_ ("The server that said it"), N_ ("HOST") },
    { "provider", 0, 0, G_OPTION_ARG_STRING, &own.provider, N_ ("The provider that said it, in place of the guess; “none” for none that is known"), N_ ("PROVIDER") },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */

  if (cli_parse (&cli_explain, entries, &options, &argc, &argv))
    {
      /* everything behind "--" is the text, also when it looks like an option */
      char **words = argv + 1 + (argc > 1 && strcmp (argv[1], "--") == 0);

      text = *words != NULL ? g_strjoinv ("\n", words) : read_input ();
      status = explain (&own, text, options.json);
    }
  g_free (own.protocol);
  g_free (own.stage);
  g_free (own.host);
  g_free (own.provider);
  return status;
}

const CliCommand cli_explain = {
  "explain", N_ ("[--] [TEXT]"), N_ ("Says what a server’s reply or a mail program’s error message means."),
                                     FALSE, run };
