/* A named cause: whose matter it is, how sure that is, and what to do. */
#pragma once
#include "model/account.h"
#include "model/delivery.h"
#include "model/observation.h"
#include "model/provider.h"

typedef enum {
  POSTWEG_WHO_USER,
  POSTWEG_WHO_PROVIDER,
  POSTWEG_WHO_NETWORK,
  POSTWEG_WHO_ADMIN,
  POSTWEG_WHO_PROGRAM,
  POSTWEG_WHO_NOBODY
} PostwegWho;
typedef enum { POSTWEG_PROVEN, POSTWEG_LIKELY, POSTWEG_POSSIBLE } PostwegConfidence;

typedef struct {
  const char *cause; /* (static) slug of the closed list */
  PostwegSide side;
  PostwegWho who;
  PostwegConfidence confidence;
  char *headline, *explanation, *remedy; /* translated */
  GPtrArray *evidence;                   /* char*: what was seen, server and step named */
  PostwegAccount *mended;                /* the account that would work, or NULL */
} PostwegFinding;

/* Everything the diagnosis may look at. Nothing is owned. */
typedef struct {
  const PostwegAccount *account;
  const PostwegEvidence *incoming; /* NULL: not tested */
  const PostwegEvidence *outgoing; /* NULL: not tested */
  const GPtrArray *observations;   /* PostwegObservation */
  const GPtrArray *ports;          /* PostwegPort, or NULL: no map was made */
  const PostwegDelivery *delivery; /* NULL: no mail was sent */
  const PostwegProvider *provider; /* by the address and the hosts, or NULL */
  gboolean same_password;          /* both servers were given the same password */
  gboolean one_side_asked;         /* the person wants to know about one side only */
} PostwegCase;

PostwegFinding *postweg_finding_new (const char *cause);
PostwegFinding *postweg_finding_copy (const PostwegFinding *finding);
void postweg_finding_free (PostwegFinding *finding);
const char *postweg_who_name (PostwegWho who);
const char *postweg_confidence_name (PostwegConfidence confidence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegFinding, postweg_finding_free)
