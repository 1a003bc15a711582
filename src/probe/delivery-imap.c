/* Waiting for the test mail over IMAP: which folders there are, what comes in, IDLE (RFC 2177) or polling. */
#include "probe/delivery-imap.h"
#include "probe/folders.h"
#include "wire/imap.h"
#include <string.h>

#define FOLDERS_MAX 60 /* that are watched; special ones first */
#define CONNECTIONS_MAX 3
#define COMMAND_MS 20000
#define IDLE_ANSWER_MS 4000 /* a server that announces IDLE and does not answer it is not waited for */
#define IDLE_DONE_MS 4000
#define IDLE_LINES_MAX 1000
#define FIRST_PAUSE_MS 1000
#define LONGEST_PAUSE_MS 8000

gboolean
postweg_imap_box_ask (PostwegImapBox *box, const char *command)
{
  PostwegSession *session = box->session;

  if (session == NULL || box->out_of_step)
    return FALSE;
  session->test = postweg_parcel_wait (box->parcel, G_MAXUINT / 2000);
  session->wait = postweg_wait_step (&session->test, COMMAND_MS);
  if (!postweg_session_ask (session, command, FALSE, NULL))
    {
      box->out_of_step = TRUE;
      return FALSE;
    }
  return session->answer->reply->positive;
}

gboolean
postweg_imap_box_can (const PostwegImapBox *box, const char *capability)
{
  return postweg_capability_listed (box->capabilities, capability);
}

PostwegBoxFolder *
postweg_imap_box_folder (const PostwegImapBox *box, PostwegFolderKind kind)
{
  for (guint i = 0; i < box->folders->len; i++)
    {
      PostwegBoxFolder *folder = g_ptr_array_index (box->folders, i);

      if (folder->kind == kind)
        return folder;
    }
  return NULL;
}

gboolean
postweg_imap_box_select (PostwegImapBox *box, PostwegBoxFolder *folder, gboolean writable)
{
  g_autofree char *command = g_strdup_printf ("%s %s", writable ? "SELECT" : "EXAMINE", folder->wire);
  guint32 validity;

  if (box->selected == folder && (box->writable || !writable))
    return postweg_imap_box_ask (box, "NOOP");
  box->selected = NULL;
  if (!postweg_imap_box_ask (box, command))
    return FALSE;
  validity = postweg_imap_code_number (box->session->answer, "UIDVALIDITY");
  if (folder->uidvalidity != 0 && validity != folder->uidvalidity)
    {
      /* all its UIDs are new: what we know of it is worth nothing */
      folder->uidvalidity = validity;
      folder->first = 1;
      folder->looked = 0;
      g_array_set_size (folder->ours, 0);
      return FALSE;
    }
  folder->uidvalidity = validity;
  box->selected = folder;
  box->writable = writable;
  return TRUE;
}

char *
postweg_imap_box_set (const GArray *uids)
{
  GString *set = g_string_new (NULL);

  for (guint i = 0; i < uids->len; i++)
    g_string_append_printf (set, "%s%u", i > 0 ? "," : "", g_array_index (uids, guint32, i));
  return g_string_free (set, FALSE);
}

/* folders */

static void
folder_free (gpointer data)
{
  PostwegBoxFolder *folder = data;

  g_free (folder->wire);
  g_free (folder->name);
  g_array_unref (folder->ours);
  g_free (folder);
}

static void
add_folder (PostwegImapBox *box, PostwegFolderKind kind, const char *wire, const char *name)
{
  PostwegBoxFolder *folder = g_new0 (PostwegBoxFolder, 1);

  *folder = (PostwegBoxFolder){ kind, g_strdup (wire), g_strdup (name), 1, 0, TRUE, 0, NULL };
  folder->ours = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_ptr_array_add (box->folders, folder);
}

static gboolean
is_known (const PostwegImapBox *box, const char *wire)
{
  for (guint i = 0; i < box->folders->len; i++)
    if (strcmp (((const PostwegBoxFolder *) g_ptr_array_index (box->folders, i))->wire, wire) == 0)
      return TRUE;
  return FALSE;
}

/* Special folders in the first round, others in the second, so that the limit hits those that matter least. */
static void
read_folders (PostwegImapBox *box, const PostwegAnswer *answer, gboolean others)
{
  for (guint i = 0; i < answer->lines->len && box->folders->len < FOLDERS_MAX; i++)
    {
      g_auto (PostwegImapFolder) folder = { NULL };
      PostwegFolderKind kind;

      if (!postweg_imap_folder (g_ptr_array_index (answer->lines, i), &folder) || folder.wire == NULL ||
          postweg_imap_flagged (folder.flags, "\\Noselect") ||
          postweg_imap_flagged (folder.flags, "\\NonExistent"))
        continue;
      kind = postweg_folder_kind (folder.name, folder.flags);
      if (kind != POSTWEG_FOLDER_INBOX && (kind == POSTWEG_FOLDER_OTHER) == others &&
          !is_known (box, folder.wire))
        add_folder (box, kind, folder.wire, folder.name);
    }
}

/* Delivery may make the folder that it sorts the mail into: what is new since the first time is new altogether. */
static gboolean
list_folders (PostwegImapBox *box)
{
  gboolean extended =
      postweg_imap_box_can (box, "LIST-EXTENDED") && postweg_imap_box_can (box, "SPECIAL-USE");

  if (!postweg_imap_box_ask (box, extended ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\""))
    return FALSE;
  read_folders (box, box->session->answer, FALSE);
  read_folders (box, box->session->answer, TRUE);
  return TRUE;
}

/* What came is at or above UIDNEXT. The first time it is noted, later it is compared. */
static void
read_status (PostwegBoxFolder *folder, const PostwegAnswer *answer, gboolean at_first)
{
  guint32 next = 0, validity = 0;

  for (guint i = 0; i < answer->lines->len && next == 0; i++)
    if (postweg_imap_status (g_ptr_array_index (answer->lines, i), folder->wire, "UIDNEXT", &next))
      postweg_imap_status (g_ptr_array_index (answer->lines, i), folder->wire, "UIDVALIDITY", &validity);
  if (at_first)
    {
      folder->first = MAX (next, 1);
      folder->uidvalidity = validity;
    }
  folder->grew = next == 0 ? folder->kind != POSTWEG_FOLDER_OTHER : next > folder->first;
}

/* All questions go out together. */
static void
ask_status (PostwegImapBox *box, guint from, gboolean at_first)
{
  PostwegSession *session = box->session;
  guint sent = 0;

  if (session == NULL || box->out_of_step)
    return;
  session->test = postweg_parcel_wait (box->parcel, G_MAXUINT / 2000);
  session->wait = postweg_wait_step (&session->test, COMMAND_MS);
  for (guint i = from; i < box->folders->len; i++, sent++)
    {
      const PostwegBoxFolder *folder = g_ptr_array_index (box->folders, i);
      g_autofree char *command = g_strdup_printf ("STATUS %s (UIDNEXT UIDVALIDITY)", folder->wire);

      if (!postweg_session_send (session, command, NULL, NULL))
        break;
    }
  for (guint i = 0; i < sent && !box->out_of_step; i++)
    {
      box->out_of_step = !postweg_session_read (session, FALSE, NULL);
      if (!box->out_of_step)
        read_status (g_ptr_array_index (box->folders, from + i), session->answer, at_first);
    }
}

/* The inbox is mostly open, and is then not to be asked for its status (RFC 9051 6.3.11): it is looked into each time. */
void
postweg_imap_box_refresh (PostwegImapBox *box)
{
  ask_status (box, 1, FALSE);
}

/* opening */

static gboolean
connect_box (PostwegImapBox *box)
{
  char **capabilities;
  PostwegStep *obstacle = NULL;

  box->opened++;
  box->out_of_step = FALSE;
  box->selected = NULL;
  box->probe = box->parcel->job->incoming;
  box->session = postweg_parcel_sign_in (box->parcel, &box->probe, POSTWEG_RECEIVE, &obstacle);
  if (box->session == NULL)
    {
      postweg_parcel_keep_step (box->parcel, POSTWEG_RECEIVE, obstacle);
      return FALSE;
    }
  /* what a server can do after the sign-in is often more than before */
  capabilities = postweg_imap_capabilities (box->session->answer);
  if (capabilities == NULL && postweg_imap_box_ask (box, "CAPABILITY"))
    capabilities = postweg_imap_capabilities (box->session->answer);
  /* one that does not say what it can do is asked for nothing special */
  if (capabilities == NULL && box->capabilities == NULL)
    capabilities = g_new0 (char *, 1);
  if (capabilities == NULL)
    return TRUE;
  g_strfreev (box->capabilities);
  box->capabilities = capabilities;
  return TRUE;
}

static void
disconnect_box (PostwegImapBox *box)
{
  postweg_parcel_hang_up (box->parcel, g_steal_pointer (&box->session), POSTWEG_RECEIVE,
                          box->out_of_step ? NULL : "LOGOUT");
}

gboolean
postweg_imap_box_revive (PostwegImapBox *box)
{
  if (box->session != NULL && !box->out_of_step)
    return TRUE;
  disconnect_box (box);
  if (box->given_up || box->opened >= CONNECTIONS_MAX || !connect_box (box))
    box->given_up = TRUE;
  return !box->given_up;
}

static void
close_box (gpointer data)
{
  PostwegImapBox *box = data;

  disconnect_box (box);
  g_strfreev (box->capabilities);
  g_ptr_array_unref (box->folders);
  g_free (box);
}

/* A mailbox that cannot be read now will not show the mail either. */
static void
keep_failure (PostwegImapBox *box)
{
  PostwegStep *step = postweg_step_new (POSTWEG_STAGE_MAILBOX, POSTWEG_STEP_FAILED, POSTWEG_ERROR_REJECTED);

  if (box->out_of_step)
    step->error = postweg_parcel_is_stopped (box->parcel) ? POSTWEG_ERROR_OUT_OF_TIME : POSTWEG_ERROR_HUNG_UP;
  else
    step->reply = postweg_reply_copy (box->session->answer->reply);
  if (step->error == POSTWEG_ERROR_OUT_OF_TIME)
    step->verdict = POSTWEG_STEP_SKIPPED;
  postweg_parcel_keep_step (box->parcel, POSTWEG_RECEIVE, step);
}

static gpointer
open_box (PostwegParcel *parcel)
{
  PostwegImapBox *box = g_new0 (PostwegImapBox, 1);

  box->parcel = parcel;
  box->pause_ms = FIRST_PAUSE_MS;
  box->folders = g_ptr_array_new_with_free_func (folder_free);
  if (!connect_box (box))
    {
      close_box (box);
      return NULL;
    }
  box->idles = postweg_imap_box_can (box, "IDLE");
  add_folder (box, POSTWEG_FOLDER_INBOX, "\"INBOX\"", "INBOX");
  if (list_folders (box))
    ask_status (box, 0, TRUE);
  if (!box->out_of_step && postweg_imap_box_select (box, g_ptr_array_index (box->folders, 0), FALSE))
    return box;
  keep_failure (box);
  close_box (box);
  return NULL;
}

/* looking */

static void
note_sent_known (PostwegImapBox *box)
{
  const PostwegBoxFolder *sent = postweg_imap_box_folder (box, POSTWEG_FOLDER_SENT);

  box->parcel->delivery->sent_known = sent != NULL && sent->uidvalidity != 0;
}

static gboolean
look (gpointer data)
{
  PostwegImapBox *box = data;

  if (!postweg_imap_box_revive (box))
    return FALSE;
  box->blind = FALSE;
  list_folders (box);
  postweg_imap_box_refresh (box);
  for (guint i = 0; i < box->folders->len && !box->out_of_step; i++)
    {
      PostwegBoxFolder *folder = g_ptr_array_index (box->folders, i);

      if (folder->grew || folder->kind == POSTWEG_FOLDER_INBOX)
        postweg_imap_box_look_into (box, folder);
    }
  note_sent_known (box);
  return !box->out_of_step && !box->blind;
}

static gboolean
is_dead (gpointer data)
{
  const PostwegImapBox *box = data;

  return box->given_up;
}

/* Something came: "* 4 EXISTS". A literal in what is told meanwhile is read over. */
static gboolean
read_news (PostwegSession *session, const PostwegWait *wait)
{
  for (guint i = 0; i < IDLE_LINES_MAX; i++)
    {
      g_autofree char *line = postweg_conn_read_line (session->conn, wait, NULL);
      gsize size = 0;

      if (line == NULL)
        return FALSE;
      if (postweg_imap_literal (line, &size))
        g_free (postweg_conn_read_bytes (session->conn, size, wait, NULL));
      if (g_str_has_prefix (line, "* ") && g_str_has_suffix (line, " EXISTS"))
        return TRUE;
    }
  return FALSE;
}

/* Returns: FALSE when the server does not do what it announces */
static gboolean
idle (PostwegImapBox *box, guint ms)
{
  PostwegSession *session = box->session;
  PostwegWait wait = postweg_parcel_wait (box->parcel, ms);

  session->test = postweg_parcel_wait (box->parcel, G_MAXUINT / 2000);
  session->wait = postweg_wait_step (&session->test, IDLE_ANSWER_MS);
  if (!postweg_session_ask (session, "IDLE", FALSE, NULL))
    {
      box->out_of_step = TRUE;
      return FALSE;
    }
  if (strcmp (session->answer->reply->status, "+") != 0)
    return FALSE;
  read_news (session, &wait);
  /* its end is waited for even when everything was stopped: else the connection would be lost for clearing up */
  session->test = postweg_wait_new (IDLE_DONE_MS, NULL);
  session->wait = session->test;
  box->out_of_step = !postweg_conn_send (session->conn, "DONE", NULL, &session->wait, NULL) ||
                     !postweg_session_read (session, FALSE, NULL);
  return !box->out_of_step;
}

static void
wait_for_news (gpointer data, guint ms)
{
  PostwegImapBox *box = data;
  guint pause = MIN (ms, box->pause_ms);
  PostwegBoxFolder *inbox = g_ptr_array_index (box->folders, 0);

  box->pause_ms = MIN (box->pause_ms * 2, LONGEST_PAUSE_MS);
  if (!box->idles || box->out_of_step || !postweg_imap_box_select (box, inbox, FALSE))
    postweg_parcel_pause (box->parcel, pause);
  else
    box->idles = idle (box, pause);
}

static void
clear (gpointer data)
{
  PostwegImapBox *box = data;

  if (postweg_imap_box_revive (box))
    postweg_imap_box_remove (box);
}

const PostwegBoxWay postweg_box_imap = { TRUE, open_box, look, is_dead, wait_for_news, clear, close_box };
