/* The language that people are spoken to in, for the window and the command alike. */
#pragma once

/* Sets the locale and finds the translations: beside the installed program, or in the build folder it runs from.
 * language: "de", "en", or NULL for the environment's choice. */
void postweg_language_init (const char *language);
