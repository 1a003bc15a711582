/* What was found for an address, or why nothing can be found, in a sentence or two. */
#include "discover/words.h"
#include "discover/words-private.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const char *const outcomes[] = {
  [POSTWEG_OUTCOME_FOUND] = N_ ("The servers of {provider} are known."),
  [POSTWEG_OUTCOME_CONFIRM] = N_ ("Postweg has settings for {provider}, but they are not confirmed. Compare them with the provider’s instructions before you go on."),
  [POSTWEG_OUTCOME_MANUAL] = N_ ("Postweg does not know the servers for {domain}. Enter them yourself; your provider’s instructions name them."),
};

/* What was found over the network, by how far it can be trusted; the first row that fits. */
static const struct {
  const char *trust; /* NULL: any */
  PostwegOutcome outcome;
  const char *text;
} found_texts[] = {
  { "insecure", POSTWEG_OUTCOME_CONFIRM, N_ ("Settings for {domain} were found, but they came over a connection that others could have changed. Compare them with your provider’s instructions before you go on.") },
  { "plaintext", POSTWEG_OUTCOME_CONFIRM, N_ ("Servers for {domain} were found, but without encryption: others could read your password and your mail. Ask your provider for servers with TLS.") },
  { "cert-mismatch", POSTWEG_OUTCOME_CONFIRM, N_ ("Servers for {domain} were found, but {host} shows a certificate for another name. Ask your provider for the right server name before you go on.") },
  { "cert-untrusted", POSTWEG_OUTCOME_CONFIRM, N_ ("Servers for {domain} were found, but the certificate cannot be trusted, so anybody could stand in between. Ask your provider before you go on.") },
  { "dns", POSTWEG_OUTCOME_CONFIRM, N_ ("Servers for {domain} were found: {host}. Nothing proves that they are right, so check that this is your provider before you go on.") },
  { NULL, POSTWEG_OUTCOME_CONFIRM, N_ ("Servers for {domain} were found, but not everything fits together. Compare them with your provider’s instructions before you go on.") },
  { NULL, POSTWEG_OUTCOME_FOUND, N_ ("The servers for {domain} were found.") },
};

static const struct {
  const char *code;
  const char *text;
} codes[] = {
  { "needs-bridge", N_ ("{provider} encrypts mail so that no mail program can fetch it directly. Install the provider’s own program for that, the Bridge, on this computer; then set up the account with the servers and the password that it shows.") },
  { "no-imap-pop", N_ ("{provider} has no access for mail programs. Read your mail on its web page or with its own program.") },
  { "no-such-domain", N_ ("There is no domain {domain}. Check the part after the @.") },
  { "no-mail-here", N_ ("{domain} does not take any mail. Check the part after the @.") },
  { "dns-failure", N_ ("{domain} cannot be looked up at the moment. Try again in a few minutes, or enter the servers yourself.") },
  { "offline", N_ ("This computer is not connected to the internet. Connect it and try again, or enter the servers yourself.") },
};
/* clang-format on */

static const char *
domain_of (const PostwegDiscovery *discovery)
{
  const char *at = discovery->address != NULL ? strrchr (discovery->address->display, '@') : NULL;

  return at != NULL ? at + 1 : "";
}

/* The host that decides: the incoming one, or the only one. */
static const char *
host_of (const PostwegDiscovery *discovery)
{
  static const PostwegProtocol order[] = { POSTWEG_IMAP, POSTWEG_POP3, POSTWEG_SMTP };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const PostwegFoundServer *best = postweg_discovery_best (discovery, order[i]);

      if (best != NULL)
        return best->server->host;
    }
  return "";
}

static char *
filled (const char *text, const PostwegDiscovery *discovery)
{
  GString *words = g_string_new (text);
  const char *domain = domain_of (discovery);

  /* the provider's name is ours; the domain comes from outside and goes in last */
  g_string_replace (words, "{provider}", discovery->provider != NULL ? discovery->provider->name : "{domain}",
                    0);
  g_string_replace (words, "{meant}", discovery->meant != NULL ? discovery->meant : "", 0);
  g_string_replace (words, "{host}", host_of (discovery), 0);
  g_string_replace (words, "{domain}", domain, 0);
  return g_string_free (words, FALSE);
}

static char *
typo_words (const PostwegDiscovery *discovery, const char *meant)
{
  return g_strdup_printf (
      _("Did you mean %s@%s? %s looks like a typing error. If it is right, enter the servers yourself."),
         discovery->address->local, meant, domain_of (discovery));
}

static char *
explanation (const PostwegDiscovery *discovery)
{
  const char *code = discovery->code != NULL ? discovery->code : "";

  if (strcmp (code, "invalid-address") == 0)
    return g_strdup (postweg_address_fault_words (discovery->fault));
  if (g_str_has_prefix (code, "typo:") && discovery->address != NULL)
    return typo_words (discovery, code + strlen ("typo:"));
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (codes[i].code, code) == 0)
      return filled (_(codes[i].text), discovery);
  return filled (_("The account for {domain} cannot be set up this way. Ask your provider how mail programs are used with it."),
                    discovery);
}

/* The domain exists; that is no proof that it is the right one. */
static const char *
doubt_text (const PostwegDiscovery *discovery)
{
  return discovery->outcome == POSTWEG_OUTCOME_CONFIRM
      ? _("Servers for {domain} were found, but the name is one letter away from {meant}. Check that it is spelled right before you enter a password.")
      : _("Postweg does not know the servers for {domain}. The name is one letter away from {meant}: check that it is spelled right, or enter the servers yourself.");
}

static const char *
found_text (const PostwegDiscovery *discovery)
{
  guint i = 0;

  while (found_texts[i].outcome != discovery->outcome ||
         (found_texts[i].trust != NULL && g_strcmp0 (found_texts[i].trust, discovery->trust) != 0))
    i++;
  return _(found_texts[i].text);
}

char *
postweg_discover_words (const PostwegDiscovery *discovery)
{
  if (discovery->outcome == POSTWEG_OUTCOME_EXPLAIN)
    return explanation (discovery);
  if (discovery->meant != NULL)
    return filled (doubt_text (discovery), discovery);
  if (discovery->source == NULL || strcmp (discovery->source, "table") == 0)
    return filled (_(outcomes[discovery->outcome]), discovery);
  return filled (found_text (discovery), discovery);
}
