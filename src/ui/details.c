/* Evidence as rows that can be read and copied. */
#include "ui/details.h"
#include "ui/parts.h"
#include "checkup/checkup.h"
#include <glib/gi18n-lib.h>

static void
add (PostwegStationRow *row, const char *title, const char *text)
{
  if (text != NULL && *text != '\0')
    postweg_station_row_add_detail (row, postweg_parts_fact_row (title, text));
}

static char *
attempt_words (const PostwegAttempt *attempt)
{
  g_autofree char *why = NULL;

  if (attempt->error == POSTWEG_OK)
    return g_strdup_printf (_("%s answered after %u ms"), attempt->address, attempt->ms);
  if (attempt->error == POSTWEG_ERROR_OUT_OF_TIME)
    return g_strdup_printf (_("%s was let go, another one was faster"), attempt->address);
  why = postweg_checkup_error_text (attempt->error);
  return g_strdup_printf (_("%s did not answer (%s)"), attempt->address, why);
}

static void
add_attempts (PostwegStationRow *row, const PostwegEvidence *evidence)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < evidence->attempts->len; i++)
    {
      g_autofree char *words = attempt_words (g_ptr_array_index (evidence->attempts, i));

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words);
    }
  add (row, _("Addresses Tried"), text->str);
}

static char *
period (const PostwegCertLink *link)
{
  g_autoptr (GDateTime) from = g_date_time_new_from_unix_local (link->not_before);
  g_autoptr (GDateTime) until = g_date_time_new_from_unix_local (link->not_after);
  g_autofree char *first = from != NULL ? g_date_time_format (from, "%F") : g_strdup ("?");
  g_autofree char *last = until != NULL ? g_date_time_format (until, "%F") : g_strdup ("?");

  /* Translators: from a day until a day */
  return g_strdup_printf (_("%s until %s"), first, last);
}

static void
add_certificate (PostwegStationRow *row, const PostwegTlsFacts *tls)
{
  const PostwegCertLink *leaf = tls->chain->len > 0 ? g_ptr_array_index (tls->chain, 0) : NULL;
  g_autofree char *names = NULL;
  g_autofree char *valid = NULL;

  if (leaf == NULL)
    return;
  names = leaf->names != NULL ? g_strjoinv (", ", leaf->names) : NULL;
  valid = period (leaf);
  add (row, _("Certificate Is For"), names != NULL && *names != '\0' ? names : leaf->subject);
  add (row, _("Issued By"), leaf->issuer);
  add (row, _("Valid"), valid);
  add (row, _("Fingerprint (SHA-256)"), leaf->fingerprint);
  add (row, _("Why It Is Not Trusted"), tls->refusal);
}

static void
add_words (PostwegStationRow *row, const PostwegReply *reply)
{
  g_autofree char *words = reply != NULL ? postweg_reply_words (reply) : NULL;

  add (row, _("The Server’s Own Words"), words);
}

void
postweg_details_add_step (PostwegStationRow *row, const PostwegStep *step)
{
  add (row, _("Technical Detail"), step->detail);
  add_words (row, step->reply);
}

void
postweg_details_add (PostwegStationRow *row, const PostwegEvidence *evidence, const PostwegStep *step)
{
  if (step->stage == POSTWEG_STAGE_CONNECT)
    add_attempts (row, evidence);
  add (row, _("Technical Detail"), step->detail);
  if (step->stage == POSTWEG_STAGE_TLS && evidence->tls != NULL)
    add_certificate (row, evidence->tls);
  add_words (row, step->reply);
}
