/* The hosts that a search has asked so far, also by sources that are not back when it ends; may be used from any thread. */
#pragma once
#include <glib.h>

typedef struct _PostwegAsked PostwegAsked;

PostwegAsked *postweg_asked_new (void);
PostwegAsked *postweg_asked_ref (PostwegAsked *asked);
void postweg_asked_unref (PostwegAsked *asked);
/* Notes a host; each is kept once. */
void postweg_asked_add (PostwegAsked *asked, const char *host);
/* Adds what is noted to the hosts, each once. hosts: char* */
void postweg_asked_tell (PostwegAsked *asked, GPtrArray *hosts);
