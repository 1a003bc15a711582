/* Finding the test mail in an IMAP folder. The server's search is a hint; what counts is the token in the fetched header. */
#include "probe/delivery-imap.h"
#include <string.h>

#define FETCHED_MAX 20 /* mails that are looked at in one go, the newest */

#define PEEK_FIELDS "BODY.PEEK[HEADER.FIELDS (" POSTWEG_LETTER_FIELD " MESSAGE-ID CONTENT-TYPE)]"

/* Keeps the newest from `first` on. Servers answer "n:*" with the last mail even if it is older (RFC 9051 9, seq-range). */
static void
narrow (GArray *uids, guint32 first)
{
  guint old = 0;

  while (old < uids->len && g_array_index (uids, guint32, old) < first)
    old++;
  old = MAX (old, uids->len > FETCHED_MAX ? uids->len - FETCHED_MAX : 0);
  if (old > 0)
    g_array_remove_range (uids, 0, old);
}

/* Returns: (transfer full): UIDs, ascending; or NULL */
static GArray *
search (PostwegImapBox *box, guint32 first, const char *what)
{
  g_autofree char *command = g_strdup_printf ("UID SEARCH UID %u:*%s", first, what);
  GArray *uids;

  if (!postweg_imap_box_ask (box, command))
    return NULL;
  uids = postweg_imap_search (box->session->answer);
  narrow (uids, first);
  return uids;
}

static gboolean
holds (const GArray *uids, guint32 uid)
{
  for (guint i = 0; i < uids->len; i++)
    if (g_array_index (uids, guint32, i) == uid)
      return TRUE;
  return FALSE;
}

/* The rest of one mail, of bounded size. Returns: (transfer full): or NULL */
static char *
fetch_section (PostwegImapBox *box, guint32 uid, const char *section)
{
  g_autofree char *command = g_strdup_printf ("UID FETCH %u (UID BODY.PEEK[%s]<0.65536>)", uid, section);

  if (!postweg_imap_box_ask (box, command))
    return NULL;
  for (guint i = 0; i < box->session->answer->lines->len; i++)
    {
      g_auto (PostwegImapMail) mail = { 0 };

      if (postweg_imap_fetch (g_ptr_array_index (box->session->answer->lines, i), &mail) && mail.uid == uid &&
          mail.section != NULL)
        return g_steal_pointer (&mail.section);
    }
  return NULL;
}

static void
read_report (PostwegImapBox *box, guint32 uid)
{
  g_autofree char *text = fetch_section (box, uid, "");

  if (text != NULL)
    postweg_parcel_read_report (box->parcel, text, strlen (text));
}

/* What is fetched in one go is judged first and followed up afterwards, since following up asks again. */
typedef struct {
  guint unmarked;
  GArray *reports; /* guint32 */
} Sorted;

static void
sort_mail (PostwegImapBox *box, PostwegBoxFolder *folder, const PostwegImapMail *mail, Sorted *sorted)
{
  PostwegWhose whose = postweg_parcel_whose (box->parcel, mail->section, mail->length);

  if (whose == POSTWEG_OURS && !holds (folder->ours, mail->uid))
    g_array_append_val (folder->ours, mail->uid);
  sorted->unmarked += whose == POSTWEG_OURS_UNMARKED;
  if (whose == POSTWEG_A_REPORT)
    g_array_append_val (sorted->reports, mail->uid);
}

static void
fetch_and_sort (PostwegImapBox *box, PostwegBoxFolder *folder, const GArray *uids, Sorted *sorted)
{
  g_autofree char *set = postweg_imap_box_set (uids);
  g_autofree char *command = g_strdup_printf ("UID FETCH %s (UID " PEEK_FIELDS ")", set);

  if (uids->len == 0)
    return;
  if (!postweg_imap_box_ask (box, command))
    {
      box->blind = TRUE;
      return;
    }
  for (guint i = 0; i < box->session->answer->lines->len; i++)
    {
      g_auto (PostwegImapMail) mail = { 0 };

      if (postweg_imap_fetch (g_ptr_array_index (box->session->answer->lines, i), &mail) &&
          mail.section != NULL && holds (uids, mail.uid))
        sort_mail (box, folder, &mail, sorted);
    }
}

/* By the server's search; where its index lags behind, or knows no such field, by reading what is new. */
static void
find (PostwegImapBox *box, PostwegBoxFolder *folder, Sorted *sorted)
{
  g_autofree char *what = g_strdup_printf (" HEADER " POSTWEG_LETTER_FIELD " %s", box->parcel->letter->token);
  g_autoptr (GArray) hits = search (box, folder->first, what);
  g_autoptr (GArray) fresh = NULL;

  if (hits != NULL)
    fetch_and_sort (box, folder, hits, sorted);
  if (folder->ours->len > 0)
    return;
  fresh = search (box, MAX (folder->first, folder->looked + 1), "");
  box->blind |= fresh == NULL;
  if (fresh == NULL || fresh->len == 0)
    return;
  fetch_and_sort (box, folder, fresh, sorted);
  if (folder->ours->len == 0 && sorted->unmarked == 0 && !box->out_of_step)
    folder->looked = g_array_index (fresh, guint32, fresh->len - 1);
}

static void
read_way (PostwegImapBox *box, const PostwegBoxFolder *folder)
{
  g_autofree char *header = NULL;

  if (box->way_read || folder->ours->len == 0 || folder->kind >= POSTWEG_FOLDER_TRASH)
    return;
  header = fetch_section (box, g_array_index (folder->ours, guint32, 0), "HEADER");
  if (header == NULL)
    return;
  postweg_parcel_read_way (box->parcel, header, strlen (header));
  box->way_read = TRUE;
}

void
postweg_imap_box_look_into (PostwegImapBox *box, PostwegBoxFolder *folder)
{
  PostwegDelivery *delivery = box->parcel->delivery;
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (guint32));
  Sorted sorted = { 0, reports };
  PostwegDeliveryPlace *place;

  if (!postweg_imap_box_select (box, folder, FALSE))
    {
      box->blind |= folder->kind == POSTWEG_FOLDER_INBOX;
      return;
    }
  g_array_set_size (folder->ours, 0);
  find (box, folder, &sorted);
  for (guint i = 0; i < reports->len && delivery->bounce == NULL; i++)
    read_report (box, g_array_index (reports, guint32, i));
  if (box->out_of_step || folder->ours->len + sorted.unmarked == 0)
    return;
  place = postweg_delivery_place (delivery, folder->kind, folder->name);
  place->copies = folder->ours->len + sorted.unmarked;
  read_way (box, folder);
}
