/* Who has a mailbox in the lab, and what is in it. */
#include "lab-private.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

static const LabUser users[] = {
  { "alice", "alice@" LAB_DOMAIN, "alice@" LAB_DOMAIN, "wonder-land-7", TRUE, NULL, "nothing special" },
  { "bob", "bob@" LAB_DOMAIN, "bob@" LAB_DOMAIN, "builder-of-42", TRUE, NULL, "nothing special" },
  { "carol", "carol@" LAB_DOMAIN, "carol@" LAB_DOMAIN, "carol-sings-3", FALSE, NULL, "POP is switched off" },
  { "full", "full@" LAB_DOMAIN, "full@" LAB_DOMAIN, "no-room-left-1", TRUE, "*:storage=1K", "mailbox full" },
  { "dora", "u4711", "dora@" LAB_DOMAIN, "explore-it-88", TRUE, NULL, "the login is not the address" },
  { "erwin", "erwin@" LAB_DOMAIN, "erwin@" LAB_DOMAIN, "a b\"c\\d:e%f'\xc3\xa4{g}", TRUE, NULL,
    "special characters in the password" },
  { "odd", "u4712", "odd@" LAB_DOMAIN, "p\"\xc3\xa4\\s s'w%d$#;=:@/`x`{}!", TRUE, NULL,
    "the login is not the address, and special characters in the password" },
  { "stern", "u4713", "stern@" LAB_DOMAIN, "p\"\\s s'w%d$#;=:@/`x`{}!", TRUE, NULL,
    "the same in ASCII only" },
  { "junky", "junky@" LAB_DOMAIN, "junky@" LAB_DOMAIN, "off-to-spam-5", TRUE, NULL, "mail goes to Junk" },
  { "sorted", "sorted@" LAB_DOMAIN, "sorted@" LAB_DOMAIN, "by-a-rule-6", TRUE, NULL, "mail goes to Lists" },
  { "twin", "twin@" LAB_DOMAIN, "twin@" LAB_DOMAIN, "two-of-them-2", TRUE, NULL, "mail comes twice" },
  { "filed", "filed@" LAB_DOMAIN, "filed@" LAB_DOMAIN, "put-away-1", TRUE, NULL,
    "sent mail is filed in Sent" },
  { "doubly", "doubly-too@" LAB_DOMAIN, "doubly@" LAB_DOMAIN, "put-away-2", TRUE, NULL,
    "sent mail is filed twice" },
  { "lost", "lost@" LAB_DOMAIN, "lost@" LAB_DOMAIN, "into-the-void-0", TRUE, NULL, "mail disappears" },
  { "bouncy", "bouncy@" LAB_DOMAIN, "bouncy@" LAB_DOMAIN, "comes-back-4", TRUE, NULL,
    "what is sent comes back as undeliverable" },
  { "picky", "picky@" LAB_DOMAIN, "picky@" LAB_DOMAIN, "not-like-that-3", TRUE, NULL,
    "what is sent is refused for its content" },
  { "grey", "grey@" LAB_DOMAIN, "grey@" LAB_DOMAIN, "wait-a-while-9", TRUE, NULL,
    "what is sent has to wait" },
  { "plain", "plain@" LAB_DOMAIN, "plain@" LAB_DOMAIN, "no-frills-8", TRUE, NULL,
    "IMAP without IDLE and UIDPLUS", "userdb_imap_capability=IMAP4rev1" },
  { "locked-up", "locked-up@" LAB_DOMAIN, "locked-up@" LAB_DOMAIN, "key-is-inside-2", TRUE, NULL,
    "POP locks the mailbox", "userdb_pop3_lock_session=yes" },
  { NULL },
};

const LabUser *
lab_users (void)
{
  return users;
}

const LabUser *
lab_user (const char *name)
{
  for (guint i = 0; users[i].name != NULL; i++)
    if (g_str_equal (users[i].name, name))
      return &users[i];
  g_error ("the lab has no user “%s”", name);
}

char *
lab_maildir (const Lab *lab, const LabUser *user)
{
  return g_build_filename (lab->folder, "mail", user->name, "Maildir", NULL);
}

gboolean
lab_make_mail_folder (const char *path)
{
  const struct passwd *owner = getpwnam (LAB_MAIL_USER);

  return owner != NULL && (g_mkdir (path, 0700) == 0 || errno == EEXIST) &&
         chown (path, owner->pw_uid, owner->pw_gid) == 0;
}

static char *
write_mail (const LabUser *user, const char *subject)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%a, %d %b %Y %H:%M:%S +0000");
  g_autofree char *id = g_uuid_string_random ();

  return g_strdup_printf ("From: Postmaster <postmaster@" LAB_DOMAIN ">\n"
                          "To: <%s>\n"
                          "Subject: %s\n"
                          "Date: %s\n"
                          "Message-ID: <%s@" LAB_DOMAIN ">\n"
                          "MIME-Version: 1.0\n"
                          "Content-Type: text/plain; charset=utf-8\n"
                          "\n"
                          "This is a mail of the lab. %01024d\n",
                          user->address, subject, date, id, 0);
}

void
lab_deliver (Lab *lab, const char *name, const char *subject)
{
  const LabUser *user = lab_user (name);
  const struct passwd *owner = getpwnam (LAB_MAIL_USER);
  g_autofree char *maildir = lab_maildir (lab, user);
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *fresh = g_build_filename (maildir, "tmp", unique, NULL);
  g_autofree char *ready = g_build_filename (maildir, "new", unique, NULL);
  g_autofree char *mail = write_mail (user, subject);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (fresh, mail, -1, &error))
    g_error ("%s", error->message);
  if (chown (fresh, owner->pw_uid, owner->pw_gid) != 0 || g_rename (fresh, ready) != 0)
    g_error ("%s: %s", ready, g_strerror (errno));
}

static gboolean
has_subject (const char *mail, const char *subject)
{
  g_autofree char *line = g_strdup_printf ("\nSubject: %s", subject);
  const char *found = strstr (mail, line);

  return found != NULL && strchr ("\r\n", found[strlen (line)]) != NULL;
}

/* Counts, and keeps the last one in `mail`, if that is not NULL. */
static guint
search (const char *folder, const char *subject, char **mail)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;

      if (!g_file_get_contents (path, &text, NULL, NULL) || !has_subject (text, subject))
        continue;
      count++;
      if (mail != NULL)
        {
          g_free (*mail);
          *mail = g_steal_pointer (&text);
        }
    }
  return count;
}

static guint
search_both (Lab *lab, const LabUser *user, const char *folder, const char *subject, char **mail)
{
  g_autofree char *maildir = lab_maildir (lab, user);
  g_autofree char *dotted = folder == NULL ? g_strdup (".") : g_strdup_printf (".%s", folder);
  g_autofree char *fresh = g_build_filename (maildir, dotted, "new", NULL);
  g_autofree char *seen = g_build_filename (maildir, dotted, "cur", NULL);

  return search (fresh, subject, mail) + search (seen, subject, mail);
}

guint
lab_count_mails (Lab *lab, const char *user, const char *folder, const char *subject)
{
  return search_both (lab, lab_user (user), folder, subject, NULL);
}

char *
lab_find_mail (Lab *lab, const char *user, const char *subject, guint milliseconds)
{
  gint64 deadline = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  char *mail = NULL;

  while (search_both (lab, lab_user (user), NULL, subject, &mail) == 0 && g_get_monotonic_time () < deadline)
    g_usleep (20000);
  return mail;
}

void
lab_mark_deleted (Lab *lab, const char *user, const char *subject)
{
  g_autofree char *maildir = lab_maildir (lab, lab_user (user));
  g_autofree char *fresh = g_build_filename (maildir, "new", NULL);
  g_autoptr (GDir) dir = g_dir_open (fresh, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fresh, name, NULL);
      g_autofree char *flagged = g_strdup_printf ("%s/cur/%s:2,T", maildir, name);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) && has_subject (text, subject))
        g_rename (path, flagged);
    }
}

/* One mail: its folder, its flags, a digest. */
static void
list_one (const char *path, const char *folder, GPtrArray *lines)
{
  g_autofree char *text = NULL;
  g_autofree char *digest = NULL;
  const char *flags = strstr (path, ":2,");
  gsize size = 0;

  if (!g_file_get_contents (path, &text, &size, NULL))
    return;
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, size);
  g_ptr_array_add (lines, g_strdup_printf ("%s %s %s\n", folder, flags != NULL ? flags + 3 : "", digest));
}

static void
list_folder (const char *maildir, const char *folder, GPtrArray *lines)
{
  static const char *const parts[] = { "new", "cur" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_build_filename (maildir, folder, parts[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *file = g_build_filename (path, name, NULL);

          list_one (file, folder, lines);
        }
    }
}

static gint
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
lab_list_mail (Lab *lab, const char *user)
{
  g_autofree char *maildir = lab_maildir (lab, lab_user (user));
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (maildir, 0, NULL);
  const char *name;

  list_folder (maildir, ".", lines);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (name[0] == '.')
      list_folder (maildir, name, lines);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("", (char **) lines->pdata);
}
