/* Asks the tables of local rules: stage, error and a question -> suspects and wishes. */
#include "diagnose/explain.h"
#include "diagnose/rules.h"

static gboolean
applies (const PostwegLocalRule *rule, const PostwegView *view)
{
  return rule->error == view->failure->error &&
         (rule->stages == 0 || (rule->stages & POSTWEG_STAGE_BIT (view->failure->stage)) != 0) &&
         (rule->when == NULL || rule->when (view));
}

void
postweg_apply_local (PostwegView *view, GPtrArray *wishes)
{
  const PostwegLocalRule *const tables[] = { postweg_rules_connection, postweg_rules_tls,
                                             postweg_rules_session };

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const PostwegLocalRule *rule = tables[t]; rule->cause != POSTWEG_NO_CAUSE; rule++)
      if (applies (rule, view))
        {
          postweg_suspect (&view->suspects, rule->cause, rule->weight);
          postweg_view_want (view, rule->wants, wishes);
        }
}
