/* The rows of the table of mail programs, each defined in the program's own file. */
#pragma once
#include "clients/clients.h"

extern const PostwegClient postweg_client_thunderbird;
extern const PostwegClient postweg_client_betterbird;
