/* What mail programs say in their own words and numbers, for people who paste that: Thunderbird, Outlook, Apple Mail, English and German.
 * Mostly the program has folded several causes into one sentence; then each of them is a suspicion. */
#include "diagnose/reply-rules.h"

#define TO(cause) POSTWEG_CAUSE_##cause
#define ANYWHERE ~0u

/* clang-format off */
const PostwegTextRule postweg_text_rules_programs[] = {
  /* Thunderbird says the same for a closed port and for a name that does not exist. */
  { ANYWHERE, "server may be unavailable or is refusing;moeglicherweise ist der server nicht verfuegbar", TO (CONNECTION_REFUSED), 64 },
  { ANYWHERE, "server may be unavailable or is refusing;moeglicherweise ist der server nicht verfuegbar", TO (DNS_NO_SUCH_HOST), 62 },
  { ANYWHERE, "server may be unavailable or is refusing;moeglicherweise ist der server nicht verfuegbar", TO (PORT_BLOCKED), 60 },
  { ANYWHERE, "failed to connect to server|could not connect to server|unable to connect to the server|can t connect to|connection to the server failed;verbindung zu*server*fehlgeschlagen|nicht hergestellt werden", TO (CONNECTION_REFUSED), 58 },
  { ANYWHERE, "failed to connect to server|could not connect to server|unable to connect to the server|can t connect to|connection to the server failed;verbindung zu*server*fehlgeschlagen|nicht hergestellt werden", TO (PORT_BLOCKED), 56 },
  { ANYWHERE, "failed to connect to server|could not connect to server|unable to connect to the server|can t connect to|connection to the server failed;verbindung zu*server*fehlgeschlagen|nicht hergestellt werden", TO (DNS_NO_SUCH_HOST), 54 },
  { ANYWHERE, "smtp*is unknown|ist unbekannt|unbekannt ist", TO (DNS_NO_SUCH_HOST), 86 },
  { ANYWHERE, "connection was refused|verbindung wurde verweigert|verbindung wurde abgelehnt", TO (CONNECTION_REFUSED), 92 },
  { ANYWHERE, "refused to allow a connection on port;keine verbindung an port*zu|zugelassen", TO (CONNECTION_REFUSED), 70 },
  { ANYWHERE, "refused to allow a connection on port 25 ;verbindung*port 25 ", TO (PORT_BLOCKED), 74 },
  { ANYWHERE, "server*is not responding|antwortet nicht", TO (SERVER_SILENT), 66 },
  { ANYWHERE, "server*is not responding|antwortet nicht", TO (PORT_BLOCKED), 62 },
  { ANYWHERE, "lost in the middle of the transaction|mitten in der transaktion", TO (CONNECTION_DROPPED), 72 },

  /* A wrong kind of encryption shows as silence. */
  { ANYWHERE, "connection to*timed out*try again;verbindung mit*zeitueberschreitung|zeitlimit", TO (PORT_BLOCKED), 62 },
  { ANYWHERE, "connection to*timed out*try again;verbindung mit*zeitueberschreitung|zeitlimit", TO (PLAIN_ON_TLS_PORT), 61 },
  { ANYWHERE, "advertise starttls|advertise support for starttls|does not support starttls|kein starttls|unterstuetzt starttls nicht;starttls*doesn t advertise|does not advertise|not offer|nicht anbietet|nicht unterstuetzt", TO (STARTTLS_NOT_OFFERED), 94 },
  { ANYWHERE, "connection encryption type you have specified|angegebenen verbindungsverschluesselungstyp", TO (TLS_ON_PLAIN_PORT), 78 },
  { ANYWHERE, "not come from a trusted source|can t verify the identity|cannot verify the identity|verify server identity;identity of*cannot be verified|can t be verified;identitaet*nicht ueberprueft|nicht verifiziert", TO (CERT_UNKNOWN_ISSUER), 64 },
  { ANYWHERE, "not come from a trusted source|can t verify the identity|cannot verify the identity|verify server identity;identity of*cannot be verified|can t be verified;identitaet*nicht ueberprueft|nicht verifiziert", TO (CERT_SELF_SIGNED), 60 },
  { ANYWHERE, "not come from a trusted source|can t verify the identity|cannot verify the identity|verify server identity;identity of*cannot be verified|can t be verified;identitaet*nicht ueberprueft|nicht verifiziert", TO (CERT_NAME_MISMATCH), 58 },

  { ANYWHERE, "login to server*failed;unable to authenticate to;anmeldung*fehlgeschlagen;authentifizierung*fehlgeschlagen", TO (WRONG_CREDENTIALS), 62 },
  { ANYWHERE, "rejected the password|rejected your login|password was rejected;user name or password*incorrect;benutzername oder*passwort*falsch|nicht korrekt|abgelehnt", TO (WRONG_CREDENTIALS), 70 },
  { ANYWHERE, "selected authentication method|support encrypted passwords|supported authentication method;gewaehlte authentifizierungsmethode|verschluesselte passwoerter nicht", TO (AUTH_MECHANISM_UNSUPPORTED), 90 },
  { ANYWHERE, "copying the message to your sent|copy of the message to the sent|could not be copied to the sent;kopieren der nachricht*gesendet;kopie*gesendet*nicht", TO (SENT_NOT_FILED), 84 },

  /* Outlook and Windows Mail: numbers of the transport (imnxport.h) and of the spooler. */
  { ANYWHERE, "0x800ccc0d", TO (DNS_NO_SUCH_HOST), 90 },
  { ANYWHERE, "0x800ccc0e|0x80042108|0x80042109", TO (CONNECTION_REFUSED), 66 },
  { ANYWHERE, "0x800ccc0e|0x80042108|0x80042109", TO (PORT_BLOCKED), 64 },
  { ANYWHERE, "0x800ccc0f|0x800cccdd", TO (CONNECTION_DROPPED), 72 },
  { ANYWHERE, "0x800ccc13", TO (OFFLINE), 78 },
  { ANYWHERE, "0x800ccc18|0x800ccc80", TO (AUTH_MECHANISM_UNSUPPORTED), 84 },
  { ANYWHERE, "0x800ccc19|0x8004210a|0x8004210b", TO (SERVER_SILENT), 66 },
  { ANYWHERE, "0x800ccc19|0x8004210a|0x8004210b", TO (PORT_BLOCKED), 62 },
  { ANYWHERE, "0x800ccc1a", TO (TLS_ON_PLAIN_PORT), 80 },
  { ANYWHERE, "0x800ccc67", TO (SERVER_TEMPORARY_FAILURE), 74 },
  { ANYWHERE, "0x800ccc6c", TO (MESSAGE_TOO_LARGE), 88 },
  { ANYWHERE, "0x800ccc78", TO (SENDER_ADDRESS_INVALID), 66 },
  { ANYWHERE, "0x800ccc78|0x800ccc79", TO (SEND_AUTH_MISSING), 78 },
  { ANYWHERE, "0x800ccc7d", TO (STARTTLS_NOT_OFFERED), 90 },
  { ANYWHERE, "0x800ccc81|0x800ccc91|0x800ccc92|0x800cccd1", TO (WRONG_CREDENTIALS), 80 },

  /* Windows: sockets (winsock2.h) and SChannel (winerror.h) */
  { ANYWHERE, "error|socket|winsock* 10060 ", TO (PORT_BLOCKED), 78 },
  { ANYWHERE, "error|socket|winsock* 10061 ", TO (CONNECTION_REFUSED), 94 },
  { ANYWHERE, "error|socket|winsock* 10051 | 10065 ", TO (HOST_UNREACHABLE), 94 },
  { ANYWHERE, "error|socket|winsock* 10053 | 10054 ", TO (CONNECTION_DROPPED), 72 },
  { ANYWHERE, "error|socket|winsock* 11001 | 11004 ", TO (DNS_NO_SUCH_HOST), 88 },
  { ANYWHERE, "0x80090308", TO (TLS_ON_PLAIN_PORT), 74 },
  { ANYWHERE, "0x80090322", TO (CERT_NAME_MISMATCH), 92 },
  { ANYWHERE, "0x80090325|remotecertificatechainerrors", TO (CERT_UNKNOWN_ISSUER), 84 },
  { ANYWHERE, "0x80090328", TO (CERT_EXPIRED), 92 },
  { ANYWHERE, "0x80090331", TO (TLS_CIPHER_MISMATCH), 84 },
  { ANYWHERE, "remotecertificatenamemismatch", TO (CERT_NAME_MISMATCH), 94 },
  { 0, NULL },
};
/* clang-format on */
