/* c-ares instead of glibc's res_nquery(): a dozen questions share one thread and one socket, and waiting for them can be given up.
 * The questions are our own, since c-ares does not ask for the AD bit. */
#include "wire/dns-query.h"
#include <ares.h>
#include <arpa/nameser.h>
#include <netinet/in.h>
#include <resolv.h>

#define EDNS_SIZE 1232 /* bytes that pass every network unfragmented */
#define TRY_MS 800     /* before a question is repeated; c-ares doubles it each round */
#define TRIES 3
#define AD_BIT 0x20 /* in the second byte of the flags (RFC 6840 5.7) */

typedef struct {
  ares_channel channel;
  gboolean believe;
  guint pending;
} Asking;

typedef struct {
  Asking *asking;
  PostwegDnsType type;
  const char *name;
  gboolean unclear; /* c-ares gave up after answers that it did not show */
  PostwegDnsAnswer *answer;
} Question;

static void
start_library (void)
{
  static gsize started;

  if (g_once_init_enter (&started))
    g_once_init_leave (&started, ares_library_init (ARES_LIB_INIT_ALL) == ARES_SUCCESS ? 1 : 2);
}

/* glibc keeps IPv4 servers in one list and IPv6 servers in another; a row is empty in the one that it is not in. */
static gboolean
is_loopback (const struct __res_state *state, int i)
{
  const struct sockaddr_in6 *six = state->_u._ext.nsaddrs[i];

  if (state->nsaddr_list[i].sin_family == AF_INET)
    return (ntohl (state->nsaddr_list[i].sin_addr.s_addr) >> 24) == IN_LOOPBACKNET;
  return six != NULL && IN6_IS_ADDR_LOOPBACK (&six->sin6_addr);
}

/* Whether nobody can have set the AD bit on the way to us. */
static gboolean
may_believe_system (void)
{
  struct __res_state state = { 0 };
  gboolean believe;

  if (res_ninit (&state) != 0)
    return FALSE;
  believe = state.nscount > 0;
  for (int i = 0; i < state.nscount; i++)
    believe = believe && is_loopback (&state, i);
  believe = believe || (state.options & RES_TRUSTAD) != 0;
  res_nclose (&state);
  return believe;
}

static void
answered (void *data, int status, int timeouts G_GNUC_UNUSED, unsigned char *bytes, int length)
{
  Question *question = data;
  gboolean silent = status == ARES_ETIMEOUT || status == ARES_EDESTRUCTION;

  question->asking->pending--;
  /* silence the second time does not take back what was said the first time */
  if (silent && question->answer != NULL)
    return;
  question->unclear = status == ARES_ECONNREFUSED || status == ARES_ESERVFAIL || status == ARES_EREFUSED;
  g_clear_pointer (&question->answer, postweg_dns_answer_free);
  if (status == ARES_SUCCESS && bytes != NULL && length > 0)
    question->answer =
        postweg_dns_answer_parse (bytes, (gsize) length, question->type, question->asking->believe);
  else
    question->answer = postweg_dns_answer_new (silent ? POSTWEG_DNS_SILENT : POSTWEG_DNS_FAILED);
}

static void
send_question (Asking *asking, Question *question)
{
  unsigned char *packet = NULL;
  int length = 0;

  /* a name that does not fit into a question cannot exist */
  if (ares_create_query (question->name, ns_c_in, (int) question->type, 0, 1, &packet, &length, EDNS_SIZE) !=
      ARES_SUCCESS)
    {
      question->answer = postweg_dns_answer_new (POSTWEG_DNS_NO_NAME);
      return;
    }
  packet[3] |= AD_BIT;
  asking->pending++;
  ares_send (asking->channel, packet, length, answered, question);
  ares_free_string (packet);
}

static gboolean
asking_init (Asking *asking, const char *server, int flags)
{
  struct ares_options options = { .timeout = TRY_MS, .tries = TRIES, .flags = ARES_FLAG_EDNS | flags };

  start_library ();
  if (ares_init_options (&asking->channel, &options, ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES) !=
      ARES_SUCCESS)
    return FALSE;
  if (server != NULL)
    {
      asking->believe = g_str_has_prefix (server, "127.") || g_str_has_prefix (server, "[::1]");
      return ares_set_servers_ports_csv (asking->channel, server) == ARES_SUCCESS;
    }
  asking->believe = may_believe_system ();
  return TRUE;
}

/* The bits are taken apart by hand: c-ares' own macros shift into the sign. */
static guint
sockets_of (ares_channel channel, GPollFD *fds)
{
  ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
  int bits = ares_getsock (channel, sockets, ARES_GETSOCK_MAXNUM);
  guint n = 0;

  for (int i = 0; i < ARES_GETSOCK_MAXNUM; i++)
    {
      gushort events = (((guint) bits >> i) & 1 ? G_IO_IN : 0) |
                       (((guint) bits >> (i + ARES_GETSOCK_MAXNUM)) & 1 ? G_IO_OUT : 0);

      if (events != 0)
        fds[n++] = (GPollFD){ .fd = sockets[i], .events = events };
    }
  return n;
}

static void
handle (ares_channel channel, const GPollFD *fds, guint n)
{
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    if (fds[i].revents != 0)
      {
        any = TRUE;
        ares_process_fd (channel, (fds[i].revents & ~G_IO_OUT) != 0 ? fds[i].fd : ARES_SOCKET_BAD,
                         (fds[i].revents & G_IO_OUT) != 0 ? fds[i].fd : ARES_SOCKET_BAD);
      }
  if (!any)
    ares_process_fd (channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

/* Returns: FALSE when cancelled */
static gboolean
wait_for_all (Asking *asking, const PostwegWait *wait, GError **error)
{
  while (asking->pending > 0 && postweg_wait_left (wait) > 0)
    {
      GPollFD fds[ARES_GETSOCK_MAXNUM];
      guint n = sockets_of (asking->channel, fds);
      struct timeval most = { 1, 0 };
      struct timeval next = { 0, 0 };
      const struct timeval *left = ares_timeout (asking->channel, &most, &next);
      gint64 us = (gint64) left->tv_sec * G_USEC_PER_SEC + left->tv_usec;

      if (!postweg_wait_poll (wait, fds, n, MAX (us, 1000), error))
        return FALSE;
      handle (asking->channel, fds, n);
    }
  return !g_cancellable_set_error_if_cancelled (wait->cancellable, error);
}

static GPtrArray *
collect (Question *questions, guint n)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dns_answer_free);

  for (guint i = 0; i < n; i++)
    {
      if (questions[i].answer == NULL)
        questions[i].answer = postweg_dns_answer_new (POSTWEG_DNS_FAILED);
      g_ptr_array_add (answers, questions[i].answer);
    }
  return answers;
}

/* Asks what has no answer yet, or an unclear one. Returns: FALSE when cancelled */
static gboolean
ask (Question *questions, guint n, const char *server, int flags, const PostwegWait *wait, GError **error)
{
  Asking asking = { NULL };
  gboolean going = TRUE;

  if (asking_init (&asking, server, flags))
    {
      for (guint i = 0; i < n; i++)
        if (questions[i].answer == NULL || questions[i].unclear)
          {
            questions[i].asking = &asking;
            send_question (&asking, &questions[i]);
          }
      going = wait_for_all (&asking, wait, error);
    }
  /* whoever is still waited for is told: no answer */
  g_clear_pointer (&asking.channel, ares_destroy);
  return going;
}

static gboolean
any_unclear (const Question *questions, guint n)
{
  for (guint i = 0; i < n; i++)
    if (questions[i].unclear)
      return TRUE;
  return FALSE;
}

/* First each name server has its turn until one has something to say; where none has, what the first one says is wanted all the same. */
GPtrArray *
postweg_dns_query (const PostwegDnsQuestion *questions, guint n_questions, const char *server,
                   const PostwegWait *wait, GError **error)
{
  g_autofree Question *asked = g_new0 (Question, n_questions);
  g_autoptr (GPtrArray) answers = NULL;
  gboolean going;

  for (guint i = 0; i < n_questions; i++)
    {
      asked[i].name = questions[i].name;
      asked[i].type = questions[i].type;
    }
  going = ask (asked, n_questions, server, 0, wait, error);
  if (going && any_unclear (asked, n_questions))
    going = ask (asked, n_questions, server, ARES_FLAG_NOCHECKRESP, wait, error);
  answers = collect (asked, n_questions);
  return going ? g_steal_pointer (&answers) : NULL;
}
