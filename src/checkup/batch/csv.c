/* Comma-separated values (RFC 4180), and what spreadsheets make of them: semicolons, tabs. */
#include "checkup/batch/fields.h"
#include "model/error.h"
#include "model/secret.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const names[POSTWEG_N_FIELDS] = {
  "address",  "name",     "user",          "password",          "password_file",
  "incoming", "outgoing", "outgoing_user", "outgoing_password", "outgoing_password_file",
  "account",
};

const char *
postweg_field_name (PostwegField field)
{
  return names[field];
}

void
postweg_fields_clear (PostwegFields *fields)
{
  for (guint i = 0; i < POSTWEG_N_FIELDS; i++)
    g_clear_pointer (&fields->texts[i], postweg_wipe_free);
}

static gboolean
bad (GError **error, const char *message)
{
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT, message);
  return FALSE;
}

/* The part behind a quotation mark. Returns: what follows the closing one, or NULL */
static const char *
read_quoted (const char *at, GString *field)
{
  for (; *at != '\0'; at++)
    {
      if (*at == '"' && at[1] != '"')
        return at + 1;
      if (*at == '"')
        at++;
      g_string_append_c (field, *at);
    }
  return NULL;
}

/* Returns: what follows the field and its separator; NULL with an error, or at the end of the record with `last` */
static const char *
read_field (const char *at, char separator, GString *field, gboolean *last, GError **error)
{
  const char stop[] = { separator, '\0' };
  gsize length;

  g_string_truncate (field, 0);
  if (*at == '"')
    {
      at = read_quoted (at + 1, field);
      if (at == NULL || (*at != '\0' && *at != separator))
        return bad (error, _("A quotation mark stands where none can be.")), NULL;
      length = 0;
    }
  else
    {
      length = strcspn (at, stop);
      g_string_append_len (field, at, (gssize) length);
    }
  if (field->len > POSTWEG_FIELD_MAX)
    return bad (error, _("A field is too long.")), NULL;
  *last = at[length] == '\0';
  return at + length + !*last;
}

/* The room is there from the start, so that growing leaves no copy of a password behind. */
static GString *
field_new (const char *text)
{
  return g_string_sized_new (strlen (text) + 1);
}

static void
field_free (GString *field)
{
  postweg_wipe (field->str, field->allocated_len);
  g_string_free (field, TRUE);
}

static char
separator_of (const char *header)
{
  static const char separators[] = ",;\t";
  guint most = 0;
  char best = ',';

  for (guint i = 0; separators[i] != '\0'; i++)
    {
      guint n = 0;

      for (const char *at = header; *at != '\0'; at++)
        n += *at == separators[i];
      best = n > most ? separators[i] : best;
      most = MAX (n, most);
    }
  return best;
}

gboolean
postweg_columns_have (const PostwegColumns *columns, PostwegField field)
{
  for (guint i = 0; i < columns->n; i++)
    if (columns->columns[i] == (int) field)
      return TRUE;
  return FALSE;
}

/* Returns: the field, or -1 */
static int
field_of (const char *name)
{
  for (int i = 0; i < POSTWEG_FIELD_ACCOUNT; i++)
    if (strcmp (names[i], name) == 0)
      return i;
  return -1;
}

static gboolean
add_column (PostwegColumns *columns, const char *text, GPtrArray *strangers, GError **error)
{
  g_autofree char *name = g_ascii_strdown (text, -1);
  int field;

  g_strstrip (name);
  field = field_of (name);
  if (columns->n >= POSTWEG_COLUMNS_MAX)
    return bad (error, _("The list has too many columns."));
  if (field >= 0 && postweg_columns_have (columns, (PostwegField) field))
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT,
                   _("The list has the column “%s” twice."), name);
      return FALSE;
    }
  if (field < 0)
    g_ptr_array_add (strangers, g_steal_pointer (&name));
  columns->columns[columns->n++] = field;
  return TRUE;
}

gboolean
postweg_columns_read (PostwegColumns *columns, const char *header, GPtrArray *strangers, GError **error)
{
  GString *field = field_new (header);
  const char *at = header;
  gboolean last = FALSE;

  columns->separator = separator_of (header);
  columns->n = 0;
  while (at != NULL && !last)
    {
      at = read_field (at, columns->separator, field, &last, error);
      if (at != NULL && !add_column (columns, field->str, strangers, error))
        at = NULL;
    }
  field_free (field);
  if (at == NULL)
    return FALSE;
  if (postweg_columns_have (columns, POSTWEG_FIELD_ADDRESS))
    return TRUE;
  return bad (error,
              _("The first line of the list must name the columns, and one of them must be “address”."));
}

gboolean
postweg_fields_from_csv (PostwegFields *fields, const PostwegColumns *columns, const char *text,
                         GError **error)
{
  GString *field = field_new (text);
  const char *at = text;
  gboolean last = FALSE, ok = TRUE;
  guint i;

  for (i = 0; ok && !last; i++)
    {
      at = read_field (at, columns->separator, field, &last, error);
      ok = at != NULL &&
           (i < columns->n || bad (error, _("This line has more fields than the first line has columns.")));
      if (ok && field->len > 0 && columns->columns[i] >= 0)
        fields->texts[columns->columns[i]] = g_strdup (field->str);
    }
  field_free (field);
  return ok;
}
