/* The scenarios' stories as a table. */
#include "practice/scenario-story.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const char *const group_titles[] = {
  [POSTWEG_STORY_WORKS] = N_ ("It Works"),
  [POSTWEG_STORY_RECEIVES] = N_ ("Receives but Does Not Send"),
  [POSTWEG_STORY_SENDS] = N_ ("Sends but Does Not Receive"),
  [POSTWEG_STORY_NOTHING] = N_ ("Nothing Works"),
};

static const PostwegStory stories[] = {
  { "works", POSTWEG_STORY_WORKS, N_ ("Everything is right"), N_ ("How a test looks when mail comes in and goes out.") },
  { "receiving-full", POSTWEG_STORY_WORKS, N_ ("The mailbox is full"), N_ ("Mail can be read, but what people write to you is sent back to them.") },

  { "sign-in-missing", POSTWEG_STORY_RECEIVES, N_ ("No sign-in for sending is set up"), N_ ("New mail arrives, but the outgoing server does not know who you are.") },
  { "old-password", POSTWEG_STORY_RECEIVES, N_ ("An old password is stored for sending"), N_ ("The password was changed, and the mail program learned it for receiving only.") },
  { "sending-closed", POSTWEG_STORY_RECEIVES, N_ ("Nobody answers at the outgoing server"), N_ ("The mail program says that the connection was refused.") },
  { "sending-encryption", POSTWEG_STORY_RECEIVES, N_ ("The wrong kind of encryption"), N_ ("The mail program tries for a while and gives up without a reason.") },
  { "sending-switched-off", POSTWEG_STORY_RECEIVES, N_ ("The provider has switched sending off"), N_ ("The password is right, and is refused for sending all the same.") },
  { "foreign-sender", POSTWEG_STORY_RECEIVES, N_ ("The sender address is not yours"), N_ ("You sign in as one person and send as another.") },
  { "sending-blocked", POSTWEG_STORY_RECEIVES, N_ ("The provider suspects a burglary"), N_ ("It worked yesterday; today no mail is taken any more.") },
  { "sending-limit", POSTWEG_STORY_RECEIVES, N_ ("Too many mails today"), N_ ("After a long list of recipients the server asks to wait.") },
  { "sending-certificate", POSTWEG_STORY_RECEIVES, N_ ("The certificate for sending has expired"), N_ ("The mail program warns of an unsafe server as soon as you send.") },

  { "receiving-off", POSTWEG_STORY_SENDS, N_ ("IMAP is switched off"), N_ ("Mail goes out, but the provider does not let mail programs read.") },

  { "wrong-password", POSTWEG_STORY_NOTHING, N_ ("The password is wrong"), N_ ("The mail program asks for it again and again.") },
  { "app-password", POSTWEG_STORY_NOTHING, N_ ("An app password is needed"), N_ ("The password works on the web page, but in no mail program.") },
  { "locked", POSTWEG_STORY_NOTHING, N_ ("The account is locked"), N_ ("Both servers know you, and let you in no more.") },
  { "expired-certificate", POSTWEG_STORY_NOTHING, N_ ("The certificates have expired"), N_ ("From one day to the next, every program warns of this server.") },
  { "wrong-name", POSTWEG_STORY_NOTHING, N_ ("The certificates are for another server"), N_ ("The server can be reached, but shows somebody else’s papers.") },
  { "hotel", POSTWEG_STORY_NOTHING, N_ ("The network wants a sign-in on a web page"), N_ ("In a hotel or on a train: connected, and still no mail.") },
};
/* clang-format on */

const PostwegStory *
postweg_story_by_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    if (strcmp (stories[i].name, name) == 0)
      return &stories[i];
  return NULL;
}

const char *
postweg_story_group_title (PostwegStoryGroup group)
{
  return group_titles[group];
}
