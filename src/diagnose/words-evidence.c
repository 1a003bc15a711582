/* Evidence lines. */
#include "diagnose/words-evidence.h"
#include "diagnose/words.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const char *const steps[POSTWEG_N_STAGES] = {
  NC_ ("step", "looking up the name"),
  NC_ ("step", "connecting"),
  NC_ ("step", "encryption (TLS)"),
  NC_ ("step", "greeting"),
  NC_ ("step", "capabilities"),
  NC_ ("step", "STARTTLS"),
  NC_ ("step", "sign-in"),
  NC_ ("step", "mailbox"),
  NC_ ("step", "sender"),
  NC_ ("step", "recipient"),
  NC_ ("step", "message"),
  NC_ ("step", "arrival"),
};

static const struct {
  PostwegError error;
  const char *text;
} errors[] = {
  { POSTWEG_ERROR_NO_SUCH_HOST, NC_ ("what was seen", "this name does not exist") },
  { POSTWEG_ERROR_NO_ADDRESS, NC_ ("what was seen", "this name has no address") },
  { POSTWEG_ERROR_NO_DNS_ANSWER, NC_ ("what was seen", "no usable answer from the name service") },
  { POSTWEG_ERROR_OFFLINE, NC_ ("what was seen", "no network connection") },
  { POSTWEG_ERROR_REFUSED, NC_ ("what was seen", "connection refused") },
  { POSTWEG_ERROR_UNREACHABLE, NC_ ("what was seen", "no way to this address") },
  { POSTWEG_ERROR_NO_CONNECTION, NC_ ("what was seen", "no answer to the attempt to connect") },
  { POSTWEG_ERROR_HUNG_UP, NC_ ("what was seen", "the server closed the connection") },
  { POSTWEG_ERROR_SILENT, NC_ ("what was seen", "connected, but no answer in time") },
  { POSTWEG_ERROR_NOT_TLS, NC_ ("what was seen", "the answer is not encrypted (no TLS)") },
  { POSTWEG_ERROR_TLS_VERSION, NC_ ("what was seen", "no common TLS version") },
  { POSTWEG_ERROR_TLS_CIPHER, NC_ ("what was seen", "no common encryption method") },
  { POSTWEG_ERROR_TLS_ABORTED, NC_ ("what was seen", "cut off while encryption was being set up") },
  { POSTWEG_ERROR_TLS_ALERT, NC_ ("what was seen", "the server turned the encryption down (TLS alert)") },
  { POSTWEG_ERROR_CERTIFICATE, NC_ ("what was seen", "the certificate is not proven for this name") },
  { POSTWEG_ERROR_STARTTLS_NOT_OFFERED, NC_ ("what was seen", "STARTTLS is not announced") },
  { POSTWEG_ERROR_STARTTLS_REFUSED, NC_ ("what was seen", "STARTTLS was turned down") },
  { POSTWEG_ERROR_STARTTLS_INJECTION, NC_ ("what was seen", "data in plain text behind the answer to STARTTLS") },
  { POSTWEG_ERROR_PREAUTH, NC_ ("what was seen", "greeting PREAUTH without encryption") },
  { POSTWEG_ERROR_WRONG_SERVICE, NC_ ("what was seen", "another service answers") },
  { POSTWEG_ERROR_MALFORMED, NC_ ("what was seen", "the answer is no valid protocol") },
  { POSTWEG_ERROR_AUTH_NOT_OFFERED, NC_ ("what was seen", "no sign-in is announced") },
  { POSTWEG_ERROR_NO_MECHANISM, NC_ ("what was seen", "the chosen way to sign in is not announced") },
  { POSTWEG_ERROR_BAD_PROOF, NC_ ("what was seen", "the server could not prove that it knows the password") },
  { POSTWEG_ERROR_OUT_OF_TIME, NC_ ("what was seen", "the time for the test was over") },
};

static const char *const speaks[] = {
  [POSTWEG_SPEAKS_UNKNOWN] = NULL,
  [POSTWEG_SPEAKS_NOTHING] = NC_ ("what was seen", "without encryption nothing answers"),
  [POSTWEG_SPEAKS_IMAP] = NC_ ("what was seen", "an IMAP server answers without encryption"),
  [POSTWEG_SPEAKS_POP3] = NC_ ("what was seen", "a POP server answers without encryption"),
  [POSTWEG_SPEAKS_SMTP] = NC_ ("what was seen", "an SMTP server answers without encryption"),
  [POSTWEG_SPEAKS_HTTP] = NC_ ("what was seen", "a web server answers"),
  [POSTWEG_SPEAKS_TLS] = NC_ ("what was seen", "an encrypted service (TLS) answers"),
  [POSTWEG_SPEAKS_OTHER] = NC_ ("what was seen", "an unknown service answers"),
};
/* clang-format on */

static const char *
translate (const char *context, const char *text)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, context, text);
}

static char *
place_of (const PostwegServer *server)
{
  return strchr (server->host, ':') != NULL ? g_strdup_printf ("[%s]:%u", server->host, server->port)
                                            : g_strdup_printf ("%s:%u", server->host, server->port);
}

static void
add_line (GPtrArray *lines, const PostwegServer *server, const char *step, const char *seen)
{
  g_autofree char *place = place_of (server);

  /* TRANSLATORS: server and port, step, what was seen there: “smtp.example.org:587, sign-in: connection refused” */
  g_ptr_array_add (lines, g_strdup_printf (_ ("%s, %s: %s"), place, translate ("step", step), seen));
}

const char *
postweg_words_stage (PostwegStage stage)
{
  return translate ("step", steps[stage]);
}

const char *
postweg_words_error (PostwegError error)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].error == error)
      return translate ("what was seen", errors[i].text);
  return NULL;
}

static void
add_step (GPtrArray *lines, const PostwegServer *server, const PostwegStep *step)
{
  g_autofree char *words = step->reply != NULL ? postweg_reply_words (step->reply) : NULL;
  const char *seen = words != NULL ? words : postweg_words_error (step->error);

  if (seen != NULL)
    add_line (lines, server, steps[step->stage], seen);
}

static char *
day_of (gint64 seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (seconds);

  return moment != NULL ? g_date_time_format (moment, "%F") : g_strdup ("?");
}

static void
add_certificate (GPtrArray *lines, const PostwegTlsFacts *tls)
{
  const PostwegCertLink *leaf = tls->chain->len > 0 ? g_ptr_array_index (tls->chain, 0) : NULL;
  g_autofree char *names = leaf != NULL && leaf->names != NULL ? g_strjoinv (", ", leaf->names) : NULL;
  g_autofree char *from = NULL, *until = NULL;

  if (leaf == NULL)
    return;
  from = day_of (leaf->not_before);
  until = day_of (leaf->not_after);
  if (names != NULL && *names != '\0')
    g_ptr_array_add (lines, g_strdup_printf (_ ("The certificate is made out to: %s"), names));
  if (leaf->issuer != NULL)
    g_ptr_array_add (lines, g_strdup_printf (_ ("It was issued by: %s"), leaf->issuer));
  g_ptr_array_add (lines, g_strdup_printf (_ ("It is valid from %s to %s."), from, until));
  if (leaf->fingerprint != NULL)
    g_ptr_array_add (lines, g_strdup_printf (_ ("Its fingerprint (SHA-256) is: %s"), leaf->fingerprint));
}

static void
add_server_time (GPtrArray *lines, const PostwegEvidence *evidence)
{
  g_autofree char *theirs = NULL, *ours = NULL;

  if (evidence == NULL || evidence->server_time == 0)
    return;
  theirs = day_of (evidence->server_time);
  ours = day_of (evidence->server_time_at);
  g_ptr_array_add (lines, g_strdup_printf (_ ("The clock of %s says %s, this computer’s says %s."),
                                              evidence->server->host, theirs, ours));
}

static void
add_clocks (GPtrArray *lines, const PostwegView *view, PostwegCause cause)
{
  if (cause != POSTWEG_CAUSE_CLOCK_WRONG && cause != POSTWEG_CAUSE_CERT_EXPIRED &&
      cause != POSTWEG_CAUSE_CERT_NOT_YET_VALID)
    return;
  add_server_time (lines, view->evidence);
  add_server_time (lines, view->other);
}

static const char *
fingerprint_of (const PostwegEvidence *evidence)
{
  return evidence->tls != NULL && evidence->tls->chain->len > 0
             ? ((const PostwegCertLink *) g_ptr_array_index (evidence->tls->chain, 0))->fingerprint
             : NULL;
}

/* Returns: (transfer full): the server under the address that the look was made at */
static PostwegServer *
server_at (const PostwegServer *named, const char *address)
{
  PostwegServer *server = postweg_server_copy (named);

  g_free (server->host);
  server->host = g_strdup (address);
  return server;
}

/* The same server at an address of the other family: what it did there, and whether it is the same one at all. */
static void
add_family (GPtrArray *lines, const PostwegEvidence *beside, const PostwegEvidence *tested)
{
  const PostwegAttempt *attempt = beside->attempts->len > 0 ? g_ptr_array_index (beside->attempts, 0) : NULL;
  const PostwegStep *failure = postweg_evidence_failure (beside);
  const char *own = fingerprint_of (tested), *other = fingerprint_of (beside);
  g_autoptr (PostwegServer) server = NULL;
  g_autofree char *place = NULL;

  if (attempt == NULL)
    return;
  server = server_at (beside->server, attempt->address);
  place = place_of (server);
  if (failure != NULL)
    add_step (lines, server, failure);
  else
    g_ptr_array_add (lines, g_strdup_printf (_("%s answers."), place));
  if (own != NULL && other != NULL && strcmp (own, other) != 0)
    g_ptr_array_add (
        lines, g_strdup_printf (_("%s shows another certificate than the address that was tested."), place));
}

/* What came of a second look that went well. */
static void
add_success (GPtrArray *lines, const PostwegObservation *observation)
{
  g_autofree char *place = place_of (observation->evidence->server);

  if (observation->look == POSTWEG_LOOK_INCOMING_PAIR)
    g_ptr_array_add (
        lines, g_strdup_printf (_ ("%s accepts the user name and password of the incoming server."), place));
  else if (observation->look == POSTWEG_LOOK_IMAP)
    g_ptr_array_add (lines,
                     g_strdup_printf (_ ("%s (IMAP) accepts the same user name and password."), place));
  else if (observation->look != POSTWEG_LOOK_OTHER_NAME && observation->look != POSTWEG_LOOK_PLAIN)
    g_ptr_array_add (lines, g_strdup_printf (_ ("%s answers."), place));
}

/* A second look: how far it came, or what it showed instead. */
static void
add_look (GPtrArray *lines, const PostwegObservation *observation)
{
  const PostwegEvidence *evidence = observation->evidence;
  const PostwegStep *failure = postweg_evidence_failure (evidence);

  if (observation->look == POSTWEG_LOOK_PLAIN && speaks[evidence->speaks] != NULL)
    add_line (lines, evidence->server, steps[POSTWEG_STAGE_GREETING],
              translate ("what was seen", speaks[evidence->speaks]));
  else if (failure != NULL)
    add_step (lines, evidence->server, failure);
  else if (observation->look == POSTWEG_LOOK_OLD_TLS && evidence->tls != NULL &&
           evidence->tls->version != NULL)
    add_line (lines, evidence->server, steps[POSTWEG_STAGE_TLS], evidence->tls->version);
  else
    add_success (lines, observation);
}

static void
add_other_sender (GPtrArray *lines, const PostwegEvidence *evidence)
{
  if (evidence->other_sender == NULL)
    return;
  g_ptr_array_add (
      lines, evidence->other_sender_accepted
      ? g_strdup_printf (_ ("With %s as the sender the server accepts the message."), evidence->other_sender)
      : g_strdup_printf (_ ("With %s as the sender the server refuses it, too."), evidence->other_sender));
}

static void
add_other_side (GPtrArray *lines, const PostwegView *view)
{
  g_autofree char *place = NULL;

  if (!postweg_view_other_works (view))
    return;
  place = place_of (view->other->server);
  g_ptr_array_add (lines,
                   view->side == POSTWEG_SEND ? g_strdup_printf (_ ("Receiving through %s works."), place)
                                              : g_strdup_printf (_ ("Sending through %s works."), place));
}

/* Addresses that were let go, since another one answered first, say nothing about themselves. */
static void
add_addresses (GPtrArray *lines, const PostwegView *view)
{
  const PostwegEvidence *beside = postweg_view_seen (view, POSTWEG_LOOK_OTHER_FAMILY);

  for (guint i = 0; i < view->evidence->attempts->len; i++)
    {
      const PostwegAttempt *attempt = g_ptr_array_index (view->evidence->attempts, i);
      g_autoptr (PostwegStep) step =
          postweg_step_new (POSTWEG_STAGE_CONNECT, POSTWEG_STEP_FAILED, attempt->error);
      g_autoptr (PostwegServer) server = server_at (view->server, attempt->address);

      if (attempt->error != POSTWEG_ERROR_OUT_OF_TIME)
        add_step (lines, server, step);
    }
  if (beside != NULL)
    add_family (lines, beside, view->evidence);
}

static void
add_note (GPtrArray *lines, const PostwegView *view, PostwegCause cause)
{
  if (cause == POSTWEG_CAUSE_IPV6_BROKEN)
    add_addresses (lines, view);
  if (cause == POSTWEG_CAUSE_OWN_MAILBOX_FULL && view->evidence->mailbox.quota != NULL)
    add_line (lines, view->server, steps[POSTWEG_STAGE_MAILBOX], view->evidence->mailbox.quota);
  if (cause == POSTWEG_CAUSE_INSECURE_CONNECTION)
    add_line (lines, view->server, steps[POSTWEG_STAGE_AUTH], _ ("worked without encryption"));
  if (cause == POSTWEG_CAUSE_CLIENT_ID_REQUIRED)
    add_step (lines, view->server, postweg_evidence_step (view->evidence, POSTWEG_STAGE_MAILBOX));
  for (guint i = 0; cause == POSTWEG_CAUSE_SERVER_SLOW && i < view->evidence->steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (view->evidence->steps, i);
      g_autofree char *time = g_strdup_printf (_ ("%u.%u seconds"), step->ms / 1000, step->ms % 1000 / 100);

      if (step->ms >= 1000)
        add_line (lines, view->server, steps[step->stage], time);
    }
}

void
postweg_words_evidence (const PostwegView *view, PostwegCause cause, GPtrArray *lines)
{
  const GPtrArray *observations = view->the_case->observations;

  if (view->failure == NULL)
    {
      add_note (lines, view, cause);
      postweg_words_delivery (view, cause, lines);
      return;
    }
  add_step (lines, view->server, view->failure);
  add_other_sender (lines, view->evidence);
  if (view->failure->error == POSTWEG_ERROR_CERTIFICATE && view->evidence->tls != NULL)
    add_certificate (lines, view->evidence->tls);
  add_clocks (lines, view, cause);
  for (guint i = 0; observations != NULL && i < observations->len; i++)
    {
      const PostwegObservation *observation = g_ptr_array_index (observations, i);

      if (observation->side == view->side && observation->look == POSTWEG_LOOK_OTHER_FAMILY)
        add_family (lines, observation->evidence, view->evidence);
      else if (observation->side == view->side)
        add_look (lines, observation);
    }
  add_other_side (lines, view);
}
