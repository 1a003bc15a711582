/* Any bytes as a mail: its header, the stations it passed, what was said about its sender, and the report that it did not arrive. */
#include "fuzz.h"
#include "model/delivery.h"
#include "wire/auth-results.h"
#include "wire/header.h"
#include "wire/imap-data.h"
#include "wire/received.h"
#include "wire/report.h"
#include "wire/server-clock.h"
#include <string.h>

static void
read_header (const char *bytes, size_t length)
{
  g_autoptr (GPtrArray) fields = postweg_header_parse (bytes, length);
  g_autoptr (GPtrArray) hops = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_hop_free);
  PostwegSenderChecks checks = { 0 };

  g_assert_cmpuint (fields->len, <=, POSTWEG_HEADER_FIELDS_MAX);
  for (guint i = 0; i < fields->len; i++)
    {
      const PostwegHeaderField *field = g_ptr_array_index (fields, i);
      g_autofree char *comments = NULL;
      g_autofree char *plain = postweg_header_strip_comments (field->value, &comments);
      gint64 seconds;

      g_assert_true (g_utf8_validate (field->value, -1, NULL) && strchr (field->value, '\n') == NULL);
      g_assert_cmpuint (strlen (plain), <=, strlen (field->value));
      postweg_header_date (field->value, &seconds);
    }
  postweg_received_hops (fields, hops);
  g_assert_cmpuint (hops->len, <=, POSTWEG_HOPS_MAX);
  postweg_auth_results_find (fields, "mail.firm.example", "firm.example", &checks);
  postweg_sender_checks_clear (&checks);
}

static void
read_line (const char *line)
{
  g_auto (PostwegImapMail) mail = { 0 };
  g_auto (PostwegImapFolder) folder = { NULL };
  guint32 number;

  if (postweg_imap_fetch (line, &mail) && mail.section != NULL)
    g_assert_cmpuint (mail.length, <=, strlen (line));
  if (postweg_imap_folder (line, &folder))
    g_assert_true (g_utf8_validate (folder.name, -1, NULL) &&
                   (folder.wire == NULL || strpbrk (folder.wire, "\r\n") == NULL));
  postweg_imap_status (line, "\"INBOX\"", "UIDNEXT", &number);
  postweg_server_clock (line);
}

static void
read_imap (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 100);
  g_autoptr (PostwegAnswer) answer = postweg_answer_new (POSTWEG_IMAP, "A1", FALSE);
  g_autoptr (GArray) uids = NULL;

  for (char **line = lines; *line != NULL; line++)
    {
      g_ptr_array_add (answer->lines, g_strdup (*line));
      read_line (*line);
    }
  uids = postweg_imap_search (answer);
  g_assert_cmpuint (uids->len, <=, POSTWEG_IMAP_UIDS_MAX);
  for (guint i = 1; i < uids->len; i++)
    g_assert_cmpuint (g_array_index (uids, guint32, i - 1), <, g_array_index (uids, guint32, i));
  postweg_imap_code_number (answer, "UIDVALIDITY");
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_autoptr (PostwegReply) reply = postweg_report_parse ((const char *) bytes, length, "<mark@firm.example>");

  if (reply != NULL)
    g_assert_true (g_utf8_validate (reply->text, -1, NULL));
  read_header ((const char *) bytes, length);
  read_imap (text);
  return 0;
}
