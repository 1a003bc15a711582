/* What a report says about findings, sides, certificates, ports, and the dialogue. */
#include "report/sections.h"
#include "diagnose/words-evidence.h"
#include "diagnose/words-result.h"
#include <glib/gi18n-lib.h>

static const char *const securities[] = {
  [POSTWEG_TLS] = N_ ("SSL/TLS"), [POSTWEG_STARTTLS] = N_ ("STARTTLS"), [POSTWEG_PLAIN] =
                                                                            N_ ("no encryption") };
static const char *const auths[] = {
  [POSTWEG_AUTH_PASSWORD] =
      N_ ("password, normal"), [POSTWEG_AUTH_ENCRYPTED] =
                                   N_ ("encrypted password"), [POSTWEG_AUTH_OAUTH2] =
                                                                  N_ ("OAuth2"), [POSTWEG_AUTH_NONE] =
                                                                                     N_ ("no sign-in") };

static void
add (PostwegPaper *paper, GPtrArray *texts, const char *text)
{
  g_ptr_array_add (texts, postweg_blacken_text (paper->blacken, text));
}

static void
add_paragraph (PostwegPaper *paper, const char *text)
{
  g_autofree char *black = postweg_blacken_text (paper->blacken, text);

  postweg_document_paragraph (paper->document, black);
}

char *
postweg_server_words (const PostwegServer *server)
{
  g_autofree char *protocol = g_ascii_strup (postweg_protocol_name (server->protocol), -1);

  /* TRANSLATORS: protocol, host, port, encryption: “IMAP, mail.example.org, port 993, SSL/TLS” */
  return g_strdup_printf (_("%s, %s, port %u, %s"), protocol, server->host, server->port,
                             _(securities[server->security]));
}

/* Findings. */

static void
add_mended (PostwegPaper *paper, const PostwegAccount *mended)
{
  const PostwegServer *const servers[] = { mended->incoming, mended->outgoing };
  GPtrArray *items = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    if (servers[i] != NULL)
      {
        g_autofree char *words = postweg_server_words (servers[i]);
        /* TRANSLATORS: a server, its user name, how one signs in */
        g_autofree char *line = g_strdup_printf (_("%s, user name %s, %s"), words, servers[i]->user,
                                                    _(auths[servers[i]->auth]));

        add (paper, items, line);
      }
  add_paragraph (paper, _("Settings that would work:"));
  postweg_document_list (paper->document, items);
}

static void
add_finding (PostwegPaper *paper, const PostwegFinding *finding)
{
  g_autofree char *judged = g_strdup_printf ("%s %s (%s)", postweg_words_who (finding->who),
                                             postweg_words_confidence (finding->confidence), finding->cause);
  g_autofree char *headline = postweg_blacken_text (paper->blacken, finding->headline);
  GPtrArray *evidence = g_ptr_array_new ();

  postweg_document_heading (paper->document, 3, headline);
  add_paragraph (paper, finding->explanation);
  add_paragraph (paper, finding->remedy);
  add_paragraph (paper, judged);
  for (guint i = 0; i < finding->evidence->len; i++)
    add (paper, evidence, g_ptr_array_index (finding->evidence, i));
  postweg_document_list (paper->document, evidence);
  if (finding->mended != NULL)
    add_mended (paper, finding->mended);
}

void
postweg_section_findings (PostwegPaper *paper, const PostwegTestResult *result)
{
  if (result->findings->len == 0)
    return;
  postweg_document_heading (paper->document, 2, _("What was found"));
  for (guint i = 0; i < result->findings->len; i++)
    add_finding (paper, g_ptr_array_index (result->findings, i));
}

/* A side. */

static void
add_step (PostwegPaper *paper, GPtrArray *cells, const PostwegStep *step)
{
  static const char *const verdicts[] = {
    [POSTWEG_STEP_OK] = NC_ ("step", "works"),
                             [POSTWEG_STEP_NOTE] = NC_ ("step", "works, with a note"),
                                                        [POSTWEG_STEP_FAILED] =
                                                            NC_ ("step", "does not work"),
                                                                 [POSTWEG_STEP_SKIPPED] =
                                                                     NC_ ("step", "not tested"),
                                                                 };
  g_autofree char *time = g_strdup_printf ("%u ms", step->ms);
  g_autofree char *words = step->reply != NULL ? postweg_reply_words (step->reply) : NULL;
  const char *seen = words != NULL ? words : postweg_words_error (step->error);

  add (paper, cells, postweg_words_stage (step->stage));
  add (paper, cells, g_dpgettext2 (GETTEXT_PACKAGE, "step", verdicts[step->verdict]));
  add (paper, cells, step->verdict == POSTWEG_STEP_SKIPPED ? "" : time);
  add (paper, cells, seen != NULL ? seen : step->detail);
}

static void
add_steps (PostwegPaper *paper, const PostwegEvidence *evidence)
{
  const char *const headings[] = {
    C_ ("table", "Step"), C_ ("table", "Result"), C_ ("table", "Time"), C_ ("table", "What was seen"), NULL };
  GPtrArray *cells = g_ptr_array_new ();

  for (guint i = 0; i < evidence->steps->len; i++)
    add_step (paper, cells, g_ptr_array_index (evidence->steps, i));
  postweg_document_table (paper->document, headings, cells);
}

static void
add_attempts (PostwegPaper *paper, const GPtrArray *attempts)
{
  GPtrArray *items = g_ptr_array_new ();

  for (guint i = 0; i < attempts->len; i++)
    {
      const PostwegAttempt *attempt = g_ptr_array_index (attempts, i);
      const char *seen =
          attempt->error == POSTWEG_OK ? _("connected") : postweg_words_error (attempt->error);
      g_autofree char *line =
          g_strdup_printf ("%s: %s (%u ms)", attempt->address,
                           seen != NULL ? seen : postweg_error_name (attempt->error), attempt->ms);

      add (paper, items, line);
    }
  postweg_document_list (paper->document, items);
}

static char *
day_of (gint64 seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);

  return moment != NULL ? g_date_time_format (moment, "%F") : g_strdup ("?");
}

static void
add_certificate (PostwegPaper *paper, const PostwegTlsFacts *tls)
{
  GPtrArray *items = g_ptr_array_new ();
  g_autofree char *connection = g_strdup_printf ("%s %s", tls->version != NULL ? tls->version : "TLS",
                                                 tls->cipher != NULL ? tls->cipher : "");

  add (paper, items, tls->cipher != NULL ? tls->cipher : "TLS");
  for (guint i = 0; i < tls->chain->len; i++)
    {
      const PostwegCertLink *link = g_ptr_array_index (tls->chain, i);
      g_autofree char *from = day_of (link->not_before);
      g_autofree char *until = day_of (link->not_after);
      /* TRANSLATORS: subject, issuer, two days, kind and length of the key */
      g_autofree char *line =
          g_strdup_printf (_("%s, issued by %s, valid from %s to %s, %s %u bits"), link->subject,
                              link->issuer, from, until, link->key, link->bits);

      add (paper, items, line);
    }
  add_paragraph (paper, tls->faults == 0 ? _("The certificate is proven for this server.")
                                         : _("The certificate is not proven for this server."));
  postweg_document_list (paper->document, items);
}

static void
add_sign_in (PostwegPaper *paper, const PostwegEvidence *evidence)
{
  g_autofree char *line =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "User name %s, %s, %u attempt to sign in",
                                    "User name %s, %s, %u attempts to sign in", evidence->login_attempts),
                       evidence->server->user, _(auths[evidence->server->auth]), evidence->login_attempts);

  add_paragraph (paper, line);
}

void
postweg_section_side (PostwegPaper *paper, const char *title, const PostwegEvidence *evidence)
{
  g_autofree char *server = NULL;

  postweg_document_heading (paper->document, 2, title);
  if (evidence == NULL)
    {
      postweg_document_paragraph (paper->document, _("This side was left out."));
      return;
    }
  server = postweg_server_words (evidence->server);
  add_paragraph (paper, server);
  add_sign_in (paper, evidence);
  add_steps (paper, evidence);
  add_attempts (paper, evidence->attempts);
  if (evidence->tls != NULL && evidence->tls->chain->len > 0)
    add_certificate (paper, evidence->tls);
}

void
postweg_section_ports (PostwegPaper *paper, const GPtrArray *ports)
{
  const char *const headings[] = { C_ ("table", "Server"),
                                       C_ ("table", "Port"),
                                           C_ ("table", "Address"),
                                               C_ ("table", "State"),
                                                   C_ ("table", "Time"), C_ ("table", "What answers"), NULL };
  GPtrArray *cells;

  if (ports == NULL)
    return;
  cells = g_ptr_array_new ();
  for (guint i = 0; i < ports->len; i++)
    {
      const PostwegPort *port = g_ptr_array_index (ports, i);
      g_autofree char *number = g_strdup_printf ("%u", port->port);
      g_autofree char *time = g_strdup_printf ("%u ms", port->ms);
      g_autofree char *service = postweg_words_port_service (port);

      add (paper, cells, port->host);
      add (paper, cells, number);
      add (paper, cells, port->address);
      add (paper, cells, postweg_words_port_state (port));
      add (paper, cells, time);
      add (paper, cells, service);
    }
  postweg_document_heading (paper->document, 2, _("Ports, as seen from here"));
  postweg_document_table (paper->document, headings, cells);
}

static void
add_hops (PostwegPaper *paper, const GPtrArray *hops)
{
  const char *const headings[] = { C_ ("table", "Server"),
                                       C_ ("table", "Received by"), C_ ("table", "Time"), NULL };
  GPtrArray *cells = g_ptr_array_new ();

  for (guint i = 0; i < hops->len; i++)
    {
      const PostwegHop *hop = g_ptr_array_index (hops, i);
      g_autofree char *with = g_strdup_printf ("%s%s", hop->with, hop->tls ? " (TLS)" : "");
      g_autofree char *time =
          hop->has_ms ? g_strdup_printf ("%+" G_GINT64_FORMAT " s", hop->ms / 1000) : g_strdup ("");

      add (paper, cells, hop->by);
      add (paper, cells, with);
      add (paper, cells, time);
    }
  postweg_document_table (paper->document, headings, cells);
}

void
postweg_section_delivery (PostwegPaper *paper, const PostwegDelivery *delivery)
{
  g_autoptr (GPtrArray) sentences = NULL;

  if (delivery == NULL)
    return;
  sentences = postweg_words_delivered (delivery);
  postweg_document_heading (paper->document, 2, _ ("A mail to oneself"));
  for (guint i = 0; i < sentences->len; i++)
    add_paragraph (paper, g_ptr_array_index (sentences, i));
  if (delivery->hops->len > 0)
    add_hops (paper, delivery->hops);
}

void
postweg_section_dialogue (PostwegPaper *paper, const char *title, const PostwegEvidence *evidence)
{
  GPtrArray *lines;

  if (evidence == NULL || evidence->dialogue->len == 0)
    return;
  lines = g_ptr_array_new ();
  for (guint i = 0; i < evidence->dialogue->len; i++)
    {
      const PostwegDialogueLine *said = g_ptr_array_index (evidence->dialogue, i);
      g_autofree char *line =
          g_strdup_printf ("%6u ms %s %s", said->ms, said->from_server ? "S:" : "C:", said->text);

      add (paper, lines, line);
    }
  postweg_document_heading (paper->document, 2, title);
  postweg_document_lines (paper->document, lines);
}
