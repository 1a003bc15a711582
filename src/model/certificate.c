/* The TLS facts value. */
#include "model/certificate.h"

PostwegTlsFacts *
postweg_tls_facts_new (const char *host)
{
  PostwegTlsFacts *facts = g_new0 (PostwegTlsFacts, 1);

  facts->host = g_strdup (host);
  facts->alert = -1;
  facts->chain = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_cert_link_free);
  return facts;
}

static PostwegCertLink *
cert_link_copy (const PostwegCertLink *link)
{
  PostwegCertLink *copy = g_new (PostwegCertLink, 1);

  *copy = *link;
  copy->subject = g_strdup (link->subject);
  copy->issuer = g_strdup (link->issuer);
  copy->names = g_strdupv (link->names);
  copy->key = g_strdup (link->key);
  copy->signature = g_strdup (link->signature);
  copy->fingerprint = g_strdup (link->fingerprint);
  return copy;
}

PostwegTlsFacts *
postweg_tls_facts_copy (const PostwegTlsFacts *facts)
{
  PostwegTlsFacts *copy;

  if (facts == NULL)
    return NULL;
  copy = postweg_tls_facts_new (facts->host);
  copy->version = g_strdup (facts->version);
  copy->cipher = g_strdup (facts->cipher);
  copy->alert = facts->alert;
  copy->faults = facts->faults;
  copy->refusal = g_strdup (facts->refusal);
  copy->checked_at = facts->checked_at;
  for (guint i = 0; i < facts->chain->len; i++)
    g_ptr_array_add (copy->chain, cert_link_copy (g_ptr_array_index (facts->chain, i)));
  return copy;
}

void
postweg_cert_link_free (PostwegCertLink *link)
{
  if (link == NULL)
    return;
  g_free (link->subject);
  g_free (link->issuer);
  g_strfreev (link->names);
  g_free (link->key);
  g_free (link->signature);
  g_free (link->fingerprint);
  g_free (link);
}

void
postweg_tls_facts_free (PostwegTlsFacts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->host);
  g_free (facts->version);
  g_free (facts->cipher);
  g_free (facts->refusal);
  g_ptr_array_unref (facts->chain);
  g_free (facts);
}
