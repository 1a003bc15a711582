/* The servers of accounts that come without: found once for a domain, and remembered for its other addresses. Main context only. */
#pragma once
#include "checkup/batch/line.h"
#include "model/discovery.h"
#include <gio/gio.h>

typedef struct _PostwegDomains PostwegDomains;

/* trust_file: or NULL. changed: called when more is known than before. */
PostwegDomains *postweg_domains_new (PostwegConsent consent, const char *trust_file,
                                     GCancellable *cancellable, void (*changed) (gpointer data),
                                     gpointer data);
/* No search may be on its way, see postweg_domains_searching(). */
void postweg_domains_free (PostwegDomains *domains);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegDomains, postweg_domains_free)

/* Gives the line's account its servers, or the line an error. Returns: FALSE when that is not known yet */
gboolean postweg_domains_complete (PostwegDomains *domains, PostwegBatchLine *line);
guint postweg_domains_searching (const PostwegDomains *domains);
