/* Words about a sender, a recipient or a message that the outgoing server does not take. */
#include "diagnose/reply-rules.h"

#define TO(cause) POSTWEG_CAUSE_##cause
#define ON_OUT (ON_SUBMIT | ON_START)

/* clang-format off */
const PostwegTextRule postweg_text_rules_sending[] = {
  /* nobody signed in, or the wrong server */
  { ON_SUBMIT, "authentication required|authentication is required|auth required|auth is required|must authenticate|authenticate first|not authenticated|be authenticated|not logged in|unauthenticated sender|requires auth|require auth|login required|turn on smtp auth|enable smtp auth|without authentication", TO (SEND_AUTH_MISSING), 96 },
  { ON_SUBMIT, "smtp auth*required|needed|necessary|missing", TO (SEND_AUTH_MISSING), 96 },
  { ON_SUBMIT, "relay*denied|not allowed|not permitted|prohibited|rejected|refused|disabled", TO (SEND_AUTH_MISSING), 91 },
  { ON_SUBMIT, "unable to relay|not relay|no relay|cannot relay|won t relay|not permitted to relay|relaying", TO (SEND_AUTH_MISSING), 91 },
  { ON_SUBMIT, "relay*denied|not allowed|not permitted|prohibited|rejected|refused|disabled", TO (WRONG_SMTP_SERVER), 90 },
  { ON_SUBMIT, "unable to relay|not relay|no relay|cannot relay|won t relay|not permitted to relay|relaying", TO (WRONG_SMTP_SERVER), 90 },
  { ON_SUBMIT, "relay*disallowed as|not allowed as|denied as|not permitted as", TO (SENDER_NOT_OWNED), 96 },
  { ON_SUBMIT, "credentials for relay|relay service|registered*relay", TO (WRONG_SMTP_SERVER), 92 },
  { ON_SUBMIT, "access denied*authentication required|required authentication|requires authentication", TO (SEND_AUTH_MISSING), 92 },
  { ON (RECIPIENT), "rcpthosts", TO (SEND_AUTH_MISSING), 95 },
  { ON (RECIPIENT), "rcpthosts", TO (WRONG_SMTP_SERVER), 94 },
  { ON (RECIPIENT), "recipient address rejected*access denied", TO (SEND_AUTH_MISSING), 65 },
  { ON (RECIPIENT), "client host*rejected*access denied", TO (SEND_AUTH_MISSING), 68 },
  { ON (RECIPIENT), "cannot deliver mail for|can t deliver mail for|not deliver for", TO (SEND_AUTH_MISSING), 62 },
  { ON (RECIPIENT), "recipient address rejected*access denied", TO (WRONG_SMTP_SERVER), 50 },
  { ON_OUT, "pop before smtp|do pop3 authentication|first do pop;check your mail*!mail client|mail program|mail software|mail settings;check mail first|checked your mail|fetch your mail|retrieve your mail|pop first|pop login first|via pop;erst*abrufen", TO (POP_BEFORE_SMTP), 97 },

  /* the sender */
  { ON_SUBMIT, "sender|from|return path*not owned|not belong|not allowed|must be same|must be the same|must match|must equal|does not match|doesn t match|not permitted|not authorized|not authorised|mismatch", TO (SENDER_NOT_OWNED), 94 },
  { ON_SUBMIT, "not owned|not allowed to send|not permitted to send|permissions to send as|permission to send as|sendasdenied|send as denied|send as this|send as that|cannot send as|may not send|not authorized to send|not authorised to send|not allowed to use", TO (SENDER_NOT_OWNED), 94 },
  { ON_SUBMIT, "sender rejected|sender address rejected|sender refused|sender denied|local user only", TO (SENDER_NOT_OWNED), 62 },
  { ON (SENDER), "mailbox unavailable|mailbox not available|access denied", TO (SENDER_NOT_OWNED), 60 },
  { ON_SUBMIT, "local user only|local users only", TO (SEND_AUTH_MISSING), 60 },
  { ON_SUBMIT, "sender|from*fully qualified|must contain a domain|domain not found|domain does not exist|unresolvable|not resolve|no such domain|unknown domain|must exist|verify fail|verification fail|syntax|malformed|no mx", TO (SENDER_ADDRESS_INVALID), 96 },
  { ON_SUBMIT, "sender*user unknown|unknown user|no such user|unknown in", TO (SENDER_ADDRESS_INVALID), 96 },
  { ON_SUBMIT, "invalid sender|sender address invalid|sender is invalid", TO (SENDER_ADDRESS_INVALID), 95 },
  { ON_SUBMIT, "from address*not one of|not yours|not known", TO (SENDER_NOT_OWNED), 95 },
  { ON_SUBMIT, "domain of sender|domain of the sender|sender domain", TO (SENDER_ADDRESS_INVALID), 85 },
  { ON (SENDER), "fully qualified|syntax|malformed|invalid address|unsupported option", TO (SENDER_ADDRESS_INVALID), 60 },
  { ON_SUBMIT, "!recipient address*not verified|unverified|sandbox|not confirmed|unconfirmed;verify your*domain|sender|from|sending|email address|e mail address|identity", TO (SENDER_NOT_VERIFIED), 96 },
  { ON_SUBMIT, "sender is unauthenticated| spf | dkim | dmarc |sender policy framework|authentication checks", TO (SENDER_AUTH_FAILED), 97 },

  /* where it comes from */
  { ON_OUT, "helo command rejected|ehlo command rejected|helo rejected|ehlo rejected", TO (HELO_REJECTED), 94 },
  { ON_OUT, "helo|ehlo*must contain|fqdn|invalid|rejected|syntactic|fully qualified| bad |not accepted|refused|forged|impersonat", TO (HELO_REJECTED), 92 },
  { ON_OUT, "invalid|bad|syntactically|rejected|refused|forged*helo|ehlo", TO (HELO_REJECTED), 94 },
  { ON_OUT, "spamhaus|spamcop|barracuda|sorbs|uceprotect|abuseat|mailspike|blocklist|block list|blacklist|black list|dnsbl|rblsmtpd|blocked using|listed in|listed at|listed by| rbl | xbl | sbl | css ", TO (IP_BLOCKLISTED), 94 },
  { ON_OUT, "banned sending ip|banned ip; ip *banned", TO (IP_BLOCKLISTED), 96 },
  { ON_OUT, " bl ; ip *blocked|rejected|not accepted|refused|reputation|problem|denied", TO (IP_BLOCKLISTED), 84 },
  { ON_OUT, "not accepted from this ip|not accepted from your ip|not accepted from ip", TO (IP_BLOCKLISTED), 93 },
  { ON_SESSION, "submission rate|connection rate|message rate*exceed|too high|limit", TO (RATE_LIMITED), 94 },
  { ON_OUT, "unusual rate|unusually high rate", TO (RATE_LIMITED), 92 },
  { ON_OUT, "reputation|unexpected volume|user complaints", TO (IP_BLOCKLISTED), 84 },
  { ON_OUT, "client host*rejected", TO (IP_BLOCKLISTED), 66 },
  { ON_OUT, "zen spamhaus", TO (DYNAMIC_IP_REJECTED), 60 },
  { ON_OUT, " pbl |/pbl |dynamic ip|dynamic address|dynamically|dialup|dial up|residential|dul |smtp server of your isp|your isp s|isp s mail|isp s smtp|isp s server|your provider s mail|smarthost", TO (DYNAMIC_IP_REJECTED), 96 },
  { ON_OUT, "reverse hostname|reverse host|reverse dns|reverse lookup|rdns| ptr |dns ptr|find your hostname|no reverse|client host name;does not resolve*your", TO (REVERSE_DNS_MISSING), 97 },
  { ON_OUT, "ip name lookup|name lookup failed", TO (REVERSE_DNS_MISSING), 88 },
  { ON_OUT, "send email directly|send mail directly|directly to our", TO (DYNAMIC_IP_REJECTED), 96 },
  { ON_OUT, "errors from your ip", TO (IP_BLOCKLISTED), 91 },
  { ON_OUT, "temporarily deferred|unexpected volume", TO (RATE_LIMITED), 62 },

  /* how much */
  { ON_SUBMIT, "sending quota|submission quota|sending limit|send limit|sent limit|daily limit|hourly limit|daily user|message limit|mail limit|per hour|per day|too much mail|too many messages|too many mails|too many emails|outgoing limit", TO (SEND_LIMIT_REACHED), 96 },
  { ON (AUTH) | ON_SUBMIT, "credits*exceeded|used up|exhausted;exceeded*credits", TO (SEND_LIMIT_REACHED), 95 },
  { ON_SUBMIT, "reached|exceeded*limit*for sending|on sending|to send|you can send|of sending", TO (SEND_LIMIT_REACHED), 94 },
  { ON_SUBMIT, "sending*exceeded|reached|quota", TO (SEND_LIMIT_REACHED), 94 },
  { ON_SUBMIT, "refusequota", TO (SEND_LIMIT_REACHED), 98 },
  { ON_SUBMIT, "max|exceeded|reached*per hour|per day|messages per|emails per|mails per", TO (SEND_LIMIT_REACHED), 96 },
  { ON_SUBMIT, "daily|hourly|24 hour*quota|limit", TO (SEND_LIMIT_REACHED), 97 },
  { ON_SUBMIT, "rate limit|ratelimit", TO (SEND_LIMIT_REACHED), 80 },
  { ON (RECIPIENT), "too quickly|at a rate", TO (RATE_LIMITED), 92 },
  { ON_SUBMIT, "outbound sender|outbound spam|outboundspam|unusual sending|unusual activity|suspicious activity|compromised|exceeded threshold;spam*from your account;your account*spam", TO (SENDING_BLOCKED_FOR_ABUSE), 96 },
  { ON_SUBMIT, "sending|outgoing|outbound*disabled|suspended|blocked|deactivated|locked", TO (SENDING_BLOCKED_FOR_ABUSE), 92 },
  { ON_SUBMIT, "size exceeds|too large|too big|message size|maximum size;exceeds*size;size limit*!mailbox", TO (MESSAGE_TOO_LARGE), 95 },
  { ON_SUBMIT, "too many recipients|number of recipients|recipient limit", TO (TOO_MANY_RECIPIENTS), 97 },

  /* the recipient and the content */
  { ON_SUBMIT, "greylist|graylist|greylisted|grey list|gray list|postgrey", TO (GREYLISTED), 97 },
  { ON (RECIPIENT) | ON (DATA), "mailbox|storage|inbox*full |exceeded", TO (RECIPIENT_MAILBOX_FULL), 88 },
  { ON (RECIPIENT) | ON (DATA), "recipient*mailbox|storage|inbox*full |exceeded;mailbox|storage|inbox*recipient*full |exceeded", TO (RECIPIENT_MAILBOX_FULL), 93 },
  { ON (RECIPIENT) | ON (DATA), "over quota|overquota|mailbox full|mailbox is full|mailbox size|quota exceeded|out of storage|insufficient disk;exceeded*quota", TO (RECIPIENT_MAILBOX_FULL), 88 },
  { ON (RECIPIENT) | ON (DATA), "unknown user|user unknown|unknown recipient|no such user|no such mailbox|no mailbox|does not exist|doesn t exist|not found|unrouteable|unroutable|recipient unknown|invalid recipient|bad recipient|address unknown|no such recipient;account*disabled", TO (RECIPIENT_UNKNOWN), 90 },
  { ON (RECIPIENT), "mailbox|inbox*disabled|inactive|suspended|closed;inactive|disabled|closed*mailbox", TO (RECIPIENT_UNKNOWN), 86 },
  { ON (RECIPIENT), "no longer on|no longer here|no longer available|no longer valid|has moved|not local", TO (RECIPIENT_UNKNOWN), 84 },
  { ON (RECIPIENT), "recipient address*unverified|undeliverable|lookup failed", TO (RECIPIENT_UNKNOWN), 96 },
  { ON (RECIPIENT), "mailbox unavailable", TO (RECIPIENT_UNKNOWN), 62 },
  { ON (RECIPIENT) | ON (DATA), "mailbox unavailable|recipient rejected|recipient address rejected", TO (RECIPIENT_UNKNOWN), 58 },
  { ON (DATA), "spam|unsolicited|virus|malware|phishing|content|policy|attachment|security issue| ube |suspicious|header|not rfc|dangerous", TO (CONTENT_REJECTED), 90 },
  { ON (SENDER) | ON (RECIPIENT), "policy|spam|unsolicited", TO (CONTENT_REJECTED), 58 },
  { ON (DATA), " spm | dt spm", TO (CONTENT_REJECTED), 92 },
  { ON (DATA), "local policy", TO (SENDING_BLOCKED_FOR_ABUSE), 50 },
  { 0, NULL },
};
/* clang-format on */
