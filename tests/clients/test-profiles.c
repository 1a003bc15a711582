/* Where profiles are found, which one is the default, and what a first profile looks like. */
#include "clients/apply.h"
#include "clients/clients.h"
#include "clients/folders.h"
#include "clients/thunderbird/profiles.h"
#include "model/error.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <utime.h>

#define HASH "BD520B11F73A6B64" /* of Flathub's Thunderbird: its folder tells from any home that it is used */
#define FLATPAK ".var/app/org.mozilla.Thunderbird"
#define FLATPAK_ROOT FLATPAK "/.thunderbird"
#define PREFS                                                                                                \
  "user_pref(\"mail.accountmanager.accounts\", \"account1\");user_pref(\"mail.account.account1.server\", "   \
  "\"server1\");"                                                                                            \
  "user_pref(\"mail.server.server1.type\", \"imap\");user_pref(\"mail.server.server1.hostname\", "           \
  "\"in.test\");"

/* Profiles "a", "b" and "c" have folders; b's prefs.js is the newest, c has none. Rows A to G: what Thunderbird 153 was seen to do with a list
 * of which it made no part itself. */
static const struct {
  const char *path;
  const char *ini;
  const char *chosen; /* NULL: none */
  guint listed, missing;
  gboolean has_install;
} lists[] = {
  { "none", NULL, NULL, 0, 0, FALSE },
  { "empty", "", NULL, 0, 0, FALSE },
  { "A-default-only", "[Profile0]\nName=x\nIsRelative=1\nPath=a\nDefault=1\n[General]\nVersion=2\n", "a", 1,
    0, FALSE },
  { "B-install", "[Install" HASH "]\nDefault=a\nLocked=1\n[Profile0]\nIsRelative=1\nPath=a\nDefault=1\n", "a",
    1, 0, TRUE },
  { "D-no-version", "[Profile0]\nName=x\nIsRelative=1\nPath=a\nDefault=1\n", "a", 1, 0, FALSE },
  { "G-no-default", "[Profile0]\nPath=a\n", "a", 1, 0, FALSE },
  { "install-beats-default",
    "[Profile0]\nPath=b\nDefault=1\n[Profile1]\nPath=a\n[Install" HASH "]\nDefault=a\n", "a", 2, 0, TRUE },
  { "other-install", "[Profile0]\nPath=b\nDefault=1\n[Profile1]\nPath=a\n[Install0123]\nDefault=a\n", "a", 2,
    0, FALSE },
  { "ours-before-other-install",
    "[Install0123]\nDefault=b\n[Install" HASH "]\nDefault=a\n[Profile0]\nPath=b\n[Profile1]\nPath=a\n", "a",
    2, 0, TRUE },
  { "newest-of-two-other-installs",
    "[Install1]\nDefault=a\n[Install2]\nDefault=b\n[Profile0]\nPath=a\n[Profile1]\nPath=b\n", "b", 2, 0,
    FALSE },
  { "install-names-missing",
    "[Install" HASH "]\nDefault=gone\n[Profile0]\nPath=gone\n[Profile1]\nPath=a\nDefault=1\n", "a", 2, 1,
    TRUE },
  { "default-is-missing", "[Profile0]\nPath=gone\nDefault=1\n[Profile1]\nPath=a\n", "a", 2, 1, FALSE },
  { "all-missing", "[Profile0]\nPath=gone\nDefault=1\n", NULL, 1, 1, FALSE },
  { "newest-prefs", "[Profile0]\nPath=a\n[Profile1]\nPath=b\n[Profile2]\nPath=c\n", "b", 3, 0, FALSE },
  { "never-used-only", "[Profile0]\nPath=c\n", "c", 1, 0, FALSE },
  { "crlf-bom-comments", "\xEF\xBB\xBF; x\r\n# y\r\n[Profile0]\r\nName=x\r\nPath=a\r\nDefault=1\r\n", "a", 1,
    0, FALSE },
  { "blanks", "  [Profile0]  \n  Path=a  \n", "a", 1, 0, FALSE },
  { "rubbish", "no section\nPath=b\n[Profile0\nPath=a\n[]\n=\n[Profile\nx\n", "a", 1, 0, FALSE },
  { "no-path", "[Profile0]\nName=x\n[Profile1]\nPath=\n[Profile2]\nPath=a\n", "a", 1, 0, FALSE },
  { "other-sections", "[BackgroundTasksProfiles]\nPath=b\n[Profile0]\nPath=a\n", "a", 1, 0, FALSE },
};

static void
put_profiles (const char *root)
{
  g_autofree char *a = g_build_filename (root, "a", "prefs.js", NULL);
  g_autofree char *b = g_build_filename (root, "b", "prefs.js", NULL);

  put_file (root, "a/prefs.js", PREFS);
  put_file (root, "b/prefs.js", PREFS);
  put_file (root, "c/times.json", "{}");
  g_assert_cmpint (utime (a, &(struct utimbuf){ 1000, 1000 }) | utime (b, &(struct utimbuf){ 2000, 2000 }),
                   ==, 0);
}

static void
test_list (gconstpointer data)
{
  static const char *const hashes[] = { HASH, NULL };
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (Folder) root = folder_new ();
  g_autoptr (PostwegProfiles) profiles = NULL;
  const PostwegProfile *chosen;
  g_autofree char *wanted =
      lists[row].chosen != NULL ? g_build_filename (root, lists[row].chosen, NULL) : NULL;
  guint missing = 0;

  put_profiles (root);
  if (lists[row].ini != NULL)
    put_file (root, "profiles.ini", lists[row].ini);
  profiles = postweg_profiles_read (root, hashes, NULL);
  chosen = postweg_profiles_default (profiles);
  g_assert_cmpstr (chosen != NULL ? chosen->path : NULL, ==, wanted);
  g_assert_cmpuint (profiles->profiles->len, ==, lists[row].listed);
  for (guint i = 0; i < profiles->profiles->len; i++)
    missing += ((PostwegProfile *) profiles->profiles->pdata[i])->is_missing;
  g_assert_cmpuint (missing, ==, lists[row].missing);
  g_assert_cmpint (profiles->has_install, ==, lists[row].has_install);
}

static void
test_absolute_path (void)
{
  static const char *const hashes[] = { NULL };
  g_autoptr (Folder) root = folder_new ();
  g_autoptr (Folder) elsewhere = folder_new ();
  g_autofree char *ini = g_strdup_printf ("[Profile0]\nIsRelative=0\nPath=%s\n", elsewhere);
  g_autoptr (PostwegProfiles) profiles = NULL;

  put_file (root, "profiles.ini", ini);
  profiles = postweg_profiles_read (root, hashes, NULL);
  g_assert_cmpstr (postweg_profiles_default (profiles)->path, ==, elsewhere);
}

static GPtrArray *
find (const char *program, const char *home)
{
  GPtrArray *programs = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_program_free);

  postweg_client_find (postweg_client_by_id (program), home, programs);
  return programs;
}

static const struct {
  const char *path;
  const char *root;
  const char *program;
  const char *name;
} roots[] = {
  { "native", ".thunderbird", "thunderbird", "Thunderbird" },
  { "xdg", ".config/thunderbird", "thunderbird", "Thunderbird" },
  { "flathub", FLATPAK_ROOT, "thunderbird", "Thunderbird (Flatpak)" },
  { "fedora-flatpak", ".var/app/net.thunderbird.Thunderbird/.thunderbird", "thunderbird",
    "Thunderbird (Flatpak)" },
  { "snap", "snap/thunderbird/common/.thunderbird", "thunderbird", "Thunderbird (Snap)" },
  { "betterbird", ".var/app/eu.betterbird.Betterbird/.thunderbird", "betterbird", "Betterbird (Flatpak)" },
};

static void
test_root (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *root = g_build_filename (home, roots[row].root, NULL);
  g_autofree char *profile = g_build_filename (root, "a", NULL);
  g_autoptr (GPtrArray) programs = NULL;
  const PostwegProgram *program;

  put_profiles (root);
  put_file (root, "profiles.ini", "[Profile0]\nPath=a\n");
  programs = find (roots[row].program, home);
  g_assert_cmpuint (programs->len, ==, 1);
  program = programs->pdata[0];
  g_assert_cmpstr (program->program, ==, roots[row].program);
  g_assert_cmpstr (program->name, ==, roots[row].name);
  g_assert_cmpstr (program->profile, ==, profile);
  g_assert_true (program->is_default);
  g_assert_false (program->running);
  g_assert_false (program->read_only);
  g_assert_cmpstr (program->note, ==, "");
  g_assert_cmpuint (program->accounts->len, ==, 1);
}

static void
test_faults_are_noted (void)
{
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *root = g_build_filename (home, ".thunderbird", NULL);
  g_autoptr (GPtrArray) programs = NULL;

  put_profiles (root);
  put_file (root, "b/prefs.js", "user_pref(\"a\", 1)\nuser_pref(\"b\", 2);");
  put_file (root, "profiles.ini", "[Profile0]\nPath=a\n[Profile1]\nPath=b\n[Profile2]\nPath=gone\n");
  programs = find ("thunderbird", home);
  g_assert_cmpuint (programs->len, ==, 3);
  g_assert_cmpstr (((PostwegProgram *) programs->pdata[0])->note, ==, "");
  g_assert_nonnull (strstr (((PostwegProgram *) programs->pdata[1])->note, "Line 2"));
  g_assert_cmpuint (((PostwegProgram *) programs->pdata[1])->accounts->len, ==, 0);
  g_assert_cmpstr (((PostwegProgram *) programs->pdata[2])->note, !=, "");
}

static void
test_running (void)
{
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *root = g_build_filename (home, ".thunderbird", NULL);
  g_autofree char *lock = g_build_filename (root, "a", ".parentlock", NULL);
  g_autoptr (PostwegServer) in = postweg_server_new (POSTWEG_IMAP, "in.test", 0, POSTWEG_TLS, "u");
  g_autoptr (PostwegServer) out = postweg_server_new (POSTWEG_SMTP, "out.test", 0, POSTWEG_TLS, "u");
  g_autoptr (PostwegAccount) account = postweg_account_new ("A", "a@b.test", in, out);
  const PostwegExport export = { .home = home };
  g_autoptr (GPtrArray) programs = NULL;
  g_autoptr (GError) error = NULL;
  int pipes[2];
  char byte;
  pid_t child;

  put_profiles (root);
  put_file (root, "profiles.ini", "[Profile0]\nPath=a\n");
  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  if (child == 0)
    {
      struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

      if (fcntl (open (lock, O_RDWR | O_CREAT, 0600), F_SETLK, &whole) == 0 && write (pipes[1], "x", 1) == 1)
        pause ();
      _exit (0);
    }
  g_assert_cmpint (read (pipes[0], &byte, 1), ==, 1);
  programs = find ("thunderbird", home);
  g_assert_true (((PostwegProgram *) programs->pdata[0])->running);
  g_assert_cmpuint (((PostwegProgram *) programs->pdata[0])->accounts->len, ==, 1);
  g_assert_null (postweg_client_plan (postweg_client_by_id ("thunderbird"), account, &export, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_PROGRAM_RUNNING);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  close (pipes[0]);
  close (pipes[1]);
}

static PostwegPlan *
plan (const char *program, const char *home, const char *profile, GError **error)
{
  g_autoptr (PostwegServer) in = postweg_server_new (POSTWEG_IMAP, "new.test", 0, POSTWEG_TLS, "u");
  g_autoptr (PostwegServer) out = postweg_server_new (POSTWEG_SMTP, "out.test", 0, POSTWEG_TLS, "u");
  g_autoptr (PostwegAccount) account = postweg_account_new ("A", "a@b.test", in, out);
  const PostwegExport export = { .home = home, .profile = profile };

  return postweg_client_plan (postweg_client_by_id (program), account, &export, error);
}

static void
assert_applied (PostwegPlan *made, const char *home)
{
  g_autofree char *state = g_build_filename (home, "state", NULL);
  g_autoptr (GError) error = NULL;

  postweg_plan_apply (made, state, &error);
  g_assert_no_error (error);
}

/* home: what shows in it where the profile belongs. */
static void
test_first_profile (gconstpointer data)
{
  const char *ini = data; /* what stands in the list already; NULL: there is none */
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *root = g_build_filename (home, FLATPAK_ROOT, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (PostwegPlan) made = NULL;
  g_autoptr (PostwegPlan) again = NULL;
  g_autofree char *list = NULL;
  g_autofree char *name = NULL;
  g_autofree char *wanted = NULL;

  put_file (home, FLATPAK "/config", "");
  if (ini != NULL)
    put_file (root, "profiles.ini", ini);
  before = find ("thunderbird", home);
  g_assert_cmpuint (before->len, ==, 1);
  made = plan ("thunderbird", home, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((PostwegProgram *) before->pdata[0])->profile, ==, made->profile);
  g_assert_true (g_str_has_prefix (made->profile, root));
  g_assert_cmpuint (made->changes->len, ==, 2);
  assert_applied (made, home);
  name = g_path_get_basename (made->profile);
  wanted = g_strdup_printf ("%s%s[Install" HASH
                            "]\nDefault=%s\nLocked=1\n\n[Profile0]\nName=default\nIsRelative=1\n"
                            "Path=%s\nDefault=1\n%s",
                            ini != NULL ? ini : "", ini != NULL ? "\n" : "", name, name,
                            ini != NULL ? "" : "\n[General]\nStartWithLastProfile=1\nVersion=2\n");
  list = get_file (root, "profiles.ini");
  g_assert_cmpstr (list, ==, wanted);

  after = find ("thunderbird", home);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_true (((PostwegProgram *) after->pdata[0])->is_default);
  g_assert_cmpuint (((PostwegProgram *) after->pdata[0])->accounts->len, ==, 1);
  again = plan ("thunderbird", home, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->changes->len, ==, 0);
}

/* The profile that find() announces can be named as well. */
static void
test_first_profile_by_name (void)
{
  g_autoptr (Folder) home = folder_new ();
  g_autoptr (PostwegPlan) unnamed = NULL;
  g_autoptr (PostwegPlan) named = NULL;

  put_file (home, FLATPAK "/config", "");
  unnamed = plan ("thunderbird", home, NULL, NULL);
  named = plan ("thunderbird", home, unnamed->profile, NULL);
  g_assert_cmpuint (named->changes->len, ==, 2);
  g_assert_cmpstr (named->profile, ==, unnamed->profile);
}

/* A native Thunderbird is the last resort; the list is made for the folder where distributions install it. */
static void
test_first_profile_native (void)
{
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *root = g_build_filename (home, ".thunderbird", NULL);
  g_autoptr (PostwegPlan) made = plan ("thunderbird", home, NULL, NULL);
  g_autofree char *list = NULL;

  assert_applied (made, home);
  list = get_file (root, "profiles.ini");
  g_assert_true (g_str_has_prefix (list, "[InstallFDC34C9F024745EB]\nDefault="));
}

static const struct {
  const char *path;
  const char *root; /* where Thunderbird's own folder is */
  const char *ini;
  gboolean has_mark;   /* compatibility.ini: it has run with this profile */
  guint changes;       /* 0: refused with NOT_FOUND */
  const char *profile; /* which one is meant */
} defaults[] = {
  { "A-never-ran", FLATPAK_ROOT, "[Profile0]\nPath=a\nDefault=1\n", FALSE, 2, "a" },
  { "B-install", FLATPAK_ROOT, "[Install" HASH "]\nDefault=a\n[Profile0]\nPath=a\n", FALSE, 1, "a" },
  { "F-mark", FLATPAK_ROOT, "[Profile0]\nPath=a\nDefault=1\n", TRUE, 1, "a" },
  { "no-prefs-yet", FLATPAK_ROOT, "[Install" HASH "]\nDefault=c\n[Profile0]\nPath=c\n", FALSE, 1, "c" },
  { "hash-unknown", "snap/thunderbird/common/.thunderbird", "[Profile0]\nPath=a\nDefault=1\n", FALSE, 1,
    "a" },
  { "only-missing-ones", FLATPAK_ROOT, "[Profile0]\nPath=gone\nDefault=1\n", FALSE, 0, NULL },
};

static void
test_default (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *root = g_build_filename (home, defaults[row].root, NULL);
  g_autofree char *profile = g_build_filename (root, defaults[row].profile, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) made = NULL;
  g_autofree char *list = NULL;

  put_profiles (root);
  put_file (root, "profiles.ini", defaults[row].ini);
  if (defaults[row].has_mark)
    put_file (root, "a/compatibility.ini", "[Compatibility]\n");
  made = plan ("thunderbird", home, NULL, &error);
  if (defaults[row].changes == 0)
    {
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (made->profile, ==, profile);
  g_assert_cmpuint (made->changes->len, ==, defaults[row].changes);
  if (made->changes->len < 2)
    return;
  assert_applied (made, home);
  list = get_file (root, "profiles.ini");
  g_assert_true (g_str_has_prefix (list, defaults[row].ini));
  g_assert_cmpstr (list + strlen (defaults[row].ini), ==, "\n[Install" HASH "]\nDefault=a\nLocked=1\n");
}

/* Of two kinds of Thunderbird the one that was used last. */
static void
test_two_kinds (void)
{
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *native = g_build_filename (home, ".thunderbird", NULL);
  g_autofree char *flatpak = g_build_filename (home, FLATPAK_ROOT, NULL);
  g_autofree char *wanted = g_build_filename (flatpak, "b", NULL);
  g_autoptr (PostwegPlan) made = NULL;

  put_profiles (native);
  put_profiles (flatpak);
  put_file (native, "profiles.ini", "[Profile0]\nPath=a\nDefault=1\n");
  put_file (flatpak, "profiles.ini", "[Profile0]\nPath=b\nDefault=1\n");
  made = plan ("thunderbird", home, NULL, NULL);
  g_assert_cmpstr (made->profile, ==, wanted);
  g_assert_cmpstr (made->name, ==, "Thunderbird (Flatpak)");
}

static void
test_named (void)
{
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *fresh = g_build_filename (home, "fresh", NULL);
  g_autofree char *deep = g_build_filename (home, "not", "there", NULL);
  g_autofree char *file = g_build_filename (home, "file", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) made = plan ("thunderbird", home, fresh, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (made->changes->len, ==, 1);
  assert_applied (made, home);
  g_assert_null (plan ("thunderbird", home, deep, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
  g_clear_error (&error);
  put_file (home, "file", "x");
  g_assert_null (plan ("thunderbird", home, file, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
}

static void
test_betterbird_never_ran (void)
{
  g_autoptr (Folder) home = folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) programs = find ("betterbird", home);

  g_assert_cmpuint (programs->len, ==, 0);
  g_assert_null (plan ("betterbird", home, NULL, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND);
}

#define ADD_ROWS(prefix, rows, function)                                                                     \
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)                                                            \
    {                                                                                                        \
      g_autofree char *path = g_strconcat (prefix, rows[i].path, NULL);                                      \
      g_test_add_data_func (path, GUINT_TO_POINTER (i), function);                                           \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS ("/profiles/list/", lists, test_list);
  ADD_ROWS ("/profiles/root/", roots, test_root);
  ADD_ROWS ("/profiles/default/", defaults, test_default);
  g_test_add_func ("/profiles/absolute-path", test_absolute_path);
  g_test_add_func ("/profiles/faults-are-noted", test_faults_are_noted);
  g_test_add_func ("/profiles/running", test_running);
  g_test_add_data_func ("/profiles/first/no-list", NULL, test_first_profile);
  g_test_add_data_func ("/profiles/first/empty-list", "[General]\nStartWithLastProfile=1\nVersion=2\n",
                        test_first_profile);
  g_test_add_func ("/profiles/first/by-name", test_first_profile_by_name);
  g_test_add_func ("/profiles/first/native", test_first_profile_native);
  g_test_add_func ("/profiles/two-kinds", test_two_kinds);
  g_test_add_func ("/profiles/named", test_named);
  g_test_add_func ("/profiles/betterbird-never-ran", test_betterbird_never_ran);
  return g_test_run ();
}
