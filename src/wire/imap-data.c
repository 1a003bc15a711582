/* One scanner for the data that IMAP servers send: atoms, quoted strings, literals, lists in brackets. */
#include "wire/imap-data.h"
#include "wire/imap.h"
#include "wire/text.h"
#include <string.h>

#define ITEMS_MAX 100 /* of one list */

/* A quoted string, from behind its opening quote. */
static char *
take_quoted (const char **p)
{
  GString *text = g_string_new (NULL);

  for (; **p != '\0' && **p != '"'; (*p)++)
    {
      if (**p == '\\' && (*p)[1] != '\0')
        (*p)++;
      g_string_append_c (text, **p);
    }
  if (**p == '"')
    (*p)++;
  return g_string_free (text, FALSE);
}

/* {n} CRLF and n bytes, which the connection put behind the line. It may be shorter than announced: what is hidden was blackened. */
static char *
take_literal (const char **p)
{
  const char *feed = strchr (*p, '\n');
  g_autofree char *opening = feed != NULL ? g_strndup (*p, (gsize) (feed - *p)) : NULL;
  gsize size = 0, there;
  char *text;

  if (opening == NULL || !postweg_imap_literal (g_strchomp (opening), &size))
    {
      *p += strlen (*p);
      return g_strdup ("");
    }
  there = strnlen (feed + 1, size);
  text = g_strndup (feed + 1, there);
  *p = feed + 1 + there;
  return text;
}

/* An atom, with what stands in square brackets: BODY[HEADER.FIELDS (A B)]<0>; or a list in round ones, as it is. */
static char *
take_atom (const char **p)
{
  const char *start = *p;
  gboolean list = *start == '(';
  guint square = 0, round = 0;

  for (; **p != '\0'; (*p)++)
    {
      if (!list && square == 0 && (**p == ' ' || **p == ')'))
        break;
      square += **p == '[';
      square -= **p == ']' && square > 0;
      round += **p == '(';
      round -= **p == ')' && round > 0;
      if (list && round == 0)
        {
          (*p)++;
          break;
        }
    }
  return g_strndup (start, (gsize) (*p - start));
}

/* The next item and the blanks behind it. Returns: (transfer full): or NULL at the end */
static char *
take (const char **p)
{
  char *item;

  if (**p == '\0' || **p == ')')
    return NULL;
  if (**p == '"')
    {
      (*p)++;
      item = take_quoted (p);
    }
  else
    item = **p == '{' ? take_literal (p) : take_atom (p);
  *p += strspn (*p, " ");
  return item;
}

static gint
compare_uids (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static void
add_uids (GArray *uids, const char *text)
{
  char *end = NULL;

  for (const char *p = text; uids->len < POSTWEG_IMAP_UIDS_MAX; p = end)
    {
      guint64 n;
      guint32 uid;

      p += strspn (p, " ");
      if (!g_ascii_isdigit (*p))
        return;
      n = g_ascii_strtoull (p, &end, 10);
      uid = (guint32) n;
      if (n > 0 && n <= G_MAXUINT32)
        g_array_append_val (uids, uid);
    }
}

/* A sequence set "2,10:12" (RFC 9051 9), ranges in either order. */
static void
add_set (GArray *uids, const char *text)
{
  char *end = NULL;

  for (const char *p = text; g_ascii_isdigit (*p); p = end + 1)
    {
      guint64 first = g_ascii_strtoull (p, &end, 10);
      guint64 last = *end == ':' ? g_ascii_strtoull (end + 1, &end, 10) : first;
      guint64 high = MIN (MAX (first, last), G_MAXUINT32);

      for (guint64 n = MAX (MIN (first, last), 1); n <= high && uids->len < POSTWEG_IMAP_UIDS_MAX; n++)
        {
          guint32 uid = (guint32) n;

          g_array_append_val (uids, uid);
        }
      if (*end != ',')
        return;
    }
}

/* A server that speaks nothing but IMAP4rev2 answers so: ESEARCH (TAG "a") UID ALL 2,10:12 (RFC 9051 7.3.4). */
static void
add_extended (GArray *uids, const char *line)
{
  g_autofree char *upper = g_ascii_strup (line, -1);
  const char *all = strstr (upper, " ALL ");

  if (strstr (upper, " UID ") != NULL && all != NULL)
    add_set (uids, all + strlen (" ALL "));
}

GArray *
postweg_imap_search (const PostwegAnswer *answer)
{
  GArray *uids = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < answer->lines->len; i++)
    {
      const char *line = g_ptr_array_index (answer->lines, i);

      if (g_ascii_strncasecmp (line, "SEARCH", 6) == 0)
        add_uids (uids, line + 6);
      else if (g_ascii_strncasecmp (line, "ESEARCH ", 8) == 0)
        add_extended (uids, line);
    }
  g_array_sort (uids, compare_uids);
  for (guint i = 1; i < uids->len;)
    if (g_array_index (uids, guint32, i) == g_array_index (uids, guint32, i - 1))
      g_array_remove_index (uids, i);
    else
      i++;
  return uids;
}

static void
keep_item (PostwegImapMail *mail, const char *name, char *value)
{
  g_autofree char *owned = value;

  if (g_ascii_strcasecmp (name, "UID") == 0)
    mail->uid = (guint32) MIN (g_ascii_strtoull (owned, NULL, 10), G_MAXUINT32);
  else if (g_ascii_strncasecmp (name, "BODY[", 5) == 0 && mail->section == NULL)
    {
      mail->length = strlen (owned);
      mail->section = g_steal_pointer (&owned);
    }
}

gboolean
postweg_imap_fetch (const char *line, PostwegImapMail *mail)
{
  gsize digits = strspn (line, "0123456789");
  const char *p = line + digits;

  *mail = (PostwegImapMail){ 0 };
  if (digits == 0 || g_ascii_strncasecmp (p, " FETCH (", 8) != 0)
    return FALSE;
  p += 8;
  for (guint i = 0; i < ITEMS_MAX; i++)
    {
      g_autofree char *name = take (&p);
      char *value = name != NULL ? take (&p) : NULL;

      if (value == NULL)
        break;
      keep_item (mail, name, value);
    }
  return TRUE;
}

void
postweg_imap_mail_clear (PostwegImapMail *mail)
{
  g_clear_pointer (&mail->section, g_free);
}

gboolean
postweg_imap_folder (const char *line, PostwegImapFolder *folder)
{
  const char *p = line;
  g_autofree char *keyword = take (&p);
  g_autofree char *flags = take (&p);
  g_autofree char *delimiter = take (&p);
  g_autofree char *raw = take (&p);
  g_autofree char *decoded = NULL;

  *folder = (PostwegImapFolder){ NULL };
  if (raw == NULL || g_ascii_strcasecmp (keyword, "LIST") != 0 || *flags != '(' || *raw == '\0')
    return FALSE;
  decoded = postweg_imap_utf7_decode (raw);
  folder->wire = postweg_imap_quote (raw);
  folder->name = postweg_text_clean (decoded, strlen (decoded));
  folder->flags = g_strndup (flags + 1, strlen (flags) - 1 - (g_str_has_suffix (flags, ")") ? 1 : 0));
  return TRUE;
}

void
postweg_imap_folder_clear (PostwegImapFolder *folder)
{
  g_clear_pointer (&folder->wire, g_free);
  g_clear_pointer (&folder->name, g_free);
  g_clear_pointer (&folder->flags, g_free);
}

gboolean
postweg_imap_flagged (const char *flags, const char *flag)
{
  g_auto (GStrv) all = g_strsplit (flags, " ", ITEMS_MAX);

  for (guint i = 0; all[i] != NULL; i++)
    if (g_ascii_strcasecmp (all[i], flag) == 0)
      return TRUE;
  return FALSE;
}

gboolean
postweg_imap_status (const char *line, const char *wire, const char *item, guint32 *value)
{
  const char *p = line;
  g_autofree char *keyword = take (&p);
  g_autofree char *raw = take (&p);
  g_autofree char *quoted = raw != NULL ? postweg_imap_quote (raw) : NULL;

  if (quoted == NULL || *p != '(' || g_ascii_strcasecmp (keyword, "STATUS") != 0 ||
      strcmp (quoted, wire) != 0)
    return FALSE;
  p++;
  for (guint i = 0; i < ITEMS_MAX; i++)
    {
      g_autofree char *name = take (&p);
      g_autofree char *number = name != NULL ? take (&p) : NULL;

      if (number == NULL)
        return FALSE;
      if (g_ascii_strcasecmp (name, item) == 0)
        {
          *value = (guint32) MIN (g_ascii_strtoull (number, NULL, 10), G_MAXUINT32);
          return *value > 0;
        }
    }
  return FALSE;
}

guint32
postweg_imap_code_number (const PostwegAnswer *answer, const char *code)
{
  g_autofree char *mark = g_strdup_printf ("OK [%s ", code);

  for (guint i = 0; i < answer->lines->len; i++)
    {
      const char *line = g_ptr_array_index (answer->lines, i);

      if (g_ascii_strncasecmp (line, mark, strlen (mark)) == 0)
        return (guint32) MIN (g_ascii_strtoull (line + strlen (mark), NULL, 10), G_MAXUINT32);
    }
  return 0;
}
