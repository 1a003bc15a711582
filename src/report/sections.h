/* The sections of a report; for this folder only. */
#pragma once
#include "report/blacken.h"
#include "report/document.h"

typedef struct {
  PostwegDocument *document;
  PostwegBlacken *blacken; /* NULL: everything stays readable */
} PostwegPaper;

void postweg_section_findings (PostwegPaper *paper, const PostwegTestResult *result);
/* title: “Receiving”, “Sending”. evidence NULL: this side was left out */
void postweg_section_side (PostwegPaper *paper, const char *title, const PostwegEvidence *evidence);
/* ports: PostwegPort, or NULL */
void postweg_section_ports (PostwegPaper *paper, const GPtrArray *ports);
/* delivery: or NULL */
void postweg_section_delivery (PostwegPaper *paper, const PostwegDelivery *delivery);
/* evidence: or NULL */
void postweg_section_dialogue (PostwegPaper *paper, const char *title, const PostwegEvidence *evidence);

/* Returns: (transfer full): "IMAP, mail.example.org, port 993, SSL/TLS", translated, not blackened */
char *postweg_server_words (const PostwegServer *server);
