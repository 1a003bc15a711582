/* What all kinds of files that are carried elsewhere have in common. */
#include "clients/outputs/output.h"
#include "clients/files.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define FILE_MAX (4 * 1024 * 1024) /* bytes of a file that is read back */
#define FILES_MAX 1000             /* in one folder */

/* They lie wherever somebody has put them, so they are not looked for. */
void
postweg_output_find (const PostwegClient *client G_GNUC_UNUSED, const char *home G_GNUC_UNUSED,
                     GPtrArray *programs G_GNUC_UNUSED)
{
}

static void
read_file (const PostwegOutput *output, const char *path, GPtrArray *accounts)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *id = g_path_get_basename (path);
  PostwegAccount *account = NULL;

  if (postweg_file_read (path, FILE_MAX, &bytes, NULL) && bytes != NULL)
    account = output->parse (bytes);
  if (account != NULL)
    g_ptr_array_add (accounts, postweg_stored_account_new (id, account, ""));
}

static void
read_folder (const PostwegOutput *output, const char *folder, GPtrArray *accounts)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && n++ < FILES_MAX && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, output->suffix))
        read_file (output, path, accounts);
    }
}

PostwegProgram *
postweg_output_read (const PostwegClient *client, const char *folder, GError **error)
{
  const PostwegOutput *output = client->details;
  PostwegProgram *program;

  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_NOT_FOUND, _("There is no “%s”."), folder);
      return NULL;
    }
  program = postweg_program_new (client->id, client->name, folder);
  if (output->parse != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR))
    read_folder (output, folder, program->accounts);
  else if (output->parse != NULL)
    read_file (output, folder, program->accounts);
  return program;
}

PostwegPlan *
postweg_output_plan (const PostwegClient *client, const PostwegAccount *account, const PostwegExport *options,
                     GError **error)
{
  const PostwegOutput *output = client->details;
  g_autofree char *folder = g_canonicalize_filename (options->profile != NULL ? options->profile : ".", NULL);
  g_autoptr (PostwegPlan) plan = postweg_plan_new (client->id, client->name, folder);
  g_autoptr (PostwegAccount) kept = postweg_client_keeps (client, account);

  if (output->write (kept, options, plan, error))
    return g_steal_pointer (&plan);
  return NULL;
}

static char *
conceal_all (const char *text G_GNUC_UNUSED)
{
  return g_strdup (POSTWEG_DOTS);
}

gboolean
postweg_output_add (PostwegPlan *plan, const char *name, GBytes *bytes, gboolean is_secret, GError **error)
{
  g_autofree char *path = g_build_filename (plan->profile, name, NULL);
  g_autoptr (GBytes) before = NULL;
  PostwegChange *change;

  if (!postweg_file_read (path, FILE_MAX, &before, error))
    return FALSE;
  if (before != NULL && g_bytes_equal (before, bytes))
    return TRUE;
  change = postweg_plan_add_file (plan, path, before, bytes, is_secret ? 0600 : 0644);
  if (is_secret)
    postweg_change_conceal (change, conceal_all);
  return TRUE;
}

gboolean
postweg_output_add_text (PostwegPlan *plan, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return postweg_output_add (plan, name, bytes, FALSE, error);
}

char *
postweg_output_name (const char *base, const char *suffix)
{
  g_autofree char *safe = g_strdup (*base != '\0' ? base : "mail");

  g_strcanon (safe, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "@._-", '_');
  return g_strconcat (*safe == '.' ? "_" : "", safe, suffix, NULL);
}

const char *
postweg_output_domain (const PostwegAccount *account)
{
  const char *at = strrchr (account->address, '@');

  return at != NULL ? at + 1 : account->address;
}

PostwegSecret *
postweg_output_secret (const PostwegExport *options, gboolean outgoing)
{
  if (options->credentials == NULL || !options->password_in_file)
    return NULL;
  return outgoing ? options->credentials->outgoing : options->credentials->incoming;
}

char *
postweg_output_uuid (const char *text)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 b[20];
  gsize size = sizeof b;

  g_checksum_update (sum, (const guchar *) text, -1);
  g_checksum_get_digest (sum, b, &size);
  b[6] = (guint8) ((b[6] & 0x0f) | 0x50);
  b[8] = (guint8) ((b[8] & 0x3f) | 0x80);
  return g_strdup_printf ("%02X%02X%02X%02X-%02X%02X-%02X%02X-%02X%02X-%02X%02X%02X%02X%02X%02X", b[0], b[1],
                          b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
                          b[15]);
}
