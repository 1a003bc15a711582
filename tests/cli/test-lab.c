/* postweg-cli against real servers: exit status, JSON, and no secret in any output. */
#include "command.h"
#include "lab.h"
#include <glib/gstdio.h>
#include <string.h>

static Lab *lab;
static char *folder;

static char *
password_file (const char *password)
{
  char *file = g_build_filename (folder, "password", NULL);

  g_assert_true (g_file_set_contents (file, password, -1, NULL));
  g_chmod (file, 0600);
  return file;
}

/* test --json for a user of the lab; `more` are further options. */
static CommandResult *
test_account (const char *user, const char *password, const char *in, const char *out, const char *more)
{
  g_autofree char *file = password_file (password);
  g_autofree char *login = g_uri_escape_string (user, NULL, FALSE);
  g_autofree char *incoming = g_strdup_printf ("%s://%s@%s:%u", in, login, LAB_GUARDED_HOST,
                                               lab->ports[strcmp (in, "imaps") == 0 ? LAB_IMAPS : LAB_POP3S]);
  g_autofree char *outgoing =
      g_strdup_printf ("%s://%s@%s:%u", out, login, LAB_GUARDED_HOST,
                       lab->ports[strcmp (out, "smtps") == 0 ? LAB_SMTPS : LAB_SUBMISSION]);
  g_autofree char *arguments = g_strdup_printf (
      "test --json --transcript --trust-file=%s --incoming=%s --outgoing=%s --password-file=%s %s", lab->ca,
      incoming, outgoing, file, more);

  return command_run (arguments, NULL, NULL);
}

static void
assert_no_secret (const char *output, const char *password)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) password, strlen (password));
  g_autofree char *md5 = g_compute_checksum_for_string (G_CHECKSUM_MD5, password, -1);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, password, -1);

  base64[strlen (base64) / 4 * 3] = '\0';
  g_assert_null (strstr (output, password));
  g_assert_null (strstr (output, base64));
  g_assert_null (strstr (output, md5));
  g_assert_null (strstr (output, sha256));
}

/* The map with real servers: what it must say of the port that the account names. */
static void
test_ports (void)
{
  const LabUser *alice = lab_user ("alice");
  g_autoptr (CommandResult) result =
      test_account (alice->login, alice->password, "imaps", "smtps", "--ports --only=incoming");
  g_autoptr (JsonNode) node = json_from_string (result->out, NULL);
  JsonArray *ports = json_object_get_array_member (json_node_get_object (node), "ports");
  guint found = 0;

  g_assert_cmpint (result->status, ==, 0);
  assert_no_secret (result->out, alice->password);
  for (guint i = 0; i < json_array_get_length (ports); i++)
    {
      JsonObject *port = json_array_get_object_element (ports, i);

      g_assert_cmpstr (json_object_get_string_member (port, "host"), ==, LAB_GUARDED_HOST);
      g_assert_cmpstr (json_object_get_string_member (port, "protocol"), !=, "smtp");
      g_assert_cmpstr (json_object_get_string_member (port, "family"), ==, "ipv4");
      if (json_object_get_int_member (port, "port") != lab->ports[LAB_IMAPS])
        continue;
      found++;
      g_assert_cmpstr (json_object_get_string_member (port, "state"), ==, "open");
      g_assert_cmpstr (json_object_get_string_member (port, "speaks"), ==, "tls");
      g_assert_true (g_str_has_prefix (json_object_get_string_member (port, "greeting"), "* OK"));
      g_assert_true (json_object_get_boolean_member (port, "trusted"));
    }
  g_assert_cmpuint (found, ==, 1);
  g_assert_cmpuint (json_array_get_length (ports), ==, 5);
}

static void
test_works (void)
{
  const LabUser *alice = lab_user ("alice");
  static const char *const ways[][2] = { { "imaps", "smtps" }, { "pop3s", "smtp" } };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (CommandResult) result =
          test_account (alice->login, alice->password, ways[i][0], ways[i][1], "--address=alice@lab.test");
      g_autoptr (JsonNode) node = command_json (result);
      JsonObject *incoming = json_object_get_object_member (json_node_get_object (node), "incoming");

      g_assert_cmpint (result->status, ==, 0);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "verdict"), ==, "works");
      g_assert_cmpstr (json_object_get_string_member (incoming, "verdict"), ==, "works");
      g_assert_cmpint (json_object_get_int_member (incoming, "login_attempts"), ==, 1);
      g_assert_cmpuint (
          json_array_get_length (json_object_get_array_member (json_node_get_object (node), "findings")), ==,
          0);
      assert_no_secret (result->out, alice->password);
      assert_no_secret (result->err, alice->password);
    }
}

static void
test_wrong_password (void)
{
  g_autoptr (CommandResult) result =
      test_account ("alice", "Falsch-gemerkt-7", "imaps", "smtps", "--address=alice@lab.test");
  g_autoptr (JsonNode) node = command_json (result);
  JsonObject *incoming = json_object_get_object_member (json_node_get_object (node), "incoming");

  g_assert_cmpint (result->status, ==, 3);
  g_assert_cmpstr (json_object_get_string_member (incoming, "cause"), ==, "wrong-credentials");
  g_assert_cmpstr (json_object_get_string_member (incoming, "stage"), ==, "auth");
  g_assert_nonnull (strstr (json_object_get_string_member (incoming, "reply"), "AUTHENTICATIONFAILED"));
  assert_no_secret (result->out, "Falsch-gemerkt-7");
}

static void
test_receive_only (void)
{
  const LabUser *alice = lab_user ("alice");
  g_autoptr (CommandResult) result =
      test_account (alice->login, alice->password, "imaps", "smtps", "--address=bob@lab.test");
  g_autoptr (JsonNode) node = command_json (result);
  JsonArray *findings = json_object_get_array_member (json_node_get_object (node), "findings");

  g_assert_cmpint (result->status, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (findings, 0), "cause"), ==,
                   "sender-not-owned");
  g_assert_true (g_str_has_prefix (
      json_object_get_string_member (json_array_get_object_element (findings, 0), "headline"),
      "You can receive."));
}

static void
test_only_one_side (void)
{
  const LabUser *alice = lab_user ("alice");
  g_autoptr (CommandResult) result =
      test_account (alice->login, alice->password, "imaps", "smtps", "--only=incoming");
  g_autoptr (JsonNode) node = command_json (result);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_true (json_object_get_null_member (json_node_get_object (node), "outgoing"));
}

static void
test_german (void)
{
  const LabUser *alice = lab_user ("alice");
  g_autoptr (CommandResult) result =
      test_account (alice->login, alice->password, "imaps", "smtps", "--lang=de --address=bob@lab.test");

  g_assert_nonnull (strstr (result->out, "Sie können empfangen"));
}

/* Without a password everything up to the sign-in is tested, and that is said. */
/* A report tells what happened, and neither to whom nor where; with the addresses it does. */
static void
test_report (void)
{
  static const struct {
    const char *options, *starts;
    gboolean personal;
  } table[] = {
    { "", "# Postweg report", FALSE }, { "--format=html", "<!DOCTYPE html>", FALSE },
    { "--format=json", "{", FALSE },   { "--with-addresses", "# Postweg report", TRUE },
    { "--letter", "Subject: ", TRUE },
  };
  const LabUser *alice = lab_user ("alice");
  g_autofree char *file = password_file (alice->password);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *arguments = g_strdup_printf (
          "report %s --trust-file=%s --incoming=imaps://alice%%40lab.test@%s:%u "
          "--outgoing=smtps://alice%%40lab.test@%s:%u --password-file=%s --address=bob@lab.test",
          table[i].options, lab->ca, LAB_HOST, lab->ports[LAB_IMAPS], LAB_GUARDED_HOST, lab->ports[LAB_SMTPS],
          file);
      g_autoptr (CommandResult) result = command_run (arguments, NULL, NULL);

      g_assert_cmpint (result->status, ==, 1);
      g_assert_true (g_str_has_prefix (result->out, table[i].starts));
      g_assert_cmpint (strstr (result->out, "lab.test") != NULL, ==, table[i].personal);
      g_assert_cmpint (strstr (result->out, "alice") != NULL, ==, table[i].personal);
      assert_no_secret (result->out, alice->password);
      assert_no_secret (result->err, alice->password);
    }
}

static void
test_no_password (void)
{
  g_autofree char *arguments = g_strdup_printf ("test --json --trust-file=%s --incoming=imaps://alice@%s:%u",
                                                lab->ca, LAB_GUARDED_HOST, lab->ports[LAB_IMAPS]);
  g_autoptr (CommandResult) result = command_run (arguments, NULL, NULL);
  g_autoptr (JsonNode) node = command_json (result);

  g_assert_cmpint (result->status, ==, 4);
  g_assert_nonnull (strstr (result->err, "no password"));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "verdict"), ==, "not-tested");
}

/* A password by descriptor; the file is standard input here. */
static void
test_password_fd (void)
{
  const LabUser *erwin = lab_user ("erwin");
  g_autofree char *input = g_strconcat (erwin->password, "\n", NULL);
  g_autofree char *arguments =
      g_strdup_printf ("test --json --trust-file=%s --password-fd=0 --incoming=imaps://%s@%s:%u", lab->ca,
                       erwin->login, LAB_GUARDED_HOST, lab->ports[LAB_IMAPS]);
  g_autoptr (CommandResult) result = command_run (arguments, NULL, input);

  g_assert_cmpint (result->status, ==, 0);
}

static JsonObject *
delivery_of (JsonNode *node)
{
  g_assert_true (json_object_has_member (json_node_get_object (node), "delivery"));
  return json_object_get_object_member (json_node_get_object (node), "delivery");
}

/* The stages of one side, as words. */
static char *
stages_of (JsonNode *node, const char *side)
{
  JsonArray *steps = json_object_get_array_member (
      json_object_get_object_member (json_node_get_object (node), side), "steps");
  GString *stages = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (steps); i++)
    g_string_append_printf (
        stages, "%s ", json_object_get_string_member (json_array_get_object_element (steps, i), "stage"));
  return g_string_free (stages, FALSE);
}

/* What becomes of one mail to oneself: exit status, JSON, and what is left in the mailbox. */
static void
test_send_to_self (void)
{
  static const struct {
    const char *user, *in;
    int status;
    const char *verdict, *outcome, *more;
  } table[] = {
    { "alice", "imaps", 0, "works", "arrived", "--address=alice@lab.test" },
    { "alice", "pop3s", 0, "works", "arrived", "--address=alice@lab.test" },
    { "junky", "imaps", 0, "works-with-note", "arrived", "--address=junky@lab.test" },
    { "lost", "imaps", 4, "not-tested", "lost", "--address=lost@lab.test --timeout=2" },
    { "picky", "imaps", 1, "receive-only", "not-sent", "--address=picky@lab.test" },
    { "bob", "imaps", 1, "receive-only", "not-sent", "--address=alice@lab.test" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const LabUser *user = lab_user (table[i].user);
      g_autofree char *more = g_strdup_printf ("--send-to-self %s", table[i].more);
      g_autofree char *before = lab_list_mail (lab, table[i].user);
      g_autoptr (CommandResult) result =
          test_account (user->login, user->password, table[i].in, "smtps", more);
      g_autoptr (JsonNode) node = command_json (result);
      g_autofree char *after = lab_list_mail (lab, table[i].user);
      g_autofree char *incoming = stages_of (node, "incoming");
      g_autofree char *outgoing = stages_of (node, "outgoing");

      g_test_message ("%s %s: %s / %s", table[i].user, table[i].in, incoming, outgoing);
      g_assert_cmpint (result->status, ==, table[i].status);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "verdict"), ==,
                       table[i].verdict);
      g_assert_cmpstr (json_object_get_string_member (delivery_of (node), "outcome"), ==, table[i].outcome);
      g_assert_cmpint (json_object_get_int_member (delivery_of (node), "left"), ==, 0);
      g_assert_cmpstr (before, ==, after);
      g_assert_cmpint (g_str_has_suffix (incoming, "mailbox arrival "), ==,
                       strcmp (table[i].outcome, "not-sent") != 0);
      g_assert_cmpint (g_str_has_suffix (outgoing, "recipient data "), ==,
                       strcmp (table[i].user, "bob") != 0);
      assert_no_secret (result->out, user->password);
    }
}

/* For people: a line for each step while it runs, sentences at the end, and the way as a table. */
static void
test_send_to_self_for_people (void)
{
  static const char *const said[] = { "The mail to yourself:", "The mail came back after ",
                                      "in the inbox.",         "removed again; nothing else was touched.",
                                      "mail.lab.test",         "ESMTPSA" };
  static const char *const told[] = { "Sending    data", "Receiving  arrival" };
  const LabUser *alice = lab_user ("alice");
  g_autofree char *file = password_file (alice->password);
  g_autofree char *arguments = g_strdup_printf (
      "test --send-to-self --trust-file=%s --incoming=imaps://alice%%40lab.test@%s:%u "
      "--outgoing=smtps://alice%%40lab.test@%s:%u --password-file=%s --address=alice@lab.test",
      lab->ca, LAB_GUARDED_HOST, lab->ports[LAB_IMAPS], LAB_GUARDED_HOST, lab->ports[LAB_SMTPS], file);
  g_autoptr (CommandResult) result = command_run (arguments, NULL, NULL);

  g_test_message ("%s\n%s", result->out, result->err);
  g_assert_cmpint (result->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    g_assert_nonnull (strstr (result->out, said[i]));
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    g_assert_nonnull (strstr (result->err, told[i]));
}

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
      return 0;
    }
  folder = g_dir_make_tmp ("postweg-cli-lab-XXXXXX", NULL);
  g_test_add_func ("/cli/lab/ports", test_ports);
  g_test_add_func ("/cli/lab/works", test_works);
  g_test_add_func ("/cli/lab/wrong-password", test_wrong_password);
  g_test_add_func ("/cli/lab/receive-only", test_receive_only);
  g_test_add_func ("/cli/lab/only-one-side", test_only_one_side);
  g_test_add_func ("/cli/lab/german", test_german);
  g_test_add_func ("/cli/lab/report", test_report);
  g_test_add_func ("/cli/lab/no-password", test_no_password);
  g_test_add_func ("/cli/lab/password-fd", test_password_fd);
  g_test_add_func ("/cli/lab/send-to-self/json", test_send_to_self);
  g_test_add_func ("/cli/lab/send-to-self/people", test_send_to_self_for_people);
  result = g_test_run ();
  command_remove (folder);
  g_free (folder);
  lab_stop (lab);
  return result;
}
