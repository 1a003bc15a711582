/* What a person has said and Postweg has found on the way from an address to a working mail program; all pages share one. */
#pragma once
#include "checkup/complaint.h"
#include "ui/place.h"
#include <glib-object.h>

#define POSTWEG_TYPE_JOURNEY (postweg_journey_get_type ())
G_DECLARE_FINAL_TYPE (PostwegJourney, postweg_journey, POSTWEG, JOURNEY, GObject)

/* Which way leads from page to page. */
typedef enum {
  POSTWEG_ROAD_SETUP,    /* from an address to a mail program */
  POSTWEG_ROAD_DOCTOR,   /* an account that stands in a mail program */
  POSTWEG_ROAD_PRACTICE, /* servers on this computer */
} PostwegRoad;

PostwegJourney *postweg_journey_new (void);
/* A journey with the practice mailbox: everything is known already, and nothing is asked of the network. Takes the box. */
PostwegJourney *postweg_journey_new_practice (PostwegPracticeBox *box);
PostwegRoad postweg_journey_get_road (PostwegJourney *self);
/* An account that stands in a mail program, to be tested and mended. Takes the place; forgets what was said and found before. */
void postweg_journey_take_place (PostwegJourney *self, PostwegPlace *place);
/* Returns: (transfer none): NULL for an account that is being set up */
const PostwegPlace *postweg_journey_get_place (PostwegJourney *self);
/* Whether the account is another one than what stands there. */
gboolean postweg_journey_is_mended (PostwegJourney *self);
/* Returns: (transfer none): the open practice mailbox; NULL when this is a real journey, or the box was closed */
const PostwegPracticeBox *postweg_journey_get_box (PostwegJourney *self);
/* Stops the servers at once; what was said and found stays. */
void postweg_journey_close_box (PostwegJourney *self);

/* What the person said is wrong, for the account that comes next or is being looked at; it orders the findings of every result. Another one
 * makes the result obsolete, since other things are looked at. */
void postweg_journey_set_complaint (PostwegJourney *self, PostwegComplaint complaint);
PostwegComplaint postweg_journey_get_complaint (PostwegJourney *self);
/* Returns: (transfer none): what is to be said about it when the result has nothing of that sort, or NULL */
const char *postweg_journey_get_complaint_answer (PostwegJourney *self);

/* Setters take copies unless they say otherwise; getters lend. NULL stands for "not yet". */
void postweg_journey_set_person (PostwegJourney *self, const char *name, const char *address);
const char *postweg_journey_get_name (PostwegJourney *self);
const char *postweg_journey_get_address (PostwegJourney *self);

/* Takes the discovery. A new one makes what was chosen for another address obsolete. */
void postweg_journey_take_discovery (PostwegJourney *self, PostwegDiscovery *discovery);
const PostwegDiscovery *postweg_journey_get_discovery (PostwegJourney *self);
/* Returns: (transfer none): the provider, or NULL when it is not known */
const PostwegProvider *postweg_journey_get_provider (PostwegJourney *self);

/* Who may be asked about addresses: the person's answer for as long as the program runs. */
void postweg_journey_set_consent (PostwegJourney *self, PostwegConsent consent);
PostwegConsent postweg_journey_get_consent (PostwegJourney *self);
/* The consent when the discovery was taken. */
PostwegConsent postweg_journey_get_asked_with (PostwegJourney *self);

/* The answers of the POP-or-IMAP page, and its outcome. */
PostwegHabits *postweg_journey_get_habits (PostwegJourney *self);
void postweg_journey_set_protocol (PostwegJourney *self, PostwegProtocol protocol,
                                   const PostwegPopOptions *pop);
PostwegProtocol postweg_journey_get_protocol (PostwegJourney *self);
const PostwegPopOptions *postweg_journey_get_pop_options (PostwegJourney *self);

/* What will be tested and written. Another account than before makes the result obsolete. */
void postweg_journey_set_account (PostwegJourney *self, const PostwegAccount *account);
const PostwegAccount *postweg_journey_get_account (PostwegJourney *self);
/* Takes the credentials; NULL wipes them. The result of a test with the old ones is obsolete. */
void postweg_journey_take_credentials (PostwegJourney *self, PostwegCredentials *credentials);
const PostwegCredentials *postweg_journey_get_credentials (PostwegJourney *self);
/* The person confirmed the sign-in without encryption for this account; another account must be confirmed again. */
void postweg_journey_set_plaintext_confirmed (PostwegJourney *self, gboolean confirmed);
gboolean postweg_journey_get_plaintext_confirmed (PostwegJourney *self);
/* Additional authorities (PEM) from the command line, or NULL. */
void postweg_journey_set_trust_file (PostwegJourney *self, const char *file);
const char *postweg_journey_get_trust_file (PostwegJourney *self);

/* Whether the next test draws the map of ports, too. */
void postweg_journey_set_ports (PostwegJourney *self, gboolean ports);
gboolean postweg_journey_get_ports (PostwegJourney *self);

/* Takes the result; NULL asks for a new test. */
void postweg_journey_take_result (PostwegJourney *self, PostwegTestResult *result);
const PostwegTestResult *postweg_journey_get_result (PostwegJourney *self);
/* Another number for each result that is taken, and after it became obsolete. */
guint postweg_journey_get_result_serial (PostwegJourney *self);
/* Puts what became of a mail to oneself into the result that it was sent for, if that is still there; see postweg_checkup_deliver_finish(). */
gboolean postweg_journey_finish_delivery (PostwegJourney *self, GAsyncResult *answer, guint serial,
                                          GError **error);
/* What is different from the last test of the same account since the program was started, in sentences, and when that was. Both NULL
 * without a result, without an earlier test, or where the two have no side in common. */
const GPtrArray *postweg_journey_get_comparison (PostwegJourney *self);
const char *postweg_journey_get_comparison_heading (PostwegJourney *self);
/* Returns: (transfer full): what a test of the account needs; there must be an account */
PostwegTestRequest *postweg_journey_test_request (PostwegJourney *self);

/* Wipes the password and everything else that was said and found, for another account. */
void postweg_journey_forget (PostwegJourney *self);
