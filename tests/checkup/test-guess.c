/* What an error text tells of where it comes from, and what a chosen provider changes in the answer. */
#include "../slower.h"
#include "checkup/checkup.h"
#include <string.h>

/* clang-format off */
static const struct {
  const char *text;
  int protocol;         /* PostwegProtocol, -1: could be any */
  const char *provider; /* id, NULL: none */
} guesses[] = {
  { "", -1, NULL },
  { "the cat sat on the mat", -1, NULL },
  { "535 5.7.8 Error: authentication failed", POSTWEG_SMTP, NULL },
  { "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", POSTWEG_SMTP, "microsoft-365" },
  { "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [AM0PR01CA0001.eurprd01.prod.outlook.com]", POSTWEG_SMTP, "outlook.com" },
  { "535 5.7.3 Authentication unsuccessful [FR0P281CA0001.DEUP281.PROD.OUTLOOK.COM]", POSTWEG_SMTP, "microsoft-365" },
  { "535-5.7.8 Username and Password not accepted. https://support.google.com/mail/?p=BadCredentials x - gsmtp", POSTWEG_SMTP, "gmail" },
  { "a NO [ALERT] see https://support.google.com/a/answer/105694", POSTWEG_IMAP, "google-workspace" },
  { "-ERR no way in at pop.gmx.net.", POSTWEG_POP3, "gmx" },
  { "The server imap.mail.yahoo.com:993 refused", -1, "yahoo" },
  { "(IMAP.GMAIL.COM) closed the connection", -1, "gmail" },
  { "550 5.1.1 <anna@smtp.gmail.com>: no such user", POSTWEG_SMTP, NULL },
  { "550 5.1.1 anna@gmail.com unknown", POSTWEG_SMTP, NULL },
  { "......", -1, NULL },
  { "\xff\xfe .gmail.com. \xe2\x80\xae", -1, NULL },
};
/* clang-format on */

static void
test_guesses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      PostwegErrorGuess guess = postweg_checkup_guess (guesses[i].text);

      g_test_message ("%s", guesses[i].text);
      g_assert_cmpint (guess.protocol_known ? (int) guess.protocol : -1, ==, guesses[i].protocol);
      g_assert_cmpstr (guess.provider != NULL ? guess.provider->id : NULL, ==, guesses[i].provider);
    }
}

static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 begun = g_get_monotonic_time ();

  while (text->len < 2 * POSTWEG_ERROR_TEXT_MAX)
    g_string_append (text, "a.b ");
  g_string_append (text, "imap.gmail.com");
  g_assert_null (postweg_checkup_guess (text->str).provider);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * G_USEC_PER_SEC);
}

static const struct {
  const char *words, *id; /* NULL: none */
} names[] = {
  { "gmail", "gmail" },          { "GMail", "gmail" },   { "Microsoft 365", "microsoft-365" },
  { "anna@gmx.de", "gmx" },      { "web.de", "web.de" }, { "smtp.office365.com", "microsoft-365" },
  { "imap.gmail.com", "gmail" }, { "", NULL },           { "mars", NULL },
  { "anna@example.org", NULL },
};

static void
test_names (void)
{
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const PostwegProvider *provider = postweg_checkup_provider_named (names[i].words);

      g_assert_cmpstr (provider != NULL ? provider->id : NULL, ==, names[i].id);
    }
  for (const PostwegProvider *all = postweg_checkup_providers (&n); n > 0; n--)
    g_assert_true (postweg_checkup_provider_named (all[n - 1].id) == &all[n - 1]);
}

/* The same words, said by different providers. */
static const struct {
  const char *text, *provider; /* id, NULL: none */
  PostwegProtocol protocol;
  const char *cause;
  gboolean demands;
} answers[] = {
  { "NO LOGIN failed.", NULL, POSTWEG_IMAP, "wrong-credentials", FALSE },
  { "NO LOGIN failed.", "gmail", POSTWEG_IMAP, "app-password-required", TRUE },
  { "NO LOGIN failed.", "microsoft-365", POSTWEG_IMAP, "oauth-required", TRUE },
  { "535 5.7.139 Authentication unsuccessful", "outlook.com", POSTWEG_SMTP, "oauth-required", TRUE },
  { "-ERR authentication failed", "gmx", POSTWEG_POP3, "protocol-not-enabled", TRUE },
  { "550 5.1.1 User unknown", "gmail", POSTWEG_SMTP, "recipient-unknown", FALSE },
};

static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      PostwegErrorText text = { .text = answers[i].text,
                                .protocol_known = TRUE,
                                .protocol = answers[i].protocol };
      g_autoptr (GPtrArray) findings = NULL;
      g_autoptr (GPtrArray) demands = NULL;

      if (answers[i].provider != NULL)
        text.provider = postweg_checkup_provider_named (answers[i].provider);
      findings = postweg_checkup_explain (&text);
      demands = postweg_checkup_demands (&text, findings);
      g_assert_cmpuint (findings->len, >, 0);
      g_assert_cmpstr (((PostwegFinding *) g_ptr_array_index (findings, 0))->cause, ==, answers[i].cause);
      g_assert_cmpint (demands->len > 0, ==, answers[i].demands);
      for (guint k = 0; k < demands->len; k++)
        {
          const PostwegPrerequisite *demand = g_ptr_array_index (demands, k);

          /* on the protocol that was guessed, and no other */
          g_assert_true (*demand->protocol == '\0' ||
                         strcmp (demand->protocol, postweg_protocol_name (answers[i].protocol)) == 0);
          g_assert_true (!g_str_has_prefix (demand->code, "imap-") || answers[i].protocol == POSTWEG_IMAP);
          g_assert_true (!g_str_has_prefix (demand->code, "pop-") || answers[i].protocol == POSTWEG_POP3);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkup/guess/texts", test_guesses);
  g_test_add_func ("/checkup/guess/long", test_long);
  g_test_add_func ("/checkup/guess/names", test_names);
  g_test_add_func ("/checkup/guess/answers", test_answers);
  return g_test_run ();
}
