/* Words about access that is switched off, locked, watched or limited. */
#include "diagnose/reply-rules.h"

#define TO(cause) POSTWEG_CAUSE_##cause
#define PROTOCOL " imap | imap4 | pop3 | pop | smtp |pop/|pop3/|imap/|/imap|/smtp"

/* clang-format off */
const PostwegTextRule postweg_text_rules_access[] = {
  /* switched off */
  { ON_SIGN_IN, "not enabled for imap|not enabled for pop|not enabled for smtp", TO (PROTOCOL_NOT_ENABLED), 96 },
  { ON_SIGN_IN, "! relay*" PROTOCOL "*disabled|not enabled|isn t enabled|not allowed|not permitted|not activated|deactivated|switched off|turned off|not open|not available|denied|prohibited", TO (PROTOCOL_NOT_ENABLED), 94 },
  { ON_SIGN_IN, "! capability *" PROTOCOL "* enable | activate | turn on | switch on ", TO (PROTOCOL_NOT_ENABLED), 88 },
  { ON_SIGN_IN, "enable|activate|turn on|switch on*" PROTOCOL, TO (PROTOCOL_NOT_ENABLED), 92 },
  { ON_SIGN_IN, "disabled|not enabled|not allowed|no permission|not authorized|not authorised|not permitted*for|to use|via|over*" PROTOCOL, TO (PROTOCOL_NOT_ENABLED), 92 },
  { ON_SIGN_IN, "access rights to this service|not have access|no right to use|service is not open|service not open|not open the|has not been opened", TO (PROTOCOL_NOT_ENABLED), 88 },
  { ON_SIGN_IN, "external|third party|3rd party|mail client|mail program*access|client*disabled|not enabled|not allowed|blocked", TO (PROTOCOL_NOT_ENABLED), 92 },
  { ON_SIGN_IN, "enable|allow|activate|turn on*third party|3rd party|external|mail client|mail program", TO (PROTOCOL_NOT_ENABLED), 89 },
  { ON (AUTH) | ON (SENDER), "user has no permission|no permission to sign|no permission to log", TO (PROTOCOL_NOT_ENABLED), 78 },
  { ON_SIGN_IN, "premium|paid plan|upgrade your|your plan|subscription", TO (PROTOCOL_NOT_ENABLED), 78 },
  { ON (AUTH) | ON (SENDER), "smtp auth*not enabled|not activated|switched off|turned off", TO (SMTP_AUTH_DISABLED), 94 },
  { ON (AUTH), "smtpclientauthentication is disabled", TO (SMTP_AUTH_DISABLED), 98 },
  { ON (AUTH), "smtp auth*disabled*tenant|mailbox|organi|domain", TO (SMTP_AUTH_DISABLED), 96 },

  /* the organisation's rules */
  { ON (AUTH), "security defaults|conditional access|organization s policy|organisation s policy|organizational policy|sign in policy|access policy|by policy|security policy|did not meet the criteria|your organization|your administrator has", TO (ACCESS_POLICY_BLOCKED), 97 },

  /* locked */
  { ON_SIGN_IN, "account|user|mailbox|login*locked|suspended|disabled|blocked|deactivated|inactive|terminated|frozen|banned", TO (ACCOUNT_LOCKED), 91 },
  { ON (AUTH) | ON (MAILBOX), "temporary lock", TO (ACCOUNT_LOCKED), 93 },
  { ON_SIGN_IN, "locked|suspended|disabled|blocked|deactivated*account|user|mailbox", TO (ACCOUNT_LOCKED), 85 },
  { ON_SIGN_IN, "unpaid|overdue|payment|terms of service|abuse department|contact support|contact your provider|contact customer", TO (ACCOUNT_LOCKED), 80 },

  /* from here, or not yet */
  { ON_SIGN_IN, "country|region|location|geoip|geo ip|abroad|foreign*not allowed|not permitted|blocked|blacklisted|denied|restricted|forbidden|refused", TO (LOGIN_LOCATION_BLOCKED), 96 },
  { ON_SIGN_IN, "denied|blocked|not allowed|refused|rejected|disabled*country|region|location|abroad|foreign", TO (LOGIN_LOCATION_BLOCKED), 95 },
  { ON (AUTH) | ON (MAILBOX), "unauthorized ip|unauthorised ip|ip*not whitelisted|not on the list", TO (LOGIN_LOCATION_BLOCKED), 92 },
  { ON (AUTH) | ON (MAILBOX), "from this ip|from your ip|your ip|ip address|this network|from this host*not allowed|denied|blocked|not permitted|not authorized|refused", TO (LOGIN_LOCATION_BLOCKED), 92 },
  { ON (AUTH) | ON (MAILBOX), "not allowed|denied|blocked|not permitted|refused|login*from this ip|from your ip|from ip|from this address|from this network", TO (LOGIN_LOCATION_BLOCKED), 90 },
  { ON_SIGN_IN, "web login required|webalert|via your web browser|with your web browser|via web browser|in your browser|in a browser;browser*sign in|log in|login|try again", TO (WEB_LOGIN_REQUIRED), 96 },
  { ON_SIGN_IN, "log in|login|sign in|verify|confirm*web browser|your browser|webmail|web interface", TO (WEB_LOGIN_REQUIRED), 93 },
  { ON_SIGN_IN, "account*needs to be verified|must be verified|has to be verified|not verified", TO (WEB_LOGIN_REQUIRED), 88 },
  { ON_SIGN_IN, "unusual|suspicious|unrecognized device|new device|new location", TO (WEB_LOGIN_REQUIRED), 88 },

  /* too often */
  { ON_SIGN_IN, "too many|too much*login|logon|auth|attempt|password|failure|failed", TO (TOO_MANY_LOGIN_ATTEMPTS), 95 },
  { ON (AUTH), "exceed|maximum|max|limit*login|logon|auth|sign in|password*attempt|tries|retries|rate|limit|failures", TO (TOO_MANY_LOGIN_ATTEMPTS), 93 },
  { ON (AUTH), "rate limit|ratelimit|login frequency|logging in too|login too often|too frequent|too often", TO (TOO_MANY_LOGIN_ATTEMPTS), 95 },
  { ON_SIGN_IN, "intrusion prevention|brute force|temporarily banned|temporarily blocked|failed login", TO (TOO_MANY_LOGIN_ATTEMPTS), 93 },
  { ON (AUTH) | ON (MAILBOX), "reduce the frequency|minute period|minutes period;only*every*minutes", TO (POP_LOGIN_DELAY), 95 },
  { ON_LINE, "after*failed login", TO (TOO_MANY_LOGIN_ATTEMPTS), 82 },
  { ON_SESSION, "!too many errors*too many|maximum number of|limit of|exceeded*connection|session|simultan|concurrent", TO (TOO_MANY_CONNECTIONS), 96 },
  { ON_SESSION, "connection|session*limit exceeded|limit reached|quota exceeded", TO (TOO_MANY_CONNECTIONS), 93 },
  { 0, NULL },
};
/* clang-format on */
