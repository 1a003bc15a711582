/* What a page says when it has nothing else to show: a drawing, a sentence, and a way on. */
#pragma once
#include <adwaita.h>

/* EMPTY: nothing was entered yet · LOADING: something is looked for · NONE: nothing was found · STOPPED: the person did not wait ·
 * FAILED: it could not be done. */
typedef enum {
  POSTWEG_NOTICE_HIDDEN,
  POSTWEG_NOTICE_EMPTY,
  POSTWEG_NOTICE_LOADING,
  POSTWEG_NOTICE_NONE,
  POSTWEG_NOTICE_STOPPED,
  POSTWEG_NOTICE_FAILED,
} PostwegNoticeKind;

#define POSTWEG_TYPE_NOTICE (postweg_notice_get_type ())
G_DECLARE_FINAL_TYPE (PostwegNotice, postweg_notice, POSTWEG, NOTICE, AdwBin)

/* Signal "taken": the way on was pressed. */

/* words: translated, one sentence or two. way: what stands on the button, or NULL for none. Both are not looked at when hidden. */
void postweg_notice_show (PostwegNotice *self, PostwegNoticeKind kind, const char *words, const char *way);
PostwegNoticeKind postweg_notice_get_kind (PostwegNotice *self);
