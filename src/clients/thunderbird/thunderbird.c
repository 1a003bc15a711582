/* Thunderbird and Betterbird: the rows of the table, and the folders where they keep their profiles. */
#include "clients/rows.h"
#include "clients/thunderbird/thunderbird.h"

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

const PostwegClient postweg_client_thunderbird = {
  .id = "thunderbird",
  .name = "Thunderbird",
  .kind = POSTWEG_KIND_DESKTOP,
  .abilities = POSTWEG_THUNDERBIRD_ABILITIES,
  .details = &thunderbird,
  .find = postweg_thunderbird_find,
  .read = postweg_thunderbird_read,
  .plan = postweg_thunderbird_plan,
};
const PostwegClient postweg_client_betterbird = {
  .id = "betterbird",
  .name = "Betterbird",
  .kind = POSTWEG_KIND_DESKTOP,
  .abilities = POSTWEG_THUNDERBIRD_ABILITIES,
  .details = &betterbird,
  .find = postweg_thunderbird_find,
  .read = postweg_thunderbird_read,
  .plan = postweg_thunderbird_plan,
};
