/* postweg-lab [exim|cyrus|courier]…: starts a lab, says in one line of JSON how to reach it, and ends it when its input ends. */
#include "lab.h"
#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <unistd.h>

static void
set_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_ports (JsonBuilder *builder, const Lab *lab)
{
  json_builder_set_member_name (builder, "ports");
  json_builder_begin_object (builder);
  for (LabPort port = 0; port < LAB_N_PORTS; port++)
    {
      json_builder_set_member_name (builder, lab_port_name (port));
      json_builder_add_int_value (builder, lab->ports[port]);
    }
  json_builder_end_object (builder);
}

static void
add_papers (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "certificate_hosts");
  json_builder_begin_object (builder);
  for (PostwegPaper paper = 0; paper < POSTWEG_N_PAPERS; paper++)
    set_string (builder, postweg_paper_name (paper), lab_bad_host (paper));
  json_builder_end_object (builder);
}

static void
add_users (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "users");
  json_builder_begin_object (builder);
  for (const LabUser *user = lab_users (); user->name != NULL; user++)
    {
      g_autofree char *token = lab_token (user, 24 * 60 * 60);

      json_builder_set_member_name (builder, user->name);
      json_builder_begin_object (builder);
      set_string (builder, "login", user->login);
      set_string (builder, "address", user->address);
      set_string (builder, "password", user->password);
      set_string (builder, "token", token);
      set_string (builder, "remark", user->remark);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
describe (const Lab *lab)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  set_string (builder, "host", LAB_HOST);
  set_string (builder, "guarded_host", LAB_GUARDED_HOST);
  set_string (builder, "plain_host", LAB_PLAIN_HOST);
  set_string (builder, "folder", lab->folder);
  set_string (builder, "ca", lab->ca);
  add_ports (builder, lab);
  add_papers (builder);
  add_users (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  text = json_to_string (node, FALSE);
  printf ("%s\n", text);
  fflush (stdout);
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_input (int fd, GIOCondition condition, gpointer loop)
{
  char bytes[256];

  (void) condition;
  if (read (fd, bytes, sizeof bytes) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static gboolean
add_makers (Lab *lab, char **names, GError **error)
{
  static const char *const makers[LAB_N_MAKERS] = { "exim", "cyrus", "courier" };

  for (guint i = 0; names[i] != NULL; i++)
    for (LabMaker maker = 0; maker < LAB_N_MAKERS; maker++)
      if (g_str_equal (names[i], makers[maker]) && !lab_add (lab, maker, error))
        return FALSE;
  return TRUE;
}

int
main (int argc G_GNUC_UNUSED, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (Lab) lab = NULL;

  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGHUP, on_signal, loop);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, loop);
  lab = lab_start (&error);
  if (lab == NULL || !add_makers (lab, argv + 1, &error))
    {
      g_printerr ("%s\n", error->message);
      return 77; /* what a test calls skipped */
    }
  describe (lab);
  g_main_loop_run (loop);
  return 0;
}
