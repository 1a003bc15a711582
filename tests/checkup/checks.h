/* Running whole tests of accounts through the one door, many at once, as the batch of a help desk would. */
#pragma once
#include "checkup/checkup.h"

typedef struct {
  PostwegAccount *account;
  PostwegCredentials *credentials; /* or NULL */
  PostwegSide side;
  gboolean allow_plaintext;
  guint timeout_s;
  /* afterwards */
  PostwegTestResult *result;
  gint64 took_us;
  guint steps[2]; /* told while it ran, by side */
  guint so_far;
} Check;

/* user and password for both servers, password NULL: none. A port of 0 leaves that side out. Further members may be set before running. */
Check *check_new (PostwegServer *incoming, PostwegServer *outgoing, const char *address,
                  const char *password);
void check_free (Check *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Check, check_free)

/* Runs all of them at the same time; `trust_file`: PEM file with one more authority. Every check has its result then. */
void checks_run (GPtrArray *checks, const char *trust_file);
void check_run (Check *check, const char *trust_file);
/* Returns: (transfer none): the answer, or NULL for a healthy account */
const PostwegFinding *check_answer (const Check *check);
/* What both sides said and every finding, as messages of the present test: for reading when it fails. */
void check_tell (const Check *check);
/* What holds for every result, whatever the server did: sign-ins counted, words for people, no secret anywhere. */
void check_rules (const Check *check, const char *secret);
/* Whether the text holds the secret in plain, or in base64 alone or behind any user name. */
gboolean holds_secret (const char *text, const char *secret);
