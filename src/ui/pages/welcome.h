/* Welcome: what would you like to do? */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_WELCOME (postweg_page_welcome_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPageWelcome, postweg_page_welcome, POSTWEG, PAGE_WELCOME, PostwegPage)
