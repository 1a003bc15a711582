/* Where a password is found after the command had it: the memory of the process at its very end, both outputs with all debugging on, and every file
 * below HOME. Nowhere – plain, in base64, percent-encoded or as UTF-16. The server, which is told it, has it. */
#include "../checkup/papers.h"
#include "../checkup/script-rows.h"
#include "command.h"
#include "practice/practice.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECRET "Gänse7&fliegen nach Süden?" /* long, with bytes that every encoding changes */
#define MAX_MAPPING (256 * 1024 * 1024)

static Papers papers;

/* the forms of the secret */

typedef struct {
  char *bytes;
  gsize length;
  const char *name;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_free (form->bytes);
  g_free (form);
}

static void
add_form (GPtrArray *forms, const char *name, char *bytes, gsize length)
{
  Form *form = g_new (Form, 1);

  *form = (Form){ bytes, length, name };
  g_ptr_array_add (forms, form);
}

static GPtrArray *
make_forms (void)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func (form_free);
  gsize length = strlen (SECRET), wide = 0;
  char *utf16 = g_convert (SECRET, -1, "UTF-16LE", "UTF-8", NULL, &wide, NULL);
  char *percent = g_uri_escape_string (SECRET, NULL, FALSE);

  add_form (forms, "plain", g_strdup (SECRET), length);
  add_form (forms, "utf-16", utf16, wide);
  add_form (forms, "percent", percent, strlen (percent));
  for (gsize skip = 0; skip < 3; skip++)
    {
      char *base64 = g_base64_encode ((const guchar *) SECRET + skip, (length - skip) / 3 * 3);

      add_form (forms, "base64", base64, strlen (base64));
    }
  return forms;
}

/* Returns: (transfer none): the form that is in there, or NULL */
static const Form *
find_form (const GPtrArray *forms, const char *bytes, gsize length)
{
  for (guint i = 0; i < forms->len; i++)
    {
      const Form *form = g_ptr_array_index (forms, i);

      if (length >= form->length && memmem (bytes, length, form->bytes, form->length) != NULL)
        return form;
    }
  return NULL;
}

/* memory */

/* Returns: whether the memory could be read */
static gboolean
search_mapping (int fd, const char *line, const GPtrArray *forms, guint *found)
{
  guint64 start = 0, end = 0;
  g_autofree char *bytes = NULL;
  gssize n;
  const Form *form;

  if (sscanf (line, "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x r", &start, &end) != 2 ||
      strstr (line, " rw") == NULL || end - start > MAX_MAPPING)
    return TRUE;
  bytes = g_malloc (end - start);
  n = pread (fd, bytes, end - start, (off_t) start);
  if (n <= 0)
    return strstr (line, "[v") != NULL;
  form = find_form (forms, bytes, (gsize) n);
  if (form == NULL)
    return TRUE;
  g_test_message ("%s form of the secret in %s", form->name, line);
  (*found)++;
  return TRUE;
}

static gboolean
search_memory (pid_t pid, const GPtrArray *forms, guint *found)
{
  g_autofree char *maps_path = g_strdup_printf ("/proc/%d/maps", pid);
  g_autofree char *memory_path = g_strdup_printf ("/proc/%d/mem", pid);
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  int fd = open (memory_path, O_RDONLY | O_CLOEXEC);
  gboolean readable = fd >= 0 && g_file_get_contents (maps_path, &maps, NULL, NULL);

  lines = g_strsplit (maps != NULL ? maps : "", "\n", -1);
  for (guint i = 0; readable && lines[i] != NULL && *lines[i] != '\0'; i++)
    readable = search_mapping (fd, lines[i], forms, found);
  if (fd >= 0)
    close (fd);
  return readable;
}

/* the run */

typedef struct {
  const char *name;
  const char *incoming; /* script */
  PostwegProtocol protocol;
  const char *how; /* the option that hands the password over */
  const char *more;
  guint in_buffers; /* copies in the decrypted records that GnuTLS keeps: what a server says back */
} Row;

static const Row rows[] = {
  { "plain", "TLS\n" IMAP_GOOD, POSTWEG_IMAP, "--password-file=", "--json" },
  { "plain/transcript", "TLS\n" IMAP_GOOD, POSTWEG_IMAP, "--password-file=", "--transcript" },
  { "plain/by-descriptor", "TLS\n" IMAP_GOOD, POSTWEG_IMAP, "--password-fd=", "--json" },
  { "login-with-literal",
    "TLS\nS: * OK [CAPABILITY IMAP4rev1] ready\nLOOP\nON LOGIN\nS: + go\nC{}\nC+\nS: + go\nC{}\nC+\nS: * "
    "OK\nON\nS: {tag} OK\nEND\n",
    POSTWEG_IMAP, "--password-file=", "--transcript" },
  { "refused", IMAP_NO ("no, " SECRET " is wrong"), POSTWEG_IMAP, "--password-file=", "--transcript", 1 },
  { "pop3-user", "TLS\nS: +OK\nLOOP\n" POP3_CAPA ("S: USER\n") POP3_USER_OK POP3_REST, POSTWEG_POP3,
    "--password-file=", "--transcript" },
};

static char *
write_account (const char *home, const Row *row, PostwegPractice *incoming, PostwegPractice *outgoing)
{
  g_autofree char *text = g_strdup_printf (
      "{\"name\":\"Anna\",\"address\":\"" SENDER
      "\",\"incoming\":{\"protocol\":\"%s\",\"host\":\"127.0.0.1\",\"port\":%u,"
      "\"security\":\"tls\",\"user\":\"" USER
      "\",\"auth\":\"password\"},\"outgoing\":{\"protocol\":\"smtp\",\"host\":"
      "\"127.0.0.1\",\"port\":%u,\"security\":\"tls\",\"user\":\"" USER "\",\"auth\":\"password\"}}",
      postweg_protocol_name (row->protocol), postweg_practice_port (incoming),
      postweg_practice_port (outgoing));
  char *path = g_build_filename (home, "account.json", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static int
open_out (const char *home, const char *name)
{
  g_autofree char *path = g_build_filename (home, name, NULL);

  return open (path, O_RDWR | O_CREAT | O_TRUNC, 0600);
}

/* In the child: never returns. */
static void
become_command (const char *home, const char *account, const char *how, const char *more)
{
  g_autofree char *account_option = g_strconcat ("--account=", account, NULL);
  g_autofree char *trust_option = g_strconcat ("--trust-file=", papers.ca, NULL);
  const char *arguments[] = {
    g_getenv ("POSTWEG_CLI"), "test", account_option, trust_option, how, more, NULL
  };
  char *environment[] = { g_strconcat ("HOME=", home, NULL),
                          g_strconcat ("XDG_RUNTIME_DIR=", home, NULL),
                          g_strdup ("G_MESSAGES_DEBUG=all"),
                          g_strdup ("GNUTLS_DEBUG_LEVEL=9"),
                          g_strdup ("LC_ALL=C.UTF-8"),
                          g_strdup ("PATH=/usr/bin:/bin"),
                          NULL };

  dup2 (open_out (home, "out"), 1);
  dup2 (open_out (home, "err"), 2);
  ptrace (PTRACE_TRACEME, 0, NULL, NULL);
  raise (SIGSTOP);
  execve (arguments[0], (char *const *) arguments, environment);
  _exit (127);
}

/* Lets it run to its last moment, when its memory is still there. Returns: its exit status, -1 if it cannot be traced */
static int
run_to_the_end (pid_t pid, const GPtrArray *forms, guint *found, gboolean *searched)
{
  int status, signal_number = 0;

  waitpid (pid, &status, 0);
  if (ptrace (PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACEEXIT | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL) !=
      0)
    return -1;
  ptrace (PTRACE_CONT, pid, NULL, NULL);
  while (TRUE)
    {
      pid_t who = waitpid (-1, &status, __WALL);

      if (who == pid && (WIFEXITED (status) || WIFSIGNALED (status)))
        return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
      if (!WIFSTOPPED (status))
        continue;
      signal_number = WSTOPSIG (status);
      if (status >> 8 == (SIGTRAP | (PTRACE_EVENT_EXIT << 8)) && who == pid)
        *searched = search_memory (pid, forms, found);
      if (signal_number == SIGTRAP || signal_number == SIGSTOP)
        signal_number = 0;
      ptrace (PTRACE_CONT, who, NULL, (void *) (glong) signal_number);
    }
}

/* Every file below the folder but the one that the person has written. */
static void
search_files (const char *folder, const GPtrArray *forms, guint *found, guint *files)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        search_files (path, forms, found, files);
      else if (strcmp (name, "password") != 0 && g_file_get_contents (path, &bytes, &length, NULL))
        {
          const Form *form = find_form (forms, bytes, length);

          (*files)++;
          *found += form != NULL;
          if (form != NULL)
            g_test_message ("%s form of the secret in %s", form->name, path);
        }
    }
}

static PostwegPractice *
start (const char *script)
{
  PostwegPracticeOptions options = { .script = script, .certificate = papers.certificate, .key = papers.key };
  PostwegPractice *practice = postweg_practice_start (&options, NULL);

  g_assert_nonnull (practice);
  return practice;
}

static char *
password_option (const Row *row, const char *home, int *fd)
{
  g_autofree char *path = g_build_filename (home, "password", NULL);

  g_assert_true (g_file_set_contents (path, SECRET "\n", -1, NULL));
  g_chmod (path, 0600);
  *fd = open (path, O_RDONLY);
  if (strcmp (row->how, "--password-fd=") == 0)
    return g_strdup_printf ("%s%d", row->how, *fd);
  return g_strconcat (row->how, path, NULL);
}

static gboolean
was_told (PostwegPractice *practice, const GPtrArray *forms)
{
  g_autofree char *heard = postweg_practice_heard (practice);

  return find_form (forms, heard, strlen (heard)) != NULL;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *home = g_dir_make_tmp ("postweg-secrets-XXXXXX", NULL);
  g_autoptr (GPtrArray) forms = make_forms ();
  g_autoptr (PostwegPractice) incoming = start (row->incoming);
  g_autoptr (PostwegPractice) outgoing = start ("TLS\n" SMTP_GOOD);
  g_autofree char *account = write_account (home, row, incoming, outgoing);
  int fd;
  g_autofree char *how = password_option (row, home, &fd);
  guint in_memory = 0, in_files = 0, files = 0;
  gboolean searched = FALSE;
  pid_t pid = fork ();
  int status;

  if (pid == 0)
    become_command (home, account, how, row->more);
  status = run_to_the_end (pid, forms, &in_memory, &searched);
  close (fd);
  search_files (home, forms, &in_files, &files);
  g_test_message ("exit %d, memory %s, %u files", status, searched ? "searched" : "cannot be read", files);
  if (status < 0 || !searched)
    g_test_skip ("the memory of a process that is closed to others can be read by root only");
  g_assert_true (was_told (incoming, forms) || was_told (outgoing, forms));
  g_assert_cmpuint (in_files, ==, 0);
  g_assert_cmpuint (in_memory, <=, row->in_buffers);
  g_assert_cmpuint (files, >=, 3);
  command_remove (home);
}

/* The search itself finds what is there. */
static void
test_search_finds (void)
{
  g_autoptr (GPtrArray) forms = make_forms ();
  g_autofree char *together = g_base64_encode ((const guchar *) "\0anna\0" SECRET, 6 + strlen (SECRET));
  volatile char here[] = SECRET;
  guint found = 0;

  g_assert_nonnull (find_form (forms, together, strlen (together)));
  g_assert_true (search_memory (getpid (), forms, &found));
  g_assert_cmpuint (found, >, 0);
  g_assert_cmpint (here[0], ==, 'G');
}

/* While it waits for a server, nobody but root may look: the kernel gives such processes to root. */
static void
test_closed_to_others (void)
{
  g_autofree char *home = g_dir_make_tmp ("postweg-secrets-XXXXXX", NULL);
  g_autoptr (PostwegPractice) silent = start ("HANG\n");
  g_autofree char *account = write_account (home, &rows[0], silent, silent);
  g_autofree char *account_option = g_strconcat ("--account=", account, NULL);
  struct stat facts = { .st_uid = 1 };
  pid_t pid;

  if (getuid () != 0)
    {
      g_test_skip ("whom a process belongs to can be seen when it is not ours");
      return;
    }
  g_chmod (home, 0755);
  pid = fork ();
  if (pid == 0)
    {
      if (setgid (65534) != 0 || setuid (65534) != 0)
        _exit (77);
      dup2 (open ("/dev/null", O_RDWR), 0);
      dup2 (0, 1);
      dup2 (0, 2);
      execl (g_getenv ("POSTWEG_CLI"), "postweg-cli", "test", account_option, NULL);
      _exit (127);
    }
  for (guint i = 0; i < 6000 && postweg_practice_connections (silent) == 0; i++)
    g_usleep (10 * 1000);
  {
    g_autofree char *memory = g_strdup_printf ("/proc/%d/mem", pid);

    g_assert_cmpint (stat (memory, &facts), ==, 0);
  }
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  g_assert_cmpuint (facts.st_uid, ==, 0);
  command_remove (home);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  papers_make (&papers);
  g_test_add_func ("/cli/secrets/search-finds", test_search_finds);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/secrets/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/cli/secrets/closed-to-others", test_closed_to_others);
  g_test_set_nonfatal_assertions ();
  result = g_test_run ();
  papers_remove (&papers);
  return result;
}
