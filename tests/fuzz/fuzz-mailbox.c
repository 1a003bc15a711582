/* Any bytes as “Name <address>” and as a server's URL in settings: what is written from them reads the same. */
#include "clients/terminal/mail-url.h"
#include "clients/mailbox.h"
#include "clients/text-program.h"
#include "fuzz.h"
#include "model/address.h"
#include <string.h>

static void
check_mailbox (const char *text)
{
  g_autofree char *name = NULL, *address = NULL, *written = NULL, *name_again = NULL, *address_again = NULL;

  postweg_mailbox_parse (text, &name, &address);
  g_assert_true (g_utf8_validate (name, -1, NULL) || !g_utf8_validate (text, -1, NULL));
  if (!g_utf8_validate (name, -1, NULL) || !g_str_is_ascii (address) || strchr (address, '@') == NULL ||
      strpbrk (address, "\"<>(),;:\\ \t\r\n") != NULL)
    return;
  written = postweg_mailbox_format (name, address);
  g_assert_null (strpbrk (written, "\r\n"));
  postweg_mailbox_parse (written, &name_again, &address_again);
  g_assert_cmpstr (address_again, ==, address);
}

static void
check_url (const char *text)
{
  g_autoptr (PostwegMailUrl) url = postweg_mail_url_parse (text);
  g_autoptr (PostwegMailUrl) again = NULL;
  g_autofree char *written = NULL;
  g_autofree char *host = NULL;

  /* host and password stand there as somebody wrote them */
  host = url != NULL ? postweg_host_normalise (url->host) : NULL;
  if (host == NULL || strcmp (host, url->host) != 0 || url->password != NULL)
    return;
  written = postweg_mail_url_format (url);
  g_assert_null (strpbrk (written, "\r\n\"' #;$`"));
  again = postweg_mail_url_parse (written);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->user, ==, url->user);
  g_assert_cmpuint (again->port, ==, url->port);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_autofree char *shown = postweg_text_conceal (text);

  g_assert_nonnull (shown);
  check_mailbox (text);
  check_url (text);
  return 0;
}
