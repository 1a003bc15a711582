/* A search for servers: each source as it answers, then what was found, how far it can be trusted, and who was not asked. */
#pragma once
#include "model/discovery.h"
#include <adwaita.h>

#define POSTWEG_TYPE_SEARCH_VIEW (postweg_search_view_get_type ())
G_DECLARE_FINAL_TYPE (PostwegSearchView, postweg_search_view, POSTWEG, SEARCH_VIEW, AdwPreferencesGroup)

/* Nothing is looked for: hidden. */
void postweg_search_view_clear (PostwegSearchView *self);
/* It begins: one row that is at work. */
void postweg_search_view_start (PostwegSearchView *self);
void postweg_search_view_answered (PostwegSearchView *self, const char *source, guint n_servers);
/* It is over: what was found, for the person to look at. */
void postweg_search_view_finish (PostwegSearchView *self, const PostwegDiscovery *discovery);
