/* Where the Thunderbird family keeps its profiles, and which one an export means. */
#pragma once
#include "clients/clients.h"
#include "clients/thunderbird/profiles.h"

/* The sign-in pages that it knows, and other things of its own: see postweg_thunderbird_accepts(). */
#define POSTWEG_THUNDERBIRD_ABILITIES                                                                        \
  (POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |         \
   POSTWEG_CAN_PLAIN | POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_SEND_OPEN |                  \
   POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_KEEP | POSTWEG_CAN_TAKE | POSTWEG_CAN_DAYS |                         \
   POSTWEG_CAN_DELETE_THERE | POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME |        \
   POSTWEG_KEEPS_ADDRESS)

typedef struct {
  const char *folder; /* with profiles.ini, below the home folder */
  const char *name;   /* "Thunderbird (Flatpak)" */
  const char *sign;   /* a folder below the home folder that shows that this kind is used here; NULL: none */
  const char *const
      *installs; /* pairs of a folder ("" if it is not visible from here) and its hash; NULL-terminated */
} PostwegThunderbirdRoot;

typedef struct {
  const char *program; /* "thunderbird" */
  const char *name;
  const PostwegThunderbirdRoot *roots; /* in order of preference for a new profile */
  guint n_roots;
} PostwegThunderbirdKind;

/* What an export is written to. */
typedef struct {
  char *name;    /* of the program, for people */
  char *profile; /* folder; need not be there yet */
  PostwegProfiles
      *profiles;      /* the list that must be changed so that the program opens the profile; NULL: none */
  char *path;         /* the profile as that list names it */
  gboolean is_listed; /* it is in that list already */
  const char *hash;   /* of the installation */
} PostwegThunderbirdPlace;

/* Returns: (transfer full): NULL if the list cannot be read */
PostwegProfiles *postweg_thunderbird_profiles (const PostwegThunderbirdRoot *root, const char *home);
/* The installation's hash, or the usual one when it is not on this computer (a profile can be made ahead); NULL if none is known. */
const char *postweg_thunderbird_hash (const PostwegThunderbirdRoot *root);
/* Whether this kind is installed, or its folder shows that it was used. */
gboolean postweg_thunderbird_is_used (const PostwegThunderbirdRoot *root, const char *home);

/* The profile that the options name; else the default profile; else a new one.
 * Errors: NOT_FOUND, CANNOT_READ. */
PostwegThunderbirdPlace *postweg_thunderbird_place (const PostwegThunderbirdKind *kind,
                                                    const PostwegExport *options, GError **error);
void postweg_thunderbird_place_free (PostwegThunderbirdPlace *place);

/* Functions of the table. */
void postweg_thunderbird_find (const PostwegClient *client, const char *home, GPtrArray *programs);
PostwegProgram *postweg_thunderbird_read (const PostwegClient *client, const char *profile, GError **error);
PostwegPlan *postweg_thunderbird_plan (const PostwegClient *client, const PostwegAccount *account,
                                       const PostwegExport *options, GError **error);

/* Whether this account can be kept in Thunderbird and works there. Errors: BAD_INPUT, UNSUPPORTED. */
gboolean postweg_thunderbird_accepts (const PostwegAccount *account, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegThunderbirdPlace, postweg_thunderbird_place_free)
