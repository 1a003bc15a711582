/* POP or IMAP: habits in, recommendation out. */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_ADVICE (postweg_page_advice_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPageAdvice, postweg_page_advice, POSTWEG, PAGE_ADVICE, PostwegPage)
