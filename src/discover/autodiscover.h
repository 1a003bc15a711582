/* Exchange's Autodiscover answers ([MS-OXDSCLI], "POX"); pure. */
#pragma once
#include "model/discovery.h"

typedef struct {
  GPtrArray *servers; /* PostwegFoundServer without source and trust; may be empty */
  char *redirect;     /* the host that should be asked instead, or NULL */
} PostwegAutodiscover;

/* Returns: (transfer full): the body of the question for this address */
char *postweg_autodiscover_question (const PostwegAddress *address);
/* Returns: (transfer full): servers or a redirect; or NULL with POSTWEG_ERROR_MALFORMED or POSTWEG_ERROR_NOT_FOUND */
PostwegAutodiscover *postweg_autodiscover_parse (const char *bytes, gsize length,
                                                 const PostwegAddress *address, GError **error);
void postweg_autodiscover_free (PostwegAutodiscover *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegAutodiscover, postweg_autodiscover_free)
