/* The faults that scripts are written for, byte for byte as a client meets them. */
#include "practice/practice.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#define BYTES(text) text, sizeof text - 1

typedef enum { ENDS, ENDS_BY_RESET, STAYS_OPEN } Ending;

typedef struct {
  const char *name;
  const char *script;
  const char *said; /* by the client, at the beginning */
  const char *bytes;
  gsize length;
  Ending ending;
} Fault;

static const Fault faults[] = {
  { "closed-at-once", "CLOSE", NULL, BYTES (""), ENDS },
  { "reset-at-once", "RESET", NULL, BYTES (""), ENDS_BY_RESET },
  { "silent", "HANG", NULL, BYTES (""), STAYS_OPEN },
  { "half-a-greeting", "S- 220 mail.exam\nCLOSE", NULL, BYTES ("220 mail.exam"), ENDS },
  { "half-a-greeting-and-silence", "S- * OK [CAPA\nHANG", NULL, BYTES ("* OK [CAPA"), STAYS_OPEN },
  { "greeting-without-carriage-return", "S- +OK ready\\n\nHANG", NULL, BYTES ("+OK ready\n"), STAYS_OPEN },
  { "nul-in-the-greeting", "S: 220 a\\0b", NULL, BYTES ("220 a\0b\r\n"), ENDS },
  { "refused-by-greeting", "S: 554 5.7.1 no service for you\nCLOSE", NULL,
    BYTES ("554 5.7.1 no service for you\r\n"), ENDS },
  { "continued-without-end", "S: 220-one\nS: 220-two\nHANG", NULL, BYTES ("220-one\r\n220-two\r\n"),
    STAYS_OPEN },
  { "mixed-codes", "S: 250-one\nS: 450 two", NULL, BYTES ("250-one\r\n450 two\r\n"), ENDS },
  { "preauth", "S: * PREAUTH welcome\nC: CAPABILITY\nS: {tag} OK", "x CAPABILITY\r\n",
    BYTES ("* PREAUTH welcome\r\nx OK\r\n"), ENDS },
  { "foreign-service", "S- SSH-2.0-OpenSSH_9.2\\r\\n\nHANG", NULL, BYTES ("SSH-2.0-OpenSSH_9.2\r\n"),
    STAYS_OPEN },
  { "tls-alert-without-handshake", "S- \\x15\\x03\\x01\\x00\\x02\\x02\\x28", NULL,
    BYTES ("\x15\x03\x01\x00\x02\x02\x28"), ENDS },
  { "injection-behind-starttls", "S: 220 hi\nC: STARTTLS\nS- 220 go\\r\\n250 AUTH PLAIN\\r\\n\nHANG",
    "STARTTLS\r\n", BYTES ("220 hi\r\n220 go\r\n250 AUTH PLAIN\r\n"), STAYS_OPEN },
  { "reset-behind-the-password", "S: +OK\nC: USER\nS: +OK\nC: PASS\nRESET", "USER a\r\nPASS b\r\n",
    BYTES ("+OK\r\n+OK\r\n"), ENDS_BY_RESET },
  { "answers-with-another-tag", "S: * OK\nC: LOGIN\nS: other OK", "a LOGIN b c\r\n",
    BYTES ("* OK\r\nother OK\r\n"), ENDS },
  { "answers-before-asked", "S: * OK\nS: a OK logged in\nC: LOGIN\nHANG", "a LOGIN b c\r\n",
    BYTES ("* OK\r\na OK logged in\r\n"), STAYS_OPEN },
};

static int
connect_to (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

/* As many bytes as wanted, and what comes then: the end, a reset or silence. */
static GString *
read_all (int fd, gsize wanted, Ending *ending)
{
  struct timeval patience = { .tv_usec = 100 * 1000 };
  GString *all = g_string_new (NULL);
  char bytes[512];
  gssize got;

  while (all->len < wanted && (got = recv (fd, bytes, sizeof bytes, 0)) > 0)
    g_string_append_len (all, bytes, got);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  got = recv (fd, bytes, sizeof bytes, 0);
  g_assert_cmpint (got, <=, 0);
  *ending = got == 0 ? ENDS : errno == ECONNRESET ? ENDS_BY_RESET : STAYS_OPEN;
  return all;
}

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  PostwegPracticeOptions options = { .script = fault->script };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPractice) practice = postweg_practice_start (&options, &error);
  g_autoptr (GString) all = NULL;
  g_autofree char *complaint = NULL;
  Ending ending;
  int fd;

  g_assert_no_error (error);
  fd = connect_to (postweg_practice_port (practice));
  if (fault->said != NULL)
    g_assert_cmpint (send (fd, fault->said, strlen (fault->said), MSG_NOSIGNAL), ==, strlen (fault->said));
  all = read_all (fd, fault->length, &ending);
  g_assert_cmpmem (all->str, all->len, fault->bytes, fault->length);
  g_assert_cmpint (ending, ==, fault->ending);
  complaint = postweg_practice_complaint (practice);
  g_assert_cmpstr (complaint, ==, NULL);
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/practice/faults/%s", faults[i].name);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  return g_test_run ();
}
