/* What Thunderbird demands of an account beyond what every mail program does. */
#include "clients/thunderbird/thunderbird.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* Thunderbird finds the sign-in page by the host's name in a table of its own (OAuth2Providers of version 153). */
static const struct {
  const char *host;
  gboolean with_names_below;
} sign_in_hosts[] = {
  { "googlemail.com", TRUE },     { "gmail.com", TRUE },         { "imap.mail.ru", FALSE },
  { "smtp.mail.ru", FALSE },      { "imap.yandex.com", FALSE },  { "smtp.yandex.com", FALSE },
  { "yahoo.com", TRUE },          { "att.net", TRUE },           { "aol.com", TRUE },
  { "office365.com", TRUE },      { "outlook.com", TRUE },       { "hotmail.com", TRUE },
  { "imap.fastmail.com", FALSE }, { "pop.fastmail.com", FALSE }, { "smtp.fastmail.com", FALSE },
  { "imap.comcast.net", FALSE },  { "pop.comcast.net", FALSE },  { "smtp.comcast.net", FALSE },
  { "thundermail.com", TRUE },
};

static gboolean
knows_sign_in (const char *host)
{
  for (guint i = 0; i < G_N_ELEMENTS (sign_in_hosts); i++)
    {
      gsize length = strlen (sign_in_hosts[i].host);
      gsize all = strlen (host);
      gboolean ends_so =
          all >= length && g_ascii_strcasecmp (host + all - length, sign_in_hosts[i].host) == 0;

      if (ends_so && (all == length || (sign_in_hosts[i].with_names_below && host[all - length - 1] == '.')))
        return TRUE;
    }
  return FALSE;
}

static gboolean
accepts_server (const PostwegServer *server, GError **error)
{
  if (server->auth != POSTWEG_AUTH_OAUTH2 || knows_sign_in (server->host))
    return TRUE;
  g_set_error (
      error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
      _("Thunderbird does not know the sign-in page for “%s”, so signing in at the provider (OAuth2) does "
                  "not work there. Use the provider’s own server name, or a password."),
         server->host);
  return FALSE;
}

gboolean
postweg_thunderbird_accepts (const PostwegAccount *account, GError **error)
{
  return accepts_server (account->incoming, error) && accepts_server (account->outgoing, error);
}
