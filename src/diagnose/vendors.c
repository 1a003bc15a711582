/* Providers and services whose answers mean something of their own, and how they are recognised. */
#include "diagnose/reply-rules.h"
#include <string.h>

typedef enum { BY_HOST, BY_PROVIDER, BY_WORDS } Mark;

static const struct {
  guint vendor;
  Mark mark;
  const char *
      text; /* BY_HOST: end of the name · BY_PROVIDER: part of the id · BY_WORDS: part of greeting or reply, lower case */
} marks[] = {
  { POSTWEG_VENDOR_GOOGLE, BY_HOST, "gmail.com" },
  { POSTWEG_VENDOR_GOOGLE, BY_HOST, "googlemail.com" },
  { POSTWEG_VENDOR_GOOGLE, BY_HOST, ".google.com" },
  { POSTWEG_VENDOR_GOOGLE, BY_PROVIDER, "gmail" },
  { POSTWEG_VENDOR_GOOGLE, BY_PROVIDER, "google" },
  { POSTWEG_VENDOR_GOOGLE, BY_WORDS, "gsmtp" },
  { POSTWEG_VENDOR_GOOGLE, BY_WORDS, "support.google.com" },
  { POSTWEG_VENDOR_GOOGLE, BY_WORDS, "gimap ready" },
  { POSTWEG_VENDOR_GOOGLE, BY_WORDS, "gpop ready" },
  { POSTWEG_VENDOR_MICROSOFT, BY_HOST, "office365.com" },
  { POSTWEG_VENDOR_MICROSOFT, BY_HOST, "outlook.com" },
  { POSTWEG_VENDOR_MICROSOFT, BY_PROVIDER, "outlook" },
  { POSTWEG_VENDOR_MICROSOFT, BY_PROVIDER, "microsoft" },
  { POSTWEG_VENDOR_MICROSOFT, BY_PROVIDER, "office365" },
  { POSTWEG_VENDOR_MICROSOFT, BY_WORDS, "prod.outlook.com" },
  { POSTWEG_VENDOR_MICROSOFT, BY_WORDS, "protection.outlook.com" },
  { POSTWEG_VENDOR_MICROSOFT, BY_WORDS, "microsoft exchange" },
  { POSTWEG_VENDOR_MICROSOFT, BY_WORDS, "microsoft esmtp" },
  { POSTWEG_VENDOR_YAHOO, BY_HOST, "yahoo.com" },
  { POSTWEG_VENDOR_YAHOO, BY_HOST, "aol.com" },
  { POSTWEG_VENDOR_YAHOO, BY_HOST, "att.net" },
  { POSTWEG_VENDOR_YAHOO, BY_PROVIDER, "yahoo" },
  { POSTWEG_VENDOR_YAHOO, BY_PROVIDER, "aol" },
  { POSTWEG_VENDOR_ONE_AND_ONE, BY_HOST, "gmx.net" },
  { POSTWEG_VENDOR_ONE_AND_ONE, BY_HOST, "gmx.com" },
  { POSTWEG_VENDOR_ONE_AND_ONE, BY_HOST, "web.de" },
  { POSTWEG_VENDOR_ONE_AND_ONE, BY_HOST, ".mail.com" },
  { POSTWEG_VENDOR_ONE_AND_ONE, BY_WORDS, "nemesis esmtp" },
  { POSTWEG_VENDOR_CHINA, BY_HOST, ".qq.com" },
  { POSTWEG_VENDOR_CHINA, BY_HOST, ".163.com" },
  { POSTWEG_VENDOR_CHINA, BY_HOST, ".126.com" },
  { POSTWEG_VENDOR_CHINA, BY_HOST, ".yeah.net" },
  { POSTWEG_VENDOR_SENDING, BY_HOST, ".sendgrid.net" },
  { POSTWEG_VENDOR_SENDING, BY_HOST, ".mailgun.org" },
  { POSTWEG_VENDOR_SENDING, BY_HOST, ".amazonaws.com" },
  { POSTWEG_VENDOR_SENDING, BY_HOST, ".mailjet.com" },
  { POSTWEG_VENDOR_SENDING, BY_HOST, ".brevo.com" },
  { POSTWEG_VENDOR_SENDING, BY_HOST, ".sendinblue.com" },
  { POSTWEG_VENDOR_SENDING, BY_HOST, ".postmarkapp.com" },
  { POSTWEG_VENDOR_SENDING, BY_HOST, ".sparkpostmail.com" },
  { POSTWEG_VENDOR_SENDING, BY_HOST, ".mandrillapp.com" },
};

/* A bare refusal that names no reason. The weights say what else it turned out to be. */
static const struct {
  guint vendor;
  PostwegCause cause;
  guint8 weight;
} habits[] = {
  { POSTWEG_VENDOR_GOOGLE, POSTWEG_CAUSE_APP_PASSWORD_REQUIRED, 62 },
  { POSTWEG_VENDOR_GOOGLE, POSTWEG_CAUSE_OAUTH_REQUIRED, 50 },
  { POSTWEG_VENDOR_MICROSOFT, POSTWEG_CAUSE_OAUTH_REQUIRED, 72 },
  { POSTWEG_VENDOR_MICROSOFT, POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 45 },
  { POSTWEG_VENDOR_YAHOO, POSTWEG_CAUSE_APP_PASSWORD_REQUIRED, 75 },
  { POSTWEG_VENDOR_ONE_AND_ONE, POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 64 },
  { POSTWEG_VENDOR_ONE_AND_ONE, POSTWEG_CAUSE_APP_PASSWORD_REQUIRED, 50 },
  { POSTWEG_VENDOR_CHINA, POSTWEG_CAUSE_APP_PASSWORD_REQUIRED, 75 },
  { POSTWEG_VENDOR_CHINA, POSTWEG_CAUSE_PROTOCOL_NOT_ENABLED, 50 },
};

static gboolean
ends_with (const char *host, const char *end)
{
  const char *name = *end == '.' ? end + 1 : end;
  g_autofree char *lower = g_ascii_strdown (host, -1);

  if (!g_str_has_suffix (lower, name))
    return FALSE;
  return strlen (lower) == strlen (name) || lower[strlen (lower) - strlen (name) - 1] == '.';
}

static gboolean
has_words (const char *text, const char *words)
{
  g_autofree char *lower = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  return lower != NULL && strstr (lower, words) != NULL;
}

guint
postweg_vendors_of (const PostwegReplyContext *context)
{
  guint vendors = 0;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      gboolean found = FALSE;

      if (marks[i].mark == BY_HOST)
        found = context->host != NULL && ends_with (context->host, marks[i].text);
      else if (marks[i].mark == BY_PROVIDER)
        found = context->provider != NULL && strstr (context->provider->id, marks[i].text) != NULL;
      else
        found =
            has_words (context->greeting, marks[i].text) || has_words (context->reply->text, marks[i].text);
      if (found)
        vendors |= marks[i].vendor;
    }
  return vendors;
}

void
postweg_vendor_habits (guint vendors, PostwegSuspects *suspects)
{
  for (guint i = 0; i < G_N_ELEMENTS (habits); i++)
    if ((habits[i].vendor & vendors) != 0)
      postweg_suspect (suspects, habits[i].cause, habits[i].weight);
}
