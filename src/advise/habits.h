/* What each answer speaks for; for this folder and its tests. */
#pragma once
#include "model/advice.h"
#include "model/provider.h"

/* Above 0: for IMAP, below: for POP. The unit has no meaning outside this folder. */
typedef struct {
  gsize question; /* offset in PostwegHabits */
  int answer;
  int weight;
  const char *reason;  /* to translate: said when the other way is not taken */
  const char *against; /* to translate: said when it is */
} PostwegHabitRow;

extern const PostwegHabitRow postweg_habit_rows[];
extern const guint postweg_n_habit_rows;

gboolean postweg_habit_row_applies (const PostwegHabitRow *row, const PostwegHabits *habits);
/* The sum of the answers and the provider's facts (provider may be NULL). */
int postweg_habits_weight (const PostwegHabits *habits, const PostwegProvider *provider);
