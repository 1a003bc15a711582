/* A document as one HTML page. */
#include "report/document.h"

/* Readable on paper, on a phone, and in the dark. */
static const char style[] =
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}h3{font-size:1rem}"
    "table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}"
    "th,td{text-align:start;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #8884}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;background:#8882;padding:.8rem;border-"
    "radius:.5rem}"
    "@media print{body{margin:0;max-width:none}}";

static void
append_element (GString *out, const char *tag, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (out, "<%s>%s</%s>", tag, escaped, tag);
}

static void
append_table (GString *out, const PostwegBlock *block)
{
  g_string_append (out, "<table>\n");
  for (guint row = 0; row < block->texts->len / block->columns; row++)
    {
      g_string_append (out, "<tr>");
      for (guint i = 0; i < block->columns; i++)
        append_element (out, row == 0 ? "th" : "td",
                        g_ptr_array_index (block->texts, row * block->columns + i));
      g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</table>\n");
}

static void
append_items (GString *out, const PostwegBlock *block)
{
  g_string_append (out, "<ul>\n");
  for (guint i = 0; i < block->texts->len; i++)
    {
      append_element (out, "li", g_ptr_array_index (block->texts, i));
      g_string_append_c (out, '\n');
    }
  g_string_append (out, "</ul>\n");
}

static void
append_lines (GString *out, const PostwegBlock *block)
{
  g_string_append (out, "<pre>");
  for (guint i = 0; i < block->texts->len; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (g_ptr_array_index (block->texts, i), -1);

      g_string_append_printf (out, "%s\n", escaped);
    }
  g_string_append (out, "</pre>\n");
}

static void
append_block (GString *out, const PostwegBlock *block)
{
  g_autofree char *heading = g_strdup_printf ("h%u", MIN (block->level, 6));

  switch (block->kind)
    {
    case POSTWEG_BLOCK_HEADING:
      append_element (out, heading, g_ptr_array_index (block->texts, 0));
      g_string_append_c (out, '\n');
      break;
    case POSTWEG_BLOCK_PARAGRAPH:
      append_element (out, "p", g_ptr_array_index (block->texts, 0));
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
postweg_document_to_html (const PostwegDocument *document)
{
  GString *out = g_string_new ("<!DOCTYPE html>\n");
  g_autofree char *title = g_markup_escape_text (document->title, -1);

  /* nothing may be loaded or run, whatever the texts say */
  g_string_append_printf (out,
                          "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                          "style-src 'unsafe-inline'\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                          "<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n",
                          document->language, title, style);
  for (guint i = 0; i < document->blocks->len; i++)
    append_block (out, g_ptr_array_index (document->blocks, i));
  g_string_append (out, "</body>\n</html>\n");
  return g_string_free (out, FALSE);
}
