/* What a test says about how busy its server was; pure. */
#pragma once
#include "model/test-result.h"

typedef enum {
  POSTWEG_CROWD_NONE,
  POSTWEG_CROWD_DOUBTFUL, /* it was sent away without a word, or with one that could not be read: that may be the reason */
  POSTWEG_CROWD_SAID, /* the server says that so many are too many */
} PostwegCrowd;

PostwegCrowd postweg_crowd_at (const PostwegTestResult *result, PostwegSide side);
