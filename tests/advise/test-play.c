/* The play of POP and IMAP: what every place shows after a row of acts, what is said about the last one, and what never happens. */
#include "advise/play.h"
#include <string.h>

#define KEEP                                                                                                 \
  {                                                                                                          \
    .keep_on_server = TRUE                                                                                   \
  }
#define TAKE                                                                                                 \
  {                                                                                                          \
    .keep_on_server = FALSE                                                                                  \
  }
#define DAYS                                                                                                 \
  {                                                                                                          \
    .keep_on_server = TRUE, .delete_after_days = 14                                                          \
  }
#define FOLLOW                                                                                               \
  {                                                                                                          \
    .keep_on_server = TRUE, .delete_when_deleted = TRUE                                                      \
  }

/* acts, a letter each: a(rrives) l(aptop fetches) p(hone fetches) r(ead) m(ove) d(elete) w(ait) b(reak).
 * shows: provider, laptop, phone; a letter for each mail: n(ew) r(ead), in capitals when filed, - for none; x: broken */
typedef struct {
  PostwegProtocol protocol;
  PostwegPopOptions pop;
  const char *acts;
  PostwegPlayOutcome outcome; /* of the last act */
  const char *shows;
} Row;

/* clang-format off */
static const Row rows[] = {
  { POSTWEG_IMAP, KEEP, "a", POSTWEG_CAME_ARRIVED, "n - -" },
  { POSTWEG_IMAP, KEEP, "al", POSTWEG_CAME_SHOWN, "n n -" },
  { POSTWEG_IMAP, KEEP, "alp", POSTWEG_CAME_SHOWN, "n n n" },
  { POSTWEG_IMAP, KEEP, "alpr", POSTWEG_CAME_EVERYWHERE, "r r r" },
  { POSTWEG_IMAP, KEEP, "alrp", POSTWEG_CAME_SHOWN, "r r r" },
  { POSTWEG_IMAP, KEEP, "alpm", POSTWEG_CAME_EVERYWHERE, "N N N" },
  { POSTWEG_IMAP, KEEP, "alprm", POSTWEG_CAME_EVERYWHERE, "R R R" },
  { POSTWEG_IMAP, KEEP, "alpd", POSTWEG_CAME_EVERYWHERE, "- - -" },
  { POSTWEG_IMAP, KEEP, "alrmb", POSTWEG_CAME_NOTHING_LOST, "R x -" },
  { POSTWEG_IMAP, KEEP, "aalrpd", POSTWEG_CAME_EVERYWHERE, "n- n- n-" },
  { POSTWEG_IMAP, KEEP, "l", POSTWEG_CAME_NOTHING, "  " },
  { POSTWEG_IMAP, KEEP, "alw", POSTWEG_CAME_NOTHING, "n n -" },
  { POSTWEG_IMAP, KEEP, "aaaaa", POSTWEG_CAME_NOTHING, "nnnn ---- ----" },

  { POSTWEG_POP3, KEEP, "al", POSTWEG_CAME_COPIED, "n n -" },
  { POSTWEG_POP3, KEEP, "alp", POSTWEG_CAME_COPIED, "n n n" },
  { POSTWEG_POP3, KEEP, "alr", POSTWEG_CAME_ONLY_HERE, "n r -" },
  { POSTWEG_POP3, KEEP, "alrp", POSTWEG_CAME_COPIED, "n r n" },
  { POSTWEG_POP3, KEEP, "alpm", POSTWEG_CAME_ONLY_HERE, "n N n" },
  { POSTWEG_POP3, KEEP, "alpd", POSTWEG_CAME_ONLY_HERE, "n - n" },
  { POSTWEG_POP3, KEEP, "aldl", POSTWEG_CAME_NOTHING, "n - -" },
  { POSTWEG_POP3, KEEP, "alb", POSTWEG_CAME_NOTHING_LOST, "n x -" },
  { POSTWEG_POP3, KEEP, "alrb", POSTWEG_CAME_PARTLY_LOST, "n x -" },
  { POSTWEG_POP3, KEEP, "alw", POSTWEG_CAME_NOTHING, "n n -" },

  { POSTWEG_POP3, TAKE, "al", POSTWEG_CAME_TAKEN, "- n -" },
  { POSTWEG_POP3, TAKE, "alp", POSTWEG_CAME_NOTHING, "- n -" },
  { POSTWEG_POP3, TAKE, "apl", POSTWEG_CAME_NOTHING, "- - n" },
  { POSTWEG_POP3, TAKE, "alr", POSTWEG_CAME_ONLY_COPY, "- r -" },
  { POSTWEG_POP3, TAKE, "alm", POSTWEG_CAME_ONLY_COPY, "- N -" },
  { POSTWEG_POP3, TAKE, "ald", POSTWEG_CAME_ONLY_COPY, "- - -" },
  { POSTWEG_POP3, TAKE, "alb", POSTWEG_CAME_LOST, "- x -" },
  { POSTWEG_POP3, TAKE, "alab", POSTWEG_CAME_LOST, "-n xx --" },

  { POSTWEG_POP3, DAYS, "alw", POSTWEG_CAME_RAN_OUT, "- n -" },
  { POSTWEG_POP3, DAYS, "alaw", POSTWEG_CAME_RAN_OUT, "-n n- --" },
  { POSTWEG_POP3, DAYS, "alwb", POSTWEG_CAME_LOST, "- x -" },
  { POSTWEG_POP3, DAYS, "alpwb", POSTWEG_CAME_NOTHING_LOST, "- x n" },
  { POSTWEG_POP3, DAYS, "aw", POSTWEG_CAME_NOTHING, "n - -" },

  { POSTWEG_POP3, FOLLOW, "ald", POSTWEG_CAME_EVERYWHERE, "- - -" },
  { POSTWEG_POP3, FOLLOW, "alpd", POSTWEG_CAME_ALSO_THERE, "- - n" },

  { POSTWEG_IMAP, KEEP, "b", POSTWEG_CAME_NOTHING_LOST, "  " },
  { POSTWEG_IMAP, KEEP, "albb", POSTWEG_CAME_NOTHING, "n x -" },
  { POSTWEG_IMAP, KEEP, "abl", POSTWEG_CAME_NOTHING, "n x -" },
};
/* clang-format on */

static const char letters[POSTWEG_N_ACTS + 1] = "alprmdwb";

static PostwegAct
act_of (char letter)
{
  return (PostwegAct) (strchr (letters, letter) - letters);
}

static char
letter_of (const PostwegPlayCopy *copy)
{
  if (!copy->there)
    return '-';
  if (copy->filed)
    return copy->read ? 'R' : 'N';
  return copy->read ? 'r' : 'n';
}

static char *
shows (const PostwegPlay *play)
{
  GString *text = g_string_new (NULL);

  for (guint place = 0; place < POSTWEG_N_PLAY_PLACES; place++)
    {
      if (place > 0)
        g_string_append_c (text, ' ');
      for (guint i = 0; i < play->n_mails; i++)
        g_string_append_c (text, place == POSTWEG_AT_LAPTOP && play->laptop_broken
                                     ? 'x'
                                     : letter_of (&play->copies[place][i]));
    }
  return g_string_free (text, FALSE);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PostwegPlay play;
      PostwegPlayOutcome outcome = POSTWEG_CAME_NOTHING;
      g_autofree char *text = NULL;

      postweg_play_start (&play, rows[i].protocol, &rows[i].pop);
      for (const char *c = rows[i].acts; *c != '\0'; c++)
        {
          gboolean can = postweg_play_can (&play, act_of (*c));

          outcome = postweg_play_act (&play, act_of (*c));
          g_assert_cmpint (can, ==, outcome != POSTWEG_CAME_NOTHING);
        }
      text = shows (&play);
      g_test_message ("%s", rows[i].acts);
      g_assert_cmpint (outcome, ==, rows[i].outcome);
      g_assert_cmpstr (text, ==, rows[i].shows);
    }
}

/* IMAP is one mailbox: whoever shows a mail shows it as the provider has it. */
static void
assert_in_step (const PostwegPlay *play)
{
  for (guint place = 0; place < POSTWEG_N_PLAY_PLACES; place++)
    for (guint i = 0; i < play->n_mails; i++)
      if (play->copies[place][i].there)
        g_assert_cmpmem (&play->copies[place][i], sizeof (PostwegPlayCopy),
                         &play->copies[POSTWEG_AT_PROVIDER][i], sizeof (PostwegPlayCopy));
}

static const PostwegPopOptions options[] = { KEEP, TAKE, DAYS, FOLLOW };

/* Whatever is pressed in whatever order: it ends, something is said about it, and IMAP loses nothing. */
static void
test_random (void)
{
  for (guint round = 0; round < 4000; round++)
    {
      PostwegProtocol protocol = round % 2 == 0 ? POSTWEG_IMAP : POSTWEG_POP3;
      PostwegPlay play;

      postweg_play_start (&play, protocol, &options[g_test_rand_int_range (0, G_N_ELEMENTS (options))]);
      for (guint step = 0; step < 20; step++)
        {
          PostwegAct act = (PostwegAct) g_test_rand_int_range (0, POSTWEG_N_ACTS);
          PostwegPlayOutcome outcome = postweg_play_act (&play, act);
          g_autofree char *sentence = postweg_play_sentence (&play, act, outcome);
          g_autofree char *description = postweg_play_description (&play);

          /* each act has words of its own for each outcome, also for none */
          g_assert_cmpstr (sentence, !=, "Nothing changes.");
          g_assert_cmpuint (strlen (description), >, 20);
          if (protocol != POSTWEG_IMAP)
            continue;
          assert_in_step (&play);
          g_assert_cmpint (outcome, !=, POSTWEG_CAME_LOST);
          g_assert_cmpint (outcome, !=, POSTWEG_CAME_PARTLY_LOST);
        }
    }
}

static void
test_description (void)
{
  const PostwegPopOptions take = TAKE;
  PostwegPlay play;
  g_autofree char *text = NULL;

  postweg_play_start (&play, POSTWEG_POP3, &take);
  postweg_play_act (&play, POSTWEG_ACT_ARRIVE);
  postweg_play_act (&play, POSTWEG_ACT_FETCH_LAPTOP);
  postweg_play_act (&play, POSTWEG_ACT_MOVE);
  text = postweg_play_description (&play);
  g_assert_cmpstr (text, ==,
                   "At the provider: mails 0, of them new 0, in “Open Invoices” 0. "
                   "On the laptop: mails 1, of them new 1, in “Open Invoices” 1. "
                   "On the phone: mails 0, of them new 0, in “Open Invoices” 0.");
}

/* Why nothing came of it. b before the act: the laptop is broken. */
static void
test_in_vain (void)
{
  static const struct {
    const char *acts, *sentence; /* of the last act */
  } vain[] = {
    { "aaaaa", "The picture has no room for more mail." },
    { "l", "The laptop finds nothing new at the provider." },
    { "alp", "The phone finds nothing new at the provider." },
    { "r", "There is no new mail on the laptop." },
    { "alrr", "There is no new mail on the laptop." },
    { "almm", "There is no mail in the inbox of the laptop." },
    { "d", "There is no mail on the laptop." },
    { "alw", "The days pass, and no mail goes." },
    { "abl", "The laptop is broken." },
    { "albr", "The laptop is broken." },
    { "bb", "The laptop is broken." },
    { "bp", "The phone finds nothing new at the provider." },
    { "baaaaa", "The picture has no room for more mail." },
  };
  const PostwegPopOptions take = TAKE;

  for (guint i = 0; i < G_N_ELEMENTS (vain); i++)
    {
      PostwegPlay play;
      g_autofree char *sentence = NULL;

      postweg_play_start (&play, POSTWEG_POP3, &take);
      for (const char *c = vain[i].acts; *c != '\0'; c++)
        {
          PostwegPlayOutcome outcome = postweg_play_act (&play, act_of (*c));

          g_free (sentence);
          sentence = postweg_play_sentence (&play, act_of (*c), outcome);
        }
      g_assert_cmpstr (sentence, ==, vain[i].sentence);
    }
}

/* What stands below the places, and how the protocol deals with mail. */
static void
test_words (void)
{
  static const struct {
    const char *acts, *texts[POSTWEG_N_PLAY_PLACES];
  } places[] = {
    { "", { "Provider: empty", "Laptop: empty", "Phone: empty" } },
    { "aal", { "Provider: 2 mails", "Laptop: 2 mails", "Phone: empty" } },
    { "alpb", { "Provider: 1 mail", "Laptop: broken", "Phone: 1 mail" } },
  };
  static const char *const rules[G_N_ELEMENTS (options)] = { "stays for good", "takes the mail away",
                                                             "after 14 days", "when the laptop deletes it" };
  PostwegPlay play;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      postweg_play_start (&play, POSTWEG_IMAP, NULL);
      for (const char *c = places[i].acts; *c != '\0'; c++)
        postweg_play_act (&play, act_of (*c));
      for (guint place = 0; place < POSTWEG_N_PLAY_PLACES; place++)
        {
          g_autofree char *text = postweg_play_place_text (&play, (PostwegPlayPlace) place);

          g_assert_cmpstr (text, ==, places[i].texts[place]);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *rule = NULL;

      postweg_play_start (&play, POSTWEG_POP3, &options[i]);
      rule = postweg_play_rule (&play);
      g_assert_nonnull (strstr (rule, rules[i]));
    }
}

static void
test_labels (void)
{
  for (guint act = 0; act < POSTWEG_N_ACTS; act++)
    g_assert_cmpstr (postweg_play_act_label ((PostwegAct) act), !=, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advise/play/rows", test_rows);
  g_test_add_func ("/advise/play/random", test_random);
  g_test_add_func ("/advise/play/description", test_description);
  g_test_add_func ("/advise/play/in-vain", test_in_vain);
  g_test_add_func ("/advise/play/words", test_words);
  g_test_add_func ("/advise/play/labels", test_labels);
  return g_test_run ();
}
