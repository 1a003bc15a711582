/* The probe up to the capabilities, and its evidence in one word. */
#include "checkup/find/look.h"
#include "checkup/worker.h"
#include "probe/probe.h"
#include <string.h>

typedef struct {
  PostwegServer *server;
  PostwegTrust *trust;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  postweg_server_free (input->server);
  postweg_trust_unref (input->trust);
  g_free (input);
}

/* What is against the server itself, not against the network on the way to it. */
static gboolean
is_dead (PostwegError error)
{
  static const PostwegError deadly[] = {
    POSTWEG_ERROR_NO_SUCH_HOST,     POSTWEG_ERROR_NO_ADDRESS,           POSTWEG_ERROR_REFUSED,
    POSTWEG_ERROR_NOT_TLS,          POSTWEG_ERROR_TLS_VERSION,          POSTWEG_ERROR_TLS_CIPHER,
    POSTWEG_ERROR_TLS_ALERT,        POSTWEG_ERROR_WRONG_SERVICE,        POSTWEG_ERROR_MALFORMED,
    POSTWEG_ERROR_STARTTLS_REFUSED, POSTWEG_ERROR_STARTTLS_NOT_OFFERED, POSTWEG_ERROR_STARTTLS_INJECTION,
    POSTWEG_ERROR_PREAUTH,
  };

  for (guint i = 0; i < G_N_ELEMENTS (deadly); i++)
    if (deadly[i] == error)
      return TRUE;
  return FALSE;
}

static PostwegCheck
check_of (const PostwegEvidence *evidence)
{
  const PostwegStep *failure = postweg_evidence_failure (evidence);

  if (evidence->tls != NULL && evidence->tls->faults != 0)
    return evidence->tls->faults == POSTWEG_CERT_NAME_MISMATCH ? POSTWEG_CHECK_CERT_MISMATCH
                                                               : POSTWEG_CHECK_CERT_UNTRUSTED;
  if (failure != NULL)
    return is_dead (failure->error) ? POSTWEG_CHECK_DEAD : POSTWEG_CHECK_SILENT;
  return postweg_evidence_passed (evidence, POSTWEG_STAGE_CAPABILITY) ? POSTWEG_CHECK_GOOD
                                                                      : POSTWEG_CHECK_NONE;
}

static gboolean
offers (const PostwegEvidence *evidence, const char *const *names)
{
  for (guint i = 0; evidence->mechanisms != NULL && names[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) evidence->mechanisms, names[i]))
      return TRUE;
  return FALSE;
}

/* The strongest proof of a password in clear is TLS, so that a plain password is the usual way. */
static void
take_auths (PostwegLooked *looked, const PostwegEvidence *evidence)
{
  static const struct {
    PostwegAuth auth;
    const char *names[6];
  } rows[] = {
    { POSTWEG_AUTH_PASSWORD, { "PLAIN", "LOGIN", "USER", NULL } },
    { POSTWEG_AUTH_OAUTH2, { "OAUTHBEARER", "XOAUTH2", NULL } },
    { POSTWEG_AUTH_ENCRYPTED, { "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "APOP", NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (offers (evidence, rows[i].names))
      looked->auths[looked->n_auths++] = rows[i].auth;
}

void
postweg_looked_free (PostwegLooked *looked)
{
  if (looked == NULL)
    return;
  g_free (looked->cert_host);
  g_free (looked);
}

/* Returns: (transfer full): the first name of the certificate that is a host's and not a pattern, or NULL */
static char *
cert_host_of (const PostwegEvidence *evidence)
{
  const PostwegCertLink *leaf = g_ptr_array_index (evidence->tls->chain, 0);

  for (char **name = leaf->names; *name != NULL; name++)
    {
      g_autofree char *host = postweg_host_normalise (*name);

      if (host != NULL && strchr (host, '.') != NULL && !g_hostname_is_ip_address (host))
        return g_steal_pointer (&host);
    }
  return NULL;
}

static gpointer
look (gpointer data, GCancellable *cancellable, GError **error G_GNUC_UNUSED)
{
  const Input *input = data;
  const PostwegProbe probe = { .server = input->server,
                               .trust = input->trust,
                               .until = POSTWEG_STAGE_CAPABILITY,
                               .test_ms = POSTWEG_FIND_LOOK_MS };
  g_autoptr (PostwegEvidence) evidence = postweg_probe_run (&probe, cancellable);
  PostwegLooked *looked = g_new0 (PostwegLooked, 1);

  looked->check = check_of (evidence);
  take_auths (looked, evidence);
  if (looked->check == POSTWEG_CHECK_CERT_MISMATCH)
    looked->cert_host = cert_host_of (evidence);
  return looked;
}

void
postweg_find_look (const PostwegServer *server, PostwegTrust *trust, GCancellable *cancellable,
                   GAsyncReadyCallback done, gpointer data)
{
  static const PostwegJob job = { look, input_free, (GDestroyNotify) postweg_looked_free };
  Input *input = g_new (Input, 1);

  *input = (Input){ postweg_server_copy (server), postweg_trust_ref (trust) };
  postweg_worker_run (&job, input, cancellable, done, data);
}

PostwegLooked *
postweg_find_look_finish (GAsyncResult *result)
{
  return postweg_worker_finish (result, NULL);
}
