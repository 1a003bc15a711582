/* Password: what the provider demands first, then the password. */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_PASSWORD (postweg_page_password_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPagePassword, postweg_page_password, POSTWEG, PAGE_PASSWORD, PostwegPage)
