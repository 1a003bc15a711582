/* What is wrong with an address, and how it gets right. */
#include "discover/words-private.h"
#include <glib/gi18n-lib.h>

/* clang-format off */
static const struct {
  const char *fault;
  const char *text;
} faults[] = {
  { "empty", N_ ("Enter your e-mail address, such as anna@example.org.") },
  { "no-at", N_ ("An e-mail address has an @ in the middle, such as anna@example.org. Enter the whole address.") },
  { "two-at", N_ ("There is more than one @. Keep only the one that stands before the provider’s name.") },
  { "local-missing", N_ ("The name before the @ is missing. Enter the whole address, such as anna@example.org.") },
  { "local-long", N_ ("The name before the @ is longer than 64 characters, and no provider allows that. Check the address.") },
  { "local-character", N_ ("Before the @ stands a sign that addresses do not have, for instance a comma or a bracket. Check the address.") },
  { "local-dot", N_ ("Before the @ there is a dot too many: at the beginning, at the end, or two in a row. Remove it.") },
  { "domain-missing", N_ ("The provider’s name after the @ is missing. Enter the whole address, such as anna@example.org.") },
  { "domain-long", N_ ("The name after the @ is longer than any provider’s name can be. Check the address.") },
  { "domain-label", N_ ("After the @ something is wrong with a dot or a hyphen: two dots in a row, a hyphen at the edge, or a part that is too long. Check the address.") },
  { "domain-character", N_ ("After the @ stands a sign that names of providers do not have, for instance a comma instead of a dot. Check the address.") },
  { "domain-single", N_ ("The name after the @ lacks its ending, such as .com or .de. Complete the address.") },
  { "ip-literal", N_ ("After the @ stands the number of a computer. Enter an address with the name of a provider, such as anna@example.org.") },
  { "control", N_ ("The address contains an invisible character, as it can come along with copying. Type the address by hand.") },
  { "blank", N_ ("There is a space inside the address. Remove it.") },
  { "quoted", N_ ("Postweg cannot use addresses with quotation marks. Enter the address without them.") },
};
/* clang-format on */

const char *
postweg_address_fault_words (const char *fault)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_strcmp0 (fault, faults[i].fault) == 0)
      return _(faults[i].text);
  return _("This is not a complete e-mail address. Check it, it looks like anna@example.org.");
}
