/* What people read about a scenario before they try it. */
#pragma once
#include <glib.h>

typedef enum {
  POSTWEG_STORY_WORKS,
  POSTWEG_STORY_RECEIVES, /* but does not send */
  POSTWEG_STORY_SENDS,    /* but does not receive */
  POSTWEG_STORY_NOTHING,  /* works */
} PostwegStoryGroup;

typedef struct {
  const char *name; /* of the scenario */
  PostwegStoryGroup group;
  const char *caption;  /* N_(): a few words, below the title of the group */
  const char *sentence; /* N_(): what one notices of it in a mail program */
} PostwegStory;

/* Returns: (transfer none): the story of this scenario, or NULL */
const PostwegStory *postweg_story_by_name (const char *name);
/* Returns: (transfer none): N_(): the title over the scenarios of this group */
const char *postweg_story_group_title (PostwegStoryGroup group);
