/* Building a document block by block. */
#include "report/document.h"

static void
block_free (gpointer data)
{
  PostwegBlock *block = data;

  g_ptr_array_unref (block->texts);
  g_free (block);
}

PostwegDocument *
postweg_document_new (const char *title, const char *language)
{
  PostwegDocument *document = g_new (PostwegDocument, 1);

  *document =
      (PostwegDocument){ g_strdup (title), g_strdup (language), g_ptr_array_new_with_free_func (block_free) };
  return document;
}

void
postweg_document_free (PostwegDocument *document)
{
  if (document == NULL)
    return;
  g_free (document->title);
  g_free (document->language);
  g_ptr_array_unref (document->blocks);
  g_free (document);
}

static PostwegBlock *
add_block (PostwegDocument *document, PostwegBlockKind kind, GPtrArray *texts)
{
  PostwegBlock *block = g_new0 (PostwegBlock, 1);

  block->kind = kind;
  block->texts = texts;
  g_ptr_array_set_free_func (texts, g_free);
  g_ptr_array_add (document->blocks, block);
  return block;
}

static PostwegBlock *
add_text (PostwegDocument *document, PostwegBlockKind kind, const char *text)
{
  GPtrArray *texts = g_ptr_array_new ();

  g_ptr_array_add (texts, g_strdup (text));
  return add_block (document, kind, texts);
}

static void
add_texts (PostwegDocument *document, PostwegBlockKind kind, GPtrArray *texts)
{
  if (texts->len > 0)
    add_block (document, kind, texts);
  else
    g_ptr_array_unref (texts);
}

void
postweg_document_heading (PostwegDocument *document, guint level, const char *text)
{
  add_text (document, POSTWEG_BLOCK_HEADING, text)->level = level;
}

void
postweg_document_paragraph (PostwegDocument *document, const char *text)
{
  if (text != NULL && *text != '\0')
    add_text (document, POSTWEG_BLOCK_PARAGRAPH, text);
}

void
postweg_document_list (PostwegDocument *document, GPtrArray *texts)
{
  add_texts (document, POSTWEG_BLOCK_LIST, texts);
}

void
postweg_document_lines (PostwegDocument *document, GPtrArray *texts)
{
  add_texts (document, POSTWEG_BLOCK_LINES, texts);
}

void
postweg_document_table (PostwegDocument *document, const char *const *headings, GPtrArray *texts)
{
  guint columns = g_strv_length ((char **) headings);

  g_return_if_fail (texts->len % columns == 0);
  for (guint i = 0; i < columns; i++)
    g_ptr_array_insert (texts, (int) i, g_strdup (headings[i]));
  add_block (document, POSTWEG_BLOCK_TABLE, texts)->columns = columns;
}
