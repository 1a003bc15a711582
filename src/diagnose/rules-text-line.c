/* Error messages of other mail programs about names, connections and certificates, for people who paste them. */
#include "diagnose/reply-rules.h"

#define TO(cause) POSTWEG_CAUSE_##cause

/* clang-format off */
const PostwegTextRule postweg_text_rules_line[] = {
  { ON_LINE, "name or service not known|nodename nor servname|no such host|host not found|unknown host|nxdomain|enotfound|no address associated|name does not exist|resolve host|resolve name|resolving host|unknownhostexception", TO (DNS_NO_SUCH_HOST), 88 },
  { ON_LINE, "name or service not known|host not found|no address associated", TO (DNS_TEMPORARY_FAILURE), 40 },
  { ON_LINE, "temporary failure in name resolution|eai again|servfail|resolver failure;dns*timeout|timed out", TO (DNS_TEMPORARY_FAILURE), 92 },
  { ON_LINE, "connection refused|connect refused|econnrefused|actively refused", TO (CONNECTION_REFUSED), 94 },
  { ON_LINE, "unreachable|no route to host|enetunreach|ehostunreach", TO (HOST_UNREACHABLE), 94 },
  { ON (CONNECT), "timed out|timeout|time out|etimedout", TO (PORT_BLOCKED), 78 },
  { ON (CONNECT), "timed out|timeout|time out|etimedout", TO (HOST_UNREACHABLE), 62 },
  { ON (GREETING), "timed out|timeout|time out", TO (SERVER_SILENT), 62 },
  { ON (GREETING), "timed out|timeout|time out", TO (PLAIN_ON_TLS_PORT), 64 },
  { ON (CONNECT) | ON (GREETING), "reset by peer|econnreset|connection reset|closed|hung up|unexpected eof|end of file|disconnected", TO (CONNECTION_DROPPED), 68 },
  { ON (GREETING), "reset by peer|econnreset|connection reset|closed|unexpected eof|no greeting", TO (PLAIN_ON_TLS_PORT), 56 },

  { ON (TLS), "protocol version|unsupported protocol|ssl error unsupported version|version or cipher mismatch|alert 70 |alert number 70|no protocols available|inappropriate fallback", TO (TLS_VERSION_MISMATCH), 95 },
  { ON (TLS), "handshake fail|alert 40 |alert number 40|no shared cipher|no cipher|no cypher|cipher suites in common|insufficient security", TO (TLS_CIPHER_MISMATCH), 74 },
  { ON (TLS), "handshake fail|alert 40 |alert number 40", TO (TLS_VERSION_MISMATCH), 55 },
  { ON (TLS), "unrecognized name|server name sent was not recognized|alert 112 |alert number 112|no sni provided|fix your client; sni *missing|required", TO (SNI_REQUIRED), 95 },
  { ON (TLS), "certificate is required|certificate required|alert 116 |alert number 116", TO (CLIENT_CERT_REQUIRED), 95 },
  { ON (TLS), "unexpected tls packet|wrong version number|unsupported version packet|record layer version|record too long|not an ssl|unrecognized ssl message|does not look like a tls|plain text|plaintext connection", TO (TLS_ON_PLAIN_PORT), 76 },
  { ON (TLS), "unexpected tls packet|wrong version number|unsupported version packet|http request", TO (CAPTIVE_PORTAL), 58 },
  { ON (TLS), "unexpected tls packet|wrong version number", TO (WRONG_SERVICE_ON_PORT), 50 },
  { ON (TLS), "reset by peer|unexpected eof|non properly terminated|prematurely|connection closed|econnreset|terminated", TO (TLS_HANDSHAKE_ABORTED), 68 },

  { ON (TLS), "!expired or*not yet valid|not yet activated|not valid before", TO (CERT_NOT_YET_VALID), 95 },
  { ON (TLS), "expired or*not yet valid", TO (CERT_NOT_YET_VALID), 60 },
  { ON (TLS), "certificate*expired|has run out;expired certificate|expired issuer|certificateexpired;not valid after", TO (CERT_EXPIRED), 94 },
  { ON (TLS), "self signed|depth zero", TO (CERT_SELF_SIGNED), 84 },
  { ON (TLS), "issuer is unknown|unknown issuer|unable to get local issuer|unable to verify the first|unknown ca|unknown authority|untrusted root|not trusted by", TO (CERT_UNKNOWN_ISSUER), 84 },
  { ON (TLS), "certification path|trust anchor", TO (CERT_UNKNOWN_ISSUER), 92 },
  { ON (TLS), "unable to verify the first|unable to get local issuer", TO (CERT_CHAIN_INCOMPLETE), 62 },
  { ON (TLS), "issuer is unknown|unknown issuer|unacceptable tls certificate", TO (CERT_SELF_SIGNED), 56 },
  { ON (TLS), "unacceptable tls certificate|certificate verify failed|bad certificate", TO (CERT_UNKNOWN_ISSUER), 50 },
  { ON (TLS), "unacceptable tls certificate", TO (CERT_NAME_MISMATCH), 48 },
  { ON (TLS), "self signed|issuer is unknown|unknown issuer", TO (LOCAL_MAIL_PROXY), 42 },
  { ON (TLS), "name*does not match|doesn t match|not match|mismatch|altname|belongs to a different|not valid for", TO (CERT_NAME_MISMATCH), 94 },
  { ON (TLS), "hostname mismatch|host name mismatch|not match host|is only valid for|certificate is valid for|altname|bad cert domain|subject alternative|no name matching", TO (CERT_NAME_MISMATCH), 94 },
  /* GTlsCertificateFlags, the only thing that GIO says */
  { ON (TLS), " flags 0x2 ", TO (CERT_NAME_MISMATCH), 94 },
  { ON (TLS), " flags 0x4 ", TO (CERT_NOT_YET_VALID), 94 },
  { ON (TLS), " flags 0x8 ", TO (CERT_EXPIRED), 94 },
  { ON (TLS), " flags 0x10 ", TO (CERT_REVOKED), 94 },
  { ON (TLS), " flags 0x20 ", TO (CERT_TOO_WEAK), 94 },
  { ON (TLS), "too weak|insecure algorithm|key too small|dh key too small|weak signature|weak key|md too weak", TO (CERT_TOO_WEAK), 95 },
  { ON (TLS), "revoked", TO (CERT_REVOKED), 95 },
  { ON (TLS), "mitm detected|antivirus|anti virus|mail shield|kaspersky|avast|bitdefender| eset |ssl/tls scanning|ssl scanning|fortigate|fortinet|zscaler|sophos|netskope|webroot", TO (LOCAL_MAIL_PROXY), 96 },
  { 0, NULL },
};
/* clang-format on */
