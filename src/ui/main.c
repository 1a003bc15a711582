/* postweg: the window. */
#include "checkup/language.h"
#include "ui/application.h"
#include <sys/prctl.h>

int
main (int argc, char **argv)
{
  g_autoptr (PostwegApplication) application = NULL;

  /* no core file, no ptrace by others: passwords pass through this process */
  prctl (PR_SET_DUMPABLE, 0);
  postweg_language_init (NULL);
  gtk_disable_setlocale (); /* it would undo the line above where the locale is not installed */
  application = postweg_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
