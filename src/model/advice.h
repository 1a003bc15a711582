/* A person's habits, and what they speak for: POP or IMAP. */
#pragma once
#include "model/account.h"

typedef enum { POSTWEG_DEVICES_ONE, POSTWEG_DEVICES_SEVERAL, POSTWEG_DEVICES_UNKNOWN } PostwegDevices;
typedef enum {
  POSTWEG_WEBMAIL_OFTEN,
  POSTWEG_WEBMAIL_RARELY,
  POSTWEG_WEBMAIL_NEVER,
  POSTWEG_WEBMAIL_UNKNOWN
} PostwegWebmail;
typedef enum { POSTWEG_YES, POSTWEG_NO, POSTWEG_YES_OR_NO_UNKNOWN } PostwegYesNo;
typedef enum {
  POSTWEG_OFFLINE_ALWAYS,
  POSTWEG_OFFLINE_SOMETIMES,
  POSTWEG_OFFLINE_NEVER,
  POSTWEG_OFFLINE_UNKNOWN
} PostwegOffline;
typedef enum { POSTWEG_SPACE_PLENTY, POSTWEG_SPACE_SCARCE, POSTWEG_SPACE_UNKNOWN } PostwegSpace;
typedef enum { POSTWEG_KEEPER_PROVIDER, POSTWEG_KEEPER_ME, POSTWEG_KEEPER_UNKNOWN } PostwegKeeper;

typedef struct {
  PostwegDevices devices; /* where mail is read */
  PostwegWebmail webmail; /* how often the provider's web page is used */
  PostwegYesNo folders;   /* are folders needed on every device */
  PostwegOffline offline; /* is mail read without the internet */
  PostwegSpace space;     /* storage at the provider */
  PostwegKeeper keeper;   /* who keeps the mail */
  PostwegYesNo shared;    /* does somebody else use the mailbox */
} PostwegHabits;

/* Sentences are translated when the advice is made. */
typedef struct {
  PostwegProtocol recommend; /* POSTWEG_IMAP or POSTWEG_POP3 */
  gboolean clear;            /* FALSE: the answers do not decide, IMAP is the safer choice */
  GPtrArray *reasons;        /* char*, strongest first: what in the answers speaks for it */
  GPtrArray *against;        /* char*, strongest first: what speaks against it */
  GPtrArray *provider_notes; /* char*, what the provider's own rules add */
  PostwegPopOptions pop;     /* the options that suit the answers if POP is used */
} PostwegAdvice;

/* All questions unanswered. */
PostwegHabits postweg_habits_unknown (void);
PostwegAdvice *postweg_advice_new (void);
void postweg_advice_free (PostwegAdvice *advice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegAdvice, postweg_advice_free)
