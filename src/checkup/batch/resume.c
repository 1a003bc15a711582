/* Each line of JSON is read as far as its verdict; of the account a number is kept. */
#include "checkup/batch/resume.h"
#include "model/error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_LINE (4 * 1024 * 1024) /* bytes; longer than any result */

struct _PostwegResume {
  GHashTable *done; /* number of the line -> hash of its address, the last bits are the verdict */
};

#define VERDICT_BITS 7u

static guint
hash_of (const char *address)
{
  return g_str_hash (address) & ~VERDICT_BITS;
}

/* Returns: not tested for everything else */
static PostwegVerdict
verdict_from_name (const char *name)
{
  PostwegVerdict verdict = POSTWEG_VERDICT_WORKS;

  while (verdict < POSTWEG_VERDICT_NOT_TESTED && g_strcmp0 (name, postweg_verdict_name (verdict)) != 0)
    verdict++;
  return verdict;
}

/* "line", "address" and "verdict" or "error" stand in front of everything that can be long. Returns: (transfer full) */
static char *
front_of (const char *line)
{
  const char *more = strstr (line, ",\"incoming\":");

  return more != NULL ? g_strdup_printf ("%.*s}", (int) (more - line), line) : g_strdup (line);
}

/* Returns: (transfer none): the member when it is of that type, or NULL */
static JsonNode *
member_of (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node
                                                                                                 : NULL;
}

static gboolean
take_object (PostwegResume *resume, JsonObject *object)
{
  JsonNode *line = member_of (object, "line", G_TYPE_INT64);
  JsonNode *address = member_of (object, "address", G_TYPE_STRING);
  JsonNode *name = member_of (object, "verdict", G_TYPE_STRING);
  PostwegVerdict verdict = verdict_from_name (name != NULL ? json_node_get_string (name) : NULL);

  if (line == NULL || address == NULL)
    return FALSE;
  if (verdict != POSTWEG_VERDICT_NOT_TESTED)
    g_hash_table_replace (resume->done, GUINT_TO_POINTER ((guint) json_node_get_int (line)),
                          GUINT_TO_POINTER (hash_of (json_node_get_string (address)) | (verdict + 1)));
  return TRUE;
}

/* Returns: FALSE when the line is no result of a batch */
static gboolean
take_line (PostwegResume *resume, const char *line)
{
  g_autofree char *front = front_of (line);
  g_autoptr (JsonNode) root = *front == '{' ? json_from_string (front, NULL) : NULL;

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) && take_object (resume, json_node_get_object (root));
}

/* whole: (out): the size up to the last line break */
static gboolean
take_all (PostwegResume *resume, FILE *stream, off_t *whole)
{
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  gboolean ok = TRUE;

  while (ok && (length = getline (&line, &room, stream)) > 0 && line[length - 1] == '\n')
    {
      ok = length <= MAX_LINE && (length == 1 || take_line (resume, line));
      *whole += length;
    }
  free (line);
  return ok;
}

/* A whole line may still lack its end; then it is tested again, as the cut one is. */
static void
cut (FILE *stream, off_t whole, int output)
{
  struct stat mine, theirs;

  if (fstat (fileno (stream), &mine) == 0 && fstat (output, &theirs) == 0 && S_ISREG (mine.st_mode) &&
      mine.st_dev == theirs.st_dev && mine.st_ino == theirs.st_ino && mine.st_size > whole &&
      ftruncate (output, whole) == 0)
    lseek (output, 0, SEEK_END);
}

PostwegResume *
postweg_resume_new (const char *file, int output, GError **error)
{
  g_autoptr (PostwegResume) resume = g_new0 (PostwegResume, 1);
  FILE *stream = fopen (file, "re");
  off_t whole = 0;
  gboolean ok;

  resume->done = g_hash_table_new (NULL, NULL);
  if (stream == NULL)
    {
      g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_CANNOT_READ,
                   _("The earlier output %s cannot be read: %s"), file, g_strerror (errno));
      return NULL;
    }
  ok = take_all (resume, stream, &whole);
  if (ok)
    cut (stream, whole, output);
  fclose (stream);
  if (ok)
    return g_steal_pointer (&resume);
  g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_BAD_FORMAT,
               _("The file %s is no output of “postweg-cli batch” in JSON lines."), file);
  return NULL;
}

void
postweg_resume_free (PostwegResume *resume)
{
  if (resume == NULL)
    return;
  g_hash_table_unref (resume->done);
  g_free (resume);
}

gboolean
postweg_resume_has (const PostwegResume *resume, guint line, const char *address, PostwegVerdict *verdict)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (resume->done, GUINT_TO_POINTER (line)));

  if (found == 0 || (found & ~VERDICT_BITS) != hash_of (address))
    return FALSE;
  *verdict = (PostwegVerdict) ((found & VERDICT_BITS) - 1);
  return TRUE;
}
