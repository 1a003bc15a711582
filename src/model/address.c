/* Taking an address apart: what people type, made into what servers understand. */
#include "model/address.h"
#include "model/error.h"
#include <gio/gio.h>
#include <idn2.h>
#include <libpsl.h>
#include <string.h>

#define MAX_LOCAL 64   /* octets, RFC 5321 4.5.3.1.1 */
#define MAX_DOMAIN 253 /* octets of a name in text form, RFC 1035 2.3.4 */
#define MAX_LABEL 63

static PostwegAddress *
fault (GError **error, const char *what)
{
  g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_INPUT, what);
  return NULL;
}

static gboolean
is_atext (gunichar c)
{
  return c > 127 || g_ascii_isalnum ((char) c) ||
         (c != 0 && strchr ("!#$%&'*+-/=?^_`{|}~.", (int) c) != NULL);
}

/* Returns: the fault of the local part, or NULL. Quoted local parts are allowed by RFC 5321, but no provider gives them out. */
static const char *
local_fault (const char *local)
{
  gsize length = strlen (local);

  if (length == 0)
    return "local-missing";
  if (length > MAX_LOCAL)
    return "local-long";
  if (local[0] == '"')
    return "quoted";
  for (const char *p = local; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_atext (g_utf8_get_char (p)))
      return "local-character";
  if (local[0] == '.' || local[length - 1] == '.' || strstr (local, "..") != NULL)
    return "local-dot";
  return NULL;
}

static const char *
label_fault (const char *label, gsize length)
{
  if (length == 0 || length > MAX_LABEL || label[0] == '-' || label[length - 1] == '-')
    return "domain-label";
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (label[i]) && label[i] != '-')
      return "domain-character";
  return NULL;
}

static const char *
ascii_name_fault (const char *name)
{
  if (strlen (name) > MAX_DOMAIN)
    return "domain-long";
  while (TRUE)
    {
      gsize length = strcspn (name, ".");
      const char *found = label_fault (name, length);

      if (found != NULL)
        return found;
      if (name[length] == '\0')
        return NULL;
      name += length + 1;
    }
}

/* Returns: (transfer full): A-labels in lower case, or NULL with what is wrong in `found` */
static char *
to_ascii (const char *text, const char **found)
{
  g_autofree char *lower = NULL;
  char *ascii = NULL;
  char *copy;

  if (g_str_is_ascii (text))
    {
      lower = g_ascii_strdown (text, -1);
      *found = ascii_name_fault (lower);
      return *found == NULL ? g_steal_pointer (&lower) : NULL;
    }
  if (idn2_to_ascii_8z (text, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
    {
      *found = "domain-character";
      return NULL;
    }
  *found = ascii_name_fault (ascii);
  copy = *found == NULL ? g_ascii_strdown (ascii, -1) : NULL;
  idn2_free (ascii);
  return copy;
}

static char *
to_unicode (const char *ascii)
{
  char *unicode = NULL;
  char *copy;

  if (idn2_to_unicode_8z8z (ascii, &unicode, 0) != IDN2_OK)
    return g_strdup (ascii);
  copy = g_strdup (unicode);
  idn2_free (unicode);
  return copy;
}

static gboolean
has_char (const char *text, gboolean (*is) (gunichar c))
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (is (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

static gboolean
is_control (gunichar c)
{
  return g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT;
}

/* Faults that concern the address as a whole, in the order in which people can do something about them. */
static const char *
whole_fault (const char *text)
{
  const char *at = strchr (text, '@');

  if (*text == '\0')
    return "empty";
  if (!g_utf8_validate (text, -1, NULL) || has_char (text, is_control))
    return "control";
  if (text[0] == '"')
    return "quoted";
  if (at == NULL)
    return "no-at";
  if (has_char (text, g_unichar_isspace))
    return "blank";
  return strchr (at + 1, '@') != NULL ? "two-at" : NULL;
}

static const char *
domain_fault (const char *domain, char **ascii)
{
  const char *found = NULL;
  const char *last;

  if (*domain == '\0')
    return "domain-missing";
  if (*domain == '[' || g_hostname_is_ip_address (domain))
    return "ip-literal";
  *ascii = to_ascii (domain, &found);
  if (found != NULL)
    return found;
  last = strrchr (*ascii, '.');
  if (last == NULL)
    return "domain-single";
  /* no top-level domain is a number (RFC 3696 2); "127.1" is meant as an address */
  return strspn (last + 1, "0123456789") == strlen (last + 1) ? "ip-literal" : NULL;
}

/* Blanks around it and a dot at the end come with copying and are taken off without a word. */
static char *
trimmed (const char *text)
{
  const char *end = text + strlen (text);

  if (!g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  if (end > text && end[-1] == '.')
    end--;
  return g_strndup (text, (gsize) (end - text));
}

PostwegAddress *
postweg_address_parse (const char *text, GError **error)
{
  g_autoptr (PostwegAddress) address = g_new0 (PostwegAddress, 1);
  g_autofree char *copy = NULL;
  g_autofree char *unicode = NULL;
  const char *found;
  const char *at;

  g_return_val_if_fail (text != NULL, NULL);
  copy = trimmed (text);
  found = whole_fault (copy);
  if (found != NULL)
    return fault (error, found);

  at = strchr (copy, '@');
  address->local = g_strndup (copy, (gsize) (at - copy));
  found = local_fault (address->local);
  if (found == NULL)
    found = domain_fault (at + 1, &address->domain);
  if (found != NULL)
    return fault (error, found);

  unicode = to_unicode (address->domain);
  address->full = g_strconcat (address->local, "@", address->domain, NULL);
  address->display = g_strconcat (address->local, "@", unicode, NULL);
  return g_steal_pointer (&address);
}

PostwegAddress *
postweg_address_copy (const PostwegAddress *address)
{
  PostwegAddress *copy = g_new (PostwegAddress, 1);

  *copy = (PostwegAddress){ g_strdup (address->full), g_strdup (address->local), g_strdup (address->domain),
                            g_strdup (address->display) };
  return copy;
}

void
postweg_address_free (PostwegAddress *address)
{
  if (address == NULL)
    return;
  g_free (address->full);
  g_free (address->local);
  g_free (address->domain);
  g_free (address->display);
  g_free (address);
}

char *
postweg_host_normalise (const char *text)
{
  g_autofree char *copy = trimmed (text);
  const char *found = NULL;

  if (!g_utf8_validate (copy, -1, NULL) || *copy == '\0')
    return NULL;
  if (g_hostname_is_ip_address (copy))
    return g_ascii_strdown (copy, -1);
  return to_ascii (copy, &found);
}

gboolean
postweg_host_is_valid (const char *text)
{
  g_autofree char *normal = text != NULL ? postweg_host_normalise (text) : NULL;

  return normal != NULL;
}

gboolean
postweg_host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

const char *
postweg_host_registrable (const char *host)
{
  /* the list is part of the library: no file is read */
  const psl_ctx_t *list = psl_builtin ();

  if (g_hostname_is_ip_address (host) || list == NULL)
    return NULL;
  return psl_registrable_domain (list, host);
}

gboolean
postweg_hosts_same_operator (const char *a, const char *b)
{
  g_autofree char *lower_a = g_ascii_strdown (a, -1);
  g_autofree char *lower_b = g_ascii_strdown (b, -1);
  const char *part_a, *part_b;

  if (strcmp (lower_a, lower_b) == 0)
    return TRUE;
  part_a = postweg_host_registrable (lower_a);
  part_b = postweg_host_registrable (lower_b);
  return part_a != NULL && part_b != NULL && strcmp (part_a, part_b) == 0;
}
