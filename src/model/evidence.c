/* The evidence value, and the questions that are asked of it again and again. */
#include "model/evidence.h"
#include <string.h>

static const char *const stage_names[POSTWEG_N_STAGES] = {
  "dns",  "connect", "tls",    "greeting",  "capability", "starttls",
  "auth", "mailbox", "sender", "recipient", "data",       "arrival",
};
static const char *const verdict_names[] = { "ok", "note", "failed", "skipped" };
static const char *const speaks_names[] = { "unknown", "nothing", "imap", "pop3",
                                            "smtp",    "http",    "tls",  "other" };

PostwegEvidence *
postweg_evidence_new (const PostwegServer *server)
{
  PostwegEvidence *evidence = g_new0 (PostwegEvidence, 1);

  evidence->server = postweg_server_copy (server);
  evidence->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_attempt_free);
  evidence->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_step_free);
  evidence->dialogue = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dialogue_line_free);
  return evidence;
}

static void
mailbox_facts_clear (PostwegMailboxFacts *facts)
{
  g_free (facts->quota);
  g_strfreev (facts->folders);
  g_free (facts->sent_folder);
}

void
postweg_evidence_free (PostwegEvidence *evidence)
{
  if (evidence == NULL)
    return;
  postweg_server_free (evidence->server);
  g_ptr_array_unref (evidence->attempts);
  g_ptr_array_unref (evidence->steps);
  g_ptr_array_unref (evidence->dialogue);
  postweg_reply_free (evidence->greeting);
  g_strfreev (evidence->plain_capabilities);
  g_strfreev (evidence->capabilities);
  g_strfreev (evidence->mechanisms);
  g_free (evidence->mechanism);
  postweg_tls_facts_free (evidence->tls);
  mailbox_facts_clear (&evidence->mailbox);
  g_free (evidence->sender);
  g_free (evidence->other_sender);
  g_free (evidence);
}

PostwegStep *
postweg_step_new (PostwegStage stage, PostwegStepVerdict verdict, PostwegError error)
{
  PostwegStep *step = g_new0 (PostwegStep, 1);

  step->stage = stage;
  step->verdict = verdict;
  step->error = error;
  step->detail = g_strdup ("");
  return step;
}

PostwegStep *
postweg_step_copy (const PostwegStep *step)
{
  PostwegStep *copy = g_new (PostwegStep, 1);

  *copy = *step;
  copy->address = g_strdup (step->address);
  copy->detail = g_strdup (step->detail);
  copy->reply = postweg_reply_copy (step->reply);
  return copy;
}

void
postweg_step_free (PostwegStep *step)
{
  if (step == NULL)
    return;
  g_free (step->address);
  g_free (step->detail);
  postweg_reply_free (step->reply);
  g_free (step);
}

void
postweg_attempt_free (PostwegAttempt *attempt)
{
  if (attempt == NULL)
    return;
  g_free (attempt->address);
  g_free (attempt);
}

void
postweg_dialogue_line_free (PostwegDialogueLine *line)
{
  if (line == NULL)
    return;
  g_free (line->text);
  g_free (line);
}

const PostwegStep *
postweg_evidence_failure (const PostwegEvidence *evidence)
{
  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);

      if (step->verdict == POSTWEG_STEP_FAILED)
        return step;
    }
  return NULL;
}

const PostwegStep *
postweg_evidence_step (const PostwegEvidence *evidence, PostwegStage stage)
{
  const PostwegStep *found = NULL;

  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);

      if (step->stage == stage)
        found = step;
    }
  return found;
}

gboolean
postweg_evidence_passed (const PostwegEvidence *evidence, PostwegStage stage)
{
  const PostwegStep *step = postweg_evidence_step (evidence, stage);

  return step != NULL && (step->verdict == POSTWEG_STEP_OK || step->verdict == POSTWEG_STEP_NOTE);
}

gboolean
postweg_evidence_works (const PostwegEvidence *evidence)
{
  PostwegStage last =
      evidence->server->protocol == POSTWEG_SMTP ? POSTWEG_STAGE_RECIPIENT : POSTWEG_STAGE_MAILBOX;

  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (evidence->steps, i);
      gboolean left_out = step->verdict == POSTWEG_STEP_SKIPPED && step->error != POSTWEG_OK;

      if (step->verdict == POSTWEG_STEP_FAILED || left_out)
        return FALSE;
    }
  return postweg_evidence_step (evidence, last) != NULL;
}

gboolean
postweg_capability_listed (char *const *capabilities, const char *keyword)
{
  gsize length = strlen (keyword);

  for (; capabilities != NULL && *capabilities != NULL; capabilities++)
    if (g_ascii_strncasecmp (*capabilities, keyword, length) == 0 &&
        strchr ("= ", (*capabilities)[length]) != NULL)
      return TRUE;
  return FALSE;
}

const char *
postweg_stage_name (PostwegStage stage)
{
  return stage_names[stage];
}

gboolean
postweg_stage_from_name (const char *name, PostwegStage *stage)
{
  for (guint i = 0; i < POSTWEG_N_STAGES; i++)
    if (g_strcmp0 (stage_names[i], name) == 0)
      {
        *stage = (PostwegStage) i;
        return TRUE;
      }
  return FALSE;
}

const char *
postweg_step_verdict_name (PostwegStepVerdict verdict)
{
  return verdict_names[verdict];
}

PostwegSpeaks
postweg_speaks_of (PostwegProtocol protocol)
{
  static const PostwegSpeaks table[POSTWEG_N_PROTOCOLS] = {
    [POSTWEG_IMAP] = POSTWEG_SPEAKS_IMAP,
    [POSTWEG_POP3] = POSTWEG_SPEAKS_POP3,
    [POSTWEG_SMTP] = POSTWEG_SPEAKS_SMTP,
  };

  return table[protocol];
}

const char *
postweg_speaks_name (PostwegSpeaks speaks)
{
  return speaks_names[speaks];
}
