/* Reads a practice server's script, line by line, with the words in a table. */
#include "practice/script.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ACTS 10000
#define MAX_MILLISECONDS (60 * 60 * 1000)
#define MAX_REPEAT (100 * 1000 * 1000)
#define TAG "{tag}"

typedef enum { NO_TEXT, MAY_HAVE_TEXT, NEEDS_TEXT } TextRule;

typedef struct {
  const char *word;
  PostwegActKind kind;
  guint max_number; /* 0: the act has no number */
  TextRule text;
  const char *tail; /* is added to the text */
} Word;

static const Word words[] = {
  { "S:", POSTWEG_ACT_SAY, 0, MAY_HAVE_TEXT, "\r\n" },
  { "S-", POSTWEG_ACT_SAY, 0, NEEDS_TEXT, "" },
  { "REPEAT", POSTWEG_ACT_SAY, MAX_REPEAT, NEEDS_TEXT, "" },
  { "DRIP", POSTWEG_ACT_DRIP, MAX_MILLISECONDS, NEEDS_TEXT, "" },
  { "C:", POSTWEG_ACT_EXPECT, 0, NEEDS_TEXT, "" },
  { "C?", POSTWEG_ACT_ANY, 0, NO_TEXT, NULL },
  { "C+", POSTWEG_ACT_CONTINUATION, 0, MAY_HAVE_TEXT, "" },
  { "C{}", POSTWEG_ACT_LITERAL, 0, MAY_HAVE_TEXT, "" },
  { "TLS", POSTWEG_ACT_TLS, 0, NO_TEXT, NULL },
  { "WAIT", POSTWEG_ACT_WAIT, MAX_MILLISECONDS, NO_TEXT, NULL },
  { "CLOSE", POSTWEG_ACT_CLOSE, 0, NO_TEXT, NULL },
  { "CUT", POSTWEG_ACT_CUT, 0, NO_TEXT, NULL },
  { "RESET", POSTWEG_ACT_RESET, 0, NO_TEXT, NULL },
  { "HANG", POSTWEG_ACT_HANG, 0, NO_TEXT, NULL },
  { "LOOP", POSTWEG_ACT_LOOP, 0, NO_TEXT, NULL },
  { "ON", POSTWEG_ACT_ON, 0, MAY_HAVE_TEXT, "" },
  { "LEAVE", POSTWEG_ACT_LEAVE, 0, NO_TEXT, NULL },
  { "END", POSTWEG_ACT_END, 0, NO_TEXT, NULL },
};

/* A position in the act being read. */
typedef struct {
  const char *rest;
  guint line;
} Reader;

static void
act_free (gpointer data)
{
  PostwegAct *act = data;

  if (act->text != NULL)
    g_string_free (act->text, TRUE);
  g_free (act);
}

static gboolean
complain (GError **error, guint line, const char *what)
{
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT, _("Line %u of the script: %s"), line, what);
  return FALSE;
}

static const Word *
find_word (const char *line, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i].word) == length && strncmp (words[i].word, line, length) == 0)
      return &words[i];
  return NULL;
}

/* Takes one word off the reader; exactly one blank behind it belongs to it. */
static gsize
take_word (Reader *reader, const char **word)
{
  gsize length = strcspn (reader->rest, " ");

  *word = reader->rest;
  reader->rest += length;
  if (*reader->rest == ' ')
    reader->rest++;
  return length;
}

static gboolean
read_number (Reader *reader, guint max, guint *number, GError **error)
{
  const char *word;
  gsize length = take_word (reader, &word);
  g_autofree char *digits = g_strndup (word, length);
  guint64 value;

  if (!g_ascii_string_to_unsigned (digits, 10, 0, max, &value, NULL))
    return complain (error, reader->line, _("A number is missing here, or it is too large."));
  *number = (guint) value;
  return TRUE;
}

static gboolean
read_hex (const char **in, GString *out)
{
  int high = g_ascii_xdigit_value ((*in)[1]);
  int low = high < 0 ? -1 : g_ascii_xdigit_value ((*in)[2]);

  if (low < 0)
    return FALSE;
  g_string_append_c (out, (char) (high * 16 + low));
  *in += 2;
  return TRUE;
}

/* `in` stands on the character behind the backslash and is left on the last one of the escape. */
static gboolean
read_escape (const char **in, GString *out)
{
  static const char letters[] = "rnt0\\";
  static const char bytes[] = "\r\n\t\0\\";
  const char *letter = **in == '\0' ? NULL : strchr (letters, **in);

  if (**in == 'x')
    return read_hex (in, out);
  if (letter == NULL)
    return FALSE;
  g_string_append_c (out, bytes[letter - letters]);
  return TRUE;
}

static gboolean
read_text (Reader *reader, const Word *word, GString **text, GError **error)
{
  if (word->text == NEEDS_TEXT && *reader->rest == '\0')
    return complain (error, reader->line, _("The text is missing."));
  *text = g_string_new (NULL);
  for (const char *in = reader->rest; *in != '\0'; in++)
    {
      if (*in != '\\')
        g_string_append_c (*text, *in);
      else if (in++, !read_escape (&in, *text))
        return complain (error, reader->line, _("A backslash is followed by one of r n t 0 x\\."));
    }
  g_string_append (*text, word->tail);
  return TRUE;
}

static gboolean
read_act (Reader *reader, PostwegAct *act, GError **error)
{
  const char *start;
  gsize length = take_word (reader, &start);
  const Word *word = find_word (start, length);

  if (word == NULL)
    return complain (error, reader->line, _("The line begins with a word that is no act."));
  act->kind = word->kind;
  act->line = reader->line;
  act->number = 1;
  if (word->max_number > 0 && !read_number (reader, word->max_number, &act->number, error))
    return FALSE;
  if (word->text != NO_TEXT)
    return read_text (reader, word, &act->text, error);
  if (*reader->rest != '\0')
    return complain (error, reader->line, _("Nothing may follow this act."));
  return TRUE;
}

static PostwegAct *
last_act (const PostwegScript *script)
{
  return script->acts->len == 0 ? NULL : g_ptr_array_index (script->acts, script->acts->len - 1);
}

static gboolean
add_line (PostwegScript *script, Reader *reader, GError **error)
{
  PostwegAct *act;

  if (script->acts->len >= MAX_ACTS)
    return complain (error, reader->line, _("The script is too long."));
  act = g_new0 (PostwegAct, 1);
  g_ptr_array_add (script->acts, act);
  if (!read_act (reader, act, error))
    return FALSE;
  script->tls |= act->kind == POSTWEG_ACT_TLS;
  if (act->kind == POSTWEG_ACT_SAY)
    script->imap |= g_str_has_prefix (act->text->str, "* ") || strstr (act->text->str, TAG) != NULL;
  return TRUE;
}

static gboolean
read_lines (PostwegScript *script, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      Reader reader = { lines[i] + strspn (lines[i], " \t"), i + 1 };

      if (g_str_has_suffix (lines[i], "\r"))
        lines[i][strlen (lines[i]) - 1] = '\0';
      if (*reader.rest != '\0' && *reader.rest != '#' && !add_line (script, &reader, error))
        return FALSE;
    }
  if (script->acts->len == 0)
    return complain (error, 1, _("The script is empty."));
  return TRUE;
}

/* What is open while loops are matched with their ends. */
typedef struct {
  PostwegAct *loop;
  PostwegAct *branch;
  guint loop_index;
} Open;

static gboolean
open_loop (Open *open, PostwegAct *act, guint index, GError **error)
{
  if (open->loop != NULL)
    return complain (error, act->line, _("A loop cannot stand in another loop."));
  *open = (Open){ .loop = act, .loop_index = index };
  return TRUE;
}

static gboolean
close_loop (Open *open, PostwegAct *act, guint index, GError **error)
{
  if (index == open->loop_index + 1)
    return complain (error, act->line, _("The loop is empty."));
  open->loop->partner = index;
  act->partner = open->loop_index;
  if (open->branch != NULL)
    open->branch->partner = index;
  *open = (Open){ NULL };
  return TRUE;
}

static gboolean
open_branch (Open *open, PostwegAct *act, guint index, GError **error)
{
  if (open->branch == NULL && index != open->loop_index + 1)
    return complain (error, act->line, _("The first “ON” of a loop stands right behind “LOOP”."));
  if (open->branch != NULL)
    open->branch->partner = index;
  open->branch = act;
  return TRUE;
}

static gboolean
match_act (Open *open, PostwegAct *act, guint index, GError **error)
{
  gboolean inside =
      act->kind == POSTWEG_ACT_ON || act->kind == POSTWEG_ACT_LEAVE || act->kind == POSTWEG_ACT_END;

  act->looped = open->loop != NULL;
  if (inside && !act->looped)
    return complain (error, act->line, _("This act can only stand in a loop."));
  if (act->kind == POSTWEG_ACT_LOOP)
    return open_loop (open, act, index, error);
  if (act->kind == POSTWEG_ACT_END)
    return close_loop (open, act, index, error);
  if (act->kind == POSTWEG_ACT_ON)
    return open_branch (open, act, index, error);
  if (act->kind == POSTWEG_ACT_LEAVE)
    act->partner = open->loop_index;
  return TRUE;
}

static gboolean
match_loops (PostwegScript *script, GError **error)
{
  Open open = { NULL };

  for (guint i = 0; i < script->acts->len; i++)
    if (!match_act (&open, g_ptr_array_index (script->acts, i), i, error))
      return FALSE;
  if (open.loop != NULL)
    return complain (error, last_act (script)->line, _("The end of the loop is missing."));
  return TRUE;
}

PostwegScript *
postweg_script_parse (const char *text, GError **error)
{
  g_autoptr (PostwegScript) script = g_new0 (PostwegScript, 1);

  g_return_val_if_fail (text != NULL, NULL);
  script->acts = g_ptr_array_new_with_free_func (act_free);
  if (!read_lines (script, text, error) || !match_loops (script, error))
    return NULL;
  return g_steal_pointer (&script);
}

void
postweg_script_free (PostwegScript *script)
{
  if (script == NULL)
    return;
  g_ptr_array_unref (script->acts);
  g_free (script);
}

const PostwegAct *
postweg_script_act (const PostwegScript *script, guint index)
{
  return index < script->acts->len ? g_ptr_array_index (script->acts, index) : NULL;
}

GString *
postweg_act_text (const PostwegAct *act, const char *tag)
{
  GString *text = g_string_new_len (act->text->str, (gssize) act->text->len);

  /* g_string_replace stops at a NUL; a text with one keeps the {tag} behind it. */
  g_string_replace (text, TAG, tag, 0);
  return text;
}

gboolean
postweg_act_matches (const PostwegAct *act, const char *line, gsize length)
{
  return length >= act->text->len && g_ascii_strncasecmp (line, act->text->str, act->text->len) == 0;
}
