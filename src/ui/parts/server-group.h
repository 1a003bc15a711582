/* One server as five rows that can be edited: where it is, how it is protected, how one signs in. */
#pragma once
#include "model/discovery.h"
#include <adwaita.h>

#define POSTWEG_TYPE_SERVER_GROUP (postweg_server_group_get_type ())
G_DECLARE_FINAL_TYPE (PostwegServerGroup, postweg_server_group, POSTWEG, SERVER_GROUP, AdwBin)

/* Signal "changed": a row was edited. Port and security move together until the person has changed the port. */

/* name: translated; the group's title, and what screen readers say before each row */
void postweg_server_group_set_name (PostwegServerGroup *self, const char *name);
/* Fills the rows. server: NULL for an empty one of that protocol. discovery: NULL, or what was found; its servers of this protocol are
 * offered as alternatives. */
void postweg_server_group_fill (PostwegServerGroup *self, PostwegProtocol protocol,
                                const PostwegServer *server, const PostwegDiscovery *discovery);
/* Returns: (transfer full): what the rows say, or NULL if something cannot be used as it is */
PostwegServer *postweg_server_group_read (PostwegServerGroup *self);
/* Says at each row what cannot be used as it is. Returns: whether everything can be used */
gboolean postweg_server_group_check (PostwegServerGroup *self);
