/* The questions and what each answer weighs, with the sentences for and against. */
#include "advise/habits.h"
#include "advise/provider-notes.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define ON(question) G_STRUCT_OFFSET (PostwegHabits, question)

/* The weights are such that POP needs at least two answers, and that several devices with common folders never get it. */
/* clang-format off */
const PostwegHabitRow postweg_habit_rows[] = {
  { ON (devices), POSTWEG_DEVICES_ONE, -20,
    N_ ("You read your mail on one device only, and POP brings everything to it."),
    N_ ("You read your mail on one device only, so you gain little from IMAP keeping devices in step.") },
  { ON (devices), POSTWEG_DEVICES_SEVERAL, 75,
    N_ ("You read your mail on several devices. With IMAP all of them show the same."),
    N_ ("You read your mail on several devices. With POP none of them knows what you did on the others.") },
  { ON (webmail), POSTWEG_WEBMAIL_OFTEN, 30,
    N_ ("You often use the provider’s web page. With IMAP it shows the same as your mail program."),
    N_ ("You often use the provider’s web page. With POP it does not show what you sort and send in your mail program.") },
  { ON (webmail), POSTWEG_WEBMAIL_RARELY, 8,
    N_ ("You sometimes use the provider’s web page. With IMAP all your mail is there when you do."),
    N_ ("You sometimes use the provider’s web page. Mail that POP has fetched may be missing there.") },
  { ON (webmail), POSTWEG_WEBMAIL_NEVER, -20,
    N_ ("You never use the provider’s web page, so your mail need not stay there."),
    N_ ("You never use the provider’s web page, so you gain little from your mail staying there.") },
  { ON (folders), POSTWEG_YES, 40,
    N_ ("You need your folders on every device, and only IMAP keeps folders at the provider."),
    N_ ("You need your folders on every device, but with POP they exist on one only.") },
  { ON (folders), POSTWEG_NO, -10,
    N_ ("You do not need your folders on other devices, so they can lie on yours."),
    N_ ("You do not need your folders on other devices, which is what IMAP is good at.") },
  { ON (offline), POSTWEG_OFFLINE_ALWAYS, -12,
    N_ ("You read your mail without the internet, and POP always keeps it whole on your device."),
    N_ ("You read your mail without the internet. With IMAP the mail program has to be told to keep copies.") },
  { ON (offline), POSTWEG_OFFLINE_SOMETIMES, -4,
    N_ ("You sometimes read your mail without the internet, and POP always keeps it whole on your device."),
    N_ ("You sometimes read your mail without the internet. With IMAP only what was loaded before is there.") },
  { ON (offline), POSTWEG_OFFLINE_NEVER, 8,
    N_ ("You have the internet whenever you read your mail, so it can stay at the provider."),
    N_ ("You have the internet whenever you read your mail, so you gain little from copies on your device.") },
  { ON (space), POSTWEG_SPACE_PLENTY, 8,
    N_ ("There is plenty of space at your provider, so your mail can stay there."),
    N_ ("There is plenty of space at your provider, and POP leaves it unused.") },
  { ON (space), POSTWEG_SPACE_SCARCE, -35,
    N_ ("Space at your provider is scarce, and POP can clear it by itself."),
    N_ ("Space at your provider is scarce, and with IMAP every mail takes some of it.") },
  { ON (keeper), POSTWEG_KEEPER_PROVIDER, 25,
    N_ ("You want the provider to keep your mail too, and with IMAP it does."),
    N_ ("You want the provider to keep your mail too, but with POP it does so only while copies are left there.") },
  { ON (keeper), POSTWEG_KEEPER_ME, -45,
    N_ ("Only you want to keep your mail, and POP takes it away from the provider."),
    N_ ("Only you want to keep your mail, but with IMAP all of it lies at the provider.") },
  { ON (shared), POSTWEG_YES, 20,
    N_ ("Somebody else uses the mailbox too. With IMAP both see what is read and answered."),
    N_ ("Somebody else uses the mailbox too. With POP one takes mail away from the other and does not see what was answered.") },
  { ON (shared), POSTWEG_NO, -3,
    N_ ("Nobody else uses the mailbox, so nobody misses what you fetch."),
    N_ ("Nobody else uses the mailbox, so nobody needs to see what you have read.") },
};
/* clang-format on */
const guint postweg_n_habit_rows = G_N_ELEMENTS (postweg_habit_rows);

gboolean
postweg_habit_row_applies (const PostwegHabitRow *row, const PostwegHabits *habits)
{
  return G_STRUCT_MEMBER (int, habits, row->question) == row->answer;
}

int
postweg_habits_weight (const PostwegHabits *habits, const PostwegProvider *provider)
{
  int weight = provider != NULL ? postweg_provider_weight (provider, habits) : 0;

  for (guint i = 0; i < postweg_n_habit_rows; i++)
    if (postweg_habit_row_applies (&postweg_habit_rows[i], habits))
      weight += postweg_habit_rows[i].weight;
  return weight;
}
