/* What time servers say it is. */
#include "wire/server-clock.h"

static const struct {
  const char *greeting;
  gint64 seconds;
} rows[] = {
  { "mail.firm.example ESMTP Exim 4.96 Mon, 23 Nov 2026 12:16:18 +0000", 1795436178 },
  { "mail.firm.example ESMTP Exim 4.96 Mon, 23 Nov 2026 13:16:18 +0100", 1795436178 },
  { "mail.firm.example ESMTP Sendmail 8.17.1/8.17.1; Mon, 23 Nov 2026 12:16:18 GMT", 1795436178 },
  { "mx.firm.example Microsoft ESMTP MAIL Service ready at Mon, 23 Nov 2026 12:16:18 +0000", 1795436178 },
  { "welcome, stranger, it is Mon, 23 Nov 2026 12:16:18 +0000", 1795436178 },
  { "ESMTP Sendmail 8.8; Mon, 23 Nov 2026 07:16:18 -0500 (EST)", 1795436178 },
  { "Dovecot ready. <1dc6.1.1795436178@mail>", 1795436178 },
  { "mail Cyrus POP3 3.6.1 server ready <18321363141480796764.1795436178@mail.firm.example>", 1795436178 },
  { "POP3 <1795436178@host>", 0 },
  { "Dovecot (Debian) ready. <25ad.1.6b043aba.saXIpv4GAco7Jawed+RR3g==@vm>", 1795439290 },
  { "Dovecot ready. <1dc6.1.6b043a.AbCdEf@mail>", 0 },
  { "Dovecot ready. <1dc6.1.6b043abx.AbCdEf@mail>", 0 },
  { "Dovecot ready. <1dc6.1.6b043aba@mail>", 0 },
  { "Dovecot ready. <1dc6.1.00043aba.AbCdEf@mail>", 0 },
  { "ready <1896.697170952@host>", 0 }, /* the example of RFC 1939: long ago */
  { "ready <1896.99999999999999999999999@host>", 0 },
  { "ready <1896.@host>", 0 },
  { "ready <", 0 },
  { "ready <@>", 0 },
  { "mail ESMTP Postfix (Debian/GNU)", 0 },
  { "Copyright 1998-2019 Double Precision, Inc.  See COPYING for distribution information.", 0 },
  { "mail ESMTP, 42 Nov 2026 99:99:99", 0 },
  { "mail ESMTP, 23 Nov 0026 12:16:18 +0000", 1795436178 }, /* two digits are this century */
  { "mail ESMTP, 23 Nov 3026 12:16:18 +0000", 0 },
  { "", 0 },
  { NULL, 0 },
};

static void
test_greetings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].greeting != NULL ? rows[i].greeting : "(none)");
      g_assert_cmpint (postweg_server_clock (rows[i].greeting), ==, rows[i].seconds);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/server-clock/greetings", test_greetings);
  return g_test_run ();
}
