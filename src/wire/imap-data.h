/* What IMAP says about mailboxes and mails (RFC 9051 7.3 to 7.5): SEARCH, FETCH, STATUS, LIST; pure and bounded. */
#pragma once
#include "wire/answer.h"

#define POSTWEG_IMAP_UIDS_MAX 1000 /* of one SEARCH answer */

/* Returns: (transfer full): guint32, the UIDs of all SEARCH and ESEARCH responses, ascending, each once */
GArray *postweg_imap_search (const PostwegAnswer *answer);

typedef struct {
  guint32 uid;   /* 0: it does not say */
  char *section; /* BODY[…], as it came; NULL if there is none */
  gsize length;  /* of the section */
} PostwegImapMail;

/* One FETCH response. Returns: FALSE if it is none; mail: (out): to be cleared by the caller */
gboolean postweg_imap_fetch (const char *line, PostwegImapMail *mail);
void postweg_imap_mail_clear (PostwegImapMail *mail);

typedef struct {
  char *wire;  /* the name as commands need it, quoted; NULL if it cannot be written */
  char *name;  /* decoded to UTF-8, cleaned */
  char *flags; /* "\Junk \HasNoChildren" */
} PostwegImapFolder;

/* One LIST response. Returns: FALSE if it is none */
gboolean postweg_imap_folder (const char *line, PostwegImapFolder *folder);
void postweg_imap_folder_clear (PostwegImapFolder *folder);
/* Whether the flag is in the list; case does not matter. */
gboolean postweg_imap_flagged (const char *flags, const char *flag);

/* A number of one STATUS response, such as UIDNEXT. wire: the quoted name it must be about. Returns: FALSE if it is not there */
gboolean postweg_imap_status (const char *line, const char *wire, const char *item, guint32 *value);
/* A number of a response code among the lines of an answer, such as [UIDVALIDITY 4]. Returns: 0 if it is not there */
guint32 postweg_imap_code_number (const PostwegAnswer *answer, const char *code);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PostwegImapMail, postweg_imap_mail_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PostwegImapFolder, postweg_imap_folder_clear)
