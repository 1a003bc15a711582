/* Joins the layers of rules to findings: both sides, the answer first. */
#include "diagnose/diagnose.h"
#include "diagnose/mend.h"
#include "diagnose/rules.h"
#include "diagnose/words-evidence.h"
#include "diagnose/words.h"
#include <glib/gi18n-lib.h>

#define MAX_PER_SIDE 3
#define WORTH_SAYING 30 /* weight of a further suspect */

/* A cause on its way to a finding. Both sides are array positions: receive, send. */
typedef struct {
  PostwegCause cause;
  guint rank;   /* 0: the answer of its side */
  guint weight; /* the greater of both sides */
  gboolean on[POSTWEG_BOTH];
} Candidate;

/* Both sides while they are being judged. */
typedef struct {
  PostwegView views[POSTWEG_BOTH];
} Work;

/* There is always an answer to a failure, even if it is only who can tell more. */
static void
apply_last_resort (PostwegView *view)
{
  if (postweg_suspects_first (&view->suspects) != POSTWEG_NO_CAUSE)
    return;
  postweg_suspect (&view->suspects, POSTWEG_CAUSE_SERVER_MISCONFIGURED, 35);
  if (view->failure->stage == POSTWEG_STAGE_AUTH)
    postweg_suspect (&view->suspects, POSTWEG_CAUSE_ACCESS_POLICY_BLOCKED, 35);
}

/* A cause that cannot concern this side comes from words that mean something else here. */
static void
drop_foreign_causes (PostwegView *view)
{
  for (PostwegCause cause = POSTWEG_NO_CAUSE + 1; cause < POSTWEG_N_CAUSES; cause++)
    if (postweg_cause_side (cause) != POSTWEG_BOTH && postweg_cause_side (cause) != view->side)
      postweg_suspect_at_most (&view->suspects, cause, 0);
}

static void
judge_side (PostwegView *view, GPtrArray *wishes)
{
  if (view->failure == NULL)
    {
      postweg_apply_notes (view, wishes);
      postweg_apply_settings (view, wishes);
      postweg_apply_delivery (view);
      drop_foreign_causes (view);
      return;
    }
  postweg_apply_local (view, wishes);
  postweg_apply_http (view, wishes);
  postweg_apply_certificate (view);
  postweg_apply_reply (view);
  postweg_apply_settings (view, wishes);
  postweg_apply_provider (view);
  postweg_apply_both (view, wishes);
  postweg_apply_imap (view, wishes);
  drop_foreign_causes (view);
  apply_last_resort (view);
  postweg_apply_other_port (view, wishes);
}

static Candidate *
find_candidate (GArray *candidates, PostwegCause cause, gboolean note)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (candidate->cause == cause && (candidate->rank >= MAX_PER_SIDE) == note)
        return candidate;
    }
  return NULL;
}

static void
add_candidate (GArray *candidates, const PostwegView *view, PostwegCause cause, guint rank)
{
  Candidate fresh = { .cause = cause, .rank = rank, .weight = view->suspects.weight[cause] };
  Candidate *known = find_candidate (candidates, cause, rank >= MAX_PER_SIDE);

  fresh.on[view->side] = TRUE;
  if (known == NULL)
    {
      g_array_append_val (candidates, fresh);
      return;
    }
  known->on[view->side] = TRUE;
  known->rank = MIN (known->rank, rank);
  known->weight = MAX (known->weight, fresh.weight);
}

/* Behind a proven cause nothing else is worth saying; notes stand each for themselves, behind everything else. */
static void
collect (GArray *candidates, const PostwegView *view)
{
  PostwegCause ordered[MAX_PER_SIDE];
  guint n = postweg_suspects_order (&view->suspects, ordered, MAX_PER_SIDE);
  guint first = n > 0 ? view->suspects.weight[ordered[0]] : 0;

  for (guint i = 0; i < n; i++)
    {
      guint weight = view->suspects.weight[ordered[i]];

      if (view->failure == NULL)
        add_candidate (candidates, view, ordered[i], MAX_PER_SIDE);
      else if (i == 0 || (first < POSTWEG_WEIGHT_PROVEN && weight >= WORTH_SAYING && weight * 2 >= first))
        add_candidate (candidates, view, ordered[i], i);
    }
}

static gint
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;
  int by_confidence =
      (int) postweg_weight_confidence (x->weight) - (int) postweg_weight_confidence (y->weight);

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  if (by_confidence != 0)
    return by_confidence;
  return (int) y->on[POSTWEG_RECEIVE] - (int) x->on[POSTWEG_RECEIVE];
}

static PostwegSide
side_of (const Candidate *candidate)
{
  if (candidate->on[POSTWEG_RECEIVE] && candidate->on[POSTWEG_SEND])
    return POSTWEG_BOTH;
  return candidate->on[POSTWEG_SEND] ? POSTWEG_SEND : POSTWEG_RECEIVE;
}

static PostwegHeadline
headline_of (const PostwegView *view, PostwegSide side, PostwegCause cause)
{
  if (view->failure == NULL && cause == POSTWEG_CAUSE_TEST_MAIL_LOST)
    return POSTWEG_HEADLINE_OPEN;
  if (view->failure == NULL)
    return POSTWEG_HEADLINE_NOTE;
  return side != POSTWEG_BOTH && postweg_view_other_works (view) ? POSTWEG_HEADLINE_OTHER_WORKS
                                                                 : POSTWEG_HEADLINE_ALONE;
}

static void
write_words (PostwegFinding *finding, const Candidate *candidate, const Work *work)
{
  const PostwegView *view = &work->views[finding->side == POSTWEG_SEND ? POSTWEG_SEND : POSTWEG_RECEIVE];
  const PostwegWords *words = postweg_words_of (candidate->cause);
  const PostwegAccount *account = view->the_case->account;
  const PostwegPlace place = { .host = view->server->host,
                               .port = view->server->port,
                               .user = view->server->user,
                               .address = account != NULL ? account->address : "" };

  finding->headline = postweg_words_headline (candidate->cause, finding->side,
                                              headline_of (view, finding->side, candidate->cause), &place);
  finding->explanation = g_strdup (g_dgettext (GETTEXT_PACKAGE, words->explanation));
  finding->remedy = g_strdup (g_dgettext (GETTEXT_PACKAGE, words->remedy));
}

static PostwegFinding *
make_finding (const Candidate *candidate, const Work *work)
{
  PostwegFinding *finding = postweg_finding_new (postweg_cause_slug (candidate->cause));
  const PostwegCase *the_case = NULL;
  g_autoptr (PostwegAccount) mended = NULL;
  gboolean changed = FALSE;

  finding->side = side_of (candidate);
  finding->who = postweg_cause_who (candidate->cause);
  finding->confidence = postweg_weight_confidence (candidate->weight);
  write_words (finding, candidate, work);
  for (guint side = 0; side < POSTWEG_BOTH; side++)
    if (candidate->on[side])
      {
        the_case = work->views[side].the_case;
        if (mended == NULL)
          mended = postweg_account_copy (the_case->account);
        postweg_words_evidence (&work->views[side], candidate->cause, finding->evidence);
        changed |= mended != NULL && postweg_mend (mended, &work->views[side], candidate->cause);
      }
  finding->mended = changed ? g_steal_pointer (&mended) : NULL;
  return finding;
}

GPtrArray *
postweg_diagnose (const PostwegCase *the_case, GPtrArray **wishes)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_finding_free);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  GPtrArray *wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_wish_free);
  Work work = { 0 };
  PostwegFinding *missing;

  for (PostwegSide side = POSTWEG_RECEIVE; side < POSTWEG_BOTH; side++)
    if (postweg_view_init (&work.views[side], the_case, side))
      {
        judge_side (&work.views[side], wanted);
        collect (candidates, &work.views[side]);
      }
  missing = postweg_find_missing_side (the_case);
  if (missing != NULL)
    g_ptr_array_add (findings, missing);
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len; i++)
    g_ptr_array_add (findings, make_finding (&g_array_index (candidates, Candidate, i), &work));
  *wishes = wanted;
  return findings;
}
