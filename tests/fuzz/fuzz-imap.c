/* Any bytes as everything that a server says over IMAP. */
#include "fuzz-session.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  return fuzz_session (POSTWEG_IMAP, &postweg_road_imap, bytes, length);
}
