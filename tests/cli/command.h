/* Running postweg-cli as people do: arguments in, exit status and both outputs out. */
#pragma once
#include <gio/gio.h>
#include <json-glib/json-glib.h>

typedef struct {
  int status;
  char *out, *err;
} CommandResult;

/* arguments: shell words, without the program's name. home: HOME and all XDG folders, or NULL for an empty one that is removed again.
 * input: for standard input, or NULL. The program is named by the environment's POSTWEG_CLI. */
CommandResult *command_run (const char *arguments, const char *home, const char *input);
void command_result_free (CommandResult *result);
/* Returns: (transfer full): standard output as one JSON object; aborts if it is none */
JsonNode *command_json (const CommandResult *result);
/* Removes a folder with all that is in it. */
void command_remove (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CommandResult, command_result_free)
