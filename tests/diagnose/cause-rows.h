/* What a row of the table of causes is made of. */
#pragma once
#include "evidence-build.h"

#define FAILS(at, how) .stage = POSTWEG_STAGE_##at, .error = POSTWEG_ERROR_##how
#define SAYS(at, words) .stage = POSTWEG_STAGE_##at, .error = POSTWEG_ERROR_REJECTED, .reply = words
#define POP .protocol = POSTWEG_POP3
#define STARTTLS .security = POSTWEG_STARTTLS
#define PLAINTEXT .security = POSTWEG_PLAIN
#define SEEN(what, on, ...)                                                                                  \
  {                                                                                                          \
    POSTWEG_LOOK_##what, POSTWEG_##on,                                                                       \
    {                                                                                                        \
      __VA_ARGS__                                                                                            \
    }                                                                                                        \
  }
#define LOOKS(count, ...) .looks = { __VA_ARGS__ }, .n_looks = count
#define SMTP_AT(number, how) .protocol = POSTWEG_SMTP, .port = number, .security = POSTWEG_##how
#define OPEN_587 SEEN (OTHER_PORT, SEND, SMTP_AT (587, STARTTLS), .plain = "STARTTLS")
#define OPEN_465 SEEN (OTHER_PORT, SEND, SMTP_AT (465, TLS))

static const PostwegProviderServer documented_servers[] = {
  { POSTWEG_IMAP,
    "imap.provider.example",
    993,
    POSTWEG_TLS,
    POSTWEG_USER_ADDRESS,
    1,
    { POSTWEG_AUTH_PASSWORD } },
  { POSTWEG_POP3,
    "pop.provider.example",
    995,
    POSTWEG_TLS,
    POSTWEG_USER_ADDRESS,
    1,
    { POSTWEG_AUTH_PASSWORD } },
  { POSTWEG_SMTP,
    "smtp.provider.example",
    587,
    POSTWEG_STARTTLS,
    POSTWEG_USER_ADDRESS,
    1,
    { POSTWEG_AUTH_OAUTH2 } },
};
#define PROVIDER(...)                                                                                        \
  .provider = &(const PostwegProvider)                                                                       \
  {                                                                                                          \
    .id = "example", .name = "Example", .servers = documented_servers, .n_servers = 3, __VA_ARGS__           \
  }
#define DEMANDS(...) .prerequisites = (const PostwegPrerequisite[]){ { __VA_ARGS__ } }, .n_prerequisites = 1

typedef struct {
  const char *cause;
  PostwegSide side;
  PostwegWho who;
  PostwegConfidence confidence;
  const char *mended; /* as describe_change() says it; NULL: nothing to mend */
  Scene scene;
  const char *variant; /* for further rows of one cause */
} Row;

#define RECEIVE_USER POSTWEG_RECEIVE, POSTWEG_WHO_USER
#define RECEIVE_PROVIDER POSTWEG_RECEIVE, POSTWEG_WHO_PROVIDER
#define RECEIVE_NETWORK POSTWEG_RECEIVE, POSTWEG_WHO_NETWORK
#define RECEIVE_ADMIN POSTWEG_RECEIVE, POSTWEG_WHO_ADMIN
#define SEND_USER POSTWEG_SEND, POSTWEG_WHO_USER
#define SEND_PROVIDER POSTWEG_SEND, POSTWEG_WHO_PROVIDER
#define SEND_NETWORK POSTWEG_SEND, POSTWEG_WHO_NETWORK
#define SEND_ADMIN POSTWEG_SEND, POSTWEG_WHO_ADMIN
#define SEND_NOBODY POSTWEG_SEND, POSTWEG_WHO_NOBODY
#define BOTH_USER POSTWEG_BOTH, POSTWEG_WHO_USER
#define BOTH_PROVIDER POSTWEG_BOTH, POSTWEG_WHO_PROVIDER
#define BOTH_NETWORK POSTWEG_BOTH, POSTWEG_WHO_NETWORK
