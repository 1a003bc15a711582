/* Explain: what an error message means, without an account. */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_EXPLAIN (postweg_page_explain_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPageExplain, postweg_page_explain, POSTWEG, PAGE_EXPLAIN, PostwegPage)
