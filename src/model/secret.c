/* Secrets in pages of their own: locked, left out of core dumps, wiped when the last reference goes. */
#include "model/secret.h"
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct _PostwegSecret {
  int references;
  gsize length;
  gsize size; /* of the mapping, in bytes */
  char *text;
};

void
postweg_wipe (gpointer memory, gsize length)
{
  if (length > 0) /* nothing may be NULL */
    explicit_bzero (memory, length);
}

void
postweg_wipe_free (char *text)
{
  if (text != NULL)
    postweg_wipe (text, strlen (text));
  g_free (text);
}

static PostwegSecret *
secret_new (const char *bytes, gsize length)
{
  PostwegSecret *secret = g_new0 (PostwegSecret, 1);
  gsize page = (gsize) sysconf (_SC_PAGESIZE);

  secret->references = 1;
  secret->length = length;
  secret->size = (length / page + 1) * page;
  secret->text = mmap (NULL, secret->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (secret->text == MAP_FAILED)
    g_error ("no memory for a secret");
  /* Both may be refused (limits, kernel); the secret is then as safe as any other memory. */
  (void) mlock (secret->text, secret->size);
  (void) madvise (secret->text, secret->size, MADV_DONTDUMP);
  memcpy (secret->text, bytes, length);
  return secret;
}

PostwegSecret *
postweg_secret_new (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);
  return secret_new (text, strlen (text));
}

PostwegSecret *
postweg_secret_new_from_line (const char *bytes, gsize length)
{
  if (length > 0 && bytes[length - 1] == '\n')
    length--;
  if (length > 0 && bytes[length - 1] == '\r')
    length--;
  return secret_new (bytes, length);
}

PostwegSecret *
postweg_secret_ref (PostwegSecret *secret)
{
  if (secret != NULL)
    g_atomic_int_inc (&secret->references);
  return secret;
}

void
postweg_secret_unref (PostwegSecret *secret)
{
  if (secret == NULL || !g_atomic_int_dec_and_test (&secret->references))
    return;
  postweg_wipe (secret->text, secret->size);
  munmap (secret->text, secret->size);
  g_free (secret);
}

const char *
postweg_secret_peek (const PostwegSecret *secret)
{
  return secret->text;
}

gsize
postweg_secret_length (const PostwegSecret *secret)
{
  return secret->length;
}

gboolean
postweg_secret_equal (const PostwegSecret *a, const PostwegSecret *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->length == b->length && memcmp (a->text, b->text, a->length) == 0;
}

PostwegCredentials *
postweg_credentials_new (PostwegSecret *incoming, PostwegSecret *outgoing, PostwegSecret *token)
{
  PostwegCredentials *credentials = g_new0 (PostwegCredentials, 1);

  credentials->incoming = postweg_secret_ref (incoming);
  credentials->outgoing = postweg_secret_ref (outgoing != NULL ? outgoing : incoming);
  credentials->token = postweg_secret_ref (token);
  return credentials;
}

PostwegCredentials *
postweg_credentials_copy (const PostwegCredentials *credentials)
{
  if (credentials == NULL)
    return NULL;
  return postweg_credentials_new (credentials->incoming, credentials->outgoing, credentials->token);
}

void
postweg_credentials_free (PostwegCredentials *credentials)
{
  if (credentials == NULL)
    return;
  postweg_secret_unref (credentials->incoming);
  postweg_secret_unref (credentials->outgoing);
  postweg_secret_unref (credentials->token);
  g_free (credentials);
}
