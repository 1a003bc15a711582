/* an error text -> causes, by the same tables as a diagnosis. */
#include "diagnose/explain.h"
#include "checkup/checkup.h"
#include "diagnose/pasted.h"
#include "providers/providers.h"
#include <string.h>

#define MOST_CAUSES 5

/* Valid UTF-8 of bounded length; what cannot be read is marked, not lost. */
static char *
readable (const char *text)
{
  return g_utf8_make_valid (text, (gssize) strnlen (text, POSTWEG_ERROR_TEXT_MAX));
}

GPtrArray *
postweg_checkup_explain (const PostwegErrorText *error_text)
{
  g_autofree char *text = readable (error_text->text);
  PostwegProtocol protocol = error_text->protocol;
  g_autoptr (PostwegReply) reply = NULL;
  PostwegReplyContext context = { .host = error_text->host };

  if (!error_text->protocol_known && !postweg_pasted_protocol (text, &protocol))
    protocol = POSTWEG_SMTP;
  reply = postweg_pasted_reply (protocol, text);
  context.reply = reply;
  context.stages = error_text->stage_known ? POSTWEG_STAGE_BIT (error_text->stage) : 0;
  context.provider = error_text->host != NULL ? postweg_providers_by_host (error_text->host) : NULL;
  return postweg_explain (&context, MOST_CAUSES);
}
