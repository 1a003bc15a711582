/* SEARCH, FETCH, LIST and STATUS as servers write them, also those that mean no good. */
#include "wire/imap-data.h"
#include <string.h>

static PostwegAnswer *
answer_of (const char *const *lines)
{
  PostwegAnswer *answer = postweg_answer_new (POSTWEG_IMAP, "a", FALSE);

  for (; *lines != NULL; lines++)
    g_ptr_array_add (answer->lines, g_strdup (*lines));
  return answer;
}

static void
test_search (void)
{
  static const struct {
    const char *lines[4];
    const char *uids;
  } table[] = {
    { { "SEARCH 3 1 2", NULL }, "1 2 3" },
    { { "SEARCH", NULL }, "" },
    { { "SEARCH 4 4 4", "SEARCH 2 4", NULL }, "2 4" },
    { { "search  7  8", NULL }, "7 8" },
    { { "SEARCH 0 5 99999999999 4294967295", NULL }, "5 4294967295" },
    { { "SEARCH 5 (MODSEQ 917162500)", NULL }, "5" },
    { { "SEARCH x 5", NULL }, "" },
    { { "SEARCH -1", NULL }, "" },
    { { "5 EXISTS", NULL }, "" },
    { { "ESEARCH (TAG \"a1\") UID ALL 2,10:12", NULL }, "2 10 11 12" },
    { { "ESEARCH (TAG \"a1\") UID COUNT 1 ALL 7", NULL }, "7" },
    { { "ESEARCH (TAG \"a1\") UID ALL 4:2,9", NULL }, "2 3 4 9" },
    { { "ESEARCH (TAG \"a1\") UID", NULL }, "" },
    { { "ESEARCH (TAG \"a1\") ALL 5", NULL }, "" },
    { { "ESEARCH (TAG \"a1\") UID ALL x", NULL }, "" },
    { { "ESEARCH (TAG \"a1\") UID ALL 3:", NULL }, "1 2 3" },
    { { NULL }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegAnswer) answer = answer_of (table[i].lines);
      g_autoptr (GArray) uids = postweg_imap_search (answer);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < uids->len; j++)
        g_string_append_printf (text, "%s%u", j > 0 ? " " : "", g_array_index (uids, guint32, j));
      g_assert_cmpstr (text->str, ==, table[i].uids);
    }
}

static void
test_search_limit (void)
{
  g_autoptr (GString) line = g_string_new ("SEARCH");
  const char *lines[] = { NULL, NULL, NULL };
  g_autoptr (PostwegAnswer) answer = NULL;
  g_autoptr (GArray) uids = NULL;

  for (guint i = 1; i < 9000; i++)
    g_string_append_printf (line, " %u", i);
  lines[0] = line->str;
  lines[1] = "ESEARCH (TAG \"a1\") UID ALL 1:4294967295,1:4294967295";
  answer = answer_of (lines);
  uids = postweg_imap_search (answer);
  g_assert_cmpuint (uids->len, <=, POSTWEG_IMAP_UIDS_MAX);
}

static void
test_fetch (void)
{
  static const struct {
    const char *line;
    gboolean is_fetch;
    guint32 uid;
    const char *section;
  } table[] = {
    { "1 FETCH (UID 5 BODY[HEADER.FIELDS (X-Y MESSAGE-ID)] {7}\r\nA: b\r\n\r)", TRUE, 5, "A: b\r\n\r" },
    { "1 FETCH (BODY[HEADER]<0> {4}\r\nA: b UID 5)", TRUE, 5, "A: b" },
    { "12 fetch (uid 7 flags (\\Seen \\Answered) body[] \"quoted \\\" text\")", TRUE, 7, "quoted \" text" },
    { "1 FETCH (UID 5 BODY[HEADER] NIL)", TRUE, 5, "NIL" },
    { "1 FETCH (UID 5 BODY[HEADER] {0}\r\n)", TRUE, 5, "" },
    { "1 FETCH (UID 5 BODY[HEADER] {900}\r\nshort)", TRUE, 5, "short)" },
    { "1 FETCH (UID 5 BODY[HEADER] {4}\r\nA: b BODY[HEADER] {4}\r\nC: d)", TRUE, 5, "A: b" },
    { "1 FETCH (UID 99999999999999)", TRUE, G_MAXUINT32, NULL },
    { "1 FETCH (UID)", TRUE, 0, NULL },
    { "1 FETCH (", TRUE, 0, NULL },
    { "1 FETCH ()", TRUE, 0, NULL },
    { "1 FETCH (UID 5 BODY[unfinished {4}\r\nA: b)", TRUE, 5, NULL },
    { "1 FETCH (UID 5 BODY[HEADER] {x})", TRUE, 5, "" },
    { "1 FETCH (UID 5 BODY[HEADER] \"never closed", TRUE, 5, "never closed" },
    { "1 FETCH (UID 5 BODY[HEADER] (((((", TRUE, 5, "(((((" },
    { "1 EXISTS", FALSE, 0, NULL },
    { "FETCH (UID 5)", FALSE, 0, NULL },
    { "", FALSE, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (PostwegImapMail) mail = { 0 };

      g_test_message ("%s", table[i].line);
      g_assert_cmpint (postweg_imap_fetch (table[i].line, &mail), ==, table[i].is_fetch);
      g_assert_cmpuint (mail.uid, ==, table[i].uid);
      g_assert_cmpstr (mail.section, ==, table[i].section);
    }
}

static void
test_folder (void)
{
  static const struct {
    const char *line;
    const char *wire, *name, *flags; /* name NULL: no LIST response */
  } table[] = {
    { "LIST (\\HasNoChildren \\Sent) \"/\" Sent", "\"Sent\"", "Sent", "\\HasNoChildren \\Sent" },
    { "LIST () \".\" \"INBOX.Gel&APY-scht\"", "\"INBOX.Gel&APY-scht\"", "INBOX.Gelöscht", "" },
    { "LIST (\\Junk) NIL Spam", "\"Spam\"", "Spam", "\\Junk" },
    { "LIST () \"\\\\\" \"a\\\\b \\\"c\\\"\"", "\"a\\\\b \\\"c\\\"\"", "a\\b \"c\"", "" },
    { "LIST () \"/\" {5}\r\nA b/c", "\"A b/c\"", "A b/c", "" },
    { "LIST () \"/\" \"Gel\xc3\xb6scht\"", NULL, "Gelöscht", "" },
    { "LIST () \"/\" \"a\x1b[31m\"", NULL, "a[31m", "" },
    { "LIST () \"/\" \"\"", NULL, NULL, NULL },
    { "LIST () \"/\"", NULL, NULL, NULL },
    { "LIST", NULL, NULL, NULL },
    { "LSUB () \"/\" a", NULL, NULL, NULL },
    { "", NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (PostwegImapFolder) folder = { NULL };

      g_test_message ("%s", table[i].line);
      g_assert_cmpint (postweg_imap_folder (table[i].line, &folder), ==, table[i].name != NULL);
      g_assert_cmpstr (folder.wire, ==, table[i].wire);
      g_assert_cmpstr (folder.name, ==, table[i].name);
      g_assert_cmpstr (folder.flags, ==, table[i].flags);
    }
}

static void
test_flagged (void)
{
  g_assert_true (postweg_imap_flagged ("\\HasNoChildren \\Junk", "\\junk"));
  g_assert_false (postweg_imap_flagged ("\\JunkMail", "\\Junk"));
  g_assert_false (postweg_imap_flagged ("", "\\Junk"));
}

static void
test_status (void)
{
  static const struct {
    const char *line, *wire;
    guint32 next; /* 0: not said */
  } table[] = {
    { "STATUS Sent (UIDNEXT 5 UIDVALIDITY 7)", "\"Sent\"", 5 },
    { "STATUS \"Sent\" (UIDVALIDITY 7 UIDNEXT 5)", "\"Sent\"", 5 },
    { "STATUS {4}\r\nSent (uidnext 5)", "\"Sent\"", 5 },
    { "STATUS Other (UIDNEXT 5)", "\"Sent\"", 0 },
    { "STATUS Sent (MESSAGES 5)", "\"Sent\"", 0 },
    { "STATUS Sent (UIDNEXT)", "\"Sent\"", 0 },
    { "STATUS Sent (UIDNEXT 0)", "\"Sent\"", 0 },
    { "STATUS Sent", "\"Sent\"", 0 },
    { "STATUS", "\"Sent\"", 0 },
    { "OK done", "\"Sent\"", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      guint32 next = 0;

      g_assert_cmpint (postweg_imap_status (table[i].line, table[i].wire, "UIDNEXT", &next), ==,
                       table[i].next > 0);
      g_assert_cmpuint (next, ==, table[i].next);
    }
}

static void
test_code_number (void)
{
  static const char *const lines[] = { "OK [UIDVALIDITY 1795433066] UIDs valid", "OK [UIDNEXT 4] next",
                                       NULL };
  g_autoptr (PostwegAnswer) answer = answer_of (lines);

  g_assert_cmpuint (postweg_imap_code_number (answer, "UIDVALIDITY"), ==, 1795433066);
  g_assert_cmpuint (postweg_imap_code_number (answer, "UIDNEXT"), ==, 4);
  g_assert_cmpuint (postweg_imap_code_number (answer, "UNSEEN"), ==, 0);
}

/* Whatever a hostile server cuts or doubles: nothing is read outside, and it ends. Run under the sanitizers. */
static void
test_mutilated (void)
{
  static const char whole[] =
      "1 FETCH (UID 5 FLAGS (\\Seen) BODY[HEADER.FIELDS (A B)]<0> {12}\r\nA: b\r\nC: d\r\n X \"q\\\"\" NIL)";
  static const char pieces[] = "()[]{}\"\\<> \r\n5";
  g_autofree char *line = NULL;

  for (gsize at = 0; at < sizeof whole - 1; at++)
    for (guint i = 0; i < sizeof pieces; i++)
      {
        g_auto (PostwegImapMail) mail = { 0 };
        g_auto (PostwegImapFolder) folder = { NULL };
        guint32 next;

        g_free (line);
        line = g_strdup (whole);
        line[at] = pieces[i];
        postweg_imap_fetch (line, &mail);
        g_assert_cmpuint (mail.section != NULL ? strlen (mail.section) : 0, <, sizeof whole);
        postweg_imap_folder (line, &folder);
        postweg_imap_status (line, "\"a\"", "UIDNEXT", &next);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/imap-data/search", test_search);
  g_test_add_func ("/wire/imap-data/search-limit", test_search_limit);
  g_test_add_func ("/wire/imap-data/fetch", test_fetch);
  g_test_add_func ("/wire/imap-data/folder", test_folder);
  g_test_add_func ("/wire/imap-data/flagged", test_flagged);
  g_test_add_func ("/wire/imap-data/status", test_status);
  g_test_add_func ("/wire/imap-data/code-number", test_code_number);
  g_test_add_func ("/wire/imap-data/mutilated", test_mutilated);
  return g_test_run ();
}
