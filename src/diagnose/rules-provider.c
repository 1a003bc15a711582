/* What the provider demands before a mail program may sign in, as the reason behind a bare refusal. */
#include "diagnose/reply-rules.h"
#include "diagnose/rules.h"
#include <string.h>

/* Above this weight the provider's demand is a better answer than the password. */
#define STRONG_DEMAND 70

static const struct {
  const char *code; /* of the prerequisite */
  PostwegCause cause;
  guint8 weight;
} demands[] = {
  { "oauth2-only", POSTWEG_CAUSE_OAUTH_REQUIRED, 84 },
  { "app-password", POSTWEG_CAUSE_APP_PASSWORD_REQUIRED, 80 },
  { "authorization-code", POSTWEG_CAUSE_APP_PASSWORD_REQUIRED, 80 },
  { "separate-password", POSTWEG_CAUSE_APP_PASSWORD_REQUIRED, 72 },
  { "app-password-if-2fa", POSTWEG_CAUSE_APP_PASSWORD_REQUIRED, 58 },
  { "enable", POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 74 },
  { "imap-enable", POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 74 },
  { "pop-enable", POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 74 },
  { "smtp-enable", POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 74 },
  { "admin", POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 52 },
  { "plan", POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 50 },
  { "oauth2", POSTWEG_CAUSE_OAUTH_REQUIRED, 50 },
};

/* "imap-enable" speaks of IMAP even where the protocol field is left empty. */
static gboolean
concerns (const PostwegPrerequisite *prerequisite, PostwegProtocol protocol)
{
  static const char *const prefixes[POSTWEG_N_PROTOCOLS] = { "imap-", "pop-", "smtp-" };

  if (*prerequisite->protocol != '\0' &&
      strcmp (prerequisite->protocol, postweg_protocol_name (protocol)) != 0)
    return FALSE;
  for (guint i = 0; i < POSTWEG_N_PROTOCOLS; i++)
    if (g_str_has_prefix (prerequisite->code, prefixes[i]) && i != protocol)
      return FALSE;
  return TRUE;
}

static guint
suspect_demand (const PostwegPrerequisite *prerequisite, PostwegSuspects *suspects)
{
  for (guint i = 0; i < G_N_ELEMENTS (demands); i++)
    if (strcmp (demands[i].code, prerequisite->code) == 0)
      {
        postweg_suspect (suspects, demands[i].cause, demands[i].weight);
        return demands[i].weight;
      }
  return 0;
}

void
postweg_apply_demands (const PostwegProvider *provider, PostwegProtocol protocol, PostwegSuspects *suspects)
{
  guint strongest = 0;

  for (guint i = 0; i < provider->n_prerequisites; i++)
    if (concerns (&provider->prerequisites[i], protocol))
      strongest = MAX (strongest, suspect_demand (&provider->prerequisites[i], suspects));
  if (strongest >= STRONG_DEMAND)
    postweg_suspect_at_most (suspects, POSTWEG_CAUSE_WRONG_CREDENTIALS, 50);
}

/* Providers mostly take the full address where they document less, hardly ever less where they document the full address. */
static void
suspect_user_name (PostwegView *view)
{
  const PostwegProviderServer *documented = postweg_view_documented (view);
  const char *address = view->the_case->account != NULL ? view->the_case->account->address : "";
  const char *user = view->server->user;
  g_autofree char *expected =
      documented != NULL ? postweg_user_form_apply (documented->user, address) : g_strdup ("");

  if (*expected != '\0' && g_ascii_strcasecmp (expected, user) != 0)
    postweg_suspect (&view->suspects, POSTWEG_CAUSE_USERNAME_FORMAT, strchr (user, '@') == NULL ? 83 : 58);
  else if (documented == NULL && *user != '\0' && strchr (user, '@') == NULL)
    postweg_suspect (&view->suspects, POSTWEG_CAUSE_USERNAME_FORMAT, 54);
}

void
postweg_apply_provider (PostwegView *view)
{
  if (!view->bare_refusal)
    return;
  if (view->the_case->provider != NULL)
    postweg_apply_demands (view->the_case->provider, view->server->protocol, &view->suspects);
  suspect_user_name (view);
}
