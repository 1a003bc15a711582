/* What Thunderbird does with a copy of sent mail. */
#include "clients/thunderbird/read.h"
#include <string.h>

static gboolean
is_on (GUri *uri, const PostwegServer *server)
{
  return server != NULL && server->protocol == POSTWEG_IMAP && strcmp (g_uri_get_scheme (uri), "imap") == 0 &&
         g_ascii_strcasecmp (g_uri_get_host (uri), server->host) == 0;
}

/* "imap://anna%40firm.example@imap.firm.example/Sent Items" -> "Sent Items", if it is on this server; names in modified UTF-7 are not read. */
static char *
folder_of (const char *text, const PostwegServer *server)
{
  g_autoptr (GUri) uri = text != NULL ? g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD, NULL) : NULL;
  const char *path = uri != NULL ? g_uri_get_path (uri) : "";

  if (uri == NULL || !is_on (uri, server) || strlen (path) < 2 || strchr (path, '&') != NULL)
    return NULL;
  return g_strdup (path + 1);
}

void
postweg_settings_habits (const PostwegSettings *settings, const PostwegAccountKeys *keys,
                         PostwegAccount *account)
{
  PostwegProgramHabits *habits = &account->program;

  habits->is_known = TRUE;
  habits->sends_by_its_default = keys->outgoing_is_default;
  if (keys->identity == NULL)
    return;
  habits->sent_copy = postweg_settings_flag_or (settings, "mail.identity", keys->identity, "fcc", TRUE)
                          ? POSTWEG_COPY_KEPT
                          : POSTWEG_COPY_NOT_KEPT;
  habits->sent_folder = folder_of (
      postweg_settings_text_of (settings, "mail.identity", keys->identity, "fcc_folder"), account->incoming);
}
