/* Any bytes as an Autodiscover answer. */
#include "discover/autodiscover.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (PostwegAddress) address = fuzz_address ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegAutodiscover) answer =
      postweg_autodiscover_parse ((const char *) bytes, length, address, &error);

  g_assert_true ((answer == NULL) == (error != NULL));
  if (answer == NULL)
    return 0;
  fuzz_check_servers (answer->servers);
  g_assert_true (answer->redirect == NULL || postweg_host_is_valid (answer->redirect));
  return 0;
}
