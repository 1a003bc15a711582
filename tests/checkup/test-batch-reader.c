/* Lists of accounts as people and spreadsheets write them, and as nobody should: what is read, what is said, and that it ends. */
#include "../slower.h"
#include "checkup/batch/reader.h"
#include "model/error.h"
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *folder;

static char *
write_list (const char *text, gssize length, int mode)
{
  char *file = g_build_filename (folder, "list", NULL);

  g_assert_true (g_file_set_contents (file, text, length, NULL));
  g_assert_cmpint (g_chmod (file, mode), ==, 0);
  return file;
}

static void
tell_server (GString *text, const char *name, const PostwegServer *server)
{
  if (server != NULL)
    g_string_append_printf (text, " %s=%s:%s:%u:%s", name, postweg_protocol_name (server->protocol),
                            server->host, server->port, server->user);
}

static void
tell_line (GString *text, const PostwegBatchLine *line)
{
  const PostwegCredentials *credentials = line->credentials;

  g_string_append_printf (text, "%s%u %s", text->len > 0 ? "\n" : "", line->number, line->address);
  if (line->error != NULL)
    {
      g_string_append_printf (text, " ! %s", line->error);
      return;
    }
  if (*line->account->name != '\0')
    g_string_append_printf (text, " name=%s", line->account->name);
  tell_server (text, "in", line->account->incoming);
  tell_server (text, "out", line->account->outgoing);
  if (credentials != NULL && credentials->incoming != NULL)
    g_string_append_printf (text, " pw=%s", postweg_secret_peek (credentials->incoming));
  if (credentials != NULL && credentials->outgoing != NULL &&
      (credentials->incoming == NULL || !postweg_secret_equal (credentials->incoming, credentials->outgoing)))
    g_string_append_printf (text, " opw=%s", postweg_secret_peek (credentials->outgoing));
}

/* Returns: (transfer full): every line, and the names that are not known; or the error with “!!” in front */
static char *
read_all (const char *file, guint most)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegBatchReader) reader = postweg_batch_reader_new (file, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean ended = FALSE;

  g_assert_no_error (error);
  while (!ended)
    {
      g_autoptr (PostwegBatchChunk) chunk = postweg_batch_reader_next (reader, most, NULL, &error);

      if (chunk == NULL)
        return g_strdup_printf ("!! %s", error->message);
      g_assert_cmpuint (chunk->lines->len, <=, most);
      for (guint i = 0; i < chunk->strangers->len; i++)
        g_string_append_printf (text, "%s?%s", text->len > 0 ? "\n" : "",
                                (const char *) g_ptr_array_index (chunk->strangers, i));
      for (guint i = 0; i < chunk->lines->len; i++)
        tell_line (text, g_ptr_array_index (chunk->lines, i));
      ended = chunk->ended;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* tables of small lists */

typedef struct {
  const char *name, *list, *expected;
} Row;

#define NO_COLUMNS "!! The first line of the list must name the columns, and one of them must be “address”."
#define NO_ADDRESS " ! This is no e-mail address that Postweg can use."

/* clang-format off */
static const Row rows[] = {
  { "csv/plain", "address,password\nanna@firm.example,geheim\nbert@firm.example,auch\n", "2 anna@firm.example pw=geheim\n3 bert@firm.example pw=auch" },
  { "csv/no-break-at-end", "address,password\nanna@firm.example,geheim", "2 anna@firm.example pw=geheim" },
  { "csv/crlf", "address,password\r\nanna@firm.example,geheim\r\n", "2 anna@firm.example pw=geheim" },
  { "csv/byte-order-mark", "\xef\xbb\xbf" "address,password\r\nanna@firm.example,geheim\r\n", "2 anna@firm.example pw=geheim" },
  { "csv/quoted-byte-order-mark", "\xef\xbb\xbf\"address\",\"password\"\nanna@firm.example,geheim\n", "2 anna@firm.example pw=geheim" },
  { "csv/semicolons", "address;password\nanna@firm.example;ge,heim\n", "2 anna@firm.example pw=ge,heim" },
  { "csv/tabs", "address\tpassword\nanna@firm.example\tge;he,im\n", "2 anna@firm.example pw=ge;he,im" },
  { "csv/quotes", "address,password\nanna@firm.example,\"ge\"\"he,im\"\n", "2 anna@firm.example pw=ge\"he,im" },
  { "csv/quote-inside", "address,password\nanna@firm.example,ge\"heim\nbert@firm.example,x\n", "2 anna@firm.example pw=ge\"heim\n3 bert@firm.example pw=x" },
  { "csv/only-quotes", "address,password\nanna@firm.example,\"\"\"\"\n", "2 anna@firm.example pw=\"" },
  { "csv/empty-quotes", "address,password\nanna@firm.example,\"\"\n", "2 anna@firm.example" },
  { "csv/break-inside", "address,name,password\nanna@firm.example,Anna,\"ge\nheim\"\nbert@firm.example,,x\n", "2 anna@firm.example name=Anna pw=ge\nheim\n4 bert@firm.example pw=x" },
  { "csv/blanks-belong-to-passwords", "address,password\nanna@firm.example, geheim \n", "2 anna@firm.example pw= geheim " },
  { "csv/blanks-around-names", " Address , PASSWORD\nanna@firm.example,x\n", "2 anna@firm.example pw=x" },
  { "csv/any-order", "password,address\nx,anna@firm.example\n", "2 anna@firm.example pw=x" },
  { "csv/empty-lines", "\n\naddress\n\nanna@firm.example\n  \n\nbert@firm.example\n\n", "5 anna@firm.example\n8 bert@firm.example" },
  { "csv/short-line", "address,password,incoming\nanna@firm.example\n", "2 anna@firm.example" },
  { "csv/other-columns", "address,floor,password\nanna@firm.example,3,x\n", "?floor\n2 anna@firm.example pw=x" },
  { "csv/servers", "address,user,incoming,outgoing\nanna@firm.example,anna7,imaps://imap.firm.example,smtp://smtp.firm.example:2525\n",
    "2 anna@firm.example in=imap:imap.firm.example:993:anna7 out=smtp:smtp.firm.example:2525:anna7" },
  { "csv/user-in-the-server", "address,user,incoming\nanna@firm.example,anna7,pop3s://anna%40x@pop.firm.example\n", "2 anna@firm.example in=pop3:pop.firm.example:995:anna@x" },
  { "csv/address-as-user", "address,incoming\nanna@firm.example,imaps://imap.firm.example\n", "2 anna@firm.example in=imap:imap.firm.example:993:anna@firm.example" },
  { "csv/other-for-sending", "address,password,outgoing,outgoing_user,outgoing_password\nanna@firm.example,x,smtps://smtp.firm.example,relay,y\n", "2 anna@firm.example out=smtp:smtp.firm.example:465:relay pw=x opw=y" },
  { "csv/umlauts", "address,name,password\nanna@müller.example,Anna Müller,geheim ß\n", "2 anna@müller.example name=Anna Müller pw=geheim ß" },
  { "csv/only-columns", "address,password\n", "" },
  { "csv/nothing", "", "" },
  { "csv/only-breaks", "\r\n\r\n\n", "" },
  { "csv/no-columns", "anna@firm.example,geheim\n", NO_COLUMNS },
  { "csv/only-password", "password\ngeheim\n", NO_COLUMNS },
  { "csv/column-twice", "address,password,password\nanna@firm.example,a,b\n", "!! The list has the column “password” twice." },
  { "csv/broken-columns", "\"address\"x,password\nanna@firm.example,a\n", "!! A quotation mark stands where none can be." },
  { "csv/too-many-fields", "address,password\nanna@firm.example,a,b\nbert@firm.example,x\n", "2 anna@firm.example ! This line has more fields than the first line has columns.\n3 bert@firm.example pw=x" },
  { "csv/text-behind-quotes", "address,password\nanna@firm.example,\"a\"b\nbert@firm.example,x\n", "2 anna@firm.example ! A quotation mark stands where none can be.\n3 bert@firm.example pw=x" },
  { "csv/open-quote", "address,password\nanna@firm.example,\"geheim\nbert@firm.example,x\n", "2  ! A quotation mark is not closed.\n3 bert@firm.example pw=x" },
  { "csv/open-quote-at-the-end", "address,password\nanna@firm.example,x\nbert@firm.example,\"", "2 anna@firm.example pw=x\n3  ! A quotation mark is not closed." },
  { "csv/no-address", "address,password\n,x\n", "2  ! The address is missing." },
  { "csv/bad-address", "address,password\nanna,x\n", "2 " NO_ADDRESS },
  { "csv/other-separator", "address,password\nanna@firm.example;geheim\n", "2 " NO_ADDRESS },
  { "csv/mixed-up", "address,user\ngeheim,anna@firm.example\n", "2 " NO_ADDRESS },
  { "csv/no-url", "address,incoming\nanna@firm.example,geheim\n", "2 anna@firm.example ! This is no server address; it should look like imaps://anna@imap.example.org or smtp://anna@smtp.example.org:587." },
  { "csv/wrong-side", "address,incoming\nanna@firm.example,smtps://smtp.firm.example\n", "2 anna@firm.example ! “incoming” must be an imap://, imaps://, pop3:// or pop3s:// address." },
  { "csv/wrong-other-side", "address,outgoing\nanna@firm.example,imaps://smtp.firm.example\n", "2 anna@firm.example ! “outgoing” must be an smtp:// or smtps:// address." },
  { "csv/user-with-break", "address,user\nanna@firm.example,\"a\nb\"\n", "2 anna@firm.example ! A user name has no line breaks." },
  { "csv/no-file", "address,password_file\nanna@firm.example,geheim\n", "2 anna@firm.example ! The password file of this line cannot be read: No such file or directory" },
  { "csv/both", "address,password,password_file\nanna@firm.example,x,y\n", "2 anna@firm.example ! Please give either “password” or “password_file”, not both." },
  { "csv/no-utf8", "address,name\nanna@firm.example,M\xfcller\nbert@firm.example,Bert\n", "2  ! This line is no UTF-8 text.\n3 bert@firm.example name=Bert" },
  { "csv/utf16", "\xff\xfe" "address\n", "!! This is no list of accounts: neither CSV nor JSON lines, in UTF-8." },

  { "json/plain", "{\"address\":\"anna@firm.example\",\"password\":\"geheim\"}\n{\"address\":\"bert@firm.example\"}\n", "1 anna@firm.example pw=geheim\n2 bert@firm.example" },
  { "json/mark-and-crlf", "\xef\xbb\xbf{\"address\":\"anna@firm.example\"}\r\n", "1 anna@firm.example" },
  { "json/escapes", "{\"address\":\"anna@firm.example\",\"password\":\"\\\"\\\\\\/\\t\\u00e4\\ud83d\\ude00\"}", "1 anna@firm.example pw=\"\\/\tä😀" },
  { "json/servers", "{\"address\":\"anna@firm.example\",\"user\":\"a\",\"incoming\":\"imaps://h.example\",\"outgoing\":\"smtps://s.example\",\"outgoing_user\":\"b\",\"outgoing_password\":\"y\"}",
    "1 anna@firm.example in=imap:h.example:993:a out=smtp:s.example:465:b opw=y" },
  { "json/account", "{\"account\":{\"name\":\"Anna\",\"address\":\"anna@firm.example\",\"incoming\":{\"protocol\":\"imap\",\"host\":\"h.example\",\"port\":993,\"security\":\"tls\",\"user\":\"a\",\"auth\":\"password\"}},\"password\":\"x\"}",
    "1 anna@firm.example name=Anna in=imap:h.example:993:a pw=x" },
  { "json/account-and-url", "{\"account\":{},\"incoming\":\"imaps://h.example\"}", "1  ! Please give either “account” or “incoming” and “outgoing”." },
  { "json/account-no-object", "{\"address\":\"anna@firm.example\",\"account\":\"x\"}", "1 anna@firm.example ! “account” must be an object." },
  { "json/nothing-said", "{\"address\":\"anna@firm.example\",\"password\":null,\"user\":\"\"}", "1 anna@firm.example" },
  { "json/others", "{\"address\":\"anna@firm.example\",\"floor\":3}\n{\"address\":\"bert@firm.example\",\"floor\":4}\n", "?floor\n1 anna@firm.example\n2 bert@firm.example" },
  { "json/inner-password", "{\"address\":\"anna@firm.example\",\"more\":{\"password\":\"no\"}}", "?more\n1 anna@firm.example" },
  { "json/last-password", "{\"address\":\"anna@firm.example\",\"password\":\"a\",\"password\":\"b\"}", "1 anna@firm.example pw=b" },
  { "json/password-as-value", "{\"name\":\"password\",\"address\":\"anna@firm.example\"}", "1 anna@firm.example name=password" },
  { "json/number", "{\"address\":\"anna@firm.example\",\"password\":7}", "1 anna@firm.example ! “password” must be text." },
  { "json/hidden-name", "{\"address\":\"anna@firm.example\",\"pass\\u0077ord\":\"x\"}", "1 anna@firm.example ! “password” must be text." },
  { "json/half-character", "{\"address\":\"anna@firm.example\",\"password\":\"\\ud83d\"}", "1  ! This line is no JSON." },
  { "json/half-character-in-a-name", "{\"address\":\"anna@firm.example\",\"name\":\"\\ude00\"}", "1  ! This line is no JSON." },
  { "json/unknown-escape", "{\"address\":\"anna@firm.example\",\"password\":\"\\x41\"}", "1  ! This line is no JSON." },
  { "json/no-nul", "{\"address\":\"anna@firm.example\",\"password\":\"a\\u0000b\"}", "1  ! This line is no JSON." },
  { "json/cut", "{\"address\":\"anna@firm.example\",\"password\":\"geh\n{\"address\":\"bert@firm.example\"}", "1  ! This line is no JSON.\n2 bert@firm.example" },
  { "json/array", "{}\n[\"anna@firm.example\"]\n", "1  ! The address is missing.\n2  ! This line is no JSON object." },
  { "json/no-object", "{\"address\":\"a@firm.example\"}\naddress,password\n", "1 a@firm.example\n2  ! This line is no JSON object." },
  { "json/two", "{\"address\":\"anna@firm.example\"}{\"address\":\"bert@firm.example\"}\n{\"address\":\"carl@firm.example\"} \n", "1  ! This line is no JSON.\n2 carl@firm.example" },
  { "json/more-brackets", "{\"address\":\"anna@firm.example\"}}}]\n{\"address\":\"carl@firm.example\"]\n", "1  ! This line is no JSON.\n2  ! This line is no JSON." },
  { "json/bad-address", "{\"address\":\"geheim\",\"password\":\"x\"}", "1 " NO_ADDRESS },
};
/* clang-format on */

/* However the bytes come in, the lines are the same. */
static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *file = write_list (row->list, -1, 0600);
  g_autofree char *at_once = read_all (file, 64);
  g_autofree char *single = read_all (file, 1);

  g_assert_cmpstr (at_once, ==, row->expected);
  g_assert_cmpstr (single, ==, row->expected);
}

/* hostile lists */

typedef struct {
  const char *name;
  const char *before, *again; /* `again` stands there so many times */
  guint times;
  const char *behind, *expected;
} Flood;

#define GOOD_LAST "\nanna@firm.example,x\n"
/* clang-format off */
static const Flood floods[] = {
  { "long-line", "address,password\nb@firm.example,", "x", 1 << 20, GOOD_LAST, "2  ! This line is too long.\n3 anna@firm.example pw=x" },
  { "long-quoted", "address,password\nb@firm.example,\"", "x", 1 << 20, GOOD_LAST, "2  ! This line is too long.\n3 anna@firm.example pw=x" },
  { "long-last-line", "address,password\nanna@firm.example,x\n", "x", 1 << 20, "", "2 anna@firm.example pw=x\n3  ! This line is too long." },
  { "long-field", "address,password\nb@firm.example,", "x", 5000, GOOD_LAST, "2 b@firm.example ! A field is too long.\n3 anna@firm.example pw=x" },
  { "long-first-line", "address", "x", 1 << 20, GOOD_LAST, "!! This is no list of accounts: neither CSV nor JSON lines, in UTF-8." },
  { "columns", "address", ",a", 100000, GOOD_LAST, "!! This is no list of accounts: neither CSV nor JSON lines, in UTF-8." },
  { "some-columns", "address", ",a", 1000, GOOD_LAST, "!! The list has too many columns." },
  { "fields", "address,password\nb@firm.example", ",a", 20000, GOOD_LAST, "2 b@firm.example ! This line has more fields than the first line has columns.\n3 anna@firm.example pw=x" },
  { "quotes", "address,password\n", "\"", 1 << 20, GOOD_LAST, "2  ! This line is too long.\n3 anna@firm.example pw=x" },
  { "odd-quotes", "address,password\n", "\"", (1 << 20) + 1, GOOD_LAST, "2  ! This line is too long.\n3 anna@firm.example pw=x" },
  { "breaks-first", "", "\n", 1 << 20, "address,password" GOOD_LAST, "1048578 anna@firm.example pw=x" },
  { "breaks-between", "address,password", "\r\n", 1 << 18, GOOD_LAST, "262146 anna@firm.example pw=x" },
  { "separators", "address,password\n", ",", 1 << 16, GOOD_LAST, "2  ! This line has more fields than the first line has columns.\n3 anna@firm.example pw=x" },
  { "json-depth", "{\"address\":", "[", 60000, "\n{\"address\":\"anna@firm.example\"}", "1  ! This line is no JSON.\n2 anna@firm.example" },
  { "json-long", "{\"address\":\"", "x", 1 << 20, "\"}\n{\"address\":\"anna@firm.example\"}", "1  ! This line is too long.\n2 anna@firm.example" },
  { "json-backslashes", "{\"password\":\"", "\\", 60001, "\n{\"address\":\"anna@firm.example\"}", "1  ! This line is no JSON.\n2 anna@firm.example" },
  { "json-field", "{\"address\":\"", "x", 5000, "\"}\n{\"address\":\"anna@firm.example\"}", "1  ! A field is too long.\n2 anna@firm.example" },
};
/* clang-format on */

static void
test_flood (gconstpointer data)
{
  const Flood *flood = data;
  g_autoptr (GString) list = g_string_new (flood->before);
  g_autofree char *file = NULL;
  g_autofree char *told = NULL;
  gint64 begun = g_get_monotonic_time ();

  for (guint i = 0; i < flood->times; i++)
    g_string_append (list, flood->again);
  g_string_append (list, flood->behind);
  file = write_list (list->str, (gssize) list->len, 0600);
  told = read_all (file, 64);
  g_assert_cmpstr (told, ==, flood->expected);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SLOWER * 5 * G_USEC_PER_SEC);
}

static void
test_nul (void)
{
  static const char list[] = "address,password\nanna@firm.example,a\0b\nbert@firm.example,x\n\0\n";
  g_autofree char *file = write_list (list, sizeof list - 1, 0600);
  g_autofree char *told = read_all (file, 64);

  g_assert_cmpstr (told, ==,
                   "2  ! This line holds a NUL byte.\n3 bert@firm.example pw=x\n4  ! This line holds a NUL "
                   "byte.");
}

/* who else can read it */

static void
test_mode (void)
{
  static const struct {
    const char *list;
    int mode;
    gboolean refused;
  } table[] = {
    { "address,password\na@firm.example,x\n", 0600, FALSE },
    { "address,password\na@firm.example,x\n", 0400, FALSE },
    { "address,password\na@firm.example,x\n", 0640, TRUE },
    { "address,password\na@firm.example,x\n", 0604, TRUE },
    { "address,outgoing_password\na@firm.example,x\n", 0644, TRUE },
    { "address,password\n", 0644, TRUE },
    { "address\na@firm.example\n", 0644, FALSE },
    { "{\"address\":\"a@firm.example\",\"password\":\"x\"}\n", 0644, TRUE },
    { "{\"address\":\"a@firm.example\",\"password\":\"\\x\"}\n", 0644,
      FALSE }, /* no JSON, and no password came of it */
    { "{\"address\":\"a@firm.example\"}\n", 0644, FALSE },
    { "{\"address\":\"a@firm.example\"}\n", 0600, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *file = write_list (table[i].list, -1, table[i].mode);
      g_autofree char *told = read_all (file, 64);

      g_test_message ("%o %s", (guint) table[i].mode, told);
      g_assert_cmpint (g_str_has_prefix (told, "!! The list "), ==, table[i].refused);
      g_assert_cmpint (strstr (told, "chmod 600") != NULL, ==, table[i].refused);
    }
}

/* A service manager hands a file over to its service's group; others may not read it even then. */
static void
test_handed_over (void)
{
  static const struct {
    const char *credentials;
    int mode;
    gboolean refused;
  } table[] = {
    { "", 0440, TRUE }, { "/elsewhere", 0440, TRUE }, { NULL, 0440, FALSE }, { NULL, 0444, TRUE }
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *file = write_list ("address,password\na@firm.example,x\n", -1, table[i].mode);
      g_autofree char *told = NULL;

      g_setenv ("CREDENTIALS_DIRECTORY", table[i].credentials != NULL ? table[i].credentials : folder, TRUE);
      told = read_all (file, 64);
      g_assert_cmpint (g_str_has_prefix (told, "!! "), ==, table[i].refused);
    }
  g_unsetenv ("CREDENTIALS_DIRECTORY");
}

/* files with passwords */

static void
test_password_files (void)
{
  static const struct {
    const char *bytes;
    gssize length;
    int mode;
    const char *expected;
  } table[] = {
    { "geheim\n", -1, 0600, "2 a@firm.example pw=geheim" },
    { "geheim\r\n", -1, 0400, "2 a@firm.example pw=geheim" },
    { " ge heim", -1, 0600, "2 a@firm.example pw= ge heim" },
    { "geheim\n", -1, 0644,
      "2 a@firm.example ! Others can read the password file of this line. Please run “chmod 600” on it." },
    { "a\0b", 3, 0600,
      "2 a@firm.example ! The password file of this line cannot be read: this is no password" },
  };
  g_autofree char *file = g_build_filename (folder, "geheim", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *list =
          write_list ("address,password_file\na@firm.example,geheim\n", -1, 0644); /* relative to the list */
      g_autofree char *told = NULL;

      g_remove (file);
      g_assert_true (g_file_set_contents (file, table[i].bytes, table[i].length, NULL));
      g_assert_cmpint (g_chmod (file, table[i].mode), ==, 0);
      told = read_all (list, 64);
      g_assert_cmpstr (told, ==, table[i].expected);
    }
  g_remove (file);
}

/* A device without end, a folder and a pipe that nobody writes to cost no time. */
static void
test_odd_password_files (void)
{
  static const char *const files[] = { "/dev/zero", "/", "pipe" };
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = g_strdup_printf ("address,password_file\na@firm.example,%s\n", files[i]);
      g_autofree char *list = write_list (text, -1, 0600);
      g_autofree char *told = read_all (list, 64);

      g_test_message ("%s: %s", files[i], told);
      g_assert_null (strstr (told, "pw=x"));
      g_assert_true (g_str_has_prefix (told, "2 a@firm.example"));
    }
  g_remove (pipe);
}

/* the way in */

static void
test_no_list (void)
{
  static const char *const files[] = { "/nowhere/list", "/" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (postweg_batch_reader_new (files[i], &error));
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ);
      g_assert_nonnull (strstr (error->message, files[i]));
    }
}

/* Whoever writes into a pipe gets an answer to what is there, byte by byte as it comes, and can stop waiting. */
static void
test_pipe (void)
{
  static const char list[] = "\xef\xbb\xbf"
                             "address,password\nanna@firm.example,x\n";
  int ends[2], saved = dup (STDIN_FILENO);
  g_autoptr (PostwegBatchReader) reader = NULL;
  g_autoptr (PostwegBatchChunk) chunk = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pipe (ends), ==, 0);
  dup2 (ends[0], STDIN_FILENO);
  reader = postweg_batch_reader_new ("-", &error);
  dup2 (saved, STDIN_FILENO);
  close (saved);
  close (ends[0]);
  g_assert_no_error (error);
  g_assert_cmpint (write (ends[1], list, strlen (list)), ==, (gssize) strlen (list));
  chunk = postweg_batch_reader_next (reader, 64, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (chunk->lines->len, ==, 1);
  g_assert_false (chunk->ended);
  g_cancellable_cancel (cancellable);
  g_assert_null (postweg_batch_reader_next (reader, 64, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (postweg_batch_count ("-", NULL), ==, 0);
  close (ends[1]);
}

/* What is counted beforehand is what comes afterwards. */
static void
test_count (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *file = write_list (rows[i].list, -1, 0600);
      guint n = 0;

      for (const char *at = rows[i].expected; at != NULL && *at != '\0'; at = strchr (at, '\n'))
        {
          at += *at == '\n';
          n += g_ascii_isdigit (*at);
        }
      g_test_message ("%s", rows[i].name);
      g_assert_cmpuint (postweg_batch_count (file, NULL), ==, n);
    }
}

/* As many lines as a big firm has, a few at a time; numbers and order stay. */
static void
test_many (void)
{
  g_autoptr (GString) list = g_string_new ("address,password\n");
  g_autofree char *file = NULL;
  g_autoptr (PostwegBatchReader) reader = NULL;
  guint n = 0;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (list, "user-%u@firm.example,\"geheim %u\"\n", i, i);
  file = write_list (list->str, -1, 0600);
  reader = postweg_batch_reader_new (file, NULL);
  for (gboolean ended = FALSE; !ended;)
    {
      g_autoptr (PostwegBatchChunk) chunk = postweg_batch_reader_next (reader, 64, NULL, NULL);

      for (guint i = 0; i < chunk->lines->len; i++, n++)
        {
          const PostwegBatchLine *line = g_ptr_array_index (chunk->lines, i);
          g_autofree char *address = g_strdup_printf ("user-%u@firm.example", n);

          g_assert_cmpuint (line->number, ==, n + 2);
          g_assert_cmpstr (line->address, ==, address);
        }
      ended = chunk->ended;
    }
  g_assert_cmpuint (n, ==, 20000);
}

int
main (int argc, char **argv)
{
  g_autofree char *list = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("postweg-batch-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/batch/list/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (floods); i++)
    {
      g_autofree char *path = g_strconcat ("/batch/flood/", floods[i].name, NULL);

      g_test_add_data_func (path, &floods[i], test_flood);
    }
  g_test_add_func ("/batch/nul", test_nul);
  g_test_add_func ("/batch/mode", test_mode);
  g_test_add_func ("/batch/handed-over", test_handed_over);
  g_test_add_func ("/batch/password-files", test_password_files);
  g_test_add_func ("/batch/odd-password-files", test_odd_password_files);
  g_test_add_func ("/batch/no-list", test_no_list);
  g_test_add_func ("/batch/pipe", test_pipe);
  g_test_add_func ("/batch/count", test_count);
  g_test_add_func ("/batch/many", test_many);
  status = g_test_run ();
  list = g_build_filename (folder, "list", NULL);
  g_remove (list);
  g_rmdir (folder);
  return status;
}
