/* Certificates: which of several faults is the cause, and when the fault lies with the clock or with somebody in between. */
#include "diagnose/rules.h"
#include <string.h>

/* A clock before this moment (2026-01-01) is wrong: this program is younger. */
#define NO_CLOCK_BEFORE 1767225600
#define DAY (24 * 60 * 60)
#define SAME_TIME (60 * 60) /* two servers that agree about the time */

/* Several faults come together, as with a server that was never set up: what explains the others weighs most. */
static const struct {
  guint fault;
  PostwegCause cause;
  guint8 weight;
} faults[] = {
  { POSTWEG_CERT_REVOKED, POSTWEG_CAUSE_CERT_REVOKED, 100 },
  { POSTWEG_CERT_SELF_SIGNED, POSTWEG_CAUSE_CERT_SELF_SIGNED, 99 },
  { POSTWEG_CERT_NOT_YET_VALID, POSTWEG_CAUSE_CERT_NOT_YET_VALID, 98 },
  { POSTWEG_CERT_NAME_MISMATCH, POSTWEG_CAUSE_CERT_NAME_MISMATCH, 98 },
  { POSTWEG_CERT_EXPIRED, POSTWEG_CAUSE_CERT_EXPIRED, 97 },
  { POSTWEG_CERT_ISSUER_EXPIRED, POSTWEG_CAUSE_CERT_ISSUER_EXPIRED, 96 },
  { POSTWEG_CERT_INCOMPLETE, POSTWEG_CAUSE_CERT_CHAIN_INCOMPLETE, 96 },
  { POSTWEG_CERT_WRONG_PURPOSE, POSTWEG_CAUSE_CERT_WRONG_PURPOSE, 96 },
  { POSTWEG_CERT_UNKNOWN_ISSUER, POSTWEG_CAUSE_CERT_UNKNOWN_ISSUER, 95 },
  { POSTWEG_CERT_WEAK, POSTWEG_CAUSE_CERT_TOO_WEAK, 95 },
  { POSTWEG_CERT_OTHER, POSTWEG_CAUSE_CERT_UNKNOWN_ISSUER, 61 },
};

/* Programs and boxes that put their own certificate in front of the server's, by the issuer they write. Lower case. */
static const char *const proxies[] = {
  "avast",      "avg ",        "kaspersky",    "eset ",          "bitdefender", "dr.web",
  "norton",     "mcafee",      "bullguard",    "g data",         "sophos",      "fortinet",
  "fortigate",  "zscaler",     "netskope",     "blue coat",      "palo alto",   "untangle",
  "watchguard", "mail shield", "mail scanner", "ssl inspection", "antivirus",   "adguard",
};

#define UNTRUSTED (POSTWEG_CERT_SELF_SIGNED | POSTWEG_CERT_UNKNOWN_ISSUER | POSTWEG_CERT_INCOMPLETE)
#define DATES (POSTWEG_CERT_EXPIRED | POSTWEG_CERT_NOT_YET_VALID)

static const PostwegCertLink *
leaf_of (const PostwegEvidence *evidence)
{
  return evidence != NULL && evidence->tls != NULL && evidence->tls->chain != NULL &&
                 evidence->tls->chain->len > 0
             ? g_ptr_array_index (evidence->tls->chain, 0)
             : NULL;
}

static gboolean
names_proxy (const char *issuer)
{
  g_autofree char *lower = issuer != NULL ? g_ascii_strdown (issuer, -1) : NULL;

  for (guint i = 0; lower != NULL && i < G_N_ELEMENTS (proxies); i++)
    if (strstr (lower, proxies[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* The last two labels are enough to tell one provider's servers from another's. */
static const char *
domain_of (const char *host)
{
  const char *dot = strrchr (host, '.');

  while (dot != NULL && dot > host && dot[-1] != '.')
    dot--;
  return dot != NULL ? dot : host;
}

static gboolean
are_related (const PostwegView *view)
{
  return g_ascii_strcasecmp (domain_of (view->server->host), domain_of (view->other->server->host)) == 0;
}

/* Servers of a well-known provider have certificates that everybody trusts. */
static gboolean
are_well_known (const PostwegView *view)
{
  const PostwegProvider *provider = view->the_case->provider;
  gboolean own = FALSE, other = FALSE;

  for (guint i = 0; provider != NULL && i < provider->n_servers; i++)
    {
      own |= g_ascii_strcasecmp (provider->servers[i].host, view->server->host) == 0;
      other |= g_ascii_strcasecmp (provider->servers[i].host, view->other->server->host) == 0;
    }
  return own && other;
}

/* The same unknown issuer for two strangers, or for a provider whom everybody trusts: somebody signs for both. */
static gboolean
share_unknown_issuer (const PostwegView *view, const PostwegCertLink *own, const PostwegCertLink *other)
{
  return other != NULL && (view->other->tls->faults & UNTRUSTED) != 0 &&
         (!are_related (view) || are_well_known (view)) && !own->self_issued &&
         g_strcmp0 (own->issuer, other->issuer) == 0;
}

static void
suspect_proxy (PostwegView *view, const PostwegCertLink *own, const PostwegCertLink *other)
{
  if ((view->evidence->tls->faults & UNTRUSTED) == 0 || own == NULL)
    return;
  if (names_proxy (own->issuer))
    postweg_suspect (&view->suspects, POSTWEG_CAUSE_LOCAL_MAIL_PROXY, 100);
  if (own->subject != NULL && strstr (own->subject, "No SNI") != NULL)
    postweg_suspect (&view->suspects, POSTWEG_CAUSE_SNI_REQUIRED, 100);
  if (!share_unknown_issuer (view, own, other))
    return;
  postweg_suspect (&view->suspects, POSTWEG_CAUSE_LOCAL_MAIL_PROXY, 90);
  postweg_suspect_at_most (&view->suspects, POSTWEG_CAUSE_CERT_UNKNOWN_ISSUER, 70);
  postweg_suspect_at_most (&view->suspects, POSTWEG_CAUSE_CERT_CHAIN_INCOMPLETE, 60);
}

/* Two certificates that are out of date at the same time speak for the clock; one certificate on both servers does not. */
static void
suspect_clock (PostwegView *view, const PostwegCertLink *own, const PostwegCertLink *other)
{
  guint dates = view->evidence->tls->faults & DATES;
  gboolean starts_later = (dates & POSTWEG_CERT_NOT_YET_VALID) != 0;

  if (starts_later && view->evidence->tls->checked_at < NO_CLOCK_BEFORE)
    postweg_suspect (&view->suspects, POSTWEG_CAUSE_CLOCK_WRONG, 100);
  if (dates == 0 || own == NULL || other == NULL || (view->other->tls->faults & dates) == 0 ||
      g_strcmp0 (own->fingerprint, other->fingerprint) == 0 || (!starts_later && are_related (view)))
    return;
  postweg_suspect (&view->suspects, POSTWEG_CAUSE_CLOCK_WRONG, 88);
  postweg_suspect_at_most (&view->suspects, POSTWEG_CAUSE_CERT_NOT_YET_VALID, 75);
  postweg_suspect_at_most (&view->suspects, POSTWEG_CAUSE_CERT_EXPIRED, 75);
}

/* How far this computer's clock is from the server's, in seconds; 0 when they agree within a day, or the server does not tell. */
static gint64
difference (const PostwegEvidence *evidence)
{
  gint64 by = evidence->server_time_at - evidence->server_time;

  return evidence->server_time == 0 || ABS (by) <= DAY ? 0 : by;
}

static gboolean
is_valid_at (const PostwegCertLink *leaf, gint64 moment)
{
  return leaf->not_before <= moment && moment <= leaf->not_after;
}

/* A server whose time may be believed against this computer's: at that time the certificate is good. */
static gboolean
is_witness (const PostwegEvidence *evidence, const PostwegCertLink *leaf)
{
  return evidence != NULL && difference (evidence) != 0 && evidence->server_time >= NO_CLOCK_BEFORE &&
         is_valid_at (leaf, evidence->server_time);
}

/* A server that speaks for this computer's clock: by its own, or with a certificate that is in force here and now. */
static gboolean
confirms_clock (const PostwegEvidence *evidence)
{
  return evidence != NULL &&
         ((evidence->server_time != 0 && difference (evidence) == 0) ||
          (evidence->tls != NULL && evidence->tls->version != NULL && (evidence->tls->faults & DATES) == 0));
}

/* The certificate is good at the time that servers tell. A server whose own clock is wrong does no harm: as long as its certificate is
 * good nobody asks, and one whose certificate has really run out is outvoted by the other side. */
static void
ask_witnesses (PostwegView *view, const PostwegCertLink *own)
{
  gboolean here, there;
  guint8 weight = 88;

  if ((view->evidence->tls->faults & DATES) == 0 || own == NULL)
    return;
  here = is_witness (view->evidence, own);
  there = is_witness (view->other, own);
  if ((!here && !there) || confirms_clock (view->evidence) || confirms_clock (view->other))
    return;
  if (here && there && ABS (difference (view->evidence) - difference (view->other)) <= SAME_TIME)
    weight = 99;
  postweg_suspect (&view->suspects, POSTWEG_CAUSE_CLOCK_WRONG, weight);
  postweg_suspect_at_most (&view->suspects, POSTWEG_CAUSE_CERT_NOT_YET_VALID, 75);
  postweg_suspect_at_most (&view->suspects, POSTWEG_CAUSE_CERT_EXPIRED, 75);
}

void
postweg_apply_certificate (PostwegView *view)
{
  const PostwegTlsFacts *tls = view->evidence->tls;

  if (view->failure->error != POSTWEG_ERROR_CERTIFICATE || tls == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if ((tls->faults & faults[i].fault) != 0)
      postweg_suspect (&view->suspects, faults[i].cause, faults[i].weight);
  suspect_proxy (view, leaf_of (view->evidence), leaf_of (view->other));
  suspect_clock (view, leaf_of (view->evidence), leaf_of (view->other));
  ask_witnesses (view, leaf_of (view->evidence));
}
