/* The settings on a page to print, for whoever types them into a program that Postweg does not write for. */
#include "clients/outputs/output.h"
#include "clients/outputs/page.h"
#include "clients/rows.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static const char *
security_name (PostwegSecurity security)
{
  static const char *const names[] = { N_ ("SSL/TLS"), N_ ("STARTTLS"), N_ ("None (not encrypted)") };

  return _(names[security]);
}

static const char *
auth_name (PostwegAuth auth)
{
  static const char *const names[] = { N_ ("Normal password"), N_ ("Encrypted password"),
                                                                   N_ ("OAuth2 (sign in at the provider)"),
                                                                       N_ ("No sign-in") };

  return _(names[auth]);
}

static void
add_server (PostwegPage *page, const char *heading, const PostwegServer *server)
{
  g_autofree char *port = g_strdup_printf ("%u", server->port);

  postweg_page_heading (page, heading);
  postweg_page_row (page, _("Server"), server->host);
  postweg_page_row (page, _("Port"), port);
  postweg_page_row (page, _("Encryption"), security_name (server->security));
  postweg_page_row (page, _("Sign-in"), auth_name (server->auth));
  if (server->auth != POSTWEG_AUTH_NONE)
    postweg_page_row (page, _("User name"), server->user);
}

static void
add_pop (PostwegPage *page, const PostwegPopOptions *pop)
{
  g_autofree char *days =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "after %u day", "after %u days", pop->delete_after_days),
                       pop->delete_after_days);

  postweg_page_heading (page, _("Mail on the Server"));
  postweg_page_row (page, _("Leave messages on the server"), pop->keep_on_server ? _("Yes") : _("No"));
  if (pop->keep_on_server && pop->delete_after_days > 0)
    postweg_page_row (page, _("Delete them there"), days);
  if (pop->keep_on_server && pop->delete_when_deleted)
    postweg_page_row (page, _("Delete them there when deleted here"), _("Yes"));
}

static char *
page_of (const PostwegAccount *account)
{
  g_autofree char *title = g_strdup_printf (_("Mail Settings for %s"), account->address);
  /* TRANSLATORS: the code of this language, for the page's “lang” attribute */
  PostwegPage *page = postweg_page_new (C_ ("language code", "en"), title);

  if (*account->name != '\0')
    postweg_page_row (page, _("Name"), account->name);
  postweg_page_row (page, _("E-mail address"), account->address);
  add_server (page, account->incoming->protocol == POSTWEG_POP3 ? _("Receiving (POP3)")
                                                                : _("Receiving (IMAP)"), account->incoming);
  add_server (page, _("Sending (SMTP)"), account->outgoing);
  if (account->incoming->protocol == POSTWEG_POP3)
    add_pop (page, &account->pop);
  postweg_page_sentence (page, _("Receiving and sending are two servers: fill in both, and switch signing in on for both. The password is not on "
                                 "this page."));
  return postweg_page_finish (page);
}

static gboolean
write_sheet (const PostwegAccount *account, const PostwegExport *options G_GNUC_UNUSED, PostwegPlan *plan,
             GError **error)
{
  g_autofree char *name = postweg_output_name (account->address, ".html");
  g_autofree char *text = page_of (account);

  return postweg_output_add_text (plan, name, text, error);
}

static const PostwegOutput sheet = { .write = write_sheet };

const PostwegClient postweg_client_sheet = {
  .id = "sheet",
  .name = "Settings sheet",
  .kind = POSTWEG_KIND_SHEET,
  .abilities = POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS |
               POSTWEG_CAN_STARTTLS | POSTWEG_CAN_PLAIN | POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED |
               POSTWEG_CAN_SEND_OPEN | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_KEEP | POSTWEG_CAN_TAKE |
               POSTWEG_CAN_DAYS | POSTWEG_CAN_DELETE_THERE | POSTWEG_CAN_UNICODE |
               POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_NAME | POSTWEG_KEEPS_ADDRESS | POSTWEG_IS_OUTPUT,
  .details = &sheet,
  .find = postweg_output_find,
  .plan = postweg_output_plan,
};
