/* Any bytes as an account: JSON, a server's URL, an address. What is accepted is written again and reads the same. */
#include "fuzz.h"
#include "model/account-json.h"
#include "model/json.h"
#include <string.h>

static void
check_server (const PostwegServer *server)
{
  g_autofree char *host = NULL;

  if (server == NULL)
    return;
  host = postweg_host_normalise (server->host);
  g_assert_cmpstr (host, ==, server->host);
  g_assert_cmpuint (server->port, !=, 0);
  g_assert_null (strpbrk (server->user, "\r\n"));
}

static void
read_json (const char *text, size_t length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegAccount) account = postweg_account_from_json (text, (gssize) length, &error);
  g_autoptr (PostwegAccount) again = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *written = NULL;

  g_assert_true ((account == NULL) == (error != NULL));
  if (account == NULL)
    return;
  check_server (account->incoming);
  check_server (account->outgoing);
  node = postweg_account_to_json (account);
  written = postweg_json_text (node);
  again = postweg_account_from_json (written, -1, NULL);
  g_assert_nonnull (again);
  g_assert_true (postweg_server_equal (account->incoming, again->incoming));
  g_assert_true (postweg_server_equal (account->outgoing, again->outgoing));
  g_assert_cmpstr (account->address, ==, again->address);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_autoptr (PostwegServer) server = postweg_server_from_url (text, NULL);
  g_autoptr (PostwegAddress) address = postweg_address_parse (text, NULL);

  read_json ((const char *) bytes, length);
  check_server (server);
  if (address != NULL)
    g_assert_true (postweg_host_is_valid (address->domain));
  return 0;
}
