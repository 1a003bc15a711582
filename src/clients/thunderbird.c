/* Thunderbird and Betterbird: the rows of the table, and the folders where they keep their profiles. */
#include "clients/rows.h"
#include "clients/thunderbird.h"

/* Hashes as Thunderbird 153 itself writes them into profiles.ini when it runs from that folder. */
static const char *const native_installs[] = { "/usr/lib/thunderbird", "FDC34C9F024745EB", NULL };
static const char *const flathub_installs[] = { "", "BD520B11F73A6B64", NULL };
static const char *const unknown_installs[] = { NULL };

static const PostwegThunderbirdRoot thunderbird_roots[] = {
  { ".thunderbird", "Thunderbird", NULL, native_installs },
  { ".config/thunderbird", "Thunderbird", NULL, native_installs },
  { ".var/app/org.mozilla.Thunderbird/.thunderbird", "Thunderbird (Flatpak)",
    ".var/app/org.mozilla.Thunderbird", flathub_installs },
  { ".var/app/net.thunderbird.Thunderbird/.thunderbird", "Thunderbird (Flatpak)",
    ".var/app/net.thunderbird.Thunderbird", unknown_installs },
  { "snap/thunderbird/common/.thunderbird", "Thunderbird (Snap)", "snap/thunderbird", unknown_installs },
};

static const PostwegThunderbirdRoot betterbird_roots[] = {
  { ".var/app/eu.betterbird.Betterbird/.thunderbird", "Betterbird (Flatpak)",
    ".var/app/eu.betterbird.Betterbird", unknown_installs },
};

static const PostwegThunderbirdKind thunderbird = { "thunderbird", "Thunderbird", thunderbird_roots,
                                                    G_N_ELEMENTS (thunderbird_roots) };
static const PostwegThunderbirdKind betterbird = { "betterbird", "Betterbird", betterbird_roots,
                                                   G_N_ELEMENTS (betterbird_roots) };

/* The sign-in pages that it knows, and other things of its own: see postweg_thunderbird_accepts(). */
#define ABILITIES                                                                                            \
  (POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |         \
   POSTWEG_CAN_PLAIN | POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_SEND_OPEN |                  \
   POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_KEEP | POSTWEG_CAN_TAKE | POSTWEG_CAN_DAYS |                         \
   POSTWEG_CAN_DELETE_THERE | POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME |        \
   POSTWEG_KEEPS_ADDRESS)

const PostwegClient postweg_client_thunderbird = {
  .id = "thunderbird",
  .name = "Thunderbird",
  .kind = POSTWEG_KIND_DESKTOP,
  .abilities = ABILITIES,
  .details = &thunderbird,
  .find = postweg_thunderbird_find,
  .read = postweg_thunderbird_read,
  .plan = postweg_thunderbird_plan,
};
const PostwegClient postweg_client_betterbird = {
  .id = "betterbird",
  .name = "Betterbird",
  .kind = POSTWEG_KIND_DESKTOP,
  .abilities = ABILITIES,
  .details = &betterbird,
  .find = postweg_thunderbird_find,
  .read = postweg_thunderbird_read,
  .plan = postweg_thunderbird_plan,
};
