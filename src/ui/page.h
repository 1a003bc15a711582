/* What every page of the window promises: a title, what the buttons at the bottom are, and what happens when they are pressed. */
#pragma once
#include "ui/journey.h"
#include <adwaita.h>

#define POSTWEG_TYPE_PAGE (postweg_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (PostwegPage, postweg_page, POSTWEG, PAGE, AdwBin)

/* Which button at the bottom is the recommended one; Enter presses it, and the way on if none is recommended. */
typedef enum { POSTWEG_SUGGEST_NONE, POSTWEG_SUGGEST_WAY_ON, POSTWEG_SUGGEST_SECOND } PostwegSuggest;

/* Properties: title (string, translated) · way-on and second-way (string: the labels of the buttons at the bottom, "" for none)
 * · complete and second-complete (whether they can be pressed) · suggests (PostwegSuggest) · busy (whether something runs
 * that Stop can end).
 * Signal "done": the page has what it needs; the window goes to the next one. */
struct _PostwegPageClass {
  AdwBinClass parent_class;

  /* is shown, coming from another page; reads the journey */
  void (*enter) (PostwegPage *self);
  /* is no longer shown; forgets secrets, stops what runs */
  void (*leave) (PostwegPage *self);
  /* the way on was taken; ends in postweg_page_done(), now or later; NULL: at once */
  void (*go_on) (PostwegPage *self);
  /* the second button was pressed */
  void (*go_second) (PostwegPage *self);
  /* Stop or Escape was pressed while busy */
  void (*stop) (PostwegPage *self);
};

/* Returns: (transfer none): the journey that all pages share */
PostwegJourney *postweg_page_get_journey (PostwegPage *self);
void postweg_page_set_journey (PostwegPage *self, PostwegJourney *journey);

void postweg_page_enter (PostwegPage *self);
void postweg_page_leave (PostwegPage *self);
void postweg_page_go_on (PostwegPage *self);
void postweg_page_go_second (PostwegPage *self);
void postweg_page_stop (PostwegPage *self);

void postweg_page_set_complete (PostwegPage *self, gboolean complete);
void postweg_page_set_second_complete (PostwegPage *self, gboolean complete);
void postweg_page_set_busy (PostwegPage *self, gboolean busy);
void postweg_page_set_suggests (PostwegPage *self, PostwegSuggest suggests);
/* label: translated; "" takes the button away. */
void postweg_page_set_way_on (PostwegPage *self, const char *label);
void postweg_page_set_second_way (PostwegPage *self, const char *label);
void postweg_page_done (PostwegPage *self);
