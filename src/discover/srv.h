/* SRV records to servers; pure. */
#pragma once
#include "discover/source.h"
#include "wire/dns-answer.h"

#define POSTWEG_N_SRV 6

/* answers: PostwegDnsAnswer for _imaps, _imap, _pop3s, _pop3, _submissions, _submission, in this order. */
void postweg_srv_take (const GPtrArray *answers, const PostwegAddress *address, PostwegSourceResult *result);
