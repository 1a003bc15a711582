/* Asking another program a question: its command is run, for a short time, and what it says is read. */
#pragma once
#include "clients/clients.h"

/* Runs the command without input and without a shell, for 10 s at the most.
 * said: (out) (transfer full): what it printed; NULL without an error: the command is not installed.
 * Errors: BAD_FORMAT with the last line it complained with, if it ends with another status than 0 or does not end. */
gboolean postweg_ask (const char *const *command, char **said, GError **error);
/* The same for a command whose status says nothing; complaints: (out) (transfer full): what it wrote to its error output. */
gboolean postweg_ask_anyway (const char *const *command, char **said, char **complaints);
/* Sets BAD_FORMAT: the program reads other settings than were meant. */
void postweg_ask_other (const PostwegClient *client, GError **error);
