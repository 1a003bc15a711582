/* What the fuzzers share: an address, and what must hold for each server whatever the bytes were. */
#pragma once
#include "model/discovery.h"
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length);

static inline PostwegAddress *
fuzz_address (void)
{
  return postweg_address_parse ("anna.b@firm.example", NULL);
}

/* Servers that get this far are shown and connected to. */
static inline void
fuzz_check_servers (const GPtrArray *servers)
{
  g_assert_cmpuint (servers->len, <=, 64);
  for (guint i = 0; i < servers->len; i++)
    {
      const PostwegFoundServer *found = g_ptr_array_index (servers, i);

      g_assert_true (postweg_host_is_valid (found->server->host));
      g_assert_cmpuint (found->server->port, !=, 0);
      g_assert_cmpuint (found->n_auths, >=, 1);
      g_assert_cmpuint (found->n_auths, <=, POSTWEG_MAX_AUTHS);
      g_assert_nonnull (found->server->user);
    }
}
