/* Result: one answer, whose matter it is, and what to do. */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_RESULT (postweg_page_result_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPageResult, postweg_page_result, POSTWEG, PAGE_RESULT, PostwegPage)
