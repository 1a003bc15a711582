/* Outlook: a page with the names of its own fields, and two files that its classic program is said to read; nothing of it was run. */
#include "clients/outputs/output.h"
#include "clients/outputs/page.h"
#include "clients/rows.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* Outlook says “SSL/TLS”, “STARTTLS”, “None” in its list “Use the following type of encrypted connection”. */
static const char *const encryption_names[] = { "SSL/TLS", "STARTTLS", "None" };

static void
add_server (PostwegPage *page, const PostwegServer *server, const char *host_field, const char *port_field)
{
  g_autofree char *port = g_strdup_printf ("%u", server->port);

  postweg_page_row (page, host_field, server->host);
  postweg_page_row (page, port_field, port);
  postweg_page_row (page, _("Use the following type of encrypted connection"),
                             encryption_names[server->security]);
  if (server->auth != POSTWEG_AUTH_NONE)
    postweg_page_row (page, _("User Name"), server->user);
}

static char *
page_of (const PostwegAccount *account)
{
  g_autofree char *title = g_strdup_printf (_("Outlook Settings for %s"), account->address);
  PostwegPage *page = postweg_page_new (C_ ("language code", "en"), title);

  postweg_page_sentence (page, _("In Outlook, choose File ▸ Add Account, type the address, open “Advanced options” and tick “Let me set up my "
                                 "account manually”."));
  postweg_page_row (page, _("Account Type"), account->incoming->protocol == POSTWEG_POP3 ? "POP" : "IMAP");
  postweg_page_row (page, _("Your Name"), account->name);
  postweg_page_row (page, _("Email Address"), account->address);
  postweg_page_heading (page, _("Incoming mail"));
  add_server (page, account->incoming, _("Server"), _("Port"));
  postweg_page_heading (page, _("Outgoing mail"));
  add_server (page, account->outgoing, _("Server"), _("Port"));
  postweg_page_row (page, _("My outgoing server (SMTP) requires authentication"),
                             account->outgoing->auth != POSTWEG_AUTH_NONE ? _("Yes") : _("No"));
  postweg_page_row (page, _("Require logon using Secure Password Authentication (SPA)"), _("No"));
  postweg_page_heading (page, _("Good to Know"));
  postweg_page_sentence (
      page, _("The new Outlook sends the password and all mail of such accounts to Microsoft’s servers, to keep them in step from "
                                 "there. The classic Outlook, Thunderbird and others fetch mail on this computer."));
  return postweg_page_finish (page);
}

static void
add_protocol (GString *text, const char *type, const PostwegServer *server)
{
  static const char *const encryptions[] = { "SSL", "TLS", "None" };
  g_autofree char *user = g_markup_escape_text (server->user, -1);
  gboolean signs_in = server->auth != POSTWEG_AUTH_NONE;

  g_string_append_printf (
      text,
      "      <Protocol>\n        <Type>%s</Type>\n        <Server>%s</Server>\n        <Port>%u</Port>\n"
      "        <LoginName>%s</LoginName>\n        <SPA>off</SPA>\n        <SSL>%s</SSL>\n"
      "        <Encryption>%s</Encryption>\n        <AuthRequired>%s</AuthRequired>\n      </Protocol>\n",
      type, server->host, server->port, user, server->security != POSTWEG_PLAIN ? "on" : "off",
      encryptions[server->security], signs_in ? "on" : "off");
}

/* The answer of an Autodiscover server (MS-OXDSCLI), as a file. */
static char *
autodiscover_of (const PostwegAccount *account)
{
  GString *text = g_string_new (
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\">\n"
      "  <Response "
      "xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a\">\n"
      "    <Account>\n      <AccountType>email</AccountType>\n      <Action>settings</Action>\n");

  add_protocol (text, account->incoming->protocol == POSTWEG_POP3 ? "POP3" : "IMAP", account->incoming);
  add_protocol (text, "SMTP", account->outgoing);
  g_string_append (text, "    </Account>\n  </Response>\n</Autodiscover>\n");
  return g_string_free (text, FALSE);
}

/* The Office Customization Tool's format; a line break is CR LF. */
static char *
prf_of (const PostwegAccount *account)
{
  gboolean pop = account->incoming->protocol == POSTWEG_POP3;
  const PostwegServer *in = account->incoming, *out = account->outgoing;

  return g_strdup_printf ("[General]\r\nCustom=1\r\nDefaultProfile=Yes\r\nOverwriteProfile="
                          "Append\r\nModifyDefaultProfileIfPresent=TRUE\r\n\r\n"
                          "[Internet Account "
                          "List]\r\nAccount1=%s\r\n\r\n[Account1]\r\nUniqueService=No\r\nAccountName=%s\r\n%"
                          "s=%s\r\nSMTPServer=%s\r\n"
                          "%s=%s\r\nEmailAddress=%s\r\nDisplayName=%s\r\n%s=%u\r\nSMTPPort=%u\r\n%s=%"
                          "d\r\nSMTPUseSSL=%d\r\nSMTPUseAuth=%d\r\n",
                          pop ? "I_Mail" : "IMAP_I_Mail", account->address, pop ? "POP3Server" : "IMAPServer",
                          in->host, out->host, pop ? "POP3UserName" : "IMAPUserName", in->user,
                          account->address, account->name, pop ? "POP3Port" : "IMAPPort", in->port, out->port,
                          pop ? "POP3UseSSL" : "IMAPUseSSL", in->security == POSTWEG_TLS,
                          out->security == POSTWEG_TLS, out->auth != POSTWEG_AUTH_NONE);
}

static gboolean
write_files (const PostwegAccount *account, const PostwegExport *options G_GNUC_UNUSED, PostwegPlan *plan,
             GError **error)
{
  g_autofree char *sheet = postweg_output_name (account->address, ".outlook.html");
  g_autofree char *prf = postweg_output_name (account->address, ".prf");
  g_autofree char *page = page_of (account);
  g_autofree char *profile = prf_of (account);
  g_autofree char *autodiscover = autodiscover_of (account);

  if (!postweg_output_add_text (plan, sheet, page, error) ||
      !postweg_output_add_text (plan, prf, profile, error) ||
      !postweg_output_add_text (plan, "autodiscover.xml", autodiscover, error))
    return FALSE;
  g_ptr_array_add (plan->notes, g_strdup (_("The page is what surely helps. The .prf file and autodiscover.xml follow Microsoft’s descriptions and "
                                            "were not tried with Outlook; the new Outlook reads neither.")));
  return TRUE;
}

static const PostwegOutput outlook = { .write = write_files };

const PostwegClient postweg_client_outlook = {
  .id = "outlook",
  .name = "Outlook",
  .kind = POSTWEG_KIND_SHEET,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS |
               POSTWEG_CAN_STARTTLS | POSTWEG_CAN_PLAIN | POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER |
               POSTWEG_CAN_KEEP | POSTWEG_CAN_TAKE | POSTWEG_CAN_DAYS | POSTWEG_CAN_DELETE_THERE |
               POSTWEG_CAN_UNICODE | POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS |
               POSTWEG_IS_OUTPUT,
  .details = &outlook,
  .find = postweg_output_find,
  .plan = postweg_output_plan,
};
