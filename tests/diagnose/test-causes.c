/* One row for each cause that a test of servers can show: what was seen -> the first finding. */
#include "diagnose/causes.h"
#include "cause-rows-replies.h"
#include "cause-rows-wire.h"

/* Later issues find these: in settings of mail programs, and in the round trip of a test mail. */
static const char *const not_from_servers[] = { "outgoing-missing", "sent-not-filed", "sent-twice",
                                                "pop-deletes-mail", "test-mail-lost", NULL };

static void
check_row (gconstpointer data)
{
  const Row *row = data;
  Stage stage;
  g_autoptr (GPtrArray) findings = NULL, wishes = NULL;
  const PostwegFinding *first;
  g_autofree char *change = NULL;

  stage_set (&stage, &row->scene);
  findings = postweg_diagnose (&stage.the_case, &wishes);
  g_assert_cmpuint (findings->len, >, 0);
  first = g_ptr_array_index (findings, 0);
  change = describe_change (stage.account, first->mended);
  g_assert_cmpstr (first->cause, ==, row->cause);
  g_assert_cmpstr (postweg_side_name (first->side), ==, postweg_side_name (row->side));
  g_assert_cmpstr (postweg_who_name (first->who), ==, postweg_who_name (row->who));
  g_assert_cmpstr (postweg_confidence_name (first->confidence), ==,
                   postweg_confidence_name (row->confidence));
  g_assert_cmpstr (change, ==, row->mended != NULL ? row->mended : "");
  stage_clear (&stage);
}

static gboolean
has_row (const Row *rows, guint n_rows, const char *cause)
{
  for (guint i = 0; i < n_rows; i++)
    if (strcmp (rows[i].cause, cause) == 0)
      return TRUE;
  return FALSE;
}

static void
every_cause_has_a_row (void)
{
  for (PostwegCause cause = POSTWEG_NO_CAUSE + 1; cause < POSTWEG_N_CAUSES; cause++)
    {
      const char *slug = postweg_cause_slug (cause);

      if (!has_row (wire_rows, G_N_ELEMENTS (wire_rows), slug) &&
          !has_row (reply_rows, G_N_ELEMENTS (reply_rows), slug) && !g_strv_contains (not_from_servers, slug))
        g_test_fail_printf ("no row for %s", slug);
    }
}

static void
add_rows (const Row *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/diagnose/causes/%s%s%s", rows[i].cause, rows[i].variant != NULL ? "/" : "",
                           rows[i].variant != NULL ? rows[i].variant : "");

      g_test_add_data_func (path, &rows[i], check_row);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/causes/every-cause-has-a-row", every_cause_has_a_row);
  add_rows (wire_rows, G_N_ELEMENTS (wire_rows));
  add_rows (reply_rows, G_N_ELEMENTS (reply_rows));
  return g_test_run ();
}
