/* Name servers' answers: the C library walks the message, the rest is checked here. */
#include "wire/dns-answer.h"
#include "model/address.h"
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <resolv.h>
#include <string.h>

#define MX_FIXED 2  /* priority */
#define SRV_FIXED 6 /* priority, weight, port */

PostwegDnsAnswer *
postweg_dns_answer_new (PostwegDnsStatus status)
{
  PostwegDnsAnswer *answer = g_new0 (PostwegDnsAnswer, 1);

  answer->status = status;
  answer->records = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_dns_record_free);
  return answer;
}

void
postweg_dns_record_free (PostwegDnsRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->text);
  g_free (record);
}

void
postweg_dns_answer_free (PostwegDnsAnswer *answer)
{
  if (answer == NULL)
    return;
  g_ptr_array_unref (answer->records);
  g_free (answer);
}

/* Returns: (transfer full): the name at `data`, "." for the root, NULL if it is no host name */
static char *
host_at (ns_msg *message, const guint8 *data)
{
  char name[NS_MAXDNAME];

  if (ns_name_uncompress (ns_msg_base (*message), ns_msg_end (*message), data, name, sizeof name) < 0)
    return NULL;
  return *name == '\0' || strcmp (name, ".") == 0 ? g_strdup (".") : postweg_host_normalise (name);
}

static guint16
number_at (const guint8 *data)
{
  return (guint16) (data[0] << 8 | data[1]);
}

static gboolean
take_mx (ns_msg *message, ns_rr *rr, PostwegDnsRecord *record)
{
  if (ns_rr_rdlen (*rr) <= MX_FIXED)
    return FALSE;
  record->priority = number_at (ns_rr_rdata (*rr));
  record->text = host_at (message, ns_rr_rdata (*rr) + MX_FIXED);
  return record->text != NULL;
}

static gboolean
take_srv (ns_msg *message, ns_rr *rr, PostwegDnsRecord *record)
{
  const guint8 *data = ns_rr_rdata (*rr);

  if (ns_rr_rdlen (*rr) <= SRV_FIXED)
    return FALSE;
  record->priority = number_at (data);
  record->weight = number_at (data + 2);
  record->port = number_at (data + 4);
  record->text = host_at (message, data + SRV_FIXED);
  return record->text != NULL;
}

/* One or more strings, each with its length in front (RFC 1035 3.3.14); they are one text. */
static gboolean
take_txt (ns_msg *message G_GNUC_UNUSED, ns_rr *rr, PostwegDnsRecord *record)
{
  const guint8 *data = ns_rr_rdata (*rr);
  gsize left = ns_rr_rdlen (*rr);
  g_autoptr (GString) text = g_string_new (NULL);

  while (left > 0)
    {
      gsize length = data[0];

      if (length + 1 > left)
        return FALSE;
      g_string_append_len (text, (const char *) data + 1, (gssize) length);
      data += length + 1;
      left -= length + 1;
    }
  if (strlen (text->str) != text->len)
    return FALSE;
  record->text = g_utf8_make_valid (text->str, -1);
  return TRUE;
}

static gboolean
take_address (ns_msg *message G_GNUC_UNUSED, ns_rr *rr, PostwegDnsRecord *record)
{
  gboolean v6 = record->type == POSTWEG_DNS_AAAA;
  char text[INET6_ADDRSTRLEN];

  if (ns_rr_rdlen (*rr) != (v6 ? sizeof (struct in6_addr) : sizeof (struct in_addr)))
    return FALSE;
  inet_ntop (v6 ? AF_INET6 : AF_INET, ns_rr_rdata (*rr), text, sizeof text);
  record->text = g_strdup (text);
  return TRUE;
}

static const struct {
  PostwegDnsType type;
  gboolean (*take) (ns_msg *message, ns_rr *rr, PostwegDnsRecord *record);
} readers[] = {
  { POSTWEG_DNS_A, take_address }, { POSTWEG_DNS_AAAA, take_address }, { POSTWEG_DNS_MX, take_mx },
  { POSTWEG_DNS_TXT, take_txt },   { POSTWEG_DNS_SRV, take_srv },
};

static void
take_record (PostwegDnsAnswer *answer, ns_msg *message, ns_rr *rr)
{
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    if (readers[i].type == (PostwegDnsType) ns_rr_type (*rr))
      {
        PostwegDnsRecord *record = g_new0 (PostwegDnsRecord, 1);

        record->type = readers[i].type;
        if (readers[i].take (message, rr, record))
          g_ptr_array_add (answer->records, record);
        else
          postweg_dns_record_free (record);
      }
}

/* Returns: whether all records of the answer could be walked */
static gboolean
take_records (PostwegDnsAnswer *answer, ns_msg *message, PostwegDnsType type)
{
  for (int i = 0; i < ns_msg_count (*message, ns_s_an); i++)
    {
      ns_rr rr;

      if (ns_parserr (message, ns_s_an, i, &rr) < 0)
        return FALSE;
      if (answer->records->len < POSTWEG_DNS_MAX_RECORDS && ns_rr_class (rr) == ns_c_in &&
          (PostwegDnsType) ns_rr_type (rr) == type)
        take_record (answer, message, &rr);
    }
  return TRUE;
}

static PostwegDnsStatus
status_of (const PostwegDnsAnswer *answer, int code)
{
  if (code == ns_r_nxdomain)
    return POSTWEG_DNS_NO_NAME;
  if (code != ns_r_noerror)
    return POSTWEG_DNS_FAILED;
  return answer->records->len > 0 ? POSTWEG_DNS_FOUND : POSTWEG_DNS_NO_DATA;
}

PostwegDnsAnswer *
postweg_dns_answer_parse (const guint8 *bytes, gsize length, PostwegDnsType type, gboolean believe)
{
  PostwegDnsAnswer *answer = postweg_dns_answer_new (POSTWEG_DNS_FAILED);
  ns_msg message;

  if (length > NS_MAXMSG || ns_initparse (bytes, (int) length, &message) < 0 ||
      ns_msg_getflag (message, ns_f_qr) == 0)
    return answer;
  if (!take_records (answer, &message, type))
    {
      g_ptr_array_set_size (answer->records, 0);
      return answer;
    }
  answer->status = status_of (answer, ns_msg_getflag (message, ns_f_rcode));
  answer->broken = ns_msg_getflag (message, ns_f_rcode) == ns_r_servfail;
  answer->authentic = believe && ns_msg_getflag (message, ns_f_ad) != 0;
  return answer;
}
