/* The lab is what it promises: every port greets, sign-in works and fails as said, mail arrives, bad papers are shown. */
#include "lab.h"
#include <gio/gio.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static Lab *lab;

typedef struct {
  GSocketConnection *socket;
  gnutls_certificate_credentials_t credentials;
  gnutls_session_t session; /* NULL: plain text */
} Client;

static gssize
pull (gnutls_transport_ptr_t socket, void *bytes, size_t length)
{
  return g_socket_receive (socket, bytes, length, NULL, NULL);
}

static gssize
push (gnutls_transport_ptr_t socket, const void *bytes, size_t length)
{
  return g_socket_send (socket, bytes, length, NULL, NULL);
}

/* The certificate is kept for judging later; nothing secret but the lab's own passwords goes through. */
static void
start_tls (Client *client)
{
  gnutls_certificate_allocate_credentials (&client->credentials);
  gnutls_certificate_set_x509_trust_file (client->credentials, lab->ca, GNUTLS_X509_FMT_PEM);
  gnutls_init (&client->session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL);
  gnutls_set_default_priority (client->session);
  gnutls_credentials_set (client->session, GNUTLS_CRD_CERTIFICATE, client->credentials);
  gnutls_transport_set_ptr (client->session, g_socket_connection_get_socket (client->socket));
  gnutls_transport_set_pull_function (client->session, pull);
  gnutls_transport_set_push_function (client->session, push);
  gnutls_transport_set_pull_timeout_function (client->session, NULL);
  g_assert_cmpint (gnutls_handshake (client->session), ==, GNUTLS_E_SUCCESS);
}

static Client
open_client (const char *host, LabPort port)
{
  gboolean implicit = port == LAB_IMAPS || port == LAB_POP3S || port == LAB_SMTPS;
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  Client client = { NULL };

  g_socket_client_set_timeout (connector, 10);
  g_socket_client_set_enable_proxy (connector, FALSE);
  client.socket = g_socket_client_connect_to_host (connector, host, lab->ports[port], NULL, &error);
  g_assert_no_error (error);
  if (implicit)
    start_tls (&client);
  return client;
}

static void
client_clear (Client *client)
{
  if (client->session != NULL)
    gnutls_deinit (client->session);
  if (client->credentials != NULL)
    gnutls_certificate_free_credentials (client->credentials);
  g_clear_object (&client->socket);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Client, client_clear)

static void
say (Client *client, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\r\n", NULL);

  if (client->session != NULL)
    gnutls_record_send (client->session, line, strlen (line));
  else
    push (g_socket_connection_get_socket (client->socket), line, strlen (line));
}

static gboolean
read_byte (Client *client, char *byte)
{
  gssize got;

  if (client->session == NULL)
    return pull (g_socket_connection_get_socket (client->socket), byte, 1) == 1;
  /* tickets and the like (TLS 1.3) end a read without data */
  do
    got = gnutls_record_recv (client->session, byte, 1);
  while (got < 0 && !gnutls_error_is_fatal ((int) got));
  return got == 1;
}

static char *
read_line (Client *client)
{
  g_autoptr (GString) line = g_string_new (NULL);
  char byte;

  while (read_byte (client, &byte) && byte != '\n')
    g_string_append_c (line, byte);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Reads up to a line that matches the pattern, or up to the end of the connection. */
static void
hear (Client *client, const char *pattern)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *line = read_line (client);

      g_string_append_printf (all, "%s\n", line);
      if (g_pattern_match_simple (pattern, g_strchomp (line)))
        return;
      if (*line == '\0')
        break;
    }
  g_error ("no line like “%s” in: %s", pattern, all->str);
}

static void
ask (Client *client, const char *text, const char *pattern)
{
  say (client, text);
  hear (client, pattern);
}

static char *
sasl_plain (const LabUser *user)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_c (text, '\0');
  g_string_append (text, user->login);
  g_string_append_c (text, '\0');
  g_string_append (text, user->password);
  return g_base64_encode ((const guchar *) text->str, text->len);
}

static void
sign_in (Client *client, const char *command, const LabUser *user, const char *pattern)
{
  g_autofree char *response = sasl_plain (user);
  g_autofree char *line = g_strdup_printf ("%s %s", command, response);

  ask (client, line, pattern);
}

static const char *const greetings[LAB_N_PORTS] = {
  [LAB_IMAPS] = "* OK *IMAP4rev1*",
  [LAB_IMAP] = "* OK *STARTTLS*",
  [LAB_POP3S] = "+OK *",
  [LAB_POP3] = "+OK *",
  [LAB_SMTPS] = "220 " LAB_HOSTNAME " *",
  [LAB_SUBMISSION] = "220 " LAB_HOSTNAME " *",
  [LAB_SMTP] = "220 " LAB_HOSTNAME " *",
};

static void
test_greetings (gconstpointer host)
{
  for (LabPort port = 0; port < LAB_N_PORTS; port++)
    {
      g_auto (Client) client = open_client (host, port);

      g_test_message ("%s", lab_port_name (port));
      hear (&client, greetings[port]);
    }
}

static void
test_everybody_signs_in (void)
{
  for (const LabUser *user = lab_users (); user->name != NULL; user++)
    {
      g_auto (Client) imap = open_client (LAB_GUARDED_HOST, LAB_IMAPS);
      g_auto (Client) pop3 = open_client (LAB_GUARDED_HOST, LAB_POP3S);
      g_auto (Client) smtp = open_client (LAB_GUARDED_HOST, LAB_SMTPS);

      g_test_message ("%s: %s", user->name, user->remark);
      hear (&imap, "* OK *");
      sign_in (&imap, "a AUTHENTICATE PLAIN", user, "a OK *");
      hear (&pop3, "+OK *");
      sign_in (&pop3, "AUTH PLAIN", user, user->pop3 ? "+OK *" : "-ERR *POP3-access-disabled*");
      hear (&smtp, "220 *");
      sign_in (&smtp, "AUTH PLAIN", user, "235 *");
    }
}

static void
test_wrong_password (void)
{
  LabUser stranger = *lab_user ("alice");
  g_auto (Client) imap = open_client (LAB_GUARDED_HOST, LAB_IMAPS);
  g_auto (Client) smtp = open_client (LAB_GUARDED_HOST, LAB_SMTPS);
  gint64 begin = g_get_monotonic_time ();

  stranger.password = "wrong";
  hear (&imap, "* OK *");
  sign_in (&imap, "a AUTHENTICATE PLAIN", &stranger, "a NO *AUTHENTICATIONFAILED*");
  hear (&smtp, "220 *");
  sign_in (&smtp, "AUTH PLAIN", &stranger, "535 *");
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 2 * G_USEC_PER_SEC);
}

static void
test_tokens (void)
{
  for (guint i = 0; i < 2; i++)
    {
      const LabUser *user = lab_user ("dora");
      g_autofree char *token = lab_token (user, i == 0 ? 600 : -600);
      g_autofree char *text = g_strdup_printf ("user=%s\001auth=Bearer %s\001\001", user->login, token);
      g_autofree char *coded = g_base64_encode ((const guchar *) text, strlen (text));
      g_autofree char *line = g_strdup_printf ("a AUTHENTICATE XOAUTH2 %s", coded);
      g_auto (Client) imap = open_client (LAB_GUARDED_HOST, LAB_IMAPS);

      hear (&imap, "* OK *");
      ask (&imap, line, i == 0 ? "a OK *" : "+ *");
      if (i == 1)
        ask (&imap, "", "a NO *");
    }
}

static void
test_no_sign_in_without_tls (void)
{
  g_auto (Client) imap = open_client (LAB_GUARDED_HOST, LAB_IMAP);
  g_auto (Client) pop3 = open_client (LAB_GUARDED_HOST, LAB_POP3);
  g_auto (Client) smtp = open_client (LAB_GUARDED_HOST, LAB_SUBMISSION);
  g_auto (Client) plain = open_client (LAB_PLAIN_HOST, LAB_IMAP);

  hear (&imap, "* OK *LOGINDISABLED*");
  hear (&pop3, "+OK *");
  ask (&pop3, "USER alice@lab.test", "-ERR *disallowed*");
  hear (&smtp, "220 *");
  ask (&smtp, "EHLO me", "250 *");
  ask (&smtp, "MAIL FROM:<alice@lab.test>", "530 *STARTTLS*");
  hear (&plain, "* OK *");
  sign_in (&plain, "a AUTHENTICATE PLAIN", lab_user ("alice"), "a OK *");
}

static void
test_starttls (void)
{
  g_auto (Client) imap = open_client (LAB_HOST, LAB_IMAP);
  g_auto (Client) pop3 = open_client (LAB_HOST, LAB_POP3);
  g_auto (Client) smtp = open_client (LAB_HOST, LAB_SUBMISSION);

  hear (&imap, "* OK *");
  ask (&imap, "a STARTTLS", "a OK *");
  start_tls (&imap);
  sign_in (&imap, "b AUTHENTICATE PLAIN", lab_user ("bob"), "b OK *");
  hear (&pop3, "+OK *");
  ask (&pop3, "STLS", "+OK *");
  start_tls (&pop3);
  sign_in (&pop3, "AUTH PLAIN", lab_user ("bob"), "+OK *");
  hear (&smtp, "220 *");
  ask (&smtp, "STARTTLS", "220 *");
  start_tls (&smtp);
  sign_in (&smtp, "AUTH PLAIN", lab_user ("bob"), "235 *");
}

static void
send_mail (const char *from, const char *to, const char *subject)
{
  g_autofree char *mail = g_strdup_printf ("MAIL FROM:<%s>", lab_user (from)->address);
  g_autofree char *rcpt = g_strdup_printf ("RCPT TO:<%s>", lab_user (to)->address);
  g_autofree char *text = g_strdup_printf ("Subject: %s\r\n\r\nHello\r\n.", subject);
  g_auto (Client) smtp = open_client (LAB_GUARDED_HOST, LAB_SMTPS);

  hear (&smtp, "220 *");
  ask (&smtp, "EHLO me", "250 *");
  sign_in (&smtp, "AUTH PLAIN", lab_user (from), "235 *");
  ask (&smtp, mail, "250 *");
  ask (&smtp, rcpt, "250 *");
  ask (&smtp, "DATA", "354 *");
  ask (&smtp, text, "250 *");
}

static void
test_mail_arrives (void)
{
  g_autofree char *mail = NULL;

  send_mail ("alice", "dora", "From Alice to Dora");
  mail = lab_find_mail (lab, "dora", "From Alice to Dora", 5000);
  g_assert_nonnull (mail);
  g_assert_nonnull (strstr (mail, "\nHello\n"));
  g_assert_cmpuint (lab_count_mails (lab, "dora", NULL, "From Alice to Dora"), ==, 1);
  g_assert_cmpuint (lab_count_mails (lab, "dora", NULL, "From Alice"), ==, 0);
  g_assert_cmpuint (lab_count_mails (lab, "alice", NULL, "From Alice to Dora"), ==, 0);
}

static void
test_full_mailbox_bounces (void)
{
  g_autofree char *bounce = NULL;

  send_mail ("bob", "full", "One too many");
  bounce = lab_find_mail (lab, "bob", "Undelivered Mail Returned to Sender", 5000);
  g_assert_nonnull (bounce);
  g_assert_nonnull (strstr (bounce, "552 5.2.2"));
  g_assert_cmpuint (lab_count_mails (lab, "full", NULL, "One too many"), ==, 0);
}

static void
test_delivered_by_hand (void)
{
  g_auto (Client) pop3 = open_client (LAB_HOST, LAB_POP3S);

  lab_deliver (lab, "erwin", "By hand");
  hear (&pop3, "+OK *");
  sign_in (&pop3, "AUTH PLAIN", lab_user ("erwin"), "+OK *");
  ask (&pop3, "TOP 1 0", "Subject: By hand");
}

static const struct {
  const char *from;
  const char *to;
  const char *reply;
} refusals[] = {
  { "bob@lab.test", "alice@lab.test", "553 *not owned*" },
  { "alice@lab.test", "somebody@example.org", "554 *Relay access denied*" },
  { "alice@lab.test", "nobody@lab.test", "550 *User unknown*" },
};

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *mail = g_strdup_printf ("MAIL FROM:<%s>", refusals[i].from);
      g_autofree char *rcpt = g_strdup_printf ("RCPT TO:<%s>", refusals[i].to);
      g_auto (Client) smtp = open_client (LAB_GUARDED_HOST, LAB_SMTPS);

      hear (&smtp, "220 *");
      sign_in (&smtp, "AUTH PLAIN", lab_user ("alice"), "235 *");
      ask (&smtp, mail, "250 *");
      ask (&smtp, rcpt, refusals[i].reply);
    }
}

/* A port between providers: no sign-in, mail for the lab's users only. */
static void
test_port_25 (void)
{
  g_auto (Client) smtp = open_client (LAB_GUARDED_HOST, LAB_SMTP);

  hear (&smtp, "220 *");
  sign_in (&smtp, "AUTH PLAIN", lab_user ("alice"), "503 *not enabled*");
  ask (&smtp, "MAIL FROM:<alice@lab.test>", "250 *");
  ask (&smtp, "RCPT TO:<somebody@example.org>", "554 *Relay access denied*");
  ask (&smtp, "RCPT TO:<bob@lab.test>", "250 *");
}

#define NO_ISSUER (GNUTLS_CERT_INVALID | GNUTLS_CERT_SIGNER_NOT_FOUND)

static const guint verdicts[POSTWEG_N_PAPERS] = {
  [POSTWEG_PAPER_OTHER_NAME] = GNUTLS_CERT_INVALID | GNUTLS_CERT_UNEXPECTED_OWNER,
  [POSTWEG_PAPER_EXPIRED] = GNUTLS_CERT_INVALID | GNUTLS_CERT_EXPIRED,
  [POSTWEG_PAPER_NOT_YET_VALID] = GNUTLS_CERT_INVALID | GNUTLS_CERT_NOT_ACTIVATED,
  [POSTWEG_PAPER_SELF_SIGNED] = NO_ISSUER,
  [POSTWEG_PAPER_UNKNOWN_ISSUER] = NO_ISSUER,
  [POSTWEG_PAPER_INCOMPLETE] = NO_ISSUER,
  [POSTWEG_PAPER_ISSUER_EXPIRED] = GNUTLS_CERT_INVALID | GNUTLS_CERT_EXPIRED,
  [POSTWEG_PAPER_WRONG_PURPOSE] = GNUTLS_CERT_INVALID | GNUTLS_CERT_PURPOSE_MISMATCH,
};

static void
check_paper (PostwegPaper paper, LabPort port)
{
  g_auto (Client) client = open_client (lab_bad_host (paper), port);
  gnutls_typed_vdata_st data[] = {
    { .type = GNUTLS_DT_DNS_HOSTNAME, .data = (unsigned char *) lab_bad_host (paper) },
    { .type = GNUTLS_DT_KEY_PURPOSE_OID, .data = (unsigned char *) GNUTLS_KP_TLS_WWW_SERVER }
  };
  gnutls_x509_crt_t leaf;
  guint n, bits, status = 0;
  const gnutls_datum_t *shown = gnutls_certificate_get_peers (client.session, &n);

  g_test_message ("%s at %s", postweg_paper_name (paper), lab_port_name (port));
  g_assert_cmpint (gnutls_certificate_verify_peers (client.session, data, 2, &status), ==, 0);
  g_assert_cmphex (status, ==, verdicts[paper]);
  gnutls_x509_crt_init (&leaf);
  gnutls_x509_crt_import (leaf, &shown[0], GNUTLS_X509_FMT_DER);
  gnutls_x509_crt_get_pk_algorithm (leaf, &bits);
  gnutls_x509_crt_deinit (leaf);
  g_assert_cmpuint (bits, ==, paper == POSTWEG_PAPER_WEAK ? 1024 : 256);
  g_assert_cmpuint (n, ==, paper == POSTWEG_PAPER_SELF_SIGNED || paper == POSTWEG_PAPER_INCOMPLETE ? 1 : 2);
}

static void
test_papers (void)
{
  for (PostwegPaper paper = 0; paper < POSTWEG_N_PAPERS; paper++)
    {
      check_paper (paper, LAB_IMAPS);
      check_paper (paper, LAB_POP3S);
      check_paper (paper, LAB_SMTPS);
    }
}

/* A process that has ended and that nobody has asked about yet does not run. */
static gboolean
runs (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *stat = NULL;

  return g_file_get_contents (path, &stat, NULL, NULL) && strstr (stat, ") Z ") == NULL;
}

static void
test_two_at_once_and_nothing_left (void)
{
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  Lab *second = lab_start (&error);
  g_autofree char *folder = NULL;
  GPid servers[2];

  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 3 * G_USEC_PER_SEC);
  g_assert_cmpuint (second->ports[LAB_IMAPS], !=, lab->ports[LAB_IMAPS]);
  folder = g_strdup (second->folder);
  servers[0] = second->dovecot;
  servers[1] = second->postfix;
  lab_stop (second);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_false (runs (servers[0]));
  g_assert_false (runs (servers[1]));
  test_greetings (LAB_HOST);
}

typedef struct {
  GPid servers[2];
  char folder[64];
} Started;

/* Starts a lab in a process that is killed at once. Returns: what was started */
static Started
start_and_die (void)
{
  Started started = { { 0 } };
  int fds[2];
  pid_t starter;

  g_assert_cmpint (pipe (fds), ==, 0);
  starter = fork ();
  if (starter == 0)
    {
      Lab *own = lab_start (NULL);

      started = (Started){ { own->dovecot, own->postfix } };
      g_strlcpy (started.folder, own->folder, sizeof started.folder);
      if (write (fds[1], &started, sizeof started) == sizeof started)
        raise (SIGKILL);
      _exit (1);
    }
  g_assert_cmpint (read (fds[0], &started, sizeof started), ==, sizeof started);
  waitpid (starter, NULL, 0);
  close (fds[0]);
  close (fds[1]);
  return started;
}

/* Whoever starts a lab may be killed: a guard then ends the servers and removes the folder. */
static void
test_killed_starter (void)
{
  Started started = start_and_die ();

  for (guint i = 0; i < 200 && g_file_test (started.folder, G_FILE_TEST_EXISTS); i++)
    g_usleep (20000);
  g_assert_false (g_file_test (started.folder, G_FILE_TEST_EXISTS));
  g_assert_false (runs (started.servers[0]));
  g_assert_false (runs (started.servers[1]));
}

typedef struct {
  const char *path;
  GTestFunc function;
} Test;

static const Test tests[] = {
  { "/lab/everybody-signs-in", test_everybody_signs_in },
  { "/lab/wrong-password", test_wrong_password },
  { "/lab/tokens", test_tokens },
  { "/lab/no-sign-in-without-tls", test_no_sign_in_without_tls },
  { "/lab/starttls", test_starttls },
  { "/lab/mail-arrives", test_mail_arrives },
  { "/lab/full-mailbox-bounces", test_full_mailbox_bounces },
  { "/lab/delivered-by-hand", test_delivered_by_hand },
  { "/lab/refusals", test_refusals },
  { "/lab/port-25", test_port_25 },
  { "/lab/papers", test_papers },
  { "/lab/killed-starter", test_killed_starter },
  { "/lab/two-at-once-and-nothing-left", test_two_at_once_and_nothing_left },
};

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  lab = lab_start (&error);
  if (lab == NULL)
    {
      g_print ("1..0 # SKIP %s\n", error->message);
      return 0; /* what TAP calls skipped; Meson takes 77 for an error here */
    }
  g_test_add_data_func ("/lab/greetings/host", LAB_HOST, test_greetings);
  g_test_add_data_func ("/lab/greetings/guarded-host", LAB_GUARDED_HOST, test_greetings);
  if (lab->ipv6)
    g_test_add_data_func ("/lab/greetings/ipv6", "::1", test_greetings);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].path, tests[i].function);
  result = g_test_run ();
  lab_stop (lab);
  return result;
}
