/* What a plan would change, file by file: the lines that go and the lines that come. */
#pragma once
#include "ui/parts/parts.h"
#include "model/plan.h"

void postweg_change_view_show (PostwegRows *rows, const PostwegPlan *plan);
