/* What the files of the lab share. */
#pragma once
#include "lab.h"

/* Makes the folders, certificates, users and mailboxes; the servers need not run. */
gboolean lab_write_folders (Lab *lab, GError **error);
/* Writes the servers' configuration, the ports known. */
gboolean lab_write_config (Lab *lab, GError **error);
/* name: relative to the lab's folder */
gboolean lab_write_file (const Lab *lab, const char *name, const char *text, int mode, GError **error);

/* Chooses a port for each service that is free on all addresses. */
gboolean lab_choose_ports (Lab *lab, GError **error);
/* Starts a program in a process group of its own. */
gboolean lab_spawn (const Lab *lab, const char *const *command, GPid *pid, GError **error);
/* Starts a process that clears up if this one dies without lab_stop(). Not by PR_SET_PDEATHSIG: the kernel forgets that
 * when Postfix' master changes its user id for a moment. */
gboolean lab_spawn_guard (Lab *lab, GError **error);
/* Ends a process and its group at once: nothing of a lab is worth saving, and Dovecot takes a second to end in order. */
void lab_kill (GPid pid);

/* Returns: (transfer full): the user's Maildir */
char *lab_maildir (const Lab *lab, const LabUser *user);
/* Makes a folder for the lab's mail user. */
gboolean lab_make_mail_folder (const char *path);

#define LAB_MAIL_USER "mail" /* owns the mailboxes; is on every Debian */
#define LAB_TOKEN_KEY "this key is known to the lab only"
