/* postweg-cli: finds the command and runs it. */
#include "checkup/language.h"
#include "cli/cli.h"
#include "checkup/postweg-paths.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static const CliCommand *const commands[] = { &cli_discover, &cli_advise,   &cli_test,    &cli_explain,
                                              &cli_report,   &cli_programs, &cli_export,  &cli_repair,
                                              &cli_undo,     &cli_batch,    &cli_practice };

static const CliCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

static int
help (void)
{
  cli_say ("%s\n\n",
           _("Postweg finds mail servers, tests receiving and sending, and sets up mail programs."));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *arguments = commands[i]->arguments;

      cli_say ("  postweg-cli %s%s%s\n      %s\n", commands[i]->name, *arguments != '\0' ? " " : "",
               *arguments != '\0' ? _(arguments) : "", _(commands[i]->summary));
    }
  cli_say ("\n%s\n%s\n",
           _("“postweg-cli COMMAND --help” shows the options of a command; --lang=de or --lang=en chooses the language."),
              _("Exit status: 0 works, 1 only receiving works, 2 only sending works, 3 neither works, 4 not tested or undecided, "
             "64 wrong usage, 65 input that cannot be used, 74 reading or writing was not possible."));
  return CLI_WORKS;
}

/* --lang may stand anywhere; it is taken out before the command reads its options. Returns: (transfer none): its value, or NULL */
static const char *
take_language (int *argc, char **argv)
{
  const char *language = NULL;
  int kept = 0;

  for (int i = 0; i < *argc; i++)
    {
      if (g_str_has_prefix (argv[i], "--lang="))
        language = argv[i] + strlen ("--lang=");
      else if (strcmp (argv[i], "--lang") == 0 && i + 1 < *argc)
        language = argv[++i];
      else
        argv[kept++] = argv[i];
    }
  argv[kept] = NULL;
  *argc = kept;
  return language;
}

/* Where a standard descriptor is closed, the first connection would take its place and be told what is meant for the person. */
static void
fill_standard_descriptors (void)
{
  int fd;

  do
    fd = open ("/dev/null", O_RDWR);
  while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0)
    close (fd);
}

/* What could not be written was not said, whatever came of it. */
static int
finish (int status)
{
  errno = 0;
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  fprintf (stderr, "postweg-cli: %s\n", g_strerror (errno != 0 ? errno : EIO));
  return CLI_IO;
}

static int
run_command (int argc, char **argv)
{
  const CliCommand *command;

  if (argc < 2)
    return cli_usage (_("A command is missing."));
  if (strcmp (argv[1], "--version") == 0)
    return cli_say ("postweg-cli %s\n", POSTWEG_VERSION), CLI_WORKS;
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0)
    return help ();
  command = find_command (argv[1]);
  if (command == NULL)
    {
      g_autofree char *message = g_strdup_printf (_("There is no command “%s”."), argv[1]);

      return cli_usage (message);
    }
  return command->run (argc - 1, argv + 1);
}

int
main (int argc, char **argv)
{
  const char *language = take_language (&argc, argv);

  /* no core file, no ptrace by others: passwords pass through this process */
  prctl (PR_SET_DUMPABLE, 0);
  fill_standard_descriptors ();
  postweg_language_init (language);
  return finish (run_command (argc, argv));
}
