/* What an earlier run of a batch has written -> the accounts that need not be tested again. */
#pragma once
#include "model/test-result.h"

typedef struct _PostwegResume PostwegResume;

/* Blocks. A last line that was cut off is ignored; where `output` is the same file, it is taken away, so that what is appended stands on
 * a line of its own. Errors: CANNOT_READ; BAD_FORMAT when the file holds something else. */
PostwegResume *postweg_resume_new (const char *file, int output, GError **error);
void postweg_resume_free (PostwegResume *resume);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PostwegResume, postweg_resume_free)

/* Whether this line of the list was tested, with the same address. verdict: (out): what came of it */
gboolean postweg_resume_has (const PostwegResume *resume, guint line, const char *address,
                             PostwegVerdict *verdict);
