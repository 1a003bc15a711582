/* What a mail program's settings say by themselves about an account that was read from it. */
#include "diagnose/rules.h"
#include "diagnose/words.h"
#include "model/address.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static const PostwegProgramHabits *
habits_of (const PostwegView *view)
{
  static const PostwegProgramHabits nothing_known = { .is_known = FALSE };

  return view->the_case->account != NULL ? &view->the_case->account->program : &nothing_known;
}

static gboolean
provider_files_sent (const PostwegView *view)
{
  return view->the_case->provider != NULL &&
         (view->the_case->provider->quirks & POSTWEG_QUIRK_FILES_SENT) != 0;
}

/* The outgoing server of another account: it is nobody's choice, and not the one that the provider documents. */
static gboolean
sends_through_another (const PostwegView *view)
{
  const PostwegProviderServer *documented = postweg_view_documented (view);

  return view->side == POSTWEG_SEND && habits_of (view)->sends_by_its_default && documented != NULL &&
         (view->failure == NULL || view->failure->stage >= POSTWEG_STAGE_AUTH) &&
         !postweg_hosts_same_operator (documented->host, view->server->host);
}

static gboolean
files_twice (const PostwegView *view)
{
  return view->side == POSTWEG_SEND && habits_of (view)->sent_copy == POSTWEG_COPY_KEPT &&
         provider_files_sent (view);
}

static gboolean
files_nothing (const PostwegView *view)
{
  return view->side == POSTWEG_SEND && habits_of (view)->sent_copy == POSTWEG_COPY_NOT_KEPT &&
         !provider_files_sent (view);
}

static gboolean
files_nothing_for_certain (const PostwegView *view)
{
  return files_nothing (view) && view->the_case->provider != NULL;
}

/* Servers name levels with '.' or '/'. */
static gboolean
is_same_folder (const char *a, const char *b)
{
  g_autofree char *x = g_strdelimit (g_strdup (a), ".", '/');
  g_autofree char *y = g_strdelimit (g_strdup (b), ".", '/');

  return strcmp (x, y) == 0;
}

/* The folder that the program was told to use is not there. */
static gboolean
folder_is_missing (const PostwegView *view)
{
  const PostwegEvidence *incoming = view->the_case->incoming;
  char **folders = incoming != NULL ? incoming->mailbox.folders : NULL;
  const char *wanted = habits_of (view)->sent_folder;

  if (view->side != POSTWEG_SEND || wanted == NULL || folders == NULL ||
      habits_of (view)->sent_copy != POSTWEG_COPY_KEPT)
    return FALSE;
  for (; *folders != NULL; folders++)
    if (is_same_folder (*folders, wanted))
      return FALSE;
  return TRUE;
}

static gboolean
is_fetched_by_pop (const PostwegView *view)
{
  return view->side == POSTWEG_RECEIVE && habits_of (view)->is_known &&
         view->server->protocol == POSTWEG_POP3;
}

static gboolean
pop_deletes (const PostwegView *view)
{
  return is_fetched_by_pop (view) && !view->the_case->account->pop.keep_on_server;
}

static gboolean
pop_deletes_later (const PostwegView *view)
{
  return is_fetched_by_pop (view) && view->the_case->account->pop.delete_after_days > 0;
}

/* The program does sign in, where this test rather does not. */
static gboolean
goes_unencrypted (const PostwegView *view)
{
  return habits_of (view)->is_known && view->server->security == POSTWEG_PLAIN &&
         view->server->auth != POSTWEG_AUTH_NONE && !postweg_host_is_loopback (view->server->host);
}

static const struct {
  gboolean (*when) (const PostwegView *view);
  PostwegCause cause;
  guint8 when_it_works, when_it_fails; /* weights; 0: not then */
  guint wants;
} rules[] = {
  { sends_through_another, POSTWEG_CAUSE_OUTGOING_MISSING, 66, 98, 0 },
  { files_twice, POSTWEG_CAUSE_SENT_TWICE, 88, 0, 0 },
  { files_nothing, POSTWEG_CAUSE_SENT_NOT_FILED, 50, 0, 0 },
  { files_nothing_for_certain, POSTWEG_CAUSE_SENT_NOT_FILED, 70, 0, 0 },
  { folder_is_missing, POSTWEG_CAUSE_SENT_NOT_FILED, 55, 0, 0 },
  { pop_deletes, POSTWEG_CAUSE_POP_DELETES_MAIL, 70, 0, 0 },
  { pop_deletes_later, POSTWEG_CAUSE_POP_DELETES_MAIL, 45, 0, 0 },
  { goes_unencrypted, POSTWEG_CAUSE_INSECURE_CONNECTION, 98, 0, POSTWEG_WANT_PORTS },
};

void
postweg_apply_settings (PostwegView *view, GPtrArray *wishes)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      guint weight = view->failure == NULL ? rules[i].when_it_works : rules[i].when_it_fails;

      if (weight == 0 || !rules[i].when (view))
        continue;
      postweg_suspect (&view->suspects, rules[i].cause, weight);
      postweg_view_want (view, rules[i].wants, wishes);
    }
}

/* Returns: (transfer full): the account with the outgoing server that the provider documents, or NULL */
static PostwegAccount *
with_documented_outgoing (const PostwegCase *the_case)
{
  const PostwegProvider *provider = the_case->provider;
  PostwegAccount *mended;

  for (guint i = 0; provider != NULL && i < provider->n_servers; i++)
    {
      const PostwegProviderServer *server = &provider->servers[i];
      g_autofree char *user = postweg_user_form_apply (server->user, the_case->account->address);

      if (server->protocol != POSTWEG_SMTP)
        continue;
      mended = postweg_account_copy (the_case->account);
      mended->outgoing =
          postweg_server_new (POSTWEG_SMTP, server->host, server->port, server->security, user);
      if (server->n_auths > 0)
        mended->outgoing->auth = server->auths[0];
      return mended;
    }
  return NULL;
}

PostwegFinding *
postweg_find_missing_side (const PostwegCase *the_case)
{
  const PostwegPlace place = { .host = "",
                               .user = "",
                               .address = the_case->account != NULL ? the_case->account->address : "" };
  const PostwegWords *words = postweg_words_of (POSTWEG_CAUSE_OUTGOING_MISSING);
  gboolean receives = the_case->incoming != NULL && postweg_evidence_works (the_case->incoming);
  PostwegFinding *finding;

  if (the_case->account == NULL || !the_case->account->program.is_known ||
      the_case->account->outgoing != NULL || the_case->one_side_asked)
    return NULL;
  finding = postweg_finding_new (postweg_cause_slug (POSTWEG_CAUSE_OUTGOING_MISSING));
  finding->side = POSTWEG_SEND;
  finding->who = postweg_cause_who (POSTWEG_CAUSE_OUTGOING_MISSING);
  finding->confidence = POSTWEG_PROVEN;
  finding->headline =
      postweg_words_headline (POSTWEG_CAUSE_OUTGOING_MISSING, POSTWEG_SEND,
                              receives ? POSTWEG_HEADLINE_OTHER_WORKS : POSTWEG_HEADLINE_ALONE, &place);
  finding->explanation = g_strdup (g_dgettext (GETTEXT_PACKAGE, words->explanation));
  finding->remedy = g_strdup (g_dgettext (GETTEXT_PACKAGE, words->remedy));
  finding->mended = with_documented_outgoing (the_case);
  return finding;
}
