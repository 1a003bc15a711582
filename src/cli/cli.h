/* What the commands of postweg-cli share. */
#pragma once
#include "checkup/checkup.h"
#include "model/error.h"
#include "model/json.h"

/* Exit status of the command-line contract. */
enum {
  CLI_WORKS = 0,
  CLI_RECEIVE_ONLY = 1,
  CLI_SEND_ONLY = 2,
  CLI_NEITHER = 3,
  CLI_NOT_TESTED = 4,
  CLI_USAGE = 64,
  CLI_BAD_INPUT = 65,
  CLI_IO = 74,
};

typedef struct {
  const char *name;
  const char *arguments;  /* shown behind the name in --help, N_() or empty */
  const char *summary;    /* one sentence, N_() */
  gboolean takes_account; /* the options that name an account and its password are understood */
  /* Returns: the exit status */
  int (*run) (int argc, char **argv);
} CliCommand;

extern const CliCommand cli_discover, cli_advise, cli_test, cli_explain, cli_report, cli_programs, cli_export,
    cli_repair, cli_practice, cli_undo, cli_batch;

/* Options that commands share. */
typedef struct {
  /* every command */
  gboolean json;
  gboolean allow_plaintext;
  char *trust_file;
  int timeout_s;
  /* commands that take an account */
  PostwegAccountSource source;
  char *from;             /* PROGRAM[:ACCOUNT-ID] */
  int password_fd;        /* -1: none */
  char *password_fd_text; /* as it was given, or NULL */
  char *password_file, *outgoing_password_file, *token_file;
  gboolean keyring;
} CliOptions;

#define CLI_OPTIONS_INIT                                                                                     \
  {                                                                                                          \
    .password_fd = -1, .timeout_s = POSTWEG_TEST_TIMEOUT                                                     \
  }

void cli_options_clear (CliOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliOptions, cli_options_clear)

/* Parses argv: the command's own entries (NULL: none), and the shared ones. Returns: FALSE after saying what is wrong */
gboolean cli_parse (const CliCommand *command, const GOptionEntry *entries, CliOptions *options, int *argc,
                    char ***argv);

/* Runs the main loop until `result` is set; SIGINT and SIGTERM cancel. */
typedef struct {
  GMainLoop *loop;
  GCancellable *cancellable;
  GAsyncResult *result;
  guint signals[2];
} CliWait;

void cli_wait_init (CliWait *wait);
void cli_wait_clear (CliWait *wait);
void cli_wait_done (GObject *source, GAsyncResult *result, gpointer wait); /* a GAsyncReadyCallback */
/* Returns: (transfer none): the result */
GAsyncResult *cli_wait_run (CliWait *wait);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliWait, cli_wait_clear)

/* Takes `--from` and the positional address into the source, and reads the account. Returns: NULL after saying why, `status` set */
PostwegAccount *cli_account (CliOptions *options, const char *positional, int *status);
/* Passwords from descriptor, file, keyring or prompt. credentials: (out): NULL when there are none.
 * Returns: FALSE after saying what cannot be read, `status` set */
gboolean cli_secrets (const CliOptions *options, const PostwegAccount *account,
                      PostwegCredentials **credentials, int *status);

/* What became of one mail to oneself: sentences, and its way as a table. */
void cli_print_delivery (const PostwegDelivery *delivery);

/* Works out the changes and, unless it is a dry run, makes them. Takes the request. Returns: (transfer full): or NULL after saying why */
PostwegPlan *cli_plan (PostwegExportRequest *request, gboolean dry_run, int *status);
void cli_print_plan (const PostwegPlan *plan);

/* Says the error on standard error. Returns: the exit status that fits */
int cli_complain (const GError *error);
int cli_usage (const char *message);

/* What a test can be asked for. */
typedef struct {
  char *only; /* NULL: both sides */
  gboolean ports, send_to_self;
} CliTestOptions;

/* Returns: the exit status that says the same */
int cli_status_of (PostwegVerdict verdict);
/* Tests the account that the options name, with progress on standard error unless JSON is wanted.
 * Returns: (transfer full): the result, `status` as the contract has it; or NULL after saying why */
PostwegTestResult *cli_run_test (const CliTestOptions *options, CliOptions *shared, const char *positional,
                                 int *status);
/* The same for an account and credentials (or NULL) that are known already. */
PostwegTestResult *cli_test_account (const CliTestOptions *options, const CliOptions *shared,
                                     const PostwegAccount *account, const PostwegCredentials *credentials,
                                     int *status);
const char *cli_side_title (PostwegSide side); /* “Receiving”, “Sending” */
/* Prints the JSON and frees it. */
void cli_print_json (JsonNode *node);
/* map: PostwegPort */
void cli_print_ports (const GPtrArray *map);
/* printf() to standard output, for sentences. */
void cli_say (const char *format, ...) G_GNUC_PRINTF (1, 2);
