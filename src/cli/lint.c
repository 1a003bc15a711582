/* The thorough search of discover --lint, printed. */
#include "cli/lint.h"
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

static void
print_notes (const PostwegDiscovery *discovery)
{
  for (guint i = 0; i < discovery->notes->len; i++)
    {
      g_autofree char *text = postweg_checkup_note_text (g_ptr_array_index (discovery->notes, i));

      cli_say ("• %s\n", text);
    }
  if (discovery->notes->len == 0)
    cli_say (_("%s publishes its mail servers well.\n"), discovery->address->domain);
}

static void
print_all (const PostwegDiscovery *discovery)
{
  g_autofree char *srv = NULL;
  g_autofree char *file = postweg_checkup_publish (discovery, &srv);

  print_notes (discovery);
  if (file == NULL)
    cli_say (_("No server was seen working, so there is nothing to propose.\n"));
  else
    cli_say (_("From what answers, these SRV records would be right:\n%s\nAnd this config-v1.1.xml:\n%s"),
                srv, file);
}

static JsonNode *
to_json (const PostwegDiscovery *discovery)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *srv = NULL;
  g_autofree char *file = postweg_checkup_publish (discovery, &srv);
  g_auto (GStrv) lines = g_strsplit (srv != NULL ? srv : "", "\n", -1);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "domain");
  json_builder_add_string_value (builder, discovery->address->domain);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < discovery->notes->len; i++)
    {
      const PostwegPublishNote *note = g_ptr_array_index (discovery->notes, i);
      g_autofree char *text = postweg_checkup_note_text (note);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "code");
      json_builder_add_string_value (builder, note->code);
      json_builder_set_member_name (builder, "subject");
      json_builder_add_string_value (builder, note->subject);
      json_builder_set_member_name (builder, "text");
      json_builder_add_string_value (builder, text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "srv");
  json_builder_begin_array (builder);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      json_builder_add_string_value (builder, lines[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "autoconfig");
  json_builder_add_string_value (builder, file);
  json_builder_set_member_name (builder, "discovery");
  json_builder_add_value (builder, postweg_discovery_to_json (discovery));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

int
cli_lint (const CliOptions *options, const char *domain, PostwegConsent consent)
{
  g_auto (CliWait) wait = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegDiscovery) discovery = NULL;
  /* nobody's: it is never sent, since a search by the owner needs no address */
  g_autofree char *address =
      strchr (domain, '@') != NULL ? g_strdup (domain) : g_strconcat ("postmaster@", domain, NULL);
  PostwegFindRequest *request = postweg_find_request_new (address, MIN (consent, POSTWEG_CONSENT_ALL));

  request->trust_file = g_strdup (options->trust_file);
  request->thorough = TRUE;
  cli_wait_init (&wait);
  postweg_checkup_find (request, NULL, wait.cancellable, cli_wait_done, &wait);
  discovery = postweg_checkup_find_finish (cli_wait_run (&wait), &error);
  if (discovery == NULL)
    return cli_complain (error);
  if (discovery->address == NULL)
    {
      fprintf (stderr, "%s\n", _("--lint needs a domain."));
      return CLI_BAD_INPUT;
    }
  if (options->json)
    cli_print_json (to_json (discovery));
  else
    print_all (discovery);
  return discovery->notes->len == 0 ? CLI_WORKS : CLI_NOT_TESTED;
}
