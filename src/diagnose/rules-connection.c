/* Names and connections: what their failures mean. */
#include "diagnose/explain.h"
#include "diagnose/rules.h"

#define ON(stage) POSTWEG_STAGE_BIT (POSTWEG_STAGE_##stage)
#define TO(cause) POSTWEG_CAUSE_##cause

/* The name service answered for this name; that it has no address is an answer, too. */
static gboolean
was_answered (const PostwegEvidence *evidence)
{
  const PostwegStep *dns = postweg_evidence_step (evidence, POSTWEG_STAGE_DNS);

  return dns != NULL && (dns->verdict == POSTWEG_STEP_OK || dns->verdict == POSTWEG_STEP_NOTE ||
                         dns->error == POSTWEG_ERROR_NO_ADDRESS);
}

static gboolean
other_name_resolves (const PostwegView *view)
{
  const PostwegEvidence *seen = postweg_view_seen (view, POSTWEG_LOOK_OTHER_NAME);

  if (view->other != NULL && g_ascii_strcasecmp (view->other->server->host, view->server->host) != 0 &&
      was_answered (view->other))
    return TRUE;
  return seen != NULL && was_answered (seen);
}

static gboolean
no_name_gets_an_answer (const PostwegView *view)
{
  const PostwegEvidence *seen = postweg_view_seen (view, POSTWEG_LOOK_OTHER_NAME);
  const PostwegStep *dns = seen != NULL ? postweg_evidence_step (seen, POSTWEG_STAGE_DNS) : NULL;

  return dns != NULL && (dns->error == POSTWEG_ERROR_NO_DNS_ANSWER || dns->error == POSTWEG_ERROR_OFFLINE);
}

static gboolean
nobody_looked_up (const PostwegView *view)
{
  return !other_name_resolves (view);
}

/* A name out of the provider's own instructions that nobody knows: it is the name service that does not work, not the name. */
static gboolean
documented_name_is_unknown (const PostwegView *view)
{
  const PostwegProviderServer *documented = postweg_view_documented (view);

  return documented != NULL && g_ascii_strcasecmp (documented->host, view->server->host) == 0 &&
         !other_name_resolves (view);
}

static gboolean
is_port_25 (const PostwegView *view)
{
  return view->server->port == 25;
}

static gboolean
only_sending_times_out (const PostwegView *view)
{
  return view->side == POSTWEG_SEND && view->other != NULL &&
         postweg_evidence_passed (view->other, POSTWEG_STAGE_CONNECT);
}

static gboolean
other_side_times_out (const PostwegView *view)
{
  const PostwegStep *step = view->other != NULL ? postweg_evidence_failure (view->other) : NULL;

  return step != NULL && step->stage == POSTWEG_STAGE_CONNECT && step->error == POSTWEG_ERROR_NO_CONNECTION;
}

static gboolean
only_receiving_times_out (const PostwegView *view)
{
  return view->side == POSTWEG_RECEIVE && view->other != NULL &&
         postweg_evidence_passed (view->other, POSTWEG_STAGE_CONNECT);
}

/* Not one of the usual ports of this host answers, while the provider's other host for the same purpose does: it is the host. */
static gboolean
provider_answers_elsewhere (const PostwegView *view)
{
  const PostwegEvidence *elsewhere = postweg_view_other_host (view);

  return postweg_view_all_ports_silent (view) && elsewhere != NULL &&
         postweg_evidence_passed (elsewhere, POSTWEG_STAGE_CONNECT);
}

/* Nor does any other host of the provider for the same purpose, while the other way is open: it is the network. */
static gboolean
all_hosts_are_silent (const PostwegView *view)
{
  const PostwegEvidence *elsewhere = postweg_view_other_host (view);

  return postweg_view_all_ports_silent (view) && elsewhere != NULL &&
         !postweg_evidence_passed (elsewhere, POSTWEG_STAGE_CONNECT) && view->other != NULL &&
         postweg_evidence_passed (view->other, POSTWEG_STAGE_CONNECT);
}

static gboolean
all_ports_are_silent (const PostwegView *view)
{
  return postweg_view_all_ports_silent (view);
}

static gboolean
host_is_dead (const PostwegView *view)
{
  return postweg_view_ports_seen (view) && !postweg_view_host_answers (view);
}

const PostwegLocalRule postweg_rules_connection[] = {
  { 0, POSTWEG_ERROR_OFFLINE, NULL, TO (OFFLINE), 97, 0 },

  { ON (DNS), POSTWEG_ERROR_NO_SUCH_HOST, other_name_resolves, TO (DNS_NO_SUCH_HOST), 97, 0 },
  { ON (DNS), POSTWEG_ERROR_NO_SUCH_HOST, nobody_looked_up, TO (DNS_NO_SUCH_HOST), 72, POSTWEG_WANT_NAME },
  { ON (DNS), POSTWEG_ERROR_NO_SUCH_HOST, documented_name_is_unknown, TO (DNS_TEMPORARY_FAILURE), 84, 0 },
  { ON (DNS), POSTWEG_ERROR_NO_SUCH_HOST, no_name_gets_an_answer, TO (DNS_TEMPORARY_FAILURE), 78, 0 },
  { ON (DNS), POSTWEG_ERROR_NO_ADDRESS, NULL, TO (DNS_NO_ADDRESS), 97, 0 },
  { ON (DNS), POSTWEG_ERROR_NO_DNS_ANSWER, no_name_gets_an_answer, TO (DNS_TEMPORARY_FAILURE), 97, 0 },
  { ON (DNS), POSTWEG_ERROR_NO_DNS_ANSWER, nobody_looked_up, TO (DNS_TEMPORARY_FAILURE), 85,
    POSTWEG_WANT_NAME },
  { ON (DNS), POSTWEG_ERROR_NO_DNS_ANSWER, NULL, TO (DNS_TEMPORARY_FAILURE), 85, 0 },
  { ON (DNS), POSTWEG_ERROR_OUT_OF_TIME, NULL, TO (DNS_TEMPORARY_FAILURE), 50, 0 },

  { ON (CONNECT), POSTWEG_ERROR_REFUSED, postweg_view_host_answers, TO (CONNECTION_REFUSED), 97,
    POSTWEG_WANT_PORTS },
  { ON (CONNECT), POSTWEG_ERROR_REFUSED, NULL, TO (CONNECTION_REFUSED), 70, POSTWEG_WANT_PORTS },
  { ON (CONNECT), POSTWEG_ERROR_UNREACHABLE, NULL, TO (HOST_UNREACHABLE), 97, 0 },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, postweg_view_host_answers, TO (PORT_BLOCKED), 88,
    POSTWEG_WANT_PORTS },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, all_hosts_are_silent, TO (PORT_BLOCKED), 90, 0 },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, provider_answers_elsewhere, TO (HOST_UNREACHABLE), 86, 0 },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, provider_answers_elsewhere, TO (TOO_MANY_LOGIN_ATTEMPTS), 44,
    0 },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, is_port_25, TO (PORT_BLOCKED), 75, POSTWEG_WANT_PORTS },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, only_sending_times_out, TO (PORT_BLOCKED), 66,
    POSTWEG_WANT_PORTS },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, all_ports_are_silent, TO (HOST_UNREACHABLE), 60,
    POSTWEG_WANT_HOSTS },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, only_receiving_times_out, TO (PORT_BLOCKED), 58,
    POSTWEG_WANT_PORTS },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, other_side_times_out, TO (HOST_UNREACHABLE), 78,
    POSTWEG_WANT_PORTS },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, host_is_dead, TO (HOST_UNREACHABLE), 64, 0 },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, NULL, TO (HOST_UNREACHABLE), 60, POSTWEG_WANT_PORTS },
  { ON (CONNECT), POSTWEG_ERROR_NO_CONNECTION, NULL, TO (PORT_BLOCKED), 55, 0 },
  { ON (CONNECT), POSTWEG_ERROR_HUNG_UP, NULL, TO (CONNECTION_DROPPED), 72, 0 },
  { ON (CONNECT), POSTWEG_ERROR_OUT_OF_TIME, NULL, TO (HOST_UNREACHABLE), 50, 0 },
  { 0, POSTWEG_OK, NULL, POSTWEG_NO_CAUSE, 0, 0 },
};
