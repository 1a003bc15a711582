/* What a folder is for, by its flag or its name; pure. */
#pragma once
#include "model/delivery.h"

/* flags: of a LIST response. name: in UTF-8; the part behind the last delimiter counts. */
PostwegFolderKind postweg_folder_kind (const char *name, const char *flags);
