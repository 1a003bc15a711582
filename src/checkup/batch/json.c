/* One JSON object as the fields of an account. Its passwords are taken out before a parser sees them, which would leave copies behind. */
#include "checkup/batch/fields.h"
#include "model/error.h"
#include "model/secret.h"
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define MAX_BRACKETS 64 /* opening ones; json-glib parses by recursion */

static gboolean
bad (GError **error, const char *message)
{
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT, message);
  return FALSE;
}

static gboolean
no_text (GError **error, PostwegField field)
{
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
               _("“%s” must be text."), postweg_field_name (field));
  return FALSE;
}

/* Returns: the closing quotation mark of the string that begins behind `at`, or the end of the text */
static char *
string_end (char *at)
{
  for (; *at != '\0' && *at != '"'; at++)
    if (*at == '\\' && at[1] != '\0')
      at++;
  return at;
}

static gunichar
read_unit (const char *at)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return 0;
      unit = unit * 16 + (gunichar) g_ascii_xdigit_value (at[i]);
    }
  return unit;
}

/* \uXXXX, or two of them that make one character (RFC 8259 7). Returns: how many bytes behind the u were used; 0: it is none */
static guint
read_unicode (const char *at, gunichar *c)
{
  gunichar low;

  *c = read_unit (at);
  if (*c < 0xd800 || *c > 0xdfff)
    return *c > 0 ? 4 : 0;
  low = at[4] == '\\' && at[5] == 'u' ? read_unit (at + 6) : 0;
  if (*c > 0xdbff || low < 0xdc00 || low > 0xdfff)
    return 0;
  *c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
  return 10;
}

/* Appends what a backslash means. Returns: how many bytes of it were used; 0: nothing is known by that name */
static guint
append_escape (const char *at, GString *text)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *known = *at != '\0' ? strchr (from, *at) : NULL;
  gunichar c;
  guint used;

  if (known != NULL)
    {
      g_string_append_c (text, to[known - from]);
      return 1;
    }
  used = *at == 'u' ? read_unicode (at + 1, &c) : 0;
  if (used > 0)
    g_string_append_unichar (text, c);
  return used > 0 ? used + 1 : 0;
}

/* Returns: (transfer full): to be wiped; NULL: it is no JSON string */
static char *
unescape (const char *at, const char *end)
{
  GString *text = g_string_sized_new ((gsize) (end - at) + 8);

  while (at < end)
    {
      guint used = *at == '\\' ? append_escape (at + 1, text) : 1;

      if (*at != '\\')
        g_string_append_c (text, *at);
      else if (used == 0)
        {
          postweg_wipe_free (g_string_free (text, FALSE));
          return NULL;
        }
      else
        used++;
      at += used;
    }
  return g_string_free (text, FALSE);
}

/* json-glib 1.6 leaks memory at a broken pair of escapes, and passes half of one on as it stands. */
static gboolean
can_be_unescaped (const char *at, const char *end)
{
  char *text = unescape (at, end);
  gboolean ok = text != NULL;

  postweg_wipe_free (text);
  return ok;
}

static char *
skip_blanks (char *at)
{
  return at + strspn (at, " \t\r\n");
}

/* Whether the string from `at` to `end` is the name of a password. */
static gboolean
is_secret (const char *at, const char *end, PostwegField *field)
{
  static const PostwegField secrets[] = { POSTWEG_FIELD_PASSWORD, POSTWEG_FIELD_OUTGOING_PASSWORD };
  gsize length = (gsize) (end - at);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      *field = secrets[i];
      if (strlen (postweg_field_name (*field)) == length &&
          strncmp (postweg_field_name (*field), at, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The value behind a password's name. Returns: where to go on, or NULL when it is no string */
static char *
take_value (char *at, PostwegFields *fields, PostwegField field)
{
  char *end;

  at = skip_blanks (at);
  if (*at != ':')
    return at;
  at = skip_blanks (at + 1);
  if (*at != '"')
    return at;
  end = string_end (at + 1);
  g_clear_pointer (&fields->texts[field], postweg_wipe_free);
  fields->texts[field] = unescape (at + 1, end);
  if (fields->texts[field] == NULL)
    return NULL;
  memset (at + 1, '-', (gsize) (end - at - 1));
  return *end == '\0' ? end : end + 1;
}

/* at: behind the mark that opens a string. Returns: where to go on, or NULL when it is none */
static char *
take_string (char *at, guint depth, PostwegFields *fields)
{
  PostwegField field;
  char *end = string_end (at);
  char *next = *end == '\0' ? end : end + 1;

  if (!can_be_unescaped (at, end))
    return NULL;
  return depth == 1 && is_secret (at, end, &field) ? take_value (next, fields, field) : next;
}

/* Moves the passwords out of the text. Returns: FALSE when one cannot be read, or something stands behind the object, of which json-glib
 * would take the last one and leak the others */
static gboolean
take_secrets (char *text, PostwegFields *fields)
{
  char *at = text;
  guint depth = 0;

  while (at != NULL && *at != '\0')
    {
      char c = *at++;

      depth += c == '{' || c == '[';
      if (c == '"')
        at = take_string (at, depth, fields);
      else if ((c == '}' || c == ']') && --depth == 0)
        return *skip_blanks (at) == '\0';
    }
  return at != NULL;
}

static gboolean
has_few_brackets (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '[' || *text == '{';
  return n <= MAX_BRACKETS;
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
take_member (PostwegFields *fields, PostwegField field, JsonNode *node, GError **error)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (field == POSTWEG_FIELD_PASSWORD || field == POSTWEG_FIELD_OUTGOING_PASSWORD)
    return fields->texts[field] != NULL || no_text (error, field); /* it was taken out before */
  if (field == POSTWEG_FIELD_ACCOUNT)
    {
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return bad (error, _("“account” must be an object."));
      fields->texts[field] = json_to_string (node, FALSE);
      return TRUE;
    }
  if (!is_text (node))
    return no_text (error, field);
  if (strlen (json_node_get_string (node)) > POSTWEG_FIELD_MAX)
    return bad (error, _("A field is too long."));
  fields->texts[field] = json_node_dup_string (node);
  return TRUE;
}

static void
take_stranger (JsonObject *object G_GNUC_UNUSED, const char *name, JsonNode *node G_GNUC_UNUSED,
               gpointer strangers)
{
  for (PostwegField field = POSTWEG_FIELD_ADDRESS; field < POSTWEG_N_FIELDS; field++)
    if (strcmp (postweg_field_name (field), name) == 0)
      return;
  g_ptr_array_add (strangers, g_strdup (name));
}

/* The address comes first, so that it is known where something else is wrong. */
static gboolean
take_members (PostwegFields *fields, JsonObject *object, GError **error)
{
  for (PostwegField field = POSTWEG_FIELD_ADDRESS; field < POSTWEG_N_FIELDS; field++)
    {
      JsonNode *node = json_object_get_member (object, postweg_field_name (field));

      if (node != NULL && !take_member (fields, field, node, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
postweg_fields_from_json (PostwegFields *fields, char *text, GPtrArray *strangers, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object;

  if (*skip_blanks (text) != '{')
    return bad (error, _("This line is no JSON object."));
  if (!take_secrets (text, fields) || !has_few_brackets (text) ||
      !json_parser_load_from_data (parser, text, -1, NULL))
    return bad (error, _("This line is no JSON."));
  object = json_node_get_object (json_parser_get_root (parser)); /* as it begins with a bracket */
  json_object_foreach_member (object, take_stranger, strangers);
  if (!take_members (fields, object, error))
    return FALSE;
  for (guint i = 0; i < POSTWEG_N_FIELDS; i++)
    if (fields->texts[i] != NULL && *fields->texts[i] == '\0')
      g_clear_pointer (&fields->texts[i], g_free);
  return TRUE;
}
