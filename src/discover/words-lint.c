/* What domain owners are told about what they publish. */
#include "discover/lint.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const struct {
  const char *code;
  const char *text;
} texts[] = {
  { "no-such-domain", N_ ("%s: there is no such domain. Check how it is written.") },
  { "no-mail-here", N_ ("%s: the name service says that no mail is taken here. Add an MX record if that is wrong.") },
  { "dns-failure", N_ ("%s: the name service does not answer, or its signatures do not fit. Check the name servers and DNSSEC.") },
  { "offline", N_ ("%s: this computer is not connected to the internet.") },
  { "http-only", N_ ("%s: settings are published without encryption only. Put the same file behind https, with a certificate for autoconfig.DOMAIN.") },
  { "no-autoconfig", N_ ("%s: there is no autoconfig file. Publish the one below at https://autoconfig.DOMAIN/mail/config-v1.1.xml.") },
  { "no-srv", N_ ("%s: there are no SRV records. Add the lines below to the zone.") },
  { "web-certificate", N_ ("%s: the certificate of the web server is not good for this name, so nobody may use the file. Renew it, or add the name.") },
  { "web-leads-away", N_ ("%s: leads to another operator’s host, which people are asked about first. Serve the file from the domain itself.") },
  { "web-silent", N_ ("%s: the web server does not answer, and mail programs wait for it. Start it, or remove the name.") },
  { "web-malformed", N_ ("%s: the answer is too big, compressed, cut off or no HTTP. Serve the plain file, below 256 KiB.") },
  { "file-is-a-page", N_ ("%s: a web page stands where the settings should be. Publish the file below, or answer 404.") },
  { "file-unreadable", N_ ("%s: this is no autoconfig file with usable servers. Replace it by the one below.") },
  { "pacc-missing", N_ ("%s: the name service has the digest of a file that is not there. Publish the file, or remove the TXT record.") },
  { "pacc-digest", N_ ("%s: the file does not have the digest in the name service. Publish the digest anew after each change of the file.") },
  { "server-dead", N_ ("%s: nothing that fits answers here. Correct the name, the port or the kind of encryption, or start the server.") },
  { "server-silent", N_ ("%s: there is no answer in time. Check the firewall and whether the server runs.") },
  { "server-certificate-name", N_ ("%s: the certificate is for another name. Publish the name in the certificate, or add this one to it.") },
  { "server-certificate", N_ ("%s: the certificate is not trusted or has expired. Install one of a known authority with its whole chain.") },
  { "no-encryption", N_ ("%s: published without encryption, so passwords can be read on the way. Publish the port with TLS instead.") },
  { "foreign-without-dnssec", N_ ("%s: the SRV record names another operator’s host, which people are asked about first. Sign the zone with DNSSEC, or publish an autoconfig file.") },
  { "no-user-name", N_ ("%s: the file does not say what the user name is, or says it in an unknown way. Write %%EMAILADDRESS%% or %%EMAILLOCALPART%%.") },
  { "database-wrong", N_ ("%s: the public database of Thunderbird lists this server, and it does not work as listed. Propose a correction there.") },
  { "database-lacks", N_ ("%s: this server answers, and the public database of Thunderbird does not list it. Propose a correction there.") },
};
/* clang-format on */

char *
postweg_lint_words (const PostwegPublishNote *note)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (texts[i].code, note->code) == 0)
      {
        g_autoptr (GString) text = g_string_new (_(texts[i].text));

        /* what comes from outside goes in last */
        g_string_replace (text, "%%", "%", 0);
        g_string_replace (text, "%s", note->subject, 1);
        return g_strdup (text->str);
      }
  return g_strdup_printf (_("%s: something here does not fit (%s)."), note->subject, note->code);
}
