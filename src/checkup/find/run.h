/* One search for an address in progress: sources and looks side by side, until the answer is good enough or the time is over. */
#pragma once
#include "checkup/checkup.h"

#define POSTWEG_FIND_GRACE_US (400 * 1000)  /* what better sources have when a worse one is ready */
#define POSTWEG_FIND_LOOKS_US (1500 * 1000) /* what looks have after that */
#define POSTWEG_FIND_ALL_US (5500 * 1000)   /* for everything */

/* Takes the request and the discovery of step 0, which has an address. */
void postweg_find_run (PostwegFindRequest *request, PostwegDiscovery *known, const PostwegFindWatch *watch,
                       GCancellable *cancellable, GTask *task);
