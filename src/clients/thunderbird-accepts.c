/* What an account must be like to work in Thunderbird. */
#include "clients/thunderbird.h"
#include "model/address.h"
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
refuse (GError **error, PostwegError code, const char *sentence)
{
  g_set_error_literal (error, POSTWEG_ERROR, code, sentence);
  return FALSE;
}

static gboolean
is_one_line (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
accepts_server (const PostwegServer *server, GError **error)
{
  if (!postweg_host_is_valid (server->host) || server->port == 0 || !is_one_line (server->user))
    return refuse (error, POSTWEG_ERROR_BAD_INPUT,
                   _("A server’s name, port or user name holds something that cannot be used."));
  if (server->auth != POSTWEG_AUTH_NONE && *server->user == '\0')
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                   _("The user name for “%s” is missing."), server->host);
      return FALSE;
    }
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
  if (account->incoming == NULL || account->incoming->protocol == POSTWEG_SMTP)
    return refuse (error, POSTWEG_ERROR_BAD_INPUT,
                   _("The account has no incoming server. Thunderbird needs one to receive mail."));
  if (account->outgoing == NULL || account->outgoing->protocol != POSTWEG_SMTP)
    return refuse (error, POSTWEG_ERROR_BAD_INPUT,
                   _("The account has no outgoing server. Thunderbird needs one to send mail."));
  if (*account->address == '\0' || !is_one_line (account->address))
    return refuse (error, POSTWEG_ERROR_BAD_INPUT,
                   _("The account has no e-mail address that could be used as the sender."));
  if (!is_one_line (account->name))
    return refuse (error, POSTWEG_ERROR_BAD_INPUT,
                   _("The name holds characters that cannot stand in a mail."));
  if (account->incoming->auth == POSTWEG_AUTH_NONE)
    return refuse (error, POSTWEG_ERROR_UNSUPPORTED,
                   _("Thunderbird cannot receive mail without signing in to the incoming server."));
  return accepts_server (account->incoming, error) && accepts_server (account->outgoing, error);
}
