/* The command that prints a password from the keyring, and the item that it finds. */
#include "clients/terminal/look-up.h"
#include "clients/store.h"
#include <glib/gi18n-lib.h>

#define COMMAND "secret-tool"

char **
postweg_look_up_words (const PostwegServer *server)
{
  const char *words[] = { COMMAND, "lookup",     "service", postweg_protocol_name (server->protocol),
                          "host",  server->host, "user",    server->user,
                          NULL };

  return g_strdupv ((char **) words);
}

static char *
command_line (const PostwegServer *server)
{
  g_auto (GStrv) words = postweg_look_up_words (server);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *quoted = g_shell_quote (words[i]);
      gboolean is_plain =
          words[i][strspn (words[i], G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_./@+:")] == '\0';

      if (is_plain && *words[i] != '\0')
        g_free (quoted);
      else
        {
          g_free (words[i]);
          words[i] = quoted;
        }
    }
  return g_strjoinv (" ", words);
}

char *
postweg_look_up_plan (PostwegPlan *plan, const PostwegServer *server, PostwegSecret *secret)
{
  g_autofree char *tool = g_find_program_in_path (COMMAND);
  g_autofree char *label = NULL;
  PostwegKeyringItem *item;

  if (tool == NULL || secret == NULL)
    return NULL;
  label = g_strdup_printf (_("Mail: %s on %s"), server->user, server->host);
  item = postweg_keyring_item_new ("org.freedesktop.Secret.Generic", label, secret, "service",
                                   postweg_protocol_name (server->protocol), "host", server->host, "user",
                                   server->user, NULL);
  return postweg_plan_keep (plan, item) ? command_line (server) : NULL;
}
