/* Blackening text by what is known, then by shape. */
#include "report/blacken.h"
#include <gio/gio.h>
#include <string.h>

#define SHORTEST 3 /* bytes; less is in too many words */

typedef struct {
  char *text; /* case-folded */
  char *placeholder;
} Hidden;

struct _PostwegBlacken {
  GPtrArray *hidden;   /* Hidden, the longest first */
  GHashTable *numbers; /* numeric address -> its placeholder */
};

static void
hidden_free (gpointer data)
{
  Hidden *hidden = data;

  g_free (hidden->text);
  g_free (hidden->placeholder);
  g_free (hidden);
}

static gint
longest_first (gconstpointer a, gconstpointer b)
{
  const Hidden *x = *(const Hidden *const *) a, *y = *(const Hidden *const *) b;
  gsize m = strlen (x->text), n = strlen (y->text);

  return m == n ? 0 : m > n ? -1 : 1;
}

void
postweg_blacken_hide (PostwegBlacken *blacken, const char *text, const char *placeholder)
{
  Hidden *hidden;

  if (text == NULL || strlen (text) < SHORTEST)
    return;
  hidden = g_new (Hidden, 1);
  *hidden = (Hidden){ g_ascii_strdown (text, -1), g_strdup (placeholder) };
  g_ptr_array_add (blacken->hidden, hidden);
  g_ptr_array_sort (blacken->hidden, longest_first);
}

static gboolean
is_part_of_word (char c)
{
  return g_ascii_isalnum (c) || (c & 0x80) != 0;
}

/* Returns: where it stands as a word of its own in `lower`, or NULL */
static const char *
find_word (const char *lower, const char *from, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (from, word); at != NULL; at = strstr (at + 1, word))
    if ((at == lower || !is_part_of_word (at[-1])) && !is_part_of_word (at[length]))
      return at;
  return NULL;
}

static char *
hide_word (const char *text, const Hidden *hidden)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  GString *out = g_string_new (NULL);
  gsize done = 0;
  const char *at;

  while ((at = find_word (lower, lower + done, hidden->text)) != NULL)
    {
      g_string_append_len (out, text + done, at - lower - (gssize) done);
      g_string_append (out, hidden->placeholder);
      done = (gsize) (at - lower) + strlen (hidden->text);
    }
  g_string_append (out, text + done);
  return g_string_free (out, FALSE);
}

static gboolean
holds_hidden (const PostwegBlacken *blacken, const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  for (guint i = 0; i < blacken->hidden->len; i++)
    if (strstr (lower, ((const Hidden *) g_ptr_array_index (blacken->hidden, i))->text) != NULL)
      return TRUE;
  return FALSE;
}

/* What a match becomes. */

static gboolean
replace_base64 (const GMatchInfo *match, GString *out, gpointer blacken)
{
  g_autofree char *encoded = g_match_info_fetch (match, 0);
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (encoded, &length);
  g_autofree char *decoded = g_utf8_make_valid ((const char *) bytes, (gssize) length);

  g_string_append (out, holds_hidden (blacken, decoded) ? "‹base64›" : encoded);
  return FALSE;
}

static gboolean
replace_address (const GMatchInfo *match, GString *out, gpointer data)
{
  const PostwegBlacken *blacken = data;
  g_autofree char *address = g_match_info_fetch (match, 0);
  const char *placeholder = "‹address›";

  for (guint i = 0; i < blacken->hidden->len; i++)
    {
      const Hidden *hidden = g_ptr_array_index (blacken->hidden, i);

      if (g_ascii_strcasecmp (hidden->text, address) == 0)
        placeholder = hidden->placeholder;
    }
  g_string_append (out, placeholder);
  return FALSE;
}

static gboolean
replace_host (const GMatchInfo *match G_GNUC_UNUSED, GString *out, gpointer blacken G_GNUC_UNUSED)
{
  g_string_append (out, "‹host›");
  return FALSE;
}

/* Names of folders tell about a life; what every mailbox has does not. */
static gboolean
replace_folder (const GMatchInfo *match, GString *out, gpointer blacken G_GNUC_UNUSED)
{
  static const char *const usual[] = { "INBOX", "Sent", "Drafts", "Trash", "Junk", "Spam", "Archive", NULL };
  g_autofree char *before = g_match_info_fetch (match, 1);
  g_autofree char *name = g_match_info_fetch (match, 2);

  g_string_append (out, before);
  g_string_append (out, g_strv_contains (usual, name) ? name : "‹folder›");
  return FALSE;
}

static gboolean
replace_number (const GMatchInfo *match, GString *out, gpointer data)
{
  PostwegBlacken *blacken = data;
  g_autofree char *text = g_match_info_fetch (match, 0);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
  char *placeholder;

  if (address == NULL || g_inet_address_get_is_loopback (address))
    {
      g_string_append (out, text);
      return FALSE;
    }
  placeholder = g_hash_table_lookup (blacken->numbers, text);
  if (placeholder == NULL)
    {
      placeholder = g_strdup_printf ("‹IPv%c %u›",
                                     g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 ? '6' : '4',
                                     g_hash_table_size (blacken->numbers) + 1);
      g_hash_table_insert (blacken->numbers, g_strdup (text), placeholder);
    }
  g_string_append (out, placeholder);
  return FALSE;
}

#define V4 "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}"
#define V6 "[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}"

/* In this order; what is known comes behind whole addresses, so that none is left with half of it. */
static const struct {
  const char *pattern;
  GRegexEvalCallback replace;
  gboolean known_first;
} shapes[] = {
  { "[A-Za-z0-9+/]{12,}={0,2}", replace_base64, FALSE },
  { "[\\w.+%=~-]+@(?:[\\w-]+\\.)+[\\w-]+", replace_address, FALSE },
  { "(\\* X?L(?:IST|SUB) \\([^)]*\\) (?:\"[^\"]*\"|NIL) )\"?([^\"\n]+)\"?", replace_folder, TRUE },
  { "[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+(?=\\s*[\\[(]{1,2}(?:IPv6:)?(?:" V4 "|" V6 ")[\\])])", replace_host,
    FALSE },
  { "(?<![\\w.])" V4 "(?![\\w]|\\.[0-9])|(?<![\\w:])" V6 "(?![\\w:])|(?<=IPv6:)" V6 "(?![\\w:])",
    replace_number, FALSE },
};

static char *
hide_known (const PostwegBlacken *blacken, const char *text)
{
  char *result = g_strdup (text);

  for (guint i = 0; i < blacken->hidden->len; i++)
    {
      char *next = hide_word (result, g_ptr_array_index (blacken->hidden, i));

      g_free (result);
      result = next;
    }
  return result;
}

char *
postweg_blacken_text (PostwegBlacken *blacken, const char *text)
{
  g_autofree char *result = g_strdup (text);

  for (guint i = 0; blacken != NULL && text != NULL && i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (shapes[i].pattern, 0, 0, NULL);
      g_autofree char *known = shapes[i].known_first ? hide_known (blacken, result) : g_strdup (result);
      char *next = g_regex_replace_eval (regex, known, -1, 0, 0, shapes[i].replace, blacken, NULL);

      g_free (result);
      result = next != NULL ? next : g_strdup ("‹…›"); /* never let through what could not be looked at */
    }
  return g_steal_pointer (&result);
}

static JsonNode *blacken_node (PostwegBlacken *blacken, JsonNode *node);

static void
blacken_member (JsonObject *object G_GNUC_UNUSED, const char *name, JsonNode *value, gpointer data)
{
  gpointer *pair = data;

  json_object_set_member (pair[1], name, blacken_node (pair[0], value));
}

static void
blacken_element (JsonArray *array G_GNUC_UNUSED, guint index G_GNUC_UNUSED, JsonNode *value, gpointer data)
{
  gpointer *pair = data;

  json_array_add_element (pair[1], blacken_node (pair[0], value));
}

/* Returns: (transfer full): a copy */
static JsonNode *
blacken_node (PostwegBlacken *blacken, JsonNode *node)
{
  gpointer pair[2] = { blacken, NULL };
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      pair[1] = json_object_new ();
      json_object_foreach_member (json_node_get_object (node), blacken_member, pair);
      return json_node_init_object (json_node_alloc (), pair[1]);
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      pair[1] = json_array_new ();
      json_array_foreach_element (json_node_get_array (node), blacken_element, pair);
      return json_node_init_array (json_node_alloc (), pair[1]);
    }
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return json_node_copy (node);
  text = postweg_blacken_text (blacken, json_node_get_string (node));
  return json_node_init_string (json_node_alloc (), text);
}

JsonNode *
postweg_blacken_json (PostwegBlacken *blacken, JsonNode *node)
{
  JsonNode *black = blacken_node (blacken, node);

  json_node_unref (node);
  return black;
}

PostwegBlacken *
postweg_blacken_new (void)
{
  PostwegBlacken *blacken = g_new (PostwegBlacken, 1);

  blacken->hidden = g_ptr_array_new_with_free_func (hidden_free);
  blacken->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return blacken;
}

void
postweg_blacken_free (PostwegBlacken *blacken)
{
  if (blacken == NULL)
    return;
  g_ptr_array_unref (blacken->hidden);
  g_hash_table_unref (blacken->numbers);
  g_free (blacken);
}
