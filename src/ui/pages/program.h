/* Mail program: choose one, see the changes, write them, take them back. */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_PROGRAM (postweg_page_program_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPageProgram, postweg_page_program, POSTWEG, PAGE_PROGRAM, PostwegPage)
