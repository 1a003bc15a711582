/* What a probe learnt about one server, step by step: plain data, written by one thread, then handed over. */
#pragma once
#include "model/certificate.h"
#include "model/error.h"
#include "model/reply.h"

/* In the order of the command-line contract. With implicit TLS, TLS comes before the greeting. */
typedef enum {
  POSTWEG_STAGE_DNS,
  POSTWEG_STAGE_CONNECT,
  POSTWEG_STAGE_TLS,
  POSTWEG_STAGE_GREETING,
  POSTWEG_STAGE_CAPABILITY,
  POSTWEG_STAGE_STARTTLS,
  POSTWEG_STAGE_AUTH,
  POSTWEG_STAGE_MAILBOX,
  POSTWEG_STAGE_SENDER,
  POSTWEG_STAGE_RECIPIENT,
  POSTWEG_STAGE_DATA,
  POSTWEG_STAGE_ARRIVAL,
} PostwegStage;
#define POSTWEG_N_STAGES 12

typedef enum {
  POSTWEG_STEP_OK,
  POSTWEG_STEP_NOTE, /* fine, with something worth knowing: see `error` and `reply` */
  POSTWEG_STEP_FAILED,
  POSTWEG_STEP_SKIPPED, /* not done: `error` says why (UNPROTECTED, NO_SECRET, OUT_OF_TIME); POSTWEG_OK when it was not needed
                         * (no sign-in configured) or an earlier step failed */
} PostwegStepVerdict;

/* One step of a probe. */
typedef struct {
  PostwegStage stage;
  PostwegStepVerdict verdict;
  PostwegError error; /* POSTWEG_OK when there is none */
  guint ms;           /* how long it took */
  guint winner_ms;    /* CONNECT: of that, what the address took that answered; else 0 */
  char *address;      /* numeric address of the server, or NULL before there is one */
  char *
      detail; /* technical, untranslated, short: "TLS1.3 AES-256-GCM", "3 messages"; "" if none. DNS: the addresses, with
                        * blanks between them */
  PostwegReply *reply; /* the server's words that decided the step, or NULL */
} PostwegStep;

/* One attempt to connect to one address. */
typedef struct {
  char *address; /* numeric */
  gboolean ipv6;
  PostwegError
      error; /* POSTWEG_OK: connected; OUT_OF_TIME: another address answered first, this one was let go */
  guint ms;
} PostwegAttempt;

/* One line of the dialogue, secrets blackened. */
typedef struct {
  gboolean from_server;
  gboolean encrypted;
  guint ms; /* since the probe began */
  char *text;
} PostwegDialogueLine;

/* Facts that later steps and the diagnosis read by name instead of searching the dialogue. */
typedef struct {
  char *quota;         /* "12/1024 KiB", or NULL */
  guint quota_percent; /* 0-100, of storage; 0 if not known */
  guint messages;      /* in the inbox */
  char **folders;      /* IMAP names decoded to UTF-8, NULL-terminated, or NULL */
  char *sent_folder;   /* SPECIAL-USE \Sent (RFC 6154), or NULL */
  gboolean uidl;       /* POP3 UIDL is there: leaving messages on the server works */
  guint64 size_limit;  /* SMTP SIZE in bytes, 0: none */
} PostwegMailboxFacts;

/* What answered the first bytes, when it was looked at. */
typedef enum {
  POSTWEG_SPEAKS_UNKNOWN, /* not looked at */
  POSTWEG_SPEAKS_NOTHING, /* connected, and no byte came */
  POSTWEG_SPEAKS_IMAP,
  POSTWEG_SPEAKS_POP3,
  POSTWEG_SPEAKS_SMTP,
  POSTWEG_SPEAKS_HTTP,
  POSTWEG_SPEAKS_TLS,
  POSTWEG_SPEAKS_OTHER,
} PostwegSpeaks;

typedef struct {
  PostwegServer *server;     /* what was tested */
  GPtrArray *attempts;       /* PostwegAttempt */
  GPtrArray *steps;          /* PostwegStep, in the order in which they were made */
  GPtrArray *dialogue;       /* PostwegDialogueLine */
  PostwegReply *greeting;    /* or NULL */
  char **plain_capabilities; /* before TLS, upper case, NULL-terminated; NULL: not asked */
  char **capabilities;       /* those that count: after TLS where there is TLS; NULL: not asked */
  char **mechanisms;         /* SASL mechanisms offered where they count; NULL: not known */
  char *mechanism;           /* the one used to sign in ("PLAIN", "LOGIN", "USER", "APOP", …), or NULL */
  PostwegTlsFacts *tls;      /* or NULL */
  PostwegMailboxFacts mailbox;
  PostwegSpeaks speaks; /* by the first bytes */
  /* SMTP, after a refusal: the user name as sender instead, in the same session; NULL: not tried */
  char *other_sender;
  gboolean other_sender_accepted;
  gboolean client_id_helped; /* IMAP: the mailbox opened only after the program had named itself (RFC 2971) */
  gint64 server_time;        /* as the server's greeting tells it, seconds since 1970; 0: it does not */
  gint64 server_time_at;     /* this computer's clock at that moment */
  char *sender;              /* SMTP: the address that MAIL FROM named, or NULL */
  guint login_attempts;
  guint elapsed_ms;
} PostwegEvidence;

/* Takes a copy of the server. */
PostwegEvidence *postweg_evidence_new (const PostwegServer *server);
void postweg_evidence_free (PostwegEvidence *evidence);

PostwegStep *postweg_step_new (PostwegStage stage, PostwegStepVerdict verdict, PostwegError error);
PostwegStep *postweg_step_copy (const PostwegStep *step);
void postweg_step_free (PostwegStep *step);
void postweg_attempt_free (PostwegAttempt *attempt);
void postweg_dialogue_line_free (PostwegDialogueLine *line);

/* Returns: (transfer none): the first step that failed, or NULL */
const PostwegStep *postweg_evidence_failure (const PostwegEvidence *evidence);
/* Returns: (transfer none): the last step of that stage, or NULL */
const PostwegStep *postweg_evidence_step (const PostwegEvidence *evidence, PostwegStage stage);
/* Whether this stage was reached and went well (OK or NOTE). */
gboolean postweg_evidence_passed (const PostwegEvidence *evidence, PostwegStage stage);
/* Whether all stages were gone through: nothing failed, and nothing was left out for want of a password or of protection. */
gboolean postweg_evidence_works (const PostwegEvidence *evidence);
/* Whether the list names this keyword: alone, or before '=' or a blank ("SIZE" is in "SIZE 1000"). Case does not matter. */
gboolean postweg_capability_listed (char *const *capabilities, const char *keyword);

const char *postweg_stage_name (PostwegStage stage);                      /* "dns" … "arrival" */
gboolean postweg_stage_from_name (const char *name, PostwegStage *stage); /* FALSE for an unknown name */
const char *postweg_step_verdict_name (PostwegStepVerdict verdict);       /* "ok" "note" "failed" "skipped" */
/* What a healthy server of this protocol speaks. */
PostwegSpeaks postweg_speaks_of (PostwegProtocol protocol);
const char *postweg_speaks_name (PostwegSpeaks speaks); /* "imap", "http", "nothing", … */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegEvidence, postweg_evidence_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegStep, postweg_step_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegAttempt, postweg_attempt_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegDialogueLine, postweg_dialogue_line_free)
