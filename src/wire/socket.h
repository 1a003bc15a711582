/* Reading from and writing to a non-blocking socket with a deadline; GIO's errors are translated here. */
#pragma once
#include "wire/wait.h"

/* Sets what keeps round trips short: no Nagle, no delayed acknowledgements. */
void postweg_socket_tune (GSocket *socket);
/* Returns: the number of bytes, 0 at the end of the stream, -1 with SILENT, HUNG_UP, OUT_OF_TIME, G_IO_ERROR_CANCELLED */
gssize postweg_socket_read (GSocket *socket, char *buffer, gsize size, const PostwegWait *wait,
                            GError **error);
gboolean postweg_socket_write (GSocket *socket, const char *bytes, gsize length, const PostwegWait *wait,
                               GError **error);
