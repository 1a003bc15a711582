/* The sentences about causes. The only place in the diagnosis with words for people. */
#pragma once
#include "diagnose/causes.h"

/* Untranslated texts of one cause, in tables by area.
 * title: a sentence of its own, no full stop, without placeholders
 * because: continues “You cannot receive, because …”, no full stop; placeholders {host} {port} {user} {address}
 * explanation, remedy: whole sentences that hold for every server, without placeholders */
typedef struct {
  PostwegCause cause;
  const char *title, *because, *explanation, *remedy;
} PostwegWords;

/* What stands for the placeholders. */
typedef struct {
  const char *host;
  guint port;
  const char *user;
  const char *address;
} PostwegPlace;

/* Which way works, for the choice of the headline. */
typedef enum {
  POSTWEG_HEADLINE_ALONE,       /* the other side is not known, or does not work either */
  POSTWEG_HEADLINE_OTHER_WORKS, /* … and the other side works */
  POSTWEG_HEADLINE_NOTE,        /* it works all the same */
  POSTWEG_HEADLINE_OPEN,        /* whether it works is just what is not known */
} PostwegHeadline;

/* The tables of the areas, each ending with POSTWEG_NO_CAUSE. */
extern const PostwegWords postweg_words_network[], postweg_words_tls[], postweg_words_sign_in[],
    postweg_words_server[], postweg_words_sending[], postweg_words_settings[];

/* Returns: (transfer none): the texts of the cause; every cause has some */
const PostwegWords *postweg_words_of (PostwegCause cause);
/* Returns: (transfer full): “You can receive. You cannot send, because …”, translated */
char *postweg_words_headline (PostwegCause cause, PostwegSide side, PostwegHeadline kind,
                              const PostwegPlace *place);
/* Returns: (transfer full): the text with {host}, {port}, {user}, {address} filled in; any other brace stays as it is */
char *postweg_words_fill (const char *text, const PostwegPlace *place);
