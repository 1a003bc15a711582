/* One connection of a practice server: the acts of the script, one after the other. */
#include "practice/player.h"
#include "model/secret.h"
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define BLOCK 65536       /* bytes of a repeated text that go out in one piece */
#define DRAIN_LINES 10000 /* how much a client may say after the server's end */

/* A row of the table below returns whether the play goes on. */
typedef struct {
  PostwegStage *stage;
  PostwegChannel *channel;
  GString *line; /* the last one heard, without its tag */
  char *tag;
  guint index; /* of the act that is played */
} Player;

PostwegStage *
postweg_stage_new (PostwegScript *script)
{
  PostwegStage *stage = g_new0 (PostwegStage, 1);

  stage->script = script;
  stage->stop_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  stage->heard = g_string_new (NULL);
  pthread_mutex_init (&stage->lock, NULL);
  return stage;
}

void
postweg_stage_free (PostwegStage *stage)
{
  if (stage == NULL)
    return;
  if (stage->tls.credentials != NULL)
    gnutls_certificate_free_credentials (stage->tls.credentials);
  if (stage->tls.priority != NULL)
    gnutls_priority_deinit (stage->tls.priority);
  gnutls_free (stage->tls.ocsp.data);
  postweg_script_free (stage->script);
  if (stage->stop_fd >= 0)
    close (stage->stop_fd);
  /* People may have typed a real password into a practice mailbox. */
  postweg_wipe (stage->heard->str, stage->heard->len);
  g_string_free (stage->heard, TRUE);
  g_free (stage->complaint);
  pthread_mutex_destroy (&stage->lock);
  g_free (stage);
}

/* FALSE when everything is to end */
static gboolean
stage_pause (PostwegStage *stage, guint milliseconds)
{
  struct pollfd stop = { .fd = stage->stop_fd, .events = POLLIN };
  int ready;

  do
    ready = poll (&stop, 1, (int) milliseconds);
  while (ready < 0 && errno == EINTR);
  return ready == 0;
}

static void
stage_hear (PostwegStage *stage, const char *bytes, gsize length)
{
  g_autofree char *text = g_utf8_make_valid (bytes, (gssize) length);

  pthread_mutex_lock (&stage->lock);
  if (stage->heard->len + length < POSTWEG_STAGE_MAX_HEARD)
    g_string_append_printf (stage->heard, "%s\n", text);
  pthread_mutex_unlock (&stage->lock);
  postweg_wipe (text, strlen (text));
}

static char *
word_complaint (const PostwegAct *act, const char *heard)
{
  g_autofree char *wanted = act->text == NULL ? g_strdup ("…") : g_strescape (act->text->str, NULL);
  g_autofree char *said = NULL;

  if (heard == NULL)
    return g_strdup_printf (_("Line %u of the script: “%s” was expected, the client went away."), act->line,
                               wanted);
  said = g_utf8_make_valid (heard, -1);
  return g_strdup_printf (_("Line %u of the script: “%s” was expected, the client said “%s”."), act->line,
                             wanted, said);
}

/* heard: NULL if the client went away */
static void
complain (Player *player, const PostwegAct *act, const char *heard)
{
  PostwegStage *stage = player->stage;

  /* What ends because the practice ends is nobody's mistake; a client may leave a loop when it likes. */
  if (!stage_pause (stage, 0) || (act->looped && heard == NULL))
    return;
  pthread_mutex_lock (&stage->lock);
  if (stage->complaint == NULL)
    stage->complaint = word_complaint (act, heard);
  pthread_mutex_unlock (&stage->lock);
}

static gboolean
hear_line (Player *player)
{
  gboolean whole = postweg_channel_read_line (player->channel, player->line);

  if (whole || player->line->len > 0)
    stage_hear (player->stage, player->line->str, player->line->len);
  return whole;
}

/* Moves the first word of an IMAP command from the line to the tag. */
static void
take_tag (Player *player)
{
  gsize length = strcspn (player->line->str, " ");

  if (!player->stage->script->imap)
    return;
  g_free (player->tag);
  player->tag = g_strndup (player->line->str, length);
  g_string_erase (player->line, 0, (gssize) MIN (length + 1, player->line->len));
}

static gboolean
check (Player *player, const PostwegAct *act)
{
  if (act->text == NULL || postweg_act_matches (act, player->line->str, player->line->len))
    return TRUE;
  complain (player, act, player->line->str);
  return FALSE;
}

static gboolean
say (Player *player, const PostwegAct *act)
{
  GString *text = postweg_act_text (act, player->tag);
  gsize at_once = MAX (1, BLOCK / MAX (1, text->len));
  g_autoptr (GString) block = g_string_new (NULL);
  gboolean sent = TRUE;

  for (gsize i = 0; i < MIN (at_once, act->number); i++)
    g_string_append_len (block, text->str, (gssize) text->len);
  for (gsize left = act->number; sent && left > 0; left -= MIN (left, at_once))
    sent = postweg_channel_send (player->channel, block->str, MIN (left, at_once) * text->len);
  g_string_free (text, TRUE);
  return sent;
}

static gboolean
drip (Player *player, const PostwegAct *act)
{
  g_autoptr (GString) text = postweg_act_text (act, player->tag);
  gboolean sent = TRUE;

  for (gsize i = 0; sent && i < text->len; i++)
    sent =
        stage_pause (player->stage, act->number) && postweg_channel_send (player->channel, text->str + i, 1);
  return sent;
}

static gboolean
expect (Player *player, const PostwegAct *act)
{
  if (!hear_line (player))
    {
      complain (player, act, NULL);
      return FALSE;
    }
  take_tag (player);
  return check (player, act);
}

static gboolean
expect_continuation (Player *player, const PostwegAct *act)
{
  if (!hear_line (player))
    {
      complain (player, act, NULL);
      return FALSE;
    }
  return check (player, act);
}

/* The line before ended in {N} or, without waiting for the server's leave, {N+} (RFC 7888). */
static gboolean
expect_literal (Player *player, const PostwegAct *act)
{
  const char *brace = strrchr (player->line->str, '{');
  gsize length = brace == NULL ? 0 : (gsize) g_ascii_strtoull (brace + 1, NULL, 10);

  if (brace == NULL || !postweg_channel_read_bytes (player->channel, player->line, length))
    {
      complain (player, act, brace == NULL ? player->line->str : NULL);
      return FALSE;
    }
  stage_hear (player->stage, player->line->str, player->line->len);
  return check (player, act);
}

static gboolean
start_tls (Player *player, const PostwegAct *act)
{
  gboolean up = postweg_channel_start_tls (player->channel, &player->stage->tls);
  const char *mark = up ? "(TLS)" : "(no TLS)";

  (void) act;
  stage_hear (player->stage, mark, strlen (mark));
  return up;
}

static gboolean
wait_a_while (Player *player, const PostwegAct *act)
{
  return stage_pause (player->stage, act->number);
}

/* Closing a socket with unread bytes resets the connection, and the client may lose the server's last words: so the
 * server stops talking first and listens for a while. */
static gboolean
finish (Player *player, const PostwegAct *act)
{
  gint64 deadline = g_get_monotonic_time () + POSTWEG_CHANNEL_DRAIN_SECONDS * G_USEC_PER_SEC;

  postweg_channel_finish (player->channel, act == NULL || act->kind == POSTWEG_ACT_CLOSE);
  for (guint i = 0; i < DRAIN_LINES && hear_line (player) && g_get_monotonic_time () < deadline; i++)
    continue;
  return FALSE;
}

static gboolean
reset (Player *player, const PostwegAct *act)
{
  (void) act;
  postweg_channel_reset (player->channel);
  return FALSE;
}

static gboolean
hang (Player *player, const PostwegAct *act)
{
  (void) act;
  while (hear_line (player))
    continue;
  return FALSE;
}

/* Jumps into the branch that begins like the line; branches follow each other up to the end of the loop. */
static gboolean
choose_branch (Player *player, const PostwegAct *act)
{
  const PostwegScript *script = player->stage->script;

  if (!hear_line (player))
    return FALSE;
  take_tag (player);
  for (; act->kind == POSTWEG_ACT_ON; act = postweg_script_act (script, player->index))
    {
      if (postweg_act_matches (act, player->line->str, player->line->len))
        return TRUE;
      player->index = act->partner;
    }
  complain (player, act, player->line->str);
  return FALSE;
}

static gboolean
begin_loop (Player *player, const PostwegAct *act)
{
  const PostwegAct *first = postweg_script_act (player->stage->script, player->index + 1);

  (void) act;
  if (first->kind != POSTWEG_ACT_ON)
    return TRUE;
  player->index++;
  return choose_branch (player, first);
}

static gboolean
begin_again (Player *player, const PostwegAct *act)
{
  const PostwegScript *script = player->stage->script;

  /* from an ON, which ends the branch before it, over the END to the LOOP */
  while (act->kind != POSTWEG_ACT_LOOP)
    {
      player->index = act->partner;
      act = postweg_script_act (script, player->index);
    }
  return begin_loop (player, act);
}

static gboolean
leave_loop (Player *player, const PostwegAct *act)
{
  player->index = postweg_script_act (player->stage->script, act->partner)->partner;
  return TRUE;
}

static gboolean (*const acts[]) (Player *, const PostwegAct *) = {
  [POSTWEG_ACT_SAY] = say,
  [POSTWEG_ACT_DRIP] = drip,
  [POSTWEG_ACT_EXPECT] = expect,
  [POSTWEG_ACT_ANY] = expect,
  [POSTWEG_ACT_CONTINUATION] = expect_continuation,
  [POSTWEG_ACT_LITERAL] = expect_literal,
  [POSTWEG_ACT_TLS] = start_tls,
  [POSTWEG_ACT_WAIT] = wait_a_while,
  [POSTWEG_ACT_CLOSE] = finish,
  [POSTWEG_ACT_CUT] = finish,
  [POSTWEG_ACT_RESET] = reset,
  [POSTWEG_ACT_HANG] = hang,
  [POSTWEG_ACT_LOOP] = begin_loop,
  [POSTWEG_ACT_ON] = begin_again,
  [POSTWEG_ACT_LEAVE] = leave_loop,
  [POSTWEG_ACT_END] = begin_again,
};

void
postweg_player_run (PostwegStage *stage, int fd)
{
  g_autoptr (PostwegChannel) channel = postweg_channel_new (fd);
  Player player = { .stage = stage, .channel = channel, .line = g_string_new (NULL), .tag = g_strdup ("*") };
  const PostwegAct *act;
  gboolean on = TRUE;

  for (; on && (act = postweg_script_act (stage->script, player.index)) != NULL; player.index++)
    on = acts[act->kind](&player, act);
  if (on)
    finish (&player, NULL);
  postweg_wipe (player.line->str, player.line->len);
  g_string_free (player.line, TRUE);
  g_free (player.tag);
}
