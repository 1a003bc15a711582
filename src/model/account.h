/* An account: an identity, the incoming server, the outgoing server, and what POP does with mail it has fetched. */
#pragma once
#include "model/server.h"

typedef struct {
  gboolean keep_on_server;      /* leave messages on server */
  guint delete_after_days;      /* 0: never */
  gboolean delete_when_deleted; /* delete there when deleted here */
} PostwegPopOptions;

typedef enum { POSTWEG_COPY_UNKNOWN, POSTWEG_COPY_KEPT, POSTWEG_COPY_NOT_KEPT } PostwegSentCopy;

/* What a mail program does with the account besides the servers; all zero unless the account was read from one. */
typedef struct {
  gboolean is_known; /* the account was read from a mail program */
  gboolean
      sends_by_its_default; /* no outgoing server was chosen for this account: the program takes the one it takes for all */
  PostwegSentCopy sent_copy; /* whether the program files a copy of what it sends */
  char *
      sent_folder; /* where: a folder of the incoming server, levels with '/', UTF-8; NULL: elsewhere, or not known */
} PostwegProgramHabits;

typedef struct {
  char *name;                   /* what recipients see; "" if none */
  char *address;                /* the sender address */
  PostwegServer *incoming;      /* IMAP or POP3; NULL: none known */
  PostwegServer *outgoing;      /* SMTP; NULL: none known */
  PostwegPopOptions pop;        /* meaningful when incoming is POP3 */
  PostwegProgramHabits program; /* not part of what is compared */
} PostwegAccount;

/* Takes copies of the servers; POP options start as "leave everything on the server". */
PostwegAccount *postweg_account_new (const char *name, const char *address, const PostwegServer *incoming,
                                     const PostwegServer *outgoing);
PostwegAccount *postweg_account_copy (const PostwegAccount *account);
void postweg_account_free (PostwegAccount *account);
gboolean postweg_account_equal (const PostwegAccount *a, const PostwegAccount *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegAccount, postweg_account_free)
