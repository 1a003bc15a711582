/* an error text -> causes, by the same tables as a diagnosis. */
#include "diagnose/explain.h"
#include "checkup/checkup.h"
#include "diagnose/pasted.h"
#include "providers/providers.h"
#include "wire/text.h"
#include <string.h>

#define MOST_CAUSES 5

/* Returns: how many bytes are looked at; a long text is not cut in the middle of a character */
static gsize
length_of (const char *text)
{
  gsize length = strnlen (text, POSTWEG_ERROR_TEXT_MAX);

  while (length == POSTWEG_ERROR_TEXT_MAX && length > 0 && (text[length] & 0xc0) == 0x80)
    length--;
  return length;
}

/* What some servers mean is known by their names. */
static const char *
host_of (const PostwegProvider *provider, PostwegProtocol protocol)
{
  for (guint i = 0; i < provider->n_servers; i++)
    if (provider->servers[i].protocol == protocol)
      return provider->servers[i].host;
  return NULL;
}

GPtrArray *
postweg_checkup_explain (const PostwegErrorText *error_text)
{
  g_autofree char *text = postweg_text_decode (error_text->text, length_of (error_text->text));
  PostwegProtocol protocol = error_text->protocol;
  g_autoptr (PostwegReply) reply = NULL;
  PostwegReplyContext context = { .host = error_text->host };

  if (!error_text->protocol_known && !postweg_pasted_protocol (text, &protocol))
    protocol = POSTWEG_SMTP;
  reply = postweg_pasted_reply (protocol, text);
  context.reply = reply;
  context.stages = error_text->stage_known ? POSTWEG_STAGE_BIT (error_text->stage) : 0;
  context.provider = error_text->provider;
  if (context.provider == NULL && error_text->host != NULL)
    context.provider = postweg_providers_by_host (error_text->host);
  if (context.host == NULL && context.provider != NULL)
    context.host = host_of (context.provider, protocol);
  return postweg_explain (&context, MOST_CAUSES);
}
