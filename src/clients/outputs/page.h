/* A printable page of settings: headings, tables, sentences; HTML without anything from elsewhere. */
#pragma once
#include "model/account.h"

typedef struct _PostwegPage PostwegPage;

/* language: "de", "en". title: plain text, as everything that is added. */
PostwegPage *postweg_page_new (const char *language, const char *title);
void postweg_page_heading (PostwegPage *page, const char *text);
void postweg_page_sentence (PostwegPage *page, const char *text);
/* Rows until the next heading or sentence are one table. */
void postweg_page_row (PostwegPage *page, const char *name, const char *value);
/* Takes the page. Returns: (transfer full): the HTML */
char *postweg_page_finish (PostwegPage *page);
