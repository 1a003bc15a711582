/* The mail that a person sends to themself for a test: small, honest, plain; pure but for chance and clock. */
#pragma once
#include <glib.h>

/* The field by which the mail is recognised, and by nothing else when it is to be removed. */
#define POSTWEG_LETTER_FIELD "X-Postweg-Test"

typedef struct {
  char *token;      /* 26 letters and digits, of 128 random bits */
  char *message_id; /* with the angle brackets */
  char *subject;
  GPtrArray *lines; /* char*: header, empty line, body; without line breaks, not yet dot-stuffed */
} PostwegLetter;

/* name: what recipients see, may be "". address: of sender and recipient. token: NULL for a new one. The text is in the person's language.
 * Auto-Submitted (RFC 3834) keeps absence notes and ticket systems from answering. Nothing else is there that is not in a mail that a
 * person writes: no HTML, no link, no attachment, no priority – that is what filters for spam count. */
PostwegLetter *postweg_letter_new (const char *name, const char *address, const char *token);
void postweg_letter_free (PostwegLetter *letter);

/* For the tests. */
/* An unstructured field's text: itself if it is ASCII, else encoded words (RFC 2047 2), each of at most 75 characters, in folded lines.
 * Returns: (transfer full) */
char *postweg_letter_encode_words (const char *text);
/* Adds the text as lines in quoted-printable (RFC 2045 6.7), each of at most 76 characters. */
void postweg_letter_encode_body (const char *text, GPtrArray *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegLetter, postweg_letter_free)
