/* Servers: where mail comes in and goes out, filled in and editable. */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_SERVERS (postweg_page_servers_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPageServers, postweg_page_servers, POSTWEG, PAGE_SERVERS, PostwegPage)
