/* Passwords in a real keyring: kept, replaced, taken back; run on a bus of its own with GNOME Keyring. */
#include "clients/apply.h"
#include "clients/clients.h"
#include "clients/folders.h"
#include "model/error.h"
#include "model/json.h"
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsecret/secret.h>

#define SECRET "p\"ä\\s s'w%d$#;=:@/`"
#define OLD_SECRET "what it was before"

static const SecretSchema schema = { "org.gnome.Geary",
                                     SECRET_SCHEMA_NONE,
                                     { { "proto", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                       { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                       { "login", SECRET_SCHEMA_ATTRIBUTE_STRING } } };

static PostwegKeyringItem *
item_with (const char *text)
{
  g_autoptr (PostwegSecret) secret = text != NULL ? postweg_secret_new (text) : NULL;

  return postweg_keyring_item_new ("org.gnome.Geary", "test", secret, "proto", "IMAP", "host", "in.test",
                                   "login", "anna", NULL);
}

static void
assert_kept (const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *text = secret_password_lookup_sync (&schema, NULL, &error, "proto", "IMAP", "host", "in.test",
                                            "login", "anna", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
  secret_password_free (text);
}

static void
keep (const char *text)
{
  g_assert_true (secret_password_store_sync (&schema, NULL, "somebody's", text, NULL, NULL, "proto", "IMAP",
                                             "host", "in.test", "login", "anna", NULL));
}

static void
forget (void)
{
  secret_password_clear_sync (&schema, NULL, NULL, "proto", "IMAP", "host", "in.test", "login", "anna", NULL);
}

/* Everything below the folder, in one text. */
static char *
all_text_below (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GString *text = g_string_new (NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content =
          g_file_test (path, G_FILE_TEST_IS_DIR) ? all_text_below (path) : get_file (folder, name);

      g_string_append (text, content);
    }
  return g_string_free (text, FALSE);
}

static void
assert_not_in (const char *text, const char *secret)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) secret, strlen (secret));
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, secret, -1);

  g_assert_null (strstr (text, secret));
  g_assert_null (strstr (text, base64));
  g_assert_null (strstr (text, sum));
}

static const struct {
  const char *path;
  const char *before; /* what the keyring holds; NULL: nothing */
  guint changes;
} rows[] = {
  { "new", NULL, 1 },
  { "other", OLD_SECRET, 1 },
  { "same", SECRET, 0 },
};

static void
test_keep (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (Folder) state = folder_new ();
  g_autoptr (PostwegPlan) plan = postweg_plan_new ("thunderbird", "Thunderbird", "/nowhere");
  g_autoptr (PostwegPlan) undone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autofree char *shown = NULL;

  if (rows[row].before != NULL)
    keep (rows[row].before);
  g_assert_true (postweg_plan_keep (plan, item_with (SECRET)));
  g_assert_cmpuint (plan->changes->len, ==, rows[row].changes);
  json = postweg_plan_to_json (plan);
  shown = json_to_string (json, FALSE);
  assert_not_in (shown, SECRET);
  postweg_plan_apply (plan, state, &error);
  g_assert_no_error (error);
  assert_kept (SECRET);
  written = all_text_below (state);
  assert_not_in (written, SECRET);
  assert_not_in (written, OLD_SECRET);
  if (plan->changes->len > 0)
    {
      undone = postweg_plan_undo (NULL, state, &error);
      g_assert_no_error (error);
      assert_kept (rows[row].before);
    }
  forget ();
}

/* A file that cannot be written takes the password back too. */
static void
test_all_or_nothing (void)
{
  g_autoptr (Folder) state = folder_new ();
  g_autoptr (PostwegPlan) plan = postweg_plan_new ("thunderbird", "Thunderbird", "/nowhere");
  g_autoptr (GBytes) text = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  keep (OLD_SECRET);
  g_assert_true (postweg_plan_keep (plan, item_with (SECRET)));
  postweg_plan_add_file (plan, "/proc/postweg-cannot-write", NULL, text, 0600);
  g_assert_false (postweg_plan_apply (plan, state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE);
  assert_kept (OLD_SECRET);
  forget ();
}

/* Somebody else's item appeared after the plan was made. */
static void
test_appeared_meanwhile (void)
{
  g_autoptr (Folder) state = folder_new ();
  g_autoptr (PostwegPlan) plan = postweg_plan_new ("thunderbird", "Thunderbird", "/nowhere");
  g_autoptr (GError) error = NULL;

  g_assert_true (postweg_plan_keep (plan, item_with (SECRET)));
  keep (OLD_SECRET);
  g_assert_false (postweg_plan_apply (plan, state, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CHANGED_MEANWHILE);
  assert_kept (OLD_SECRET);
  forget ();
}

static void
test_nothing_to_keep (void)
{
  g_autoptr (PostwegPlan) plan = postweg_plan_new ("thunderbird", "Thunderbird", "/nowhere");

  g_assert_false (postweg_plan_keep (plan, item_with (NULL)));
  g_assert_cmpuint (plan->changes->len, ==, 0);
}

/* Who asks before it has its name would start another one, in the real home folder. */
static gboolean
has_its_name (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  gboolean there = FALSE;

  for (guint tries = 0; bus != NULL && !there && tries < 500; tries++)
    {
      g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
          bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
          g_variant_new ("(s)", "org.freedesktop.secrets"), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);

      if (answer != NULL)
        g_variant_get (answer, "(b)", &there);
      if (!there)
        g_usleep (20000);
    }
  return there;
}

/* Returns: FALSE if there is no keyring to be had here */
static gboolean
start_keyring (void)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;

  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG"); /* its warnings are not ours */
  process = g_subprocess_launcher_spawn (launcher, NULL, "gnome-keyring-daemon", "--unlock",
                                         "--components=secrets", NULL);
  return process != NULL &&
         g_subprocess_communicate_utf8 (process, "only for this test\n", NULL, NULL, NULL, NULL) &&
         has_its_name () && postweg_keyring_is_there ();
}

int
main (int argc, char **argv)
{
  g_autoptr (Folder) home = folder_new ();

  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!start_keyring ())
    {
      g_print ("1..0 # SKIP there is no keyring here\n");
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/keyring/", rows[i].path, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_keep);
    }
  g_test_add_func ("/keyring/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/keyring/appeared-meanwhile", test_appeared_meanwhile);
  g_test_add_func ("/keyring/nothing-to-keep", test_nothing_to_keep);
  return g_test_run ();
}
