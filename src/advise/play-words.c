/* What the play says: one sentence per act and outcome, and what every place shows. */
#include "advise/play.h"
#include <glib/gi18n-lib.h>

static const char *const labels[POSTWEG_N_ACTS] = {
  [POSTWEG_ACT_ARRIVE] = N_ ("A Mail Arrives"),           [POSTWEG_ACT_FETCH_LAPTOP] = N_ ("Fetch on Laptop"),
                                                                                           [POSTWEG_ACT_FETCH_PHONE] = N_ ("Fetch on Phone"),      [POSTWEG_ACT_READ] = N_ ("Read It"),
                                                                                                                                                                            [POSTWEG_ACT_MOVE] = N_ ("Move It to “Open Invoices”"), [POSTWEG_ACT_DELETE] = N_ ("Delete It"),
                                                                                                                                                                                                                                                               [POSTWEG_ACT_WAIT] = N_ ("Let the Days Pass"),          [POSTWEG_ACT_BREAK] = N_ ("Laptop Breaks"),
                                                                                                                                                                                                                                                               };

/* clang-format off */
static const struct {
  PostwegAct act;
  PostwegPlayOutcome outcome;
  const char *sentence;
} sentences[] = {
  { POSTWEG_ACT_ARRIVE, POSTWEG_CAME_NOTHING, N_ ("The picture has no room for more mail.") },
  { POSTWEG_ACT_FETCH_LAPTOP, POSTWEG_CAME_NOTHING, N_ ("The laptop finds nothing new at the provider.") },
  { POSTWEG_ACT_FETCH_PHONE, POSTWEG_CAME_NOTHING, N_ ("The phone finds nothing new at the provider.") },
  { POSTWEG_ACT_READ, POSTWEG_CAME_NOTHING, N_ ("There is no new mail on the laptop.") },
  { POSTWEG_ACT_MOVE, POSTWEG_CAME_NOTHING, N_ ("There is no mail in the inbox of the laptop.") },
  { POSTWEG_ACT_DELETE, POSTWEG_CAME_NOTHING, N_ ("There is no mail on the laptop.") },
  { POSTWEG_ACT_WAIT, POSTWEG_CAME_NOTHING, N_ ("The days pass, and no mail goes.") },
  { POSTWEG_ACT_ARRIVE, POSTWEG_CAME_ARRIVED, N_ ("A mail arrives at the provider.") },
  { POSTWEG_ACT_FETCH_LAPTOP, POSTWEG_CAME_SHOWN, N_ ("The laptop shows what is at the provider. It stays there.") },
  { POSTWEG_ACT_FETCH_LAPTOP, POSTWEG_CAME_COPIED, N_ ("The laptop gets a copy of its own. The provider keeps the mail.") },
  { POSTWEG_ACT_FETCH_LAPTOP, POSTWEG_CAME_TAKEN, N_ ("The laptop takes the mail, and it is gone from the provider: the phone will not get it.") },
  { POSTWEG_ACT_FETCH_PHONE, POSTWEG_CAME_SHOWN, N_ ("The phone shows what is at the provider. It stays there.") },
  { POSTWEG_ACT_FETCH_PHONE, POSTWEG_CAME_COPIED, N_ ("The phone gets a copy of its own. The provider keeps the mail.") },
  { POSTWEG_ACT_FETCH_PHONE, POSTWEG_CAME_TAKEN, N_ ("The phone takes the mail, and it is gone from the provider: the laptop will not get it.") },
  { POSTWEG_ACT_READ, POSTWEG_CAME_EVERYWHERE, N_ ("It is read on the laptop, and so it is read everywhere.") },
  { POSTWEG_ACT_READ, POSTWEG_CAME_ONLY_HERE, N_ ("It is read on the laptop. Everywhere else it still counts as new.") },
  { POSTWEG_ACT_READ, POSTWEG_CAME_ONLY_COPY, N_ ("It is read on the laptop, the only place where it is.") },
  { POSTWEG_ACT_MOVE, POSTWEG_CAME_EVERYWHERE, N_ ("It lies in “Open Invoices” on the laptop, on the phone and at the provider.") },
  { POSTWEG_ACT_MOVE, POSTWEG_CAME_ONLY_HERE, N_ ("“Open Invoices” is on the laptop only. Everywhere else the mail is in the inbox.") },
  { POSTWEG_ACT_MOVE, POSTWEG_CAME_ONLY_COPY, N_ ("It lies in “Open Invoices” on the laptop, and nowhere else.") },
  { POSTWEG_ACT_DELETE, POSTWEG_CAME_EVERYWHERE, N_ ("It is deleted on the laptop, and so it is gone everywhere.") },
  { POSTWEG_ACT_DELETE, POSTWEG_CAME_ONLY_HERE, N_ ("It is gone from the laptop. The other copies are still there.") },
  { POSTWEG_ACT_DELETE, POSTWEG_CAME_ONLY_COPY, N_ ("It is gone for good: the laptop had the only copy.") },
  { POSTWEG_ACT_DELETE, POSTWEG_CAME_ALSO_THERE, N_ ("It is gone from the laptop and from the provider. The phone still has its copy.") },
  { POSTWEG_ACT_WAIT, POSTWEG_CAME_RAN_OUT, N_ ("The days are over: what the laptop has fetched is gone from the provider.") },
  { POSTWEG_ACT_BREAK, POSTWEG_CAME_NOTHING_LOST, N_ ("The laptop is gone, and no mail with it.") },
  { POSTWEG_ACT_BREAK, POSTWEG_CAME_PARTLY_LOST, N_ ("The laptop is gone. The mail is still there, but what was read and filed on the laptop is lost.") },
  { POSTWEG_ACT_BREAK, POSTWEG_CAME_LOST, N_ ("The laptop is gone, and with it mail that was nowhere else.") },
};
/* clang-format on */

/* Whether nothing could come of the act because the laptop is gone. */
static gboolean
needs_laptop (PostwegAct act)
{
  return act != POSTWEG_ACT_ARRIVE && act != POSTWEG_ACT_FETCH_PHONE && act != POSTWEG_ACT_WAIT;
}

char *
postweg_play_sentence (const PostwegPlay *play, PostwegAct act, PostwegPlayOutcome outcome)
{
  if (outcome == POSTWEG_CAME_NOTHING && play->laptop_broken && needs_laptop (act))
    return g_strdup (_("The laptop is broken."));
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (sentences[i].act == act && sentences[i].outcome == outcome)
      return g_strdup (_(sentences[i].sentence));
  return g_strdup (_("Nothing changes."));
}

const char *
postweg_play_act_label (PostwegAct act)
{
  return _(labels[act]);
}

static void
count (const PostwegPlay *play, PostwegPlayPlace place, guint *fresh, guint *filed)
{
  *fresh = *filed = 0;
  for (guint i = 0; i < play->n_mails; i++)
    {
      const PostwegPlayCopy *copy = &play->copies[place][i];

      *fresh += copy->there && !copy->read ? 1 : 0;
      *filed += copy->there && copy->filed ? 1 : 0;
    }
}

/* Returns: (transfer full) */
static char *
describe (const PostwegPlay *play, PostwegPlayPlace place)
{
  guint all = postweg_play_count (play, place), fresh, filed;

  count (play, place, &fresh, &filed);
  switch (place)
    {
    case POSTWEG_AT_PROVIDER:
      return g_strdup_printf (_("At the provider: mails %u, of them new %u, in “Open Invoices” %u."), all,
                                 fresh, filed);
    case POSTWEG_AT_LAPTOP:
      return play->laptop_broken
          ? g_strdup (_("The laptop is broken."))
          : g_strdup_printf (_("On the laptop: mails %u, of them new %u, in “Open Invoices” %u."), all,
                                fresh, filed);
    case POSTWEG_AT_PHONE:
      return g_strdup_printf (_("On the phone: mails %u, of them new %u, in “Open Invoices” %u."), all,
                                 fresh, filed);
    default:
      g_assert_not_reached ();
    }
}

char *
postweg_play_description (const PostwegPlay *play)
{
  g_autofree char *provider = describe (play, POSTWEG_AT_PROVIDER);
  g_autofree char *laptop = describe (play, POSTWEG_AT_LAPTOP);
  g_autofree char *phone = describe (play, POSTWEG_AT_PHONE);

  return g_strdup_printf ("%s %s %s", provider, laptop, phone);
}

/* Returns: (transfer full): of a place where mail is */
static char *
count_text (PostwegPlayPlace place, guint n)
{
  if (place == POSTWEG_AT_PROVIDER)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Provider: %u mail", "Provider: %u mails", n), n);
  if (place == POSTWEG_AT_LAPTOP)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Laptop: %u mail", "Laptop: %u mails", n), n);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Phone: %u mail", "Phone: %u mails", n), n);
}

char *
postweg_play_place_text (const PostwegPlay *play, PostwegPlayPlace place)
{
  const char *none[POSTWEG_N_PLAY_PLACES] = { _("Provider: empty"), _("Laptop: empty"),
                                                                        _("Phone: empty") };
  guint n = postweg_play_count (play, place);

  if (place == POSTWEG_AT_LAPTOP && play->laptop_broken)
    return g_strdup (_("Laptop: broken"));
  return n == 0 ? g_strdup (none[place]) : count_text (place, n);
}

char *
postweg_play_rule (const PostwegPlay *play)
{
  const PostwegPopOptions *pop = &play->pop;

  if (play->protocol == POSTWEG_IMAP)
    return g_strdup (_("One mailbox at the provider. Every device looks into it."));
  if (!pop->keep_on_server)
    return g_strdup (_("The first device that asks takes the mail away."));
  if (pop->delete_after_days > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "Every device gets its own copy. The provider’s goes after %u day.",
                                         "Every device gets its own copy. The provider’s goes after %u days.",
                                         pop->delete_after_days),
                            pop->delete_after_days);
  if (pop->delete_when_deleted)
    return g_strdup (_("Every device gets its own copy. The provider’s goes when the laptop deletes it."));
  return g_strdup (_("Every device gets its own copy. The provider’s stays for good."));
}
