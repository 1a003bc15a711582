/* Where an account goes: programs by kind, files for elsewhere, codes to scan, passwords only where they are allowed. */
#include "ui/parts/hand-over.h"
#include "ui/pages/program.h"
#include "ui/pages/result.h"
#include "widgets.h"
#include <glib/gstdio.h>
#include <string.h>

#define PASSWORD "geheim & more"

static TestWindow *
window_with (gboolean password)
{
  TestWindow *test = test_window_new ();
  g_autoptr (PostwegSecret) secret = postweg_secret_new (PASSWORD);

  test_fill (test, "anna@example.org", 993, 465);
  if (password)
    postweg_journey_take_credentials (test->journey, postweg_credentials_new (secret, NULL, NULL));
  return test;
}

static gboolean
is_ready (TestWindow *test, const char *button)
{
  GtkWidget *widget = test_find (test->window, GTK_TYPE_BUTTON, button);

  return widget != NULL && gtk_widget_is_sensitive (widget);
}

static PostwegPage *
show (TestWindow *test)
{
  static const char *const kinds[] = { "Phone or Tablet", "Sheet of Settings", "For Administrators" };
  PostwegPage *page = test_show (test, POSTWEG_TYPE_PAGE_PROGRAM);

  test_turn (300);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (test_get (page, ADW_TYPE_EXPANDER_ROW, kinds[i])), TRUE);
  return page;
}

static void
choose (TestWindow *test, const char *program)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_get (test_page (test), GTK_TYPE_CHECK_BUTTON, program)),
                               TRUE);
  test_turn (20);
}

static void
set_folder (TestWindow *test, const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  postweg_hand_over_set_folder (POSTWEG_HAND_OVER (test_get (test_page (test), POSTWEG_TYPE_HAND_OVER, NULL)),
                                file);
}

static char *
new_folder (void)
{
  char *folder = g_dir_make_tmp ("postweg-test-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static guint
n_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_groups (void)
{
  g_autoptr (TestWindow) test = window_with (FALSE);
  PostwegPage *page = show (test);
  GtkWidget *elsewhere = test_get (page, ADW_TYPE_PREFERENCES_GROUP, "Other Programs and Devices");
  guint outputs = 0;

  test_picture (test, "program");
  test_scroll (page, 1);
  test_picture (test, "program-further");
  for (guint i = 0; i < postweg_checkup_n_known_programs (); i++)
    {
      PostwegKnownProgram known = postweg_checkup_known_program (i);

      if (!known.is_output)
        continue;
      outputs++;
      test_get (elsewhere, GTK_TYPE_CHECK_BUTTON, known.name);
    }
  g_assert_cmpuint (outputs, >=, 10);
  test_get (elsewhere, ADW_TYPE_EXPANDER_ROW, "Sheet of Settings");
  test_get (elsewhere, ADW_TYPE_EXPANDER_ROW, "For Administrators");
  test_get (page, ADW_TYPE_EXPANDER_ROW, "Settings for Any Other Program");
}

/* Before the programs of this computer are known it is said that they are looked for, and no longer. */
static void
test_looking (void)
{
  g_autoptr (TestWindow) test = window_with (FALSE);
  PostwegPage *page;

  /* the answer may come within one turn of the loop */
  gtk_widget_activate_action (GTK_WIDGET (test->window), "win.show-page", "s", "PostwegPageProgram");
  page = test_page (test);
  g_assert_true (test_says (page, "Looking for mail programs on this computer"));
  AWAIT (!test_says (page, "Looking for mail programs on this computer"));
}

/* A file for elsewhere: where it goes is shown and can be changed, nothing is there before, everything is taken back. */
static void
test_output (void)
{
  g_autoptr (TestWindow) test = window_with (FALSE);
  g_autofree char *folder = new_folder ();
  PostwegPage *page = show (test);

  choose (test, "Apple Mail");
  g_assert_true (test_says (page, "Postweg"));
  test_get (page, GTK_TYPE_BUTTON, "Choose Folder");
  set_folder (test, folder);
  g_assert_true (test_says (page, folder));
  g_assert_null (test_find (page, GTK_TYPE_SWITCH, "Put the Password in, Too"));
  test_press (test->window, "Show Changes");
  AWAIT (is_ready (test, "Write"));
  g_assert_cmpuint (n_files (folder), ==, 0);
  g_assert_null (test_find (page, GTK_TYPE_CHECK_BUTTON, "K-9 Mail"));
  g_assert_null (test_find (page, ADW_TYPE_EXPANDER_ROW, "Settings for Any Other Program"));
  test_picture (test, "program-file");
  test_press (test->window, "Choose Another");
  test_get (page, GTK_TYPE_CHECK_BUTTON, "K-9 Mail");
  test_press (test->window, "Show Changes");
  AWAIT (is_ready (test, "Write"));
  test_press (test->window, "Write");
  AWAIT (is_ready (test, "Undo"));
  g_assert_cmpuint (n_files (folder), ==, 1);
  test_get (page, GTK_TYPE_BUTTON, "Open Folder");
  g_assert_true (test_says (page, "The files are in"));
  test_picture (test, "program-file-written");
  test_press (test->window, "Undo");
  AWAIT (test_says (page, "taken back"));
  g_assert_cmpuint (n_files (folder), ==, 0);
  remove_folder (folder);
}

static const char *
code_words (gpointer page)
{
  GtkWidget *picture = test_find (page, GTK_TYPE_PICTURE, NULL);

  return picture != NULL ? gtk_picture_get_alternative_text (GTK_PICTURE (picture)) : NULL;
}

/* A code can be scanned from the window, says what it holds, and is gone with the page. */
static void
test_code (void)
{
  g_autoptr (TestWindow) test = window_with (TRUE);
  g_autofree char *folder = new_folder ();
  PostwegPage *page = show (test);
  GtkWidget *allow;

  choose (test, "Thunderbird for Android");
  set_folder (test, folder);
  allow = test_get (page, GTK_TYPE_SWITCH, "Put the Password in, Too");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (allow)));
  test_press (test->window, "Show Changes");
  AWAIT (is_ready (test, "Write"));
  g_assert_cmpstr (code_words (page), ==,
                   "QR code for Thunderbird for Android, with the settings, without a password");
  g_assert_cmpint (gtk_widget_get_width (test_get (page, GTK_TYPE_PICTURE, NULL)), >=, 300);
  g_assert_cmpint (gtk_widget_get_height (test_get (page, GTK_TYPE_PICTURE, NULL)), >=, 300);
  test_picture (test, "program-code");

  /* consent is another plan */
  gtk_switch_set_active (GTK_SWITCH (allow), TRUE);
  g_assert_null (code_words (page));
  test_press (test->window, "Show Changes");
  AWAIT (is_ready (test, "Write"));
  g_assert_cmpstr (code_words (page), ==,
                   "QR code for Thunderbird for Android, with the settings and the password");
  g_assert_false (test_says (page, PASSWORD));
  test_picture (test, "program-code-secret");
  test_press (test->window, "Write");
  AWAIT (is_ready (test, "Undo"));
  g_assert_nonnull (code_words (page));
  test_show (test, POSTWEG_TYPE_PAGE_RESULT);
  g_assert_null (code_words (page));

  /* what is there already can be scanned again */
  page = show (test);
  gtk_switch_set_active (GTK_SWITCH (test_get (page, GTK_TYPE_SWITCH, "Put the Password in, Too")), TRUE);
  test_press (test->window, "Show Changes");
  AWAIT (test_says (page, "already"));
  AWAIT (code_words (page) != NULL);
  test_get (test->window, GTK_TYPE_BUTTON, "Done");
  remove_folder (folder);
}

/* What holds the password in any case is not made without consent, nor without a password. */
static void
test_needed (void)
{
  g_autoptr (TestWindow) test = window_with (TRUE);
  g_autofree char *folder = new_folder ();
  PostwegPage *page = show (test);

  choose (test, "Delta Chat");
  set_folder (test, folder);
  g_assert_true (test_says (page, "Allow that below"));
  g_assert_false (is_ready (test, "Show Changes"));
  gtk_switch_set_active (GTK_SWITCH (test_get (page, GTK_TYPE_SWITCH, "Put the Password in")), TRUE);
  g_assert_false (test_says (page, "Allow that below"));
  test_press (test->window, "Show Changes");
  AWAIT (is_ready (test, "Write"));
  g_assert_cmpstr (code_words (page), ==, "QR code for Delta Chat, with the settings and the password");
  remove_folder (folder);
}

static void
test_needed_without (void)
{
  g_autoptr (TestWindow) test = window_with (FALSE);
  PostwegPage *page = show (test);

  choose (test, "Delta Chat");
  g_assert_true (test_says (page, "Go back and enter it first."));
  g_assert_null (test_find (page, GTK_TYPE_SWITCH, "Put the Password in"));
  g_assert_false (is_ready (test, "Show Changes"));
}

/* What a program cannot do is said in a sentence that names what works, and another one can be chosen. */
static void
test_refusal (void)
{
  g_autoptr (TestWindow) test = window_with (FALSE);
  g_autoptr (PostwegAccount) account = postweg_account_copy (postweg_journey_get_account (test->journey));
  PostwegPage *page;

  account->incoming->protocol = POSTWEG_POP3;
  postweg_journey_set_account (test->journey, account);
  page = show (test);
  choose (test, "PACC (user-agent-configuration.json)");
  AWAIT (is_ready (test, "Show Changes"));
  test_press (test->window, "Show Changes");
  AWAIT (test_says (page, "knows only SSL/TLS on the usual ports"));
  g_assert_true (is_ready (test, "Show Changes"));
  g_assert_null (test_find (test->window, GTK_TYPE_BUTTON, "Write"));
  test_picture (test, "program-refusal");
  choose (test, "Apple Mail");
  g_assert_false (test_says (page, "knows only SSL/TLS on the usual ports"));
}

/* Places that cannot be written to are said, and nothing is lost. */
static void
test_bad_folder (void)
{
  g_autoptr (TestWindow) test = window_with (FALSE);
  g_autofree char *folder = new_folder ();
  g_autofree char *file = g_build_filename (folder, "a file", NULL);
  PostwegPage *page = show (test);
  g_autoptr (GFile) nowhere = g_file_new_for_uri ("sftp://nobody.invalid/x");

  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  choose (test, "Apple Mail");
  postweg_hand_over_set_folder (POSTWEG_HAND_OVER (test_get (page, POSTWEG_TYPE_HAND_OVER, NULL)), nowhere);
  set_folder (test, file);
  test_press (test->window, "Show Changes");
  AWAIT (is_ready (test, "Write") || is_ready (test, "Show Changes"));
  if (is_ready (test, "Write"))
    {
      test_press (test->window, "Write");
      AWAIT (is_ready (test, "Show Changes"));
    }
  g_assert_null (test_find (test->window, GTK_TYPE_BUTTON, "Undo"));
  g_assert_cmpuint (n_files (folder), ==, 1);
  remove_folder (folder);
}

/* Pressed twice, left and closed in the middle. */
static void
test_hasty (void)
{
  g_autoptr (TestWindow) test = window_with (TRUE);
  g_autofree char *folder = new_folder ();
  PostwegPage *page = show (test);

  choose (test, "Thunderbird for Android");
  set_folder (test, folder);
  postweg_page_go_on (page);
  postweg_page_go_on (page);
  choose (test, "Apple Mail");
  test_show (test, POSTWEG_TYPE_PAGE_RESULT);
  test_turn (200);
  g_assert_cmpuint (n_files (folder), ==, 0);
  page = show (test);
  choose (test, "Thunderbird for Android");
  test_press (test->window, "Show Changes");
  gtk_window_close (GTK_WINDOW (test->window));
  test_turn (200);
  g_assert_cmpuint (n_files (folder), ==, 0);
  remove_folder (folder);
}

static void
test_narrow (void)
{
  g_autoptr (TestWindow) test = window_with (TRUE);
  int minimum;

  show (test);
  choose (test, "Thunderbird for Android");
  test_press (test->window, "Show Changes");
  AWAIT (is_ready (test, "Write"));
  gtk_widget_measure (GTK_WIDGET (test->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/program/groups", test_groups);
  g_test_add_func ("/ui/program/looking", test_looking);
  g_test_add_func ("/ui/program/output", test_output);
  g_test_add_func ("/ui/program/code", test_code);
  g_test_add_func ("/ui/program/needed", test_needed);
  g_test_add_func ("/ui/program/needed-without", test_needed_without);
  g_test_add_func ("/ui/program/refusal", test_refusal);
  g_test_add_func ("/ui/program/bad-folder", test_bad_folder);
  g_test_add_func ("/ui/program/hasty", test_hasty);
  g_test_add_func ("/ui/program/narrow", test_narrow);
  return g_test_run ();
}
