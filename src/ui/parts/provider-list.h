/* A drop-down of all providers that are known, with a guess in front and "none of these". */
#pragma once
#include "checkup/checkup.h"
#include <gtk/gtk.h>

/* Puts the providers in, sorted by name; the guess is chosen, and typing finds names. */
void postweg_provider_list_fill (GtkDropDown *list);
/* Whether the person leaves it to the guess. */
gboolean postweg_provider_list_is_guess (GtkDropDown *list);
/* Returns: (transfer none): the provider that was chosen, or NULL */
const PostwegProvider *postweg_provider_list_get (GtkDropDown *list);
/* What a screen reader says of the choice: the provider that was chosen, or this sentence about the guess. */
void postweg_provider_list_describe (GtkDropDown *list, const char *guess);
