/* One mail to oneself: how it went out, how it came back, and whether it was removed again; plain data. */
#pragma once
#include "model/evidence.h"

typedef enum {
  POSTWEG_DELIVERY_NOT_SENT,  /* the outgoing server did not take it, or it was not tried: see the steps */
  POSTWEG_DELIVERY_UNDECIDED, /* it may be on its way, but looking for it was stopped or broke off */
  POSTWEG_DELIVERY_LOST,      /* taken, and not found until the end of the waiting */
  POSTWEG_DELIVERY_BOUNCED,   /* taken, and a report came that it cannot be delivered (RFC 3464) */
  POSTWEG_DELIVERY_ARRIVED,
} PostwegDeliveryOutcome;

/* What a folder is for: by SPECIAL-USE (RFC 6154), else by its usual names. */
typedef enum {
  POSTWEG_FOLDER_INBOX,
  POSTWEG_FOLDER_JUNK,
  POSTWEG_FOLDER_OTHER,
  POSTWEG_FOLDER_ALL, /* every mail is in here too, whatever other folders show it (Gmail's “All Mail”) */
  POSTWEG_FOLDER_TRASH,
  POSTWEG_FOLDER_SENT,
} PostwegFolderKind;

/* A folder in which the mail was found. Every copy ends as removed, as marked or as left. */
typedef struct {
  PostwegFolderKind kind;
  char *folder; /* UTF-8, cleaned; "INBOX" for POP3 */
  guint copies;
  guint removed;
  guint marked; /* flagged as deleted, but not expunged, since that would have touched other mail */
} PostwegDeliveryPlace;

/* One station of the way, as the server there wrote it into a Received field (RFC 5321 4.4); every text is a stranger's, cleaned. */
typedef struct {
  char *from, *by, *with; /* "" if it does not say */
  gint64 time;            /* seconds since 1970, 0: not readable */
  gboolean has_ms;        /* both this station and the one before tell their time */
  gint64 ms;              /* since the station before; whole seconds, negative when clocks differ */
  gboolean tls;           /* it says that the mail came in encrypted */
} PostwegHop;

/* What the receiving server found out about the sender (Authentication-Results, RFC 8601): "pass", "fail", …, or NULL if it does not say. */
typedef struct {
  char *server; /* who says so; NULL: nobody who can be trusted with it */
  char *spf, *dkim, *dmarc;
} PostwegSenderChecks;

typedef struct {
  PostwegDeliveryOutcome outcome;
  char *address; /* sender and recipient */
  char *token;   /* stands in subject, Message-ID and a header field of its own */
  char *message_id, *subject;
  GPtrArray *outgoing_steps; /* PostwegStep: sender, recipient, data; or the one before that failed */
  GPtrArray *incoming_steps; /* PostwegStep: arrival; or the one before that failed */
  char *accepted;            /* the outgoing server's words when it took the mail, or NULL */
  guint arrival_ms;          /* from being taken until it was seen */
  guint waited_ms;           /* how long it was looked for */
  GPtrArray *places;         /* PostwegDeliveryPlace */
  gboolean sent_known;       /* the folder for sent mail could be looked into */
  GPtrArray *hops;           /* PostwegHop, in the order of the way */
  PostwegSenderChecks checks;
  PostwegReply *bounce;                       /* what the report of non-delivery says (SMTP), or NULL */
  gboolean stopped;                           /* by the person or for want of time: cleared up in a hurry */
  guint incoming_sign_ins, outgoing_sign_ins; /* made for this mail, besides those of the test */
  GPtrArray *outgoing_dialogue, *incoming_dialogue; /* PostwegDialogueLine */
} PostwegDelivery;

/* address, token: copied. */
PostwegDelivery *postweg_delivery_new (const char *address);
void postweg_delivery_free (PostwegDelivery *delivery);
/* Returns: (transfer none): the place of this folder, added if it is new */
PostwegDeliveryPlace *postweg_delivery_place (PostwegDelivery *delivery, PostwegFolderKind kind,
                                              const char *folder);
/* Returns: (transfer none): where it arrived: the inbox if it is there, else junk, else another folder; or NULL. The copy among the sent
 * mail is none that arrived, and neither is one in the trash. */
const PostwegDeliveryPlace *postweg_delivery_arrived (const PostwegDelivery *delivery);
guint postweg_delivery_copies (const PostwegDelivery *delivery, PostwegFolderKind kind);
/* How many copies are still there. */
guint postweg_delivery_left (const PostwegDelivery *delivery);

const char *postweg_delivery_outcome_name (
    PostwegDeliveryOutcome outcome); /* "not-sent" "undecided" "lost" "bounced" "arrived" */
const char *
postweg_folder_kind_name (PostwegFolderKind kind); /* "inbox" "junk" "other" "all" "trash" "sent" */

PostwegHop *postweg_hop_new (void);
void postweg_hop_free (PostwegHop *hop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegDelivery, postweg_delivery_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegHop, postweg_hop_free)
