/* An account as settings of a Thunderbird profile: a new one, or an existing one mended in place. */
#pragma once
#include "clients/thunderbird/read.h"

typedef struct {
  const PostwegSettings *settings;
  const PostwegAccount *account;
  gboolean files_sent;
  gboolean same_provider;
  PostwegPrefsEdit *edit; /* (owned by the caller) what is to be set */
  char *id;               /* (out) (transfer full): the account's id */
  gboolean one_password;  /* (out): the outgoing server takes the incoming server's password */
  gboolean is_shared;     /* (out): other accounts send through the outgoing server that is changed */
} PostwegAccountWriter;

/* Adds the account under new numbers; an equal outgoing server that is there is used. */
void postweg_account_write_new (PostwegAccountWriter *writer);
/* Changes what differs in the account that is there. */
void postweg_account_write_over (PostwegAccountWriter *writer, const PostwegAccountKeys *keys);
