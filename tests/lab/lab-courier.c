/* Courier: IMAP and POP3 as many small hosters ran them for twenty years. */
#include "lab-private.h"
#include <pwd.h>
#include <string.h>

static char *
digest_of (const char *password)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (sum, (const guchar *) password, -1);
  g_checksum_get_digest (sum, digest, &size);
  return g_base64_encode (digest, size);
}

/* One line each in Courier's user database and in its shadow; the tab is its own. */
static void
add_user (const Lab *lab, const LabUser *user, GString *users, GString *passwords)
{
  const struct passwd *owner = getpwnam (LAB_MAIL_USER);
  g_autofree char *digest = digest_of (user->password);
  const char *off = user->pop3 ? "" : "|options=disablepop3=1,disableimap=1";

  g_string_append_printf (users, "%s\thome=%s/courier/mail/%s|mail=%s/courier/mail/%s|uid=%u|gid=%u%s\n",
                          user->login, lab->folder, user->name, lab->folder, user->name, owner->pw_uid,
                          owner->pw_gid, off);
  g_string_append_printf (passwords, "%s\tsystempw={SHA256}%s\n", user->login, digest);
}

static gboolean
prepare (const Lab *lab, GPtrArray *values, GError **error)
{
  g_autoptr (GString) users = g_string_new (NULL), passwords = g_string_new (NULL),
                      names = g_string_new (NULL);

  for (const LabUser *user = lab_users (); user->name != NULL; user++)
    {
      add_user (lab, user, users, passwords);
      g_string_append_printf (names, "%s ", user->name);
    }
  /* the tool that reads them wants to see that they are whole */
  g_string_append (users, ".\n");
  g_string_append (passwords, ".\n");
  lab_values_add (values, "USERS", g_strdup (names->str));
  return lab_write_file (lab, "courier/userdb", users->str, 0600, error) &&
         lab_write_file (lab, "courier/userdbshadow", passwords->str, 0600, error);
}

const LabMakerSetup lab_courier = {
  .name = "courier",
  .program = "/usr/sbin/couriertcpd",
  .templates = { "courier.sh", "authdaemonrc", NULL },
  .health = LAB_COURIER_HOST,
  .port = LAB_IMAP,
  .apart = TRUE,
  .prepare = prepare,
};
