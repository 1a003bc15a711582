/* gettext set up so that an installed, a relocated and a freshly built program all find their translations. */
#include "checkup/language.h"
#include "checkup/postweg-paths.h"
#include <gio/gio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

/* Where translations may be, seen from the folder of the program. */
static const char *const places[] = { "../share/locale", "../../po", "../po" };

static char *
find_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup ("/");

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *candidate = g_build_filename (folder, places[i], NULL);
      g_autofree char *german =
          g_build_filename (candidate, "de", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);

      if (g_file_test (german, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&candidate);
    }
  return g_strdup (POSTWEG_LOCALEDIR);
}

/* The locale that the environment names, in the order of POSIX 8.2. */
static const char *
wanted_locale (void)
{
  static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    if (g_getenv (variables[i]) != NULL && *g_getenv (variables[i]) != '\0')
      return g_getenv (variables[i]);
  return "C";
}

void
postweg_language_init (const char *language)
{
  g_autofree char *folder = find_folder ();
  gboolean is_installed = setlocale (LC_ALL, "") != NULL;

  /* A machine may lack the locale that it is told to use; its translations are here all the same. gettext looks at LANGUAGE unless the
   * locale is "C". */
  if (language != NULL)
    g_setenv ("LANGUAGE", language, TRUE);
  else if (!is_installed)
    g_setenv ("LANGUAGE", wanted_locale (), FALSE);
  if (!is_installed || strcmp (setlocale (LC_MESSAGES, NULL), "C") == 0)
    setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
