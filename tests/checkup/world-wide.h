/* A wider internet for discovery: every way in which publishing, names and web servers go wrong, one domain each. */
#pragma once
#include "scenes.h"
#include "finding.h"
#include "wire/web.h"

/* clang-format off */
#define IN(host, rest) "<incomingServer type='imap'><hostname>" host "</hostname>" rest "</incomingServer>"
#define OUT(host, rest) "<outgoingServer type='smtp'><hostname>" host "</hostname>" rest "</outgoingServer>"
#define SSL(port) "<port>" port "</port><socketType>SSL</socketType>"
#define STLS(port) "<port>" port "</port><socketType>STARTTLS</socketType>"
#define PLAINTEXT(port) "<port>" port "</port><socketType>plain</socketType>"
#define WHO(user) "<username>" user "</username>"
#define ME WHO ("%EMAILADDRESS%")
#define FILE_OF(inside) "<clientConfig version='1.1'><emailProvider id='x'>" inside "</emailProvider></clientConfig>"
#define USUAL(d) FILE_OF (IN ("imap." d, SSL ("993") ME) OUT ("smtp." d, SSL ("465") ME))
#define AUTOCONFIG "/mail/config-v1.1.xml"
#define WELL_KNOWN "/.well-known/autoconfig/mail/config-v1.1.xml"
#define AUTODISCOVER "/autodiscover/autodiscover.xml"
#define TYPE(type) "Content-Type: " type "\r\n"
#define TO(url) .status = "302 Found", .headers = "Location: " url "\r\n"
#define LEAD(inside) "<Autodiscover><Response><Account>" inside "</Account></Response></Autodiscover>"
#define DISCOVERED(type, host, rest) "<Protocol><Type>" type "</Type><Server>" host "</Server>" rest "</Protocol>"

#define GOOD "127.0.0.1"       /* mail and web servers with good papers */
#define OTHER_NAME "127.0.0.2" /* papers of another name */
#define NOBODY "127.0.0.3"     /* nothing listens */
#define WEB_ONLY "127.0.0.5"
#define UNENCRYPTED "127.0.0.6" /* web without https, mail without TLS */
#define TO_TLS "127.0.0.7"      /* 143 and 587 with STARTTLS only */
#define SWALLOWED "192.0.2.50"

#define MX(d) { d, ISLAND_FOUND, NOBODY, NULL, "MX 10 mx." d }
#define AT(name, address) { name, ISLAND_FOUND, address }
#define SAYS(name, records) { name, ISLAND_FOUND, NULL, NULL, records }
/* Everything usual is there and answers; what is published is the row's matter. */
#define WHOLE(d) MX (d), AT ("autoconfig." d, GOOD), AT ("imap." d, GOOD), AT ("smtp." d, GOOD)
/* Only what is published leads to a server. */
#define BARE(d) MX (d), AT ("autoconfig." d, GOOD), AT ("in." d, GOOD), AT ("out." d, GOOD)
#define SRV2(d, in, out) SAYS ("_imaps._tcp." d, "SRV 0 1 993 " in), SAYS ("_submissions._tcp." d, "SRV 0 1 465 " out)

static IslandName names[] = {
  WHOLE ("bomb.example"), WHOLE ("heads.example"), WHOLE ("zip.example"), WHOLE ("laughs.example"), WHOLE ("html.example"),
  WHOLE ("typed.example"), WHOLE ("loop.example"), WHOLE ("five.example"), BARE ("four.example"), WHOLE ("down.example"), WHOLE ("number.example"),
  WHOLE ("named.example"), WHOLE ("port.example"), WHOLE ("utf16.example"), WHOLE ("latin.example"), WHOLE ("bytes.example"), WHOLE ("cp1252.example"),
  WHOLE ("cut.example"), WHOLE ("secret.example"), WHOLE ("error.example"), WHOLE ("void.example"), WHOLE ("binary.example"), WHOLE ("json.example"),
  WHOLE ("section.example"), WHOLE ("nouser.example"), WHOLE ("private.example"), WHOLE ("numeric.example"), WHOLE ("local.example"), WHOLE ("hung.example"),
  WHOLE ("wrongport.example"), WHOLE ("kerberos.example"), WHOLE ("xmlfive.example"), WHOLE ("outonly.example"), WHOLE ("unclosed.example"),
  BARE ("order.example"), AT ("dead.order.example", NOBODY), BARE ("poponly.example"), AT ("pop.poponly.example", GOOD),
  BARE ("token.example"), BARE ("customer.example"), BARE ("start.example"), AT ("mail.start.example", TO_TLS),
  BARE ("clear.example"), AT ("mail.clear.example", UNENCRYPTED),
  MX ("twisted.example"), AT ("autoconfig.twisted.example", OTHER_NAME), AT ("imap.twisted.example", GOOD), AT ("smtp.twisted.example", GOOD),
  MX ("xn--mller-post-9db.example"), AT ("autoconfig.xn--mller-post-9db.example", GOOD), AT ("imap.xn--mller-post-9db.example", GOOD), AT ("smtp.xn--mller-post-9db.example", GOOD),
  /* names */
  { "wild.example", ISLAND_FOUND, WEB_ONLY, NULL, "MX 10 mx.wild.example" }, AT ("*.wild.example", WEB_ONLY),
  { "*.every.example", ISLAND_FOUND, WEB_ONLY, NULL, "MX 0 every.example | SRV 0 0 993 every.example" }, { "every.example", ISLAND_FOUND, WEB_ONLY, NULL, "MX 0 every.example" },
  WHOLE ("refuses.example"), SAYS ("_imaps._tcp.refuses.example", "SRV 0 0 0 ."), SAYS ("_imap._tcp.refuses.example", "SRV 0 0 0 ."),
  SAYS ("_submissions._tcp.refuses.example", "SRV 0 0 0 ."), SAYS ("_submission._tcp.refuses.example", "SRV 0 0 0 ."),
  WHOLE ("poponly-srv.example"), AT ("pop.poponly-srv.example", GOOD), SAYS ("_imaps._tcp.poponly-srv.example", "SRV 0 0 0 ."), SAYS ("_imap._tcp.poponly-srv.example", "SRV 0 0 0 ."),
  MX ("second.example"), SAYS ("_imaps._tcp.second.example", "SRV 0 1 993 a.second.example | SRV 5 1 993 b.second.example"), SAYS ("_submissions._tcp.second.example", "SRV 0 1 465 b.second.example"),
  AT ("a.second.example", NOBODY), AT ("b.second.example", GOOD),
  MX ("weight.example"), SAYS ("_imaps._tcp.weight.example", "SRV 3 10 993 light.weight.example | SRV 3 90 993 heavy.weight.example"), SAYS ("_submissions._tcp.weight.example", "SRV 0 0 465 heavy.weight.example"),
  AT ("light.weight.example", GOOD), AT ("heavy.weight.example", GOOD),
  MX ("half.example"), SRV2 ("half.example", "imap.half.example", "smtp.third.example"), AT ("imap.half.example", GOOD), AT ("smtp.third.example", GOOD),
  MX ("srv-number.example"), SRV2 ("srv-number.example", "127.0.0.1", "127.0.0.1"),
  MX ("srv-start.example"), SAYS ("_imap._tcp.srv-start.example", "SRV 0 1 143 mail.srv-start.example"), SAYS ("_submission._tcp.srv-start.example", "SRV 0 1 587 mail.srv-start.example"), AT ("mail.srv-start.example", TO_TLS),
  WHOLE ("bogus-srv.example"), { "_imaps._tcp.bogus-srv.example", ISLAND_BROKEN }, { "_submissions._tcp.bogus-srv.example", ISLAND_BROKEN },
  WHOLE ("bogus-but.example"), { "_imaps._tcp.bogus-but.example", ISLAND_BROKEN },
  { "bogus-mx.example", ISLAND_BROKEN }, AT ("imap.bogus-mx.example", GOOD), AT ("smtp.bogus-mx.example", GOOD),
  { "refused.example", ISLAND_REFUSING }, { "noise.example", ISLAND_GARBAGE },
  { "nullmx.example", ISLAND_FOUND, GOOD, NULL, "MX 0 ." }, AT ("imap.nullmx.example", GOOD), AT ("smtp.nullmx.example", GOOD),
  AT ("address-only.example", NOBODY), AT ("imap.address-only.example", GOOD), AT ("smtp.address-only.example", GOOD),
  { "office.example", ISLAND_FOUND, NOBODY, NULL, "MX 0 office-example.mail.protection.outlook.com" },
  { "ionos.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx00.kundenserver.de | MX 10 mx01.kundenserver.de" },
  { "ovh.example", ISLAND_FOUND, NOBODY, NULL, "MX 1 mx1.mail.ovh.net" },
  { "filter-srv.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mxa.ppe-hosted.com" }, SRV2 ("filter-srv.example", "imap.filter-srv.example", "smtp.filter-srv.example"), AT ("imap.filter-srv.example", GOOD), AT ("smtp.filter-srv.example", GOOD),
  { "proven-twisted.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.proven-twisted.example", TRUE },
  { "_imaps._tcp.proven-twisted.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 993 mail.proven-twisted.example", TRUE }, { "_submissions._tcp.proven-twisted.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 465 mail.proven-twisted.example", TRUE },
  AT ("mail.proven-twisted.example", OTHER_NAME),
  MX ("behind.example"), AT ("autoconfig.behind.example", SWALLOWED), AT ("imap.behind.example", GOOD), AT ("smtp.behind.example", GOOD),
  MX ("halfdead.example"), AT ("imap.halfdead.example", GOOD), AT ("smtp.halfdead.example", SWALLOWED),
  MX ("guess-start.example"), AT ("mail.guess-start.example", TO_TLS), MX ("guess-clear.example"), AT ("mail.guess-clear.example", UNENCRYPTED),
  WHOLE ("clean.example"), SRV2 ("clean.example", "imap.clean.example", "smtp.clean.example"),
  /* near big ones */
  WHOLE ("gmaill.com"), MX ("yahooo.com"), { "hotmial.com", ISLAND_FOUND, GOOD, NULL, "MX 0 ." }, { "outlok.com", ISLAND_BROKEN },
  /* Autodiscover */
  MX ("ad-address.example"), AT ("autodiscover.ad-address.example", GOOD), MX ("ad-office.example"), AT ("autodiscover.ad-office.example", GOOD),
  MX ("ad-own.example"), AT ("autodiscover.ad-own.example", GOOD), AT ("ex.ad-own.example", GOOD), MX ("ad-circle.example"), AT ("autodiscover.ad-circle.example", GOOD),
  MX ("ad-away.example"), AT ("autodiscover.ad-away.example", GOOD), MX ("ad-http.example"), AT ("autodiscover.ad-http.example", GOOD),
  MX ("ad-wrong-name.example"), AT ("autodiscover.ad-wrong-name.example", OTHER_NAME), MX ("ad-challenge.example"), AT ("autodiscover.ad-challenge.example", GOOD),
  MX ("ad-clear.example"), AT ("autodiscover.ad-clear.example", GOOD), MX ("asks.example"), AT ("autoconfig.asks.example", GOOD), AT ("in.asks.example", GOOD), AT ("out.asks.example", GOOD),
  AT ("collector.third.example", GOOD), AT ("autodiscover.third.example", GOOD),
  { NULL, ISLAND_UNKNOWN },
};

static WebPage pages[] = {
  { "autoconfig.bomb.example", AUTOCONFIG, WEB_ENDLESS_BODY }, { "autoconfig.heads.example", AUTOCONFIG, WEB_ENDLESS_HEADERS },
  { "autoconfig.zip.example", AUTOCONFIG, .headers = "Content-Encoding: gzip\r\n", .body = USUAL ("zip.example") },
  { "autoconfig.laughs.example", AUTOCONFIG, .body = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>" USUAL ("laughs.example") },
  { "autoconfig.html.example", AUTOCONFIG, .body = "<html><body>for sale</body></html>" },
  { "autoconfig.typed.example", AUTOCONFIG, .headers = TYPE ("text/html; charset=utf-8"), .body = USUAL ("typed.example") },
  { "autoconfig.loop.example", AUTOCONFIG, TO ("https://autoconfig.loop.example" AUTOCONFIG) },
  { "autoconfig.five.example", AUTOCONFIG, TO ("/1") }, { "autoconfig.five.example", "/1", TO ("/2") }, { "autoconfig.five.example", "/2", TO ("/3") },
  { "autoconfig.five.example", "/3", TO ("/4") }, { "autoconfig.five.example", "/4", TO ("/5") }, { "autoconfig.five.example", "/5", .body = USUAL ("five.example") },
  { "autoconfig.four.example", AUTOCONFIG, TO ("/1") }, { "autoconfig.four.example", "/1", TO ("/2") }, { "autoconfig.four.example", "/2", TO ("/3") },
  { "autoconfig.four.example", "/3", TO ("/4") }, { "autoconfig.four.example", "/4", .body = FILE_OF (IN ("in.four.example", SSL ("993") ME) OUT ("out.four.example", SSL ("465") ME)) },
  { "autoconfig.down.example", AUTOCONFIG, TO ("http://autoconfig.down.example" AUTOCONFIG) },
  { "autoconfig.number.example", AUTOCONFIG, TO ("https://127.0.0.1" AUTOCONFIG) },
  { "autoconfig.named.example", AUTOCONFIG, TO ("https://me:secret@autoconfig.named.example/1") }, { "autoconfig.named.example", "/1", .body = USUAL ("named.example") },
  { "autoconfig.port.example", AUTOCONFIG, .body = FILE_OF (IN ("imap.port.example", SSL ("65536") ME) IN ("imap.port.example", SSL ("993") ME) OUT ("smtp.port.example", SSL ("465") ME)) },
  { "autoconfig.utf16.example", AUTOCONFIG, .body = NULL /* filled in */ },
  { "autoconfig.latin.example", AUTOCONFIG, .body = "<?xml version='1.0' encoding='ISO-8859-1'?><!-- M\xfcller -->" USUAL ("latin.example") },
  { "autoconfig.bytes.example", AUTOCONFIG, .body = "<!-- M\xfcller -->" USUAL ("bytes.example") },
  { "autoconfig.cp1252.example", AUTOCONFIG, .body = "<?xml version='1.0' encoding='windows-1252'?>" USUAL ("cp1252.example") },
  { "autoconfig.cut.example", AUTOCONFIG, WEB_CUT, .body = USUAL ("cut.example") },
  { "autoconfig.secret.example", AUTOCONFIG, .status = "401 Unauthorized", .headers = "WWW-Authenticate: Basic realm=\"x\"\r\n", .body = USUAL ("secret.example") },
  { "autoconfig.error.example", AUTOCONFIG, .status = "500 No", .body = USUAL ("error.example") },
  { "autoconfig.void.example", AUTOCONFIG }, { "autoconfig.binary.example", AUTOCONFIG, .body = "\x7f" "ELF\x01\x02\0\xff", .length = 8 },
  { "autoconfig.json.example", AUTOCONFIG, .headers = TYPE ("application/json"), .body = "{\"imap\":\"imap.json.example\"}" },
  { "autoconfig.section.example", AUTOCONFIG, .body = FILE_OF (IN ("bad host", SSL ("993")) IN ("imap.section.example", "<port>x</port>") IN ("imap.section.example", SSL ("993") ME) OUT ("smtp.section.example", SSL ("465") ME)) },
  { "autoconfig.nouser.example", AUTOCONFIG, .body = FILE_OF (IN ("imap.nouser.example", SSL ("993")) OUT ("smtp.nouser.example", SSL ("465"))) },
  { "autoconfig.private.example", AUTOCONFIG, .body = FILE_OF (IN ("%EMAILLOCALPART%.private.example", SSL ("993") ME) OUT ("%EMAILLOCALPART%.private.example", SSL ("465") ME)) },
  { "autoconfig.numeric.example", AUTOCONFIG, .body = FILE_OF (IN ("127.0.0.1", SSL ("993") ME) OUT ("127.0.0.1", SSL ("465") ME)) },
  { "autoconfig.local.example", AUTOCONFIG, .body = FILE_OF (IN ("localhost", SSL ("993") ME) OUT ("router", SSL ("465") ME)) },
  { "autoconfig.hung.example", AUTOCONFIG, WEB_HANG },
  { "autoconfig.wrongport.example", AUTOCONFIG, .body = FILE_OF (IN ("imap.wrongport.example", STLS ("993") ME) OUT ("smtp.wrongport.example", SSL ("465") ME)) },
  { "autoconfig.kerberos.example", AUTOCONFIG, .body = FILE_OF (IN ("imap.kerberos.example", SSL ("993") ME "<authentication>GSSAPI</authentication>") OUT ("smtp.kerberos.example", SSL ("465") ME)) },
  { "autoconfig.xmlfive.example", AUTOCONFIG, .body = "<clientConfig version='1.2' xmlns='urn:ietf:params:xml:ns:autoconfig'><emailProvider id='x'><incomingServer type='jmap'><url>https://x.example</url></incomingServer>"
      IN ("imap.xmlfive.example", SSL ("993") ME "<authentication system='sasl'>PLAIN</authentication>") OUT ("smtp.xmlfive.example", SSL ("465") ME) "</emailProvider></clientConfig>" },
  { "autoconfig.outonly.example", AUTOCONFIG, .body = FILE_OF (OUT ("smtp.outonly.example", SSL ("465") ME)) },
  { "autoconfig.unclosed.example", AUTOCONFIG, .body = FILE_OF (IN ("imap.%EMAILDOMAIN", SSL ("993") WHO ("%EMAILADDRESS")) OUT ("smtp.%emaildomain%", SSL ("465") WHO ("%EMAILLOCALPART%"))) },
  { "autoconfig.order.example", AUTOCONFIG, .body = FILE_OF (IN ("dead.order.example", SSL ("993") ME) IN ("in.order.example", SSL ("993") ME) IN ("imap.order.example", STLS ("143") ME) OUT ("out.order.example", SSL ("465") ME)) },
  { "autoconfig.poponly.example", AUTOCONFIG, .body = FILE_OF ("<incomingServer type='pop3'><hostname>pop.poponly.example</hostname>" SSL ("995") ME "</incomingServer>" OUT ("out.poponly.example", SSL ("465") ME)) },
  { "autoconfig.token.example", AUTOCONFIG, .body = FILE_OF (IN ("in.token.example", SSL ("993") ME "<authentication>OAuth2</authentication>") OUT ("out.token.example", SSL ("465") ME "<authentication>OAuth2</authentication>")) },
  { "autoconfig.customer.example", AUTOCONFIG, .body = FILE_OF (IN ("in.customer.example", SSL ("993") WHO ("%CUSTOMERNUMBER%")) OUT ("out.customer.example", SSL ("465") WHO ("%CUSTOMERNUMBER%"))) },
  { "autoconfig.start.example", AUTOCONFIG, .body = FILE_OF (IN ("mail.start.example", STLS ("143") ME) OUT ("mail.start.example", STLS ("587") ME)) },
  { "autoconfig.clear.example", AUTOCONFIG, .body = FILE_OF (IN ("mail.clear.example", PLAINTEXT ("143") ME) OUT ("mail.clear.example", PLAINTEXT ("25") ME)) },
  { "autoconfig.xn--mller-post-9db.example", AUTOCONFIG, .body = USUAL ("m\xc3\xbcller-post.example") },
  { "autoconfig.bogus-but.example", AUTOCONFIG, .body = USUAL ("bogus-but.example") },
  { "autoconfig.clean.example", AUTOCONFIG, .body = USUAL ("clean.example") },
  /* Autodiscover */
  { "autodiscover.ad-address.example", AUTODISCOVER, .body = LEAD ("<Action>redirectAddr</Action><RedirectAddr>anna.muster@third.example</RedirectAddr>") },
  { "autodiscover.ad-office.example", AUTODISCOVER, .body = LEAD ("<Action>redirectUrl</Action><RedirectUrl>https://outlook.office365.com" AUTODISCOVER "</RedirectUrl>") },
  { "autodiscover.ad-own.example", AUTODISCOVER, .body = LEAD ("<RedirectUrl>https://ex.ad-own.example" AUTODISCOVER "</RedirectUrl>") },
  { "ex.ad-own.example", AUTODISCOVER, .body = LEAD (DISCOVERED ("IMAP", "ex.ad-own.example", "<Port>993</Port>") DISCOVERED ("SMTP", "ex.ad-own.example", "<Port>465</Port>")) },
  { "autodiscover.ad-circle.example", AUTODISCOVER, .body = LEAD ("<RedirectUrl>https://autodiscover.ad-circle.example" AUTODISCOVER "</RedirectUrl>") },
  { "autodiscover.ad-away.example", AUTODISCOVER, TO ("https://collector.third.example" AUTODISCOVER) },
  { "collector.third.example", AUTODISCOVER, .body = LEAD (DISCOVERED ("IMAP", "imap.third.example", "") DISCOVERED ("SMTP", "smtp.third.example", "")) },
  { "autodiscover.ad-http.example", AUTODISCOVER, TO ("http://autodiscover.ad-http.example" AUTODISCOVER) },
  { "autodiscover.ad-challenge.example", AUTODISCOVER, .status = "401 Unauthorized", .headers = "WWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: Negotiate\r\n" },
  { "autodiscover.ad-clear.example", AUTODISCOVER, .body = LEAD (DISCOVERED ("IMAP", "mail.ad-clear.example", "<Port>143</Port><SSL>off</SSL>") DISCOVERED ("SMTP", "mail.ad-clear.example", "<Port>25</Port><SSL>off</SSL>")) },
  { "autoconfig.asks.example", AUTOCONFIG, .query = "emailaddress=anna.muster%40asks.example", .body = FILE_OF (IN ("in.asks.example", SSL ("993") ME) OUT ("out.asks.example", SSL ("465") ME)) },
  { NULL, NULL },
};

static const WebPage parked_pages[] = {
  { NULL, AUTOCONFIG, .headers = TYPE ("text/html"), .body = "<html><body>This domain is for sale</body></html>" },
  { NULL, WELL_KNOWN, .headers = TYPE ("text/html"), .body = "<html><body>This domain is for sale</body></html>" },
  { NULL, AUTODISCOVER, .headers = TYPE ("text/html"), .body = "<html><body>This domain is for sale</body></html>" },
  { NULL, NULL },
};

static const WebPage http_pages[] = {
  { "autoconfig.down.example", AUTOCONFIG, .body = USUAL ("down.example") },
  { "autodiscover.ad-http.example", AUTODISCOVER, .body = LEAD (DISCOVERED ("IMAP", "imap.third.example", "")) },
  { NULL, NULL },
};

static const Listener listeners[] = {
  { GOOD, 993, "TLS\n" IMAP_GOOD, POSTWEG_PAPER_GOOD }, { GOOD, 465, "TLS\n" SMTP_GOOD, POSTWEG_PAPER_GOOD }, { GOOD, 995, "TLS\n" POP3_GOOD, POSTWEG_PAPER_GOOD },
  { OTHER_NAME, 993, "TLS\n" IMAP_GOOD, POSTWEG_PAPER_OTHER_NAME }, { OTHER_NAME, 465, "TLS\n" SMTP_GOOD, POSTWEG_PAPER_OTHER_NAME },
  { TO_TLS, 143, IMAP_STARTTLS_GOOD, POSTWEG_PAPER_GOOD },
  { TO_TLS, 587, SMTP_STARTTLS_GOOD, POSTWEG_PAPER_GOOD },
  { UNENCRYPTED, 143, IMAP_GOOD, POSTWEG_PAPER_GOOD }, { UNENCRYPTED, 25, SMTP_GOOD, POSTWEG_PAPER_GOOD },
};
/* clang-format on */
