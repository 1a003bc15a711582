/* Facts of the provider that bear on POP or IMAP, as sentences and as weights. */
#include "advise/provider-notes.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* Small storage counts where the person did not say how much there is. */
#define SMALL_STORAGE_WEIGHT (-15)
/* On several devices each mail reaches only one of them. */
#define POP_ONCE_WEIGHT 10

/* clang-format off */
static const struct {
  guint quirk;
  const char *text;
} quirks[] = {
  { POSTWEG_QUIRK_POP_NOT_OFFERED, N_ ("{provider} offers no POP, so IMAP is the only way.") },
  { POSTWEG_QUIRK_POP_ONCE, N_ ("{provider} hands out each mail by POP only once. A second device or program does not get it any more.") },
  { POSTWEG_QUIRK_POP_WEB_DECIDES, N_ ("What happens to mail that POP has fetched is decided by a switch on the web page of {provider}; it has the last word over your mail program.") },
  { POSTWEG_QUIRK_SMALL_STORAGE, N_ ("The free mailbox of {provider} is small. With IMAP, watch how full it gets.") },
};

static const struct {
  const char *code;
  const char *text;
} demands[] = {
  { "enable", N_ ("At {provider}, access for mail programs has to be switched on first, for IMAP as well as for POP.") },
  { "imap-enable", N_ ("At {provider}, IMAP has to be switched on first.") },
  { "pop-enable", N_ ("At {provider}, POP has to be switched on first.") },
  { "poll-interval", N_ ("{provider} limits how often mail can be fetched by POP.") },
};

static const struct {
  const char *dead_end;
  const char *text;
} dead_ends[] = {
  { "needs-bridge", N_ ("{provider} works with mail programs only through its own program on this computer, which speaks IMAP.") },
  { "no-imap-pop", N_ ("{provider} lets no mail program in, neither by IMAP nor by POP.") },
};
/* clang-format on */

static void
add (GPtrArray *notes, const char *text, const PostwegProvider *provider)
{
  GString *note = g_string_new (text);

  g_string_replace (note, "{provider}", provider->name, 0);
  g_ptr_array_add (notes, g_string_free (note, FALSE));
}

static void
add_demand (GPtrArray *notes, const PostwegPrerequisite *demand, const PostwegProvider *provider)
{
  for (guint i = 0; i < G_N_ELEMENTS (demands); i++)
    if (strcmp (demands[i].code, demand->code) == 0)
      add (notes, _(demands[i].text), provider);
}

static gboolean
has_server (const PostwegProvider *provider, PostwegProtocol protocol)
{
  for (guint i = 0; i < provider->n_servers; i++)
    if (provider->servers[i].protocol == protocol)
      return TRUE;
  return FALSE;
}

static void
add_keep_days (GPtrArray *notes, const PostwegProvider *provider)
{
  const char *text = g_dngettext (
      GETTEXT_PACKAGE, "{provider} deletes copies of mail that POP has fetched after {days} day.",
      "{provider} deletes copies of mail that POP has fetched after {days} days.", provider->pop_keep_days);
  g_autofree char *days = g_strdup_printf ("%u", provider->pop_keep_days);
  g_autoptr (GString) note = g_string_new (text);

  g_string_replace (note, "{days}", days, 0);
  add (notes, note->str, provider);
}

int
postweg_provider_weight (const PostwegProvider *provider, const PostwegHabits *habits)
{
  int weight = 0;

  if ((provider->quirks & POSTWEG_QUIRK_POP_ONCE) != 0 && habits->devices != POSTWEG_DEVICES_ONE)
    weight += POP_ONCE_WEIGHT;
  if ((provider->quirks & POSTWEG_QUIRK_SMALL_STORAGE) != 0 && habits->space == POSTWEG_SPACE_UNKNOWN)
    weight += SMALL_STORAGE_WEIGHT;
  return weight;
}

void
postweg_provider_add_notes (const PostwegProvider *provider, GPtrArray *notes)
{
  for (guint i = 0; provider->dead_end != NULL && i < G_N_ELEMENTS (dead_ends); i++)
    if (strcmp (dead_ends[i].dead_end, provider->dead_end) == 0)
      add (notes, _(dead_ends[i].text), provider);
  for (guint i = 0; i < G_N_ELEMENTS (quirks); i++)
    if ((provider->quirks & quirks[i].quirk) != 0)
      add (notes, _(quirks[i].text), provider);
  if (provider->pop_keep_days > 0)
    add_keep_days (notes, provider);
  if (has_server (provider, POSTWEG_POP3) && !has_server (provider, POSTWEG_IMAP))
    add (notes, _("Postweg knows only POP servers of {provider}. Ask there whether IMAP is offered too."),
                   provider);
  for (guint i = 0; i < provider->n_prerequisites; i++)
    add_demand (notes, &provider->prerequisites[i], provider);
}
