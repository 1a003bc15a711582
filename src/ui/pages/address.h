/* Address: who the account is for. */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_ADDRESS (postweg_page_address_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPageAddress, postweg_page_address, POSTWEG, PAGE_ADDRESS, PostwegPage)
