/* A private Dovecot and Postfix on loopback for tests: own folder, own ports, own authority, own users; nothing of the
 * system's own mail servers is touched, and no mail leaves. Needs root (or a user namespace with several ids). */
#pragma once
#include "practice/certificates.h"
#include <glib.h>

typedef enum {
  LAB_IMAPS,
  LAB_IMAP, /* STARTTLS */
  LAB_POP3S,
  LAB_POP3,       /* STLS */
  LAB_SMTPS,      /* as on 465: TLS at once, sign-in demanded, the sender must belong to the login */
  LAB_SUBMISSION, /* as on 587: the same behind STARTTLS, which is demanded */
  LAB_SMTP,       /* as on 25: STARTTLS offered, no sign-in, only mail for the lab's users */
} LabPort;
#define LAB_N_PORTS (LAB_SMTP + 1)

/* Where the servers listen, with the same ports everywhere. The good certificate is for all these and for every address
 * of lab_bad_host(). */
#define LAB_HOST "localhost" /* 127.0.0.1, and ::1 where there is one; Dovecot takes it for protected */
#define LAB_GUARDED_HOST "127.0.0.2" /* no sign-in without TLS here, as on the Internet */
#define LAB_PLAIN_HOST                                                                                       \
  "127.0.0.3" /* no STARTTLS here, and sign-in without it, but for LAB_SMTP; not the TLS ports */

/* Servers of other makers stand beside them, once they are asked for: with the same ports and users, at addresses of their own, where
 * the first one is healthy and the others have one fault each. */
typedef enum {
  LAB_EXIM,    /* LAB_SMTPS, LAB_SUBMISSION, LAB_SMTP */
  LAB_CYRUS,   /* LAB_IMAPS, LAB_IMAP, LAB_POP3S, LAB_POP3 */
  LAB_COURIER, /* the same */
} LabMaker;
#define LAB_N_MAKERS (LAB_COURIER + 1)

#define LAB_EXIM_HOST "127.0.1.1"
#define LAB_EXIM_NO_AUTH "127.0.1.2"  /* offers no sign-in */
#define LAB_EXIM_NO_RELAY "127.0.1.3" /* signed in or not: only mail for the lab's users */
#define LAB_EXIM_VERIFIES "127.0.1.4" /* the sender must be one of the lab's users */
#define LAB_EXIM_HELO "127.0.1.5"     /* wants a host name in EHLO */
#define LAB_EXIM_NO_TLS "127.0.1.6"   /* its key is missing */
#define LAB_EXIM_BLIND "127.0.1.7"    /* cannot look up passwords */
#define LAB_EXIM_AWAY "127.0.1.8"     /* is being repaired */
#define LAB_EXIM_SMALL "127.0.1.9"    /* takes mail of 300 bytes */
#define LAB_EXIM_HASTE "127.0.1.10"   /* the user has sent too much in this hour */
#define LAB_EXIM_CROWDED "127.0.1.11" /* one connection at a time */
#define LAB_EXIM_EXPIRED "127.0.1.12" /* by its certificate */
#define LAB_EXIM_CROWDED_TLS "127.0.1.14"
#define LAB_EXIM_INCOMPLETE "127.0.1.13" /* the same */

#define LAB_CYRUS_HOST "127.0.2.1"
#define LAB_CYRUS_AWAY "127.0.2.2"       /* shut down for a while, and says so */
#define LAB_CYRUS_DELAY "127.0.2.3"      /* POP once in so many minutes */
#define LAB_CYRUS_ONE "127.0.2.4"        /* one sign-in at a time for each user */
#define LAB_CYRUS_EXPIRED "127.0.2.5"    /* by its certificate */
#define LAB_CYRUS_INCOMPLETE "127.0.2.6" /* the same */

#define LAB_COURIER_HOST "127.0.3.1"
#define LAB_COURIER_ONE "127.0.3.2"     /* one connection at a time */
#define LAB_COURIER_EXPIRED "127.0.3.3" /* by its certificate */

#define LAB_ONE_HOST "127.0.0.4" /* Dovecot only: one sign-in at a time for each user */

#define LAB_DOMAIN "lab.test"
#define LAB_HOSTNAME "mail.lab.test" /* is in the certificates; does not resolve */

typedef struct {
  const char *name; /* "alice", … as lab_user() takes it */
  const char *login;
  const char *address;
  const char *password;
  gboolean pop3;      /* FALSE: POP is refused */
  const char *quota;  /* Dovecot's rule, NULL for plenty */
  const char *remark; /* what is special */
  const char *more;   /* further fields for Dovecot's user database, or NULL */
} LabUser;

typedef struct _Lab {
  char *folder; /* /tmp/postweg-lab-… */
  char *ca;     /* PEM file of the authority to trust */
  guint16 ports[LAB_N_PORTS];
  gboolean ipv6; /* also listens on ::1 */
  GPid dovecot;
  GPid postfix;
  GPid others[LAB_N_MAKERS]; /* 0: not started */
  GPid guard;                /* clears up when this process dies */
  int guard_fd;              /* while it is open, the guard waits */
} Lab;

/* Starts both servers and waits until they answer (under a second). Several labs may run side by side. A lab also ends
 * with the process that started it, however that dies.
 * Returns: (transfer full): the lab, or NULL with an error whose message is the reason to skip a test */
Lab *lab_start (GError **error);
/* Starts a server of another maker beside the two (under a second); once it runs, it runs till the lab ends. Returns: FALSE with an error
 * whose message is the reason to skip a test */
gboolean lab_add (Lab *lab, LabMaker maker, GError **error);
/* Ends the servers and removes the folder. NULL does nothing. */
void lab_stop (Lab *lab);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lab, lab_stop)

/* Returns: (transfer none): an address where all servers show that certificate; lab_bad_host (POSTWEG_PAPER_GOOD) is good */
const char *lab_bad_host (PostwegPaper paper);
const char *lab_port_name (LabPort port); /* "imaps" "imap" "pop3s" "pop3" "smtps" "submission" "smtp" */

/* Beside those there are crowd-1@, crowd-2@ … as many as anybody wants, with one password; their login is the address. */
#define LAB_CROWD_ADDRESS "crowd-%u@" LAB_DOMAIN
#define LAB_CROWD_PASSWORD "one-of-many-5"

/* NULL-terminated: alice, bob, carol (no POP), full (mailbox full), dora (login is not the address), erwin (a password with
 * blank, quote, backslash, umlaut, colon, percent); for what becomes of mail to oneself: junky, sorted, twin, filed, doubly, lost, bouncy,
 * picky, grey; plain (IMAP without IDLE and UIDPLUS); locked-up (one POP session at a time) */
const LabUser *lab_users (void);
const LabUser *lab_user (const char *name); /* aborts for an unknown name */

/* Returns: (transfer full): an OAuth2 access token for that login (XOAUTH2, OAUTHBEARER), good for `seconds` (may be negative) */
char *lab_token (const LabUser *user, int seconds);

/* Puts a small mail with that subject into the user's inbox, without the servers' help. */
void lab_deliver (Lab *lab, const char *user, const char *subject);
/* Flags the only mail with that subject in the inbox as deleted, as another mail program would. */
void lab_mark_deleted (Lab *lab, const char *user, const char *subject);
/* Returns: (transfer full): every mail of the user with folder, flags and a digest of its content, one a line, sorted: what must not
 * change. Whether it counts as recent does not belong to it, since looking changes that. */
char *lab_list_mail (Lab *lab, const char *user);
/* How many mails with that subject lie in a folder: NULL for the inbox, else "Sent" … */
guint lab_count_mails (Lab *lab, const char *user, const char *folder, const char *subject);
/* Waits until such a mail is in the inbox. Returns: (transfer full): the mail, or NULL if none came within the time */
char *lab_find_mail (Lab *lab, const char *user, const char *subject, guint milliseconds);
