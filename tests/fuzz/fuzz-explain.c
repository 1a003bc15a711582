/* Any bytes as an error text that somebody pasted; the first byte chooses what is known besides. */
#include "diagnose/explain.h"
#include "diagnose/pasted.h"
#include "fuzz.h"
#include "wire/text.h"
#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t length)
{
  guint8 choice = length > 0 ? bytes[0] : 0;
  PostwegProtocol protocol = (PostwegProtocol) (choice % POSTWEG_N_PROTOCOLS);
  g_autofree char *text = postweg_text_decode ((const char *) bytes + (length > 0), length - (length > 0));
  g_autoptr (PostwegReply) reply = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  PostwegReplyContext context = { .stages = (choice & 64) != 0 ? POSTWEG_STAGE_BIT (POSTWEG_STAGE_AUTH) : 0 };

  g_assert_true (g_utf8_validate (text, -1, NULL));
  if ((choice & 128) != 0)
    postweg_pasted_protocol (text, &protocol);
  reply = postweg_pasted_reply (protocol, text);
  context.reply = reply;
  findings = postweg_explain (&context, 5);
  g_assert_cmpuint (findings->len, <=, 5);
  for (guint i = 0; i < findings->len; i++)
    {
      const PostwegFinding *finding = g_ptr_array_index (findings, i);

      g_assert_true (*finding->headline != '\0' && g_utf8_validate (finding->headline, -1, NULL));
    }
  return 0;
}
