/* An account in Evolution: a source for receiving, one for the sender, one for sending. */
#pragma once
#include "clients/clients.h"
#include "clients/desktop/evolution-sources.h"

/* Appends the accounts (PostwegStoredAccount) among these sources. */
void postweg_evolution_accounts (const GPtrArray *sources, GPtrArray *accounts);

typedef enum {
  POSTWEG_EVOLUTION_RECEIVING,
  POSTWEG_EVOLUTION_SENDER,
  POSTWEG_EVOLUTION_SENDING,
} PostwegEvolutionPart;
#define POSTWEG_EVOLUTION_N_PARTS 3

typedef struct {
  char *uids[POSTWEG_EVOLUTION_N_PARTS];
  GBytes *before[POSTWEG_EVOLUTION_N_PARTS]; /* NULL: there is none yet */
  const PostwegAccount *account;
  gboolean files_sent; /* the provider files sent mail itself */
} PostwegEvolutionEdit;

/* Which sources make up the account; ids for those that are missing. id: NULL for a new one. */
void postweg_evolution_edit_init (PostwegEvolutionEdit *edit, const GPtrArray *sources, const char *id);
void postweg_evolution_edit_clear (PostwegEvolutionEdit *edit);
/* Returns: (transfer full): the source as it must be */
GBytes *postweg_evolution_edit_part (const PostwegEvolutionEdit *edit, PostwegEvolutionPart part);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PostwegEvolutionEdit, postweg_evolution_edit_clear)
