/* What folders are for, by flag and by name. */
#include "probe/folders.h"

static void
test_kinds (void)
{
  static const struct {
    const char *name, *flags;
    PostwegFolderKind kind;
  } table[] = {
    { "INBOX", "", POSTWEG_FOLDER_INBOX },
    { "inbox", "\\Sent", POSTWEG_FOLDER_INBOX },
    { "Whatever", "\\HasNoChildren \\Sent", POSTWEG_FOLDER_SENT },
    { "Whatever", "\\junk", POSTWEG_FOLDER_JUNK },
    { "[Gmail]/All Mail", "\\HasNoChildren \\All", POSTWEG_FOLDER_ALL },
    { "[Gmail]/Bin", "\\Trash", POSTWEG_FOLDER_TRASH },
    { "Sent", "\\Trash", POSTWEG_FOLDER_TRASH }, /* the flag counts more than the name */
    { "INBOX.Sent", "", POSTWEG_FOLDER_SENT },
    { "INBOX/Sent Messages", "", POSTWEG_FOLDER_SENT },
    { "Gesendete Objekte", "", POSTWEG_FOLDER_SENT },
    { "GESENDET", "", POSTWEG_FOLDER_SENT },
    { "Éléments envoyés", "", POSTWEG_FOLDER_SENT },
    { "Wysłane", "", POSTWEG_FOLDER_SENT },
    { "Отправленные", "", POSTWEG_FOLDER_SENT },
    { "已发送", "", POSTWEG_FOLDER_SENT },
    { "Spamverdacht", "", POSTWEG_FOLDER_JUNK },
    { "INBOX.Junk E-mail", "", POSTWEG_FOLDER_JUNK },
    { "Courrier indésirable", "", POSTWEG_FOLDER_JUNK },
    { "Спам", "", POSTWEG_FOLDER_JUNK },
    { "Papierkorb", "", POSTWEG_FOLDER_TRASH },
    { "Deleted Items", "", POSTWEG_FOLDER_TRASH },
    { "Sent 2024", "", POSTWEG_FOLDER_OTHER },
    { "Sent/2024", "", POSTWEG_FOLDER_OTHER },
    { "Presents", "", POSTWEG_FOLDER_OTHER },
    { "sent|spam", "", POSTWEG_FOLDER_OTHER },
    { "", "", POSTWEG_FOLDER_OTHER },
    { "Ends.", "", POSTWEG_FOLDER_OTHER },
    { "Lists", "\\HasNoChildren", POSTWEG_FOLDER_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s (%s)", table[i].name, table[i].flags);
      g_assert_cmpstr (postweg_folder_kind_name (postweg_folder_kind (table[i].name, table[i].flags)), ==,
                       postweg_folder_kind_name (table[i].kind));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/folders/kinds", test_kinds);
  return g_test_run ();
}
