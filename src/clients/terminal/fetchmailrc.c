/* .fetchmailrc, read as fetchmail 6.4 reads it. */
#include "clients/terminal/fetchmailrc.h"
#include <string.h>

typedef struct {
  char *text;
  gsize start, end; /* bytes in the file */
  gboolean is_string;
} Word;

/* Words of one user on one server: [server, user) are the server's options, [user, end) the user's. */
typedef struct {
  guint poll; /* the server's name */
  guint server_end;
  guint user, end; /* from the word “user” on; equal if the server has none */
} Account;

struct _PostwegFetchmailrc {
  GString *text;
  GPtrArray *words;  /* Word */
  GArray *accounts;  /* Account */
  guint defaults[2]; /* words of the “defaults” entry; equal if there is none */
};

/* Short names of options. */
static const struct {
  const char *alias, *name;
} aliases[] = { { "proto", "protocol" },
                { "user", "username" },
                { "pass", "password" },
                { "port", "service" },
                { "authenticate", "auth" } };

/* Options that belong to the server, not to the user. */
static const char *const server_options[] = { "protocol", "service", "via", "auth", "uidl", NULL };

/* Options whose values are words of the language, not strings. */
static const char *const plain_options[] = { "protocol", "service", "auth", NULL };

static void
word_free (gpointer data)
{
  Word *word = data;

  g_free (word->text);
  g_free (word);
}

/* \n, \xHH, \0OO (octal), \DDD (decimal), else the character itself. Returns: how many bytes were read */
static gsize
read_escape (const char *text, GString *out)
{
  int base = text[1] == 'x' ? 16 : text[1] == '0' ? 8 : 10;
  const char *digits = text + (base == 16 ? 2 : 1);
  char *end = NULL;
  guint64 code;

  if (text[1] != 'x' && !g_ascii_isdigit (text[1]))
    {
      if (text[1] != '\0')
        g_string_append_c (out, text[1] == 'n' ? '\n' : text[1] == 't' ? '\t' : text[1]);
      return text[1] != '\0' ? 2 : 1;
    }
  code = g_ascii_strtoull (digits, &end, (guint) base);
  g_string_append_c (out, (char) code);
  return (gsize) (MAX (end, digits) - text);
}

/* Returns: the length with both quotes */
static gsize
read_string (const char *text, GString *out)
{
  char quote = *text;
  gsize at = 1;

  while (text[at] != '\0' && text[at] != quote)
    if (text[at] == '\\')
      at += read_escape (text + at, out);
    else
      g_string_append_c (out, text[at++]);
  return at + (text[at] == quote ? 1 : 0);
}

static void
add_word (PostwegFetchmailrc *rc, char *text, gsize start, gsize end, gboolean is_string)
{
  Word *word = g_new (Word, 1);

  *word = (Word){ text, start, end, is_string };
  g_ptr_array_add (rc->words, word);
}

static void
read_words (PostwegFetchmailrc *rc)
{
  static const char separators[] = " \t\r\n,;:";
  const char *text = rc->text->str;

  for (gsize at = strspn (text, separators); text[at] != '\0'; at += strspn (text + at, separators))
    {
      gsize length;
      GString *out;

      if (text[at] == '#')
        {
          at += strcspn (text + at, "\n");
          continue;
        }
      out = g_string_new (NULL);
      if (text[at] == '"' || text[at] == '\'')
        length = read_string (text + at, out);
      else
        {
          length = strcspn (text + at, " \t\r\n,;#\"");
          length -= length > 1 && text[at + length - 1] == ':' ? 1 : 0;
          g_string_append_len (out, text + at, (gssize) length);
        }
      add_word (rc, g_string_free (out, FALSE), at, at + length, text[at] == '"' || text[at] == '\'');
      at += length;
    }
}

static const char *
option_name (const Word *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (!word->is_string && strcmp (word->text, aliases[i].alias) == 0)
      return aliases[i].name;
  return word->is_string ? "" : word->text;
}

static gboolean
is_entry (const Word *word)
{
  static const char *const names[] = { "poll", "skip", "server", "defaults", NULL };

  return !word->is_string && g_strv_contains (names, word->text);
}

static guint
find_user (const PostwegFetchmailrc *rc, guint from, guint end)
{
  while (from < end && strcmp (option_name (g_ptr_array_index (rc->words, from)), "username") != 0)
    from++;
  return from;
}

/* first: the word that begins the entry; end: the one after it */
static void
read_entry (PostwegFetchmailrc *rc, guint first, guint end)
{
  guint user = find_user (rc, first, end);
  Account account = { .poll = first + 1, .server_end = user };

  if (strcmp (((const Word *) g_ptr_array_index (rc->words, first))->text, "defaults") == 0)
    {
      rc->defaults[0] = first + 1;
      rc->defaults[1] = end;
      return;
    }
  if (first + 1 >= end)
    return;
  do
    {
      account.user = user;
      account.end = find_user (rc, MIN (user + 1, end), end);
      g_array_append_val (rc->accounts, account);
      user = account.end;
  } while (user < end);
}

static void
parse (PostwegFetchmailrc *rc)
{
  guint i = 0;

  g_ptr_array_set_size (rc->words, 0);
  g_array_set_size (rc->accounts, 0);
  read_words (rc);
  while (i < rc->words->len)
    {
      guint end = i + 1;

      while (end < rc->words->len && !is_entry (g_ptr_array_index (rc->words, end)))
        end++;
      if (is_entry (g_ptr_array_index (rc->words, i)))
        read_entry (rc, i, end);
      i = end;
    }
}

PostwegFetchmailrc *
postweg_fetchmailrc_new (GBytes *bytes)
{
  PostwegFetchmailrc *rc = g_new0 (PostwegFetchmailrc, 1);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  rc->text = g_string_new_len (data != NULL ? data : "", (gssize) size);
  rc->words = g_ptr_array_new_with_free_func (word_free);
  rc->accounts = g_array_new (FALSE, FALSE, sizeof (Account));
  parse (rc);
  return rc;
}

void
postweg_fetchmailrc_free (PostwegFetchmailrc *rc)
{
  if (rc == NULL)
    return;
  g_string_free (rc->text, TRUE);
  g_ptr_array_unref (rc->words);
  g_array_unref (rc->accounts);
  g_free (rc);
}

GBytes *
postweg_fetchmailrc_bytes (const PostwegFetchmailrc *rc)
{
  return g_bytes_new (rc->text->str, rc->text->len);
}

guint
postweg_fetchmailrc_n_accounts (const PostwegFetchmailrc *rc)
{
  return rc->accounts->len;
}

const char *
postweg_fetchmailrc_poll (const PostwegFetchmailrc *rc, guint account)
{
  return ((const Word *) g_ptr_array_index (rc->words, g_array_index (rc->accounts, Account, account).poll))
      ->text;
}

/* Returns: (transfer none): the last word between the two that is this option, whose number is put into `place`; NULL if there is none */
static const Word *
find_option (const PostwegFetchmailrc *rc, guint from, guint end, const char *key, guint *place)
{
  for (guint i = end; i > from; i--)
    {
      const Word *word = g_ptr_array_index (rc->words, i - 1);

      if (strcmp (option_name (word), key) == 0)
        {
          *place = i - 1;
          return word;
        }
    }
  return NULL;
}

/* In the user's part, then the server's, then the defaults. Returns: FALSE if it is nowhere */
static gboolean
find_anywhere (const PostwegFetchmailrc *rc, guint account, const char *key, guint *place)
{
  const Account *one = &g_array_index (rc->accounts, Account, account);

  return find_option (rc, one->user, one->end, key, place) != NULL ||
         find_option (rc, one->poll + 1, one->server_end, key, place) != NULL ||
         find_option (rc, rc->defaults[0], rc->defaults[1], key, place) != NULL;
}

/* The word behind an option; not one that begins the next entry, where the option lacks its value. Returns: (transfer none): NULL if there is none */
static const Word *
value_at (const PostwegFetchmailrc *rc, guint place)
{
  const Word *word = place + 1 < rc->words->len ? g_ptr_array_index (rc->words, place + 1) : NULL;

  return word != NULL && !is_entry (word) ? word : NULL;
}

const char *
postweg_fetchmailrc_get (const PostwegFetchmailrc *rc, guint account, const char *key)
{
  guint place;
  const Word *value = find_anywhere (rc, account, key, &place) ? value_at (rc, place) : NULL;

  return value != NULL ? value->text : NULL;
}

gboolean
postweg_fetchmailrc_flag (const PostwegFetchmailrc *rc, guint account, const char *key, gboolean fallback)
{
  g_autofree char *negated = g_strconcat ("no", key, NULL);
  guint on = 0, off = 0;
  gboolean is_on = find_anywhere (rc, account, key, &on);
  gboolean is_off = find_anywhere (rc, account, negated, &off);

  /* what stands nearer to the user stands further down, but for the defaults, which come first */
  if (is_on && is_off)
    return on > off;
  return is_on || (!is_off && fallback);
}

static char *
quoted (const char *value)
{
  GString *text = g_string_new ("\"");

  for (const char *p = value; *p != '\0'; p++)
    if (*p == '"')
      g_string_append (text, "\\042");
    else
      g_string_append_printf (text, *p == '\\' ? "\\\\" : "%c", *p);
  g_string_append_c (text, '"');
  return g_string_free (text, FALSE);
}

static void
put (PostwegFetchmailrc *rc, gsize start, gsize end, const char *text)
{
  g_string_erase (rc->text, (gssize) start, (gssize) (end - start));
  g_string_insert (rc->text, (gssize) start, text);
  parse (rc);
}

/* Behind what is said of the user, or of the server. */
static gsize
place_for (const PostwegFetchmailrc *rc, guint account, const char *key)
{
  const Account *one = &g_array_index (rc->accounts, Account, account);
  gboolean is_server = g_strv_contains (server_options, key) || one->user == one->end;
  guint last = is_server ? MAX (one->poll, one->server_end - 1) : one->end - 1;

  return ((const Word *) g_ptr_array_index (rc->words, last))->end;
}

/* Not in the defaults, which hold for other servers too. */
static const Word *
own_option (const PostwegFetchmailrc *rc, guint account, const char *key, guint *place)
{
  const Account *one = &g_array_index (rc->accounts, Account, account);
  const Word *word = find_option (rc, one->user, one->end, key, place);

  return word != NULL ? word : find_option (rc, one->poll + 1, one->server_end, key, place);
}

void
postweg_fetchmailrc_set (PostwegFetchmailrc *rc, guint account, const char *key, const char *value)
{
  g_autofree char *text = g_strv_contains (plain_options, key) ? g_strdup (value) : quoted (value);
  g_autofree char *option = g_strdup_printf (" %s %s", key, text);
  const Word *value_there;
  guint place;

  if (g_strcmp0 (postweg_fetchmailrc_get (rc, account, key), value) == 0)
    return;
  value_there = own_option (rc, account, key, &place) != NULL ? value_at (rc, place) : NULL;
  if (value_there != NULL)
    put (rc, value_there->start, value_there->end, text);
  else
    put (rc, place_for (rc, account, key), place_for (rc, account, key), option);
}

/* There is no “nossl”: what switches it on is taken away. */
static void
switch_off (PostwegFetchmailrc *rc, guint account, const char *key)
{
  guint place;
  const Word *word = own_option (rc, account, key, &place);

  if (word != NULL)
    put (rc, word->start, word->end, "");
}

void
postweg_fetchmailrc_set_flag (PostwegFetchmailrc *rc, guint account, const char *key, gboolean on)
{
  g_autofree char *negated = g_strconcat ("no", key, NULL);
  g_autofree char *option = g_strdup_printf (" %s", on ? key : negated);
  guint place;
  const Word *word;

  if (postweg_fetchmailrc_flag (rc, account, key, !on) == on)
    return;
  word = own_option (rc, account, on ? negated : key, &place);
  if (!on && strcmp (key, "ssl") == 0)
    switch_off (rc, account, key);
  else if (word != NULL)
    put (rc, word->start, word->end, on ? key : negated);
  else
    put (rc, place_for (rc, account, key), place_for (rc, account, key), option);
}

gboolean
postweg_fetchmailrc_add (PostwegFetchmailrc *rc, const char *poll, const char *user, guint *account)
{
  guint before = rc->accounts->len;
  g_autofree char *name = quoted (poll);
  g_autofree char *login = quoted (user);

  if (rc->text->len > 0)
    g_string_append (rc->text, rc->text->str[rc->text->len - 1] == '\n' ? "\n" : "\n\n");
  g_string_append_printf (rc->text, "poll %s\n  user %s\n", name, login);
  parse (rc);
  *account = before;
  return rc->accounts->len == before + 1;
}
