/* URLs of mail servers, taken apart and put together. */
#include "clients/terminal/mail-url.h"
#include "model/secret.h"
#include <stdlib.h>
#include <string.h>

void
postweg_mail_url_free (PostwegMailUrl *url)
{
  if (url == NULL)
    return;
  g_free (url->scheme);
  g_free (url->user);
  postweg_wipe_free (url->password);
  g_free (url->host);
  g_free (url->rest);
  g_free (url);
}

static void
read_user (PostwegMailUrl *url, const char *text, gsize length)
{
  g_autofree char *info = g_strndup (text, length);
  char *colon = strchr (info, ':');

  if (colon != NULL)
    {
      url->password = g_strdup (colon + 1);
      postweg_wipe (colon, strlen (colon));
    }
  g_free (url->user);
  url->user = g_uri_unescape_string (info, NULL);
  if (url->user == NULL)
    url->user = g_strdup (info);
}

static void
read_host (PostwegMailUrl *url, const char *text, gsize length)
{
  g_autofree char *place = g_strndup (text, length);
  const char *end = *place == '[' ? strchr (place, ']') : NULL;
  const char *colon = end != NULL ? (end[1] == ':' ? end + 1 : NULL) : strrchr (place, ':');

  url->port = colon != NULL ? (guint16) atoi (colon + 1) : 0;
  if (end != NULL)
    url->host = g_strndup (place + 1, (gsize) (end - place - 1));
  else
    url->host = colon != NULL ? g_strndup (place, (gsize) (colon - place)) : g_strdup (place);
}

/* RFC 3986 3.1 */
static gboolean
is_scheme (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("+-.", text[i]) == NULL)
      return FALSE;
  return length > 0 && g_ascii_isalpha (*text);
}

PostwegMailUrl *
postweg_mail_url_parse (const char *text)
{
  const char *start = strstr (text, "://");
  PostwegMailUrl *url;
  gsize length;
  const char *at;

  if (start == NULL || !is_scheme (text, (gsize) (start - text)))
    return NULL;
  url = g_new0 (PostwegMailUrl, 1);
  url->scheme = g_ascii_strdown (text, (gssize) (start - text));
  url->user = g_strdup ("");
  start += strlen ("://");
  length = strcspn (start, "/?#");
  at = g_strrstr_len (start, (gssize) length, "@");
  if (at != NULL)
    {
      read_user (url, start, (gsize) (at - start));
      length -= (gsize) (at + 1 - start);
      start = at + 1;
    }
  read_host (url, start, length);
  url->rest = g_strdup (start + length);
  return url;
}

/* What means something in the files that hold such URLs is encoded, everything else stays. */
static void
append_rest (GString *text, const char *rest)
{
  if (*rest == '#')
    g_string_append_c (text, '/');
  for (; *rest != '\0'; rest++)
    if (!g_ascii_isgraph (*rest) || strchr ("\"'#;$`\\", *rest) != NULL)
      g_string_append_printf (text, "%%%02X", (guchar) *rest);
    else
      g_string_append_c (text, *rest);
}

char *
postweg_mail_url_format (const PostwegMailUrl *url)
{
  g_autofree char *user = g_uri_escape_string (url->user, NULL, FALSE);
  GString *text = g_string_new (url->scheme);

  g_string_append (text, "://");
  g_string_append (text, user);
  if (url->password != NULL)
    g_string_append_printf (text, ":%s", url->password);
  if (*user != '\0')
    g_string_append_c (text, '@');
  g_string_append_printf (text, strchr (url->host, ':') != NULL ? "[%s]" : "%s", url->host);
  if (url->port != 0)
    g_string_append_printf (text, ":%u", url->port);
  append_rest (text, url->rest);
  return g_string_free (text, FALSE);
}
