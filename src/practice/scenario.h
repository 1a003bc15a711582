/* Scenarios of the practice mailbox: what its servers do, and how the account is set up. */
#pragma once
#include "model/account.h"
#include "practice/certificates.h"

/* One of the two servers. */
typedef struct {
  PostwegSecurity security; /* as the account has it set up */
  const char *script;       /* what really answers; NULL: nothing listens there */
  PostwegPaper paper;       /* the certificate that it shows */
  PostwegAuth auth;         /* as the account has it set up */
} PostwegPracticeSide;

typedef struct {
  const char *name;                       /* for the command: "works", "wrong-password", … */
  const char *title;                      /* N_(): what it is, in a few words */
  const char *cause;                      /* what a test finds first, or NULL when all is well */
  PostwegPracticeSide incoming, outgoing; /* incoming is an IMAP server */
  const char *outgoing_password;          /* the one that is set up for sending, when it is another one */
} PostwegScenario;

/* Who practises. The address is at a domain that nobody can own (RFC 2606). */
#define POSTWEG_PRACTICE_ADDRESS "you@practice.example"
#define POSTWEG_PRACTICE_PASSWORD "practice"

/* In the order in which they are shown, "works" first. */
const PostwegScenario *postweg_scenarios (guint *n_scenarios);
/* Returns: (transfer none): or NULL */
const PostwegScenario *postweg_scenario_by_name (const char *name);
