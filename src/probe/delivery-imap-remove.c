/* Removing the test mail over IMAP: by UID, in folders that are still the same, and nothing that does not bear the token. */
#include "probe/delivery-imap.h"
#include <string.h>

/* How many of these UIDs the open folder still has. */
static guint
count_left (PostwegImapBox *box, const char *set, guint n)
{
  g_autofree char *command = g_strdup_printf ("UID SEARCH UID %s", set);
  g_autoptr (GArray) left = NULL;

  if (!postweg_imap_box_ask (box, command))
    return n;
  left = postweg_imap_search (box->session->answer);
  return MIN (left->len, n);
}

/* EXPUNGE takes everything that is flagged as deleted (RFC 9051 6.4.3): that must be ours alone. Between the question and the command
 * somebody else could flag another mail; nothing but UID EXPUNGE closes that gap, and it is as short as it can be. */
static gboolean
only_ours_is_deleted (PostwegImapBox *box, const GArray *ours)
{
  g_autoptr (GArray) deleted = NULL;

  if (!postweg_imap_box_ask (box, "UID SEARCH DELETED"))
    return FALSE;
  deleted = postweg_imap_search (box->session->answer);
  return deleted->len == ours->len && memcmp (deleted->data, ours->data, ours->len * sizeof (guint32)) == 0;
}

/* UID EXPUNGE (RFC 4315, part of IMAP4rev2) where there is one. Returns: FALSE if the mail stays flagged */
static gboolean
expunge (PostwegImapBox *box, const GArray *ours, const char *set)
{
  g_autofree char *command = g_strdup_printf ("UID EXPUNGE %s", set);

  if (postweg_imap_box_can (box, "UIDPLUS") || postweg_imap_box_can (box, "IMAP4rev2"))
    return postweg_imap_box_ask (box, command);
  return only_ours_is_deleted (box, ours) && postweg_imap_box_ask (box, "EXPUNGE");
}

static void
remove_from (PostwegImapBox *box, PostwegBoxFolder *folder)
{
  PostwegDeliveryPlace *place = postweg_delivery_place (box->parcel->delivery, folder->kind, folder->name);
  g_autofree char *set = postweg_imap_box_set (folder->ours);
  g_autofree char *command = g_strdup_printf ("UID STORE %s +FLAGS.SILENT (\\Deleted)", set);
  guint n = folder->ours->len, left;

  if (!postweg_imap_box_select (box, folder, TRUE) || !postweg_imap_box_ask (box, command))
    return;
  if (!expunge (box, folder->ours, set))
    {
      place->marked = n;
      return;
    }
  left = count_left (box, set, n);
  place->removed += n - left;
  g_array_set_size (folder->ours, 0);
}

/* Where one mail is shown in several folders, expunging it only takes a label away (Gmail, X-GM-EXT-1): it has to go through the trash. */
static void
move_to_trash (PostwegImapBox *box, PostwegBoxFolder *folder, const PostwegBoxFolder *trash)
{
  PostwegDeliveryPlace *place = postweg_delivery_place (box->parcel->delivery, folder->kind, folder->name);
  g_autofree char *set = postweg_imap_box_set (folder->ours);
  g_autofree char *command = g_strdup_printf ("UID MOVE %s %s", set, trash->wire);

  if (!postweg_imap_box_select (box, folder, TRUE))
    return;
  /* it may be gone from here since it was moved from another folder */
  if (count_left (box, set, folder->ours->len) > 0 && !postweg_imap_box_ask (box, command))
    return;
  place->removed += folder->ours->len;
  g_array_set_size (folder->ours, 0);
}

/* Some servers put what is expunged into the trash by themselves. */
static void
empty_from_trash (PostwegImapBox *box, PostwegBoxFolder *trash)
{
  if (trash == NULL)
    return;
  postweg_imap_box_refresh (box);
  if (!trash->grew)
    return;
  postweg_imap_box_look_into (box, trash);
  if (trash->ours->len > 0)
    remove_from (box, trash);
}

void
postweg_imap_box_remove (PostwegImapBox *box)
{
  PostwegBoxFolder *trash = postweg_imap_box_folder (box, POSTWEG_FOLDER_TRASH);
  gboolean by_move =
      trash != NULL && postweg_imap_box_can (box, "X-GM-EXT-1") && postweg_imap_box_can (box, "MOVE");

  for (guint i = 0; i < box->folders->len; i++)
    {
      PostwegBoxFolder *folder = g_ptr_array_index (box->folders, i);

      if (folder->ours->len > 0 && by_move && folder != trash)
        move_to_trash (box, folder, trash);
      else if (folder->ours->len > 0)
        remove_from (box, folder);
    }
  empty_from_trash (box, trash);
}
