/* Files are told by their folder, accounts by their program. */
#include "ui/parts/program-words.h"
#include "ui/parts/parts.h"
#include <glib/gi18n-lib.h>

char *
postweg_program_planned_words (const PostwegPlan *plan, const char *folder)
{
  gboolean any = plan->changes->len > 0;
  g_autofree char *path = folder != NULL ? postweg_parts_path (folder) : NULL;

  if (path != NULL)
    return g_strdup_printf (any ? _("This is what Postweg would write into “%s”. Nothing is written yet.")
                                : _("The files are in “%s” already. Nothing needs to be written."), path);
  return g_strdup_printf (any ? _("This is what Postweg would write for %s. Nothing is written yet.")
                              : _("%s has this account already. Nothing needs to be written."), plan->name);
}

char *
postweg_program_written_words (const PostwegPlan *plan, const char *folder)
{
  g_autofree char *path = folder != NULL ? postweg_parts_path (folder) : NULL;

  if (path != NULL)
    return g_strdup_printf (_("The files are in “%s” now."), path);
  return g_strdup_printf (_("%s has the account now. The files as they were before are kept."), plan->name);
}
