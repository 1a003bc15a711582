/* Worlds of their own for tests of what goes wrong: a home folder, what is in it, and a plan for one of several mail programs. */
#pragma once
#include "clients/clients.h"
#include "clients/places.h"
#include "model/account-json.h"

typedef struct {
  const char *name, *program,
      *golden;  /* golden: case with its account and what is there before; NULL: nothing is there */
  gboolean two; /* a plan of two files instead */
} Row;

static const Row rows[] = {
  { "thunderbird", "thunderbird", "thunderbird/new-imap", FALSE },
  { "thunderbird-without-profile", "thunderbird", NULL, FALSE },
  { "two-files", "thunderbird", NULL, TRUE },
  { "msmtp", "msmtp", "msmtp/beside-others", FALSE },
  { "mutt-account-file", "mutt", "mutt/repair-account-file", FALSE },
  { "mutt-new", "mutt", NULL, FALSE },
  { "claws-new", "claws-mail", NULL, FALSE },
  { "claws-second", "claws-mail", "claws-mail/second-account", FALSE },
  { "sylpheed-new", "sylpheed", NULL, FALSE },
  { "sylpheed-second", "sylpheed", "sylpheed/second-account", FALSE },
  { "goa-new", "goa", NULL, FALSE },
  { "goa-second", "goa", "goa/second-account", FALSE },
  { "mu4e-new", "mu4e", NULL, FALSE },
  { "mu4e-beside-gnus", "mu4e", "mu4e/beside-gnus", FALSE },
  { "kmail-new", "kmail", NULL, FALSE },
  { "kmail-second", "kmail", "kmail/second-account", FALSE },
  { "kmail-shared-server", "kmail", "kmail/repair-shared-server", FALSE },
  { "geary-second", "geary", "geary/second-account", FALSE },
  { "betterbird-second", "betterbird", "thunderbird/second-account", FALSE },
  { "neomutt-second", "neomutt", "neomutt/second-account", FALSE },
  { "aerc-beside-others", "aerc", "aerc/beside-others", FALSE },
  { "himalaya-beside-newer", "himalaya", "himalaya/beside-newer", FALSE },
  { "alpine-repair", "alpine", "alpine/repair", FALSE },
  { "mbsync-beside-others", "mbsync", "mbsync/beside-others", FALSE },
  { "getmail-new", "getmail", NULL, FALSE },
  { "fetchmail-beside-others", "fetchmail", "fetchmail/beside-others", FALSE },
  { "offlineimap-beside-others", "offlineimap", "offlineimap/beside-others", FALSE },
  { "git-second", "git", "git/second-is-identity", FALSE },
  { "emacs-beside-settings", "emacs", "emacs/beside-settings", FALSE },
};

typedef struct {
  Place place;
  PostwegPlan *plan;
} World;

static inline void
world_clear (World *world)
{
  postweg_plan_free (world->plan);
  place_clear (&world->place);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static inline void
copy_into (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (from, name, NULL);
      g_autofree char *inner = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        copy_into (path, inner);
      else if (g_file_get_contents (path, &text, NULL, NULL))
        put_file (to, name, text);
    }
}

static inline PostwegAccount *
account_of (const Row *row)
{
  const char *golden = row->golden != NULL ? row->golden : "thunderbird/new-imap";
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", golden, "account.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  PostwegAccount *account;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  account = postweg_account_from_json (text, -1, &error);
  g_assert_no_error (error);
  return account;
}

static inline char *
replaced_id (const Row *row, const char *home)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden",
                                                 row->golden != NULL ? row->golden : "none", "options", NULL);
  g_autofree char *text = NULL;
  GString *id;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_str_has_prefix (text, "replace "))
    return NULL;
  id = g_string_new (g_strchomp (text) + strlen ("replace "));
  g_string_replace (id, "@HOME@", home, 0);
  return g_string_free (id, FALSE);
}

static inline PostwegPlan *
make_plan (const Row *row, const Place *place)
{
  g_autoptr (PostwegAccount) account = account_of (row);
  g_autofree char *profile = g_build_filename (place->home, "profile", NULL);
  g_autofree char *id = replaced_id (row, place->home);
  PostwegExport options = { .home = place->home,
                            .profile = row->golden != NULL ? profile : NULL,
                            .replace = id };
  g_autoptr (GError) error = NULL;
  PostwegPlan *plan;

  if (row->two)
    return plan_two (place, "old\n", "new\n");
  plan = postweg_client_plan (postweg_client_by_id (row->program), account, &options, &error);
  g_assert_no_error (error);
  return plan;
}

/* place: an empty home folder; (transfer full) */
static inline World
world_at (const Row *row, Place place)
{
  World world = { place, NULL };

  if (row->two)
    put_both (&world.place, "old\n");
  if (row->golden != NULL)
    {
      g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", row->golden, "before", NULL);
      g_autofree char *profile = g_build_filename (world.place.home, "profile", NULL);

      g_mkdir (profile, 0700);
      copy_into (before, profile);
    }
  world.plan = make_plan (row, &world.place);
  g_assert_cmpuint (world.plan->changes->len, >, 0);
  return world;
}

static inline World
world_new (const Row *row)
{
  return world_at (row, place_new ());
}

/* what is there */

static inline GBytes *
read_file (const char *path)
{
  char *text;
  gsize size;

  return g_file_get_contents (path, &text, &size, NULL) ? g_bytes_new_take (text, size) : NULL;
}

static inline gboolean
equal (GBytes *a, GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

/* Returns: how many files are as meant; every other one is as before */
static inline guint
count_new (const PostwegPlan *plan)
{
  guint n = 0;

  for (guint i = 0; i < plan->changes->len; i++)
    {
      const PostwegChange *change = g_ptr_array_index (plan->changes, i);
      g_autoptr (GBytes) now = read_file (change->target);

      if (equal (now, change->after))
        n++;
      else
        g_assert_true (equal (now, change->before));
    }
  return n;
}
