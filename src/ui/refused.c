/* The causes of which that can be said. */
#include "ui/refused.h"

static const char *const causes[] = { "wrong-credentials", "app-password-required",
                                      "outgoing-credentials-differ", "password-change-required" };

gboolean
postweg_refused_password (const PostwegTestResult *result, PostwegSide *side)
{
  const PostwegFinding *first =
      result != NULL && result->findings->len > 0 ? g_ptr_array_index (result->findings, 0) : NULL;

  if (first == NULL || first->mended != NULL)
    return FALSE;
  if (side != NULL)
    *side = first->side;
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (g_strcmp0 (first->cause, causes[i]) == 0)
      return TRUE;
  return FALSE;
}
