/* Any bytes as an autoconfig file. */
#include "discover/autoconfig.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (PostwegAddress) address = fuzz_address ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegAutoconfig) config =
      postweg_autoconfig_parse ((const char *) bytes, length, address, &error);

  g_assert_true ((config == NULL) == (error != NULL));
  if (config == NULL)
    return 0;
  g_assert_cmpuint (config->servers->len, >, 0);
  fuzz_check_servers (config->servers);
  return 0;
}
