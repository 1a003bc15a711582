/* What Thunderbird does with a copy of sent mail. */
#include "clients/thunderbird-read.h"
#include <string.h>

/* "imap://anna%40firm.example@imap.firm.example/Sent Items" -> "Sent Items", if it is on this server; names in modified UTF-7 are not read. */
static char *
folder_of (const char *uri, const PostwegServer *server)
{
  g_autoptr (GUri) parsed = uri != NULL ? g_uri_parse (uri, G_URI_FLAGS_HAS_PASSWORD, NULL) : NULL;
  const char *path = parsed != NULL ? g_uri_get_path (parsed) : "";

  if (parsed == NULL || server == NULL || server->protocol != POSTWEG_IMAP || *path != '/' ||
      path[1] == '\0' || strcmp (g_uri_get_scheme (parsed), "imap") != 0 || strchr (path, '&') != NULL ||
      g_ascii_strcasecmp (g_uri_get_host (parsed), server->host) != 0)
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
