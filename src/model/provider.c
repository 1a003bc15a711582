/* What can be computed from a provider's facts. */
#include "model/provider.h"
#include <string.h>

char *
postweg_user_form_apply (PostwegUserForm form, const char *address)
{
  const char *at = strrchr (address, '@');

  if (form == POSTWEG_USER_OTHER)
    return g_strdup ("");
  if (form == POSTWEG_USER_ADDRESS || at == NULL)
    return g_strdup (address);
  if (form == POSTWEG_USER_LOCAL)
    return g_strndup (address, (gsize) (at - address));
  return g_strdup_printf ("%.*s.%s", (int) (at - address), address, at + 1);
}
