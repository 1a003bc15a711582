/* Sentences that the window and the command share. */
#include "checkup/checkup.h"
#include "diagnose/words-evidence.h"
#include "diagnose/words-result.h"
#include "discover/words.h"

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
  return postweg_words_verdict (result);
}

char *
postweg_checkup_error_text (PostwegError error)
{
  const char *words = postweg_words_error (error);

  return g_strdup (words != NULL ? words : postweg_error_name (error));
}

GPtrArray *
postweg_checkup_delivery_text (const PostwegDelivery *delivery)
{
  return postweg_words_delivered (delivery);
}

char *
postweg_checkup_who_text (PostwegWho who)
{
  return g_strdup (postweg_words_who (who));
}

char *
postweg_checkup_confidence_text (PostwegConfidence confidence)
{
  return g_strdup (postweg_words_confidence (confidence));
}

char *
postweg_checkup_port_state_text (const PostwegPort *port)
{
  return g_strdup (postweg_words_port_state (port));
}

char *
postweg_checkup_port_service_text (const PostwegPort *port)
{
  return postweg_words_port_service (port);
}
