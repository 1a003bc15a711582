/* Going on after a run that ended somehow: what was written is read back, whole lines only. */
#include "checkup/batch/resume.h"
#include "checkup/batch/output.h"
#include "model/error.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *file;

static void
write_file (const char *text, gssize length)
{
  g_assert_true (g_file_set_contents (file, text, length, NULL));
}

/* The file as the shell opens it with “>>”. */
static int
open_to_append (void)
{
  int fd = open (file, O_WRONLY | O_APPEND | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

#define LINE(number, address, verdict)                                                                       \
  "{\"line\":" number ",\"address\":\"" address "\",\"verdict\":\"" verdict "\",\"incoming\":null}\n"
#define ANNA LINE ("2", "anna@firm.example", "works")
#define BERT LINE ("3", "bert@firm.example", "receive-only")

typedef struct {
  const char *name, *written;
  const char *done; /* "2=works 3=receive-only", of anna in line 2 and bert in line 3 */
  gsize stays;      /* bytes; G_MAXSIZE: all of it */
} Row;

/* clang-format off */
static const Row rows[] = {
  { "nothing", "", "", G_MAXSIZE },
  { "one", ANNA, "2=works", G_MAXSIZE },
  { "both", ANNA BERT, "2=works 3=receive-only", G_MAXSIZE },
  { "as-they-came", BERT ANNA, "2=works 3=receive-only", G_MAXSIZE },
  { "twice", LINE ("2", "anna@firm.example", "nothing-works") ANNA, "2=works", G_MAXSIZE },
  { "not-tested", LINE ("2", "anna@firm.example", "not-tested") BERT, "3=receive-only", G_MAXSIZE },
  { "unknown-verdict", LINE ("2", "anna@firm.example", "great") BERT, "3=receive-only", G_MAXSIZE },
  { "could-not-be-tested", "{\"line\":2,\"address\":\"anna@firm.example\",\"error\":\"x\"}\n" BERT, "3=receive-only", G_MAXSIZE },
  { "other-address", LINE ("2", "anne@firm.example", "works") BERT, "3=receive-only", G_MAXSIZE },
  { "other-line", LINE ("4", "anna@firm.example", "works") BERT, "3=receive-only", G_MAXSIZE },
  { "empty-lines", "\n" ANNA "\n\n" BERT "\n", "2=works 3=receive-only", G_MAXSIZE },
  { "cut-in-the-front", ANNA "{\"line\":3,\"addr", "2=works", sizeof ANNA - 1 },
  { "cut-in-the-middle", ANNA "{\"line\":3,\"address\":\"bert@firm.example\",\"verdict\":\"works\",\"incoming\":{\"proto", "2=works", sizeof ANNA - 1 },
  { "cut-before-the-break", ANNA "{\"line\":3,\"address\":\"bert@firm.example\",\"verdict\":\"works\",\"incoming\":null}", "2=works", sizeof ANNA - 1 },
  { "cut-first", "{\"li", "", 0 },
  { "no-json", "line,address\n", NULL, G_MAXSIZE },
  { "no-json-behind", ANNA "Segmentation fault\n", NULL, G_MAXSIZE },
  { "other-json", "{\"verdict\":\"works\"}\n", NULL, G_MAXSIZE },
  { "line-as-text", "{\"line\":\"2\",\"address\":\"anna@firm.example\"}\n", NULL, G_MAXSIZE },
  { "array", "[2]\n", NULL, G_MAXSIZE },
};
/* clang-format on */

static char *
tell_done (const PostwegResume *resume)
{
  static const char *const addresses[] = { "anna@firm.example", "bert@firm.example" };
  GString *done = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      PostwegVerdict verdict;

      g_assert_false (postweg_resume_has (resume, i + 2, "someone@firm.example", &verdict));
      if (postweg_resume_has (resume, i + 2, addresses[i], &verdict))
        g_string_append_printf (done, "%s%u=%s", done->len > 0 ? " " : "", i + 2,
                                postweg_verdict_name (verdict));
    }
  return g_string_free (done, FALSE);
}

/* Into the same file, what was cut off goes away; into another one, everything stays. */
static void
test_row (gconstpointer data)
{
  const Row *row = data;

  for (guint same = 0; same < 2; same++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PostwegResume) resume = NULL;
      g_autofree char *now = NULL;
      int output = -1;

      write_file (row->written, -1);
      output = same ? open_to_append () : open ("/dev/null", O_WRONLY | O_CLOEXEC);
      resume = postweg_resume_new (file, output, &error);
      close (output);
      g_assert_true (g_file_get_contents (file, &now, NULL, NULL));
      g_assert_cmpint (strncmp (now, row->written, strlen (now)), ==, 0);
      g_assert_cmpuint (strlen (now), ==,
                        same ? MIN (row->stays, strlen (row->written)) : strlen (row->written));
      if (row->done == NULL)
        {
          g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT);
          g_assert_null (resume);
        }
      else
        {
          g_autofree char *done = tell_done (resume);

          g_assert_no_error (error);
          g_assert_cmpstr (done, ==, row->done);
        }
    }
}

/* Wherever the power went: only whole lines count, and what is written next stands on a line of its own. */
static void
test_every_cut (void)
{
  static const char all[] = ANNA BERT;
  gsize first = sizeof ANNA - 1;

  for (gsize length = 0; length < sizeof all; length++)
    {
      g_autoptr (PostwegResume) resume = NULL;
      g_autofree char *now = NULL;
      PostwegVerdict verdict;
      int output;

      write_file (all, (gssize) length);
      output = open_to_append ();
      resume = postweg_resume_new (file, output, NULL);
      g_assert_nonnull (resume);
      g_assert_cmpint (write (output, "next\n", 5), ==, 5);
      close (output);
      g_assert_cmpint (postweg_resume_has (resume, 2, "anna@firm.example", &verdict), ==, length >= first);
      g_assert_cmpint (postweg_resume_has (resume, 3, "bert@firm.example", &verdict), ==,
                       length == sizeof all - 1);
      g_assert_true (g_file_get_contents (file, &now, NULL, NULL));
      g_assert_true (g_str_has_suffix (now, "next\n"));
      g_assert_true (strlen (now) == 5 || now[strlen (now) - 6] == '\n');
    }
}

static void
test_binary (void)
{
  static const char bytes[] = ANNA "\0\0\0\n";
  g_autoptr (GError) error = NULL;

  write_file (bytes, sizeof bytes - 1);
  g_assert_null (postweg_resume_new (file, STDOUT_FILENO, &error));
  g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT);
}

static void
test_no_file (void)
{
  static const char *const files[] = { "/nowhere/output", "/dev/mem/x" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (postweg_resume_new (files[i], STDOUT_FILENO, &error));
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ);
      g_assert_nonnull (strstr (error->message, files[i]));
    }
}

/* What a run writes is what the next one understands; as many as a big firm has, and no more memory than a few megabytes. */
static void
test_round_trip (void)
{
  g_autoptr (PostwegAccount) account = postweg_account_new ("", "x@firm.example", NULL, NULL);
  g_autoptr (PostwegBatchOutput) output = NULL;
  g_autoptr (PostwegResume) resume = NULL;
  g_autoptr (GError) error = NULL;
  int fd;

  write_file ("", 0);
  fd = open_to_append ();
  output = postweg_batch_output_new (postweg_batch_format ("json"), fd, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *address = g_strdup_printf ("user-%u@firm.example", i);
      g_autoptr (PostwegTestResult) result = postweg_test_result_new (account);
      PostwegBatchEntry entry = { .line = i + 2, .address = address, .result = result };

      result->verdict = (PostwegVerdict) (i % (POSTWEG_VERDICT_NOT_TESTED + 1));
      g_assert_true (postweg_batch_output_add (output, &entry, &error));
    }
  g_assert_true (postweg_batch_output_end (output, NULL, &error));
  resume = postweg_resume_new (file, fd, &error);
  close (fd);
  g_assert_no_error (error);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *address = g_strdup_printf ("user-%u@firm.example", i);
      PostwegVerdict wrote = (PostwegVerdict) (i % (POSTWEG_VERDICT_NOT_TESTED + 1)), verdict = wrote;

      g_assert_cmpint (postweg_resume_has (resume, i + 2, address, &verdict), ==,
                       wrote != POSTWEG_VERDICT_NOT_TESTED);
      g_assert_cmpint (verdict, ==, wrote);
      g_assert_false (postweg_resume_has (resume, i + 3, address, &verdict));
    }
}

/* A disk that is full is said, not passed over. */
static void
test_full_disk (void)
{
  static const char *const formats[] = { "json", "csv", "html", "prometheus" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      int full = open ("/dev/full", O_WRONLY | O_CLOEXEC);
      PostwegBatchEntry entry = { .line = 2, .address = "anna@firm.example", .error = "x" };
      g_autoptr (PostwegBatchOutput) output = NULL;
      g_autoptr (GError) error = NULL;
      PostwegBatchSummary summary;

      postweg_batch_summary_init (&summary);
      output = postweg_batch_output_new (postweg_batch_format (formats[i]), full, &error);
      g_assert_true (output == NULL || !postweg_batch_output_add (output, &entry, &error) ||
                     !postweg_batch_output_end (output, &summary, &error));
      g_assert_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_WRITE);
      postweg_batch_summary_clear (&summary);
      close (full);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("postweg-resume-XXXXXX", NULL);
  file = g_build_filename (folder, "done.jsonl", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/resume/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/resume/every-cut", test_every_cut);
  g_test_add_func ("/resume/binary", test_binary);
  g_test_add_func ("/resume/no-file", test_no_file);
  g_test_add_func ("/resume/round-trip", test_round_trip);
  g_test_add_func ("/resume/full-disk", test_full_disk);
  status = g_test_run ();
  g_remove (file);
  g_rmdir (folder);
  return status;
}
