/* A whole result in words, translated. */
#pragma once
#include "model/test-result.h"

/* The headline over a result: the first finding's, or that all is well, or what was left out. Returns: (transfer full) */
char *postweg_words_verdict (const PostwegTestResult *result);
/* Whose matter a finding is. Returns: (transfer none) */
const char *postweg_words_who (PostwegWho who);
/* How sure it is. Returns: (transfer none) */
const char *postweg_words_confidence (PostwegConfidence confidence);
/* What became of one mail to oneself. Returns: (transfer full) (element-type char*): sentences */
GPtrArray *postweg_words_delivered (const PostwegDelivery *delivery);
/* Whether it can be reached. Returns: (transfer none) */
const char *postweg_words_port_state (const PostwegPort *port);
/* What answers there. Returns: (transfer full) */
char *postweg_words_port_service (const PostwegPort *port);
