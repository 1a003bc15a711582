/* Sentences that the window and the command share. */
#include "checkup/checkup.h"
#include "diagnose/words-evidence.h"
#include "discover/words.h"
#include <glib/gi18n-lib.h>

char *
postweg_checkup_discovery_text (const PostwegDiscovery *discovery)
{
  return postweg_discover_words (discovery);
}

char *
postweg_checkup_prerequisite_text (const PostwegPrerequisite *prerequisite)
{
  return postweg_prerequisite_words (prerequisite);
}

/* A side that was tested as far as that goes without signing in. Returns: (transfer full): what was left out, or NULL */
static char *
left_out_text (const PostwegEvidence *evidence)
{
  const PostwegStep *step = evidence != NULL ? postweg_evidence_step (evidence, POSTWEG_STAGE_AUTH) : NULL;

  if (step == NULL || step->verdict != POSTWEG_STEP_SKIPPED)
    return NULL;
  if (step->error == POSTWEG_ERROR_NO_SECRET)
    return g_strdup (
        _("Everything up to the sign-in works. The sign-in was left out, since there is no password."));
  if (step->error == POSTWEG_ERROR_UNPROTECTED)
    return g_strdup_printf (_("Everything up to the sign-in works. The sign-in was left out, since the connection to %s is not encrypted "
                              "and others could read the password."),
                               evidence->server->host);
  return NULL;
}

char *
postweg_checkup_verdict_text (const PostwegTestResult *result)
{
  /* clang-format off */
  static const char *const words[] = {
    [POSTWEG_VERDICT_WORKS] = N_ ("Both ways work: you can receive and send."),
    [POSTWEG_VERDICT_WORKS_WITH_NOTE] = N_ ("Both ways work, with something worth knowing."),
    [POSTWEG_VERDICT_RECEIVE_ONLY] = N_ ("You can receive, but not send."),
    [POSTWEG_VERDICT_SEND_ONLY] = N_ ("You can send, but not receive."),
    [POSTWEG_VERDICT_NOTHING_WORKS] = N_ ("Neither receiving nor sending works."),
    [POSTWEG_VERDICT_NOT_TESTED] = N_ ("The test did not come to its end, so nothing can be said yet."),
  };
  /* clang-format on */
  const PostwegFinding *first = result->findings->len > 0 ? g_ptr_array_index (result->findings, 0) : NULL;
  gboolean one_side = result->incoming == NULL || result->outgoing == NULL;
  char *left_out;

  if (first != NULL)
    return g_strdup (first->headline);
  left_out = left_out_text (result->incoming);
  if (left_out == NULL)
    left_out = left_out_text (result->outgoing);
  if (left_out != NULL)
    return left_out;
  if (one_side && result->verdict == POSTWEG_VERDICT_WORKS)
    return g_strdup (result->incoming != NULL ? _("Receiving works.") : _("Sending works."));
  return g_strdup (_(words[result->verdict]));
}

char *
postweg_checkup_error_text (PostwegError error)
{
  const char *words = postweg_words_error (error);

  return g_strdup (words != NULL ? words : postweg_error_name (error));
}

char *
postweg_checkup_who_text (PostwegWho who)
{
  /* clang-format off */
  static const char *const words[] = {
    [POSTWEG_WHO_USER] = N_ ("You can mend this yourself."),
    [POSTWEG_WHO_PROVIDER] = N_ ("This is a matter for your provider."),
    [POSTWEG_WHO_NETWORK] = N_ ("This is a matter of the network you are in."),
    [POSTWEG_WHO_ADMIN] = N_ ("This is a matter for your administrator."),
    [POSTWEG_WHO_PROGRAM] = N_ ("This is a matter of the mail program."),
    [POSTWEG_WHO_NOBODY] = N_ ("Nobody needs to do anything."),
  };
  /* clang-format on */

  return g_strdup (_(words[who]));
}

char *
postweg_checkup_confidence_text (PostwegConfidence confidence)
{
  /* clang-format off */
  static const char *const words[] = {
    [POSTWEG_PROVEN] = N_ ("Postweg has seen this for certain."),
    [POSTWEG_LIKELY] = N_ ("This is the likely cause."),
    [POSTWEG_POSSIBLE] = N_ ("This is one possible cause."),
  };
  /* clang-format on */

  return g_strdup (_(words[confidence]));
}
