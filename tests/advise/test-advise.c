/* POP or IMAP from the answers alone: single answers, well-known people, and every combination there is. */
#include "advise/advise.h"
#include "advise/habits.h"
#include "habits-all.h"
#include <string.h>

#define UNKNOWN_HABITS                                                                                       \
  .devices = POSTWEG_DEVICES_UNKNOWN, .webmail = POSTWEG_WEBMAIL_UNKNOWN,                                    \
  .folders = POSTWEG_YES_OR_NO_UNKNOWN, .offline = POSTWEG_OFFLINE_UNKNOWN, .space = POSTWEG_SPACE_UNKNOWN,  \
  .keeper = POSTWEG_KEEPER_UNKNOWN, .shared = POSTWEG_YES_OR_NO_UNKNOWN

static const struct {
  gsize question;
  int answer;
  int direction; /* 1: for IMAP, -1: for POP */
} answers[] = {
  { G_STRUCT_OFFSET (PostwegHabits, devices), POSTWEG_DEVICES_ONE, -1 },
  { G_STRUCT_OFFSET (PostwegHabits, devices), POSTWEG_DEVICES_SEVERAL, 1 },
  { G_STRUCT_OFFSET (PostwegHabits, webmail), POSTWEG_WEBMAIL_OFTEN, 1 },
  { G_STRUCT_OFFSET (PostwegHabits, webmail), POSTWEG_WEBMAIL_RARELY, 1 },
  { G_STRUCT_OFFSET (PostwegHabits, webmail), POSTWEG_WEBMAIL_NEVER, -1 },
  { G_STRUCT_OFFSET (PostwegHabits, folders), POSTWEG_YES, 1 },
  { G_STRUCT_OFFSET (PostwegHabits, folders), POSTWEG_NO, -1 },
  { G_STRUCT_OFFSET (PostwegHabits, offline), POSTWEG_OFFLINE_ALWAYS, -1 },
  { G_STRUCT_OFFSET (PostwegHabits, offline), POSTWEG_OFFLINE_SOMETIMES, -1 },
  { G_STRUCT_OFFSET (PostwegHabits, offline), POSTWEG_OFFLINE_NEVER, 1 },
  { G_STRUCT_OFFSET (PostwegHabits, space), POSTWEG_SPACE_PLENTY, 1 },
  { G_STRUCT_OFFSET (PostwegHabits, space), POSTWEG_SPACE_SCARCE, -1 },
  { G_STRUCT_OFFSET (PostwegHabits, keeper), POSTWEG_KEEPER_PROVIDER, 1 },
  { G_STRUCT_OFFSET (PostwegHabits, keeper), POSTWEG_KEEPER_ME, -1 },
  { G_STRUCT_OFFSET (PostwegHabits, shared), POSTWEG_YES, 1 },
  { G_STRUCT_OFFSET (PostwegHabits, shared), POSTWEG_NO, -1 },
};

static int
sign (int number)
{
  return (number > 0) - (number < 0);
}

static void
test_each_answer_moves_the_weight (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      PostwegHabits habits = postweg_habits_unknown ();

      g_assert_cmpint (postweg_habits_weight (&habits, NULL), ==, 0);
      G_STRUCT_MEMBER (int, &habits, answers[i].question) = answers[i].answer;
      g_assert_cmpint (sign (postweg_habits_weight (&habits, NULL)), ==, answers[i].direction);
    }
}

/* One answer alone never takes the mail away from the provider, and is always spoken about. */
static void
test_one_answer_never_gives_pop (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      PostwegHabits habits = postweg_habits_unknown ();
      g_autoptr (PostwegAdvice) advice = NULL;

      G_STRUCT_MEMBER (int, &habits, answers[i].question) = answers[i].answer;
      advice = postweg_advise (&habits, NULL);
      g_assert_cmpint (advice->recommend, ==, POSTWEG_IMAP);
      /* for IMAP: its own reason; for POP: an honest word against IMAP, before the two that always hold */
      g_assert_cmpuint (advice->against->len, ==, answers[i].direction < 0 ? 3 : 2);
      g_assert_cmpuint (advice->reasons->len, ==,
                        (advice->clear ? 0 : 1) + (answers[i].direction > 0 ? 1 : 0));
    }
}

typedef struct {
  const char *who;
  PostwegHabits habits;
  PostwegProtocol recommend;
  gboolean clear;
  const char *first_reason;  /* part of it */
  const char *first_against; /* part of it */
  PostwegPopOptions pop;
} Person;

static const Person people[] = {
  { "answers-nothing",
    { UNKNOWN_HABITS },
    POSTWEG_IMAP,
    FALSE,
    "do not decide",
    "deleted",
    { TRUE, 0, FALSE } },
  { "laptop-and-phone",
    { .devices = POSTWEG_DEVICES_SEVERAL,
      .webmail = POSTWEG_WEBMAIL_RARELY,
      .folders = POSTWEG_YES,
      .offline = POSTWEG_OFFLINE_SOMETIMES,
      .space = POSTWEG_SPACE_PLENTY,
      .keeper = POSTWEG_KEEPER_PROVIDER,
      .shared = POSTWEG_NO },
    POSTWEG_IMAP,
    TRUE,
    "several devices",
    "sometimes read",
    { TRUE, 0, FALSE } },
  { "one-computer-keeps-all-itself",
    { .devices = POSTWEG_DEVICES_ONE,
      .webmail = POSTWEG_WEBMAIL_NEVER,
      .folders = POSTWEG_NO,
      .offline = POSTWEG_OFFLINE_ALWAYS,
      .space = POSTWEG_SPACE_SCARCE,
      .keeper = POSTWEG_KEEPER_ME,
      .shared = POSTWEG_NO },
    POSTWEG_POP3,
    TRUE,
    "Only you",
    "Back it up",
    { FALSE, 0, FALSE } },
  { "one-computer-and-the-web-page",
    { .devices = POSTWEG_DEVICES_ONE,
      .webmail = POSTWEG_WEBMAIL_OFTEN,
      .folders = POSTWEG_YES_OR_NO_UNKNOWN,
      .offline = POSTWEG_OFFLINE_UNKNOWN,
      .space = POSTWEG_SPACE_UNKNOWN,
      .keeper = POSTWEG_KEEPER_UNKNOWN,
      .shared = POSTWEG_YES_OR_NO_UNKNOWN },
    POSTWEG_IMAP,
    FALSE,
    "do not decide",
    "one device",
    { TRUE, 0, FALSE } },
  { "scarce-space-on-one-computer",
    { .devices = POSTWEG_DEVICES_ONE,
      .webmail = POSTWEG_WEBMAIL_RARELY,
      .folders = POSTWEG_NO,
      .offline = POSTWEG_OFFLINE_UNKNOWN,
      .space = POSTWEG_SPACE_SCARCE,
      .keeper = POSTWEG_KEEPER_UNKNOWN,
      .shared = POSTWEG_NO },
    POSTWEG_POP3,
    TRUE,
    "Space",
    "sometimes use",
    { TRUE, 14, TRUE } },
  { "scarce-space-on-several-devices",
    { .devices = POSTWEG_DEVICES_SEVERAL,
      .webmail = POSTWEG_WEBMAIL_UNKNOWN,
      .folders = POSTWEG_YES_OR_NO_UNKNOWN,
      .offline = POSTWEG_OFFLINE_UNKNOWN,
      .space = POSTWEG_SPACE_SCARCE,
      .keeper = POSTWEG_KEEPER_UNKNOWN,
      .shared = POSTWEG_YES_OR_NO_UNKNOWN },
    POSTWEG_IMAP,
    TRUE,
    "several devices",
    "scarce",
    { TRUE, 30, FALSE } },
  { "a-couple-with-one-mailbox",
    { .devices = POSTWEG_DEVICES_SEVERAL,
      .webmail = POSTWEG_WEBMAIL_NEVER,
      .folders = POSTWEG_NO,
      .offline = POSTWEG_OFFLINE_ALWAYS,
      .space = POSTWEG_SPACE_UNKNOWN,
      .keeper = POSTWEG_KEEPER_UNKNOWN,
      .shared = POSTWEG_YES },
    POSTWEG_IMAP,
    TRUE,
    "several devices",
    "never use",
    { TRUE, 0, FALSE } },
  { "keeps-itself-but-uses-the-web-page",
    { .devices = POSTWEG_DEVICES_ONE,
      .webmail = POSTWEG_WEBMAIL_OFTEN,
      .folders = POSTWEG_NO,
      .offline = POSTWEG_OFFLINE_ALWAYS,
      .space = POSTWEG_SPACE_SCARCE,
      .keeper = POSTWEG_KEEPER_ME,
      .shared = POSTWEG_NO },
    POSTWEG_POP3,
    TRUE,
    "Only you",
    "often use",
    { TRUE, 14, TRUE } },
};

static void
test_person (gconstpointer data)
{
  const Person *person = data;
  g_autoptr (PostwegAdvice) advice = postweg_advise (&person->habits, NULL);

  g_assert_cmpint (advice->recommend, ==, person->recommend);
  g_assert_cmpint (advice->clear, ==, person->clear);
  g_assert_nonnull (strstr (g_ptr_array_index (advice->reasons, 0), person->first_reason));
  g_assert_nonnull (strstr (g_ptr_array_index (advice->against, 0), person->first_against));
  g_assert_cmpint (advice->pop.keep_on_server, ==, person->pop.keep_on_server);
  g_assert_cmpuint (advice->pop.delete_after_days, ==, person->pop.delete_after_days);
  g_assert_cmpint (advice->pop.delete_when_deleted, ==, person->pop.delete_when_deleted);
  g_assert_cmpuint (advice->provider_notes->len, ==, 0);
}

static void
check_sentences (const GPtrArray *sentences)
{
  g_assert_cmpuint (sentences->len, >=, 1);
  for (guint i = 0; i < sentences->len; i++)
    {
      const char *sentence = g_ptr_array_index (sentences, i);

      g_assert_true (g_str_has_suffix (sentence, "."));
      for (guint k = 0; k < i; k++)
        g_assert_cmpstr (sentence, !=, g_ptr_array_index (sentences, k));
    }
}

static void
check_rules (const PostwegHabits *habits, const PostwegAdvice *advice)
{
  gboolean several_with_folders =
      habits->devices == POSTWEG_DEVICES_SEVERAL && habits->folders == POSTWEG_YES;
  gboolean alone_and_tidy = habits->devices == POSTWEG_DEVICES_ONE && habits->keeper == POSTWEG_KEEPER_ME &&
                            habits->space == POSTWEG_SPACE_SCARCE && habits->webmail == POSTWEG_WEBMAIL_NEVER;

  if (several_with_folders)
    g_assert_cmpint (advice->recommend, ==, POSTWEG_IMAP);
  if (alone_and_tidy)
    g_assert_cmpint (advice->recommend, ==, POSTWEG_POP3);
  if (advice->recommend == POSTWEG_POP3)
    g_assert_true (advice->clear);
}

/* Whatever else is chosen: nothing disappears from the provider unless the person keeps the mail and reads it here only. */
static void
check_pop_options (const PostwegHabits *habits, const PostwegPopOptions *pop)
{
  if (!pop->keep_on_server)
    {
      g_assert_cmpint (habits->devices, ==, POSTWEG_DEVICES_ONE);
      g_assert_cmpint (habits->keeper, ==, POSTWEG_KEEPER_ME);
      g_assert_cmpint (habits->shared, !=, POSTWEG_YES);
      g_assert_cmpuint (pop->delete_after_days, ==, 0);
    }
  if (pop->delete_after_days > 0)
    g_assert_cmpint (habits->space, ==, POSTWEG_SPACE_SCARCE);
  if (pop->delete_when_deleted)
    g_assert_cmpint (habits->devices, ==, POSTWEG_DEVICES_ONE);
}

static void
test_every_combination (void)
{
  guint n_pop = 0;

  for (guint i = 0; i < HABITS_N_COMBINATIONS; i++)
    {
      PostwegHabits habits = habits_number (i);
      g_autoptr (PostwegAdvice) advice = postweg_advise (&habits, NULL);

      check_sentences (advice->reasons);
      check_sentences (advice->against);
      check_rules (&habits, advice);
      check_pop_options (&habits, &advice->pop);
      n_pop += advice->recommend == POSTWEG_POP3;
    }
  /* both ways exist, and IMAP is the usual one */
  g_test_message ("%u of %u get POP", n_pop, HABITS_N_COMBINATIONS);
  g_assert_cmpuint (n_pop, >, HABITS_N_COMBINATIONS / 50);
  g_assert_cmpuint (n_pop, <, HABITS_N_COMBINATIONS / 3);
}

/* Answering an open question for one way never turns the advice to the other. */
static void
test_answers_pull_one_way (void)
{
  for (guint i = 0; i < HABITS_N_COMBINATIONS; i += 5)
    for (guint k = 0; k < G_N_ELEMENTS (answers); k++)
      {
        PostwegHabits habits = habits_number (i);
        g_autoptr (PostwegAdvice) after = NULL;
        g_autoptr (PostwegAdvice) before = NULL;
        PostwegHabits unknown = postweg_habits_unknown ();

        G_STRUCT_MEMBER (int, &habits, answers[k].question) =
            G_STRUCT_MEMBER (int, &unknown, answers[k].question);
        before = postweg_advise (&habits, NULL);
        G_STRUCT_MEMBER (int, &habits, answers[k].question) = answers[k].answer;
        after = postweg_advise (&habits, NULL);
        if (before->recommend != after->recommend)
          g_assert_cmpint (after->recommend, ==, answers[k].direction > 0 ? POSTWEG_IMAP : POSTWEG_POP3);
      }
}

/* Strongest first: the weight of the rows behind the sentences never grows. */
static void
test_strongest_first (void)
{
  for (guint i = 0; i < HABITS_N_COMBINATIONS; i += 7)
    {
      PostwegHabits habits = habits_number (i);
      g_autoptr (PostwegAdvice) advice = postweg_advise (&habits, NULL);
      int last = G_MAXINT;

      for (guint k = advice->clear ? 0 : 1; k < advice->reasons->len; k++)
        for (guint r = 0; r < postweg_n_habit_rows; r++)
          if (strcmp (postweg_habit_rows[r].reason, g_ptr_array_index (advice->reasons, k)) == 0)
            {
              g_assert_cmpint (ABS (postweg_habit_rows[r].weight), <=, last);
              last = ABS (postweg_habit_rows[r].weight);
            }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advise/each-answer-moves-the-weight", test_each_answer_moves_the_weight);
  g_test_add_func ("/advise/one-answer-never-gives-pop", test_one_answer_never_gives_pop);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *path = g_strdup_printf ("/advise/people/%s", people[i].who);

      g_test_add_data_func (path, &people[i], test_person);
    }
  g_test_add_func ("/advise/every-combination", test_every_combination);
  g_test_add_func ("/advise/answers-pull-one-way", test_answers_pull_one_way);
  g_test_add_func ("/advise/strongest-first", test_strongest_first);
  return g_test_run ();
}
