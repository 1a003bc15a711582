/* What the provider's rules add to POP or IMAP. */
#include "advise/advise.h"
#include "advise/habits.h"
#include "habits-all.h"
#include "providers/providers.h"
#include <string.h>

/* One device, own keeping, scarce space, no web page: as far towards POP as habits go. */
static const PostwegHabits wants_pop = {
  .devices = POSTWEG_DEVICES_ONE,
  .webmail = POSTWEG_WEBMAIL_NEVER,
  .folders = POSTWEG_NO,
  .offline = POSTWEG_OFFLINE_ALWAYS,
  .space = POSTWEG_SPACE_SCARCE,
  .keeper = POSTWEG_KEEPER_ME,
  .shared = POSTWEG_NO,
};

static gboolean
says (const GPtrArray *sentences, const char *part)
{
  for (guint i = 0; i < sentences->len; i++)
    if (strstr (g_ptr_array_index (sentences, i), part) != NULL)
      return TRUE;
  return FALSE;
}

/* Where POP is not offered it is never recommended, whatever the answers, and that is the first reason. */
static void
test_no_pop_is_imap (void)
{
  const PostwegProvider *icloud = postweg_providers_by_domain ("icloud.com");

  for (guint i = 0; i < HABITS_N_COMBINATIONS; i++)
    {
      PostwegHabits habits = habits_number (i);
      g_autoptr (PostwegAdvice) advice = postweg_advise (&habits, icloud);

      g_assert_cmpint (advice->recommend, ==, POSTWEG_IMAP);
      g_assert_true (advice->clear);
      g_assert_nonnull (strstr (g_ptr_array_index (advice->reasons, 0), "no POP"));
      g_assert_cmpuint (advice->against->len, >=, 1);
    }
}

/* The strongest wish for POP is answered honestly: IMAP, and what speaks against it. */
static void
test_no_pop_is_said_honestly (void)
{
  g_autoptr (PostwegAdvice) advice = postweg_advise (&wants_pop, postweg_providers_by_domain ("icloud.com"));

  g_assert_true (says (advice->against, "Only you want to keep"));
  g_assert_true (says (advice->against, "scarce"));
  g_assert_true (says (advice->provider_notes, "iCloud offers no POP"));
}

static const struct {
  const char *domain;
  const char *note; /* NULL: no notes at all */
} notes[] = {
  { "gmail.com", "Gmail hands out each mail by POP only once" },
  { "gmail.com", "web page of Gmail" },
  { "gmail.com", "At Gmail, POP has to be switched on first" },
  { "outlook.com", "web page of Outlook.com" },
  { "outlook.com", "At Outlook.com, IMAP has to be switched on first" },
  { "gmx.de", "At GMX, access for mail programs has to be switched on first" },
  { "gmx.de", "free mailbox of GMX" },
  { "web.de", "WEB.DE limits how often" },
  { "rediffmail.com", "only POP servers of Rediffmail" },
  { "proton.me", "own program" },
  { "tuta.com", "neither by IMAP nor by POP" },
  { "posteo.de", NULL },
};

static void
test_notes (void)
{
  PostwegHabits habits = postweg_habits_unknown ();

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autoptr (PostwegAdvice) advice =
          postweg_advise (&habits, postweg_providers_by_domain (notes[i].domain));

      g_test_message ("%s", notes[i].domain);
      if (notes[i].note != NULL)
        g_assert_true (says (advice->provider_notes, notes[i].note));
      else
        g_assert_cmpuint (advice->provider_notes->len, ==, 0);
      g_assert_false (says (advice->provider_notes, "{"));
    }
}

static void
test_every_provider (void)
{
  guint n;
  const PostwegProvider *all = postweg_providers_all (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PostwegAdvice) advice = postweg_advise (&wants_pop, &all[i]);
      gboolean no_pop = (all[i].quirks & POSTWEG_QUIRK_POP_NOT_OFFERED) != 0;

      g_assert_cmpint (advice->recommend, ==, no_pop ? POSTWEG_IMAP : POSTWEG_POP3);
      g_assert_cmpuint (advice->reasons->len, >=, 1);
      g_assert_cmpuint (advice->against->len, >=, 1);
    }
}

/* Facts that no provider in the table has at the moment. */
static PostwegProvider
invented (guint quirks, guint keep_days)
{
  static const char *const none[] = { NULL };

  return (PostwegProvider){
    .id = "invented", .name = "Post & Co", .domains = none, .quirks = quirks, .pop_keep_days = keep_days
  };
}

static void
test_keep_days (void)
{
  static const struct {
    guint days;
    const char *note;
  } rows[] = { { 1, "after 1 day." }, { 90, "after 90 days." } };
  PostwegHabits habits = postweg_habits_unknown ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PostwegProvider provider = invented (0, rows[i].days);
      g_autoptr (PostwegAdvice) advice = postweg_advise (&habits, &provider);

      g_assert_cmpuint (advice->provider_notes->len, ==, 1);
      g_assert_true (says (advice->provider_notes, rows[i].note));
      g_assert_true (says (advice->provider_notes, "Post & Co"));
    }
}

static const struct {
  guint quirk;
  PostwegDevices devices;
  PostwegSpace space;
  int direction; /* in which the quirk moves the weight */
} weights[] = {
  { POSTWEG_QUIRK_POP_ONCE, POSTWEG_DEVICES_SEVERAL, POSTWEG_SPACE_UNKNOWN, 1 },
  { POSTWEG_QUIRK_POP_ONCE, POSTWEG_DEVICES_UNKNOWN, POSTWEG_SPACE_UNKNOWN, 1 },
  { POSTWEG_QUIRK_POP_ONCE, POSTWEG_DEVICES_ONE, POSTWEG_SPACE_UNKNOWN, 0 }, /* once is enough */
  { POSTWEG_QUIRK_SMALL_STORAGE, POSTWEG_DEVICES_ONE, POSTWEG_SPACE_UNKNOWN, -1 },
  { POSTWEG_QUIRK_SMALL_STORAGE, POSTWEG_DEVICES_ONE, POSTWEG_SPACE_PLENTY, 0 }, /* the person knows better */
  { POSTWEG_QUIRK_SMALL_STORAGE, POSTWEG_DEVICES_ONE, POSTWEG_SPACE_SCARCE, 0 },
  { POSTWEG_QUIRK_FILES_SENT, POSTWEG_DEVICES_ONE, POSTWEG_SPACE_SCARCE, 0 },
};

static void
test_weights (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      PostwegHabits habits = postweg_habits_unknown ();
      PostwegProvider provider = invented (weights[i].quirk, 0);
      int moved;

      habits.devices = weights[i].devices;
      habits.space = weights[i].space;
      moved = postweg_habits_weight (&habits, &provider) - postweg_habits_weight (&habits, NULL);
      g_assert_cmpint ((moved > 0) - (moved < 0), ==, weights[i].direction);
    }
}

/* The provider's rules never take IMAP away from those who need it. */
static void
test_several_devices_with_folders (void)
{
  PostwegProvider small = invented (POSTWEG_QUIRK_SMALL_STORAGE, 30);

  for (guint i = 0; i < HABITS_N_COMBINATIONS; i++)
    {
      PostwegHabits habits = habits_number (i);
      g_autoptr (PostwegAdvice) advice = postweg_advise (&habits, &small);

      if (habits.devices == POSTWEG_DEVICES_SEVERAL && habits.folders == POSTWEG_YES)
        g_assert_cmpint (advice->recommend, ==, POSTWEG_IMAP);
    }
}

/* Where space is small and nobody said otherwise, copies do not stay for ever. */
static void
test_small_storage_limits_copies (void)
{
  PostwegHabits habits = postweg_habits_unknown ();
  PostwegProvider small = invented (POSTWEG_QUIRK_SMALL_STORAGE, 0);
  g_autoptr (PostwegAdvice) unknown = postweg_advise (&habits, &small);
  g_autoptr (PostwegAdvice) plenty = NULL;

  habits.space = POSTWEG_SPACE_PLENTY;
  plenty = postweg_advise (&habits, &small);
  g_assert_cmpuint (unknown->pop.delete_after_days, ==, 30);
  g_assert_cmpuint (plenty->pop.delete_after_days, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/advise/provider/no-pop-is-imap", test_no_pop_is_imap);
  g_test_add_func ("/advise/provider/no-pop-is-said-honestly", test_no_pop_is_said_honestly);
  g_test_add_func ("/advise/provider/notes", test_notes);
  g_test_add_func ("/advise/provider/every-provider", test_every_provider);
  g_test_add_func ("/advise/provider/keep-days", test_keep_days);
  g_test_add_func ("/advise/provider/weights", test_weights);
  g_test_add_func ("/advise/provider/several-devices-with-folders", test_several_devices_with_folders);
  g_test_add_func ("/advise/provider/small-storage-limits-copies", test_small_storage_limits_copies);
  return g_test_run ();
}
