/* A practice server's script as a list of acts; pure, no sockets. The language is described in practice/practice.h. */
#pragma once
#include <glib.h>

typedef enum {
  POSTWEG_ACT_SAY,          /* text goes out as it is, `number` times */
  POSTWEG_ACT_DRIP,         /* text goes out byte by byte, `number` milliseconds before each */
  POSTWEG_ACT_EXPECT,       /* a command that begins with text */
  POSTWEG_ACT_ANY,          /* any command */
  POSTWEG_ACT_CONTINUATION, /* an untagged line that begins with text, such as an answer to a SASL challenge */
  POSTWEG_ACT_LITERAL,      /* the bytes announced by {N} at the end of the last line, beginning with text */
  POSTWEG_ACT_TLS,          /* the server's side of a handshake */
  POSTWEG_ACT_WAIT,         /* `number` milliseconds */
  POSTWEG_ACT_CLOSE,        /* an orderly end */
  POSTWEG_ACT_CUT,          /* an end without TLS's close_notify */
  POSTWEG_ACT_RESET,        /* an end by TCP reset */
  POSTWEG_ACT_HANG,         /* listens and says nothing */
  POSTWEG_ACT_LOOP,         /* `partner` is the act's END */
  POSTWEG_ACT_ON,           /* begins a branch of a loop; `partner` is the next ON or the END */
  POSTWEG_ACT_LEAVE,        /* goes on behind the END */
  POSTWEG_ACT_END,          /* `partner` is the act's LOOP */
} PostwegActKind;

typedef struct {
  PostwegActKind kind;
  guint line; /* in the script, from 1 */
  guint number;
  guint partner;   /* index of another act */
  gboolean looped; /* stands between LOOP and END */
  GString *text;   /* unescaped, may hold any byte; NULL if the act has none */
} PostwegAct;

typedef struct {
  GPtrArray *acts; /* of PostwegAct */
  gboolean imap;   /* commands carry tags: the script says a line that begins with "* " or names {tag} */
  gboolean tls;    /* a certificate is needed */
} PostwegScript;

/* Returns: (transfer full): the script, or NULL with POSTWEG_ERROR_BAD_INPUT and a message that names the line */
PostwegScript *postweg_script_parse (const char *text, GError **error);
void postweg_script_free (PostwegScript *script);
const PostwegAct *postweg_script_act (const PostwegScript *script, guint index);

/* Returns: (transfer full): the act's text with {tag} replaced */
GString *postweg_act_text (const PostwegAct *act, const char *tag);

/* Whether `line` begins with the act's text; case does not matter for ASCII letters. */
gboolean postweg_act_matches (const PostwegAct *act, const char *line, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegScript, postweg_script_free)
