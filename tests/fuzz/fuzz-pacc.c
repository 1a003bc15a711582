/* Any bytes as a PACC file, and as the record with its digest. */
#include "discover/pacc.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (PostwegAddress) address = fuzz_address ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) servers = postweg_pacc_parse ((const char *) bytes, length, address, &error);
  g_autofree char *record = g_strndup ((const char *) bytes, length);
  g_autofree char *digest = postweg_pacc_digest (record);

  g_assert_true ((servers == NULL) == (error != NULL));
  if (servers != NULL)
    fuzz_check_servers (servers);
  /* nobody can write the digest of a text into the text */
  if (digest != NULL)
    g_assert_false (postweg_pacc_digest_fits (digest, (const char *) bytes, length));
  return 0;
}
