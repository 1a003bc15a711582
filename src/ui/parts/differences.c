/* The fields of an account, each with its name and its text. */
#include "ui/parts/differences.h"
#include <glib/gi18n-lib.h>

typedef char *(*Field) (const PostwegServer *server);

static char *
host (const PostwegServer *server)
{
  return g_strdup (server->host);
}

static char *
port (const PostwegServer *server)
{
  return g_strdup_printf ("%u", server->port);
}

const char *
postweg_security_words (PostwegSecurity the_security)
{
  static const char *const words[] = { N_ ("SSL/TLS"), N_ ("STARTTLS"), N_ ("None") };

  return _(words[the_security]);
}

const char *
postweg_auth_words (PostwegAuth the_auth)
{
  static const char *const words[] = {
    N_ ("Normal password"), N_ ("Encrypted password"), N_ ("Web sign-in (OAuth2)"), N_ ("No sign-in") };

  return _(words[the_auth]);
}

static char *
security (const PostwegServer *server)
{
  return g_strdup (postweg_security_words (server->security));
}

static char *
user (const PostwegServer *server)
{
  return g_strdup (server->user);
}

static char *
auth (const PostwegServer *server)
{
  return g_strdup (postweg_auth_words (server->auth));
}

static const struct {
  const char *incoming, *outgoing, *alone;
  Field text;
} fields[] = {
  { N_ ("Incoming server"), N_ ("Outgoing server"), N_ ("Server"), host },
        { N_ ("Port of the incoming server"), N_ ("Port of the outgoing server"), N_ ("Port"), port },
              { N_ ("Security of the incoming server"),
                    N_ ("Security of the outgoing server"), N_ ("Security"), security },
                    { N_ ("User name for receiving"), N_ ("User name for sending"), N_ ("User Name"), user },
                          { N_ ("Sign-in method for receiving"), N_ ("Sign-in method for sending"),
                                                                     N_ ("Sign-In Method"), auth },
                          };

static guint
add_differences (PostwegRows *rows, const PostwegServer *old, const PostwegServer *new)
{
  guint n = 0;

  for (guint i = 0; old != NULL && new != NULL &&i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *before = fields[i].text (old);
      g_autofree char *after = fields[i].text (new);
      g_autofree char *change = g_strdup_printf ("%s → %s", before, after);

      if (g_strcmp0 (before, after) == 0)
        continue;
      postweg_rows_add (rows, postweg_parts_fact_row (old->protocol == POSTWEG_SMTP
                                                      ? _(fields[i].outgoing)
                                                      : _(fields[i].incoming), change));
      n++;
    }
  return n;
}

guint
postweg_differences_add (PostwegRows *rows, const PostwegAccount *old, const PostwegAccount *new)
{
  return add_differences (rows, old->incoming, new->incoming) +
         add_differences (rows, old->outgoing, new->outgoing);
}

char *
postweg_server_lines (const PostwegServer *server)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = fields[i].text (server);

      if (*text == '\0')
        continue;
      /* Translators: a field and what stands in it, for instance "Port: 993" */
      g_string_append_printf (lines, _("%s: %s"), _(fields[i].alone), text);
      g_string_append_c (lines, '\n');
    }
  if (lines->len > 0)
    g_string_truncate (lines, lines->len - 1);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
