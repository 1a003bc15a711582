/* Finding a moment in a greeting. */
#include "wire/server-clock.h"
#include "wire/header.h"
#include <string.h>

#define EARLIEST G_GINT64_CONSTANT (978307200) /* 2001 */
#define LATEST G_GINT64_CONSTANT (4102444800)  /* 2100 */

static gint64
plausible (gint64 seconds)
{
  return seconds >= EARLIEST && seconds < LATEST ? seconds : 0;
}

/* A date stands behind the comma after its weekday. */
static gint64
date_in (const char *greeting)
{
  gint64 seconds = 0;

  for (const char *comma = strchr (greeting, ','); comma != NULL; comma = strchr (comma + 1, ','))
    if (postweg_header_date (comma, &seconds))
      return plausible (seconds);
  return 0;
}

/* The number right before the @; what comes before that may be any number. */
static gint64
stamp_in (const char *greeting)
{
  const char *open = strrchr (greeting, '<');
  const char *at = open != NULL ? strchr (open, '@') : NULL;
  const char *digits = at;
  guint64 seconds = 0;

  while (digits != NULL && digits > open && g_ascii_isdigit (digits[-1]))
    digits--;
  if (digits == NULL || digits == at || digits[-1] != '.')
    return 0;
  seconds = g_ascii_strtoull (digits, NULL, 10);
  return seconds < (guint64) LATEST ? plausible ((gint64) seconds) : 0;
}

/* Dovecot's stamp has the time in the third of four parts, as eight hexadecimal digits: “<25ad.1.6b043aba.random@host>”. */
static gint64
dovecot_stamp_in (const char *greeting)
{
  const char *open = strrchr (greeting, '<');
  g_auto (GStrv) parts = g_strsplit (open != NULL ? open + 1 : "", ".", 5);
  char *end = NULL;
  guint64 seconds;

  if (g_strv_length (parts) < 4 || strlen (parts[2]) != 8)
    return 0;
  seconds = g_ascii_strtoull (parts[2], &end, 16);
  return *end == '\0' ? plausible ((gint64) seconds) : 0;
}

gint64
postweg_server_clock (const char *greeting)
{
  static gint64 (*const ways[]) (const char *) = { date_in, stamp_in, dovecot_stamp_in };
  gint64 seconds = 0;

  for (guint i = 0; greeting != NULL && seconds == 0 && i < G_N_ELEMENTS (ways); i++)
    seconds = ways[i](greeting);
  return seconds;
}
