/* The facts behind a finding as lines for people: server and step named, the server's own words beside them. */
#pragma once
#include "diagnose/view.h"

/* Adds the lines about this side to `lines` (char*). */
void postweg_words_evidence (const PostwegView *view, PostwegCause cause, GPtrArray *lines);
/* The same about one mail to oneself, for a side on which nothing failed. */
void postweg_words_delivery (const PostwegView *view, PostwegCause cause, GPtrArray *lines);

/* Returns: (transfer none): what people call the step, translated */
const char *postweg_words_stage (PostwegStage stage);
/* Returns: (transfer none): what this error looks like, in a few translated words; NULL when the server's own words say it */
const char *postweg_words_error (PostwegError error);
