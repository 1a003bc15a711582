/* What is said about settings in mail programs, and about copies and arrival. */
#include "diagnose/words.h"
#include <glib/gi18n-lib.h>

/* clang-format off */
const PostwegWords postweg_words_settings[] = {
  { POSTWEG_CAUSE_OUTGOING_MISSING,
    N_ ("The account has no outgoing server of its own"),
    NC_ ("because", "no outgoing server that fits is set up for {address}"),
    N_ ("The mail program knows no outgoing server for this account, or it uses that of another account."),
    N_ ("Set your provider’s outgoing server for this account (identity).") },
  { POSTWEG_CAUSE_SENT_NOT_FILED,
    N_ ("Sent mail is not kept"),
    NC_ ("because", "sent mail leaves no copy at {host}"),
    N_ ("The mail goes out, but no copy arrives in the folder for sent mail: the program does not keep one, or the folder cannot take it."),
    N_ ("Choose the server’s folder for sent mail in the mail program. If the mailbox is full, make room.") },
  { POSTWEG_CAUSE_SENT_TWICE,
    N_ ("Sent mail is kept twice"),
    NC_ ("because", "{host} and the mail program both keep a copy of sent mail"),
    N_ ("This provider files sent mail by itself, and the mail program does the same once more."),
    N_ ("Switch off the copy of sent mail in the mail program.") },
  { POSTWEG_CAUSE_POP_DELETES_MAIL,
    N_ ("Fetched mail disappears from the server"),
    NC_ ("because", "mail that has been fetched is deleted at {host}"),
    N_ ("The POP settings of this account delete mail at the provider after fetching, so other devices and the web page do not show it any more."),
    N_ ("Choose to leave messages on the server, or use IMAP.") },
  { POSTWEG_CAUSE_TEST_MAIL_LOST,
    N_ ("The test mail did not arrive in time"),
    NC_ ("because", "the test mail that {host} accepted did not arrive in time"),
    N_ ("The outgoing server took the mail, but it showed up neither in the inbox nor in the spam folder."),
    N_ ("Look into the spam folder and wait some minutes. Then ask the provider, and give the time and the server’s words.") },
  { POSTWEG_NO_CAUSE },
};
/* clang-format on */
