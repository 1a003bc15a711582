/* Any bytes as a fetchmailrc: what is set on an account is there when it is read again, and the other accounts stay. */
#include "clients/terminal/fetchmailrc.h"
#include "fuzz.h"
#include <string.h>

#define VALUE "an \"na\" \\x"

static void
set_and_read (GBytes *file, guint account)
{
  g_autoptr (PostwegFetchmailrc) rc = postweg_fetchmailrc_new (file);
  g_autoptr (PostwegFetchmailrc) again = NULL;
  g_autoptr (GBytes) written = NULL;
  guint n = postweg_fetchmailrc_n_accounts (rc);

  postweg_fetchmailrc_set (rc, account, "service", "993");
  postweg_fetchmailrc_set (rc, account, "username", VALUE);
  postweg_fetchmailrc_set_flag (rc, account, "ssl", TRUE);
  written = postweg_fetchmailrc_bytes (rc);
  again = postweg_fetchmailrc_new (written);
  g_assert_cmpuint (postweg_fetchmailrc_n_accounts (again), ==, postweg_fetchmailrc_n_accounts (rc));
  /* a file that fetchmail would refuse may not hold it; that is noticed by reading back */
  if (postweg_fetchmailrc_n_accounts (again) != n || n <= account)
    return;
  g_assert_cmpstr (postweg_fetchmailrc_get (again, account, "service"), ==,
                   postweg_fetchmailrc_get (rc, account, "service"));
  g_assert_cmpstr (postweg_fetchmailrc_get (again, account, "username"), ==,
                   postweg_fetchmailrc_get (rc, account, "username"));
  g_assert_true (postweg_fetchmailrc_flag (again, account, "ssl", FALSE) ==
                 postweg_fetchmailrc_flag (rc, account, "ssl", FALSE));
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, length);
  g_autoptr (PostwegFetchmailrc) rc = postweg_fetchmailrc_new (file);
  g_autoptr (GBytes) same = postweg_fetchmailrc_bytes (rc);

  /* no text file: refused before it is read */
  if (length > 0 && memchr (bytes, '\0', length) != NULL)
    return 0;
  g_assert_true (g_bytes_equal (file, same));
  for (guint i = 0; i < MIN (postweg_fetchmailrc_n_accounts (rc), 4); i++)
    {
      postweg_fetchmailrc_poll (rc, i);
      set_and_read (file, i);
    }
  return 0;
}
