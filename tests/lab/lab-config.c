/* Writes the servers' configuration from the templates beside this file. */
#include "lab-private.h"
#include <glib/gstdio.h>
#include <pwd.h>
#include <string.h>
#include <utime.h>

#define POSTFIX_DAEMONS "/usr/lib/postfix/sbin"

static const char *const paper_hosts[POSTWEG_N_PAPERS + 1] = { "127.0.0.10", "127.0.0.11", "127.0.0.12",
                                                               "127.0.0.13", "127.0.0.14", "127.0.0.15",
                                                               "127.0.0.16", "127.0.0.17", "127.0.0.18",
                                                               "127.0.0.19", NULL };

typedef struct {
  const char *name;
  gboolean implicit_tls;
  const char *smtp; /* Postfix' options for the service; NULL: the port is Dovecot's */
} Port;

#define SIGN_IN                                                                                              \
  " -o smtpd_sasl_auth_enable=yes -o smtpd_sender_restrictions=reject_sender_login_mismatch"                 \
  " -o smtpd_relay_restrictions=permit_sasl_authenticated,reject"

static const Port ports[LAB_N_PORTS] = {
  [LAB_IMAPS] = { "imaps", TRUE, NULL },
  [LAB_IMAP] = { "imap", FALSE, NULL },
  [LAB_POP3S] = { "pop3s", TRUE, NULL },
  [LAB_POP3] = { "pop3", FALSE, NULL },
  [LAB_SMTPS] = { "smtps", TRUE, "-o smtpd_tls_wrappermode=yes" SIGN_IN },
  [LAB_SUBMISSION] = { "submission", FALSE, "-o smtpd_tls_security_level=encrypt" SIGN_IN },
  [LAB_SMTP] = { "smtp", FALSE, "-o smtpd_tls_security_level=may" },
};

/* OpenSSL serves a key of 1024 bits only below its usual security level. */
static char *
dovecot_papers (const Lab *lab)
{
  GString *text = g_string_new (NULL);

  for (PostwegPaper paper = 0; paper < POSTWEG_N_PAPERS; paper++)
    {
      const char *name = postweg_paper_name (paper);

      g_string_append_printf (text, "local %s {\n", paper_hosts[paper]);
      g_string_append_printf (text, "  ssl_cert = <%s/papers/%s.pem\n", lab->folder, name);
      g_string_append_printf (text, "  ssl_key = <%s/papers/%s.key\n", lab->folder, name);
      g_string_append (text,
                       paper == POSTWEG_PAPER_WEAK ? "  ssl_cipher_list = DEFAULT@SECLEVEL=0\n}\n" : "}\n");
    }
  return g_string_free (text, FALSE);
}

static char *
dovecot_listen (const Lab *lab)
{
  g_autofree char *papers = g_strjoinv (", ", (char **) (gpointer) paper_hosts);

  return g_strdup_printf ("127.0.0.1, %s, %s, %s, %s%s", LAB_GUARDED_HOST, LAB_PLAIN_HOST, LAB_ONE_HOST,
                          papers, lab->ipv6 ? ", ::1" : "");
}

/* more: further options for this address */
static void
add_services (const Lab *lab, GString *text, const char *address, const char *more)
{
  for (LabPort port = 0; port < LAB_N_PORTS; port++)
    if (ports[port].smtp != NULL)
      g_string_append_printf (text, "%s:%u inet n - n - - smtpd %s%s\n", address, lab->ports[port],
                              ports[port].smtp, more);
}

static void
add_paper_services (const Lab *lab, GString *text, PostwegPaper paper)
{
  const char *name = postweg_paper_name (paper);
  g_autofree char *more = g_strdup_printf (
      " -o smtpd_tls_chain_files=%s/papers/%s.key,%s/papers/%s.pem%s", lab->folder, name, lab->folder, name,
      paper == POSTWEG_PAPER_WEAK ? " -o tls_medium_cipherlist=DEFAULT@SECLEVEL=0" : "");

  add_services (lab, text, paper_hosts[paper], more);
}

static char *
postfix_services (const Lab *lab)
{
  GString *text = g_string_new (NULL);

  add_services (lab, text, "127.0.0.1", "");
  add_services (lab, text, LAB_GUARDED_HOST, "");
  if (lab->ipv6)
    add_services (lab, text, "[::1]", "");
  add_services (lab, text, LAB_PLAIN_HOST,
                " -o smtpd_tls_wrappermode=no -o smtpd_tls_security_level=none -o smtpd_tls_auth_only=no");
  for (PostwegPaper paper = 0; paper < POSTWEG_N_PAPERS; paper++)
    add_paper_services (lab, text, paper);
  return g_string_free (text, FALSE);
}

void
lab_values_add (GPtrArray *values, const char *name, char *value)
{
  g_ptr_array_add (values, g_strdup_printf ("@%s@", name));
  g_ptr_array_add (values, value);
}

GPtrArray *
lab_values_new (const Lab *lab)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  const struct passwd *owner = getpwnam (LAB_MAIL_USER);

  lab_values_add (values, "PAPERS", dovecot_papers (lab));
  lab_values_add (values, "SERVICES", postfix_services (lab));
  lab_values_add (values, "LISTEN", dovecot_listen (lab));
  lab_values_add (values, "FOLDER", g_strdup (lab->folder));
  lab_values_add (values, "DOMAIN", g_strdup (LAB_DOMAIN));
  lab_values_add (values, "CROWD_PASSWORD", g_strdup (LAB_CROWD_PASSWORD));
  lab_values_add (values, "HOSTNAME", g_strdup (LAB_HOSTNAME));
  lab_values_add (values, "ONE", g_strdup (LAB_ONE_HOST));
  lab_values_add (values, "PLAIN", g_strdup (LAB_PLAIN_HOST));
  lab_values_add (values, "POSTFIX_DAEMONS", g_strdup (POSTFIX_DAEMONS));
  lab_values_add (values, "PROTOCOLS", g_strdup (lab->ipv6 ? "all" : "ipv4"));
  lab_values_add (values, "UID", g_strdup_printf ("%u", owner->pw_uid));
  lab_values_add (values, "GID", g_strdup_printf ("%u", owner->pw_gid));
  for (LabPort port = 0; port < LAB_N_PORTS; port++)
    {
      g_autofree char *name = g_ascii_strup (ports[port].name, -1);

      lab_values_add (values, name, g_strdup_printf ("%u", lab->ports[port]));
    }
  return values;
}

gboolean
lab_fill_in (const Lab *lab, const GPtrArray *values, const char *template, const char *target,
             GError **error)
{
  g_autofree char *path = g_build_filename (LAB_TEMPLATES, template, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) filled = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  filled = g_string_new (text);
  for (guint i = 0; i < values->len; i += 2)
    g_string_replace (filled, g_ptr_array_index (values, i), g_ptr_array_index (values, i + 1), 0);
  return lab_write_file (lab, target, filled->str, 0644, error);
}

const char *
lab_bad_host (PostwegPaper paper)
{
  g_return_val_if_fail ((guint) paper < POSTWEG_N_PAPERS, NULL);
  return paper_hosts[paper];
}

const char *
lab_port_name (LabPort port)
{
  g_return_val_if_fail ((guint) port < LAB_N_PORTS, NULL);
  return ports[port].name;
}

gboolean
lab_write_file (const Lab *lab, const char *name, const char *text, int mode, GError **error)
{
  g_autofree char *path = g_build_filename (lab->folder, name, NULL);
  /* Postfix takes a file that is younger than a few seconds for one that is being written, and waits. */
  struct utimbuf long_ago = { 0, time (NULL) - 60 };

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, mode, error) &&
         g_utime (path, &long_ago) == 0;
}

gboolean
lab_write_config (Lab *lab, GError **error)
{
  g_autoptr (GPtrArray) values = lab_values_new (lab);

  return lab_fill_in (lab, values, "dovecot.conf", "dovecot.conf", error) &&
         lab_fill_in (lab, values, "oauth2.conf", "oauth2.conf", error) &&
         lab_fill_in (lab, values, "main.cf", "postfix/main.cf", error) &&
         lab_fill_in (lab, values, "master.cf", "postfix/master.cf", error);
}
