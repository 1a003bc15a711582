/* Files that Python's configparser reads (getmail, offlineimap). */
#pragma once
#include "clients/lines.h"

extern const PostwegDialect postweg_config_parser;              /* values as they stand (RawConfigParser) */
extern const PostwegDialect postweg_interpolated_config_parser; /* with "%%" for "%" */

/* Returns: (transfer full): a Python string literal */
char *postweg_python_string (const char *text);
/* What getboolean() takes for true. */
gboolean postweg_python_is_true (const char *text);
/* Returns: (transfer full): "'a', 'b'" */
char *postweg_python_strings (const char *const *words);
