/* One server of a profile, its numbers turned into values and back. */
#include "clients/thunderbird/read.h"
#include "model/address.h"
#include <glib/gi18n-lib.h>

/* Number in the file, what it means, and what to say about it. */
static const struct {
  gint32 number;
  PostwegAuth auth;
  const char *note;
} auths[] = {
  { 1, POSTWEG_AUTH_NONE, NULL },
  { 2, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with old commands that few servers still know.") },
    { 3, POSTWEG_AUTH_PASSWORD, NULL }, { 4, POSTWEG_AUTH_ENCRYPTED, NULL },
    { 5, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with Kerberos, which Postweg does not test.") },
      { 6, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with NTLM, which Postweg does not test.") },
        { 7, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with a certificate, which Postweg does not test.") },
          { 8, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with “any secure method”, which is outdated.") },
            { 9, POSTWEG_AUTH_PASSWORD, N_ ("It signs in with “any method”, which is not advisable.") },
              { 10, POSTWEG_AUTH_OAUTH2, NULL },
          };

static void
add_note (GPtrArray *note, const char *sentence)
{
  if (note != NULL && sentence != NULL)
    g_ptr_array_add (note, g_strdup (_(sentence)));
}

static PostwegAuth
read_auth (gint32 number, GPtrArray *note)
{
  for (guint i = 0; i < G_N_ELEMENTS (auths); i++)
    if (auths[i].number == number)
      {
        add_note (note, auths[i].note);
        return auths[i].auth;
      }
  add_note (note, N_ ("Its sign-in method is not known."));
  return POSTWEG_AUTH_PASSWORD;
}

static PostwegSecurity
read_security (gint32 number, GPtrArray *note)
{
  if (number == 3)
    return POSTWEG_TLS;
  if (number == 2)
    return POSTWEG_STARTTLS;
  if (number == 1)
    add_note (note,
              N_ ("A server is set to “encrypt if offered”: mail and password may travel unprotected."));
  else if (number != 0)
    add_note (note, N_ ("A server’s kind of encryption is not known."));
  return POSTWEG_PLAIN;
}

gint32
postweg_security_number (PostwegSecurity security)
{
  static const gint32 numbers[] = { [POSTWEG_TLS] = 3, [POSTWEG_STARTTLS] = 2, [POSTWEG_PLAIN] = 0 };

  return numbers[security];
}

gint32
postweg_auth_number (PostwegAuth auth)
{
  static const gint32 numbers[] = {
    [POSTWEG_AUTH_PASSWORD] = 3,
    [POSTWEG_AUTH_ENCRYPTED] = 4,
    [POSTWEG_AUTH_OAUTH2] = 10,
    [POSTWEG_AUTH_NONE] = 1,
  };

  return numbers[auth];
}

PostwegServer *
postweg_settings_server (const PostwegSettings *settings, const PostwegServerPrefs *prefs, const char *key,
                         PostwegProtocol protocol, GPtrArray *note)
{
  const char *host = postweg_settings_text_of (settings, prefs->branch, key, "hostname");
  const char *user = postweg_settings_text_of (settings, prefs->branch, key, prefs->user);
  gint32 port = postweg_settings_number_of (settings, prefs->branch, key, "port", 0);
  PostwegServer *server;
  PostwegSecurity security;

  if (host == NULL || !postweg_host_is_valid (host))
    {
      add_note (note, N_ ("A server has no host name, or one that cannot be used."));
      return NULL;
    }
  if (port < 0 || port > G_MAXUINT16)
    port = 0;
  security =
      read_security (postweg_settings_number_of (settings, prefs->branch, key, prefs->security, 0), note);
  server = postweg_server_new (protocol, host, (guint16) port, security, user);
  server->auth = read_auth (postweg_settings_number_of (settings, prefs->branch, key, "authMethod", 3), note);
  return server;
}
