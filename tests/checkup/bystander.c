/* A small client without any wisdom. */
#include "bystander.h"
#include "wire/conn.h"

#define PATIENCE_MS 10000
#define TRIES 50
#define BETWEEN_US (100 * 1000)

struct _Bystander {
  GPtrArray *dialogue;
  PostwegTlsFacts *facts;
  PostwegTrust *trust;
  PostwegConn *conn;
};

/* Up to a line that begins so. Returns: FALSE when the server hangs up before */
static gboolean
hear (Bystander *bystander, const char *prefix)
{
  PostwegWait wait = postweg_wait_new (PATIENCE_MS, NULL);
  g_autofree char *line = NULL;

  do
    {
      g_free (line);
      line = postweg_conn_read_line (bystander->conn, &wait, NULL);
      g_test_message ("bystander: %s", line != NULL ? line : "(the end)");
  } while (line != NULL && !g_str_has_prefix (line, prefix));
  return line != NULL;
}

static void
ask (Bystander *bystander, const char *command, const char *secret, const char *prefix)
{
  PostwegWait wait = postweg_wait_new (PATIENCE_MS, NULL);

  g_assert_true (postweg_conn_send (bystander->conn, command, secret, &wait, NULL));
  g_assert_true (hear (bystander, prefix));
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

static gboolean
greet (Bystander *bystander, const PostwegServer *server)
{
  static const char *const greetings[] = { "* OK", "+OK", "220" };
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (server->host, server->port);
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);
  PostwegWait wait = postweg_wait_new (PATIENCE_MS, NULL);

  g_assert_true (g_socket_connect (socket, address, NULL, NULL));
  g_socket_set_blocking (socket, FALSE);
  bystander->conn = postweg_conn_new (socket, bystander->dialogue);
  if (server->security == POSTWEG_TLS &&
      !postweg_conn_start_tls (bystander->conn, bystander->trust, POSTWEG_TLS_STRICT, bystander->facts, &wait,
                               NULL, NULL))
    return FALSE;
  return hear (bystander, greetings[server->protocol]);
}

Bystander *
bystander_new (const PostwegServer *server, const char *password, const char *trust_file)
{
  Bystander *bystander = g_new0 (Bystander, 1);

  bystander->dialogue = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dialogue_line_free);
  bystander->facts = postweg_tls_facts_new (server->host);
  bystander->trust = postweg_trust_new (trust_file, NULL);
  /* the server may still be busy with those who have just left */
  for (guint tries = 0; !greet (bystander, server); tries++)
    {
      g_assert_cmpuint (tries, <, TRIES);
      g_clear_pointer (&bystander->conn, postweg_conn_free);
      g_usleep (BETWEEN_US);
    }
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
