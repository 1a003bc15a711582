/* Weighs the answers and words the result: POP or IMAP, what speaks for it, what against it. */
#include "advise/advise.h"
#include "advise/habits.h"
#include "advise/provider-notes.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define POP_FROM (-50) /* at or below: POP; between the two IMAP is only the safer choice */
#define IMAP_FROM 20

#define DAYS_ONE_DEVICE 14      /* scarce space: enough for a holiday and a broken device */
#define DAYS_SEVERAL_DEVICES 30 /* every device should have come by */

/* clang-format off */
static const char *const general_against[][2] = {
  [POSTWEG_IMAP] = {
    N_ ("What you delete or move on one device is deleted or moved everywhere."),
    N_ ("All your mail takes up space at the provider."),
  },
  [POSTWEG_POP3] = {
    N_ ("Your mail is only on your device. Back it up, or it is lost when the device breaks."),
    N_ ("Sent mail and folders stay on this device; others do not show them."),
  },
};
/* clang-format on */

static int
compare_strength (gconstpointer a, gconstpointer b)
{
  const PostwegHabitRow *const *row_a = a;
  const PostwegHabitRow *const *row_b = b;

  return abs ((*row_b)->weight) - abs ((*row_a)->weight);
}

/* Returns: (transfer container): the rows that apply, strongest first */
static GPtrArray *
applying_rows (const PostwegHabits *habits)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < postweg_n_habit_rows; i++)
    if (postweg_habit_row_applies (&postweg_habit_rows[i], habits))
      g_ptr_array_add (rows, (gpointer) &postweg_habit_rows[i]);
  g_ptr_array_sort (rows, compare_strength);
  return rows;
}

static void
say (GPtrArray *sentences, const char *text)
{
  g_ptr_array_add (sentences, g_strdup (text));
}

static void
decide (PostwegAdvice *advice, int weight, const PostwegProvider *provider)
{
  gboolean no_pop = provider != NULL && (provider->quirks & POSTWEG_QUIRK_POP_NOT_OFFERED) != 0;

  advice->recommend = weight <= POP_FROM && !no_pop ? POSTWEG_POP3 : POSTWEG_IMAP;
  advice->clear = no_pop || weight <= POP_FROM || weight >= IMAP_FROM;
  if (no_pop)
    say (advice->reasons, _("Your provider offers no POP."));
  else if (!advice->clear)
    say (
        advice->reasons,
        _("Your answers do not decide it. IMAP is the safer choice, because your mail stays at the provider "
           "and you can still change your mind."));
}

static void
add_habits (PostwegAdvice *advice, const PostwegHabits *habits)
{
  g_autoptr (GPtrArray) rows = applying_rows (habits);

  for (guint i = 0; i < rows->len; i++)
    {
      const PostwegHabitRow *row = g_ptr_array_index (rows, i);
      gboolean agrees = (row->weight > 0) == (advice->recommend == POSTWEG_IMAP);

      say (agrees ? advice->reasons : advice->against, agrees ? _(row->reason) : _(row->against));
    }
}

/* Nothing is left at the provider only if the person said so, and nobody can miss it. */
static gboolean
may_clear_server (const PostwegHabits *habits)
{
  return habits->devices == POSTWEG_DEVICES_ONE && habits->keeper == POSTWEG_KEEPER_ME &&
         habits->webmail != POSTWEG_WEBMAIL_OFTEN && habits->shared != POSTWEG_YES &&
         (habits->space == POSTWEG_SPACE_SCARCE || habits->webmail == POSTWEG_WEBMAIL_NEVER);
}

static PostwegPopOptions
pop_options (const PostwegHabits *habits, const PostwegProvider *provider)
{
  gboolean small = provider != NULL && (provider->quirks & POSTWEG_QUIRK_SMALL_STORAGE) != 0;
  gboolean scarce =
      habits->space == POSTWEG_SPACE_SCARCE || (habits->space == POSTWEG_SPACE_UNKNOWN && small);
  PostwegPopOptions pop = { .keep_on_server = TRUE };

  if (may_clear_server (habits))
    pop.keep_on_server = FALSE;
  else if (scarce)
    pop.delete_after_days = habits->devices == POSTWEG_DEVICES_ONE ? DAYS_ONE_DEVICE : DAYS_SEVERAL_DEVICES;
  pop.delete_when_deleted =
      pop.keep_on_server && scarce && habits->devices == POSTWEG_DEVICES_ONE && habits->shared != POSTWEG_YES;
  return pop;
}

PostwegAdvice *
postweg_advise (const PostwegHabits *habits, const PostwegProvider *provider)
{
  g_autoptr (PostwegAdvice) advice = postweg_advice_new ();

  g_return_val_if_fail (habits != NULL, NULL);
  decide (advice, postweg_habits_weight (habits, provider), provider);
  add_habits (advice, habits);
  for (guint i = 0; i < G_N_ELEMENTS (general_against[0]); i++)
    say (advice->against, _(general_against[advice->recommend][i]));
  if (provider != NULL)
    postweg_provider_add_notes (provider, advice->provider_notes);
  advice->pop = pop_options (habits, provider);
  return g_steal_pointer (&advice);
}
