/* Signing in: choosing the mechanism, carrying its messages over IMAP, POP3 or SMTP, never more than twice. */
#include "probe/road.h"
#include "wire/imap.h"
#include "wire/pop3.h"
#include "wire/sasl.h"
#include "wire/text.h"
#include <string.h>

#define MAX_ROUNDS 8           /* of one SASL exchange */
#define MAX_ATTEMPTS 2         /* sign-ins per server and test */
#define SHOWN_OF_CHALLENGE 500 /* bytes */
#define MAX_POP3_LINE 255      /* octets of a command with an initial response (RFC 5034 4) */

/* The way to sign in: a SASL mechanism, or the protocol's own command. */
typedef struct {
  const PostwegMechanism *mechanism; /* NULL: `native` */
  const char *name;
  gboolean (*native) (PostwegSession *session, GError **error);
} Way;

static gboolean
refuse (GError **error, PostwegError code, const char *message)
{
  g_set_error_literal (error, POSTWEG_ERROR, (gint) code, message);
  return FALSE;
}

/* SASL */

static gboolean
wants_more (const PostwegReply *reply)
{
  return strcmp (reply->status, "+") == 0 || reply->code == 334;
}

/* Sends the bytes in base64, as the protocol's next line or as the initial response behind `command`. */
static gboolean
send_response (PostwegSession *session, const char *command, GByteArray *bytes, GError **error)
{
  char *base64 = g_base64_encode (bytes->data, bytes->len);
  gboolean ok;

  if (command != NULL)
    ok = postweg_session_send (session, command, bytes->len > 0 ? base64 : "=", error);
  else
    ok = postweg_conn_send (session->conn, "", base64, &session->wait, error);
  postweg_wipe_free (base64);
  return ok;
}

/* What the server asks in the middle of an OAuth sign-in is its reason for refusing, as JSON (RFC 7628 3.2.2). */
static void
keep_challenge (PostwegSession *session, const PostwegMechanism *mechanism, const char *challenge)
{
  g_autofree char *black = postweg_conn_blacken (session->conn, challenge);
  g_autofree char *clean = postweg_text_clean (black, MIN (strlen (black), SHOWN_OF_CHALLENGE));

  if (mechanism->auth == POSTWEG_AUTH_OAUTH2 && clean[0] == '{')
    g_string_assign (session->detail, clean);
}

static gboolean
answer_challenge (PostwegSession *session, const PostwegMechanism *mechanism, PostwegSasl *sasl,
                  GError **error)
{
  g_autofree char *encoded = g_strdup (session->answer->reply->text);
  gsize length = 0;
  g_autofree char *challenge = NULL;
  g_autoptr (GError) cause = NULL;
  GByteArray *bytes;
  gboolean ok;

  g_strstrip (encoded);
  challenge = (char *) g_base64_decode (encoded, &length);
  challenge = g_realloc (challenge, length + 1);
  challenge[length] = '\0';
  keep_challenge (session, mechanism, challenge);
  bytes = mechanism->respond (sasl, challenge, length, &cause);
  sasl->step++;
  if (bytes == NULL)
    {
      /* RFC 4954 4, RFC 9051 6.2.2: a lone asterisk gives up */
      postweg_conn_send (session->conn, "*", NULL, &session->wait, NULL);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  ok = send_response (session, NULL, bytes, error);
  postweg_sasl_bytes_wipe (bytes);
  return ok;
}

static gboolean
may_speak_first (const PostwegSession *session, const PostwegMechanism *mechanism, const GByteArray *bytes)
{
  if (!mechanism->client_first)
    return FALSE;
  if (session->server->protocol == POSTWEG_IMAP)
    return postweg_capability_listed (session->evidence->capabilities, "SASL-IR");
  return session->server->protocol == POSTWEG_SMTP || bytes->len / 3 * 4 + 30 < MAX_POP3_LINE;
}

/* over: (out): the server refused at once, there is nothing to go on with */
static gboolean
open_exchange (PostwegSession *session, const PostwegMechanism *mechanism, PostwegSasl *sasl, gboolean *over,
               GError **error)
{
  const char *verb = session->server->protocol == POSTWEG_IMAP ? "AUTHENTICATE" : "AUTH";
  g_autofree char *alone = g_strdup_printf ("%s %s", verb, mechanism->name);
  g_autofree char *with = g_strconcat (alone, " ", NULL);
  GByteArray *bytes;
  gboolean ok;

  if (!mechanism->client_first)
    return postweg_session_send (session, alone, NULL, error);
  bytes = mechanism->respond (sasl, NULL, 0, error);
  if (bytes == NULL)
    return FALSE;
  sasl->step++;
  if (may_speak_first (session, mechanism, bytes))
    ok = send_response (session, with, bytes, error);
  else
    {
      ok = postweg_session_send (session, alone, NULL, error) && postweg_session_read (session, FALSE, error);
      *over = ok && !wants_more (session->answer->reply);
      ok = ok && (*over || send_response (session, NULL, bytes, error));
    }
  postweg_sasl_bytes_wipe (bytes);
  return ok;
}

static gboolean
run_exchange (PostwegSession *session, const PostwegMechanism *mechanism, PostwegSasl *sasl, GError **error)
{
  gboolean over = FALSE;

  if (!open_exchange (session, mechanism, sasl, &over, error))
    return FALSE;
  if (over)
    return TRUE;
  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      if (!postweg_session_read (session, FALSE, error))
        return FALSE;
      if (!wants_more (session->answer->reply))
        return TRUE;
      if (!answer_challenge (session, mechanism, sasl, error))
        return FALSE;
    }
  return refuse (error, POSTWEG_ERROR_MALFORMED, "a sign-in without an end");
}

static gboolean
sign_in_with_sasl (PostwegSession *session, const PostwegMechanism *mechanism, GError **error)
{
  PostwegSasl sasl = {
    session->server->user, session->probe->secret, session->server->host, session->server->port, 0, NULL
  };
  gboolean ok = run_exchange (session, mechanism, &sasl, error);
  gboolean unproven =
      ok && session->answer->reply->positive && mechanism->finished != NULL && !mechanism->finished (&sasl);

  if (mechanism->free_state != NULL && sasl.state != NULL)
    mechanism->free_state (sasl.state);
  if (unproven)
    return refuse (error, POSTWEG_ERROR_BAD_PROOF, "the server did not prove that it knows the password");
  return ok;
}

/* the protocols' own commands */

/* An argument of LOGIN: quoted where that is possible, else as a literal. Returns: (transfer full), to be wiped */
static char *
login_argument (const char *text, gboolean *literal)
{
  char *quoted = postweg_imap_quote (text);

  *literal = quoted == NULL;
  return quoted != NULL ? quoted : g_strdup (text);
}

/* Whether the server waits for the literal that was announced; every other answer is the end of the sign-in. */
static gboolean
may_go_on (PostwegSession *session, gboolean *refused, GError **error)
{
  if (!postweg_session_read (session, FALSE, error))
    return FALSE;
  *refused = strcmp (session->answer->reply->status, "+") != 0;
  return !*refused;
}

/* LOGIN {n}, the name {n}, the password: for what cannot be quoted (RFC 9051 4.3). */
static gboolean
imap_login_with_literals (PostwegSession *session, const char *password, GError **error)
{
  const char *user = session->server->user;
  g_autofree char *opening = g_strdup_printf ("LOGIN {%" G_GSIZE_FORMAT "}", strlen (user));
  g_autofree char *name_and_size = g_strdup_printf ("%s {%" G_GSIZE_FORMAT "}", user, strlen (password));
  gboolean refused = FALSE;
  gboolean ok = postweg_session_send (session, opening, NULL, error) &&
                may_go_on (session, &refused, error) &&
                postweg_conn_send (session->conn, name_and_size, NULL, &session->wait, error) &&
                may_go_on (session, &refused, error) &&
                postweg_conn_send (session->conn, "", password, &session->wait, error) &&
                postweg_session_read (session, FALSE, error);

  return ok || refused;
}

static gboolean
imap_login (PostwegSession *session, GError **error)
{
  const char *password = postweg_secret_peek (session->probe->secret);
  gboolean user_literal, password_literal;
  g_autofree char *user = login_argument (session->server->user, &user_literal);
  char *argument = login_argument (password, &password_literal);
  g_autofree char *command = g_strdup_printf ("LOGIN %s ", user);
  gboolean ok;

  if (user_literal || password_literal)
    ok = imap_login_with_literals (session, password, error);
  else
    ok = postweg_session_send (session, command, argument, error) &&
         postweg_session_read (session, FALSE, error);
  postweg_wipe_free (argument);
  return ok;
}

static gboolean
pop3_user (PostwegSession *session, GError **error)
{
  g_autofree char *command = g_strdup_printf ("USER %s", session->server->user);

  if (!postweg_session_ask (session, command, FALSE, error))
    return FALSE;
  if (!session->answer->reply->positive)
    return TRUE;
  return postweg_session_send (session, "PASS ", postweg_secret_peek (session->probe->secret), error) &&
         postweg_session_read (session, FALSE, error);
}

static gboolean
pop3_apop (PostwegSession *session, GError **error)
{
  g_autofree char *timestamp = postweg_pop3_timestamp (session->evidence->greeting);
  g_autofree char *digest = postweg_sasl_apop (timestamp, session->probe->secret);
  g_autofree char *command = g_strdup_printf ("APOP %s ", session->server->user);

  return postweg_session_send (session, command, digest, error) &&
         postweg_session_read (session, FALSE, error);
}

/* choosing */

/* Whether the server takes the name and the password in the protocol's own commands. A server that tells nothing may be tried. */
static gboolean
takes_plain_command (const PostwegSession *session)
{
  char **capabilities = session->evidence->capabilities;

  if (session->server->protocol == POSTWEG_IMAP)
    return !postweg_capability_listed (capabilities, "LOGINDISABLED");
  return session->server->protocol == POSTWEG_POP3 &&
         (capabilities == NULL || postweg_capability_listed (capabilities, "USER"));
}

static gboolean
takes_apop (const PostwegSession *session)
{
  g_autofree char *timestamp = NULL;

  if (session->server->protocol == POSTWEG_POP3 && session->evidence->greeting != NULL)
    timestamp = postweg_pop3_timestamp (session->evidence->greeting);
  return timestamp != NULL;
}

/* The protocol's own command for this choice, or {NULL}. */
static Way
native_way (const PostwegSession *session)
{
  gboolean is_imap = session->server->protocol == POSTWEG_IMAP;

  if (session->server->auth == POSTWEG_AUTH_PASSWORD && takes_plain_command (session))
    return is_imap ? (Way){ NULL, "LOGIN", imap_login } : (Way){ NULL, "USER", pop3_user };
  if (session->server->auth == POSTWEG_AUTH_ENCRYPTED && takes_apop (session))
    return (Way){ NULL, "APOP", pop3_apop };
  return (Way){ NULL, NULL, NULL };
}

static Way
choose_way (const PostwegSession *session, const PostwegMechanism *skip)
{
  const PostwegMechanism *mechanism =
      postweg_sasl_choose (session->server->auth, session->evidence->mechanisms, skip);

  if (mechanism != NULL)
    return (Way){ mechanism, mechanism->name, NULL };
  return native_way (session);
}

/* LOGINDISABLED before TLS is the demand for TLS (RFC 9051 6.2.3), whatever challenge mechanisms stand beside it. */
static gboolean
demands_tls (const PostwegSession *session)
{
  return session->server->auth == POSTWEG_AUTH_PASSWORD && !postweg_conn_is_encrypted (session->conn) &&
         postweg_capability_listed (session->evidence->capabilities, "LOGINDISABLED");
}

static gboolean
offers_anything (const PostwegSession *session)
{
  char **mechanisms = session->evidence->mechanisms;

  if (demands_tls (session))
    return FALSE;
  return (mechanisms != NULL && mechanisms[0] != NULL && *mechanisms[0] != '\0') ||
         takes_plain_command (session) || takes_apop (session);
}

/* Only a refusal of the mechanism itself is worth another one; every other answer is final. */
static gboolean
knows_not_the_mechanism (const PostwegReply *reply)
{
  g_autofree char *text = g_utf8_casefold (reply->text, -1);

  if (reply->positive || reply->code == 504)
    return reply->code == 504;
  if (strcmp (reply->status, "BAD") == 0)
    return TRUE;
  return strstr (text, "mechanism") != NULL &&
         (strstr (text, "support") != NULL || strstr (text, "unknown") != NULL ||
          strstr (text, "invalid") != NULL);
}

static gboolean
try_way (PostwegSession *session, const Way *way, GError **error)
{
  g_free (session->evidence->mechanism);
  session->evidence->mechanism = g_strdup (way->name);
  session->evidence->login_attempts++;
  g_string_assign (session->detail, way->name);
  if (way->mechanism != NULL)
    return sign_in_with_sasl (session, way->mechanism, error);
  return way->native (session, error);
}

static gboolean
may_try_again (const PostwegSession *session)
{
  return session->probe->sign_ins_made + session->evidence->login_attempts < MAX_ATTEMPTS;
}

static gboolean
sign_in (PostwegSession *session, GError **error)
{
  Way way = choose_way (session, NULL);

  while (way.name != NULL)
    {
      Way next;

      if (!try_way (session, &way, error))
        return FALSE;
      if (!knows_not_the_mechanism (session->answer->reply) || !may_try_again (session))
        break;
      next = choose_way (session, way.mechanism);
      if (next.name == NULL || strcmp (next.name, way.name) == 0)
        break;
      way = next;
    }
  return postweg_session_accepted (session, error);
}

gboolean
postweg_road_sign_in (PostwegSession *session, GError **error)
{
  gboolean preauth =
      session->evidence->greeting != NULL && strcmp (session->evidence->greeting->status, "PREAUTH") == 0;

  if (session->server->auth == POSTWEG_AUTH_NONE || preauth)
    return postweg_session_leave_out (session, POSTWEG_OK);
  if (!offers_anything (session))
    return refuse (error, POSTWEG_ERROR_AUTH_NOT_OFFERED, "no sign-in is announced");
  if (choose_way (session, NULL).name == NULL)
    return refuse (error, POSTWEG_ERROR_NO_MECHANISM, "none of the wanted kind is announced");
  if (!postweg_session_is_protected (session))
    return postweg_session_leave_out (session, POSTWEG_ERROR_UNPROTECTED);
  if (session->probe->secret == NULL)
    return postweg_session_leave_out (session, POSTWEG_ERROR_NO_SECRET);
  return sign_in (session, error);
}
