/* Servers as URLs in settings: SCHEME://USER[:PASSWORD]@HOST[:PORT][REST]. */
#pragma once
#include <glib.h>

typedef struct {
  char *scheme;   /* lower case, without "://" */
  char *user;     /* decoded; "" if none */
  char *password; /* as it stands there, still encoded; NULL: none */
  char *host;     /* without brackets */
  guint16 port;   /* 0: none */
  char *rest;     /* from "/" or "?" on; "" if nothing */
} PostwegMailUrl;

/* Returns: (transfer full): NULL if it is none */
PostwegMailUrl *postweg_mail_url_parse (const char *text);
void postweg_mail_url_free (PostwegMailUrl *url);
/* Returns: (transfer full): ASCII without quotes, blanks, '#', ';', '$' and the like */
char *postweg_mail_url_format (const PostwegMailUrl *url);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegMailUrl, postweg_mail_url_free)
