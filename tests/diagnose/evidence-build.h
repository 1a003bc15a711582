/* Builds evidence as a probe would have left it, from a few words; for tables in tests. */
#pragma once
#include "diagnose/diagnose.h"
#include "diagnose/pasted.h"

/* One server and how far the probe came. What is left out is as in a healthy account of anna@example.org. */
typedef struct {
  PostwegProtocol protocol;
  const char *host; /* imap., pop. or smtp.example.org */
  guint16 port;     /* the usual one */
  PostwegSecurity security;
  const char *user; /* the address; "-": none */
  PostwegAuth auth;
  PostwegStage stage; /* where it failed … */
  PostwegError error; /* … and how; POSTWEG_OK: it did not */
  const char *reply;  /* the words that decided */
  const char *greeting;
  guint faults;    /* PostwegCertFault */
  int alert;       /* 0: none */
  const char *tls; /* version, if the handshake went well */
  const char *issuer, *fingerprint, *names;
  gint64 checked_at;
  PostwegSpeaks speaks;
  const char *plain, *capabilities, *mechanisms, *mechanism; /* words with blanks between them */
  guint slow_ms;                                             /* the sign-in took that long */
  guint percent;                                             /* of the storage */
  PostwegError ipv6; /* error of the IPv6 attempt; POSTWEG_OK: none was made */
  guint logins;
} Spec;

static const PostwegStage implicit_order[] = { POSTWEG_STAGE_DNS,        POSTWEG_STAGE_CONNECT,
                                               POSTWEG_STAGE_TLS,        POSTWEG_STAGE_GREETING,
                                               POSTWEG_STAGE_CAPABILITY, POSTWEG_STAGE_AUTH };
static const PostwegStage starttls_order[] = { POSTWEG_STAGE_DNS,      POSTWEG_STAGE_CONNECT,
                                               POSTWEG_STAGE_GREETING, POSTWEG_STAGE_CAPABILITY,
                                               POSTWEG_STAGE_STARTTLS, POSTWEG_STAGE_TLS,
                                               POSTWEG_STAGE_AUTH };
static const PostwegStage plain_order[] = { POSTWEG_STAGE_DNS, POSTWEG_STAGE_CONNECT, POSTWEG_STAGE_GREETING,
                                            POSTWEG_STAGE_CAPABILITY, POSTWEG_STAGE_AUTH };
static const struct {
  const PostwegStage *stages;
  guint n;
} orders[] = { { implicit_order, 6 }, { starttls_order, 7 }, { plain_order, 5 } };

static inline PostwegServer *
spec_server (const Spec *spec)
{
  static const char *const hosts[] = { "imap.example.org", "pop.example.org", "smtp.example.org" };
  const char *user = spec->user == NULL              ? "anna@example.org"
                     : strcmp (spec->user, "-") == 0 ? ""
                                                     : spec->user;
  PostwegServer *server =
      postweg_server_new (spec->protocol, spec->host != NULL ? spec->host : hosts[spec->protocol], spec->port,
                          spec->security, user);

  server->auth = spec->auth;
  return server;
}

static inline char **
spec_words (const char *words)
{
  return words != NULL ? g_strsplit (words, " ", -1) : NULL;
}

static inline PostwegStepVerdict
spec_verdict (const Spec *spec, PostwegStage stage, gboolean stopped)
{
  if (stopped || (stage == POSTWEG_STAGE_AUTH && spec->auth == POSTWEG_AUTH_NONE))
    return POSTWEG_STEP_SKIPPED;
  return spec->error != POSTWEG_OK && spec->stage == stage ? POSTWEG_STEP_FAILED : POSTWEG_STEP_OK;
}

static inline void
spec_add_step (PostwegEvidence *evidence, const Spec *spec, PostwegStage stage, gboolean *stopped)
{
  PostwegStepVerdict verdict = spec_verdict (spec, stage, *stopped);
  gboolean fails = verdict == POSTWEG_STEP_FAILED;
  PostwegStep *step = postweg_step_new (stage, verdict, fails ? spec->error : POSTWEG_OK);

  step->ms = stage == POSTWEG_STAGE_AUTH && spec->slow_ms > 0 ? spec->slow_ms : 20;
  step->address = g_strdup ("192.0.2.1");
  if (fails && spec->reply != NULL)
    step->reply = postweg_pasted_reply (spec->protocol, spec->reply);
  *stopped |= fails;
  g_ptr_array_add (evidence->steps, step);
}

static inline void
spec_add_tls (PostwegEvidence *evidence, const Spec *spec)
{
  PostwegTlsFacts *tls = postweg_tls_facts_new (evidence->server->host);
  PostwegCertLink *link = g_new0 (PostwegCertLink, 1);

  link->subject = g_strdup ("CN=server");
  link->issuer = g_strdup (spec->issuer != NULL ? spec->issuer : "CN=Some Authority");
  link->fingerprint = g_strdup (spec->fingerprint != NULL ? spec->fingerprint : "AA:BB");
  link->names = spec_words (spec->names != NULL ? spec->names : evidence->server->host);
  g_ptr_array_add (tls->chain, link);
  tls->faults = spec->faults;
  tls->alert = spec->alert != 0 ? spec->alert : -1;
  tls->version = g_strdup (spec->tls);
  tls->checked_at = spec->checked_at != 0 ? spec->checked_at : 1800000000;
  evidence->tls = tls;
}

static inline void
spec_add_attempts (PostwegEvidence *evidence, const Spec *spec)
{
  for (guint i = 0; i < 2; i++)
    {
      PostwegAttempt *attempt = g_new0 (PostwegAttempt, 1);

      attempt->ipv6 = i == 0;
      attempt->address = g_strdup (i == 0 ? "2001:db8::1" : "192.0.2.1");
      attempt->error = i == 0 ? spec->ipv6 : POSTWEG_OK;
      attempt->ms = 20;
      if (i == 0 && spec->ipv6 == POSTWEG_OK)
        postweg_attempt_free (attempt);
      else
        g_ptr_array_add (evidence->attempts, attempt);
    }
}

static inline PostwegEvidence *
spec_build (const Spec *spec)
{
  g_autoptr (PostwegServer) server = spec_server (spec);
  PostwegEvidence *evidence = postweg_evidence_new (server);
  gboolean stopped = FALSE;

  for (guint i = 0; i < orders[spec->security].n; i++)
    spec_add_step (evidence, spec, orders[spec->security].stages[i], &stopped);
  if (spec->protocol != POSTWEG_SMTP)
    spec_add_step (evidence, spec, POSTWEG_STAGE_MAILBOX, &stopped);
  for (PostwegStage stage = POSTWEG_STAGE_SENDER;
       spec->protocol == POSTWEG_SMTP && stage <= MAX (POSTWEG_STAGE_RECIPIENT, spec->stage); stage++)
    spec_add_step (evidence, spec, stage, &stopped);
  spec_add_tls (evidence, spec);
  spec_add_attempts (evidence, spec);
  evidence->greeting = spec->greeting != NULL ? postweg_pasted_reply (spec->protocol, spec->greeting) : NULL;
  evidence->plain_capabilities = spec_words (spec->plain);
  evidence->capabilities = spec_words (spec->capabilities);
  evidence->mechanisms = spec_words (spec->mechanisms);
  evidence->mechanism = g_strdup (spec->mechanism);
  evidence->speaks = spec->speaks;
  evidence->login_attempts = spec->logins;
  evidence->mailbox.quota_percent = spec->percent;
  return evidence;
}

/* A second look. */
typedef struct {
  PostwegLook look;
  PostwegSide side;
  Spec spec;
} Look;

#define MAX_LOOKS 4

/* What the diagnosis is given. */
typedef struct {
  Spec in, out;
  gboolean no_in, no_out;
  Look looks[MAX_LOOKS];
  guint n_looks;
  const PostwegProvider *provider;
  gboolean other_password; /* the sides have different passwords */
  const char *address;     /* anna@example.org */
} Scene;

typedef struct {
  PostwegAccount *account;
  PostwegEvidence *incoming, *outgoing;
  GPtrArray *observations;
  PostwegCase the_case;
} Stage;

static inline void
stage_set (Stage *stage, const Scene *scene)
{
  Spec out = scene->out;

  out.protocol = POSTWEG_SMTP;
  stage->incoming = spec_build (&scene->in);
  stage->outgoing = spec_build (&out);
  stage->account = postweg_account_new ("Anna", scene->address != NULL ? scene->address : "anna@example.org",
                                        stage->incoming->server, stage->outgoing->server);
  stage->observations = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_observation_free);
  for (guint i = 0; i < scene->n_looks; i++)
    g_ptr_array_add (stage->observations, postweg_observation_new (scene->looks[i].look, scene->looks[i].side,
                                                                   spec_build (&scene->looks[i].spec)));
  stage->the_case = (PostwegCase){ .account = stage->account,
                                   .incoming = scene->no_in ? NULL : stage->incoming,
                                   .outgoing = scene->no_out ? NULL : stage->outgoing,
                                   .observations = stage->observations,
                                   .provider = scene->provider,
                                   .same_password = !scene->other_password };
}

static inline void
stage_clear (Stage *stage)
{
  postweg_account_free (stage->account);
  postweg_evidence_free (stage->incoming);
  postweg_evidence_free (stage->outgoing);
  g_ptr_array_unref (stage->observations);
}

/* What changed: "imap imap.example.org:993 tls anna@example.org password", lines joined; "" if nothing */
static inline char *
describe_change (const PostwegAccount *before, const PostwegAccount *after)
{
  g_autoptr (GString) change = g_string_new (NULL);
  const PostwegServer *const old[] = { before->incoming, before->outgoing };
  const PostwegServer *const new[] = { after != NULL ? after->incoming : NULL,
                                       after != NULL ? after->outgoing : NULL };

  for (guint i = 0; after != NULL && i < 2; i++)
    if (!postweg_server_equal (old[i], new[i]))
      g_string_append_printf (change, "%s%s %s:%u %s %s %s", change->len > 0 ? "\n" : "",
                              postweg_protocol_name (new[i]->protocol), new[i]->host, new[i]->port,
                              postweg_security_name (new[i]->security), new[i]->user,
                              postweg_auth_name (new[i]->auth));
  if (after != NULL && strcmp (before->address, after->address) != 0)
    g_string_append_printf (change, "%saddress %s", change->len > 0 ? "\n" : "", after->address);
  return g_string_free (g_steal_pointer (&change), FALSE);
}
