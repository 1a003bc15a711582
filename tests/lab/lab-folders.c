/* The folders of a lab and what lies in them before the servers start: certificates, users, mailboxes. */
#include "lab-private.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

static gboolean
give_to (const char *path, const char *user, const char *group, int mode, GError **error)
{
  const struct passwd *owner = getpwnam (user);
  const struct group *members = getgrnam (group);

  if (owner != NULL && members != NULL && chown (path, owner->pw_uid, members->gr_gid) == 0 &&
      g_chmod (path, (mode_t) mode) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s cannot be given to the user %s", path,
               user);
  return FALSE;
}

typedef struct {
  const char *path;
  const char *user;
  const char *group;
  int mode;
} Folder;

/* The queue as Postfix wants to find it; what is missing in it the daemons make themselves. */
static const Folder folders[] = {
  { ".", "root", "root", 0755 },
  { "papers", "root", "root", 0755 },
  { "users", "root", "root", 0755 },
  { "keys", "root", "root", 0755 },
  { "keys/default", "root", "root", 0755 },
  { "keys/default/HS256", "root", "root", 0755 },
  { "dovecot", "root", "root", 0755 },
  { "postfix", "root", "root", 0755 },
  { "data", "postfix", "postfix", 0700 },
  { "mail", LAB_MAIL_USER, LAB_MAIL_USER, 0755 },
  { "mail/crowd", LAB_MAIL_USER, LAB_MAIL_USER, 0755 },
  { "queue", "root", "root", 0755 },
  { "queue/pid", "root", "root", 0755 },
  { "queue/active", "postfix", "root", 0700 },
  { "queue/bounce", "postfix", "root", 0700 },
  { "queue/corrupt", "postfix", "root", 0700 },
  { "queue/defer", "postfix", "root", 0700 },
  { "queue/deferred", "postfix", "root", 0700 },
  { "queue/flush", "postfix", "root", 0700 },
  { "queue/hold", "postfix", "root", 0700 },
  { "queue/incoming", "postfix", "root", 0700 },
  { "queue/private", "postfix", "root", 0700 },
  { "queue/saved", "postfix", "root", 0700 },
  { "queue/trace", "postfix", "root", 0700 },
  { "queue/maildrop", "postfix", "postdrop", 01730 },
  { "queue/public", "postfix", "postdrop", 02710 },
};

static gboolean
make_folders (const Lab *lab, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (lab->folder, folders[i].path, NULL);

      g_mkdir_with_parents (path, 0755);
      if (!give_to (path, folders[i].user, folders[i].group, folders[i].mode, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_papers (const Lab *lab, GError **error)
{
  g_autofree char *folder = g_build_filename (lab->folder, "papers", NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) hosts = NULL;

  g_strv_builder_add_many (builder, LAB_HOST, LAB_HOSTNAME, "127.0.0.1", "::1", LAB_GUARDED_HOST,
                           LAB_PLAIN_HOST, LAB_ONE_HOST, NULL);
  for (PostwegPaper paper = 0; paper < POSTWEG_N_PAPERS; paper++)
    g_strv_builder_add (builder, lab_bad_host (paper));
  for (guint maker = 1; maker <= LAB_N_MAKERS; maker++)
    for (guint i = 1; i <= LAB_HOSTS_PER_MAKER; i++)
      {
        g_autofree char *host = g_strdup_printf ("127.0.%u.%u", maker, i);

        g_strv_builder_add (builder, host);
      }
  hosts = g_strv_builder_end (builder);
  return postweg_certificates_make (folder, (const char *const *) hosts, error);
}

/* A passwd-file line; the password in Base64, since a colon would end it. */
static void
add_user (GString *file, const LabUser *user, const char *extra)
{
  g_autofree char *coded = g_base64_encode ((const guchar *) user->password, strlen (user->password));

  g_string_append_printf (file, "%s:{PLAIN.b64}%s::::::%s\n", user->login, coded, extra);
}

static gboolean
write_logins (const Lab *lab, GError **error)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GString) pop3 = g_string_new (NULL);

  for (const LabUser *user = lab_users (); user->name != NULL; user++)
    {
      add_user (plain, user, "");
      add_user (pop3, user, user->pop3 ? "" : "nologin=y reason=POP3-access-disabled-for-this-account");
    }
  return lab_write_file (lab, "users/imap", plain->str, 0600, error) &&
         lab_write_file (lab, "users/smtp", plain->str, 0600, error) &&
         lab_write_file (lab, "users/pop3", pop3->str, 0600, error);
}

static gboolean
write_users (const Lab *lab, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GString) mailboxes = g_string_new (NULL);
  g_autoptr (GString) senders = g_string_new (NULL);

  for (const LabUser *user = lab_users (); user->name != NULL; user++)
    {
      g_autofree char *quota = user->quota != NULL ? g_strdup_printf ("userdb_quota_rule=%s", user->quota)
                                                   : g_strdup (user->more != NULL ? user->more : "");

      g_string_append_printf (all, "%s:::::%s/mail/%s::%s\n", user->login, lab->folder, user->name, quota);
      g_string_append_printf (mailboxes, "%s %s\n", user->address, user->login);
      g_string_append_printf (senders, "%s %s\n", user->address, user->login);
      /* mail comes for the address, whatever the login is */
      if (!g_str_equal (user->login, user->address))
        g_string_append_printf (all, "%s:::::%s/mail/%s::%s\n", user->address, lab->folder, user->name,
                                quota);
    }
  return lab_write_file (lab, "users/header-checks",
                         "/^From:.*picky@/ REJECT 5.7.1 Your mail looks like spam\n", 0644, error) &&
         lab_write_file (lab, "users/crowd", "/^(crowd-[0-9]+@" LAB_DOMAIN ")$/ $1\n", 0644, error) &&
         lab_write_file (lab, "users/all", all->str, 0600, error) &&
         lab_write_file (lab, "users/mailboxes", mailboxes->str, 0644, error) &&
         lab_write_file (lab, "users/senders", senders->str, 0644, error) && write_logins (lab, error);
}

/* Dovecot finds it by algorithm and key name, both of which our tokens leave at their defaults. */
static gboolean
write_token_key (const Lab *lab, GError **error)
{
  g_autofree char *coded = g_base64_encode ((const guchar *) LAB_TOKEN_KEY, strlen (LAB_TOKEN_KEY));

  return lab_write_file (lab, "keys/default/HS256/default", coded, 0644, error);
}

static gboolean
make_mailboxes (Lab *lab, GError **error)
{
  static const char *const parts[] = { "", "Maildir", "Maildir/cur", "Maildir/new", "Maildir/tmp" };

  for (const LabUser *user = lab_users (); user->name != NULL; user++)
    for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
      {
        g_autofree char *path = g_build_filename (lab->folder, "mail", user->name, parts[i], NULL);

        if (lab_make_mail_folder (path))
          continue;
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be made", path);
        return FALSE;
      }
  lab_deliver (lab, "full", "The mail that fills the mailbox");
  return TRUE;
}

gboolean
lab_write_folders (Lab *lab, GError **error)
{
  return make_folders (lab, error) && make_papers (lab, error) && write_users (lab, error) &&
         write_token_key (lab, error) && make_mailboxes (lab, error);
}
