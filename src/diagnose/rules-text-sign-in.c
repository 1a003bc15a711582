/* Words about the password, the user name, the way to sign in and OAuth. */
#include "diagnose/reply-rules.h"

#define TO(cause) POSTWEG_CAUSE_##cause

/* clang-format off */
const PostwegTextRule postweg_text_rules_sign_in[] = {
  /* user name or password, said or implied; never certain */
  { ON (AUTH), "user|login|logon|account|credential|password*wrong|incorrect|invalid|not accepted|not recognized|not correct| bad |unknown|rejected|mismatch", TO (WRONG_CREDENTIALS), 66 },
  { ON (AUTH), "wrong|incorrect|invalid| bad |unknown|no such*user|login|logon|credential|password|account", TO (WRONG_CREDENTIALS), 66 },
  { ON (AUTH), "login or password|username or password|user or password|username and password", TO (WRONG_CREDENTIALS), 66 },
  { ON (AUTH), "login error|password error|mailbox unknown|unknown mailbox|no such mailbox|mailbox not found|user not found", TO (WRONG_CREDENTIALS), 64 },
  { ON (AUTH), "auth*fail|failure|unsuccessful|incorrect data", TO (WRONG_CREDENTIALS), 58 },
  { ON (AUTH), "login*fail|denied", TO (WRONG_CREDENTIALS), 58 },
  { ON (AUTH), "logon failure", TO (WRONG_CREDENTIALS), 58 },
  { ON (AUTH), "incorrect authentication data", TO (USERNAME_FORMAT), 50 },

  { ON (AUTH), "full e mail|full email|complete e mail|complete email|entire e mail|full address|full user name|email address as user", TO (USERNAME_FORMAT), 95 },
  { ON (AUTH), "user*must|should|needs to*contain|include|be in the form|full*domain|@", TO (USERNAME_FORMAT), 90 },

  /* another password */
  { ON (AUTH), "application specific|app specific|app password|application password|apppassword", TO (APP_PASSWORD_REQUIRED), 95 },
  { ON (AUTH), "authorization code|authorisation code|authorized code|authorised code", TO (APP_PASSWORD_REQUIRED), 95 },
  { ON (AUTH), "account is abnormal*password", TO (APP_PASSWORD_REQUIRED), 96 },
  { ON (AUTH), "invalidsecondfactor", TO (APP_PASSWORD_REQUIRED), 95 },
  { ON (AUTH), "secure mail key|client specific password|client password|external password|third party password|device password|dedicated password", TO (APP_PASSWORD_REQUIRED), 92 },
  { ON (AUTH), "two factor|2 factor|2fa|two step|2 step|second factor", TO (APP_PASSWORD_REQUIRED), 85 },
  { ON (AUTH), "password*expired|must be changed|has to be changed|needs to be changed|must change|too simple|too weak|too short|not valid any more|isn t valid any more|no longer valid|reset required|needs reset", TO (PASSWORD_CHANGE_REQUIRED), 94 },
  { ON (AUTH), "change your password|change the password|update your password", TO (PASSWORD_CHANGE_REQUIRED), 92 },

  /* OAuth */
  { ON (AUTH), "basic auth*disabled|blocked|not supported|not allowed|not enabled|turned off|deprecated|no longer", TO (OAUTH_REQUIRED), 97 },
  { ON (AUTH), "basicauthblocked|basicauthdisabled", TO (OAUTH_REQUIRED), 97 },
  { ON (AUTH), "modern auth|use oauth|requires oauth|require oauth|oauth required|oauth is required|oauth2 required|oauth2 is required|oauth only|oauth2 only|only oauth|only xoauth2|using oauth", TO (OAUTH_REQUIRED), 95 },
  { ON (AUTH), "less secure app|password authentication*disabled|no longer|not supported|not allowed", TO (OAUTH_REQUIRED), 82 },
  { ON_SESSION, "accesstokenexpired|invalid grant|invalid token|insufficient scope|expired token|already redeemed", TO (OAUTH_TOKEN_REJECTED), 96 },
  { ON_SIGN_IN, "token|bearer|oauth|assertion*expired|revoked|invalid|not valid|malformed|rejected", TO (OAUTH_TOKEN_REJECTED), 93 },
  { ON_SIGN_IN, "expired|revoked|invalid*access token|refresh token|oauth|bearer", TO (OAUTH_TOKEN_REJECTED), 93 },
  { ON (AUTH), "invalid sasl argument", TO (OAUTH_TOKEN_REJECTED), 62 },
  { ON_SIGN_IN, "consent|admin approval|approval required|needs approval|not approved", TO (OAUTH_CONSENT_MISSING), 95 },
  { ON_SIGN_IN, "unauthorized client|invalid client", TO (OAUTH_CONSENT_MISSING), 95 },
  { ON_SIGN_IN, "aadsts*application*is disabled", TO (OAUTH_CONSENT_MISSING), 96 },
  /* Microsoft's numbers are stable, its wording is not */
  { ON_SIGN_IN, "aadsts65001 |aadsts65004 |aadsts7000112 |aadsts700016 |aadsts90093 |aadsts90094 |aadsts50105 |aadsts7000215 ", TO (OAUTH_CONSENT_MISSING), 97 },
  { ON_SIGN_IN, "aadsts54005 |aadsts70000 |aadsts70008 |aadsts70043 |aadsts700082 |aadsts700084 |aadsts50173 |aadsts50132 |aadsts50076 |aadsts50079 |aadsts9002313 ", TO (OAUTH_TOKEN_REJECTED), 97 },
  { ON_SIGN_IN, "aadsts53000 |aadsts53001 |aadsts53003 |aadsts530002 |aadsts530003 ", TO (ACCESS_POLICY_BLOCKED), 97 },
  { ON_SIGN_IN, "aadsts50053 |aadsts50057 ", TO (ACCOUNT_LOCKED), 97 },
  { ON_SIGN_IN, "aadsts50055 |aadsts50144 ", TO (PASSWORD_CHANGE_REQUIRED), 97 },
  { ON_SIGN_IN, "aadsts50126 |aadsts50034 ", TO (WRONG_CREDENTIALS), 90 },

  /* the way to sign in */
  { ON (AUTH), "mechanism|authentication type|auth type|authentication method|auth method*not supported|unsupported|invalid|unknown|unrecognized|not recognized|not available|too weak|not enabled|not allowed|disabled", TO (AUTH_MECHANISM_UNSUPPORTED), 95 },
  { ON (AUTH), "unsupported|not supported|invalid|unknown|unrecognized|no such|no acceptable|no common| no *mechanism|authentication type|auth type|authentication method|auth method", TO (AUTH_MECHANISM_UNSUPPORTED), 95 },
  { ON (AUTH), "apop|cram md5|digest md5|ntlm*not enabled|not supported|disabled|not available|unsupported", TO (AUTH_MECHANISM_UNSUPPORTED), 95 },
  { ON (AUTH), "stronger auth", TO (AUTH_MECHANISM_UNSUPPORTED), 92 },
  { ON (AUTH), "authentication not enabled|auth not enabled|not advertised|auth not available|authentication not available|authentication is not available|auth not supported|authentication not supported|auth not implemented|auth command not", TO (AUTH_NOT_OFFERED), 95 },
  { ON (AUTH), "inbound|incoming server|incoming mail only|mx server|relay server only|does not accept auth", TO (WRONG_SMTP_SERVER), 90 },
  { ON (AUTH) | ON (MAILBOX), "client*certificate", TO (CLIENT_CERT_REQUIRED), 95 },
  { ON (AUTH) | ON (MAILBOX), "certificate*required|missing|not present", TO (CLIENT_CERT_REQUIRED), 90 },

  /* encryption */
  { ON_SESSION, "issue starttls|issue a starttls|use starttls|need starttls;starttls*first|required", TO (TLS_REQUIRED), 97 },
  { ON_SESSION, "tls|ssl|encryption|encrypted connection|secure connection*required|mandatory|necessary|needed|must be", TO (TLS_REQUIRED), 96 },
  { ON_SESSION, "require|must use|needs|only|use a*secure connection|ssl|tls|encrypt|under a layer", TO (TLS_REQUIRED), 95 },
  { ON_SIGN_IN, "plaintext|plain text|cleartext|clear text*disallowed|not allowed|disabled|not permitted|prohibited|denied|refused|forbidden", TO (TLS_REQUIRED), 97 },
  { ON_SIGN_IN, "until ssl|until tls|before tls|before ssl|without tls|without ssl|without encryption|without starttls|non secure|insecure connection|unencrypted", TO (TLS_REQUIRED), 97 },
  { ON_SIGN_IN, "clear text port|cleartext port|plain text port|plaintext port|unencrypted port", TO (TLS_REQUIRED), 97 },
  { ON (AUTH), "invalid state|not valid in this state", TO (TLS_REQUIRED), 75 },
  { ON (AUTH), "invalid state|not valid in this state", TO (PROTOCOL_ERROR), 50 },
  { 0, NULL },
};
/* clang-format on */
