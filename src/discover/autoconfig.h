/* The configuration file of Thunderbird and many others ("config-v1.1.xml", draft-ietf-mailmaint-autoconfig-06); pure. */
#pragma once
#include "model/discovery.h"

typedef struct {
  char *name;                 /* the provider's, or NULL */
  char **domains;             /* NULL-terminated */
  GPtrArray *servers;         /* PostwegFoundServer without source and trust, in the order of the file */
  gboolean leave_said, leave; /* what it says about leaving messages on a POP server */
  guint poll_minutes;         /* POP: how often it may be asked at most; 0: not said */
  char *issuer;               /* of OAuth2 tokens, or NULL */
  char *enable_url;           /* the page where access is switched on, or NULL */
} PostwegAutoconfig;

#define POSTWEG_AUTOCONFIG_MAX_SERVERS 32

/* A section that cannot be used is left out; the others stay. Placeholders are filled from the address, also those that lack the closing %.
 * Returns: (transfer full): at least one server; or NULL with POSTWEG_ERROR_MALFORMED (no such file) or POSTWEG_ERROR_NOT_FOUND (no server) */
PostwegAutoconfig *postweg_autoconfig_parse (const char *bytes, gsize length, const PostwegAddress *address,
                                             GError **error);
void postweg_autoconfig_free (PostwegAutoconfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegAutoconfig, postweg_autoconfig_free)

/* Fills placeholders in. Returns: (transfer full): the text, or NULL if an unknown placeholder is left */
char *postweg_autoconfig_fill (const char *text, const PostwegAddress *address);
