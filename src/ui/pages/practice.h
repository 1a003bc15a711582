/* The page that offers practice: scenarios in groups; choosing one opens its servers. */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_PRACTICE (postweg_page_practice_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPagePractice, postweg_page_practice, POSTWEG, PAGE_PRACTICE, PostwegPage)

/* Signal "opened": a practice mailbox is open and waits for postweg_page_practice_take_box(). */

/* Returns: (transfer full): the box that was opened last, or NULL */
PostwegPracticeBox *postweg_page_practice_take_box (PostwegPagePractice *self);
