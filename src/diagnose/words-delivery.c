/* Evidence lines about one mail to oneself. */
#include "diagnose/words-evidence.h"
#include <glib/gi18n-lib.h>

static void
add_lost (const PostwegView *view, const PostwegDelivery *delivery, GPtrArray *lines)
{
  if (delivery->accepted != NULL)
    g_ptr_array_add (lines, g_strdup_printf (_ ("The outgoing server took the mail with the words “%s”."),
                                                delivery->accepted));
  g_ptr_array_add (lines,
                   g_strdup_printf (_ ("It was looked for during %u seconds."), delivery->waited_ms / 1000));
  if (view->the_case->incoming->server->protocol == POSTWEG_POP3)
    g_ptr_array_add (lines,
                     g_strdup (_ ("POP shows the inbox only, so the mail may lie in the folder for spam.")));
  if (postweg_delivery_copies (delivery, POSTWEG_FOLDER_SENT) > 0)
    g_ptr_array_add (lines, g_strdup (_ ("The folder for sent mail has a copy.")));
}

static const char *
word (const char *result)
{
  /* TRANSLATORS: what a server says about a check of the sender (SPF, DKIM, DMARC) that it did not mention */
  return result != NULL ? result : C_ ("sender check", "not mentioned");
}

static void
add_checks (const PostwegSenderChecks *checks, GPtrArray *lines)
{
  g_ptr_array_add (lines, g_strdup_printf (_ ("%s says about the sender: SPF %s, DKIM %s, DMARC %s."),
                                              checks->server, word (checks->spf), word (checks->dkim),
                                              word (checks->dmarc)));
}

static void
add_filed (const PostwegDelivery *delivery, GPtrArray *lines)
{
  for (guint i = 0; i < delivery->places->len; i++)
    {
      const PostwegDeliveryPlace *place = g_ptr_array_index (delivery->places, i);

      if (place->kind == POSTWEG_FOLDER_SENT)
        g_ptr_array_add (
            lines, g_strdup_printf (ngettext ("The server itself has put %u copy of the mail into “%s”.",
                                              "The server itself has put %u copies of the mail into “%s”.",
                                              place->copies),
                                    place->copies, place->folder));
    }
}

void
postweg_words_delivery (const PostwegView *view, PostwegCause cause, GPtrArray *lines)
{
  const PostwegDelivery *delivery = view->the_case->delivery;

  if (delivery == NULL)
    return;
  if (cause == POSTWEG_CAUSE_TEST_MAIL_LOST && lines->len == 0)
    add_lost (view, delivery, lines);
  else if (cause == POSTWEG_CAUSE_SENDER_AUTH_FAILED && delivery->checks.server != NULL)
    add_checks (&delivery->checks, lines);
  else if (cause == POSTWEG_CAUSE_SENT_TWICE)
    add_filed (delivery, lines);
}
