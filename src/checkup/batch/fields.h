/* A record of a list of accounts -> its fields; pure. */
#pragma once
#include <glib.h>

/* In the order of their names below. */
typedef enum {
  POSTWEG_FIELD_ADDRESS,
  POSTWEG_FIELD_NAME,
  POSTWEG_FIELD_USER,
  POSTWEG_FIELD_PASSWORD,
  POSTWEG_FIELD_PASSWORD_FILE,
  POSTWEG_FIELD_INCOMING,
  POSTWEG_FIELD_OUTGOING,
  POSTWEG_FIELD_OUTGOING_USER,
  POSTWEG_FIELD_OUTGOING_PASSWORD,
  POSTWEG_FIELD_OUTGOING_PASSWORD_FILE,
  POSTWEG_FIELD_ACCOUNT, /* JSON only: an account of the contract, as text */
} PostwegField;
#define POSTWEG_N_FIELDS (POSTWEG_FIELD_ACCOUNT + 1)

#define POSTWEG_FIELD_MAX 4096 /* bytes of a field */
#define POSTWEG_COLUMNS_MAX 100

typedef struct {
  char *texts[POSTWEG_N_FIELDS]; /* NULL: not there; never "" */
} PostwegFields;

/* Wipes them. */
void postweg_fields_clear (PostwegFields *fields);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PostwegFields, postweg_fields_clear)

const char *postweg_field_name (PostwegField field);

/* The columns of a CSV file. */
typedef struct {
  char separator; /* ',', ';' or a tab: the one that its first line has most of */
  guint n;
  int columns[POSTWEG_COLUMNS_MAX]; /* PostwegField, or -1: not known */
} PostwegColumns;

/* strangers: char* is appended for each name that is not known.
 * Returns: FALSE with BAD_INPUT when there is no column “address”, or a column twice */
gboolean postweg_columns_read (PostwegColumns *columns, const char *header, GPtrArray *strangers,
                               GError **error);
gboolean postweg_columns_have (const PostwegColumns *columns, PostwegField field);

/* Errors: BAD_INPUT with a sentence. */
gboolean postweg_fields_from_csv (PostwegFields *fields, const PostwegColumns *columns, const char *text,
                                  GError **error);
/* text: is changed: the passwords in it are overwritten. strangers: as above */
gboolean postweg_fields_from_json (PostwegFields *fields, char *text, GPtrArray *strangers, GError **error);
