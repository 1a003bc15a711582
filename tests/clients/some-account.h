/* Accounts of every kind that a program can keep, at random, with what breaks naive writers. */
#pragma once
#include "clients/clients.h"

/* What breaks naive writers of one format or another. */
static const char *const parts[] = { "\"", "\\", "'", "%",  "%40", "#", ";",       " ", "//",   "/*",
                                     "ü",  "漢", "😀", "a",  "(",   ")", ",",       "$", "${x}", "`",
                                     "=",  "[",  "]", "<b", "&",   "|", "\\u0041", "!", "~",    "^",
                                     "%s", "}",  "{", ":",  "+",   "?", "@",       ">", "*",    "\\n" };

static inline char *
odd_text (const char *start, gboolean only_ascii)
{
  GString *text = g_string_new (start);

  for (int n = g_test_rand_int_range (0, 8); n > 0; n--)
    {
      const char *part = parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))];

      if (!only_ascii || g_str_is_ascii (part))
        g_string_append (text, part);
    }
  g_string_append_c (text, 'z');
  return g_string_free (text, FALSE);
}

static inline gboolean
client_can (const PostwegClient *client, guint ability)
{
  return (client->abilities & ability) != 0;
}

static inline PostwegSecurity
some_security (const PostwegClient *client)
{
  static const guint abilities[] = { POSTWEG_CAN_TLS, POSTWEG_CAN_STARTTLS, POSTWEG_CAN_PLAIN };
  guint security;

  do
    security = (guint) g_test_rand_int_range (0, 3);
  while (!client_can (client, abilities[security]));
  return security;
}

static inline void
choose_auth (const PostwegClient *client, PostwegServer *server)
{
  if (client_can (client, POSTWEG_CAN_ENCRYPTED) && g_test_rand_bit ())
    server->auth = POSTWEG_AUTH_ENCRYPTED;
  else if (server->protocol == POSTWEG_SMTP && client_can (client, POSTWEG_CAN_SEND_OPEN) &&
           g_test_rand_bit ())
    server->auth = POSTWEG_AUTH_NONE;
}

static inline PostwegServer *
some_server (const PostwegClient *client, PostwegProtocol protocol, const char *host)
{
  g_autofree char *user = odd_text ("u", !client_can (client, POSTWEG_CAN_UNICODE));
  guint16 port = (guint16) (g_test_rand_bit () ? 0 : g_test_rand_int_range (1, 65536));
  PostwegServer *server = postweg_server_new (protocol, host, port, some_security (client), user);

  if (client_can (client, POSTWEG_LOSES_QUOTES))
    g_strdelimit (server->user, "\"\\", '_');
  choose_auth (client, server);
  return server;
}

static inline void
choose_pop (const PostwegClient *client, PostwegPopOptions *pop)
{
  pop->keep_on_server =
      !client_can (client, POSTWEG_CAN_TAKE) || (client_can (client, POSTWEG_CAN_KEEP) && g_test_rand_bit ());
  pop->delete_after_days = client_can (client, POSTWEG_CAN_DAYS) ? (guint) g_test_rand_int_range (0, 30) : 0;
  pop->delete_when_deleted = client_can (client, POSTWEG_CAN_DELETE_THERE) && g_test_rand_bit ();
}

static void
replace_server (PostwegServer **server)
{
  PostwegServer *common =
      postweg_server_new ((*server)->protocol, (*server)->host, 0, POSTWEG_TLS, "anna.o'neill+x@example.org");

  postweg_server_free (*server);
  *server = common;
}

/* What a domain publishes holds for everybody in it. */
static void
make_common (PostwegAccount *account)
{
  replace_server (&account->incoming);
  replace_server (&account->outgoing);
}

static inline PostwegAccount *
some_account (const PostwegClient *client)
{
  PostwegProtocol protocol =
      client_can (client, POSTWEG_CAN_POP3) && (g_test_rand_bit () || !client_can (client, POSTWEG_CAN_IMAP))
          ? POSTWEG_POP3
          : POSTWEG_IMAP;
  g_autoptr (PostwegServer) in = some_server (client, protocol, "in.example.org");
  g_autoptr (PostwegServer) out = some_server (client, POSTWEG_SMTP, "out.example.net");
  g_autofree char *name = odd_text ("N", FALSE);
  PostwegAccount *account = postweg_account_new (name, "anna.o'neill+x@example.org", in, out);

  if (!client_can (client, POSTWEG_CAN_OTHER_USER))
    {
      g_free (account->outgoing->user);
      account->outgoing->user = g_strdup (in->user);
    }
  choose_pop (client, &account->pop);
  if (client->kind == POSTWEG_KIND_DOMAIN)
    make_common (account);
  return account;
}
