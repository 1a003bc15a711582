/* Settings files in every bad state, for every program that keeps accounts in one: said plainly, nothing written, nothing lost. */
#include "clients/apply.h"
#include "clients/clients.h"
#include "clients/terminal/config-parser.h"
#include "clients/terminal/fetchmailrc.h"
#include "clients/folders.h"
#include "clients/terminal/mail-url.h"
#include "clients/mailbox.h"
#include "clients/text-program.h"
#include "clients/terminal/toml.h"
#include "model/error.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static PostwegAccount *
an_account (void)
{
  g_autoptr (PostwegServer) in = postweg_server_new (POSTWEG_IMAP, "in.example.org", 0, POSTWEG_TLS, "anna");
  g_autoptr (PostwegServer) out =
      postweg_server_new (POSTWEG_SMTP, "out.example.org", 0, POSTWEG_TLS, "anna");

  return postweg_account_new ("Anna", "anna@example.org", in, out);
}

/* Makes the state at `path`. */
static void
make_nul (const char *path)
{
  g_assert_true (g_file_set_contents (path, "# one\n# two\nx\0y\n", 16, NULL));
}

static void
make_folder (const char *path)
{
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_dangling (const char *path)
{
  g_assert_cmpint (symlink ("/nowhere/at/all", path), ==, 0);
}

static void
make_circle (const char *path)
{
  g_assert_cmpint (symlink (path, path), ==, 0);
}

static void
make_pipe (const char *path)
{
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

static void
make_huge (const char *path)
{
  g_autofree char *text = g_strnfill (9 * 1024 * 1024, '#');

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static const struct {
  const char *name;
  void (*make) (const char *path);
  int code; /* of the plan; -1: it goes through */
  const char *says;
} states[] = {
  { "nul", make_nul, POSTWEG_ERROR_BAD_FORMAT, "line 3" },
  { "folder", make_folder, POSTWEG_ERROR_CANNOT_READ, NULL },
  { "pipe", make_pipe, POSTWEG_ERROR_CANNOT_READ, NULL },
  { "huge", make_huge, POSTWEG_ERROR_CANNOT_READ, NULL },
  { "circle", make_circle, POSTWEG_ERROR_CANNOT_READ, NULL },
  { "dangling", make_dangling, -1, NULL },
};

static char *
main_file (const PostwegClient *client, const char *folder)
{
  const PostwegTextProgram *details = client->details;
  g_autofree char *name = g_path_get_basename (details->new_place);

  return g_build_filename (folder, name, NULL);
}

typedef struct {
  const PostwegClient *client;
  guint state;
} Case;

static void
test_state (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *path = main_file (one->client, home);
  g_autoptr (PostwegAccount) account = an_account ();
  PostwegExport export = { .home = home };
  struct stat before, after;
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = NULL;

  /* a folder is where the file would be put into */
  if (states[one->state].make == make_folder)
    path = (g_free (path), g_build_filename (home, "f", NULL));
  export.profile = path;
  states[one->state].make (path);
  g_assert_cmpint (lstat (path, &before), ==, 0);
  plan = postweg_client_plan (one->client, account, &export, &error);
  g_assert_cmpint (lstat (path, &after), ==, 0);
  g_assert_cmpint (before.st_ino, ==, after.st_ino);
  g_assert_cmpint (before.st_size, ==, after.st_size);
  if (states[one->state].code < 0 || states[one->state].make == make_folder)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_null (plan);
  g_assert_error (error, POSTWEG_ERROR, states[one->state].code);
  g_assert_nonnull (strstr (error->message, path));
  if (states[one->state].says != NULL)
    g_assert_nonnull (strstr (error->message, states[one->state].says));
}

/* Bytes that are no UTF-8, somebody else's line ends and a byte order mark stay as they are. */
static void
test_foreign_bytes (gconstpointer data)
{
  const PostwegClient *client = data;
  static const char foreign[] = "# J\xfcrgen\r\n# \xff\xfe\r\n";
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *path = main_file (client, home);
  g_autofree char *state = g_build_filename (home, "state", NULL);
  g_autoptr (PostwegAccount) account = an_account ();
  const PostwegExport export = { .home = home, .profile = path };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = NULL;
  g_autofree char *now = NULL;

  g_assert_true (g_file_set_contents (path, foreign, -1, NULL));
  plan = postweg_client_plan (client, account, &export, &error);
  g_assert_no_error (error);
  postweg_plan_apply (plan, state, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &now, NULL, NULL));
  g_assert_true (g_str_has_prefix (now, foreign));
  g_assert_true (postweg_client_has (client, plan));
}

/* Links of people who keep their settings elsewhere stay links. */
static void
test_link (gconstpointer data)
{
  const PostwegClient *client = data;
  g_autoptr (Folder) home = folder_new ();
  g_autofree char *path = main_file (client, home);
  g_autofree char *target = g_build_filename (home, "dotfiles", NULL);
  g_autofree char *state = g_build_filename (home, "state", NULL);
  g_autoptr (PostwegAccount) account = an_account ();
  const PostwegExport export = { .home = home, .profile = path };
  g_autoptr (GError) error = NULL;
  g_autoptr (PostwegPlan) plan = NULL;

  g_assert_true (g_file_set_contents_full (target, "# mine\n", -1, G_FILE_SET_CONTENTS_NONE, 0640, NULL));
  g_assert_cmpint (symlink (target, path), ==, 0);
  plan = postweg_client_plan (client, account, &export, &error);
  g_assert_no_error (error);
  postweg_plan_apply (plan, state, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (postweg_client_has (client, plan));
}

/* Encoded words that decode to no text, or to more than a line, are left as they stand. */
static void
test_encoded_nonsense (void)
{
  static const char *const texts[] = { "=?UTF-8?B?Q/W5uYQ==?= <a@b.example>",
                                       "=?UTF-8?Q?a=0Ab?= <a@b.example>" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *name = NULL, *address = NULL;

      postweg_mailbox_parse (texts[i], &name, &address);
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_null (strpbrk (name, "\r\n"));
      g_assert_cmpstr (address, ==, "a@b.example");
    }
}

/* What the fuzzer found: a new key must neither become the rest of a value nor take one away. */
static void
test_new_key_in_lines (void)
{
  static const PostwegDialect slashes = { .section = postweg_lines_bracket,
                                          .separators = "=",
                                          .comments = "#",
                                          .between = " = ",
                                          .slash_continues = TRUE };
  static const struct {
    const PostwegDialect *dialect;
    const char *before, *after;
  } table[] = {
    { &slashes, "[a]\nk = 1\\\n", "[a]\nk = 1\\\n\nkey = v\n" },
    { &slashes, "[a]\nk = 1\\", "[a]\nk = 1\\\n\nkey = v\n" },
    { &slashes, "[a]\nk = 1\\\n\nkey = 2\n", "[a]\nk = 1\\\n\nkey = v\n" },
    { &slashes, "[a]\nk = 1\\\n2\n", "[a]\nk = 1\\\n2\nkey = v\n" },
    { &postweg_config_parser, "[a]\n  k1 = 1\nk2 = 2\n", "[a]\n  k1 = 1\nk2 = 2\nkey = v\n" },
    { &postweg_config_parser, "[a]\nk1 = 1\n# c\n  more\n", "[a]\nk1 = 1\n# c\n  more\nkey = v\n" },
    { &postweg_config_parser, "[a]\n#\n \rx\n", "[a]\n#\n \rx\nkey = v\n" },
    { &postweg_config_parser, "[a]\n  # = c\n", "[a]\n  # = c\nkey = v\n" },
    { &postweg_config_parser, "[a]\nkey \n : x\n", "[a]\nkey = v\nkey \n : x\n" },
    { &postweg_toml, "[a]\nkey\r= 5\n", "[a]\nkey\r= v\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GBytes) file = g_bytes_new_static (table[i].before, strlen (table[i].before));
      g_autoptr (PostwegLines) lines = postweg_lines_new (table[i].dialect, file);
      g_autoptr (GBytes) after = NULL;
      g_autofree char *text = NULL;

      postweg_lines_set (lines, 1, "key", "v");
      after = postweg_lines_bytes (lines);
      text = g_strndup (g_bytes_get_data (after, NULL), g_bytes_get_size (after));
      g_assert_cmpstr (text, ==, table[i].after);
    }
}

/* A quote that is never closed swallows whatever is added behind it: the last account must not be changed in its place. */
static void
test_open_quote_in_fetchmailrc (void)
{
  static const char *const files[] = { "poll a user b password \"x", "# \"\n\"" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = g_bytes_new_static (files[i], strlen (files[i]));
      g_autoptr (PostwegFetchmailrc) rc = postweg_fetchmailrc_new (file);
      guint number;

      g_assert_false (postweg_fetchmailrc_add (rc, "imap.example", "anna", &number));
    }
}

/* An option without its value does not take the next entry's first word for it. */
static void
test_option_without_value (void)
{
  static const char text[] = "poll a proto imap user\npoll b proto imap user c\n";
  g_autoptr (GBytes) file = g_bytes_new_static (text, strlen (text));
  g_autoptr (PostwegFetchmailrc) rc = postweg_fetchmailrc_new (file);

  g_assert_cmpuint (postweg_fetchmailrc_n_accounts (rc), ==, 2);
  g_assert_null (postweg_fetchmailrc_get (rc, 0, "username"));
  g_assert_cmpstr (postweg_fetchmailrc_get (rc, 1, "username"), ==, "c");
}

static void
test_conceal (void)
{
  static const struct {
    const char *text, *shown;
  } rows[] = {
    { "password s3cret\n", "password ••••••••\n" },
    { "  Pass \"s3 cret\"\nPassCmd \"pass show x\"\n", "  Pass ••••••••\nPassCmd \"pass show x\"\n" },
    { "source = imaps://me:s3cret@h:993\n", "source = imaps://me:••••••••@h:993\n" },
    { "set imap_pass = s3cret\n", "set imap_pass = ••••••••\n" },
    { "set imap_pass = \"`pass show x`\"\n", "set imap_pass = \"`pass show x`\"\n" },
    { "remotepass = s3cret\nremotepasseval = f()\n", "remotepass = ••••••••\nremotepasseval = f()\n" },
    { "backend.auth.raw = \"s3cret\"\n", "backend.auth.raw = ••••••••\n" },
    { "poll h user x password \"a\\042 b\" keep\n", "poll h user x password •••••••• keep\n" },
    { "user \"x\" there with pass s3cret is y here\n", "user \"x\" there with pass •••••••• is y here\n" },
    { "passwordeval \"pass show x\"\n", "passwordeval \"pass show x\"\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = postweg_text_conceal (rows[i].text);

      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

static void
test_mailboxes (void)
{
  static const struct {
    const char *text, *name, *address;
  } rows[] = {
    { "a@b.example", "", "a@b.example" },
    { " <a@b.example> ", "", "a@b.example" },
    { "Anna <a@b.example>", "Anna", "a@b.example" },
    { "\"Me, \\\"M\\\" \\\\\" <a@b.example>", "Me, \"M\" \\", "a@b.example" },
    { "=?utf-8?q?J=C3=BCrgen_X?= <a@b.example>", "Jürgen X", "a@b.example" },
    { "=?ISO-8859-1?Q?J=FCrgen?= <a@b.example>", "Jürgen", "a@b.example" },
    { "=?UTF-8?B?SsO8cg==?= =?UTF-8?B?Z2Vu?= <a@b.example>", "Jürgen", "a@b.example" },
    { "=?no-such-set?B?SsO8cg==?= <a@b.example>", "=?no-such-set?B?SsO8cg==?=", "a@b.example" },
    { "=?UTF-8?B?broken <a@b.example>", "=?UTF-8?B?broken", "a@b.example" },
    { "A <b> <c@d.example>", "A <b>", "c@d.example" },
    { "", "", "" },
    { "<", "", "<" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *address = NULL;

      postweg_mailbox_parse (rows[i].text, &name, &address);
      g_assert_cmpstr (name, ==, rows[i].name);
      g_assert_cmpstr (address, ==, rows[i].address);
    }
}

static void
test_mailbox_forms (void)
{
  static const struct {
    const char *name, *text;
  } rows[] = {
    { "", "a@b.example" },
    { "Anna Bauer", "Anna Bauer <a@b.example>" },
    { "Änne O'Neill, jr.", "\"Änne O'Neill, jr.\" <a@b.example>" },
    { "a\"b", "=?UTF-8?B?YSJi?= <a@b.example>" },
    { " a", "=?UTF-8?B?IGE=?= <a@b.example>" },
    { "#1", "=?UTF-8?B?IzE=?= <a@b.example>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = postweg_mailbox_format (rows[i].name, "a@b.example");

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_urls (void)
{
  static const struct {
    const char *text, *scheme, *user, *password, *host;
    guint port;
    const char *rest;
  } rows[] = {
    { "imaps://h", "imaps", "", NULL, "h", 0, "" },
    { "IMAPS://u%40d:p%3Aw@h:993/x?y", "imaps", "u@d", "p%3Aw", "h", 993, "/x?y" },
    { "smtp://u@d@[::1]:25/", "smtp", "u@d", NULL, "::1", 25, "/" },
    { "smtp://u%zz@h", "smtp", "u%zz", NULL, "h", 0, "" },
    { "imap://@h:", "imap", "", NULL, "h", 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PostwegMailUrl) url = postweg_mail_url_parse (rows[i].text);

      g_assert_nonnull (url);
      g_assert_cmpstr (url->scheme, ==, rows[i].scheme);
      g_assert_cmpstr (url->user, ==, rows[i].user);
      g_assert_cmpstr (url->password, ==, rows[i].password);
      g_assert_cmpstr (url->host, ==, rows[i].host);
      g_assert_cmpuint (url->port, ==, rows[i].port);
      g_assert_cmpstr (url->rest, ==, rows[i].rest);
    }
  g_assert_null (postweg_mail_url_parse ("h:993"));
  g_assert_null (postweg_mail_url_parse ("://h"));
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, NULL);
  for (const PostwegClient *const *client = postweg_clients_all (); *client != NULL; client++)
    {
      g_autofree char *bytes = g_strdup_printf ("/text-files/%s/foreign-bytes", (*client)->id);
      g_autofree char *link = g_strdup_printf ("/text-files/%s/link", (*client)->id);

      if ((*client)->plan != postweg_text_plan)
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (states); i++)
        {
          g_autofree char *path = g_strdup_printf ("/text-files/%s/%s", (*client)->id, states[i].name);
          Case *one = g_new (Case, 1);

          *one = (Case){ *client, i };
          g_ptr_array_add (cases, one);
          g_test_add_data_func (path, one, test_state);
        }
      g_test_add_data_func (bytes, *client, test_foreign_bytes);
      g_test_add_data_func (link, *client, test_link);
    }
  g_test_add_func ("/clients/text-files/encoded-nonsense", test_encoded_nonsense);
  g_test_add_func ("/clients/text-files/new-key-in-lines", test_new_key_in_lines);
  g_test_add_func ("/clients/text-files/open-quote-in-fetchmailrc", test_open_quote_in_fetchmailrc);
  g_test_add_func ("/clients/text-files/option-without-value", test_option_without_value);
  g_test_add_func ("/text-files/conceal", test_conceal);
  g_test_add_func ("/text-files/mailboxes", test_mailboxes);
  g_test_add_func ("/text-files/mailbox-forms", test_mailbox_forms);
  g_test_add_func ("/text-files/urls", test_urls);
  return g_test_run ();
}
