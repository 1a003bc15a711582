/* What a name server answered, taken apart; pure, no sockets. */
#pragma once
#include <glib.h>

/* The numbers of RFC 1035 3.2.2, RFC 3596 and RFC 2782. */
typedef enum {
  POSTWEG_DNS_A = 1,
  POSTWEG_DNS_CNAME = 5,
  POSTWEG_DNS_MX = 15,
  POSTWEG_DNS_TXT = 16,
  POSTWEG_DNS_AAAA = 28,
  POSTWEG_DNS_SRV = 33,
} PostwegDnsType;

typedef enum {
  POSTWEG_DNS_FOUND,   /* there is at least one record */
  POSTWEG_DNS_NO_DATA, /* the name exists, without such a record */
  POSTWEG_DNS_NO_NAME, /* the name does not exist (NXDOMAIN) */
  POSTWEG_DNS_FAILED,  /* SERVFAIL, REFUSED, or an answer that is none */
  POSTWEG_DNS_SILENT,  /* no answer in time */
} PostwegDnsStatus;

typedef struct {
  PostwegDnsType type;
  guint16 priority, weight, port; /* MX: priority only; SRV: all */
  char *
      text; /* MX and SRV: the host in lower case, "." for the root; A and AAAA: numeric; TXT: the strings joined */
} PostwegDnsRecord;

typedef struct {
  PostwegDnsStatus status;
  gboolean
      broken; /* FAILED by SERVFAIL: the resolver cannot get at an answer, or cannot prove one that should be (RFC 4035 5.5) */
  gboolean authentic; /* proven by DNSSEC, and by a resolver that may be believed */
  GPtrArray *records; /* PostwegDnsRecord of the type that was asked for, in the order of the answer */
} PostwegDnsAnswer;

#define POSTWEG_DNS_MAX_RECORDS 64

PostwegDnsAnswer *postweg_dns_answer_new (PostwegDnsStatus status);
void postweg_dns_answer_free (PostwegDnsAnswer *answer);
void postweg_dns_record_free (PostwegDnsRecord *record);

/* Reads a whole message (RFC 1035 4.1). Hosts that are no host names and broken records are left out.
 * believe: whether the AD bit (RFC 4035 3.2.3) of this resolver counts.
 * Returns: (transfer full): never NULL; FAILED for what is no answer */
PostwegDnsAnswer *postweg_dns_answer_parse (const guint8 *bytes, gsize length, PostwegDnsType type,
                                            gboolean believe);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegDnsAnswer, postweg_dns_answer_free)
