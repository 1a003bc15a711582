/* Fetching for the sources: who may be asked, and noting who was. */
#pragma once
#include "discover/source.h"

/* Fetches with the rules of the task's consent: redirects to hosts of another operator are gone to only with POSTWEG_CONSENT_ALL, and noted as
 * askable else. Notes the hosts that were asked.
 * Returns: (transfer full): NULL when cancelled */
PostwegHttpAnswer *postweg_fetch (const PostwegSourceTask *task, PostwegSourceResult *result, const char *url,
                                  gboolean allow_http);
/* The same as a POST over https. */
PostwegHttpAnswer *postweg_fetch_post (const PostwegSourceTask *task, PostwegSourceResult *result,
                                       const char *url, const char *body);
/* Notes that the host of this URL could be asked with more consent. */
void postweg_fetch_offer (PostwegSourceResult *result, const char *url, PostwegConsent consent);
