/* What an error text tells by itself: which protocol it comes from, and which provider said it. */
#include "checkup/checkup.h"
#include "diagnose/pasted.h"
#include "providers/providers.h"
#include <string.h>

#define MOST_NAMES 200
#define NAME "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-."

/* Words that only one provider uses. The first that occur decide. */
static const struct {
  const char *words; /* lower case */
  const char *id;
} marks[] = {
  { "support.google.com/a/", "google-workspace" },
  { "support.google.com/mail", "gmail" },
  { "gsmtp", "gmail" },
  { "gimap ready", "gmail" },
  { "gpop ready", "gmail" },
  { "smtpclientauthentication is disabled", "microsoft-365" },
  { "basic authentication is disabled", "outlook.com" },
  { "535 5.7.139", "microsoft-365" },
  { "prod.outlook.com", "microsoft-365" },
  { "support.apple.com", "icloud" },
  { "service.mail.qq.com", "qq" },
};

/* Causes behind which there may be something that the provider demands. */
static const char *const at_sign_in[] = { "app-password-required", "oauth-required", "protocol-not-enabled",
                                          "wrong-credentials", NULL };

static const PostwegProvider *
by_words (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strstr (lower, marks[i].words) != NULL)
      return postweg_checkup_provider_named (marks[i].id);
  return NULL;
}

/* What stands behind an @ is somebody's address, and tells nothing of who speaks. */
static const PostwegProvider *
by_name (const char *text, const char *at, gsize length)
{
  g_autofree char *name = NULL;

  while (length > 0 && at[length - 1] == '.')
    length--;
  if (memchr (at, '.', length) == NULL || at[length] == '@' || (at > text && at[-1] == '@'))
    return NULL;
  name = g_ascii_strdown (at, (gssize) length);
  return postweg_providers_by_host (name);
}

static const PostwegProvider *
by_hosts (const char *text)
{
  const char *at = text;

  for (guint i = 0; i < MOST_NAMES && *at != '\0'; i++)
    {
      gsize length = strspn (at, NAME);
      const PostwegProvider *provider = by_name (text, at, length);

      if (provider != NULL)
        return provider;
      at += length;
      at += strcspn (at, NAME);
    }
  return NULL;
}

PostwegErrorGuess
postweg_checkup_guess (const char *text)
{
  g_autofree char *begin = g_strndup (text, POSTWEG_ERROR_TEXT_MAX);
  PostwegErrorGuess guess = { 0 };

  guess.protocol_known = postweg_pasted_protocol (begin, &guess.protocol);
  guess.provider = by_words (begin);
  if (guess.provider == NULL)
    guess.provider = by_hosts (begin);
  return guess;
}

const PostwegProvider *
postweg_checkup_provider_named (const char *words)
{
  guint n;
  const PostwegProvider *all = postweg_providers_all (&n);
  const PostwegProvider *found;

  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (all[i].id, words) == 0 || g_ascii_strcasecmp (all[i].name, words) == 0)
      return &all[i];
  found = postweg_checkup_provider (words);
  return found != NULL ? found : postweg_providers_by_host (words);
}

const PostwegProvider *
postweg_checkup_providers (guint *n_providers)
{
  return postweg_providers_all (n_providers);
}

/* A demand on another protocol is none of this text's business; "imap-enable" speaks of IMAP even where the field is empty. */
static gboolean
concerns (const PostwegPrerequisite *demand, const PostwegErrorText *error_text)
{
  static const char *const prefixes[POSTWEG_N_PROTOCOLS] = { "imap-", "pop-", "smtp-" };

  if (!error_text->protocol_known)
    return TRUE;
  for (guint i = 0; i < POSTWEG_N_PROTOCOLS; i++)
    if (g_str_has_prefix (demand->code, prefixes[i]) && i != error_text->protocol)
      return FALSE;
  return *demand->protocol == '\0' ||
         g_strcmp0 (demand->protocol, postweg_protocol_name (error_text->protocol)) == 0;
}

GPtrArray *
postweg_checkup_demands (const PostwegErrorText *error_text, const GPtrArray *findings)
{
  GPtrArray *demands = g_ptr_array_new ();
  const PostwegFinding *first = findings->len > 0 ? g_ptr_array_index (findings, 0) : NULL;
  const PostwegProvider *provider = error_text->provider;
  PostwegErrorText with_guess = *error_text;

  if (!with_guess.protocol_known)
    with_guess.protocol_known = postweg_pasted_protocol (error_text->text, &with_guess.protocol);
  if (first != NULL && provider != NULL && g_strv_contains (at_sign_in, first->cause))
    for (guint i = 0; i < provider->n_prerequisites; i++)
      if (concerns (&provider->prerequisites[i], &with_guess))
        g_ptr_array_add (demands, (gpointer) &provider->prerequisites[i]);
  return demands;
}
