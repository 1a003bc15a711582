/* What was proven is known for a minute, and no longer; not when the clock was set back either. */
#include "wire/proven.h"

static GPtrArray *
chain_new (void)
{
  return g_ptr_array_new ();
}

static const struct {
  const char *name, *key;
  gint64 kept, asked;
  gboolean known;
} rows[] = {
  { "at-once", "a", 1000, 1000, TRUE },         { "a-moment-later", "a", 1000, 1059, TRUE },
  { "a-minute-later", "a", 1000, 1060, FALSE }, { "next-day", "a", 1000, 90000, FALSE },
  { "clock-set-back", "a", 1000, 999, FALSE },  { "something-else", "b", 1000, 1000, FALSE },
};

static void
test_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  PostwegProven *proven = postweg_proven_new ();
  g_autoptr (GPtrArray) chain = chain_new ();
  g_autoptr (GPtrArray) known = NULL;

  postweg_proven_keep (proven, "a", chain, rows[row].kept);
  known = postweg_proven_recall (proven, rows[row].key, rows[row].asked);
  g_assert_true (known == (rows[row].known ? chain : NULL));
  postweg_proven_free (proven);
}

/* What was too old once does not come back when the clock does. */
static void
test_forgotten_for_good (void)
{
  PostwegProven *proven = postweg_proven_new ();
  g_autoptr (GPtrArray) chain = chain_new ();

  postweg_proven_keep (proven, "a", chain, 1000);
  g_assert_null (postweg_proven_recall (proven, "a", 2000));
  g_assert_null (postweg_proven_recall (proven, "a", 1000));
  postweg_proven_free (proven);
}

/* Newer proof counts; a chain lives as long as somebody looks at it. */
static void
test_replaced (void)
{
  PostwegProven *proven = postweg_proven_new ();
  g_autoptr (GPtrArray) first = chain_new ();
  g_autoptr (GPtrArray) second = chain_new ();
  g_autoptr (GPtrArray) known = NULL;

  postweg_proven_keep (proven, "a", first, 1000);
  postweg_proven_keep (proven, "a", second, 1050);
  known = postweg_proven_recall (proven, "a", 1100);
  postweg_proven_free (proven);
  g_assert_true (known == second);
  g_assert_cmpuint (known->len, ==, 0);
}

/* 100,000 servers do not fill the memory. */
static void
test_bounded (void)
{
  PostwegProven *proven = postweg_proven_new ();
  g_autoptr (GPtrArray) chain = chain_new ();
  guint known = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      postweg_proven_keep (proven, key, chain, 1000);
    }
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);
      g_autoptr (GPtrArray) one = postweg_proven_recall (proven, key, 1000);

      known += one != NULL;
    }
  g_assert_cmpuint (known, >=, 1);
  g_assert_cmpuint (known, <=, 64);
  postweg_proven_free (proven);
}

static gpointer
keep_and_ask (gpointer proven)
{
  for (gint64 now = 0; now < 2000; now++)
    {
      g_autoptr (GPtrArray) chain = chain_new ();
      g_autoptr (GPtrArray) known = NULL;

      postweg_proven_keep (proven, now % 2 == 0 ? "a" : "b", chain, now);
      known = postweg_proven_recall (proven, "a", now);
    }
  return NULL;
}

static void
test_threads (void)
{
  PostwegProven *proven = postweg_proven_new ();
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("keeper", keep_and_ask, proven);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  postweg_proven_free (proven);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/wire/proven/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/wire/proven/forgotten-for-good", test_forgotten_for_good);
  g_test_add_func ("/wire/proven/replaced", test_replaced);
  g_test_add_func ("/wire/proven/bounded", test_bounded);
  g_test_add_func ("/wire/proven/threads", test_threads);
  return g_test_run ();
}
