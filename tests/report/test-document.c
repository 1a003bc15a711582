/* Documents in each format, and texts that would like to be markup. */
#include "report/document.h"
#include <string.h>

static GPtrArray *
texts_of (const char *const *texts)
{
  GPtrArray *array = g_ptr_array_new ();

  for (; *texts != NULL; texts++)
    g_ptr_array_add (array, g_strdup (*texts));
  return array;
}

static PostwegDocument *
example (const char *text)
{
  PostwegDocument *document = postweg_document_new (text, "en");

  postweg_document_heading (document, 1, text);
  postweg_document_paragraph (document, text);
  postweg_document_paragraph (document, "");
  postweg_document_paragraph (document, NULL);
  postweg_document_list (document, texts_of ((const char *[]){ text, "second", NULL }));
  postweg_document_list (document, texts_of ((const char *[]){ NULL }));
  postweg_document_table (document, (const char *[]){ "A", "B", NULL },
                          texts_of ((const char *[]){ text, "b", NULL }));
  postweg_document_lines (document, texts_of ((const char *[]){ text, "  two", NULL }));
  return document;
}

static void
markdown (void)
{
  g_autoptr (PostwegDocument) document = example ("plain");
  g_autofree char *text = postweg_document_to_markdown (document);

  g_assert_cmpstr (
      text, ==,
      "# plain\n\nplain\n\n- plain\n- second\n\n| A | B |\n| --- | --- |\n| plain | b |\n\n    plain\n"
      "      two\n");
}

static void
markdown_escapes (void)
{
  static const struct {
    const char *text, *line;
  } table[] = {
    { "*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`\n" },
    { "[link](http://x)", "\\[link\\](http://x)\n" },
    { "<script>", "\\<script\\>\n" },
    { "# heading", "\\# heading\n" },
    { "a\n# b", "a \\# b\n" },
    { "1. one", "1\\. one\n" },
    { "127.0.0.1 is here", "127.0.0.1 is here\n" },
    { "- item", "\\- item\n" },
    { "+ item", "\\+ item\n" },
    { "---", "\\---\n" },
    { "===", "\\===\n" },
    { "&lt;", "\\&lt;\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegDocument) document = postweg_document_new ("t", "en");
      g_autofree char *text = NULL;

      postweg_document_paragraph (document, table[i].text);
      text = postweg_document_to_markdown (document);
      g_assert_cmpstr (text, ==, table[i].line);
    }
}

/* What servers say stays in its cell. */
static void
markdown_cells (void)
{
  g_autoptr (PostwegDocument) document = example ("a | b\nc");
  g_autofree char *text = postweg_document_to_markdown (document);

  g_assert_nonnull (strstr (text, "| a \\| b c | b |\n"));
  g_assert_nonnull (strstr (text, "    a | b\n    c\n"));
}

static void
html (void)
{
  static const char *const hostile[] = {
    "plain", "<script>alert(1)</script>", "\"><img src=x onerror=y>", "</pre></body>", "&amp;", "a\nb"
  };

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (PostwegDocument) document = example (hostile[i]);
      g_autofree char *text = postweg_document_to_html (document);
      g_autofree char *escaped = g_markup_escape_text (hostile[i], -1);
      g_autofree char *paragraph = g_strdup_printf ("<p>%s</p>", escaped);

      g_assert_nonnull (strstr (text, paragraph));
      g_assert_null (strstr (text, "<script"));
      g_assert_null (strstr (text, "<img"));
      g_assert_nonnull (strstr (text, "default-src 'none'"));
      g_assert_true (g_str_has_suffix (text, "</body>\n</html>\n"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/document/markdown", markdown);
  g_test_add_func ("/report/document/markdown-escapes", markdown_escapes);
  g_test_add_func ("/report/document/markdown-cells", markdown_cells);
  g_test_add_func ("/report/document/html", html);
  return g_test_run ();
}
