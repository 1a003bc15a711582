/* A mail provider as the bundled table knows it: constant data, compiled in, never allocated. */
#pragma once
#include "model/server.h"

/* How the user name is made from the address. */
typedef enum {
  POSTWEG_USER_ADDRESS,      /* the full address */
  POSTWEG_USER_LOCAL,        /* the part before @ */
  POSTWEG_USER_LOCAL_DOMAIN, /* local part, a dot, the domain */
  POSTWEG_USER_OTHER,        /* given by the provider: the person must enter it */
} PostwegUserForm;

#define POSTWEG_MAX_AUTHS 3

typedef struct {
  PostwegProtocol protocol;
  const char *host;
  guint16 port;
  PostwegSecurity security;
  PostwegUserForm user;
  guint n_auths;
  PostwegAuth auths[POSTWEG_MAX_AUTHS]; /* in order of preference */
} PostwegProviderServer;

/* What the provider demands before a mail program can sign in. Codes:
 * enable, imap-enable, pop-enable, smtp-enable, app-password, app-password-if-2fa, separate-password, authorization-code,
 * oauth2-only, oauth2, admin, plan, account-specific-host, poll-interval, migrating, check. */
typedef struct {
  const char *code;
  const char *protocol; /* "imap", "pop3", "smtp", or "" for all */
  const char *url;      /* the provider's page, or "" */
  const char *since;    /* the date of this knowledge, YYYY-MM or YYYY */
} PostwegPrerequisite;

typedef enum {
  POSTWEG_QUIRK_FILES_SENT =
      1 << 0, /* the server keeps sent mail itself: a second copy by the program doubles it */
  POSTWEG_QUIRK_POP_ONCE = 1 << 1,         /* POP hands each mail out once, whichever program asks */
  POSTWEG_QUIRK_POP_WEB_DECIDES = 1 << 2,  /* a switch at the provider decides what happens to fetched mail */
  POSTWEG_QUIRK_SMALL_STORAGE = 1 << 3,    /* so little space that it is a reason in itself */
  POSTWEG_QUIRK_OWN_APP_PASSWORD = 1 << 4, /* app passwords are 16 letters (Google's, Apple's with hyphens) */
  POSTWEG_QUIRK_SMTP_OWN_SWITCH = 1 << 5,  /* sending has a switch of its own: "receives but does not send" */
  POSTWEG_QUIRK_POP_NOT_OFFERED = 1 << 6,  /* known to offer no POP at all */
  POSTWEG_QUIRK_USER_DIFFERS = 1 << 7,     /* the user names of incoming and outgoing server differ */
} PostwegQuirk;

typedef struct {
  const char *id;   /* stable, lower case */
  const char *name; /* as the provider writes it */
  const char *country;
  const char *const *domains; /* sorted, NULL-terminated, A-labels */
  const PostwegProviderServer *servers;
  guint n_servers;
  const PostwegPrerequisite *prerequisites;
  guint n_prerequisites;
  guint quirks; /* PostwegQuirk bits */
  guint
      pop_keep_days; /* how long copies stay at the provider after POP fetched them; 0: not limited or not known */
  const char
      *dead_end;      /* "needs-bridge" or "no-imap-pop" for addresses that cannot work this way, else NULL */
  const char *help;   /* page that explains it, or "" */
  const char *source; /* where the facts come from */
  const char *date;   /* when they were looked at, YYYY-MM or YYYY */
  char confidence; /* 'A' provider page or several sources, 'B' one maintained source, 'C' to be confirmed */
} PostwegProvider;

/* Returns: (transfer full): the user name that this form gives for the address; "" for POSTWEG_USER_OTHER */
char *postweg_user_form_apply (PostwegUserForm form, const char *address);
