/* Walks over widgets instead of knowing how a page is built: the tests break when a person would be lost, not before. */
#include "widgets.h"
#include <stdlib.h>
#include <string.h>

void
test_turn (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (500);
  } while (g_get_monotonic_time () < end);
}

static gboolean
has_accessible_name (GtkWidget *widget, const char *name)
{
  g_autofree char *other =
      gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return other == NULL;
}

const char *
test_button_words (GtkWidget *button)
{
  GtkWidget *child = gtk_button_get_child (GTK_BUTTON (button));

  return ADW_IS_BUTTON_CONTENT (child) ? adw_button_content_get_label (ADW_BUTTON_CONTENT (child))
                                       : gtk_button_get_label (GTK_BUTTON (button));
}

gboolean
test_is_named (GtkWidget *widget, const char *name)
{
  if (has_accessible_name (widget, name))
    return TRUE;
  if (GTK_IS_BUTTON (widget))
    return g_strcmp0 (test_button_words (widget), name) == 0;
  if (ADW_IS_PREFERENCES_ROW (widget))
    return g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) == 0;
  if (ADW_IS_PREFERENCES_GROUP (widget))
    return g_strcmp0 (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget)), name) == 0;
  return FALSE;
}

GtkWidget *
test_find (gpointer root, GType type, const char *name)
{
  GtkWidget *widget = GTK_WIDGET (root);

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (name == NULL || test_is_named (widget, name)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = test_find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
test_get (gpointer root, GType type, const char *name)
{
  GtkWidget *widget = test_find (root, type, name);

  if (widget == NULL)
    g_error ("There is no %s called “%s”", g_type_name (type), name != NULL ? name : "anything");
  return widget;
}

gboolean
test_says (gpointer root, const char *part)
{
  GtkWidget *widget = GTK_WIDGET (root);

  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (test_says (child, part))
      return TRUE;
  return FALSE;
}

void
test_press (gpointer root, const char *name)
{
  GtkWidget *button = test_get (root, GTK_TYPE_BUTTON, name);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  test_turn (0);
}

/* For pictures: another size and direction; the rest is up to ADW_DEBUG_COLOR_SCHEME and ADW_DEBUG_HIGH_CONTRAST. */
static void
set_look (TestWindow *test)
{
  const char *size = g_getenv ("POSTWEG_PICTURE_SIZE");
  const char *height = size != NULL ? strchr (size, 'x') : NULL;

  if (g_getenv ("POSTWEG_PICTURE_MIRRORED") != NULL)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (height != NULL)
    gtk_window_set_default_size (GTK_WINDOW (test->window), atoi (size), atoi (height + 1));
}

TestWindow *
test_window_new (void)
{
  return test_window_new_sized (0, 0);
}

TestWindow *
test_window_new_sized (int width, int height)
{
  TestWindow *test = g_new0 (TestWindow, 1);
  GtkIconTheme *icons = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  /* what an application does for its windows */
  if (!gtk_icon_theme_has_icon (icons, "postweg-network-symbolic"))
    {
      GtkCssProvider *style = gtk_css_provider_new ();

      gtk_icon_theme_add_resource_path (icons, "/org/postweg/Postweg/icons");
      gtk_css_provider_load_from_resource (style, "/org/postweg/Postweg/style.css");
      gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
      g_object_unref (style);
    }
  test->journey = postweg_journey_new ();
  test->window = postweg_window_new (NULL, test->journey);
  g_object_ref (test->window);
  set_look (test);
  if (width > 0)
    gtk_window_set_default_size (GTK_WINDOW (test->window), width, height);
  gtk_window_present (GTK_WINDOW (test->window));
  test_turn (20);
  return test;
}

void
test_window_free (TestWindow *test)
{
  gtk_window_close (GTK_WINDOW (test->window));
  test_turn (20);
  g_object_unref (test->window);
  g_object_unref (test->journey);
  g_free (test);
}

PostwegPage *
test_page (TestWindow *test)
{
  return POSTWEG_PAGE (test_get (test->window, POSTWEG_TYPE_PAGE, NULL));
}

PostwegPage *
test_show (TestWindow *test, GType page)
{
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (test->window), "win.show-page", "s", g_type_name (page)));
  test_turn (20);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (test_page (test)), ==, g_type_name (page));
  return test_page (test);
}

void
test_fill (TestWindow *test, const char *address, guint16 incoming_port, guint16 outgoing_port)
{
  g_autoptr (PostwegServer) incoming =
      postweg_server_new (POSTWEG_IMAP, "127.0.0.1", incoming_port, POSTWEG_TLS, address);
  g_autoptr (PostwegServer) outgoing =
      postweg_server_new (POSTWEG_SMTP, "127.0.0.1", outgoing_port, POSTWEG_TLS, address);
  g_autoptr (PostwegAccount) account = postweg_account_new ("Anna", address, incoming, outgoing);

  postweg_journey_set_person (test->journey, "Anna", address);
  postweg_journey_take_discovery (test->journey, postweg_checkup_recognise (address));
  postweg_journey_set_account (test->journey, account);
}

static guint16
listen_somewhere (GSocketListener *listener)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) anywhere = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;

  g_assert_true (g_socket_listener_add_address (listener, anywhere, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &address, NULL));
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

guint16
test_silent_port (void)
{
  static GSocketListener *listener;
  static guint16 port;

  /* the kernel takes connections for it; nobody reads them */
  if (listener == NULL)
    {
      listener = g_socket_listener_new ();
      port = listen_somewhere (listener);
    }
  return port;
}

guint16
test_closed_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = listen_somewhere (listener);

  g_socket_listener_close (listener);
  return port;
}

void
test_scroll (gpointer root, double share)
{
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (test_get (root, GTK_TYPE_SCROLLED_WINDOW, NULL));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scrolled);

  test_turn (100);
  gtk_adjustment_set_value (adjustment, share * gtk_adjustment_get_upper (adjustment));
  test_turn (50);
}

void
test_picture (TestWindow *test, const char *name)
{
  const char *folder = g_getenv ("POSTWEG_PICTURES");
  g_autofree char *file = folder != NULL ? g_strdup_printf ("%s/%s.png", folder, name) : NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  if (file != NULL)
    test_turn (400);
  paintable = gtk_widget_paintable_new (GTK_WIDGET (test->window));
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (test->window)), node, NULL);
  gsk_render_node_unref (node);
  if (file != NULL)
    g_assert_true (gdk_texture_save_to_png (texture, file));
}
