/* Every combination of answers, one after the other. */
#pragma once
#include "model/advice.h"

/* The number of possible answers to each question, "don't know" included, in the order of PostwegHabits. */
static const int habits_n_answers[] = { 3, 4, 3, 4, 3, 3, 3 };

#define HABITS_N_COMBINATIONS (3 * 4 * 3 * 4 * 3 * 3 * 3)

static inline PostwegHabits
habits_number (guint number)
{
  int answers[7];

  for (guint i = 0; i < 7; i++)
    {
      answers[i] = (int) number % habits_n_answers[i];
      number /= (guint) habits_n_answers[i];
    }
  return (PostwegHabits){ .devices = (PostwegDevices) answers[0],
                          .webmail = (PostwegWebmail) answers[1],
                          .folders = (PostwegYesNo) answers[2],
                          .offline = (PostwegOffline) answers[3],
                          .space = (PostwegSpace) answers[4],
                          .keeper = (PostwegKeeper) answers[5],
                          .shared = (PostwegYesNo) answers[6] };
}
