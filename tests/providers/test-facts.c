/* Facts about well-known providers, as their own pages and the mail programs' lists have them. */
#include "providers/providers.h"
#include <string.h>

/* The first server of each protocol: HOST:PORT:SECURITY:SIGN-INS:USER, "-" if there is none. */
typedef struct {
  const char *domain;
  const char *imap;
  const char *pop3;
  const char *smtp;
} Servers;

static const Servers servers[] = {
  { "gmail.com", "imap.gmail.com:993:tls:oauth2+password:address",
    "pop.gmail.com:995:tls:oauth2+password:address", "smtp.gmail.com:465:tls:oauth2+password:address" },
  { "outlook.com", "outlook.office365.com:993:tls:oauth2:address",
    "outlook.office365.com:995:tls:oauth2:address", "smtp-mail.outlook.com:587:starttls:oauth2:address" },
  { "hotmail.de", "outlook.office365.com:993:tls:oauth2:address",
    "outlook.office365.com:995:tls:oauth2:address", "smtp-mail.outlook.com:587:starttls:oauth2:address" },
  { "gmx.net", "imap.gmx.net:993:tls:password:address", "pop.gmx.net:995:tls:password:address",
    "mail.gmx.net:465:tls:password:address" },
  { "gmx.at", "imap.gmx.net:993:tls:password:address", "pop.gmx.net:995:tls:password:address",
    "mail.gmx.net:465:tls:password:address" },
  { "gmx.com", "imap.gmx.com:993:tls:password:address", "pop.gmx.com:995:tls:password:address",
    "mail.gmx.com:465:tls:password:address" },
  { "web.de", "imap.web.de:993:tls:password:local", "pop3.web.de:995:tls:password:local",
    "smtp.web.de:465:tls:password:local" },
  { "t-online.de", "secureimap.t-online.de:993:tls:password:address",
    "securepop.t-online.de:995:tls:password:address", "securesmtp.t-online.de:465:tls:password:address" },
  { "freenet.de", "mx.freenet.de:993:tls:password:address", "mx.freenet.de:995:tls:password:address",
    "mx.freenet.de:465:tls:password:address" },
  { "icloud.com", "imap.mail.me.com:993:tls:password:local", "-",
    "smtp.mail.me.com:587:starttls:password:address" },
  { "yahoo.de", "imap.mail.yahoo.com:993:tls:oauth2+password:address",
    "pop.mail.yahoo.com:995:tls:oauth2+password:address",
    "smtp.mail.yahoo.com:465:tls:oauth2+password:address" },
  { "aol.com", "imap.aol.com:993:tls:oauth2+password:address", "pop.aol.com:995:tls:oauth2+password:address",
    "smtp.aol.com:465:tls:oauth2+password:address" },
  { "fastmail.com", "imap.fastmail.com:993:tls:oauth2+password:address",
    "pop.fastmail.com:995:tls:oauth2+password:address", "smtp.fastmail.com:465:tls:oauth2+password:address" },
  { "sent.com", "imap.fastmail.com:993:tls:oauth2+password:address",
    "pop.fastmail.com:995:tls:oauth2+password:address", "smtp.fastmail.com:465:tls:oauth2+password:address" },
  { "mailbox.org", "imap.mailbox.org:993:tls:password:address", "pop3.mailbox.org:995:tls:password:address",
    "smtp.mailbox.org:465:tls:password:address" },
  { "posteo.de", "posteo.de:993:tls:password:address", "posteo.de:995:tls:password:address",
    "posteo.de:465:tls:password:address" },
  { "online.de", "imap.ionos.de:993:tls:password:address", "pop.ionos.de:995:tls:password:address",
    "smtp.ionos.de:465:tls:password:address" },
  { "strato.de", "imap.strato.de:993:tls:password:address", "pop3.strato.de:995:tls:password:address",
    "smtp.strato.de:465:tls:password:address" },
  { "arcor.de", "imap.vodafonemail.de:993:tls:password:address",
    "pop3.vodafonemail.de:995:tls:password:address", "smtp.vodafonemail.de:465:tls:password:address" },
  { "a1.net", "securemail.a1.net:993:tls:password:address", "-",
    "securemail.a1.net:587:starttls:password:address" },
  { "bluewin.ch", "imaps.bluewin.ch:993:tls:password:address", "pop3s.bluewin.ch:995:tls:password:address",
    "smtpauths.bluewin.ch:465:tls:password:address" },
  { "gwdg.de", "email.gwdg.de:993:tls:password:local", "-", "email.gwdg.de:587:starttls:password:local" },
  { "free.fr", "imap.free.fr:993:tls:password:local", "pop.free.fr:995:tls:password:local",
    "smtp.free.fr:465:tls:password:local" },
  { "orange.fr", "imap.orange.fr:993:tls:password:address", "pop.orange.fr:995:tls:password:address",
    "smtp.orange.fr:465:tls:password:address" },
  /* POP on port 993, as a public list has it, is a slip there */
  { "pec.it", "imaps.pec.aruba.it:993:tls:password:address", "pop3s.pec.aruba.it:995:tls:password:address",
    "smtps.pec.aruba.it:465:tls:password:address" },
  { "cox.net", "imap.mail.yahoo.com:993:tls:oauth2+password:address",
    "pop.mail.yahoo.com:995:tls:oauth2+password:address",
    "smtp.mail.yahoo.com:465:tls:oauth2+password:address" },
  { "inbox.lt", "mail.inbox.lt:993:tls:password:address", "mail.inbox.lt:995:tls:password:address",
    "mail.inbox.lt:465:tls:password:address" },
  { "zoho.eu", "imap.zoho.eu:993:tls:password:address", "pop.zoho.eu:995:tls:password:address",
    "smtp.zoho.eu:465:tls:password:address" },
  { "rediffmail.com", "-", "pop.rediffmail.com:995:tls:password:address",
    "smtp.rediffmail.com:465:tls:password:address" },
  { "proton.me", "-", "-", "-" },
  { "tuta.com", "-", "-", "-" },
};

static char *
first_server (const PostwegProvider *provider, PostwegProtocol protocol)
{
  static const char *const users[] = { "address", "local", "local.domain", "other" };

  for (guint i = 0; i < provider->n_servers; i++)
    {
      const PostwegProviderServer *server = &provider->servers[i];
      g_autoptr (GString) text = g_string_new (NULL);

      if (server->protocol != protocol)
        continue;
      g_string_printf (text, "%s:%u:%s:", server->host, server->port,
                       postweg_security_name (server->security));
      for (guint k = 0; k < server->n_auths; k++)
        g_string_append_printf (text, "%s%s", k > 0 ? "+" : "", postweg_auth_name (server->auths[k]));
      g_string_append_printf (text, ":%s", users[server->user]);
      return g_strdup (text->str);
    }
  return g_strdup ("-");
}

static void
test_servers (gconstpointer data)
{
  const Servers *row = data;
  const PostwegProvider *provider = postweg_providers_by_domain (row->domain);
  g_autofree char *imap = NULL;
  g_autofree char *pop3 = NULL;
  g_autofree char *smtp = NULL;

  g_assert_nonnull (provider);
  imap = first_server (provider, POSTWEG_IMAP);
  pop3 = first_server (provider, POSTWEG_POP3);
  smtp = first_server (provider, POSTWEG_SMTP);
  g_assert_cmpstr (imap, ==, row->imap);
  g_assert_cmpstr (pop3, ==, row->pop3);
  g_assert_cmpstr (smtp, ==, row->smtp);
}

static const struct {
  const char *domain;
  const char *code;
  const char *protocol; /* NULL: this demand must not be there at all */
  const char *url;      /* NULL: whatever */
} demands[] = {
  { "gmail.com", "oauth2", "", "" },
  { "gmail.com", "app-password", "", "https://myaccount.google.com/apppasswords" },
  { "gmail.com", "pop-enable", "pop3", "https://mail.google.com/mail/u/0/#settings/fwdandpop" },
  { "gmail.com", "imap-enable", NULL, NULL }, /* always on since January 2025 */
  { "gmail.com", "enable", NULL, NULL },
  { "outlook.com", "oauth2-only", "", NULL },
  { "outlook.com", "imap-enable", "imap", NULL },
  { "outlook.com", "app-password", NULL, NULL }, /* ended 16 September 2024 */
  { "office365.com", "admin", "", NULL },
  { "gmx.de", "enable", "", "https://hilfe.gmx.net/pop-imap/einschalten.html" },
  { "gmx.de", "app-password-if-2fa", "", NULL },
  { "web.de", "poll-interval", "pop3", NULL },
  { "t-online.de", "separate-password", "", NULL },
  { "freenet.de", "smtp-enable", "smtp", NULL },
  { "freenet.de", "enable", "", NULL },
  { "free.fr", "smtp-enable", "smtp", NULL },
  { "icloud.com", "app-password", "", "https://account.apple.com" },
  { "mailbox.org", "app-password-if-2fa", "", NULL },
  { "posteo.de", "app-password-if-2fa", "", "https://posteo.de/hilfe/anwendungs-passwoerter" },
  { "fastmail.com", "plan", "", NULL },
  { "mail.com", "plan", "", NULL },
  { "comcast.net", "migrating", "", NULL },
  { "qq.com", "authorization-code", "", NULL },
  { "proton.me", "plan", "", NULL },
  { "netcologne.de", "check", "", NULL },
};

static void
test_demands (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (demands); i++)
    {
      const PostwegProvider *provider = postweg_providers_by_domain (demands[i].domain);
      const PostwegPrerequisite *found = NULL;

      for (guint k = 0; k < provider->n_prerequisites; k++)
        if (strcmp (provider->prerequisites[k].code, demands[i].code) == 0)
          found = &provider->prerequisites[k];
      g_test_message ("%s: %s", demands[i].domain, demands[i].code);
      g_assert_true ((found != NULL) == (demands[i].protocol != NULL));
      if (found != NULL)
        g_assert_cmpstr (found->protocol, ==, demands[i].protocol);
      if (demands[i].url != NULL)
        g_assert_cmpstr (found->url, ==, demands[i].url);
    }
}

static const struct {
  const char *domain;
  guint quirks;
} quirks[] = {
  { "gmail.com", POSTWEG_QUIRK_FILES_SENT | POSTWEG_QUIRK_POP_ONCE | POSTWEG_QUIRK_POP_WEB_DECIDES |
                     POSTWEG_QUIRK_OWN_APP_PASSWORD },
  { "outlook.com", POSTWEG_QUIRK_POP_WEB_DECIDES },
  { "me.com", POSTWEG_QUIRK_POP_NOT_OFFERED | POSTWEG_QUIRK_USER_DIFFERS | POSTWEG_QUIRK_OWN_APP_PASSWORD },
  { "freenet.de", POSTWEG_QUIRK_SMTP_OWN_SWITCH },
  { "free.fr", POSTWEG_QUIRK_SMTP_OWN_SWITCH },
  { "posteo.de", 0 },
  { "t-online.de", 0 },
  { "foxmail.com", POSTWEG_QUIRK_USER_DIFFERS },
};

static void
test_quirks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (quirks); i++)
    {
      g_test_message ("%s", quirks[i].domain);
      g_assert_cmphex (postweg_providers_by_domain (quirks[i].domain)->quirks, ==, quirks[i].quirks);
    }
}

static const struct {
  const char *domain;
  const char *dead_end;
  const char *help;
} dead_ends[] = {
  { "proton.me", "needs-bridge", "https://proton.me/mail/bridge" },
  { "protonmail.com", "needs-bridge", "https://proton.me/mail/bridge" },
  { "pm.me", "needs-bridge", "https://proton.me/mail/bridge" },
  { "tuta.com", "no-imap-pop", "" },
  { "tutanota.de", "no-imap-pop", "" },
  { "hey.com", "no-imap-pop", "" },
  { "posteo.de", NULL, "https://posteo.de/hilfe/zusaetzlichen-postfachschutz-deaktivieren" },
};

static void
test_dead_ends (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dead_ends); i++)
    {
      const PostwegProvider *provider = postweg_providers_by_domain (dead_ends[i].domain);

      g_assert_cmpstr (provider->dead_end, ==, dead_ends[i].dead_end);
      g_assert_cmpstr (provider->help, ==, dead_ends[i].help);
    }
}

static const struct {
  const char *host;
  const char *id; /* NULL: nobody's */
} hosts[] = {
  { "smtp.gmail.com", "gmail" },
  { "SMTP.Gmail.com", "gmail" },
  { "imap.googlemail.com", "gmail" },
  { "outlook.office365.com", "outlook.com" },
  { "smtp.office365.com", "microsoft-365" },
  { "imap.aol.com", "aol" },
  { "imap.mail.yahoo.com", "yahoo" },
  { "mail.gmx.net", "gmx" },
  { "mail.gmx.com", "gmx.com" },
  { "imap.1und1.de", "ionos" },
  { "smtp.ionos.fr", "ionos" },
  { "w0123456.kasserver.com", "all-inkl" },
  { "wp123.mail.server-he.de", "host-europe" },
  { "mail.your-server.de", "hetzner" },
  { "mail.agenturserver.de", "mittwald" },
  { "imap.vodafonemail.de", "vodafone" },
  { "server-he.de", NULL },
  { "xkasserver.com", NULL },
  { "imap.gmail.com.example.org", NULL },
  { "127.0.0.1", NULL },
};

static void
test_hosts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      const PostwegProvider *found = postweg_providers_by_host (hosts[i].host);

      g_test_message ("%s", hosts[i].host);
      g_assert_cmpstr (found != NULL ? found->id : NULL, ==, hosts[i].id);
    }
}

/* The mail hosts of customers' own domains. */
static void
test_mail_hosts (void)
{
  static const struct {
    const char *host, *id;
  } table[] = {
    { "aspmx.l.google.com", "google-workspace" },
    { "alt1.aspmx.l.google.com", "google-workspace" },
    { "firm-de.mail.protection.outlook.com", "microsoft-365" },
    { "mx00.kundenserver.de", "ionos" },
    { "smtpin.rzone.de", "strato" },
    { "w0123456.kasserver.com", "all-inkl" },
    { "www123.your-server.de", "hetzner" },
    { "mail.protonmail.ch", "proton" },
    { "in1-smtp.messagingengine.com", "fastmail" },
    { "mx.gmx.net", "gmx" },
    { "gmx.net", "gmx" },
    { "a.b.c.gmx.net", "gmx" },
    { "mx.firm.example", NULL },
    { "kundenserver.de.firm.example", NULL },
    { "xrzone.de", NULL },
    { "net", NULL },
    { "192.0.2.1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const PostwegProvider *found = postweg_providers_by_mx (table[i].host);

      g_test_message ("%s", table[i].host);
      g_assert_cmpstr (found != NULL ? found->id : NULL, ==, table[i].id);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/providers/facts/servers/%s", servers[i].domain);

      g_test_add_data_func (path, &servers[i], test_servers);
    }
  g_test_add_func ("/providers/facts/demands", test_demands);
  g_test_add_func ("/providers/facts/quirks", test_quirks);
  g_test_add_func ("/providers/facts/dead-ends", test_dead_ends);
  g_test_add_func ("/providers/facts/hosts", test_hosts);
  g_test_add_func ("/providers/facts/mail-hosts", test_mail_hosts);
  return g_test_run ();
}
