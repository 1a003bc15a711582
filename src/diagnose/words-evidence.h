/* The facts behind a finding as lines for people: server and step named, the server's own words beside them. */
#pragma once
#include "diagnose/view.h"

/* Adds the lines about this side to `lines` (char*). */
void postweg_words_evidence (const PostwegView *view, PostwegCause cause, GPtrArray *lines);
