/* Any bytes as a muttrc: what is set is there when it is read again; every byte of an untouched file stays. */
#include "clients/terminal/muttrc.h"
#include "fuzz.h"
#include <string.h>

static void
set_and_read (GBytes *file, const char *value)
{
  g_autoptr (PostwegMuttrc) rc = postweg_muttrc_new (file);
  g_autoptr (PostwegMuttrc) again = NULL;
  g_autoptr (GBytes) written = NULL;

  postweg_muttrc_set (rc, "imap_user", value);
  /* behind a quote that is never closed nothing can be set; that is noticed by reading back */
  if (g_strcmp0 (postweg_muttrc_get (rc, "imap_user"), value) != 0)
    return;
  written = postweg_muttrc_bytes (rc);
  again = postweg_muttrc_new (written);
  g_assert_cmpstr (postweg_muttrc_get (again, "imap_user"), ==, value);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, length);
  g_autoptr (PostwegMuttrc) rc = postweg_muttrc_new (file);
  g_autoptr (GBytes) same = postweg_muttrc_bytes (rc);

  /* no text file: refused before it is read */
  if (length > 0 && memchr (bytes, '\0', length) != NULL)
    return 0;
  g_assert_true (g_bytes_equal (file, same));
  g_assert_cmpuint (postweg_muttrc_sources (rc)->len, <=, length);
  set_and_read (file, "anna");
  set_and_read (file, "a \"b\" 'c' $d `e` \\f #g;h");
  return 0;
}
