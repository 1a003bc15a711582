/* The pages' common ground: their properties, one signal, five moments. */
#include "ui/page.h"

enum {
  PROP_0,
  PROP_TITLE,
  PROP_WAY_ON,
  PROP_SECOND_WAY,
  N_TEXTS,
  PROP_COMPLETE = N_TEXTS,
  PROP_SECOND_COMPLETE,
  PROP_BUSY,
  PROP_SUGGESTS,
  N_PROPS
};

typedef struct {
  PostwegJourney *journey;
  char *texts[N_TEXTS];
  guint numbers[N_PROPS]; /* of the properties that are no texts */
} PostwegPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PostwegPage, postweg_page, ADW_TYPE_BIN)

static GParamSpec *props[N_PROPS];
static guint done_signal;

static PostwegPagePrivate *
priv_of (PostwegPage *self)
{
  return postweg_page_get_instance_private (self);
}

static void
set_text (PostwegPage *self, guint id, const char *text)
{
  char **place = &priv_of (self)->texts[id];

  if (g_strcmp0 (*place, text) == 0)
    return;
  g_free (*place);
  *place = g_strdup (text != NULL ? text : "");
  g_object_notify_by_pspec (G_OBJECT (self), props[id]);
}

static void
set_number (PostwegPage *self, guint id, guint number)
{
  guint *place = &priv_of (self)->numbers[id];

  if (*place == number)
    return;
  *place = number;
  g_object_notify_by_pspec (G_OBJECT (self), props[id]);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec G_GNUC_UNUSED)
{
  PostwegPagePrivate *priv = priv_of (POSTWEG_PAGE (object));

  if (G_VALUE_HOLDS_STRING (value))
    g_value_set_string (value, priv->texts[id]);
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, priv->numbers[id] != 0);
  else
    g_value_set_uint (value, priv->numbers[id]);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec G_GNUC_UNUSED)
{
  PostwegPage *self = POSTWEG_PAGE (object);

  if (G_VALUE_HOLDS_STRING (value))
    set_text (self, id, g_value_get_string (value));
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    set_number (self, id, g_value_get_boolean (value));
  else
    set_number (self, id, g_value_get_uint (value));
}

static void
finalize (GObject *object)
{
  PostwegPagePrivate *priv = priv_of (POSTWEG_PAGE (object));

  g_clear_object (&priv->journey);
  for (guint i = PROP_TITLE; i < N_TEXTS; i++)
    g_free (priv->texts[i]);
  G_OBJECT_CLASS (postweg_page_parent_class)->finalize (object);
}

static void
postweg_page_class_init (PostwegPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->finalize = finalize;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  props[PROP_WAY_ON] = g_param_spec_string ("way-on", NULL, NULL, "", flags);
  props[PROP_SECOND_WAY] = g_param_spec_string ("second-way", NULL, NULL, "", flags);
  props[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  props[PROP_SECOND_COMPLETE] = g_param_spec_boolean ("second-complete", NULL, NULL, TRUE, flags);
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  props[PROP_SUGGESTS] =
      g_param_spec_uint ("suggests", NULL, NULL, 0, POSTWEG_SUGGEST_SECOND, POSTWEG_SUGGEST_WAY_ON, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  done_signal =
      g_signal_new ("done", POSTWEG_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
postweg_page_init (PostwegPage *self)
{
  PostwegPagePrivate *priv = priv_of (self);

  for (guint i = PROP_TITLE; i < N_TEXTS; i++)
    priv->texts[i] = g_strdup ("");
  priv->numbers[PROP_SECOND_COMPLETE] = TRUE;
  priv->numbers[PROP_SUGGESTS] = POSTWEG_SUGGEST_WAY_ON;
}

static void
call (PostwegPage *self, void (*moment) (PostwegPage *self))
{
  if (moment != NULL)
    moment (self);
}

PostwegJourney *
postweg_page_get_journey (PostwegPage *self)
{
  g_return_val_if_fail (POSTWEG_IS_PAGE (self), NULL);
  return priv_of (self)->journey;
}

void
postweg_page_set_journey (PostwegPage *self, PostwegJourney *journey)
{
  g_return_if_fail (POSTWEG_IS_PAGE (self));
  g_set_object (&priv_of (self)->journey, journey);
}

void
postweg_page_enter (PostwegPage *self)
{
  call (self, POSTWEG_PAGE_GET_CLASS (self)->enter);
}

void
postweg_page_leave (PostwegPage *self)
{
  call (self, POSTWEG_PAGE_GET_CLASS (self)->leave);
}

void
postweg_page_go_on (PostwegPage *self)
{
  PostwegPageClass *klass = POSTWEG_PAGE_GET_CLASS (self);

  if (priv_of (self)->numbers[PROP_COMPLETE] != 0)
    call (self, klass->go_on != NULL ? klass->go_on : postweg_page_done);
}

void
postweg_page_go_second (PostwegPage *self)
{
  if (priv_of (self)->numbers[PROP_SECOND_COMPLETE] != 0)
    call (self, POSTWEG_PAGE_GET_CLASS (self)->go_second);
}

void
postweg_page_stop (PostwegPage *self)
{
  if (priv_of (self)->numbers[PROP_BUSY] != 0)
    call (self, POSTWEG_PAGE_GET_CLASS (self)->stop);
}

void
postweg_page_set_complete (PostwegPage *self, gboolean complete)
{
  set_number (self, PROP_COMPLETE, complete);
}

void
postweg_page_set_second_complete (PostwegPage *self, gboolean complete)
{
  set_number (self, PROP_SECOND_COMPLETE, complete);
}

void
postweg_page_set_busy (PostwegPage *self, gboolean busy)
{
  set_number (self, PROP_BUSY, busy);
}

void
postweg_page_set_suggests (PostwegPage *self, PostwegSuggest suggests)
{
  set_number (self, PROP_SUGGESTS, suggests);
}

void
postweg_page_set_way_on (PostwegPage *self, const char *label)
{
  set_text (self, PROP_WAY_ON, label);
}

void
postweg_page_set_second_way (PostwegPage *self, const char *label)
{
  set_text (self, PROP_SECOND_WAY, label);
}

void
postweg_page_done (PostwegPage *self)
{
  g_signal_emit (self, done_signal, 0);
}
