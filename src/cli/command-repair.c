/* repair: reads an account from a mail program, tests it, writes the mended settings back, and tests what was written. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>
#include <stdio.h>

#define MAX_ROUNDS 3 /* faults that hide behind each other */

/* One repair on its way. */
typedef struct {
  CliOptions *shared;
  const char *program, *id;
  gboolean dry_run;
  PostwegCredentials *credentials;
} Repair;

static const PostwegFinding *
first_of (const PostwegTestResult *result)
{
  return result->findings->len > 0 ? g_ptr_array_index (result->findings, 0) : NULL;
}

/* What the program has now: another account after writing than before. */
static PostwegTestResult *
test_stored (Repair *repair, int *status)
{
  const CliTestOptions options = { .only = NULL };
  g_autoptr (PostwegAccount) account = cli_account (repair->shared, NULL, status);

  if (account == NULL ||
      (repair->credentials == NULL && !cli_secrets (repair->shared, account, &repair->credentials, status)))
    return NULL;
  return cli_test_account (&options, repair->shared, account, repair->credentials, status);
}

/* The smaller the better. */
static guint
trouble_of (const PostwegTestResult *result)
{
  static const guint trouble[] = {
    [POSTWEG_VERDICT_WORKS] = 0,         [POSTWEG_VERDICT_WORKS_WITH_NOTE] = 1,
    [POSTWEG_VERDICT_RECEIVE_ONLY] = 2,  [POSTWEG_VERDICT_SEND_ONLY] = 2,
    [POSTWEG_VERDICT_NOTHING_WORKS] = 3, [POSTWEG_VERDICT_NOT_TESTED] = 4,
  };

  return trouble[result->verdict];
}

/* Mends as long as each mended account was tested and does better: nothing is written that was not proven.
 * Returns: (transfer full): the result of the best account, or NULL when there is none better */
static PostwegTestResult *
mend (Repair *repair, const PostwegTestResult *before)
{
  const CliTestOptions options = { .only = NULL };
  const PostwegTestResult *now = before;
  PostwegTestResult *best = NULL;
  int status;

  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      const PostwegFinding *finding = first_of (now);
      PostwegCredentials *credentials;
      g_autoptr (PostwegTestResult) next = NULL;

      if (finding == NULL || finding->mended == NULL)
        break;
      credentials = postweg_checkup_mended_credentials (finding, repair->credentials);
      postweg_credentials_free (repair->credentials);
      repair->credentials = credentials;
      next = cli_test_account (&options, repair->shared, finding->mended, repair->credentials, &status);
      if (next == NULL || trouble_of (next) >= trouble_of (now))
        break;
      postweg_test_result_free (best);
      now = best = g_steal_pointer (&next);
    }
  return best;
}

static PostwegPlan *
write_mended (const Repair *repair, const PostwegAccount *mended, int *status)
{
  PostwegExportRequest *request = postweg_export_request_new (repair->program, mended);

  request->home = g_strdup (repair->shared->source.home);
  request->profile = g_strdup (repair->shared->source.profile);
  request->replace = g_strdup (repair->id);
  return cli_plan (request, repair->dry_run, status);
}

static void
print_nothing_to_write (const PostwegTestResult *result)
{
  g_autofree char *verdict = postweg_checkup_verdict_text (result);
  const PostwegFinding *finding = first_of (result);

  cli_say ("%s\n", verdict);
  if (finding != NULL)
    cli_say ("%s\n%s\n", finding->remedy, _ ("Postweg cannot mend this by itself, so nothing was written."));
}

static int
tell (const Repair *repair, const PostwegPlan *plan, const PostwegTestResult *before,
      const PostwegTestResult *after)
{
  g_autofree char *verdict = postweg_checkup_verdict_text (before);
  g_autofree char *later = after != NULL ? postweg_checkup_verdict_text (after) : NULL;
  JsonNode *node;

  if (!repair->shared->json)
    {
      cli_say ("%s\n", verdict);
      cli_print_plan (plan);
      if (later != NULL)
        cli_say (_ ("Tested again: %s\n"), later);
      return CLI_WORKS;
    }
  node = postweg_plan_to_json (plan);
  json_object_set_string_member (json_node_get_object (node), "verdict_before",
                                 postweg_verdict_name (before->verdict));
  if (after != NULL)
    json_object_set_string_member (json_node_get_object (node), "verdict_after",
                                   postweg_verdict_name (after->verdict));
  cli_print_json (node);
  return CLI_WORKS;
}

/* Returns: the exit status: that of what is stored then */
static int
write_and_test (Repair *repair, const PostwegTestResult *before, const PostwegTestResult *best, int status)
{
  g_autoptr (PostwegPlan) plan = write_mended (repair, best->account, &status);
  g_autoptr (PostwegTestResult) after = NULL;

  if (plan == NULL)
    return status;
  if (!repair->dry_run)
    after = test_stored (repair, &status);
  tell (repair, plan, before, after);
  return status;
}

static int
repair_account (Repair *repair)
{
  g_autoptr (PostwegTestResult) before = NULL, best = NULL;
  g_autoptr (PostwegPlan) nothing = NULL;
  int status = CLI_BAD_INPUT;

  repair->shared->from = g_strdup_printf ("%s:%s", repair->program, repair->id);
  before = test_stored (repair, &status);
  if (before == NULL)
    return status;
  best = mend (repair, before);
  if (best != NULL)
    return write_and_test (repair, before, best, status);
  if (!repair->shared->json)
    return print_nothing_to_write (before), status;
  nothing = postweg_plan_new (repair->program, repair->program, "");
  tell (repair, nothing, before, NULL);
  return status;
}

static int
run (int argc, char **argv)
{
  g_auto (CliOptions) shared = CLI_OPTIONS_INIT;
  Repair repair = { .shared = &shared };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &shared.source.profile, N_ ("Profile folder of the mail program"), N_ ("DIR") },
    { "home", 0, 0, G_OPTION_ARG_FILENAME, &shared.source.home, N_ ("Home folder to look for profiles in"), N_ ("DIR") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &repair.dry_run, N_ ("Show the changes, write nothing"), NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  int status;

  if (!cli_parse (&cli_repair, entries, &shared, &argc, &argv))
    return CLI_USAGE;
  if (argc != 3 || shared.from != NULL || shared.source.account_file != NULL ||
      shared.source.incoming_url != NULL || shared.source.outgoing_url != NULL)
    return cli_usage (_ ("A mail program and the id of one of its accounts are needed; “postweg-cli programs” lists them."));
  if (!postweg_checkup_knows_program (argv[1]))
    return cli_usage (_ ("Postweg cannot write for this mail program."));
  repair.program = argv[1];
  repair.id = argv[2];
  status = repair_account (&repair);
  postweg_credentials_free (repair.credentials);
  return status;
}

const CliCommand cli_repair = {
  "repair", N_ ("PROGRAM ACCOUNT-ID"),
                N_ ("Tests an account of a mail program, writes the mended settings back, and tests again."),
                    TRUE, run };
