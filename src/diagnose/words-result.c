/* A whole result in words: the verdict, whose matter it is, how sure that is, what ports say. */
#include "diagnose/words-result.h"
#include <glib/gi18n-lib.h>

/* A side that was tested as far as that goes without signing in. Returns: (transfer full): what was left out, or NULL */
static char *
left_out_text (const PostwegEvidence *evidence)
{
  const PostwegStep *step = evidence != NULL ? postweg_evidence_step (evidence, POSTWEG_STAGE_AUTH) : NULL;

  if (step == NULL || step->verdict != POSTWEG_STEP_SKIPPED)
    return NULL;
  if (step->error == POSTWEG_ERROR_NO_SECRET)
    return g_strdup (
        _("Everything up to the sign-in works. The sign-in was left out, since there is no password."));
  if (step->error == POSTWEG_ERROR_UNPROTECTED)
    return g_strdup_printf (_("Everything up to the sign-in works. The sign-in was left out, since the connection to %s is not encrypted "
                              "and others could read the password."),
                               evidence->server->host);
  return NULL;
}

/* Only one side was tested: nothing is said about the other. */
static const char *
one_side_text (const PostwegTestResult *result)
{
  /* clang-format off */
  static const struct {
    PostwegVerdict verdict;
    const char *receiving, *sending;
  } words[] = {
    { POSTWEG_VERDICT_WORKS, N_ ("Receiving works."), N_ ("Sending works.") },
    { POSTWEG_VERDICT_WORKS_WITH_NOTE, N_ ("Receiving works, with something worth knowing."), N_ ("Sending works, with something worth knowing.") },
    { POSTWEG_VERDICT_NOTHING_WORKS, N_ ("Receiving does not work."), N_ ("Sending does not work.") },
  };
  /* clang-format on */

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].verdict == result->verdict && (result->incoming == NULL) != (result->outgoing == NULL))
      return result->incoming != NULL ? _(words[i].receiving) : _(words[i].sending);
  return NULL;
}

char *
postweg_words_verdict (const PostwegTestResult *result)
{
  /* clang-format off */
  static const char *const words[] = {
    [POSTWEG_VERDICT_WORKS] = N_ ("Both ways work: you can receive and send."),
    [POSTWEG_VERDICT_WORKS_WITH_NOTE] = N_ ("Both ways work, with something worth knowing."),
    [POSTWEG_VERDICT_RECEIVE_ONLY] = N_ ("You can receive, but not send."),
    [POSTWEG_VERDICT_SEND_ONLY] = N_ ("You can send, but not receive."),
    [POSTWEG_VERDICT_NOTHING_WORKS] = N_ ("Neither receiving nor sending works."),
    [POSTWEG_VERDICT_NOT_TESTED] = N_ ("The test did not come to its end, so nothing can be said yet."),
  };
  /* clang-format on */
  const PostwegFinding *first = result->findings->len > 0 ? g_ptr_array_index (result->findings, 0) : NULL;
  const char *one_side = one_side_text (result);
  char *left_out;

  if (first != NULL)
    return g_strdup (first->headline);
  left_out = left_out_text (result->incoming);
  if (left_out == NULL)
    left_out = left_out_text (result->outgoing);
  if (left_out != NULL)
    return left_out;
  return g_strdup (one_side != NULL ? one_side : _(words[result->verdict]));
}

const char *
postweg_words_who (PostwegWho who)
{
  /* clang-format off */
  static const char *const words[] = {
    [POSTWEG_WHO_USER] = N_ ("You can mend this yourself."),
    [POSTWEG_WHO_PROVIDER] = N_ ("This is a matter for your provider."),
    [POSTWEG_WHO_NETWORK] = N_ ("This is a matter of the network you are in."),
    [POSTWEG_WHO_ADMIN] = N_ ("This is a matter for your administrator."),
    [POSTWEG_WHO_PROGRAM] = N_ ("This is a matter of the mail program."),
    [POSTWEG_WHO_NOBODY] = N_ ("Nobody needs to do anything."),
  };
  /* clang-format on */

  return _(words[who]);
}

const char *
postweg_words_confidence (PostwegConfidence confidence)
{
  /* clang-format off */
  static const char *const words[] = {
    [POSTWEG_PROVEN] = N_ ("Postweg has seen this for certain."),
    [POSTWEG_LIKELY] = N_ ("This is the likely cause."),
    [POSTWEG_POSSIBLE] = N_ ("This is one possible cause."),
  };
  /* clang-format on */

  return _(words[confidence]);
}

const char *
postweg_words_port_state (const PostwegPort *port)
{
  /* clang-format off */
  static const char *const words[] = {
    [POSTWEG_PORT_UNKNOWN] = NC_ ("port", "not known"),
    [POSTWEG_PORT_OPEN] = NC_ ("port", "open"),
    [POSTWEG_PORT_REFUSED] = NC_ ("port", "closed"),
    [POSTWEG_PORT_SILENT] = NC_ ("port", "no answer"),
    [POSTWEG_PORT_UNREACHABLE] = NC_ ("port", "no way there"),
    [POSTWEG_PORT_RESET] = NC_ ("port", "hangs up"),
  };
  /* clang-format on */

  return g_dpgettext2 (GETTEXT_PACKAGE, "port", words[port->state]);
}

/* Behind encryption it is the greeting that tells. */
static const char *
service_of (const PostwegPort *port)
{
  static const char *const names[] = {
    [POSTWEG_SPEAKS_UNKNOWN] = "",  [POSTWEG_SPEAKS_NOTHING] = "",  [POSTWEG_SPEAKS_IMAP] = "IMAP",
    [POSTWEG_SPEAKS_POP3] = "POP3", [POSTWEG_SPEAKS_SMTP] = "SMTP", [POSTWEG_SPEAKS_HTTP] = "HTTP",
    [POSTWEG_SPEAKS_TLS] = "TLS",   [POSTWEG_SPEAKS_OTHER] = "?",
  };

  return names[port->speaks];
}

char *
postweg_words_port_service (const PostwegPort *port)
{
  const char *words = port->greeting != NULL ? port->greeting : "";

  if (port->state == POSTWEG_PORT_OPEN && port->speaks <= POSTWEG_SPEAKS_NOTHING)
    return g_strdup (_("says nothing"));
  if (port->tls != NULL && port->tls->faults != 0)
    /* TRANSLATORS: a service and the first words of a server: “TLS, certificate not proven  * OK ready” */
    return g_strdup_printf (_("%s, certificate not proven  %s"), service_of (port), words);
  return g_strdup_printf ("%-4s  %s", service_of (port), words);
}
