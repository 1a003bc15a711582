/* Accounts <-> files of mail programs: one row per program behind {find, read, plan}; apply and undo are the same for all. */
#pragma once
#include "clients/store.h"
#include "model/program.h"

/* What a mail program can do with an account, and which parts of it it keeps. */
typedef enum {
  POSTWEG_CAN_IMAP = 1 << 0,
  POSTWEG_CAN_POP3 = 1 << 1,
  POSTWEG_CAN_SMTP = 1 << 2,
  POSTWEG_CAN_TLS = 1 << 3, /* implicit */
  POSTWEG_CAN_STARTTLS = 1 << 4,
  POSTWEG_CAN_PLAIN = 1 << 5, /* no encryption */
  POSTWEG_CAN_OAUTH2 = 1 << 6,
  POSTWEG_CAN_ENCRYPTED = 1 << 7,       /* CRAM-MD5 and the like */
  POSTWEG_CAN_SEND_OPEN = 1 << 8,       /* sending without a sign-in */
  POSTWEG_CAN_OTHER_USER = 1 << 9,      /* another user name for sending than for receiving */
  POSTWEG_CAN_KEEP = 1 << 10,           /* POP: messages can stay on the server */
  POSTWEG_CAN_TAKE = 1 << 11,           /* POP: messages can be taken from the server */
  POSTWEG_CAN_DAYS = 1 << 12,           /* POP: … after some days */
  POSTWEG_CAN_DELETE_THERE = 1 << 13,   /* POP: delete there when deleted here */
  POSTWEG_CAN_UNICODE = 1 << 14,        /* addresses and user names that are not ASCII */
  POSTWEG_CAN_UNICODE_SECRET = 1 << 15, /* passwords that are not ASCII */
  POSTWEG_KEEPS_NAME = 1 << 16,         /* the name that recipients see */
  POSTWEG_KEEPS_ADDRESS = 1 << 17,
  POSTWEG_IS_OUTPUT = 1 << 18,    /* writes files to be carried elsewhere, into a folder that is named */
  POSTWEG_LOSES_QUOTES = 1 << 19, /* signs in to receive without protecting quotation marks and backslashes */
} PostwegAbility;

/* What an export needs to know besides the account. */
typedef struct {
  const char *home; /* the person's home folder */
  const char
      *profile; /* a profile folder (or the settings file itself), or NULL for the program's default profile;
                             for POSTWEG_IS_OUTPUT the folder that the files go into, never NULL */
  const char *replace;    /* id of an account there to be mended in place, or NULL to add a new one */
  gboolean files_sent;    /* the provider files sent mail itself: the program must not do it a second time */
  gboolean same_provider; /* both servers are documented by one provider: one password may serve both */
  const PostwegCredentials *credentials; /* to be handed over, or NULL: the program asks */
  gboolean
      password_in_file; /* the person allows it to stand in the program's own file where there is no better place */
} PostwegExport;

typedef struct _PostwegClient PostwegClient;
struct _PostwegClient {
  const char *id; /* PROGRAM of the command-line contract */
  const char *name;
  PostwegClientKind kind;
  guint abilities;       /* PostwegAbility */
  gconstpointer details; /* what programs of the same make differ in: of the type that its functions know */
  /* Looks for profiles below the home folder and appends them to `programs` (PostwegProgram), accounts read. Never fails:
   * what cannot be read is noted in the program. */
  void (*find) (const PostwegClient *client, const char *home, GPtrArray *programs);
  /* Reads one profile folder. NULL: what it writes is not read back. Errors: NOT_FOUND, CANNOT_READ, BAD_FORMAT. */
  PostwegProgram *(*read) (const PostwegClient *client, const char *profile, GError **error);
  /* Works out what adding this account to the profile would change; writes nothing. profile NULL: the default profile below
   * `home`, made if there is none. Errors: NOT_FOUND, CANNOT_READ, BAD_FORMAT, PROGRAM_RUNNING, UNSUPPORTED, ALREADY_THERE (the same server
   * and user with other settings). */
  PostwegPlan *(*plan) (const PostwegClient *client, const PostwegAccount *account,
                        const PostwegExport *options, GError **error);
  /* What its own service keeps; NULL: the program keeps everything in files. */
  const PostwegStore *bus;
  /* Asks the program itself, once the plan is made, whether it reads what was meant. NULL: it cannot be asked.
   * Returns: (transfer full): a sentence about what it has said; NULL without an error: the program is not there; NULL with BAD_FORMAT: it
   * reads something else */
  char *(*prove) (const PostwegClient *client, const PostwegPlan *plan, GError **error);
  /* Whether it runs with this profile and would write over a change or not see it. NULL: that does no harm, or the plan has a lock. */
  gboolean (*is_running) (const PostwegClient *client, const char *profile);
  const char *how_to_quit; /* sentence for people with such a program; NULL: they close its window */
};

/* The table's functions, called for a row. Read: NOT_FOUND too for a program whose files are not read. */
void postweg_client_find (const PostwegClient *client, const char *home, GPtrArray *programs);
PostwegProgram *postweg_client_read (const PostwegClient *client, const char *profile, GError **error);

/* NULL-terminated. */
const PostwegClient *const *postweg_clients_all (void);
/* NULL-terminated, in the same order. */
const char *const *postweg_client_ids (void);
/* Returns: (transfer none): NULL if there is no such program */
const PostwegClient *postweg_client_by_id (const char *id);

/* What the program can do with this account: FALSE with UNSUPPORTED and a sentence that names the nearest thing that works, or BAD_INPUT where the
 * account lacks a part. Errors: UNSUPPORTED, BAD_INPUT. */
gboolean postweg_client_accepts (const PostwegClient *client, const PostwegAccount *account,
                                 const PostwegExport *options, GError **error);
/* Returns: (transfer full): the account as the program can keep it: what will be read back */
PostwegAccount *postweg_client_keeps (const PostwegClient *client, const PostwegAccount *account);
/* FALSE with PROGRAM_RUNNING if the profile is in use. program: the id. */
gboolean postweg_client_is_closed (const char *program, const char *profile, GError **error);
/* Accepts, plans, and says in the plan what must be read back. Errors as PostwegClient.plan and postweg_client_accepts(). */
PostwegPlan *postweg_client_plan (const PostwegClient *client, const PostwegAccount *account,
                                  const PostwegExport *options, GError **error);
/* Whether the account is there now as the plan meant it, read from the program's own files; TRUE if they are not read back. */
gboolean postweg_client_has (const PostwegClient *client, const PostwegPlan *plan);
/* Returns: (transfer full): the id under which it is there; NULL if it is not */
char *postweg_client_id_of (const PostwegClient *client, const PostwegPlan *plan);

/* Returns: (transfer full): where programs keep their settings: $XDG_CONFIG_HOME for the person's own home folder, else HOME/.config */
char *postweg_config_home (const char *home);
