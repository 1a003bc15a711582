/* What providers demand before a mail program can sign in, said so that it can be done. */
#include "discover/words.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const struct {
  const char *code;
  const char *protocol; /* "" for every other protocol too */
  const char *text;
} demands[] = {
  { "enable", "imap", N_ ("Switch on IMAP in the settings of your mailbox on the provider’s web page. Until then the provider refuses mail programs.") },
  { "enable", "pop3", N_ ("Switch on POP in the settings of your mailbox on the provider’s web page. Until then the provider refuses POP.") },
  { "enable", "smtp", N_ ("Switch on sending with mail programs (SMTP) in the settings of your mailbox on the provider’s web page.") },
  { "enable", "", N_ ("Switch on access for mail programs (IMAP, POP) in the settings of your mailbox on the provider’s web page. Until then the provider refuses them.") },
  { "imap-enable", "", N_ ("Switch on IMAP in the settings of your mailbox on the provider’s web page. Until then the provider refuses mail programs.") },
  { "pop-enable", "", N_ ("If you want to use POP, switch it on first in the settings of your mailbox on the provider’s web page.") },
  { "smtp-enable", "", N_ ("Sending with mail programs (SMTP) has a switch of its own at this provider. Switch it on, or you can receive but not send.") },
  { "app-password", "", N_ ("The password for the web page is refused here. Make an app password at the provider and use that in the mail program.") },
  { "app-password-if-2fa", "", N_ ("If your account is protected by two-step sign-in or a similar extra lock, make an app password at the provider and use that instead of your password.") },
  { "separate-password", "", N_ ("This provider has a password of its own for mail programs, other than the one for the web page. Set it at the provider and use it here.") },
  { "authorization-code", "", N_ ("The provider gives out an authorization code for mail programs. Have one made on its web page and use it in place of the password.") },
  { "oauth2-only", "", N_ ("Passwords are not accepted in mail programs. You sign in on the provider’s web page, which the mail program opens by itself.") },
  { "oauth2", "", N_ ("You can sign in on the provider’s web page. The mail program opens it by itself, and no password is kept in it.") },
  { "admin", "", N_ ("Whether mail programs may be used is decided by the administrator of your company or school. If you are refused, ask there.") },
  { "plan", "", N_ ("Some plans of this provider, mostly the free ones, do not allow mail programs. Check which plan you have.") },
  { "account-specific-host", "", N_ ("Each customer has own server names here. Look for them in the customer area or in the provider’s first letter to you.") },
  { "poll-interval", "", N_ ("The provider allows fetching by POP only every few minutes. Set the mail program to 15 minutes or more, or the password seems wrong.") },
  { "migrating", "", N_ ("The provider is moving its mailboxes to another company. If these servers refuse you, ask the provider whether yours has moved.") },
  { "check", "imap", N_ ("The IMAP server has not been confirmed by the provider. Compare it with the provider’s instructions.") },
  { "check", "pop3", N_ ("The POP server has not been confirmed by the provider. If you want to use POP, compare it with the provider’s instructions.") },
  { "check", "smtp", N_ ("The outgoing server has not been confirmed by the provider. Compare it with the provider’s instructions.") },
  { "check", "", N_ ("What is known about this provider has not been confirmed. Compare it with the provider’s instructions.") },
};
/* clang-format on */

char *
postweg_prerequisite_words (const PostwegPrerequisite *prerequisite)
{
  for (guint i = 0; i < G_N_ELEMENTS (demands); i++)
    if (strcmp (demands[i].code, prerequisite->code) == 0 &&
        (*demands[i].protocol == '\0' || strcmp (demands[i].protocol, prerequisite->protocol) == 0))
      return g_strdup (_(demands[i].text));
  return g_strdup (
      _("The provider demands something more of mail programs. Look it up in its instructions."));
}
