/* A small client without any wisdom. */
#include "bystander.h"
#include "wire/conn.h"

#define PATIENCE_MS 10000

struct _Bystander {
  GPtrArray *dialogue;
  PostwegTlsFacts *facts;
  PostwegTrust *trust;
  PostwegConn *conn;
};

/* Up to a line that begins so. */
static void
hear (Bystander *bystander, const char *prefix)
{
  PostwegWait wait = postweg_wait_new (PATIENCE_MS, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  do
    {
      g_free (line);
      line = postweg_conn_read_line (bystander->conn, &wait, &error);
      g_assert_no_error (error);
  } while (!g_str_has_prefix (line, prefix));
}

static void
ask (Bystander *bystander, const char *command, const char *secret, const char *prefix)
{
  PostwegWait wait = postweg_wait_new (PATIENCE_MS, NULL);

  g_assert_true (postweg_conn_send (bystander->conn, command, secret, &wait, NULL));
  hear (bystander, prefix);
}

static void
sign_in (Bystander *bystander, const PostwegServer *server, const char *password)
{
  g_autofree char *login = g_strdup_printf ("a1 LOGIN \"%s\" ", server->user);
  g_autofree char *user = g_strdup_printf ("USER %s", server->user);

  if (server->protocol == POSTWEG_IMAP)
    {
      ask (bystander, login, password, "a1 OK");
      ask (bystander, "a2 SELECT INBOX", NULL, "a2 OK");
      return;
    }
  ask (bystander, user, NULL, "+OK");
  ask (bystander, "PASS ", password, "+OK");
}

Bystander *
bystander_new (const PostwegServer *server, const char *password, const char *trust_file)
{
  static const char *const greetings[] = { "* OK", "+OK", "220" };
  Bystander *bystander = g_new0 (Bystander, 1);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (server->host, server->port);
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);
  PostwegWait wait = postweg_wait_new (PATIENCE_MS, NULL);

  g_assert_true (g_socket_connect (socket, address, NULL, NULL));
  g_socket_set_blocking (socket, FALSE);
  bystander->dialogue = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dialogue_line_free);
  bystander->facts = postweg_tls_facts_new (server->host);
  bystander->trust = postweg_trust_new (trust_file, NULL);
  bystander->conn = postweg_conn_new (socket, bystander->dialogue);
  if (server->security == POSTWEG_TLS)
    g_assert_true (postweg_conn_start_tls (bystander->conn, bystander->trust, POSTWEG_TLS_STRICT,
                                           bystander->facts, &wait, NULL, NULL));
  hear (bystander, greetings[server->protocol]);
  if (password != NULL)
    sign_in (bystander, server, password);
  return bystander;
}

void
bystander_free (Bystander *bystander)
{
  if (bystander == NULL)
    return;
  postweg_conn_free (bystander->conn);
  postweg_tls_facts_free (bystander->facts);
  postweg_trust_unref (bystander->trust);
  g_ptr_array_unref (bystander->dialogue);
  g_free (bystander);
}
