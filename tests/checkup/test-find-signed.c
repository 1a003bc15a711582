/* Discovery with real DNSSEC: zones signed by ldns, served by nsd, proven by unbound, all of them private to this test. */
#include "finding.h"
#include "scenes.h"
#include "model/json.h"
#include "wire/dns-query.h"
#include <signal.h>
#include <unistd.h>

#define HEAD                                                                                                 \
  "$TTL 60\n@ IN SOA ns.%s. root.%s. 1 3600 600 86400 60\n@ IN NS ns.%s.\nns IN A 127.0.0.54\n@ IN A "       \
  "127.0.0.3\n"
#define SERVICES(in, out) "_imaps._tcp IN SRV 0 1 993 " in "\n_submissions._tcp IN SRV 0 1 465 " out "\n"
#define OWN_MX "@ IN MX 10 mx\n"
#define USUAL_HOSTS "imap IN A 127.0.0.1\nsmtp IN A 127.0.0.1\n"

typedef enum {
  OPEN,      /* not signed */
  SIGNED,    /* and the resolver knows the key */
  OTHER_KEY, /* signed, but the resolver knows another key: nothing can be proven */
  CHANGED,   /* signed, and a service's host changed afterwards */
} Signing;

/* clang-format off */
static const struct {
  const char *zone;
  Signing signing;
  const char *records;
} zones[] = {
  { "other.example", OPEN, USUAL_HOSTS },
  { "proof.example", SIGNED, OWN_MX SERVICES ("imap.other.example.", "smtp.other.example.") },
  { "open.example", OPEN, OWN_MX SERVICES ("imap.other.example.", "smtp.other.example.") },
  { "own.example", OPEN, OWN_MX USUAL_HOSTS SERVICES ("imap", "smtp") },
  { "hosted.example", SIGNED, "@ IN MX 10 smtpin.rzone.de.\n" },
  { "bogus.example", OTHER_KEY, OWN_MX USUAL_HOSTS SERVICES ("imap", "smtp") },
  { "changed.example", CHANGED, OWN_MX USUAL_HOSTS SERVICES ("imap", "smtp") },
  { "nobody.example", SIGNED, "@ IN MX 0 .\n" },
};

static const struct {
  const char *name, *domain;
  const char *outcome, *source, *trust, *imap;
} rows[] = {
  { "signed", "proof.example", "found", "srv", "dnssec", "imap.other.example" },
  { "unsigned/foreign", "open.example", "confirm", "srv", "dns", "imap.other.example" },
  { "unsigned/own", "own.example", "found", "srv", "dns", "imap.own.example" },
  { "signed/hoster", "hosted.example", "found", "mx-table", "dnssec", "imap.strato.de" },
  { "bogus/everything", "bogus.example", "explain:dns-failure", NULL, NULL, NULL },
  { "bogus/services", "changed.example", "explain:dns-failure", NULL, NULL, NULL },
  { "signed/no-mail", "nobody.example", "explain:no-mail-here", NULL, NULL, NULL },
  { "signed/no-such-name", "nothing.proof.example", "explain:no-such-domain", NULL, NULL, NULL },
};

static const Listener listeners[] = {
  { "127.0.0.1", 993, "TLS\n" IMAP_GOOD, POSTWEG_PAPER_GOOD },
  { "127.0.0.1", 465, "TLS\n" SMTP_GOOD, POSTWEG_PAPER_GOOD },
};

#define NSD_CONF "server:\n  ip-address: 127.0.0.54\n  port: 53\n  do-ip6: no\n  username: \"\"\n  chroot: \"\"\n  zonesdir: \"%s\"\n  pidfile: \"\"\n" \
  "  database: \"\"\n  xfrdfile: \"\"\n  zonelistfile: \"%s/zone.list\"\n  xfrdir: \"%s\"\n  cookie-secret-file: \"\"\nremote-control:\n  control-enable: no\n"
#define UNBOUND_CONF "server:\n  interface: " ISLAND_NAME_SERVER "\n  interface: " ISLAND_V4 "\n  port: 53\n  do-ip6: no\n  username: \"\"\n  chroot: \"\"\n  directory: \"%s\"\n  pidfile: \"\"\n" \
  "  use-syslog: no\n  do-not-query-localhost: no\n  module-config: \"validator iterator\"\n  access-control: 127.0.0.0/8 allow\n  access-control: 192.0.2.0/24 allow\n  num-threads: 1\n"
/* clang-format on */

static char *folder;
static GPid servers[2];

/* Returns: (transfer full): the program's place, or NULL. Where it was unpacked only for the tests is tried, too. */
static char *
program (const char *name)
{
  const char *unpacked = g_getenv ("POSTWEG_NAME_SERVERS");
  char *found = g_find_program_in_path (name);

  for (guint i = 0; found == NULL && unpacked != NULL && i < 2; i++)
    {
      g_autofree char *path = g_build_filename (unpacked, i == 0 ? "usr/sbin" : "usr/bin", name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        found = g_steal_pointer (&path);
    }
  return found;
}

/* Returns: (transfer full): what it says, without the line's end */
static char *
run_tool (const char *const *words)
{
  g_autofree char *path = program (words[0]);
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *complaint = NULL;
  char *said = NULL;
  int status = -1;

  g_ptr_array_add (line, path);
  for (guint i = 1; words[i] != NULL; i++)
    g_ptr_array_add (line, (gpointer) words[i]);
  g_ptr_array_add (line, NULL);
  g_assert_true (g_spawn_sync (folder, (char **) line->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said,
                               &complaint, &status, &error));
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s: %s", words[0], complaint);
  return g_strchomp (said);
}

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = in_folder (name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): the base of the key's files */
static char *
make_key (const char *zone)
{
  const char *const words[] = { "ldns-keygen", "-a", "ECDSAP256SHA256", "-k", zone, NULL };

  return run_tool (words);
}

/* Somebody on the way changes where the service is; the signature stays. */
static void
change (const char *file)
{
  g_autofree char *path = in_folder (file);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "0 1 993 imap.", "0 1 993 smtp.", 0), ==, 1);
  write_file (file, changed->str);
}

/* Writes the zone, signs it as the row says. Returns: (transfer full): the file to serve */
static char *
make_zone (guint i, GString *unbound)
{
  const char *zone = zones[i].zone;
  g_autofree char *text = NULL;
  g_autofree char *head = g_strdup_printf (HEAD, zone, zone, zone);
  g_autofree char *key = NULL;
  g_autofree char *other = NULL;
  g_autofree char *said = NULL;

  text = g_strconcat ("$ORIGIN ", zone, ".\n", head, zones[i].records, NULL);
  write_file (zone, text);
  g_string_append_printf (unbound, "stub-zone:\n  name: \"%s\"\n  stub-addr: 127.0.0.54\n", zone);
  if (zones[i].signing == OPEN)
    return g_strdup (zone);
  key = make_key (zone);
  said = run_tool ((const char *const[]){ "ldns-signzone", "-n", "-o", zone, zone, key, NULL });
  if (zones[i].signing == OTHER_KEY)
    other = make_key (zone);
  g_string_append_printf (unbound, "server:\n  trust-anchor-file: \"%s/%s.key\"\n", folder,
                          other != NULL ? other : key);
  g_free (said);
  said = g_strconcat (zone, ".signed", NULL);
  if (zones[i].signing == CHANGED)
    change (said);
  return g_steal_pointer (&said);
}

static GPid
start_server (const char *name, const char *configuration)
{
  g_autofree char *path = program (name);
  g_autofree char *file = in_folder (configuration);
  const char *words[] = { path, "-d", "-c", file, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid = 0;

  g_spawn_async (NULL, (char **) words, NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                 NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

/* Both are there when the resolver has an answer from the other one. */
static gboolean
wait_for_answers (void)
{
  const PostwegDnsQuestion question = { "own.example", POSTWEG_DNS_MX };

  for (guint i = 0; i < 50; i++)
    {
      PostwegWait wait = postweg_wait_new (300, NULL);
      g_autoptr (GPtrArray) answers = postweg_dns_query (&question, 1, NULL, &wait, NULL);

      if (((PostwegDnsAnswer *) g_ptr_array_index (answers, 0))->status == POSTWEG_DNS_FOUND)
        return TRUE;
      g_usleep (100 * 1000);
    }
  return FALSE;
}

static gboolean
start_names (void)
{
  g_autoptr (GString) nsd = g_string_new (NULL);
  g_autoptr (GString) unbound = g_string_new (NULL);

  g_string_printf (nsd, NSD_CONF, folder, folder, folder);
  g_string_printf (unbound, UNBOUND_CONF, folder);
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *file = make_zone (i, unbound);

      g_string_append_printf (nsd, "zone:\n  name: \"%s\"\n  zonefile: \"%s\"\n", zones[i].zone, file);
    }
  write_file ("nsd.conf", nsd->str);
  write_file ("unbound.conf", unbound->str);
  servers[0] = start_server ("nsd", "nsd.conf");
  servers[1] = start_server ("unbound", "unbound.conf");
  return wait_for_answers ();
}

static void
stop_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    if (servers[i] > 0)
      {
        kill (servers[i], SIGTERM);
        g_spawn_close_pid (servers[i]);
      }
}

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *address = g_strconcat ("anna@", rows[i].domain, NULL);
  g_autoptr (PostwegDiscovery) found = find (address, POSTWEG_CONSENT_DEFAULT, NULL);
  g_autoptr (JsonNode) json = postweg_discovery_to_json (found);
  g_autofree char *text = json_to_string (json, FALSE);

  g_test_message ("%s", text);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (json), "outcome"), ==,
                   rows[i].outcome);
  g_assert_cmpstr (found->source, ==, rows[i].source);
  g_assert_cmpstr (found->trust, ==, rows[i].trust);
  g_assert_cmpstr (host_of (found, POSTWEG_IMAP), ==, rows[i].imap);
}

/* What the resolver proves is believed on this computer only: the same bit from elsewhere may be anybody's. */
static void
test_bit (void)
{
  static const struct {
    const char *server;
    const char *name;
    gboolean authentic;
  } table[] = { { NULL, "proof.example", TRUE },
                { NULL, "open.example", FALSE },
                { ISLAND_V4 ":53", "proof.example", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const PostwegDnsQuestion question = { table[i].name, POSTWEG_DNS_MX };
      PostwegWait wait = postweg_wait_new (3000, NULL);
      g_autoptr (GPtrArray) answers = postweg_dns_query (&question, 1, table[i].server, &wait, NULL);

      g_assert_cmpint (((PostwegDnsAnswer *) g_ptr_array_index (answers, 0))->status, ==, POSTWEG_DNS_FOUND);
      g_assert_cmpint (((PostwegDnsAnswer *) g_ptr_array_index (answers, 0))->authentic, ==,
                       table[i].authentic);
    }
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = in_folder (name);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static int
skip (const char *reason)
{
  g_print ("1..0 # SKIP %s\n", reason);
  return 0;
}

static int
run_all (void)
{
  static const char *const domains[] = { "other", "own", "bogus", "changed", NULL };
  PostwegPractice *practices[G_N_ELEMENTS (listeners)];
  int result = 1;

  make_papers (domains);
  for (guint i = 0; i < G_N_ELEMENTS (listeners); i++)
    practices[i] = listen_at (&listeners[i]);
  result = start_names () ? g_test_run () : skip ("the name servers do not start here");
  stop_names ();
  for (guint i = 0; i < G_N_ELEMENTS (listeners); i++)
    postweg_practice_stop (practices[i]);
  remove_papers ();
  return result;
}

int
main (int argc, char **argv)
{
  static const char *const tools[] = { "nsd", "unbound", "ldns-keygen", "ldns-signzone" };
  const char *reason;
  int result;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      g_autofree char *path = program (tools[i]);

      if (path == NULL)
        return skip ("nsd, unbound or ldnsutils is missing");
    }
  if (!island_enter (NULL, &reason) || !island_add_sink (&reason))
    return skip (reason);
  folder = g_dir_make_tmp ("postweg-names-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/checkup/find-signed/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/checkup/find-signed/bit", test_bit);
  result = run_all ();
  remove_folder ();
  return result;
}
