/* What the files of the lab share. */
#pragma once
#include "lab.h"

/* Makes the folders, certificates, users and mailboxes; the servers need not run. */
gboolean lab_write_folders (Lab *lab, GError **error);
/* Writes the servers' configuration, the ports known. */
gboolean lab_write_config (Lab *lab, GError **error);
/* Name and value take turns: "@IMAPS@", "10993", … as templates have them. */
GPtrArray *lab_values_new (const Lab *lab);
/* Takes the value. */
void lab_values_add (GPtrArray *values, const char *name, char *value);
/* Writes a template beside these files, filled in, to a place relative to the lab's folder. */
gboolean lab_fill_in (const Lab *lab, const GPtrArray *values, const char *template, const char *target,
                      GError **error);
/* name: relative to the lab's folder */
gboolean lab_write_file (const Lab *lab, const char *name, const char *text, int mode, GError **error);

/* Chooses a port for each service that is free on all addresses. */
gboolean lab_choose_ports (Lab *lab, GError **error);
/* Starts a program in a process group of its own. */
gboolean lab_spawn (const Lab *lab, const char *const *command, GPid *pid, GError **error);
/* The same, where /etc and /run are the lab's own: those folders below the one that is named, relative to the lab's. */
gboolean lab_spawn_apart (const Lab *lab, const char *const *command, const char *folder, GPid *pid,
                          GError **error);
/* Starts a process that clears up if this one dies without lab_stop(). Not by PR_SET_PDEATHSIG: the kernel forgets that
 * when Postfix' master changes its user id for a moment. A later one replaces the earlier one. */
gboolean lab_spawn_guard (Lab *lab, GError **error);
/* Waits until the server greets there; else says the reason out of its log, “NAME.log” in the lab's folder. */
gboolean lab_wait_for (const Lab *lab, const char *name, GPid pid, const char *address, guint16 port,
                       GError **error);
/* Ends a process and its group at once: nothing of a lab is worth saving, and Dovecot takes a second to end in order. */
void lab_kill (GPid pid);

/* Returns: (transfer full): the user's Maildir */
char *lab_maildir (const Lab *lab, const LabUser *user);
/* Makes a folder for the lab's mail user. */
gboolean lab_make_mail_folder (const char *path);

#define LAB_HOSTS_PER_MAKER 15 /* 127.0.MAKER.1 and up; the certificates are for all of them */
#define LAB_MAIL_USER "mail"   /* owns the mailboxes; is on every Debian */
#define LAB_TOKEN_KEY "this key is known to the lab only"

/* A server of another maker. Where it cannot be installed beside Dovecot and Postfix data/start unpacks it into a folder of its own. */
typedef struct {
  const char *name;    /* of its folder there, of that in the lab's folder, and of its log */
  const char *program; /* is there when it is installed */
  const char *templates
      [5]; /* "a.conf", to be filled in; the first is a script that becomes the server; NULL-terminated */
  const char *health; /* the address of the healthy one */
  LabPort port;       /* one of those where it listens */
  gboolean apart;     /* needs an /etc and a /run of its own */
  gboolean (*prepare) (const Lab *lab, GPtrArray *values,
                       GError **error); /* writes its users, adds what its templates name */
} LabMakerSetup;

extern const LabMakerSetup lab_exim, lab_cyrus, lab_courier;
