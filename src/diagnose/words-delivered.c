/* What became of one mail to oneself, in sentences. */
#include "diagnose/words-result.h"
#include <glib/gi18n-lib.h>

static void
say (GPtrArray *lines, char *sentence)
{
  g_ptr_array_add (lines, sentence);
}

/* "1.2 seconds". Returns: (transfer full) */
static char *
time_text (guint ms)
{
  return g_strdup_printf (_ ("%u.%u seconds"), ms / 1000, ms % 1000 / 100);
}

static void
say_arrived (GPtrArray *lines, const PostwegDelivery *delivery)
{
  /* clang-format off */
  static const char *const words[] = {
    [POSTWEG_FOLDER_INBOX] = N_ ("The mail came back after %s, in the inbox."),
    [POSTWEG_FOLDER_JUNK] = N_ ("The mail came back after %s, but in the folder for spam, “%s”."),
    [POSTWEG_FOLDER_OTHER] = N_ ("The mail came back after %s, in the folder “%s”: a rule has sorted it there."),
    [POSTWEG_FOLDER_ALL] = N_ ("After %s the mail is in “%s”, but not in the inbox: this server keeps one copy of a mail that you send to yourself."),
  };
  /* clang-format on */
  const PostwegDeliveryPlace *place = postweg_delivery_arrived (delivery);
  g_autofree char *time = time_text (delivery->arrival_ms);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the frames are the table above */
  say (lines, g_strdup_printf (g_dgettext (GETTEXT_PACKAGE, words[place->kind]), time, place->folder));
#pragma GCC diagnostic pop
  if (place->copies > 1)
    say (lines, g_strdup_printf (_ ("It came %u times."), place->copies));
}

static void
say_bounced (GPtrArray *lines, const PostwegDelivery *delivery)
{
  g_autofree char *words = postweg_reply_words (delivery->bounce);

  say (lines,
       g_strdup_printf (_ ("The mail could not be delivered. The report about that says: “%s”."), words));
  say (lines, g_strdup (_ ("The report stays in your inbox, so that you can show it.")));
}

/* Returns: (transfer none): what the server said at the step that ended it, or NULL */
static const PostwegReply *
refusal (const GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const PostwegStep *step = g_ptr_array_index (steps, i);

      if (step->verdict == POSTWEG_STEP_FAILED)
        return step->reply;
    }
  return NULL;
}

/* Sending is looked at first: what fails there stands for the rest. */
static void
say_not_sent (GPtrArray *lines, const PostwegDelivery *delivery)
{
  const PostwegReply *outgoing = refusal (delivery->outgoing_steps);
  const PostwegReply *incoming = refusal (delivery->incoming_steps);
  g_autofree char *words = NULL;

  if (outgoing != NULL || incoming != NULL)
    words = postweg_reply_words (outgoing != NULL ? outgoing : incoming);
  if (delivery->token == NULL)
    say (lines,
         g_strdup (
             _ ("No mail was sent, since both ways have to work first, and there has to be an address.")));
  else if (words == NULL || delivery->stopped)
    say (lines, g_strdup (_ ("No mail was sent.")));
  else if (outgoing != NULL)
    say (lines, g_strdup_printf (_ ("No mail was sent. The outgoing server answered: “%s”."), words));
  else
    say (lines, g_strdup_printf (_ ("No mail was sent. The incoming server answered: “%s”."), words));
}

static void
say_outcome (GPtrArray *lines, const PostwegDelivery *delivery)
{
  g_autofree char *time = time_text (delivery->waited_ms);

  switch (delivery->outcome)
    {
    case POSTWEG_DELIVERY_NOT_SENT:
      say_not_sent (lines, delivery);
      break;
    case POSTWEG_DELIVERY_UNDECIDED:
      say (lines, g_strdup_printf (_ ("The mail went out, but looking for it ended early, after %s."), time));
      break;
    case POSTWEG_DELIVERY_LOST:
      say (lines, g_strdup_printf (
                      _ ("The outgoing server took the mail, but it did not come back within %s."), time));
      break;
    case POSTWEG_DELIVERY_BOUNCED:
      say_bounced (lines, delivery);
      break;
    case POSTWEG_DELIVERY_ARRIVED:
      say_arrived (lines, delivery);
      break;
    default:
      g_assert_not_reached ();
    }
}

static const char *
check_word (const char *result)
{
  return result != NULL ? result : C_ ("sender check", "not mentioned");
}

static void
say_checks (GPtrArray *lines, const PostwegSenderChecks *checks)
{
  if (checks->server != NULL)
    say (lines, g_strdup_printf (_ ("%s says about the sender: SPF %s, DKIM %s, DMARC %s."), checks->server,
                                    check_word (checks->spf), check_word (checks->dkim),
                                    check_word (checks->dmarc)));
}

/* Whether the server files what is sent: if it does, a mail program must not do so once more. */
static void
say_sent (GPtrArray *lines, const PostwegDelivery *delivery)
{
  guint copies = postweg_delivery_copies (delivery, POSTWEG_FOLDER_SENT);

  if (!delivery->sent_known || delivery->outcome != POSTWEG_DELIVERY_ARRIVED)
    return;
  if (copies == 0)
    say (lines,
         g_strdup (
             _ ("The server keeps no copy of sent mail by itself, so the mail program should keep one.")));
  else if (copies == 1)
    say (lines, g_strdup (_ ("The server keeps a copy of sent mail by itself, so the mail program should not keep another one.")));
  else
    say (lines, g_strdup_printf (_ ("The server by itself keeps %u copies of sent mail."), copies));
}

static void
say_left_in (GPtrArray *lines, const PostwegDelivery *delivery, const PostwegDeliveryPlace *place)
{
  if (place->marked > 0)
    say (lines, g_strdup_printf (_ ("In “%s” it is marked as deleted and not yet removed, since that would have removed other mail that is marked, too."),
                                    place->folder));
  else if (place->copies > place->removed)
    say (lines,
         g_strdup_printf (_ ("In “%s” it could not be removed. You can delete it; its subject is “%s”."),
                             place->folder, delivery->subject));
}

static void
say_removed (GPtrArray *lines, const PostwegDelivery *delivery)
{
  gboolean may_come =
      delivery->outcome == POSTWEG_DELIVERY_UNDECIDED || delivery->outcome == POSTWEG_DELIVERY_LOST;

  if (delivery->places->len > 0 && postweg_delivery_left (delivery) == 0)
    say (lines, g_strdup (_ ("The mail was removed again; nothing else was touched.")));
  for (guint i = 0; i < delivery->places->len; i++)
    say_left_in (lines, delivery, g_ptr_array_index (delivery->places, i));
  if (may_come)
    say (lines, g_strdup_printf (_ ("If it still comes, you can delete it; its subject is “%s”."),
                                    delivery->subject));
}

GPtrArray *
postweg_words_delivered (const PostwegDelivery *delivery)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  say_outcome (lines, delivery);
  if (delivery->outcome == POSTWEG_DELIVERY_NOT_SENT)
    return lines;
  say_checks (lines, &delivery->checks);
  say_sent (lines, delivery);
  say_removed (lines, delivery);
  return lines;
}
