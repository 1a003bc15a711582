/* The island's internet: domains that publish their mail servers well, badly and not at all. */
#pragma once
#include "finding.h"
#include "scenes.h"
#include "wire/web.h"

/* clang-format off */
#define IMAP_SERVER(host) "<incomingServer type='imap'><hostname>" host "</hostname><port>993</port><socketType>SSL</socketType>" \
  "<authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username></incomingServer>"
#define SMTP_SERVER(host) "<outgoingServer type='smtp'><hostname>" host "</hostname><port>465</port><socketType>SSL</socketType>" \
  "<authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username></outgoingServer>"
#define CONFIG(in, out) "<clientConfig version='1.1'><emailProvider id='x'>" IMAP_SERVER (in) SMTP_SERVER (out) "</emailProvider></clientConfig>"
#define PLAIN_CONFIG(host) "<clientConfig version='1.1'><emailProvider id='x'>" \
  "<incomingServer type='imap'><hostname>" host "</hostname><port>143</port><socketType>plain</socketType></incomingServer>" \
  "<outgoingServer type='smtp'><hostname>" host "</hostname><port>25</port><socketType>plain</socketType></outgoingServer>" \
  "</emailProvider></clientConfig>"
#define AUTOCONFIG "/mail/config-v1.1.xml"
#define WELL_KNOWN "/.well-known/autoconfig/mail/config-v1.1.xml"
#define PACC_JSON "{\"protocols\":{\"imap\":{\"host\":\"imap.pacc.example\"},\"smtp\":{\"host\":\"smtp.pacc.example\"}},\"authentication\":{\"password\":true}}"

/* 127.0.0.1: mail and web servers with good papers. .2: papers of another name. .3: nothing listens. .4: self-signed. .5: web only. */
#define GOOD "127.0.0.1"
#define OTHER_NAME "127.0.0.2"
#define NOBODY "127.0.0.3"
#define SELF_SIGNED "127.0.0.4"
#define WEB_ONLY "127.0.0.5"

static IslandName names[] = {
  /* publishes at its own host */
  { "own.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.own.example" },
  { "autoconfig.own.example", ISLAND_FOUND, GOOD },
  { "imap.own.example", ISLAND_FOUND, GOOD },
  { "smtp.own.example", ISLAND_FOUND, GOOD },
  /* the same at the well-known place */
  { "known.example", ISLAND_FOUND, GOOD, NULL, "MX 10 mx.known.example" },
  { "imap.known.example", ISLAND_FOUND, GOOD },
  { "smtp.known.example", ISLAND_FOUND, GOOD },
  /* SRV only, below the domain */
  { "srv.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.srv.example" },
  { "_imaps._tcp.srv.example", ISLAND_FOUND, NULL, NULL, "SRV 10 1 993 old.srv.example | SRV 0 1 993 imap.srv.example" },
  { "_submissions._tcp.srv.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 465 smtp.srv.example" },
  { "_pop3s._tcp.srv.example", ISLAND_FOUND, NULL, NULL, "SRV 0 0 0 ." },
  { "imap.srv.example", ISLAND_FOUND, GOOD },
  { "smtp.srv.example", ISLAND_FOUND, GOOD },
  /* SRV to another operator, without and with DNSSEC */
  { "foreign.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.foreign.example" },
  { "_imaps._tcp.foreign.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 993 imap.other.example" },
  { "_submissions._tcp.foreign.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 465 smtp.other.example" },
  { "signed.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.signed.example", TRUE },
  { "_imaps._tcp.signed.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 993 imap.other.example", TRUE },
  { "_submissions._tcp.signed.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 465 smtp.other.example", TRUE },
  { "imap.other.example", ISLAND_FOUND, GOOD },
  { "smtp.other.example", ISLAND_FOUND, GOOD },
  /* hosted: the MX tells */
  { "hosted.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 aspmx.l.google.com | MX 20 alt1.aspmx.l.google.com" },
  { "hosted-signed.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 smtpin.rzone.de", TRUE },
  { "bridge.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mail.protonmail.ch" },
  { "own-hosts.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 w0123456.kasserver.com" },
  { "filtered.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx01.hornetsecurity.com" },
  /* the MX's hoster publishes */
  { "customer.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx1.hoster.example" },
  { "autoconfig.hoster.example", ISLAND_FOUND, GOOD },
  { "imap.hoster.example", ISLAND_FOUND, GOOD },
  { "smtp.hoster.example", ISLAND_FOUND, GOOD },
  /* the public database */
  { "listed.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.listed.example" },
  { "v1.ispdb.net", ISLAND_FOUND, GOOD },
  { "imap.listed.example", ISLAND_FOUND, GOOD },
  { "smtp.listed.example", ISLAND_FOUND, GOOD },
  /* PACC, with a digest that fits and one that does not */
  { "pacc.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.pacc.example" },
  { "_ua-auto-config.pacc.example", ISLAND_FOUND, NULL, NULL, NULL /* filled in */ },
  { "ua-auto-config.pacc.example", ISLAND_FOUND, GOOD },
  { "imap.pacc.example", ISLAND_FOUND, GOOD },
  { "smtp.pacc.example", ISLAND_FOUND, GOOD },
  { "forged.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.forged.example" },
  { "_ua-auto-config.forged.example", ISLAND_FOUND, NULL, NULL, "TXT v=UAAC1; a=sha256; d=AAAA" },
  { "ua-auto-config.forged.example", ISLAND_FOUND, GOOD },
  /* nothing is published */
  { "usual.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.usual.example" },
  { "imap.usual.example", ISLAND_FOUND, GOOD },
  { "smtp.usual.example", ISLAND_FOUND, GOOD },
  { "bare.example", ISLAND_FOUND, WEB_ONLY, NULL, "MX 10 mx.bare.example" },
  { "parked.example", ISLAND_FOUND, WEB_ONLY, NULL, "MX 10 mx.parked.example" },
  { "autoconfig.parked.example", ISLAND_FOUND, WEB_ONLY },
  { "imap.parked.example", ISLAND_FOUND, WEB_ONLY },
  { "mail.parked.example", ISLAND_FOUND, WEB_ONLY },
  { "wrong-name.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.wrong-name.example" },
  { "mail.wrong-name.example", ISLAND_FOUND, OTHER_NAME },
  { "self-signed.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.self-signed.example" },
  { "mail.self-signed.example", ISLAND_FOUND, SELF_SIGNED },
  /* published badly */
  { "http.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.http.example" },
  { "autoconfig.http.example", ISLAND_FOUND, "127.0.0.6" },
  { "imap.http.example", ISLAND_FOUND, GOOD },
  { "smtp.http.example", ISLAND_FOUND, GOOD },
  { "downgrade.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.downgrade.example" },
  { "autoconfig.downgrade.example", ISLAND_FOUND, GOOD },
  { "plain.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.plain.example" },
  { "autoconfig.plain.example", ISLAND_FOUND, GOOD },
  { "old.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.old.example" },
  { "autoconfig.old.example", ISLAND_FOUND, GOOD },
  { "mail.old.example", ISLAND_FOUND, GOOD },
  { "moved.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.moved.example" },
  { "_imaps._tcp.moved.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 993 imap.moved.example" },
  { "_submissions._tcp.moved.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 465 imap.moved.example" },
  { "imap.moved.example", ISLAND_FOUND, OTHER_NAME },
  { "leads-away.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.leads-away.example" },
  { "autoconfig.leads-away.example", ISLAND_FOUND, GOOD },
  { "settings.third.example", ISLAND_FOUND, GOOD },
  { "imap.third.example", ISLAND_FOUND, GOOD },
  { "smtp.third.example", ISLAND_FOUND, GOOD },
  { "stale.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.stale.example" },
  { "autoconfig.stale.example", ISLAND_FOUND, GOOD },
  { "_imaps._tcp.stale.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 993 imap.stale.example" },
  { "_submissions._tcp.stale.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 465 smtp.stale.example" },
  { "imap.stale.example", ISLAND_FOUND, GOOD },
  { "smtp.stale.example", ISLAND_FOUND, GOOD },
  { "differ.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.differ.example" },
  { "autoconfig.differ.example", ISLAND_FOUND, GOOD },
  { "_imaps._tcp.differ.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 993 mail.differ.example" },
  { "imap.differ.example", ISLAND_FOUND, GOOD },
  { "smtp.differ.example", ISLAND_FOUND, GOOD },
  { "mail.differ.example", ISLAND_FOUND, GOOD },
  { "expired-web.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.expired-web.example" },
  { "autoconfig.expired-web.example", ISLAND_FOUND, SELF_SIGNED },
  /* slow ones */
  { "slow.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.slow.example" },
  { "autoconfig.slow.example", ISLAND_FOUND, GOOD },
  { "imap.slow.example", ISLAND_FOUND, GOOD },
  { "smtp.slow.example", ISLAND_FOUND, GOOD },
  { "slow-but.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.slow-but.example" },
  { "autoconfig.slow-but.example", ISLAND_FOUND, GOOD },
  { "_imaps._tcp.slow-but.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 993 imap.slow-but.example" },
  { "_submissions._tcp.slow-but.example", ISLAND_FOUND, NULL, NULL, "SRV 0 1 465 smtp.slow-but.example" },
  { "imap.slow-but.example", ISLAND_FOUND, GOOD },
  { "smtp.slow-but.example", ISLAND_FOUND, GOOD },
  { "swallowed.example", ISLAND_FOUND, "192.0.2.50", NULL, "MX 10 mx.swallowed.example" },
  { "autoconfig.swallowed.example", ISLAND_FOUND, "192.0.2.50" },
  { "imap.swallowed.example", ISLAND_FOUND, "192.0.2.50" },
  /* the address is needed */
  { "asks.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.asks.example" },
  { "autodiscover.asks.example", ISLAND_FOUND, GOOD },
  { "imap.asks.example", ISLAND_FOUND, GOOD },
  { "smtp.asks.example", ISLAND_FOUND, GOOD },
  { "challenges.example", ISLAND_FOUND, NOBODY, NULL, "MX 10 mx.challenges.example" },
  { "autodiscover.challenges.example", ISLAND_FOUND, GOOD },
  /* no mail, no answer */
  { "null.example", ISLAND_FOUND, NOBODY, NULL, "MX 0 ." },
  { "empty.example", ISLAND_EMPTY },
  { "broken.example", ISLAND_BROKEN },
  { "silent.example", ISLAND_SILENT },
  { NULL, ISLAND_UNKNOWN },
};

static const WebPage pages[] = {
  { "autoconfig.own.example", AUTOCONFIG, .body = CONFIG ("imap.own.example", "smtp.own.example") },
  { "known.example", WELL_KNOWN, .body = CONFIG ("imap.known.example", "smtp.known.example") },
  { "autoconfig.hoster.example", AUTOCONFIG, .body = CONFIG ("imap.hoster.example", "smtp.hoster.example") },
  { "v1.ispdb.net", "/listed.example", .body = CONFIG ("imap.listed.example", "smtp.listed.example") },
  { "v1.ispdb.net", "/usual.example", .body = CONFIG ("gone.usual.example", "smtp.usual.example") },
  { "ua-auto-config.pacc.example", "/.well-known/user-agent-configuration.json", .headers = "Content-Type: application/json\r\n", .body = PACC_JSON },
  { "ua-auto-config.forged.example", "/.well-known/user-agent-configuration.json", .headers = "Content-Type: application/json\r\n", .body = PACC_JSON },
  { "autoconfig.downgrade.example", AUTOCONFIG, .status = "302 Found", .headers = "Location: http://autoconfig.downgrade.example" AUTOCONFIG "\r\n" },
  { "autoconfig.plain.example", AUTOCONFIG, .body = PLAIN_CONFIG ("mail.plain.example") },
  { "autoconfig.old.example", AUTOCONFIG, .body = PLAIN_CONFIG ("mail.old.example") },
  { "autoconfig.leads-away.example", AUTOCONFIG, .status = "301 Moved", .headers = "Location: https://settings.third.example" AUTOCONFIG "\r\n" },
  { "settings.third.example", AUTOCONFIG, .body = CONFIG ("imap.third.example", "smtp.third.example") },
  { "autoconfig.stale.example", AUTOCONFIG, .body = CONFIG ("gone.stale.example", "smtp.stale.example") },
  { "autoconfig.differ.example", AUTOCONFIG, .body = CONFIG ("imap.differ.example", "smtp.differ.example") },
  { "autoconfig.slow.example", AUTOCONFIG, .kind = WEB_DRIP, .body = CONFIG ("imap.slow.example", "smtp.slow.example") },
  { "autoconfig.slow-but.example", AUTOCONFIG, .kind = WEB_HANG },
  { "autodiscover.asks.example", "/autodiscover/autodiscover.xml", .body = "<Autodiscover><Response><Account>"
      "<Protocol><Type>IMAP</Type><Server>imap.asks.example</Server><Port>993</Port></Protocol>"
      "<Protocol><Type>SMTP</Type><Server>smtp.asks.example</Server><Port>465</Port></Protocol></Account></Response></Autodiscover>" },
  { "autodiscover.challenges.example", "/autodiscover/autodiscover.xml", .status = "401 Unauthorized", .headers = "WWW-Authenticate: Basic realm=\"x\"\r\n" },
  { NULL, NULL },
};

static const WebPage parked_pages[] = {
  { NULL, AUTOCONFIG, .headers = "Content-Type: text/html\r\n", .body = "<html><body>This domain is for sale</body></html>" },
  { NULL, WELL_KNOWN, .headers = "Content-Type: text/html\r\n", .body = "<html><body>This domain is for sale</body></html>" },
  { NULL, NULL },
};

static const WebPage http_pages[] = {
  { "autoconfig.http.example", AUTOCONFIG, .body = CONFIG ("imap.http.example", "smtp.http.example") },
  { NULL, NULL },
};

static const WebPage downgrade_pages[] = {
  { "autoconfig.downgrade.example", AUTOCONFIG, .body = CONFIG ("imap.own.example", "smtp.own.example") },
  { NULL, NULL },
};

static const Listener listeners[] = {
  { GOOD, 993, "TLS\n" IMAP_GOOD, POSTWEG_PAPER_GOOD },
  { GOOD, 465, "TLS\n" SMTP_GOOD, POSTWEG_PAPER_GOOD },
  { OTHER_NAME, 993, "TLS\n" IMAP_GOOD, POSTWEG_PAPER_OTHER_NAME },
  { OTHER_NAME, 465, "TLS\n" SMTP_GOOD, POSTWEG_PAPER_OTHER_NAME },
  { SELF_SIGNED, 993, "TLS\n" IMAP_GOOD, POSTWEG_PAPER_SELF_SIGNED },
  { SELF_SIGNED, 465, "TLS\n" SMTP_GOOD, POSTWEG_PAPER_SELF_SIGNED },
};
/* clang-format on */
