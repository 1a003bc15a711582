/* The finding value. */
#include "model/finding.h"

PostwegFinding *
postweg_finding_new (const char *cause)
{
  PostwegFinding *finding = g_new0 (PostwegFinding, 1);

  finding->cause = cause;
  finding->evidence = g_ptr_array_new_with_free_func (g_free);
  return finding;
}

PostwegFinding *
postweg_finding_copy (const PostwegFinding *finding)
{
  PostwegFinding *copy = postweg_finding_new (finding->cause);

  copy->side = finding->side;
  copy->who = finding->who;
  copy->confidence = finding->confidence;
  copy->headline = g_strdup (finding->headline);
  copy->explanation = g_strdup (finding->explanation);
  copy->remedy = g_strdup (finding->remedy);
  copy->mended = postweg_account_copy (finding->mended);
  for (guint i = 0; i < finding->evidence->len; i++)
    g_ptr_array_add (copy->evidence, g_strdup (g_ptr_array_index (finding->evidence, i)));
  return copy;
}

void
postweg_finding_free (PostwegFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->headline);
  g_free (finding->explanation);
  g_free (finding->remedy);
  g_ptr_array_unref (finding->evidence);
  postweg_account_free (finding->mended);
  g_free (finding);
}

const char *
postweg_who_name (PostwegWho who)
{
  static const char *const names[] = { "user", "provider", "network", "admin", "program", "nobody" };

  return names[who];
}

const char *
postweg_confidence_name (PostwegConfidence confidence)
{
  static const char *const names[] = { "proven", "likely", "possible" };

  return names[confidence];
}
