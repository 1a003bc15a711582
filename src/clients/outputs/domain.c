/* For the owner of a domain: the files and lines from which mail programs find its servers (autoconfig, SRV, PACC). */
#include "clients/outputs/output.h"
#include "clients/outputs/publish.h"
#include "clients/rows.h"
#include "model/error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* Returns: (transfer container): the account's servers, in this order */
static GPtrArray *
servers_of (const PostwegAccount *account)
{
  GPtrArray *servers = g_ptr_array_new ();

  g_ptr_array_add (servers, account->incoming);
  g_ptr_array_add (servers, account->outgoing);
  return servers;
}

/* What is published for all must not name one person. */
static gboolean
is_for_everybody (const PostwegAccount *account, const PostwegAddress *address, GError **error)
{
  const PostwegServer *servers[] = { account->incoming, account->outgoing };

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    if (strcmp (servers[i]->user, address->full) != 0 && strcmp (servers[i]->user, address->local) != 0)
      {
        g_set_error (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
                     _("The user name “%s” is neither the address nor the part before the “@”, so it cannot be published for all "
                       "people of the domain."),
                        servers[i]->user);
        return FALSE;
      }
  return TRUE;
}

static gboolean
write_autoconfig (const PostwegAccount *account, const PostwegExport *options G_GNUC_UNUSED,
                  PostwegPlan *plan, GError **error)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse (account->address, error);
  g_autoptr (GPtrArray) servers = servers_of (account);
  g_autofree char *text = NULL;

  if (address == NULL || !is_for_everybody (account, address, error))
    return FALSE;
  text = postweg_publish_autoconfig (servers, address);
  if (!postweg_output_add_text (plan, "config-v1.1.xml", text, error))
    return FALSE;
  g_ptr_array_add (plan->left_to_do,
                   g_strdup_printf (_("Publish the file at https://autoconfig.%s/mail/config-v1.1.xml, as text/xml, with a certificate for that "
                                      "name."),
                                       address->domain));
  return TRUE;
}

static gboolean
write_srv (const PostwegAccount *account, const PostwegExport *options G_GNUC_UNUSED, PostwegPlan *plan,
           GError **error)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse (account->address, error);
  g_autoptr (GPtrArray) servers = servers_of (account);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (address == NULL)
    return FALSE;
  text = postweg_publish_srv (servers, address->domain);
  name = postweg_output_name (address->domain, ".srv.zone");
  if (!postweg_output_add_text (plan, name, text, error))
    return FALSE;
  g_ptr_array_add (
      plan->left_to_do,
      g_strdup (
          _("Add the lines to the zone of the domain. A line with a single dot says that there is no such "
                                                 "service; leave it out if there is.")));
  return TRUE;
}

static gboolean
fits_pacc (const PostwegServer *server, const PostwegAddress *address)
{
  return server->security == POSTWEG_TLS &&
         server->port == postweg_default_port (server->protocol, POSTWEG_TLS) &&
         strcmp (server->user, address->full) == 0;
}

static gboolean
write_pacc (const PostwegAccount *account, const PostwegExport *options G_GNUC_UNUSED, PostwegPlan *plan,
            GError **error)
{
  g_autoptr (PostwegAddress) address = postweg_address_parse (account->address, error);
  g_autoptr (GPtrArray) servers = servers_of (account);
  g_autofree char *record = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (address == NULL)
    return FALSE;
  if (!fits_pacc (account->incoming, address) || !fits_pacc (account->outgoing, address))
    {
      g_set_error_literal (error, POSTWEG_ERROR, POSTWEG_ERROR_UNSUPPORTED,
                           _("A PACC file knows only SSL/TLS on the usual ports (993, 995, 465) with the address as user name. Publish a "
                             "config-v1.1.xml instead."));
      return FALSE;
    }
  text = postweg_publish_pacc (servers, address->domain, &record);
  name = postweg_output_name (address->domain, ".pacc.zone");
  if (!postweg_output_add_text (plan, "user-agent-configuration.json", text, error) ||
      !postweg_output_add_text (plan, name, record, error))
    return FALSE;
  g_ptr_array_add (
      plan->left_to_do,
      g_strdup_printf (
          _("Publish the file at https://ua-auto-config.%s/.well-known/user-agent-configuration.json exactly as it is, "
                                      "then add the TXT line with its digest to the zone."),
             address->domain));
  return TRUE;
}

static const PostwegOutput autoconfig = { .write = write_autoconfig };
static const PostwegOutput srv = { .write = write_srv };
static const PostwegOutput pacc = { .write = write_pacc };

#define ABILITIES                                                                                            \
  (POSTWEG_CAN_IMAP | POSTWEG_CAN_POP3 | POSTWEG_CAN_SMTP | POSTWEG_CAN_TLS | POSTWEG_CAN_STARTTLS |         \
   POSTWEG_CAN_KEEP | POSTWEG_CAN_TAKE | POSTWEG_CAN_DAYS | POSTWEG_CAN_DELETE_THERE |                       \
   POSTWEG_CAN_UNICODE_SECRET | POSTWEG_KEEPS_ADDRESS | POSTWEG_IS_OUTPUT)
/* what the file says about signing in */
#define SAYS_AUTH (POSTWEG_CAN_OAUTH2 | POSTWEG_CAN_ENCRYPTED)

const PostwegClient postweg_client_autoconfig = {
  .id = "autoconfig",
  .name = "Autoconfig (config-v1.1.xml)",
  .kind = POSTWEG_KIND_DOMAIN,
  .abilities = ABILITIES | SAYS_AUTH | POSTWEG_CAN_OTHER_USER,
  .details = &autoconfig,
  .find = postweg_output_find,
  .plan = postweg_output_plan,
};
const PostwegClient postweg_client_srv = {
  .id = "srv",
  .name = "SRV records",
  .kind = POSTWEG_KIND_DOMAIN,
  .abilities = ABILITIES | SAYS_AUTH | POSTWEG_CAN_OTHER_USER | POSTWEG_CAN_SEND_OPEN,
  .details = &srv,
  .find = postweg_output_find,
  .plan = postweg_output_plan,
};
const PostwegClient postweg_client_pacc = {
  .id = "pacc",
  .name = "PACC (user-agent-configuration.json)",
  .kind = POSTWEG_KIND_DOMAIN,
  .abilities = ABILITIES | POSTWEG_CAN_OAUTH2,
  .details = &pacc,
  .find = postweg_output_find,
  .plan = postweg_output_plan,
};
