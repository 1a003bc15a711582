/* Sentences that the window and the command share. */
#include "checkup/checkup.h"
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

char *
postweg_checkup_verdict_text (const PostwegTestResult *result)
{
  static const char *const words[] = {
    [POSTWEG_VERDICT_WORKS] = N_ ("Both ways work: you can receive and send."),
        [POSTWEG_VERDICT_WORKS_WITH_NOTE] = N_ ("Both ways work, with something worth knowing."),
            [POSTWEG_VERDICT_RECEIVE_ONLY] =
                N_ ("You can receive, but not send."),
                    [POSTWEG_VERDICT_SEND_ONLY] =
                        N_ ("You can send, but not receive."),
                            [POSTWEG_VERDICT_NOTHING_WORKS] =
                                N_ ("Neither receiving nor sending works."),
                                    [POSTWEG_VERDICT_NOT_TESTED] =
                                        N_ ("The test did not come to its end, so nothing can be said yet."),
                                    };
  const PostwegFinding *first = result->findings->len > 0 ? g_ptr_array_index (result->findings, 0) : NULL;
  gboolean one_side = result->incoming == NULL || result->outgoing == NULL;

  if (first != NULL)
    return g_strdup (first->headline);
  if (one_side && result->verdict == POSTWEG_VERDICT_WORKS)
    return g_strdup (result->incoming != NULL ? _("Receiving works.") : _("Sending works."));
  return g_strdup (_(words[result->verdict]));
}

char *
postweg_checkup_who_text (PostwegWho who)
{
  static const char *const words[] = {
    [POSTWEG_WHO_USER] =
        N_ ("You can mend this yourself."), [POSTWEG_WHO_PROVIDER] = N_ ("This is a matter for your provider."),
                                                [POSTWEG_WHO_NETWORK] = N_ ("This is a matter of the network you are in."),
                                                    [POSTWEG_WHO_ADMIN] =
                                                        N_ ("This is a matter for your administrator."),
                                                            [POSTWEG_WHO_PROGRAM] =
                                                                N_ ("This is a matter of the mail program."),
                                                                    [POSTWEG_WHO_NOBODY] =
                                                                        N_ ("Nobody needs to do anything."),
                                                                    };

  return g_strdup (_(words[who]));
}

char *
postweg_checkup_confidence_text (PostwegConfidence confidence)
{
  static const char *const words[] = {
    [POSTWEG_PROVEN] = N_ ("Postweg has seen this for certain."),
                           [POSTWEG_LIKELY] =
                               N_ ("This is the likely cause."), [POSTWEG_POSSIBLE] =
                                                                     N_ ("This is one possible cause."),
                               };

  return g_strdup (_(words[confidence]));
}
