/* Any bytes as an Emacs init file: what is replaced is there when it is read again. */
#include "clients/terminal/elisp.h"
#include "fuzz.h"
#include <string.h>

#define VALUE "imap.\"firm\".example\\"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  static const char *const names[] = { "user-mail-address", "nnimap-address", "smtpmail-smtp-server" };
  g_autoptr (GBytes) file = g_bytes_new (bytes, length);
  g_autoptr (PostwegElisp) lisp = postweg_elisp_new (file);
  g_autoptr (GBytes) same = postweg_elisp_bytes (lisp);
  g_autofree char *form = postweg_elisp_string (VALUE);

  /* no text file: refused before it is read */
  if (length > 0 && memchr (bytes, '\0', length) != NULL)
    return 0;
  g_assert_true (g_bytes_equal (file, same));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PostwegElisp) changed = postweg_elisp_new (file);
      g_autoptr (PostwegElisp) again = NULL;
      g_autoptr (GBytes) written = NULL;

      if (!postweg_elisp_replace (changed, names[i], form))
        continue;
      written = postweg_elisp_bytes (changed);
      again = postweg_elisp_new (written);
      g_assert_cmpstr (postweg_elisp_get (again, names[i]), ==, VALUE);
      postweg_elisp_insert_behind (changed, names[i], "(nnimap-server-port 993)");
    }
  return 0;
}
