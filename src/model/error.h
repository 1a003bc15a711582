/* What went wrong, named by what a person can do about it; the one error domain of Postweg. */
#pragma once
#include <glib.h>

/* There is no code called FAILED. GIO, GnuTLS and resolver errors are translated once, in wire/. */
typedef enum {
  POSTWEG_OK = 0, /* no error; never set in a GError */

  /* the name */
  POSTWEG_ERROR_NO_SUCH_HOST,  /* the name service says that the name does not exist */
  POSTWEG_ERROR_NO_ADDRESS,    /* the name exists, but has no address */
  POSTWEG_ERROR_NO_DNS_ANSWER, /* the name service failed, refused or did not answer in time */
  POSTWEG_ERROR_OFFLINE,       /* this computer has no network connection */

  /* the connection */
  POSTWEG_ERROR_REFUSED,       /* the host is there, nothing listens on the port */
  POSTWEG_ERROR_UNREACHABLE,   /* no route to the address */
  POSTWEG_ERROR_NO_CONNECTION, /* silence on connecting: a firewall, a blocked port, a dead host */
  POSTWEG_ERROR_HUNG_UP,       /* the server closed or reset the connection */
  POSTWEG_ERROR_SILENT,        /* connected, then no answer until the deadline */

  /* encryption */
  POSTWEG_ERROR_NOT_TLS,     /* what answers on this port does not speak TLS */
  POSTWEG_ERROR_TLS_VERSION, /* no common TLS version */
  POSTWEG_ERROR_TLS_CIPHER,  /* no common cipher or signature algorithm */
  POSTWEG_ERROR_TLS_ABORTED, /* the handshake was cut off without a reason */
  POSTWEG_ERROR_TLS_ALERT,   /* the server refused the handshake with another alert */
  POSTWEG_ERROR_CERTIFICATE, /* the certificate is not proven for this host: see the certificate's faults */
  POSTWEG_ERROR_STARTTLS_NOT_OFFERED, /* STARTTLS is wanted and not announced */
  POSTWEG_ERROR_STARTTLS_REFUSED,     /* STARTTLS is announced and was answered otherwise than positively */
  POSTWEG_ERROR_STARTTLS_INJECTION,   /* bytes behind the STARTTLS reply, before the handshake */
  POSTWEG_ERROR_PREAUTH,              /* IMAP PREAUTH on an unencrypted connection */

  /* the protocol */
  POSTWEG_ERROR_WRONG_SERVICE, /* another protocol lives on this port */
  POSTWEG_ERROR_MALFORMED,     /* not valid protocol, or a size limit was reached */
  POSTWEG_ERROR_REJECTED,      /* the server answered a command negatively: see the step's reply */

  /* sign-in */
  POSTWEG_ERROR_AUTH_NOT_OFFERED, /* no sign-in is announced at this point */
  POSTWEG_ERROR_NO_MECHANISM,     /* sign-ins are announced, but none of the wanted kind */
  POSTWEG_ERROR_BAD_PROOF,        /* the server could not prove that it knows the password (SCRAM) */
  POSTWEG_ERROR_NO_SECRET,        /* there is no password or token to sign in with */
  POSTWEG_ERROR_UNPROTECTED,      /* the sign-in was left out, since the connection is not encrypted */

  /* the test */
  POSTWEG_ERROR_OUT_OF_TIME, /* the deadline of the whole test was reached */

  /* input and files */
  POSTWEG_ERROR_BAD_INPUT,         /* what was given cannot be used as it is */
  POSTWEG_ERROR_NOT_FOUND,         /* the file, profile, account or change does not exist */
  POSTWEG_ERROR_CANNOT_READ,       /* it exists and cannot be read */
  POSTWEG_ERROR_CANNOT_WRITE,      /* read-only, no permission, no space */
  POSTWEG_ERROR_BAD_FORMAT,        /* a foreign file does not parse */
  POSTWEG_ERROR_PROGRAM_RUNNING,   /* the mail program is open and must be closed first */
  POSTWEG_ERROR_CHANGED_MEANWHILE, /* the file is not what it was when the plan was made */
  POSTWEG_ERROR_ALREADY_THERE,     /* the mail program has this account already */
  POSTWEG_ERROR_UNSUPPORTED,       /* this mail program cannot do that */
} PostwegError;

#define POSTWEG_ERROR (postweg_error_quark ())
GQuark postweg_error_quark (void);

/* Returns: (transfer none): the code's name in lower case with hyphens, such as "no-such-host"; for logs and tests */
const char *postweg_error_name (PostwegError code);

/* Why the system did not do it, in the person's language and without the file's name: GLib's own sentences name the file a second time.
 * cause: of GLib's files or of GIO. Returns: (transfer none) */
const char *postweg_error_reason (const GError *cause);
