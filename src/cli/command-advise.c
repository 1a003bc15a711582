/* advise: POP or IMAP, from habits. */
#include "cli/cli.h"
#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  const char *option;
  const char *values[4]; /* in the order of the enumeration */
  const char *help;
  gsize offset; /* of the answer in PostwegHabits */
} Question;

/* clang-format off */
static const Question questions[] = {
  { "devices", { "one", "several" }, N_ ("Where mail is read: one device or several"), G_STRUCT_OFFSET (PostwegHabits, devices) },
  { "webmail", { "often", "rarely", "never" }, N_ ("How often the provider’s web page is used"), G_STRUCT_OFFSET (PostwegHabits, webmail) },
  { "folders", { "yes", "no" }, N_ ("Whether folders are needed on every device"), G_STRUCT_OFFSET (PostwegHabits, folders) },
  { "offline", { "always", "sometimes", "never" }, N_ ("Whether mail is read without the internet"), G_STRUCT_OFFSET (PostwegHabits, offline) },
  { "space", { "plenty", "scarce", "unknown" }, N_ ("Storage at the provider"), G_STRUCT_OFFSET (PostwegHabits, space) },
  { "keeper", { "provider", "me" }, N_ ("Who keeps the mail"), G_STRUCT_OFFSET (PostwegHabits, keeper) },
  { "shared", { "yes", "no" }, N_ ("Whether somebody else uses the mailbox"), G_STRUCT_OFFSET (PostwegHabits, shared) },
};
/* clang-format on */

static gboolean
read_answer (const Question *question, const char *value, PostwegHabits *habits)
{
  for (guint i = 0; i < G_N_ELEMENTS (question->values) && question->values[i] != NULL; i++)
    if (strcmp (question->values[i], value) == 0)
      {
        G_STRUCT_MEMBER (int, habits, question->offset) = (int) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_answers (char *const *values, PostwegHabits *habits)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (values[i] != NULL && !read_answer (&questions[i], values[i], habits))
      {
        g_autofree char *possible =
            g_strjoin (", ", questions[i].values[0], questions[i].values[1], questions[i].values[2], NULL);
        g_autofree char *message = g_strdup_printf (_("--%s can be %s."), questions[i].option, possible);

        cli_usage (message);
        return FALSE;
      }
  return TRUE;
}

static void
print_list (const char *title, const GPtrArray *sentences)
{
  if (sentences->len > 0)
    cli_say ("\n%s\n", title);
  for (guint i = 0; i < sentences->len; i++)
    cli_say ("• %s\n", (const char *) g_ptr_array_index (sentences, i));
}

static void
print_advice (const PostwegAdvice *advice)
{
  cli_say ("%s\n", advice->recommend == POSTWEG_IMAP ? _("IMAP fits you.") : _("POP fits you."));
  print_list (_("What speaks for it:"), advice->reasons);
  print_list (_("What speaks against it:"), advice->against);
  print_list (_("What your provider says:"), advice->provider_notes);
}

/* Returns: FALSE after a complaint */
static gboolean
find_provider (const char *domain, const PostwegProvider **provider)
{
  g_autofree char *host =
      domain != NULL
          ? postweg_host_normalise (strrchr (domain, '@') != NULL ? strrchr (domain, '@') + 1 : domain)
          : NULL;

  if (domain == NULL)
    return TRUE;
  if (host == NULL)
    {
      cli_usage (_("--provider takes a mail domain, such as gmail.com."));
      return FALSE;
    }
  *provider = postweg_checkup_provider (host);
  return TRUE;
}

static int
advise (char *const *answers, const char *domain, gboolean json)
{
  PostwegHabits habits = postweg_habits_unknown ();
  const PostwegProvider *provider = NULL;
  g_autoptr (PostwegAdvice) advice = NULL;

  if (!read_answers (answers, &habits) || !find_provider (domain, &provider))
    return CLI_USAGE;
  advice = postweg_checkup_advise (&habits, provider);
  if (json)
    cli_print_json (postweg_advice_to_json (advice));
  else
    print_advice (advice);
  return CLI_WORKS;
}

static int
run (int argc, char **argv)
{
  enum { N = G_N_ELEMENTS (questions) };
  g_auto (CliOptions) options = CLI_OPTIONS_INIT;
  GOptionEntry entries[N + 2] = { G_OPTION_ENTRY_NULL };
  char *answers[N] = { NULL };
  g_autofree char *domain = NULL;
  int status;

  for (guint i = 0; i < N; i++)
    entries[i] =
        (GOptionEntry){ questions[i].option, 0, 0, G_OPTION_ARG_STRING, &answers[i], questions[i].help,
                        N_ ("ANSWER") };
  entries[N] = (GOptionEntry){
    "provider", 0, 0, G_OPTION_ARG_STRING, &domain, N_ ("The provider’s mail domain"), N_ ("DOMAIN") };

  if (!cli_parse (&cli_advise, entries, &options, &argc, &argv))
    status = CLI_USAGE;
  else if (argc != 1)
    status = cli_usage (_("The answers are given as options."));
  else
    status = advise (answers, domain, options.json);
  for (guint i = 0; i < N; i++)
    g_free (answers[i]);
  return status;
}

const CliCommand cli_advise = { "advise", "",
                                N_ ("Says whether POP or IMAP fits your habits, and why."), FALSE, run };
