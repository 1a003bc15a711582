/* Causes under suspicion, each with a weight; what the rules fill and the diagnosis reads. */
#pragma once
#include "diagnose/causes.h"

/* Weights are hundredths of certainty. */
#define POSTWEG_WEIGHT_PROVEN 95
#define POSTWEG_WEIGHT_LIKELY 60

typedef struct {
  guint8 weight[POSTWEG_N_CAUSES]; /* 0: not suspected */
} PostwegSuspects;

/* The greater weight wins. Wrong credentials are never more than likely: no server says what the right password would be. */
void postweg_suspect (PostwegSuspects *suspects, PostwegCause cause, guint weight);
/* Takes the weight down to at most this. */
void postweg_suspect_at_most (PostwegSuspects *suspects, PostwegCause cause, guint weight);
/* Returns: the cause with the greatest weight (the one earlier in the list at a tie), or POSTWEG_NO_CAUSE */
PostwegCause postweg_suspects_first (const PostwegSuspects *suspects);
/* Fills `ordered` with at most `n` causes, the heaviest first. Returns: how many */
guint postweg_suspects_order (const PostwegSuspects *suspects, PostwegCause *ordered, guint n);
PostwegConfidence postweg_weight_confidence (guint weight);
