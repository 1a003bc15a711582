/* muttrc, read as mutt's own tokenizer does (mutt 2.2, neomutt 20220429). */
#include "clients/terminal/muttrc.h"
#include <string.h>

/* One “name = value”, and where the value stands. */
typedef struct {
  char *name; /* without underscores */
  char *value;
  gsize start, end; /* bytes */
} Setting;

struct _PostwegMuttrc {
  GString *text;
  GPtrArray *settings; /* Setting */
  GPtrArray *sources;  /* char* */
};

/* A place in the text. */
typedef struct {
  const PostwegMuttrc *rc;
  const char *text;
  gsize at;
} Reader;

static void
setting_free (gpointer data)
{
  Setting *setting = data;

  g_free (setting->name);
  g_free (setting->value);
  g_free (setting);
}

static char *
plain_name (const char *name)
{
  GString *plain = g_string_new (name);

  g_string_replace (plain, "_", "", 0);
  return g_string_free (plain, FALSE);
}

static void
skip_blanks (Reader *reader)
{
  while (reader->text[reader->at] == ' ' || reader->text[reader->at] == '\t' ||
         (reader->text[reader->at] == '\\' && reader->text[reader->at + 1] == '\n'))
    reader->at += reader->text[reader->at] == '\\' ? 2 : 1;
}

static gboolean
at_end_of_command (const Reader *reader)
{
  char c = reader->text[reader->at];

  return c == '\0' || c == '\n' || c == '\r' || c == ';' || c == '#';
}

/* What stands between backticks stays as it is, with them. */
static void
read_command (Reader *reader, GString *word)
{
  do
    g_string_append_c (word, reader->text[reader->at++]);
  while (reader->text[reader->at] != '\0' && reader->text[reader->at] != '`');
  if (reader->text[reader->at] == '`')
    g_string_append_c (word, reader->text[reader->at++]);
}

static void
read_variable (Reader *reader, GString *word)
{
  gboolean braces = reader->text[reader->at + 1] == '{';
  gsize start = reader->at + (braces ? 2 : 1);
  gsize length = strspn (reader->text + start, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_");
  g_autofree char *name = g_strndup (reader->text + start, length);
  const char *value = length > 0 ? postweg_muttrc_get (reader->rc, name) : NULL;

  if (length == 0)
    {
      g_string_append_c (word, reader->text[reader->at++]);
      return;
    }
  reader->at = start + length + (braces && reader->text[start + length] == '}' ? 1 : 0);
  g_string_append (word, value != NULL ? value : "");
}

static void
read_escaped (Reader *reader, GString *word)
{
  static const char codes[] = "n\nr\rt\tf\fe\033";
  char c = reader->text[++reader->at];
  const char *code = c != '\0' ? strchr (codes, c) : NULL;

  if (c == '\0')
    return;
  if (c != '\n')
    g_string_append_c (word, code != NULL && (code - codes) % 2 == 0 ? code[1] : c);
  reader->at++;
}

/* Whether the word ends here, outside of quotes. */
static gboolean
ends_word (const Reader *reader, gboolean at_equals)
{
  char c = reader->text[reader->at];

  return c == ' ' || c == '\t' || at_end_of_command (reader) || (at_equals && strchr ("=+-", c) != NULL);
}

/* One character, or what it stands for, where it is no quote. */
static void
read_character (Reader *reader, GString *word)
{
  switch (reader->text[reader->at])
    {
    case '\\':
      read_escaped (reader, word);
      break;
    case '`':
      read_command (reader, word);
      break;
    case '$':
      read_variable (reader, word);
      break;
    default:
      g_string_append_c (word, reader->text[reader->at++]);
    }
}

/* quote: the quote that is open, 0 for none. Returns: FALSE at the end of the word */
static gboolean
read_piece (Reader *reader, GString *word, char *quote, gboolean ends_at_equals)
{
  char c = reader->text[reader->at];

  if (c == '\0' || (*quote == 0 && ends_word (reader, ends_at_equals)))
    return FALSE;
  if (c == *quote || (*quote == 0 && (c == '"' || c == '\'')))
    {
      *quote = *quote == 0 ? c : 0;
      reader->at++;
    }
  else if (*quote == '\'')
    g_string_append_c (word, reader->text[reader->at++]);
  else
    read_character (reader, word);
  return TRUE;
}

/* Returns: (transfer full) */
static char *
read_word (Reader *reader, gboolean ends_at_equals)
{
  GString *word = g_string_new (NULL);
  char quote = 0;

  skip_blanks (reader);
  while (read_piece (reader, word, &quote, ends_at_equals))
    ;
  return g_string_free (word, FALSE);
}

/* Takes the value. */
static void
add_setting (PostwegMuttrc *rc, const char *name, char *value, gsize start, gsize end)
{
  Setting *setting = g_new (Setting, 1);

  *setting = (Setting){ plain_name (name), value, start, end };
  g_ptr_array_add (rc->settings, setting);
}

/* “set name=value”, “set name”, “set noname”, several of them in one command. fallback: what a bare name means */
static void
read_settings (PostwegMuttrc *rc, Reader *reader, const char *fallback)
{
  for (skip_blanks (reader); !at_end_of_command (reader); skip_blanks (reader))
    {
      gsize before = reader->at;
      g_autofree char *name = read_word (reader, TRUE);
      gsize start;
      char *value;

      skip_blanks (reader);
      reader->at += strspn (reader->text + reader->at, "+-");
      if (reader->text[reader->at] != '=')
        {
          gboolean negated = g_str_has_prefix (name, "no");

          add_setting (rc, negated ? name + 2 : name, g_strdup (negated ? "no" : fallback), 0, 0);
          reader->at += reader->at == before ? 1 : 0;
          continue;
        }
      reader->at++;
      skip_blanks (reader);
      start = reader->at;
      value = read_word (reader, FALSE);
      add_setting (rc, name, value, start, reader->at);
    }
}

static void
read_one_command (PostwegMuttrc *rc, Reader *reader)
{
  g_autofree char *command = read_word (reader, FALSE);

  if (strcmp (command, "set") == 0)
    read_settings (rc, reader, "yes");
  else if (strcmp (command, "unset") == 0)
    read_settings (rc, reader, "no");
  else if (strcmp (command, "source") == 0)
    g_ptr_array_add (rc->sources, read_word (reader, FALSE));
}

/* To the next command: after “;” or the end of the line. */
static void
skip_rest (Reader *reader)
{
  while (!at_end_of_command (reader))
    {
      gsize before = reader->at;
      g_autofree char *word = read_word (reader, FALSE);

      reader->at += reader->at == before ? 1 : 0;
    }
  if (reader->text[reader->at] == '#')
    reader->at += strcspn (reader->text + reader->at, "\n");
  reader->at += reader->text[reader->at] != '\0' ? 1 : 0;
}

static void
parse (PostwegMuttrc *rc)
{
  Reader reader = { rc, rc->text->str, 0 };

  g_ptr_array_set_size (rc->settings, 0);
  g_ptr_array_set_size (rc->sources, 0);
  while (reader.text[reader.at] != '\0')
    {
      read_one_command (rc, &reader);
      skip_rest (&reader);
    }
}

PostwegMuttrc *
postweg_muttrc_new (GBytes *bytes)
{
  PostwegMuttrc *rc = g_new0 (PostwegMuttrc, 1);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  rc->text = g_string_new_len (data != NULL ? data : "", (gssize) size);
  rc->settings = g_ptr_array_new_with_free_func (setting_free);
  rc->sources = g_ptr_array_new_with_free_func (g_free);
  parse (rc);
  return rc;
}

void
postweg_muttrc_free (PostwegMuttrc *rc)
{
  if (rc == NULL)
    return;
  g_string_free (rc->text, TRUE);
  g_ptr_array_unref (rc->settings);
  g_ptr_array_unref (rc->sources);
  g_free (rc);
}

GBytes *
postweg_muttrc_bytes (const PostwegMuttrc *rc)
{
  return g_bytes_new (rc->text->str, rc->text->len);
}

static const Setting *
last_setting (const PostwegMuttrc *rc, const char *name)
{
  g_autofree char *plain = plain_name (name);

  for (guint i = rc->settings->len; i > 0; i--)
    {
      const Setting *setting = g_ptr_array_index (rc->settings, i - 1);

      if (strcmp (setting->name, plain) == 0)
        return setting;
    }
  return NULL;
}

const char *
postweg_muttrc_get (const PostwegMuttrc *rc, const char *name)
{
  const Setting *setting = last_setting (rc, name);

  return setting != NULL ? setting->value : NULL;
}

const char *
postweg_muttrc_get_or (const PostwegMuttrc *rc, const char *name, const char *fallback)
{
  const char *value = postweg_muttrc_get (rc, name);

  return value != NULL ? value : fallback;
}

char *
postweg_muttrc_quote (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (strchr ("\\\"$`", *p) != NULL)
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

void
postweg_muttrc_add (PostwegMuttrc *rc, const char *line)
{
  if (rc->text->len > 0 && rc->text->str[rc->text->len - 1] != '\n')
    g_string_append_c (rc->text, '\n');
  g_string_append (rc->text, line);
  g_string_append_c (rc->text, '\n');
  parse (rc);
}

static void
put (PostwegMuttrc *rc, const char *name, const char *quoted)
{
  const Setting *setting = last_setting (rc, name);
  g_autofree char *line = NULL;

  if (setting != NULL && setting->end > 0)
    {
      g_string_erase (rc->text, (gssize) setting->start, (gssize) (setting->end - setting->start));
      g_string_insert (rc->text, (gssize) setting->start, quoted);
      parse (rc);
      return;
    }
  line = g_strdup_printf ("set %s = %s", name, quoted);
  postweg_muttrc_add (rc, line);
}

void
postweg_muttrc_set (PostwegMuttrc *rc, const char *name, const char *value)
{
  gboolean is_word = strcmp (value, "yes") == 0 || strcmp (value, "no") == 0;
  g_autofree char *quoted = is_word ? g_strdup (value) : postweg_muttrc_quote (value);

  if (g_strcmp0 (postweg_muttrc_get (rc, name), value) != 0)
    put (rc, name, quoted);
}

/* In double quotes what is printed is not looked at again. A backtick inside, which can only stand in single quotes of the shell, would end the
 * command. */
void
postweg_muttrc_set_command (PostwegMuttrc *rc, const char *name, const char *command)
{
  g_autoptr (GString) inner = g_string_new (command);
  g_autofree char *value = NULL;
  g_autofree char *quoted = NULL;

  g_string_replace (inner, "`", "'\"$(printf '\\140')\"'", 0);
  value = g_strdup_printf ("`%s`", inner->str);
  quoted = g_strdup_printf ("\"%s\"", value);

  if (g_strcmp0 (postweg_muttrc_get (rc, name), value) != 0)
    put (rc, name, quoted);
}

const GPtrArray *
postweg_muttrc_sources (const PostwegMuttrc *rc)
{
  return rc->sources;
}
