/* Any bytes as everything that a server says over POP3. */
#include "fuzz-session.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  return fuzz_session (POSTWEG_POP3, &postweg_road_pop3, bytes, length);
}
