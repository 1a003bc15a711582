/* A document before it has a format: headings, paragraphs, lists, tables, lines as they were said. */
#pragma once
#include <glib.h>

typedef enum {
  POSTWEG_BLOCK_HEADING,   /* texts[0]; `level` from 1 */
  POSTWEG_BLOCK_PARAGRAPH, /* texts[0] */
  POSTWEG_BLOCK_LIST,      /* one text an item */
  POSTWEG_BLOCK_TABLE,     /* `columns` texts a row; the first row is the heading */
  POSTWEG_BLOCK_LINES,     /* one text a line, in a typewriter face */
} PostwegBlockKind;

typedef struct {
  PostwegBlockKind kind;
  guint level, columns;
  GPtrArray *texts; /* char* */
} PostwegBlock;

typedef struct {
  char *title;
  char *language;    /* "de", "en", … */
  GPtrArray *blocks; /* PostwegBlock */
} PostwegDocument;

PostwegDocument *postweg_document_new (const char *title, const char *language);
void postweg_document_free (PostwegDocument *document);

void postweg_document_heading (PostwegDocument *document, guint level, const char *text);
/* Nothing is added for NULL or "". */
void postweg_document_paragraph (PostwegDocument *document, const char *text);
/* Takes the texts (char*, may be empty: then nothing is added). */
void postweg_document_list (PostwegDocument *document, GPtrArray *texts);
void postweg_document_lines (PostwegDocument *document, GPtrArray *texts);
/* headings: NULL-terminated, translated. texts: row by row, as many a row as there are headings; taken. */
void postweg_document_table (PostwegDocument *document, const char *const *headings, GPtrArray *texts);

/* Returns: (transfer full): CommonMark, with tables as GitHub's and everybody's; the texts cannot become markup */
char *postweg_document_to_markdown (const PostwegDocument *document);
/* Returns: (transfer full): one HTML 5 page that loads nothing and runs nothing; the texts cannot become markup */
char *postweg_document_to_html (const PostwegDocument *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegDocument, postweg_document_free)
