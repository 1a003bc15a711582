/* Thunderbird in use: a ZIP with nothing but the account's settings, for its own import (Thunderbird 153, about:import). */
#include "clients/outputs/output.h"
#include "clients/outputs/thunderbird-files.h"
#include "clients/rows.h"
#include "clients/thunderbird/thunderbird.h"
#include "model/error.h"
#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define SUFFIX ".thunderbird.zip"
#define MEMBER "prefs.js"
#define ZIP_MAX (64 * 1024)

/* The time is always the same, so that the same account gives the same file. Returns: (transfer full): NULL if it cannot be packed */
static GBytes *
zip_of (GBytes *prefs)
{
  g_autofree char *buffer = g_malloc (ZIP_MAX);
  struct archive *zip = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  gsize size = 0, used = 0;
  const void *data = g_bytes_get_data (prefs, &size);
  gboolean ok;

  archive_entry_set_pathname (entry, MEMBER);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_mtime (entry, 946684800, 0); /* 2000-01-01 */
  ok = archive_write_set_format_zip (zip) == ARCHIVE_OK &&
       archive_write_open_memory (zip, buffer, ZIP_MAX, &used) == ARCHIVE_OK &&
       archive_write_header (zip, entry) == ARCHIVE_OK &&
       archive_write_data (zip, data, size) == (la_ssize_t) size && archive_write_close (zip) == ARCHIVE_OK;
  archive_entry_free (entry);
  archive_write_free (zip);
  return ok ? g_bytes_new (buffer, used) : NULL;
}

static gboolean
write_zip (const PostwegAccount *account, const PostwegExport *options, PostwegPlan *plan, GError **error)
{
  g_autofree char *name = postweg_output_name (account->address, SUFFIX);
  g_autoptr (PostwegPrefsEdit) edit = NULL;
  g_autoptr (GBytes) prefs = NULL;
  g_autoptr (GBytes) zip = NULL;

  if (!postweg_thunderbird_accepts (account, error))
    return FALSE;
  edit = postweg_thunderbird_prefs (account, options);
  prefs = postweg_prefs_write (NULL, edit, error);
  if (prefs == NULL)
    return FALSE;
  zip = zip_of (prefs);
  if (zip == NULL)
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE,
                           _("The settings could not be packed."));
      return FALSE;
    }
  if (!postweg_output_add (plan, name, zip, FALSE, error))
    return FALSE;
  g_ptr_array_add (
      plan->left_to_do,
      g_strdup_printf (_("In Thunderbird, choose Tools ▸ Import ▸ Import from a file ▸ Import Backed-up Profile ▸ ZIP file, "
                                      "select “%s”, tick only “Accounts and Settings”, and start Thunderbird again."),
          name));
  g_ptr_array_add (plan->notes, g_strdup (_("Importing it twice makes the account twice.")));
  return TRUE;
}

static PostwegAccount *
parse (GBytes *bytes)
{
  struct archive *zip = archive_read_new ();
  struct archive_entry *entry;
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  g_autofree char *buffer = g_malloc (POSTWEG_PREFS_MAX);
  PostwegAccount *account = NULL;
  gboolean ok;

  archive_read_support_format_zip (zip);
  ok = archive_read_open_memory (zip, data, size) == ARCHIVE_OK &&
       archive_read_next_header (zip, &entry) == ARCHIVE_OK &&
       g_strcmp0 (archive_entry_pathname (entry), MEMBER) == 0;
  if (ok)
    {
      la_ssize_t length = archive_read_data (zip, buffer, POSTWEG_PREFS_MAX);
      g_autoptr (GBytes) prefs = length > 0 ? g_bytes_new (buffer, (gsize) length) : NULL;

      account = prefs != NULL ? postweg_thunderbird_account_in (prefs) : NULL;
    }
  archive_read_free (zip);
  return account;
}

static const PostwegOutput thunderbird_zip = { write_zip, parse, SUFFIX };

const PostwegClient postweg_client_thunderbird_zip = {
  .id = "thunderbird-zip",
  .name = "Thunderbird (import file)",
  .kind = POSTWEG_KIND_DESKTOP,
  .abilities = POSTWEG_THUNDERBIRD_ABILITIES | POSTWEG_IS_OUTPUT,
  .details = &thunderbird_zip,
  .find = postweg_output_find,
  .read = postweg_output_read,
  .plan = postweg_output_plan,
};
