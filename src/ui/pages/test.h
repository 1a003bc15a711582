/* Test: the road map, whose stations light up as the test goes on. */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_TEST (postweg_page_test_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPageTest, postweg_page_test, POSTWEG, PAGE_TEST, PostwegPage)

/* Who says whether there is a network; the system's monitor unless somebody else is named. */
void postweg_page_test_set_network (PostwegPageTest *self, GNetworkMonitor *network);
