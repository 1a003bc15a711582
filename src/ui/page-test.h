/* Test: two lanes whose stations light up as the test goes on. */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_TEST (postweg_page_test_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPageTest, postweg_page_test, POSTWEG, PAGE_TEST, PostwegPage)
