/* An e-mail address taken apart and normalised (RFC 5321 4.1.2, RFC 6531; domains by IDNA 2008). */
#pragma once
#include <glib.h>

typedef struct {
  char *full;    /* local@domain, domain in A-labels: what goes to servers and files */
  char *local;   /* as it was typed, case kept */
  char *domain;  /* lower case, A-labels ("xn--..."), no dot at the end */
  char *display; /* local@domain with the domain in Unicode: what people see */
} PostwegAddress;

/* Trims blanks and a dot at the end.
 * Returns: (transfer full): the address, or NULL with POSTWEG_ERROR_BAD_INPUT; the error's message names what is wrong
 * in one word of a closed list for postweg_address_fault(): "empty", "no-at", "two-at", "local-missing", "local-long", "local-character",
 * "local-dot", "domain-missing", "domain-long", "domain-label", "domain-character", "domain-single", "ip-literal", "control", "blank", "quoted". */
PostwegAddress *postweg_address_parse (const char *text, GError **error);
PostwegAddress *postweg_address_copy (const PostwegAddress *address);
void postweg_address_free (PostwegAddress *address);

/* Whether `text` can be a host name or a numeric address; used for every host that comes from outside. */
gboolean postweg_host_is_valid (const char *text);
/* Returns: (transfer full): the host in lower-case A-labels without a dot at the end, or NULL if it is no host name */
char *postweg_host_normalise (const char *text);
/* Whether `host` is a name or address of this computer itself ("localhost", 127.0.0.0/8, ::1). */
gboolean postweg_host_is_loopback (const char *host);

/* The domain that somebody can register, by the public suffix list with its private section: "example.co.uk" for
 * "imap.example.co.uk". host: A-labels in lower case.
 * Returns: (transfer none): a part of `host`; NULL for a numeric address, a public suffix itself and a name without a dot */
const char *postweg_host_registrable (const char *host);

/* Whether two hosts are the same operator's by their names: equal, or under one registrable domain. When in doubt: no, since
 * it decides whether a password of the one may be shown to the other. */
gboolean postweg_hosts_same_operator (const char *a, const char *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegAddress, postweg_address_free)
