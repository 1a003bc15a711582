/* The moving picture without a display: the same acts on both sides, what glides where, and where everything stands. */
#include "ui/pictures/play-glide.h"
#include "ui/pictures/play-pair.h"
#include "ui/pictures/play-plan.h"
#include "ui/pictures/port-grid.h"
#include <string.h>

static const PostwegPopOptions options[] = {
  { .keep_on_server = TRUE },
  { .keep_on_server = FALSE },
  { .keep_on_server = TRUE, .delete_after_days = 14 },
  { .keep_on_server = TRUE, .delete_when_deleted = TRUE },
};

/* The pair must say and show what the model says and shows, whichever act is next. */
typedef struct {
  PostwegPlay plays[POSTWEG_N_PAIR_SIDES];
} Model;

static void
model_start (Model *model, const PostwegPopOptions *pop)
{
  postweg_checkup_play_start (&model->plays[POSTWEG_PAIR_IMAP], POSTWEG_IMAP, NULL);
  postweg_checkup_play_start (&model->plays[POSTWEG_PAIR_POP], POSTWEG_POP3, pop);
}

static void
assert_same (const PostwegPlayPair *pair, Model *model, PostwegAct act)
{
  for (guint side = 0; side < POSTWEG_N_PAIR_SIDES; side++)
    {
      g_autofree char *sentence = postweg_checkup_play_act (&model->plays[side], act);

      g_assert_cmpstr (pair->sentences[side], ==, sentence);
      g_assert_cmpmem (&pair->plays[side], sizeof (PostwegPlay), &model->plays[side], sizeof (PostwegPlay));
    }
}

/* Every act after every other two, under every option. */
static void
test_every_act (void)
{
  for (guint option = 0; option < G_N_ELEMENTS (options); option++)
    for (guint n = 0; n < POSTWEG_N_ACTS * POSTWEG_N_ACTS * POSTWEG_N_ACTS; n++)
      {
        const PostwegAct acts[] = { POSTWEG_ACT_ARRIVE, (PostwegAct) (n % POSTWEG_N_ACTS),
                                    (PostwegAct) (n / POSTWEG_N_ACTS % POSTWEG_N_ACTS),
                                    (PostwegAct) (n / POSTWEG_N_ACTS / POSTWEG_N_ACTS) };
        g_autoptr (PostwegPlayPair) pair = postweg_play_pair_new (&options[option]);
        Model model;

        model_start (&model, &options[option]);
        for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
          {
            gboolean can = postweg_checkup_play_can (&model.plays[POSTWEG_PAIR_IMAP], acts[i]) ||
                           postweg_checkup_play_can (&model.plays[POSTWEG_PAIR_POP], acts[i]);

            g_assert_cmpint (postweg_play_pair_can (pair, acts[i]), ==, can);
            g_assert_cmpint (postweg_play_pair_act (pair, acts[i]), ==, can);
            if (can)
              assert_same (pair, &model, acts[i]);
          }
      }
}

static void
test_in_vain (void)
{
  g_autoptr (PostwegPlayPair) pair = postweg_play_pair_new (&options[0]);

  g_assert_false (postweg_play_pair_act (pair, POSTWEG_ACT_READ));
  g_assert_cmpuint (pair->acts->len, ==, 0);
  g_assert_cmpstr (pair->sentences[POSTWEG_PAIR_IMAP], ==, "");
  g_assert_true (postweg_play_pair_act (pair, POSTWEG_ACT_ARRIVE));
  g_assert_false (postweg_play_pair_act (pair, POSTWEG_ACT_WAIT));
  /* what was said last stays */
  g_assert_cmpstr (pair->sentences[POSTWEG_PAIR_POP], ==, "A mail arrives at the provider.");
}

/* What was done is done again under the options of now; back to the first ones, it is as it was. */
static void
test_other_options (void)
{
  static const PostwegAct acts[] = { POSTWEG_ACT_ARRIVE, POSTWEG_ACT_FETCH_LAPTOP, POSTWEG_ACT_FETCH_PHONE,
                                     POSTWEG_ACT_DELETE };
  static const struct {
    guint provider, phone;
    const char *sentence;
  } becomes[G_N_ELEMENTS (options)] = {
    { 1, 1, "It is gone from the laptop. The other copies are still there." },
    { 0, 0, "It is gone for good: the laptop had the only copy." },
    { 1, 1, "It is gone from the laptop. The other copies are still there." },
    { 0, 1, "It is gone from the laptop and from the provider. The phone still has its copy." },
  };
  g_autoptr (PostwegPlayPair) pair = postweg_play_pair_new (&options[0]);
  PostwegPlay imap;

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    g_assert_true (postweg_play_pair_act (pair, acts[i]));
  imap = pair->plays[POSTWEG_PAIR_IMAP];
  for (guint round = 0; round < 2 * G_N_ELEMENTS (options); round++)
    {
      guint option = round % G_N_ELEMENTS (options);
      const PostwegPlay *pop = &pair->plays[POSTWEG_PAIR_POP];

      postweg_play_pair_set_pop (pair, &options[option]);
      g_assert_cmpint (pop->copies[POSTWEG_AT_PROVIDER][0].there, ==, becomes[option].provider);
      g_assert_cmpint (pop->copies[POSTWEG_AT_PHONE][0].there, ==, becomes[option].phone);
      g_assert_cmpstr (pair->sentences[POSTWEG_PAIR_POP], ==, becomes[option].sentence);
      g_assert_cmpint (postweg_play_pair_has_days (pair), ==, options[option].delete_after_days > 0);
      g_assert_cmpmem (&pair->plays[POSTWEG_PAIR_IMAP], sizeof imap, &imap, sizeof imap);
      g_assert_cmpuint (pair->acts->len, ==, G_N_ELEMENTS (acts));
    }
  postweg_play_pair_restart (pair);
  g_assert_cmpuint (pair->acts->len, ==, 0);
  g_assert_cmpuint (pair->plays[POSTWEG_PAIR_POP].n_mails, ==, 0);
  g_assert_true (pair->plays[POSTWEG_PAIR_POP].pop.delete_when_deleted);
}

/* acts: a letter each as in the model's tests. glides: of the last act, "mail kind from>to", by place; r rests, c comes, m moves, g goes. */
static const struct {
  PostwegProtocol protocol;
  guint option;
  const char *acts, *glides;
} glide_rows[] = {
  { POSTWEG_IMAP, 0, "a", "0c0>0" },
  { POSTWEG_IMAP, 0, "al", "0r0>0 0m0>1" },
  { POSTWEG_IMAP, 0, "alp", "0r0>0 0r1>1 0m0>2" },
  { POSTWEG_IMAP, 0, "alr", "0r0>0 0r1>1" },
  { POSTWEG_IMAP, 0, "alm", "0m0>0F 0m1>1F" },
  { POSTWEG_IMAP, 0, "almp", "0r0F>0F 0r1F>1F 0m0F>2F" },
  { POSTWEG_IMAP, 0, "ald", "0g0>0 0g1>1" },
  { POSTWEG_IMAP, 0, "alb", "0r0>0 0g1>1" },
  { POSTWEG_POP3, 0, "al", "0r0>0 0m0>1" },
  { POSTWEG_POP3, 0, "alm", "0r0>0 0m1>1F" },
  { POSTWEG_POP3, 0, "alpd", "0r0>0 0g1>1 0r2>2" },
  { POSTWEG_POP3, 1, "al", "0m0>1" },
  { POSTWEG_POP3, 1, "aap", "0m0>2 1m0>2" },
  { POSTWEG_POP3, 2, "alw", "0g0>0 0r1>1" },
  { POSTWEG_POP3, 3, "ald", "0g0>0 0g1>1" },
};

static void
append_spot (GString *text, const PostwegSpot *spot)
{
  g_string_append_printf (text, "%u%s", spot->place, spot->filed ? "F" : "");
}

static char *
glides_text (const PostwegPlay *before, const PostwegPlay *after)
{
  PostwegGlide glides[POSTWEG_MAX_GLIDES];
  guint n = postweg_glides (before, after, glides);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s%u%c", i > 0 ? " " : "", glides[i].mail, "rcmg"[glides[i].kind]);
      append_spot (text, &glides[i].from);
      g_string_append_c (text, '>');
      append_spot (text, &glides[i].to);
    }
  return g_string_free (text, FALSE);
}

static void
test_glides (void)
{
  static const char letters[] = "alprmdwb";

  for (guint i = 0; i < G_N_ELEMENTS (glide_rows); i++)
    {
      PostwegPlay before, after;
      g_autofree char *text = NULL;

      postweg_checkup_play_start (&after, glide_rows[i].protocol, &options[glide_rows[i].option]);
      for (const char *c = glide_rows[i].acts; *c != '\0'; c++)
        {
          before = after;
          g_free (postweg_checkup_play_act (&after, (PostwegAct) (strchr (letters, *c) - letters)));
        }
      text = glides_text (&before, &after);
      g_assert_cmpstr (text, ==, glide_rows[i].glides);
    }
}

/* From anything to anything: each mail that is there ends where it is, and what is gone goes once. */
static void
test_glides_random (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      PostwegGlide glides[POSTWEG_MAX_GLIDES];
      PostwegPlay states[2] = { { 0 }, { 0 } };
      guint n, there = 0, ends = 0;

      for (guint i = 0; i < 2 * POSTWEG_MAX_GLIDES; i++)
        states[i % 2].copies[i / 2 % POSTWEG_N_PLAY_PLACES][i / 2 / POSTWEG_N_PLAY_PLACES] =
            (PostwegPlayCopy){ g_test_rand_bit (), g_test_rand_bit (), g_test_rand_bit () };
      n = postweg_glides (&states[0], &states[1], glides);
      g_assert_cmpuint (n, <=, POSTWEG_MAX_GLIDES);
      for (guint i = 0; i < POSTWEG_MAX_GLIDES; i++)
        there += states[1].copies[i % POSTWEG_N_PLAY_PLACES][i / POSTWEG_N_PLAY_PLACES].there ? 1 : 0;
      for (guint i = 0; i < n; i++)
        if (glides[i].kind != POSTWEG_GLIDE_GOES)
          {
            const PostwegPlayCopy *copy = &states[1].copies[glides[i].to.place][glides[i].mail];

            g_assert_true (copy->there);
            g_assert_cmpint (copy->read, ==, glides[i].to.read);
            g_assert_cmpint (copy->filed, ==, glides[i].to.filed);
            ends++;
          }
      g_assert_cmpuint (ends, ==, there);
    }
}

static gboolean
is_inside (const graphene_rect_t *outer, const graphene_rect_t *inner)
{
  return graphene_rect_contains_rect (outer, inner);
}

/* Nothing overlaps, all lies in its place and the picture, and right-to-left is the same picture in the mirror. */
static void
test_plan (void)
{
  static const float forks[] = { 40, 60, 120 };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (forks); i++)
    {
      PostwegPlayPlan plan, other;
      graphene_rect_t whole, crossing;

      postweg_play_plan (&plan, forks[i / 2], i % 2 == 1);
      postweg_play_plan (&other, forks[i / 2], i % 2 == 0);
      whole = GRAPHENE_RECT_INIT (0, 0, POSTWEG_PLAN_WIDTH, plan.height);
      g_assert_false (graphene_rect_intersection (&plan.places[0], &plan.places[1], &crossing));
      g_assert_false (graphene_rect_intersection (&plan.places[0], &plan.places[2], &crossing));
      g_assert_false (graphene_rect_intersection (&plan.places[1], &plan.places[2], &crossing));
      for (PostwegPlayPlace place = POSTWEG_AT_PROVIDER; place < POSTWEG_N_PLAY_PLACES; place++)
        {
          const graphene_rect_t *frame = &plan.places[place];

          g_assert_true (is_inside (&whole, frame));
          g_assert_true (is_inside (frame, &plan.folders[place]));
          g_assert_cmpfloat_with_epsilon (
              frame->origin.x, POSTWEG_PLAN_WIDTH - other.places[place].origin.x - frame->size.width, 0.01);
          for (guint mail = 0; mail < POSTWEG_PLAY_MAILS; mail++)
            {
              graphene_rect_t inbox = postweg_play_plan_spot (&plan, place, mail, FALSE);
              graphene_rect_t filed = postweg_play_plan_spot (&plan, place, mail, TRUE);

              g_assert_true (is_inside (frame, &inbox));
              g_assert_false (graphene_rect_intersection (&plan.folders[place], &inbox, &crossing));
              g_assert_true (is_inside (&plan.folders[place], &filed));
              for (guint earlier = 0; earlier < mail; earlier++)
                {
                  graphene_rect_t one = postweg_play_plan_spot (&plan, place, earlier, FALSE);

                  g_assert_false (graphene_rect_intersection (&one, &inbox, &crossing));
                }
            }
        }
    }
}

/* Ways begin below the provider, end above the device, lean outwards equally, and leave room for the words between them. */
static void
test_ways (void)
{
  for (guint mirrored = 0; mirrored < 2; mirrored++)
    for (float fork = 40; fork < 130; fork += 30)
      {
        PostwegPlayPlan plan;
        float slopes[2];

        postweg_play_plan (&plan, fork, mirrored == 1);
        for (guint i = 0; i < 2; i++)
          {
            PostwegPlayPlace device = i == 0 ? POSTWEG_AT_LAPTOP : POSTWEG_AT_PHONE;
            const graphene_rect_t *provider = &plan.places[POSTWEG_AT_PROVIDER], *to = &plan.places[device];
            graphene_point_t ends[2];

            postweg_play_plan_way (&plan, device, ends);
            g_assert_cmpfloat (ends[0].y, >, provider->origin.y + provider->size.height);
            g_assert_cmpfloat (ends[1].y, >, ends[0].y);
            g_assert_cmpfloat (ends[1].y, <, to->origin.y);
            g_assert_cmpfloat (ends[1].x, >, to->origin.x);
            g_assert_cmpfloat (ends[1].x, <, to->origin.x + to->size.width);
            g_assert_cmpfloat (ABS (ends[0].x - POSTWEG_PLAN_WIDTH / 2), >=, 59);
            slopes[i] = (ends[1].x - ends[0].x) / (ends[1].y - ends[0].y);
          }
        g_assert_cmpfloat_with_epsilon (slopes[0], -slopes[1], 0.001);
      }
}

static void
add_port (GPtrArray *map, const char *address, guint16 number, PostwegPortState state)
{
  PostwegPort *port =
      postweg_port_new (number < 200 ? "one.example" : "two.example", address, number, POSTWEG_IMAP);

  port->state = state;
  port->ipv6 = strchr (address, ':') != NULL;
  g_ptr_array_add (map, port);
}

/* Of several addresses of a family the one counts that says most, in whatever order they come. */
static void
test_port_lines (void)
{
  static const PostwegPortState order[] = { POSTWEG_PORT_UNKNOWN, POSTWEG_PORT_UNREACHABLE,
                                            POSTWEG_PORT_SILENT,  POSTWEG_PORT_REFUSED,
                                            POSTWEG_PORT_RESET,   POSTWEG_PORT_OPEN };

  for (guint less = 0; less < G_N_ELEMENTS (order); less++)
    for (guint more = less; more < G_N_ELEMENTS (order); more++)
      {
        g_autoptr (GPtrArray) map = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_port_free);
        PostwegPortLine line;
        guint i = 0;

        add_port (map, "192.0.2.1", 143, order[less]);
        add_port (map, "192.0.2.2", 143, order[more]);
        add_port (map, "2001:db8::1", 143, order[more]);
        add_port (map, "2001:db8::2", 143, order[less]);
        add_port (map, "2001:db8::2", 993, order[less]);
        line = postweg_port_line (map, &i);
        g_assert_cmpuint (i, ==, 4);
        g_assert_cmpint (line.seen[POSTWEG_IPV4]->state, ==, order[more]);
        g_assert_cmpint (line.seen[POSTWEG_IPV6]->state, ==, order[more]);
        g_assert_cmpint (postweg_port_line_is_open (&line), ==, order[more] == POSTWEG_PORT_OPEN);
        g_assert_true (postweg_port_map_same_host (map, 3, "ONE.example"));
        g_assert_false (postweg_port_map_same_host (map, i, "one.example"));
        line = postweg_port_line (map, &i);
        g_assert_cmpuint (i, ==, 5);
        g_assert_null (line.seen[POSTWEG_IPV4]);
        g_assert_cmpuint (postweg_port_line_port (&line)->port, ==, 993);
        g_assert_false (postweg_port_map_same_host (map, i, "two.example"));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/play/every-act", test_every_act);
  g_test_add_func ("/ui/play/in-vain", test_in_vain);
  g_test_add_func ("/ui/play/other-options", test_other_options);
  g_test_add_func ("/ui/play/glides", test_glides);
  g_test_add_func ("/ui/play/glides/random", test_glides_random);
  g_test_add_func ("/ui/play/plan", test_plan);
  g_test_add_func ("/ui/play/ways", test_ways);
  g_test_add_func ("/ui/play/port-lines", test_port_lines);
  return g_test_run ();
}
