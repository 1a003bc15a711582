/* The page that lists the accounts of installed mail programs, to find out what is wrong with one of them. */
#pragma once
#include "ui/page.h"

#define POSTWEG_TYPE_PAGE_DOCTOR (postweg_page_doctor_get_type ())
G_DECLARE_FINAL_TYPE (PostwegPageDoctor, postweg_page_doctor, POSTWEG, PAGE_DOCTOR, PostwegPage)
