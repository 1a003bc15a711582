/* Headers of mail as strangers write them: fields, dates, the way, the sender checks. */
#include "wire/auth-results.h"
#include "wire/header.h"
#include "wire/received.h"
#include <string.h>

static void
test_fields (void)
{
  static const struct {
    const char *text;
    guint n;
    const char *name, *value; /* value NULL: there is none */
  } table[] = {
    { "Subject: hello\r\nTo: you\r\n\r\nSubject: body\r\n", 2, "subject", "hello" },
    { "Subject: hello\nTo: you\n\nX: body\n", 2, "to", "you" },
    { "SUBJECT:hello\r\n", 1, "subject", "hello" },
    { "Subject: a\r\n b\r\n\tc\r\n\r\n", 1, "subject", "a b c" },
    { "Subject:\r\n a\r\n\r\n", 1, "subject", "a" },
    { "Subject: first\r\nSubject: second\r\n", 2, "subject", "first" },
    { "From somebody Mon Nov 23\r\nSubject: x\r\n", 1, "subject", "x" },
    { " begins folded\r\nSubject: x\r\n", 1, "subject", "x" },
    { "no colon\r\n folded behind it\r\nSubject: x\r\n", 1, "subject", "x" },
    { "Sub ject: x\r\n", 0, "subject", NULL },
    { ": x\r\n", 0, "", NULL },
    { "Subject: \xe4\r\n", 1, "subject", "ä" },
    { "Subject: \x1b[31mred\x07 \xe2\x80\xaegnp.exe\r\n", 1, "subject", "[31mred gnp.exe" },
    { "", 0, "subject", NULL },
    { "\r\n\r\nSubject: body\r\n", 0, "subject", NULL },
    { "Subject: cut", 1, "subject", "cut" },
    { "\r\nSubject: x", 0, "subject", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GPtrArray) fields = postweg_header_parse (table[i].text, strlen (table[i].text));
      g_autofree char *shown = g_strescape (table[i].text, NULL);

      g_test_message ("%u: %s", i, shown);
      g_assert_cmpuint (fields->len, ==, table[i].n);
      g_assert_cmpstr (postweg_header_get (fields, table[i].name), ==, table[i].value);
    }
}

/* More than anybody needs is not kept. */
static void
test_limits (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GString) folded = g_string_new ("Subject: x");
  g_autofree char *long_name = g_strnfill (5000, 'n');
  g_autofree char *named = g_strconcat (long_name, ": x\r\n", NULL);
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GPtrArray) big = NULL;
  g_autoptr (GPtrArray) none = postweg_header_parse (named, strlen (named));

  for (guint i = 0; i < 20000; i++)
    g_string_append (many, "A: b\r\n");
  for (guint i = 0; i < 20000; i++)
    g_string_append (folded, "\r\n yyyyyyyyyyyyyyyy");
  fields = postweg_header_parse (many->str, many->len);
  big = postweg_header_parse (folded->str, folded->len);
  g_assert_cmpuint (fields->len, ==, POSTWEG_HEADER_FIELDS_MAX);
  g_assert_cmpuint (strlen (postweg_header_get (big, "subject")), <=, 4000);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_comments (void)
{
  static const struct {
    const char *value, *plain, *comments;
  } table[] = {
    { "a (b) c", "a   c", " b" },
    { "a (b (c) d) e", "a   e", " b  c  d" },
    { "\"(no comment)\" a", "\"(no comment)\" a", "" },
    { "a \"x\\\"(\" (y)", "a \"x\\\"(\"  ", " y" },
    { "(open", " ", "open" },
    { ") shut", ") shut", "" },
    { "a \\( b", "a \\( b", "" },
    { "ends \\", "ends \\", "" },
    { "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *comments = NULL;
      g_autofree char *plain = postweg_header_strip_comments (table[i].value, &comments);
      g_auto (GStrv) wanted = g_strsplit (table[i].plain, " ", -1);
      g_autofree char *squeezed = g_strjoinv ("", wanted);
      g_auto (GStrv) parts = g_strsplit (plain, " ", -1);
      g_autofree char *got = g_strjoinv ("", parts);
      g_autofree char *inside = g_strdup (table[i].comments);

      g_assert_cmpstr (got, ==, squeezed);
      g_assert_cmpstr (g_strstrip (comments), ==, g_strstrip (inside));
    }
}

static void
test_dates (void)
{
  static const struct {
    const char *text;
    gint64 seconds; /* -1: none */
  } table[] = {
    { "Mon, 23 Nov 2026 11:28:44 +0000 (UTC)", 1795433324 },
    { "Mon, 23 Nov 2026 12:28:44 +0100", 1795433324 },
    { "23 Nov 2026 06:28:44 -0500", 1795433324 },
    { "23 Nov 2026 06:28:44 EST", 1795433324 },
    { "23 Nov 2026 04:28:44 PDT", 1795433324 },
    { "23 Nov 2026 11:28:44 GMT", 1795433324 },
    { "23 Nov 2026 11:28:44", 1795433324 },
    { "23 nov 26 11:28:44 Z", 1795433324 },
    { "  Mon , 23-Nov-2026 11:28:44 +0000", 1795433324 },
    { "(comment) 23 Nov 2026 11:28 (minutes) +0000", 1795433280 },
    { "1 Jan 70 00:00:00 +0000", 0 },
    { "31 Dec 1998 23:59:60 +0000", 915148799 },
    { "30 Feb 2026 11:28:44 +0000", -1 },
    { "99999999999999999999 Nov 2026 11:28:44", -1 },
    { "23 Nov 99999999999999999999 11:28:44", -1 },
    { "23 Nov 2026 99:99:99 +0000", -1 },
    { "23 Nov 2026", -1 },
    { "23 Nov", -1 },
    { "23", -1 },
    { "23 Foo 2026 11:28:44", -1 },
    { "23 Nov 2026 11", -1 },
    { "yesterday", -1 },
    { "", -1 },
    { ",", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gint64 seconds = -1;

      g_test_message ("%s", table[i].text);
      if (table[i].seconds == -1)
        g_assert_false (postweg_header_date (table[i].text, &seconds));
      else
        {
          g_assert_true (postweg_header_date (table[i].text, &seconds));
          g_assert_cmpint (seconds, ==, table[i].seconds);
        }
    }
}

static void
test_received (void)
{
  static const struct {
    const char *value, *from, *by, *with;
    gboolean timed, tls;
  } table[] = {
    /* Postfix */
    { "from [127.0.0.1] (localhost [127.0.0.1]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 "
      "bits)) (No client certificate "
      "requested) by mail.lab.test (Postfix) with ESMTPSA id 87D77A8282A for <alice@lab.test>; Mon, 23 Nov "
      "2026 11:28:44 +0000 (UTC)",
      "[127.0.0.1]", "mail.lab.test", "ESMTPSA", TRUE, TRUE },
    /* Dovecot */
    { "from mail.lab.test by mail.lab.test with LMTP id abc (envelope-from <a@lab.test>); Mon, 23 Nov 2026 "
      "11:28:44 +0000",
      "mail.lab.test", "mail.lab.test", "LMTP", TRUE, FALSE },
    /* Exim */
    { "from [192.0.2.1] (helo=pc) by mx.example.org with esmtps (TLS1.3) tls TLS_AES_256 (Exim 4.96) "
      "(envelope-from <a@b>) id 1; Mon, 23 "
      "Nov 2026 11:28:44 +0000",
      "[192.0.2.1]", "mx.example.org", "esmtps", TRUE, TRUE },
    /* Gmail's own way of naming it */
    { "from mail-sor.example (mail-sor.example. [192.0.2.9]) by mx.example.com with SMTPS id x for <a@b> "
      "(Google Transport Security); Mon, "
      "23 Nov 2026 03:28:44 -0800 (PST)",
      "mail-sor.example", "mx.example.com", "SMTPS", TRUE, TRUE },
    { "from A.example (2001:db8::1) by B.example (2001:db8::2) with Microsoft SMTP Server (version=TLS1_2, "
      "cipher=TLS_ECDHE) id 15; Mon, 23 "
      "Nov 2026 11:28:44 +0000",
      "A.example", "B.example", "Microsoft", TRUE, TRUE },
    /* qmail */
    { "(qmail 12345 invoked by uid 89); 23 Nov 2026 11:28:44 -0000", "", "", "", TRUE, FALSE },
    { "by 2002:a05 with SMTP id x; broken date", "", "2002:a05", "SMTP", FALSE, FALSE },
    { "from by with", "by", "with", "", FALSE, FALSE },
    { "from", "", "", "", FALSE, FALSE },
    { ";;;;", "", "", "", FALSE, FALSE },
    { "", "", "", "", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (PostwegHop) hop = postweg_received_parse (table[i].value);

      g_test_message ("%s", table[i].value);
      g_assert_cmpstr (hop->from, ==, table[i].from);
      g_assert_cmpstr (hop->by, ==, table[i].by);
      g_assert_cmpstr (hop->with, ==, table[i].with);
      g_assert_cmpint (hop->time, ==, table[i].timed ? 1795433324 : 0);
      g_assert_cmpint (hop->tls, ==, table[i].tls);
    }
}

static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (3000, 'x');
  g_autofree char *value = g_strdup_printf ("from %s by b", name);
  g_autoptr (PostwegHop) hop = postweg_received_parse (value);

  g_assert_cmpuint (strlen (hop->from), ==, 120);
}

/* The way goes from the bottom to the top; times are between neighbours that both tell theirs. */
static void
test_hops (void)
{
  static const char text[] = "Received: from c by d; Mon, 23 Nov 2026 11:28:40 +0000\r\n"
                             "X-Other: x\r\n"
                             "Received: from b by c; no date\r\n"
                             "Received: from a by b; Mon, 23 Nov 2026 11:28:44 +0000\r\n"
                             "Received: from pc by a; Mon, 23 Nov 2026 11:28:42 +0000\r\n\r\n";
  g_autoptr (GPtrArray) fields = postweg_header_parse (text, strlen (text));
  g_autoptr (GPtrArray) hops = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_hop_free);
  static const struct {
    const char *by;
    gboolean has_ms;
    gint64 ms;
  } wanted[] = { { "a", FALSE, 0 }, { "b", TRUE, 2000 }, { "c", FALSE, 0 }, { "d", FALSE, 0 } };

  postweg_received_hops (fields, hops);
  g_assert_cmpuint (hops->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < hops->len; i++)
    {
      const PostwegHop *hop = g_ptr_array_index (hops, i);

      g_assert_cmpstr (hop->by, ==, wanted[i].by);
      g_assert_cmpint (hop->has_ms, ==, wanted[i].has_ms);
      g_assert_cmpint (hop->ms, ==, wanted[i].ms);
    }
}

static void
test_endless_way (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GPtrArray) hops = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_hop_free);

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "Received: from x by y; Mon, 23 Nov 2026 11:28:40 +0000\r\n");
  fields = postweg_header_parse (text->str, text->len);
  postweg_received_hops (fields, hops);
  g_assert_cmpuint (hops->len, ==, POSTWEG_HOPS_MAX);
}

static void
test_auth_results (void)
{
  static const struct {
    const char *value, *server, *spf, *dkim, *dmarc; /* server NULL: says nothing */
  } table[] = {
    { "mx.example.org; spf=pass smtp.mailfrom=a@b; dkim=pass header.d=b; dmarc=pass header.from=b",
      "mx.example.org", "pass", "pass", "pass" },
    { "mx.example.org 1; spf=fail (reason) smtp.mailfrom=a@b", "mx.example.org", "fail", NULL, NULL },
    { "mx.example.org;\n dkim=none;\n DMARC=Fail (p=REJECT)", "mx.example.org", NULL, "none", "fail" },
    { "mx.example.org; dkim=fail header.d=a; dkim=pass header.d=b", "mx.example.org", NULL, "pass", NULL },
    { "mx.example.org; dkim=pass header.d=a; dkim=fail header.d=b", "mx.example.org", NULL, "pass", NULL },
    { "mx.example.org; dkim = fail ; spf / 1 = pass", "mx.example.org", NULL, "fail", NULL },
    { "mx.example.org; spf/1=softfail", "mx.example.org", "softfail", NULL, NULL },
    { "mx.example.org; dkim=fail reason=\"a; spf=pass\"", "mx.example.org", NULL, "fail", NULL },
    { "mx.example.org; none", NULL, NULL, NULL, NULL },
    { "mx.example.org; auth=pass smtp.auth=a", NULL, NULL, NULL, NULL },
    { "; spf=pass", NULL, NULL, NULL, NULL },
    { "spf=pass", NULL, NULL, NULL, NULL },
    { "mx; spf=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL, NULL, NULL, NULL },
    { "mx; spf=<b>pass</b>", NULL, NULL, NULL, NULL },
    { "mx; spfx=pass", NULL, NULL, NULL, NULL },
    { "", NULL, NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      PostwegSenderChecks checks;

      g_test_message ("%s", table[i].value);
      g_assert_cmpint (postweg_auth_results_parse (table[i].value, &checks), ==, table[i].server != NULL);
      g_assert_cmpstr (checks.server, ==, table[i].server);
      g_assert_cmpstr (checks.spf, ==, table[i].spf);
      g_assert_cmpstr (checks.dkim, ==, table[i].dkim);
      g_assert_cmpstr (checks.dmarc, ==, table[i].dmarc);
      postweg_sender_checks_clear (&checks);
    }
}

/* Whose word counts: the operator's, above what may have come along with the mail. */
static void
test_trusted_results (void)
{
#define AR(server, result) "Authentication-Results: " server "; dmarc=" result "\r\n"
#define HOP "Received: from a by b\r\n"
  static const struct {
    const char *text, *dmarc;
  } table[] = {
    { AR ("mx.example.org", "pass") HOP, "pass" },
    { HOP AR ("mx.example.org", "fail"), "fail" },
    { HOP HOP AR ("mx.example.org", "fail"), NULL },
    { AR ("evil.example.net", "fail") HOP, NULL },
    { AR ("evil.example.net", "fail") AR ("mx.example.org", "pass") HOP, "pass" },
    { AR ("mx.example.org", "pass") AR ("mx.example.org", "fail") HOP, "pass" },
    { AR ("mx.my-domain.net", "fail") HOP, "fail" },
    { HOP, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GPtrArray) fields = postweg_header_parse (table[i].text, strlen (table[i].text));
      PostwegSenderChecks checks;

      postweg_auth_results_find (fields, "imap.example.org", "my-domain.net", &checks);
      g_assert_cmpstr (checks.dmarc, ==, table[i].dmarc);
      postweg_sender_checks_clear (&checks);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/header/fields", test_fields);
  g_test_add_func ("/wire/header/limits", test_limits);
  g_test_add_func ("/wire/header/comments", test_comments);
  g_test_add_func ("/wire/header/dates", test_dates);
  g_test_add_func ("/wire/received/one", test_received);
  g_test_add_func ("/wire/received/long-name", test_long_name);
  g_test_add_func ("/wire/received/hops", test_hops);
  g_test_add_func ("/wire/received/endless", test_endless_way);
  g_test_add_func ("/wire/auth-results/one", test_auth_results);
  g_test_add_func ("/wire/auth-results/trusted", test_trusted_results);
  return g_test_run ();
}
