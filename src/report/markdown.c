/* A document as Markdown. */
#include "report/document.h"
#include <string.h>

/* Everything that CommonMark 2.4 lets be escaped and that means something inside a line. */
static const char special[] = "\\`*_{}[]<>#|~!&";

/* One line: what servers said may hold anything. */
static void
append_text (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\n')
      g_string_append_c (out, ' ');
    else
      {
        if (strchr (special, *p) != NULL)
          g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
      }
}

/* A digit, a plus or a minus at the start of a line would make it an item of a list. */
static void
append_line_start (GString *out, const char *text)
{
  const char *digits = text + strspn (text, "0123456789");

  if (strchr ("-+=", *text) != NULL && *text != '\0')
    g_string_append_c (out, '\\');
  else if (digits > text && (*digits == '.' || *digits == ')') && strchr (" ", digits[1]) != NULL)
    {
      g_string_append_len (out, text, digits - text);
      g_string_append_c (out, '\\');
      text = digits;
    }
  append_text (out, text);
}

static void
append_row (GString *out, const PostwegBlock *block, guint row)
{
  g_string_append_c (out, '|');
  for (guint i = 0; i < block->columns; i++)
    {
      g_string_append_c (out, ' ');
      append_text (out, g_ptr_array_index (block->texts, row * block->columns + i));
      g_string_append (out, " |");
    }
  g_string_append_c (out, '\n');
}

static void
append_table (GString *out, const PostwegBlock *block)
{
  for (guint row = 0; row < block->texts->len / block->columns; row++)
    {
      append_row (out, block, row);
      if (row > 0)
        continue;
      g_string_append_c (out, '|');
      for (guint i = 0; i < block->columns; i++)
        g_string_append (out, " --- |");
      g_string_append_c (out, '\n');
    }
}

static void
append_items (GString *out, const PostwegBlock *block)
{
  for (guint i = 0; i < block->texts->len; i++)
    {
      g_string_append (out, "- ");
      append_line_start (out, g_ptr_array_index (block->texts, i));
      g_string_append_c (out, '\n');
    }
}

/* Indented, so that no run of backticks can end it. */
static void
append_lines (GString *out, const PostwegBlock *block)
{
  for (guint i = 0; i < block->texts->len; i++)
    {
      g_auto (GStrv) lines = g_strsplit (g_ptr_array_index (block->texts, i), "\n", -1);

      for (char **line = lines; *line != NULL; line++)
        g_string_append_printf (out, "    %s\n", *line);
    }
}

static void
append_block (GString *out, const PostwegBlock *block)
{
  const char *first = g_ptr_array_index (block->texts, 0);

  switch (block->kind)
    {
    case POSTWEG_BLOCK_HEADING:
      for (guint i = 0; i < block->level; i++)
        g_string_append_c (out, '#');
      g_string_append_c (out, ' ');
      append_text (out, first);
      g_string_append_c (out, '\n');
      break;
    case POSTWEG_BLOCK_PARAGRAPH:
      append_line_start (out, first);
      g_string_append_c (out, '\n');
      break;
    case POSTWEG_BLOCK_LIST:
      append_items (out, block);
      break;
    case POSTWEG_BLOCK_TABLE:
      append_table (out, block);
      break;
    case POSTWEG_BLOCK_LINES:
      append_lines (out, block);
      break;
    default:
      g_assert_not_reached ();
    }
}

char *
postweg_document_to_markdown (const PostwegDocument *document)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < document->blocks->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, '\n');
      append_block (out, g_ptr_array_index (document->blocks, i));
    }
  return g_string_free (out, FALSE);
}
