/* Reading Authentication-Results, and deciding whose to believe. */
#include "wire/auth-results.h"
#include "model/address.h"
#include "wire/header.h"
#include <string.h>

#define RESULT_MAX 16 /* letters of a result keyword; the longest registered one has nine */
#define PARTS_MAX 60
#define NAME_LENGTH_MAX 253

void
postweg_sender_checks_clear (PostwegSenderChecks *checks)
{
  g_clear_pointer (&checks->server, g_free);
  g_clear_pointer (&checks->spf, g_free);
  g_clear_pointer (&checks->dkim, g_free);
  g_clear_pointer (&checks->dmarc, g_free);
}

/* "spf = pass": the result, in lower case, or NULL if this is another method. */
static char *
result_of (const char *part, const char *method)
{
  gsize length = strlen (method);
  const char *p = part + strspn (part, " \n");

  if (g_ascii_strncasecmp (p, method, length) != 0)
    return NULL;
  p += length;
  if (*p == '/')
    p += strcspn (p, " =");
  p += strspn (p, " ");
  if (*p != '=')
    return NULL;
  p += 1 + strspn (p + 1, " ");
  length = strspn (p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  return length > 0 && length <= RESULT_MAX ? g_ascii_strdown (p, (gssize) length) : NULL;
}

static void
take_result (const char *part, const char *method, char **result)
{
  g_autofree char *fresh = result_of (part, method);

  if (fresh == NULL || (*result != NULL && strcmp (fresh, "pass") != 0))
    return;
  g_free (*result);
  *result = g_steal_pointer (&fresh);
}

/* Semicolons inside quoted strings separate nothing. */
static char **
split_parts (const char *value)
{
  g_autofree char *plain = postweg_header_strip_comments (value, NULL);
  gboolean quoted = FALSE;

  for (char *p = plain; *p != '\0'; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      else if (*p == ';' && quoted)
        *p = ' ';
    }
  return g_strsplit (plain, ";", PARTS_MAX);
}

gboolean
postweg_auth_results_parse (const char *value, PostwegSenderChecks *checks)
{
  g_auto (GStrv) parts = split_parts (value);
  const char *id = parts[0] != NULL ? g_strstrip (parts[0]) : "";
  gsize length = strcspn (id, " ");

  *checks = (PostwegSenderChecks){ NULL };
  if (length == 0 || length > NAME_LENGTH_MAX)
    return FALSE;
  for (guint i = 1; parts[i] != NULL; i++)
    {
      take_result (parts[i], "spf", &checks->spf);
      take_result (parts[i], "dkim", &checks->dkim);
      take_result (parts[i], "dmarc", &checks->dmarc);
    }
  if (checks->spf == NULL && checks->dkim == NULL && checks->dmarc == NULL)
    return FALSE;
  checks->server = g_strndup (id, length);
  return TRUE;
}

static gboolean
is_trusted (const char *server, const char *host, const char *domain)
{
  return postweg_hosts_same_operator (server, host) ||
         (domain != NULL && postweg_hosts_same_operator (server, domain));
}

void
postweg_auth_results_find (const GPtrArray *fields, const char *host, const char *domain,
                           PostwegSenderChecks *checks)
{
  guint received = 0;

  *checks = (PostwegSenderChecks){ NULL };
  for (guint i = 0; i < fields->len && received < 2; i++)
    {
      const PostwegHeaderField *field = g_ptr_array_index (fields, i);
      PostwegSenderChecks found;

      if (strcmp (field->name, "received") == 0)
        received++;
      if (strcmp (field->name, "authentication-results") != 0 ||
          !postweg_auth_results_parse (field->value, &found))
        continue;
      if (is_trusted (found.server, host, domain))
        {
          *checks = found;
          return;
        }
      postweg_sender_checks_clear (&found);
    }
}
