/* The way of a mail, as the servers on it wrote it into Received fields (RFC 5321 4.4); pure. */
#pragma once
#include "model/delivery.h"

#define POSTWEG_HOPS_MAX 50

/* from NAME (…) by NAME (…) with PROTOCOL id … for … ; DATE
 * Returns: (transfer full): what of it can be read, never NULL */
PostwegHop *postweg_received_parse (const char *value);
/* fields: PostwegHeaderField. Adds the stations in the order of the way (the lowest field first), with the times between them. */
void postweg_received_hops (const GPtrArray *fields, GPtrArray *hops);
