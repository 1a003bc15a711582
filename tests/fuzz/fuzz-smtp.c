/* Any bytes as everything that a server says over SMTP. */
#include "fuzz-session.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  return fuzz_session (POSTWEG_SMTP, &postweg_road_smtp, bytes, length);
}
