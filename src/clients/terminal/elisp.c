/* Emacs Lisp, read form by form; nothing of it is evaluated. */
#include "clients/terminal/elisp.h"
#include <string.h>

#define DEPTH_MAX 100 /* lists in lists */

typedef struct {
  char *name, *value;
  gsize start, end; /* of the value's form */
  gsize list_end;   /* behind the list that it stands in */
} Setting;

struct _PostwegElisp {
  GString *text;
  GPtrArray *settings; /* Setting */
};

static void
setting_free (gpointer data)
{
  Setting *setting = data;

  g_free (setting->name);
  g_free (setting->value);
  g_free (setting);
}

static gsize
skip_space (const char *text, gsize at)
{
  for (;;)
    {
      at += strspn (text + at, " \t\r\n\f");
      if (text[at] != ';')
        return at;
      at += strcspn (text + at, "\n");
    }
}

/* Returns: behind the string that begins here */
static gsize
string_end (const char *text, gsize at)
{
  for (at++; text[at] != '\0' && text[at] != '"'; at++)
    if (text[at] == '\\' && text[at + 1] != '\0')
      at++;
  return at + (text[at] == '"' ? 1 : 0);
}

static gboolean
is_in_atom (char c)
{
  return c != '\0' && strchr (" \t\r\n\f()[]\";'`,", c) == NULL;
}

/* Returns: behind the symbol or number; a character such as ?( is one too */
static gsize
atom_end (const char *text, gsize at)
{
  gsize start = at;

  if (text[at] == '?' && text[at + 1] != '\0')
    at += text[at + 1] == '\\' && text[at + 2] != '\0' ? 3 : 2;
  while (is_in_atom (text[at]))
    at += text[at] == '\\' && text[at + 1] != '\0' ? 2 : 1;
  return at > start ? at : at + (text[at] != '\0' ? 1 : 0);
}

static gsize form_end (const char *text, gsize at, guint depth);

static gsize
list_end (const char *text, gsize at, guint depth)
{
  at = skip_space (text, at + 1);
  while (text[at] != '\0' && text[at] != ')' && text[at] != ']')
    at = skip_space (text, form_end (text, at, depth + 1));
  return at + (text[at] != '\0' ? 1 : 0);
}

/* Quotes of all kinds in front of a form. */
static gsize
skip_marks (const char *text, gsize at)
{
  gsize length = strspn (text + at, "'`,");

  if (length == 0 && text[at] == '#' && text[at + 1] == '\'')
    length = 2;
  return length > 0 ? skip_marks (text, skip_space (text, at + length)) : at;
}

/* Returns: behind the form that begins here; always further than `at` unless the text ends */
static gsize
form_end (const char *text, gsize at, guint depth)
{
  at = skip_marks (text, at);
  if (text[at] == '"')
    return string_end (text, at);
  if ((text[at] == '(' || text[at] == '[') && depth < DEPTH_MAX)
    return list_end (text, at, depth);
  return atom_end (text, at);
}

static char *
string_value (const char *text, gsize start, gsize end)
{
  GString *value = g_string_new (NULL);

  for (gsize at = start + 1; at + 1 < end; at++)
    {
      if (text[at] == '\\' && at + 2 < end)
        at++;
      g_string_append_c (value, text[at]);
    }
  return g_string_free (value, FALSE);
}

/* Returns: (transfer full): NULL for a list */
static char *
value_of (const char *text, gsize start, gsize end)
{
  while (start < end && (text[start] == '\'' || text[start] == '`'))
    start++;
  if (text[start] == '(' || text[start] == '[')
    return NULL;
  return text[start] == '"' ? string_value (text, start, end) : g_strndup (text + start, end - start);
}

static void
add_setting (PostwegElisp *lisp, char *name, gsize start, gsize end, gsize behind)
{
  Setting *setting = g_new (Setting, 1);

  *setting = (Setting){ name, value_of (lisp->text->str, start, end), start, end, behind };
  g_ptr_array_add (lisp->settings, setting);
}

static gboolean
sets_variables (const char *symbol)
{
  static const char *const names[] = { "setq", "setopt", "setq-default", NULL };

  return g_strv_contains (names, symbol);
}

static void read_form (PostwegElisp *lisp, gsize at, guint depth);

/* NAME VALUE NAME VALUE … up to the end of the list */
static void
read_pairs (PostwegElisp *lisp, gsize at, gsize behind, guint depth)
{
  const char *text = lisp->text->str;

  at = skip_space (text, at);
  while (at + 1 < behind)
    {
      gsize name_end = form_end (text, at, 0);
      gsize start = skip_space (text, name_end);
      gsize end = form_end (text, start, 0);

      if (end >= behind)
        return;
      add_setting (lisp, g_strndup (text + at, name_end - at), start, end, behind);
      read_form (lisp, start, depth + 1);
      at = skip_space (text, end);
    }
}

/* Lists of two, such as (nnimap-address "HOST"), are settings as well; what stands in a list is looked at too. */
static void
read_list (PostwegElisp *lisp, gsize at, guint depth)
{
  const char *text = lisp->text->str;
  gsize behind = list_end (text, at, 0);
  gsize first = skip_space (text, at + 1);
  gsize first_end = form_end (text, first, 0);
  g_autofree char *symbol = g_strndup (text + first, first_end - first);
  gsize second = skip_space (text, first_end);
  gsize second_end = form_end (text, second, 0);
  gboolean is_pair = second_end < behind && skip_space (text, second_end) + 1 == behind;

  if (sets_variables (symbol))
    read_pairs (lisp, first_end, behind, depth);
  else
    {
      if (is_pair && g_ascii_isalpha (*symbol))
        add_setting (lisp, g_strdup (symbol), second, second_end, behind);
      /* what stands too deep is not looked at: no use in finding where each piece of it ends */
      for (gsize p = first; depth + 1 < DEPTH_MAX && p + 1 < behind;
           p = skip_space (text, form_end (text, p, 0)))
        read_form (lisp, p, depth + 1);
    }
}

static void
read_form (PostwegElisp *lisp, gsize at, guint depth)
{
  const char *text = lisp->text->str;

  while (text[at] == '\'' || text[at] == '`')
    at++;
  if (text[at] == '(' && depth < DEPTH_MAX)
    read_list (lisp, at, depth);
}

static void
parse (PostwegElisp *lisp)
{
  const char *text = lisp->text->str;

  g_ptr_array_set_size (lisp->settings, 0);
  for (gsize at = skip_space (text, 0); text[at] != '\0'; at = skip_space (text, form_end (text, at, 0)))
    read_form (lisp, at, 0);
}

PostwegElisp *
postweg_elisp_new (GBytes *bytes)
{
  PostwegElisp *lisp = g_new0 (PostwegElisp, 1);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  lisp->text = g_string_new_len (data != NULL ? data : "", (gssize) size);
  lisp->settings = g_ptr_array_new_with_free_func (setting_free);
  parse (lisp);
  return lisp;
}

void
postweg_elisp_free (PostwegElisp *lisp)
{
  if (lisp == NULL)
    return;
  g_string_free (lisp->text, TRUE);
  g_ptr_array_unref (lisp->settings);
  g_free (lisp);
}

GBytes *
postweg_elisp_bytes (const PostwegElisp *lisp)
{
  return g_bytes_new (lisp->text->str, lisp->text->len);
}

static const Setting *
last_setting (const PostwegElisp *lisp, const char *name)
{
  for (guint i = lisp->settings->len; i > 0; i--)
    {
      const Setting *setting = g_ptr_array_index (lisp->settings, i - 1);

      if (strcmp (setting->name, name) == 0)
        return setting;
    }
  return NULL;
}

const char *
postweg_elisp_get (const PostwegElisp *lisp, const char *name)
{
  const Setting *setting = last_setting (lisp, name);

  return setting != NULL ? setting->value : NULL;
}

const char *
postweg_elisp_get_or (const PostwegElisp *lisp, const char *name, const char *fallback)
{
  const char *value = postweg_elisp_get (lisp, name);

  return value != NULL ? value : fallback;
}

gboolean
postweg_elisp_replace (PostwegElisp *lisp, const char *name, const char *form)
{
  const Setting *setting = last_setting (lisp, name);

  if (setting == NULL)
    return FALSE;
  g_string_erase (lisp->text, (gssize) setting->start, (gssize) (setting->end - setting->start));
  g_string_insert (lisp->text, (gssize) setting->start, form);
  parse (lisp);
  return TRUE;
}

gboolean
postweg_elisp_insert_behind (PostwegElisp *lisp, const char *name, const char *form)
{
  const Setting *setting = last_setting (lisp, name);

  if (setting == NULL)
    return FALSE;
  g_string_insert (lisp->text, (gssize) setting->list_end, form);
  parse (lisp);
  return TRUE;
}

void
postweg_elisp_add (PostwegElisp *lisp, const char *text)
{
  if (lisp->text->len > 0)
    g_string_append (lisp->text, lisp->text->str[lisp->text->len - 1] == '\n' ? "\n" : "\n\n");
  g_string_append (lisp->text, text);
  parse (lisp);
}

char *
postweg_elisp_string (const char *text)
{
  GString *string = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (string, '\\');
      g_string_append_c (string, *p);
    }
  g_string_append_c (string, '"');
  return g_string_free (string, FALSE);
}
