/* A profile with two files for tests of applying and taking back. */
#pragma once
#include "clients/apply.h"
#include "clients/folders.h"
#include "model/error.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

typedef struct {
  char *home, *profile, *state, *list;
} Place;

static inline Place
place_new (void)
{
  Place place = { .home = folder_new () };

  place.profile = g_build_filename (place.home, "mail", "p", NULL);
  place.state = g_build_filename (place.home, "state", NULL);
  place.list = g_build_filename (place.home, "mail", "list.ini", NULL);
  return place;
}

static inline void
place_clear (Place *place)
{
  folder_free (place->home);
  g_free (place->profile);
  g_free (place->state);
  g_free (place->list);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static inline GBytes *
bytes_of (const char *text)
{
  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}

static inline void
plan_file (PostwegPlan *plan, const char *path, const char *from, const char *to)
{
  g_autoptr (GBytes) before = bytes_of (from);
  g_autoptr (GBytes) after = bytes_of (to);

  postweg_plan_add_file (plan, path, before, after, 0640);
}

/* Two files: the profile's settings and the list beside it. before NULL: both are new. */
static inline PostwegPlan *
plan_two (const Place *place, const char *before, const char *after)
{
  PostwegPlan *plan = postweg_plan_new ("thunderbird", "Thunderbird", place->profile);
  g_autofree char *prefs = g_build_filename (place->profile, "prefs.js", NULL);

  plan->lock = g_build_filename (place->profile, ".parentlock", NULL);
  plan_file (plan, prefs, before, after);
  plan_file (plan, place->list, before, after);
  return plan;
}

static inline void
put_both (const Place *place, const char *text)
{
  put_file (place->profile, "prefs.js", text);
  put_file (place->home, "mail/list.ini", text);
}

static inline void
assert_both (const Place *place, const char *first, const char *second)
{
  g_autofree char *prefs = get_file (place->profile, "prefs.js");
  g_autofree char *list = get_file (place->home, "mail/list.ini");

  g_assert_cmpstr (prefs, ==, first);
  g_assert_cmpstr (list, ==, second);
}

static inline guint
count_journals (const Place *place)
{
  g_autofree char *undo = g_build_filename (place->state, "undo", NULL);

  return count_entries (undo);
}

static inline void
assert_no_rest (const Place *place)
{
  g_autofree char *mail = g_build_filename (place->home, "mail", NULL);

  g_assert_cmpuint (count_entries (mail), <=, 2);
  g_assert_cmpuint (count_entries (place->profile), <=, 2);
}

static inline guint
mode_of (const char *path)
{
  struct stat facts;

  g_assert_cmpint (lstat (path, &facts), ==, 0);
  return facts.st_mode & 07777;
}

/* A process that holds the lock as Mozilla's programs do. */
static inline pid_t
hold_lock (const char *path)
{
  int pipes[2];
  char byte;
  pid_t child;

  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  if (child == 0)
    {
      struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
      int fd = open (path, O_RDWR | O_CREAT, 0600);

      if (fcntl (fd, F_SETLK, &lock) == 0 && write (pipes[1], "x", 1) == 1)
        pause ();
      _exit (0);
    }
  close (pipes[1]);
  g_assert_cmpint (read (pipes[0], &byte, 1), ==, 1);
  close (pipes[0]);
  return child;
}
