/* What the IMAP parts of a delivery share: the folders of a mailbox, and what of our mail lies in them. */
#pragma once
#include "probe/parcel.h"
#include "wire/imap-data.h"

typedef struct {
  PostwegFolderKind kind;
  char *wire, *name;   /* as commands need it, quoted; as people read it */
  guint32 first;       /* UIDs from here on came after we had looked; 1: not known */
  guint32 uidvalidity; /* 0: not known */
  gboolean grew;       /* the last STATUS says that something came, or that it does not tell */
  guint32 looked;      /* every UID up to this one was looked at and is not ours */
  GArray *ours;        /* guint32: UIDs of mail whose token was read */
} PostwegBoxFolder;

typedef struct {
  PostwegParcel *parcel;
  PostwegProbe probe;
  PostwegSession *session; /* NULL: the connection is gone */
  gboolean out_of_step; /* an answer was not waited for to its end: the connection cannot be used any more */
  gboolean given_up;
  gboolean blind;      /* the server refused to let us look somewhere, the last time */
  guint opened;        /* connections so far */
  char **capabilities; /* after the sign-in */
  gboolean idles;
  guint pause_ms;
  GPtrArray *folders; /* PostwegBoxFolder, the inbox first */
  PostwegBoxFolder *selected;
  gboolean writable;
  gboolean way_read; /* the header of an arrived mail was read */
} PostwegImapBox;

/* One command and its whole answer. Returns: FALSE if it was refused, or could not be asked */
gboolean postweg_imap_box_ask (PostwegImapBox *box, const char *command);
/* Opens the folder, for reading only unless `writable`. Returns: FALSE if it cannot, or if it is not the one it was (UIDVALIDITY) */
gboolean postweg_imap_box_select (PostwegImapBox *box, PostwegBoxFolder *folder, gboolean writable);
gboolean postweg_imap_box_can (const PostwegImapBox *box, const char *capability);
/* Signs in again where the connection was lost. Returns: whether there is one */
gboolean postweg_imap_box_revive (PostwegImapBox *box);
PostwegBoxFolder *postweg_imap_box_folder (const PostwegImapBox *box, PostwegFolderKind kind);
/* Asks how far the folders have grown. */
void postweg_imap_box_refresh (PostwegImapBox *box);
/* UIDs as a sequence set "4,7". Returns: (transfer full) */
char *postweg_imap_box_set (const GArray *uids);

/* Looks for our mail in one folder; `ours` is what is there now. */
void postweg_imap_box_look_into (PostwegImapBox *box, PostwegBoxFolder *folder);
/* Removes our mail from everywhere. */
void postweg_imap_box_remove (PostwegImapBox *box);
