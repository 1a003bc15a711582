/* A search on the island: papers of the test's own authority, mail servers, and the search itself. */
#pragma once
#include "checkup/checkup.h"
#include "island.h"
#include "practice/certificates.h"
#include "practice/practice.h"
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  const char *address;
  guint16 port;
  const char *script;
  PostwegPaper paper;
} Listener;

static char *papers, *ca;

typedef struct {
  GMainLoop *loop;
  PostwegDiscovery *found;
} Run;

static inline void
back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  g_autoptr (GError) error = NULL;

  run->found = postweg_checkup_find_finish (result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (run->loop);
}

static inline int
by_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static inline PostwegDiscovery *
find (const char *address, PostwegConsent consent, GCancellable *cancellable)
{
  PostwegFindRequest *request = postweg_find_request_new (address, consent);
  Run run = { g_main_loop_new (NULL, FALSE), NULL };

  request->trust_file = g_strdup (ca);
  postweg_checkup_find (request, NULL, cancellable, back, &run);
  g_main_loop_run (run.loop);
  g_main_loop_unref (run.loop);
  return run.found;
}

/* As the domain's owner asks. Returns: (transfer full) */
static inline PostwegDiscovery *
find_thoroughly (const char *domain, PostwegConsent consent)
{
  g_autofree char *address = g_strconcat ("postmaster@", domain, NULL);
  PostwegFindRequest *request = postweg_find_request_new (address, consent);
  Run run = { g_main_loop_new (NULL, FALSE), NULL };

  request->trust_file = g_strdup (ca);
  request->thorough = TRUE;
  postweg_checkup_find (request, NULL, NULL, back, &run);
  g_main_loop_run (run.loop);
  g_main_loop_unref (run.loop);
  return run.found;
}

/* Returns: (transfer full): "code subject" of each note, sorted, with "; " between them */
static inline char *
notes_of (const PostwegDiscovery *found)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < found->notes->len; i++)
    {
      const PostwegPublishNote *note = g_ptr_array_index (found->notes, i);
      g_autofree char *text = postweg_checkup_note_text (note);

      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, note->subject));
      g_assert_null (strchr (text, '%') != NULL ? strstr (text, "%s") : NULL);
      g_ptr_array_add (lines, g_strdup_printf ("%s %s", note->code, note->subject));
    }
  g_ptr_array_sort (lines, (GCompareFunc) by_text);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("; ", (char **) lines->pdata);
}

static inline const char *
host_of (const PostwegDiscovery *found, PostwegProtocol protocol)
{
  const PostwegFoundServer *best = postweg_discovery_best (found, protocol);

  return best != NULL ? best->server->host : NULL;
}

static inline void
make_papers (const char *const *domains)
{
  g_autoptr (GStrvBuilder) hosts = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; domains[i] != NULL; i++)
    {
      g_autofree char *bare =
          g_strconcat (domains[i], strchr (domains[i], '.') == NULL ? ".example" : "", NULL);
      g_autofree char *wild = g_strconcat ("*.", bare, NULL);

      g_strv_builder_add_many (hosts, bare, wild, NULL);
    }
  g_strv_builder_add (hosts, "v1.ispdb.net");
  list = g_strv_builder_end (hosts);
  papers = g_dir_make_tmp ("postweg-papers-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_true (postweg_certificates_make (papers, (const char *const *) list, &error));
  ca = g_build_filename (papers, "ca.pem", NULL);
}

static inline void
remove_papers (void)
{
  g_autoptr (GDir) dir = g_dir_open (papers, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (papers, name, NULL);

      g_remove (path);
    }
  g_rmdir (papers);
  g_free (papers);
  g_free (ca);
}

static inline PostwegPractice *
listen_at (const Listener *listener)
{
  g_autofree char *certificate = postweg_certificate_path (papers, listener->paper, "pem");
  g_autofree char *key = postweg_certificate_path (papers, listener->paper, "key");
  const PostwegPracticeOptions options = { .script = listener->script,
                                           .certificate = certificate,
                                           .key = key,
                                           .address = listener->address,
                                           .port = listener->port };
  g_autoptr (GError) error = NULL;
  PostwegPractice *practice = postweg_practice_start (&options, &error);

  g_assert_no_error (error);
  return practice;
}
