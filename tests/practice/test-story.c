/* Every scenario has a story, every story a scenario, and no two look alike. */
#include "practice/scenario-story.h"
#include "practice/scenario.h"

static void
test_every_scenario (void)
{
  guint n;
  const PostwegScenario *scenarios = postweg_scenarios (&n);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      const PostwegStory *story = postweg_story_by_name (scenarios[i].name);

      g_assert_nonnull (story);
      g_assert_cmpstr (story->name, ==, scenarios[i].name);
      g_assert_true (g_hash_table_add (seen, (gpointer) story->caption));
      g_assert_true (g_hash_table_add (seen, (gpointer) story->sentence));
      g_assert_true (g_str_has_suffix (story->sentence, "."));
      g_assert_nonnull (postweg_story_group_title (story->group));
    }
}

/* What is said to work has no cause, or only one that lets it work. */
static void
test_groups (void)
{
  guint n;
  const PostwegScenario *scenarios = postweg_scenarios (&n);

  for (guint i = 0; i < n; i++)
    {
      PostwegStoryGroup group = postweg_story_by_name (scenarios[i].name)->group;

      if (scenarios[i].cause == NULL)
        g_assert_cmpint (group, ==, POSTWEG_STORY_WORKS);
      if (g_str_has_prefix (scenarios[i].title, "Receives but does not send"))
        g_assert_cmpint (group, ==, POSTWEG_STORY_RECEIVES);
      if (g_str_has_prefix (scenarios[i].title, "Nothing works"))
        g_assert_cmpint (group, ==, POSTWEG_STORY_NOTHING);
    }
}

static void
test_unknown (void)
{
  g_assert_null (postweg_story_by_name ("no-such-scenario"));
  g_assert_null (postweg_story_by_name (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/story/every-scenario", test_every_scenario);
  g_test_add_func ("/practice/story/groups", test_groups);
  g_test_add_func ("/practice/story/unknown", test_unknown);
  return g_test_run ();
}
