/* What the window and the command can do, each thing in one verb; everything here is called on the main context and answers there. */
#pragma once
#include "model/advice.h"
#include "model/discovery.h"
#include "model/plan.h"
#include "model/play.h"
#include "model/program.h"
#include "model/secret.h"
#include "model/test-result.h"
#include <gio/gio.h>

/* address -> accounts found */

typedef struct {
  char *address; /* as typed */
  PostwegConsent consent;
  char *trust_file; /* additional authorities (PEM), or NULL */
  gboolean
      thorough; /* for the domain's owner: everything is asked and looked at, and what is wrong comes as notes */
  char *
      name_server; /* "ADDRESS:PORT" to be asked instead of the system's for MX, SRV and TXT, or NULL; for laboratories */
} PostwegFindRequest;

PostwegFindRequest *postweg_find_request_new (const char *address, PostwegConsent consent);
void postweg_find_request_free (PostwegFindRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegFindRequest, postweg_find_request_free)

/* Told on the main context while the search runs; may be NULL. */
typedef struct {
  void (*back) (const char *source, guint n_servers, gpointer data); /* a source has answered */
  gpointer data;
} PostwegFindWatch;

/* What the bundled table does not know is looked for over the network, as far as the consent goes, for at most 6 s.
 * Cancelling ends it at once with what there is. Takes the request. watch: copied, or NULL.
 * Finishes with (transfer full) a discovery, also for an address that is none; error: CANNOT_READ for the trust file */
void postweg_checkup_find (PostwegFindRequest *request, const PostwegFindWatch *watch,
                           GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);
PostwegDiscovery *postweg_checkup_find_finish (GAsyncResult *result, GError **error);

/* Instant. Which hosts will be asked for settings with this consent, before they are; empty for an address that the table answers, and
 * for one that is none. Returns: (transfer full): char* */
GPtrArray *postweg_checkup_find_hosts (const char *address, PostwegConsent consent);

/* Instant. What a note of a thorough search says, and what to do. Returns: (transfer full) */
char *postweg_checkup_note_text (const PostwegPublishNote *note);
/* Instant. What the domain should publish, from the servers that a thorough search saw working.
 * srv: (out): lines of a zone file. Returns: (transfer full): an autoconfig file; NULL (both) when no server works */
char *postweg_checkup_publish (const PostwegDiscovery *discovery, char **srv);
/* Instant; the same as far as it goes without network. Returns: (transfer full) */
PostwegDiscovery *postweg_checkup_recognise (const char *address);

/* Instant. Returns: (transfer none): the provider of this domain or address, or NULL */
const PostwegProvider *postweg_checkup_provider (const char *domain_or_address);
/* Instant. Returns: (transfer none): the provider by the address, else by the servers; or NULL */
const PostwegProvider *postweg_checkup_account_provider (const PostwegAccount *account);

/* Instant. Returns: (transfer full): POP or IMAP, with reasons */
PostwegAdvice *postweg_checkup_advise (const PostwegHabits *habits, const PostwegProvider *provider);

/* The moving picture: what becomes of mail under IMAP and under POP. All instant. */
void postweg_checkup_play_start (PostwegPlay *play, PostwegProtocol protocol, const PostwegPopOptions *pop);
gboolean postweg_checkup_play_can (const PostwegPlay *play, PostwegAct act);
/* Returns: (transfer full): the sentence about what has happened */
char *postweg_checkup_play_act (PostwegPlay *play, PostwegAct act);
/* Returns: (transfer full): what every place shows now, for who cannot see the picture */
char *postweg_checkup_play_description (const PostwegPlay *play);
/* Returns: (transfer full): what stands below a place: its name and how much lies there */
char *postweg_checkup_play_place_text (const PostwegPlay *play, PostwegPlayPlace place);
/* Returns: (transfer full): how mail is dealt with under this protocol and these options, one or two short sentences */
char *postweg_checkup_play_rule (const PostwegPlay *play);
/* Returns: (transfer none): what the button of the act says */
const char *postweg_checkup_play_label (PostwegAct act);

/* account -> evidence -> findings */

typedef struct {
  PostwegAccount *account;
  PostwegCredentials *credentials; /* or NULL: everything up to the sign-in */
  PostwegSide side;                /* POSTWEG_BOTH, or one only */
  gboolean ports;                  /* draw the map of ports, too */
  gboolean allow_plaintext;        /* the person confirmed the sign-in without encryption */
  char *trust_file;                /* additional authorities (PEM), or NULL */
  guint timeout_s;                 /* for the whole test */
} PostwegTestRequest;

#define POSTWEG_TEST_TIMEOUT 60 /* s */

PostwegTestRequest *postweg_test_request_new (const PostwegAccount *account,
                                              const PostwegCredentials *credentials);
PostwegTestRequest *postweg_test_request_copy (const PostwegTestRequest *request);
void postweg_test_request_free (PostwegTestRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegTestRequest, postweg_test_request_free)

/* Told on the main context while the test runs; each may be NULL. After the test was finished or cancelled nothing is told any more. */
typedef struct {
  void (*begun) (PostwegSide side, PostwegStage stage, gpointer data);
  void (*step) (PostwegSide side, const PostwegStep *step, gpointer data);
  /* Both sides are through and findings are there; second looks may still change them. */
  void (*so_far) (const PostwegTestResult *result, gpointer data);
  gpointer data;
} PostwegTestWatch;

/* Tests both sides at the same time, then makes the second looks that the diagnosis wishes for, in at most three rounds.
 * Cancelling ends it at once with what there is. Takes the request. watch: copied, or NULL.
 * Finishes with (transfer full) a result; errors: CANNOT_READ or BAD_FORMAT for the trust file */
void postweg_checkup_test (PostwegTestRequest *request, const PostwegTestWatch *watch,
                           GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);
PostwegTestResult *postweg_checkup_test_finish (GAsyncResult *result, GError **error);

/* Instant. Whether the road of this side is closed at its port, not at its server: the answer says so.
 * port: (out): another port of the same server that was seen open, or 0 */
gboolean postweg_checkup_is_blocked (const PostwegTestResult *result, PostwegSide side, guint16 *port);

/* one mail to oneself */

/* Whether both sides were tested and work, and there is an address to send to. A mail that did not come back can be sent once more,
 * unless a server has refused the sign-in for it. */
gboolean postweg_checkup_can_deliver (const PostwegTestResult *result);
/* Sends one mail to the account's own address, waits for it, and removes it again; to be called for a result of the same account for
 * which postweg_checkup_can_deliver(). Takes the request; its timeout_s is the limit for sending, and once more for waiting. The watch
 * is told of sender, recipient, data and arrival, and of whatever fails before. Cancelling ends the waiting at once; clearing up may
 * take ten seconds then. result: only looked at now.
 * Finishes with an error only for the trust file, see postweg_checkup_test(). */
void postweg_checkup_deliver (PostwegTestRequest *request, const PostwegTestResult *result,
                              const PostwegTestWatch *watch, GCancellable *cancellable,
                              GAsyncReadyCallback done, gpointer data);
/* Puts what came of it into the result: `delivery`, further steps of both sides, findings and verdict. */
gboolean postweg_checkup_deliver_finish (GAsyncResult *answer, PostwegTestResult *result, GError **error);
/* What became of the mail, in sentences, each a line; translated. Returns: (transfer full): char* */
GPtrArray *postweg_checkup_delivery_text (const PostwegDelivery *delivery);

/* What a mended account signs in with: the same, but for sending the incoming password where that is the remedy.
 * Returns: (transfer full): or NULL for NULL */
PostwegCredentials *postweg_checkup_mended_credentials (const PostwegFinding *finding,
                                                        const PostwegCredentials *credentials);

/* Instant. format: "markdown", "html" or "json". with_addresses FALSE: addresses, user names, own hosts and numeric addresses are left out.
 * Returns: (transfer full): or NULL for an unknown format */
char *postweg_checkup_report (const PostwegTestResult *result, const char *format, gboolean with_addresses);
gboolean postweg_checkup_knows_report (const char *format);
/* Instant. Returns: (transfer full): a letter to whoever runs the server, subject line first; or NULL when nothing is wrong */
char *postweg_checkup_letter (const PostwegTestResult *result);

/* account -> mail program */

/* Whether this PROGRAM of the command-line contract can be written to. */
gboolean postweg_checkup_knows_program (const char *program);
/* Returns: (transfer full): the PROGRAM names, separated by commas */
char *postweg_checkup_program_names (void);

/* What becomes of a password that is handed over with an account. */
typedef enum {
  POSTWEG_PASSWORD_ASKED,   /* nothing: the program asks the person */
  POSTWEG_PASSWORD_KEYRING, /* it is kept where the program looks for it */
  POSTWEG_PASSWORD_FILE,    /* it can stand in the file, if the person allows it */
  POSTWEG_PASSWORD_NEEDED,  /* it must stand in the file */
} PostwegPasswordWay;

/* A program that can be written to, whether it is installed or not. Texts are static. */
typedef struct {
  const char *id, *name; /* PROGRAM of the command-line contract; the name is none to translate */
  PostwegClientKind kind;
  gboolean imap, pop3;      /* what it receives by */
  gboolean receives, sends; /* what it is there for at all */
  PostwegPasswordWay password;
  gboolean is_output; /* writes files to be carried elsewhere, into a folder that is named */
} PostwegKnownProgram;

guint postweg_checkup_n_known_programs (void);
/* In order of preference. index: below postweg_checkup_n_known_programs() */
PostwegKnownProgram postweg_checkup_known_program (guint index);
/* Returns: whether there is one */
gboolean postweg_checkup_find_known_program (const char *id, PostwegKnownProgram *known);

/* home: NULL for the person's own, always well. Returns: FALSE when what was named is no folder (BAD_INPUT) */
gboolean postweg_checkup_home_is_folder (const char *home, GError **error);
/* home: NULL for the person's own. Errors: BAD_INPUT when it is no folder. Finishes with (transfer full) PostwegProgram, in order of preference. */
void postweg_checkup_list_programs (const char *home, GCancellable *cancellable, GAsyncReadyCallback done,
                                    gpointer data);
GPtrArray *postweg_checkup_list_programs_finish (GAsyncResult *result, GError **error);

typedef struct {
  char *program; /* PROGRAM */
  PostwegAccount *account;
  char *home;                      /* NULL: the person's own */
  char *profile;                   /* NULL: the program's default profile */
  char *replace;                   /* id of the account to be mended in place, or NULL for a new one */
  char *output;                    /* folder for files that are carried elsewhere; NULL: the current one */
  PostwegCredentials *credentials; /* to be handed over where the program looks for them, or NULL */
  gboolean password_in_file; /* they may stand in the program's own file where there is no better place */
} PostwegExportRequest;

PostwegExportRequest *postweg_export_request_new (const char *program, const PostwegAccount *account);
void postweg_export_request_free (PostwegExportRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegExportRequest, postweg_export_request_free)

/* Works out the changes, writes nothing. Takes the request. Finishes with (transfer full) a plan; errors as PostwegClient.plan. */
void postweg_checkup_plan (PostwegExportRequest *request, GCancellable *cancellable, GAsyncReadyCallback done,
                           gpointer data);
PostwegPlan *postweg_checkup_plan_finish (GAsyncResult *result, GError **error);

/* Makes the changes. Takes the plan, gives it back completed with backups and the id for undo. Not cancellable: it ends within ms.
 * Errors as postweg_plan_apply(). */
void postweg_checkup_apply (PostwegPlan *plan, GAsyncReadyCallback done, gpointer data);
PostwegPlan *postweg_checkup_apply_finish (GAsyncResult *result, GError **error);

/* id: NULL for the newest. Finishes with (transfer full) what was taken back. Errors as postweg_plan_undo(). */
void postweg_checkup_undo (const char *id, GAsyncReadyCallback done, gpointer data);
PostwegPlan *postweg_checkup_undo_finish (GAsyncResult *result, GError **error);

/* Where accounts can come from on the command line. Everything may be NULL. */
typedef struct {
  char *address; /* discovered when nothing else is given; else the sender address */
  char *name;
  char *account_file; /* JSON */
  char *incoming_url, *outgoing_url;
  char *program, *account_id, *profile, *home; /* read from a mail program */
  PostwegConsent consent;                      /* who may be asked about an address */
  char *trust_file;                            /* additional authorities (PEM) for that, or NULL */
} PostwegAccountSource;

void postweg_account_source_clear (PostwegAccountSource *source);
/* Finishes with (transfer full) an account. Errors: BAD_INPUT, NOT_FOUND, CANNOT_READ, BAD_FORMAT. */
void postweg_checkup_resolve (const PostwegAccountSource *source, GCancellable *cancellable,
                              GAsyncReadyCallback done, gpointer data);
PostwegAccount *postweg_checkup_resolve_finish (GAsyncResult *result, GError **error);

/* Passwords that the person's keyring already has for the account's servers (schema org.gnome.keyring.NetworkPassword), else the token or
 * passwords of GNOME Online Accounts, which come first where the account signs in with OAuth2.
 * Finishes with (transfer full) credentials, or NULL without an error when there are none. */
void postweg_checkup_keyring (const PostwegAccount *account, GCancellable *cancellable,
                              GAsyncReadyCallback done, gpointer data);
PostwegCredentials *postweg_checkup_keyring_finish (GAsyncResult *result, GError **error);

/* The practice mailbox: servers on loopback that play a scenario, so that everything can be tried without an account and offline. */
typedef struct _PostwegPracticeBox PostwegPracticeBox;

/* Opens it. scenario: a name. Finishes with (transfer full) the box; errors: NOT_FOUND for an unknown scenario, CANNOT_WRITE. */
void postweg_checkup_practice (const char *scenario, GCancellable *cancellable, GAsyncReadyCallback done,
                               gpointer data);
PostwegPracticeBox *postweg_checkup_practice_finish (GAsyncResult *result, GError **error);
/* Closes it: the servers end, the certificates are removed. */
void postweg_practice_box_free (PostwegPracticeBox *box);
/* Everything (transfer none). */
const PostwegAccount *postweg_practice_box_account (const PostwegPracticeBox *box);
const PostwegCredentials *postweg_practice_box_credentials (const PostwegPracticeBox *box);
const char *postweg_practice_box_trust_file (const PostwegPracticeBox *box);
/* The password for receiving, which is no secret. */
const char *postweg_practice_box_password (const PostwegPracticeBox *box);
/* What a test will find first, or NULL: nothing. */
const char *postweg_practice_box_cause (const PostwegPracticeBox *box);
/* The scenarios in the order in which they are shown; names and translated titles are NULL from the end on. */
guint postweg_checkup_n_scenarios (void);
const char *postweg_checkup_scenario_name (guint index);
const char *postweg_checkup_scenario_title (guint index);
/* For a list in groups, translated: the title over the group, what it is in a few words, and what one notices of it. Scenarios of one group may
 * stand apart. */
const char *postweg_checkup_scenario_group (guint index);
const char *postweg_checkup_scenario_caption (guint index);
const char *postweg_checkup_scenario_sentence (guint index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegPracticeBox, postweg_practice_box_free)

/* an error text -> causes */

/* What is known about a text that a person pasted. Nothing is owned; everything but the text may be unknown. */
typedef struct {
  const char *text;
  gboolean protocol_known;
  PostwegProtocol protocol;
  gboolean stage_known;
  PostwegStage stage;
  const char *host;                /* or NULL */
  const PostwegProvider *provider; /* who says it, or NULL; goes before the host */
} PostwegErrorText;

/* What the text tells by itself, for the person to confirm. */
typedef struct {
  gboolean protocol_known;
  PostwegProtocol protocol;
  const PostwegProvider *provider; /* or NULL */
} PostwegErrorGuess;

/* Instant: by words that only one provider uses, and by its servers' names; an address names the recipient and is no hint. */
PostwegErrorGuess postweg_checkup_guess (const char *text);
/* Returns: (transfer none): the provider of this id, name, address, domain or server, in any case of letters; or NULL */
const PostwegProvider *postweg_checkup_provider_named (const char *words);
/* All that are known, sorted by id. */
const PostwegProvider *postweg_checkup_providers (guint *n_providers);

/* The longest text that is looked at, in bytes; the rest is left out. */
#define POSTWEG_ERROR_TEXT_MAX (64 * 1024)

/* Instant, and nothing leaves the computer. Returns: (transfer full): PostwegFinding, the likeliest first; empty when nothing is recognised */
GPtrArray *postweg_checkup_explain (const PostwegErrorText *error_text);
/* What the provider of the text demands of a mail program, where a sign-in was refused; findings: what postweg_checkup_explain() said.
 * Returns: (transfer container): const PostwegPrerequisite*, often none */
GPtrArray *postweg_checkup_demands (const PostwegErrorText *error_text, const GPtrArray *findings);

/* Sentences that the window and the command share; everything (transfer full), translated. */

/* What was found, or why nothing can be: one or two sentences. */
char *postweg_checkup_discovery_text (const PostwegDiscovery *discovery);
/* What the provider demands, in a sentence; the link is shown beside it. */
char *postweg_checkup_prerequisite_text (const PostwegPrerequisite *prerequisite);
/* The headline over a result: the first finding's, or that all is well, or that nothing was tested. */
char *postweg_checkup_verdict_text (const PostwegTestResult *result);
/* What an error of a step or an attempt says in a few words: "connection refused"; its technical name where there are none. */
char *postweg_checkup_error_text (PostwegError error);
/* Whose matter a finding is: "Your matter", "Your provider’s matter", … */
char *postweg_checkup_who_text (PostwegWho who);
/* How sure it is: "This is certain.", … */
char *postweg_checkup_confidence_text (PostwegConfidence confidence);
/* Whether a port is open, in a word or two: "open", "no answer", … */
char *postweg_checkup_port_state_text (const PostwegPort *port);
/* What answers there: protocol and first words, cleaned; "" where nothing is known. */
char *postweg_checkup_port_service_text (const PostwegPort *port);
