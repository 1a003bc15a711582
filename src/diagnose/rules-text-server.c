/* Words about the state of the server, the mailbox and the connection. */
#include "diagnose/reply-rules.h"

#define TO(cause) POSTWEG_CAUSE_##cause

/* clang-format off */
const PostwegTextRule postweg_text_rules_server[] = {
  /* the check of the password does not work */
  { ON (AUTH), "temporary|temporarily*auth|login", TO (AUTH_BACKEND_FAILURE), 93 },
  { ON (AUTH), "authenticat*temporar|at present|at the moment|later", TO (AUTH_BACKEND_FAILURE), 88 },
  { ON (AUTH), "lost|unreachable|not responding|unavailable|timeout|timed out|cannot contact|can t contact*auth", TO (AUTH_BACKEND_FAILURE), 93 },
  { ON (AUTH), "auth*server|service|backend|daemon|socket*lost|unreachable|not responding|unavailable|down|timed out|timeout", TO (AUTH_BACKEND_FAILURE), 93 },
  { ON (AUTH), "lookup failed|lookup failure|lookup error", TO (AUTH_BACKEND_FAILURE), 85 },
  { ON (AUTH), "generic failure", TO (AUTH_BACKEND_FAILURE), 72 },
  { ON (AUTH), "federated| sts | ldap | radius | database|backend error", TO (AUTH_BACKEND_FAILURE), 94 },
  { ON (AUTH), "temporary problem|temporary error|temporary failure|temporary system|try again later|temporarily unavailable|internal error|internal server error", TO (AUTH_BACKEND_FAILURE), 80 },

  /* the server as a whole */
  { ON_SESSION, "maintenance|shutting down|shut down|going down|restarting|being repaired|under repair|come back later|out of service", TO (SERVER_TEMPORARY_FAILURE), 90 },
  { ON_SESSION, "too much load|overload|busy|ports are busy|insufficient system|out of memory|system resources", TO (SERVER_TEMPORARY_FAILURE), 90 },
  { ON_SESSION, "temporar|try again|try later|server unavailable|service unavailable|not available|currently unavailable|internal error|system error|i/o error", TO (SERVER_TEMPORARY_FAILURE), 72 },
  { ON_SESSION, "configuration error|misconfigur|configuration problem", TO (SERVER_MISCONFIGURED), 95 },
  { ON (AUTH) | ON (MAILBOX), "internal error occurred*log", TO (SERVER_MISCONFIGURED), 94 },
  { ON (AUTH) | ON (MAILBOX), "mailbox|maildrop|maildir|mail directory|inbox|mail spool|mail home*does not exist|doesn t exist|not found|permission|cannot|can t|corrupt|damaged|no such|not owned|wrong owner", TO (SERVER_MISCONFIGURED), 82 },
  { ON (AUTH) | ON (MAILBOX), "unable to open|cannot open|can t open|could not open|failed to open*mail|inbox", TO (SERVER_MISCONFIGURED), 82 },

  /* the mailbox */
  { ON (AUTH) | ON (MAILBOX), "authenticated but not connected", TO (MAILBOX_NOT_PERMITTED), 95 },
  { ON (AUTH) | ON (MAILBOX), "no access|not authorized|not authorised|access denied|no permission|not permitted*mailbox|shared|delegate", TO (MAILBOX_NOT_PERMITTED), 88 },
  { ON (MAILBOX), "quota", TO (OWN_MAILBOX_FULL), 92 },
  { ON (AUTH), "over quota|overquota|quota exceeded;exceeded*quota", TO (OWN_MAILBOX_FULL), 90 },
  { ON (MAILBOX) | ON (AUTH), "mailbox|mail box|storage|disk*full|exceeded|no space", TO (OWN_MAILBOX_FULL), 92 },
  { ON (MAILBOX) | ON (AUTH), "unsafe login", TO (CLIENT_ID_REQUIRED), 96 },
  { ON (MAILBOX), "id command|send id|imap id", TO (CLIENT_ID_REQUIRED), 90 },
  { ON (AUTH) | ON (MAILBOX), "already locked|locked by|already in use|in use by|being used by|another session|another pop|another process|other session|unable to lock|cannot lock;lock*maildrop;maildrop*lock", TO (MAILBOX_IN_USE), 95 },
  { ON (AUTH) | ON (MAILBOX), "minutes apart|seconds apart|login delay|login interval|too soon|minimum interval|between logins;check*every*minutes", TO (POP_LOGIN_DELAY), 93 },
  { ON_SESSION, "throttl|backoff|back off|bandwidth|too many requests|slow down|command limit|download limit|limit rate", TO (RATE_LIMITED), 95 },
  { ON (MAILBOX) | ON_SUBMIT | ON_START, "rate limit|ratelimit|rate exceeded", TO (RATE_LIMITED), 93 },
  { ON (MAILBOX), "fetch*unavailable|not available", TO (RATE_LIMITED), 74 },

  /* encryption by command */
  { ON (STARTTLS), "not available|not supported|isn t enabled|not enabled|disabled|not implemented|unknown command|not recognized|unrecognized|no tls", TO (STARTTLS_NOT_OFFERED), 88 },
  { ON (AUTH), "tls not available", TO (STARTTLS_TEMPORARILY_UNAVAILABLE), 94 },
  { ON (STARTTLS), "temporar|local problem|try again|later|internal", TO (STARTTLS_TEMPORARILY_UNAVAILABLE), 92 },

  /* lists of what a server can do, for people who paste them */
  { ON_START, " capability *starttls*logindisabled", TO (TLS_REQUIRED), 90 },
  { ON_START, " xxxxxxxa | xxxxxxxx ", TO (STARTTLS_STRIPPED), 95 },
  { ON_START, " capability *!starttls", TO (STARTTLS_NOT_OFFERED), 80 },
  { ON_START, " starttls *enhancedstatuscodes*! auth ", TO (TLS_REQUIRED), 58 },
  { ON_START, " pipelining *! auth ", TO (AUTH_NOT_OFFERED), 66 },

  { ON (AUTH) | ON (MAILBOX), "connection is closed|connection closed|closing connection", TO (SERVER_TEMPORARY_FAILURE), 58 },

  /* something else answers */
  { ON_SESSION, "cannot connect to|can t connect to|unable to connect to*connect error|socket error|winsock", TO (LOCAL_MAIL_PROXY), 96 },
  { ON_SESSION, " http/1| http/2|doctype html| html |bad request", TO (CAPTIVE_PORTAL), 85 },
  { ON_SESSION, " http/1| http/2|doctype html| html |bad request", TO (WRONG_SERVICE_ON_PORT), 60 },
  { ON_START, "unknown command|command not recognized|not recognized|unrecognized command|error in imap command|break rules|unimplemented", TO (WRONG_SERVICE_ON_PORT), 72 },
  { ON_START, "error in imap command", TO (TLS_ON_PLAIN_PORT), 60 },
  { ON_SESSION, "unknown command|command not recognized|unrecognized command|syntax error|error in imap command|need mail command|need rcpt|must precede|out of sequence|bad sequence|cannot decode", TO (PROTOCOL_ERROR), 62 },
  { ON_SESSION, "need mail command|need rcpt|must precede", TO (PROTOCOL_ERROR), 78 },
  { ON (AUTH), "decode|base64|base 64", TO (PROTOCOL_ERROR), 88 },
  { ON_SESSION, "synchronization error|synchronisation error|too many errors|too many bad commands|too many unknown commands|too many nonmail|too many syntax", TO (PROTOCOL_ERROR), 90 },
  { 0, NULL },
};
/* clang-format on */
