/* Weights of suspected causes, and what they come to. */
#include "diagnose/suspects.h"

static void
greater_weight_wins (void)
{
  PostwegSuspects suspects = { 0 };

  postweg_suspect (&suspects, POSTWEG_CAUSE_CERT_EXPIRED, 70);
  postweg_suspect (&suspects, POSTWEG_CAUSE_CERT_EXPIRED, 40);
  g_assert_cmpuint (suspects.weight[POSTWEG_CAUSE_CERT_EXPIRED], ==, 70);
  postweg_suspect (&suspects, POSTWEG_CAUSE_CERT_EXPIRED, 1000);
  g_assert_cmpuint (suspects.weight[POSTWEG_CAUSE_CERT_EXPIRED], ==, 100);
  postweg_suspect_at_most (&suspects, POSTWEG_CAUSE_CERT_EXPIRED, 30);
  postweg_suspect_at_most (&suspects, POSTWEG_CAUSE_CERT_EXPIRED, 50);
  g_assert_cmpuint (suspects.weight[POSTWEG_CAUSE_CERT_EXPIRED], ==, 30);
}

static void
wrong_password_is_never_proven (void)
{
  PostwegSuspects suspects = { 0 };

  postweg_suspect (&suspects, POSTWEG_CAUSE_WRONG_CREDENTIALS, 100);
  g_assert_cmpint (postweg_weight_confidence (suspects.weight[POSTWEG_CAUSE_WRONG_CREDENTIALS]), ==,
                   POSTWEG_LIKELY);
}

static void
order_is_by_weight_then_by_list (void)
{
  PostwegSuspects suspects = { 0 };
  PostwegCause ordered[4] = { POSTWEG_NO_CAUSE };

  g_assert_cmpint (postweg_suspects_first (&suspects), ==, POSTWEG_NO_CAUSE);
  g_assert_cmpuint (postweg_suspects_order (&suspects, ordered, 4), ==, 0);
  postweg_suspect (&suspects, POSTWEG_CAUSE_OFFLINE, 50);
  postweg_suspect (&suspects, POSTWEG_CAUSE_CERT_EXPIRED, 50);
  postweg_suspect (&suspects, POSTWEG_CAUSE_GREYLISTED, 60);
  g_assert_cmpuint (postweg_suspects_order (&suspects, ordered, 2), ==, 2);
  g_assert_cmpuint (postweg_suspects_order (&suspects, ordered, 4), ==, 3);
  g_assert_cmpint (ordered[0], ==, POSTWEG_CAUSE_GREYLISTED);
  g_assert_cmpint (ordered[1], ==, POSTWEG_CAUSE_CERT_EXPIRED);
  g_assert_cmpint (ordered[2], ==, POSTWEG_CAUSE_OFFLINE);
}

static void
confidence_has_three_steps (void)
{
  static const struct {
    guint weight;
    PostwegConfidence confidence;
  } rows[] = {
    { 100, POSTWEG_PROVEN }, { 95, POSTWEG_PROVEN },   { 94, POSTWEG_LIKELY },
    { 60, POSTWEG_LIKELY },  { 59, POSTWEG_POSSIBLE }, { 1, POSTWEG_POSSIBLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (postweg_weight_confidence (rows[i].weight), ==, rows[i].confidence);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/suspects/greater-weight-wins", greater_weight_wins);
  g_test_add_func ("/diagnose/suspects/wrong-password-is-never-proven", wrong_password_is_never_proven);
  g_test_add_func ("/diagnose/suspects/order", order_is_by_weight_then_by_list);
  g_test_add_func ("/diagnose/suspects/confidence", confidence_has_three_steps);
  return g_test_run ();
}
