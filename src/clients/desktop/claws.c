/* Claws Mail and Sylpheed: two programs of one family, with a file accountrc each. */
#include "clients/desktop/accountrc.h"
#include "clients/rows.h"
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

static const char *const claws_always[] = { "config_version", "4", "ssl_certs_auto_accept", "1", NULL };
static const char *const sylpheed_always[] = { NULL };

/* 0 lets Claws choose; CRAM-MD5 is 2. */
static const PostwegAccountrc claws_kind = { .imap = "1",
                                             .imap_methods = { 0, 2 },
                                             .smtp_methods = { 0, 2 },
                                             .imap_encrypted = 2 | 4 | 8 | 16 | 32,
                                             .smtp_encrypted = 2 | 4,
                                             .imap_token = 256,
                                             .smtp_token = 32,
                                             .leave_days = "7",
                                             .has_hours = TRUE,
                                             .always = claws_always };

/* 0 would let it choose XOAUTH2 as soon as the server has it, which then fails. */
static const PostwegAccountrc sylpheed_kind = { .imap = "3",
                                                .imap_methods = { 4, 2 },
                                                .smtp_methods = { 8, 2 },
                                                .imap_encrypted = 2,
                                                .smtp_encrypted = 2 | 4,
                                                .imap_token = 8,
                                                .smtp_token = 16,
                                                .leave_days = "0",
                                                .always = sylpheed_always };

static gboolean
list_claws (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  postweg_accountrc_list (&claws_kind, file, accounts);
  return TRUE;
}

static gboolean
list_sylpheed (const PostwegTextFile *file, GPtrArray *accounts, GError **error G_GNUC_UNUSED)
{
  postweg_accountrc_list (&sylpheed_kind, file, accounts);
  return TRUE;
}

/* A first start without a list of folders would begin with questions that are answered now. */
static void
add_folder_list (const PostwegTextEdit *edit)
{
  static const char text[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                             "<folderlist>\n"
                             "    <folder type=\"mh\" name=\"Mailbox\" path=\"Mail\">\n"
                             "        <folderitem type=\"inbox\" name=\"inbox\" path=\"inbox\"/>\n"
                             "        <folderitem type=\"outbox\" name=\"sent\" path=\"sent\"/>\n"
                             "        <folderitem type=\"draft\" name=\"draft\" path=\"draft\"/>\n"
                             "        <folderitem type=\"queue\" name=\"queue\" path=\"queue\"/>\n"
                             "        <folderitem type=\"trash\" name=\"trash\" path=\"trash\"/>\n"
                             "    </folder>\n"
                             "</folderlist>\n";
  static const char *const folders[] = { "inbox", "sent", "draft", "queue", "trash" };
  g_autofree char *profile = g_path_get_dirname (edit->file->path);
  g_autofree char *path = g_build_filename (profile, "folderlist.xml", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  postweg_plan_add_file (edit->plan, path, NULL, bytes, 0600);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *name = g_build_filename ("~/Mail", folders[i], NULL);

      g_ptr_array_add (edit->plan->folders, postweg_text_path (edit->file, name));
    }
}

static GBytes *
edit_claws (const PostwegTextEdit *edit, GError **error G_GNUC_UNUSED)
{
  add_folder_list (edit);
  return postweg_accountrc_edit (&claws_kind, edit);
}

static GBytes *
edit_sylpheed (const PostwegTextEdit *edit, GError **error G_GNUC_UNUSED)
{
  add_folder_list (edit);
  return postweg_accountrc_edit (&sylpheed_kind, edit);
}

/* Somebody answers at the socket. */
static gboolean
answers (const char *path)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);

  if (socket == NULL)
    return FALSE;
  g_socket_set_timeout (socket, 2);
  return g_socket_connect (socket, address, NULL, NULL);
}

/* Its socket is named by its folder. */
static gboolean
claws_runs (const PostwegClient *client G_GNUC_UNUSED, const char *profile)
{
  g_autofree char *folder = g_path_get_dirname (profile);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, folder, -1);
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "claws-mail", sum, NULL);

  return answers (path);
}

/* One socket for each person. */
static gboolean
sylpheed_runs (const PostwegClient *client G_GNUC_UNUSED, const char *profile)
{
  g_autofree char *name = g_strdup_printf ("sylpheed-%d", (int) getuid ());
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autofree char *home = g_strconcat (g_get_home_dir (), G_DIR_SEPARATOR_S, NULL);

  return g_str_has_prefix (profile, home) && answers (path);
}

static const char *const claws_places[] = { "~/.claws-mail/accountrc", NULL };
static const char *const sylpheed_places[] = { "~/.sylpheed-2.0/accountrc", NULL };

static const PostwegTextProgram claws = {
  .places = claws_places,
  .new_place = "~/.claws-mail/accountrc",
  .command = "claws-mail",
  .asks = N_ ("%s asks for the password. If it is to keep it, set a main passphrase there first: without one, every "
              "program on this computer can read what it keeps."),
      .list = list_claws, .edit = edit_claws
  };

/* It writes these into the header without quotes, where they mean something else. */
static const PostwegTextProgram sylpheed = { .places = sylpheed_places,
                                             .new_place = "~/.sylpheed-2.0/accountrc",
                                             .command = "sylpheed",
                                             .list = list_sylpheed,
                                             .edit = edit_sylpheed,
                                             .holds_passwords = TRUE,
                                             .drops = "\"\\;:()@" };

#define ABILITIES                                                                                            \
  (POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |         \
   POSTWEG_CAN_PLAIN | POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED | POSTWEG_CAN_SEND_OPEN |                  \
   POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_KEEP | POSTWEG_CAN_TAKE | POSTWEG_CAN_DAYS | POSTWEG_CAN_UNICODE |   \
   POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS)

const PostwegClient postweg_client_claws = {
  .id = "claws-mail",
  .name = "Claws Mail",
  .kind = POSTWEG_KIND_DESKTOP,
  .abilities = ABILITIES,
  .details = &claws,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
  .is_running = claws_runs,
  .how_to_quit = N_ ("“claws-mail --quit” closes it, too."),
  };

const PostwegClient postweg_client_sylpheed = {
  .id = "sylpheed",
  .name = "Sylpheed",
  .kind = POSTWEG_KIND_DESKTOP,
  .abilities = ABILITIES,
  .details = &sylpheed,
  .find = postweg_text_find,
  .read = postweg_text_read,
  .plan = postweg_text_plan,
  .is_running = sylpheed_runs,
  .how_to_quit = N_ ("“sylpheed --exit” closes it, too."),
  };
