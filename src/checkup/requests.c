/* The values that the verbs take. */
#include "checkup/checkup.h"
#include <string.h>

/* Whoever hands over a token and no password means to sign in with the token. */
static void
use_token (PostwegServer *server, const PostwegCredentials *credentials)
{
  if (server != NULL && credentials != NULL && credentials->token != NULL && credentials->incoming == NULL &&
      credentials->outgoing == NULL && server->auth != POSTWEG_AUTH_NONE)
    server->auth = POSTWEG_AUTH_OAUTH2;
}

PostwegFindRequest *
postweg_find_request_new (const char *address, PostwegConsent consent)
{
  PostwegFindRequest *request = g_new0 (PostwegFindRequest, 1);

  request->address = g_strdup (address);
  request->consent = consent;
  return request;
}

void
postweg_find_request_free (PostwegFindRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->address);
  g_free (request->trust_file);
  g_free (request->name_server);
  g_free (request);
}

PostwegTestRequest *
postweg_test_request_new (const PostwegAccount *account, const PostwegCredentials *credentials)
{
  PostwegTestRequest *request = g_new0 (PostwegTestRequest, 1);

  request->account = postweg_account_copy (account);
  request->credentials = postweg_credentials_copy (credentials);
  use_token (request->account->incoming, request->credentials);
  use_token (request->account->outgoing, request->credentials);
  request->side = POSTWEG_BOTH;
  request->timeout_s = POSTWEG_TEST_TIMEOUT;
  return request;
}

PostwegTestRequest *
postweg_test_request_copy (const PostwegTestRequest *request)
{
  PostwegTestRequest *copy = g_new0 (PostwegTestRequest, 1);

  *copy = *request;
  copy->account = postweg_account_copy (request->account);
  copy->credentials = postweg_credentials_copy (request->credentials);
  copy->trust_file = g_strdup (request->trust_file);
  return copy;
}

void
postweg_test_request_free (PostwegTestRequest *request)
{
  if (request == NULL)
    return;
  postweg_account_free (request->account);
  postweg_credentials_free (request->credentials);
  g_free (request->trust_file);
  g_free (request);
}

PostwegExportRequest *
postweg_export_request_new (const char *program, const PostwegAccount *account)
{
  PostwegExportRequest *request = g_new0 (PostwegExportRequest, 1);

  request->program = g_strdup (program);
  request->account = postweg_account_copy (account);
  return request;
}

void
postweg_export_request_free (PostwegExportRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->program);
  postweg_account_free (request->account);
  g_free (request->home);
  g_free (request->profile);
  g_free (request->replace);
  g_free (request->output);
  postweg_credentials_free (request->credentials);
  g_free (request);
}

void
postweg_account_source_clear (PostwegAccountSource *source)
{
  g_free (source->address);
  g_free (source->name);
  g_free (source->account_file);
  g_free (source->incoming_url);
  g_free (source->outgoing_url);
  g_free (source->program);
  g_free (source->account_id);
  g_free (source->profile);
  g_free (source->home);
  g_free (source->trust_file);
}

PostwegCredentials *
postweg_checkup_mended_credentials (const PostwegFinding *finding, const PostwegCredentials *credentials)
{
  if (credentials != NULL && strcmp (finding->cause, "outgoing-credentials-differ") == 0)
    return postweg_credentials_new (credentials->incoming, NULL, credentials->token);
  return postweg_credentials_copy (credentials);
}
