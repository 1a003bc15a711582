/* A small HTML page that prints well. */
#include "clients/outputs/page.h"

struct _PostwegPage {
  GString *text;
  gboolean in_table;
};

static const char style[] =
    "body{font-family:sans-serif;max-width:42em;margin:2em auto;padding:0 1em;line-height:1.5;color:#241f31;"
    "background:#fff}h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.6em}table{border-collapse:collapse;"
    "width:100%}th,td{text-align:start;padding:.35em .6em;border-bottom:1px solid #deddda;vertical-align:top}"
    "th{width:40%;font-weight:normal;color:#5e5c64}td{font-family:monospace;font-size:1.05em;"
    "overflow-wrap:anywhere}@media print{body{margin:0}}";

static void
add_escaped (PostwegPage *page, const char *before, const char *text, const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (page->text, "%s%s%s", before, escaped, after);
}

static void
close_table (PostwegPage *page)
{
  if (page->in_table)
    g_string_append (page->text, "</table>\n");
  page->in_table = FALSE;
}

PostwegPage *
postweg_page_new (const char *language, const char *title)
{
  PostwegPage *page = g_new0 (PostwegPage, 1);

  page->text = g_string_new ("<!DOCTYPE html>\n");
  add_escaped (page, "<html lang=\"", language, "\">\n<head>\n<meta charset=\"UTF-8\">\n");
  g_string_append (page->text, "<meta name=\"viewport\" content=\"width=device-width\">\n");
  add_escaped (page, "<title>", title, "</title>\n<style>");
  g_string_append (page->text, style);
  add_escaped (page, "</style>\n</head>\n<body>\n<h1>", title, "</h1>\n");
  return page;
}

void
postweg_page_heading (PostwegPage *page, const char *text)
{
  close_table (page);
  add_escaped (page, "<h2>", text, "</h2>\n");
}

void
postweg_page_sentence (PostwegPage *page, const char *text)
{
  close_table (page);
  add_escaped (page, "<p>", text, "</p>\n");
}

void
postweg_page_row (PostwegPage *page, const char *name, const char *value)
{
  if (!page->in_table)
    g_string_append (page->text, "<table>\n");
  page->in_table = TRUE;
  add_escaped (page, "<tr><th scope=\"row\">", name, "</th>");
  add_escaped (page, "<td>", value, "</td></tr>\n");
}

char *
postweg_page_finish (PostwegPage *page)
{
  GString *text = page->text;

  close_table (page);
  g_string_append (text, "</body>\n</html>\n");
  g_free (page);
  return g_string_free (text, FALSE);
}
