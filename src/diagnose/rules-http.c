/* A web server answers where mail was expected: the network's sign-in page in front of everything, or simply the wrong port. */
#include "diagnose/rules.h"
#include "model/port-map.h"
#include <string.h>

static gboolean
is_web_port (const PostwegView *view)
{
  return view->server->port == 80 || view->server->port == 443 || view->server->port == 8080;
}

/* A web server where one belongs, or one that proved to be the named host, is no page in between. */
static gboolean
is_at_home (const PostwegView *view)
{
  return is_web_port (view) || (postweg_evidence_passed (view->evidence, POSTWEG_STAGE_TLS) &&
                                view->evidence->tls != NULL && view->evidence->tls->faults == 0);
}

static gboolean
mail_is_next_door (const PostwegView *view)
{
  return postweg_view_other_port_speaks_mail (view);
}

static gboolean
is_everywhere (const PostwegView *view)
{
  return !is_at_home (view) && !mail_is_next_door (view) && postweg_view_web_elsewhere (view);
}

static gboolean
is_mail_port (const PostwegView *view)
{
  for (guint i = 0; i < POSTWEG_N_USUAL_PORTS; i++)
    if (postweg_usual_ports[i].port == view->server->port)
      return TRUE;
  return FALSE;
}

/* Pages that send the browser on to where one signs in (RFC 9110 15.4, RFC 6585 6). */
static gboolean
sends_on (const PostwegView *view)
{
  const char *said = view->failure->detail;
  const char *code = g_ascii_strncasecmp (said, "HTTP/", 5) == 0 ? strchr (said, ' ') : NULL;

  return is_mail_port (view) && code != NULL && (code[1] == '3' || strncmp (code + 1, "511", 3) == 0);
}

static gboolean
is_other_port (const PostwegView *view)
{
  return !is_mail_port (view);
}

static const struct {
  gboolean (*when) (const PostwegView *view);
  PostwegCause cause;
  guint8 weight;
} rules[] = {
  { is_everywhere, POSTWEG_CAUSE_CAPTIVE_PORTAL, 97 },
  { mail_is_next_door, POSTWEG_CAUSE_WRONG_SERVICE_ON_PORT, 97 },
  { is_at_home, POSTWEG_CAUSE_WRONG_SERVICE_ON_PORT, 96 },
  { sends_on, POSTWEG_CAUSE_CAPTIVE_PORTAL, 90 },
  { is_mail_port, POSTWEG_CAUSE_CAPTIVE_PORTAL, 84 },
  { is_mail_port, POSTWEG_CAUSE_WRONG_SERVICE_ON_PORT, 62 },
  { is_other_port, POSTWEG_CAUSE_WRONG_SERVICE_ON_PORT, 84 },
  { is_other_port, POSTWEG_CAUSE_CAPTIVE_PORTAL, 62 },
};

void
postweg_apply_http (PostwegView *view, GPtrArray *wishes)
{
  if (postweg_view_speaks (view) != POSTWEG_SPEAKS_HTTP || view->failure->stage > POSTWEG_STAGE_GREETING)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].when (view))
      postweg_suspect (&view->suspects, rules[i].cause, rules[i].weight);
  postweg_view_want (view, POSTWEG_WANT_PORTS, wishes);
}
