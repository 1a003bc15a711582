/* The mail program value. */
#include "model/program.h"
#include <string.h>

PostwegStoredAccount *
postweg_stored_account_new (const char *id, PostwegAccount *account, const char *note)
{
  PostwegStoredAccount *stored = g_new (PostwegStoredAccount, 1);

  *stored = (PostwegStoredAccount){ g_strdup (id), account, g_strdup (note != NULL ? note : ""), FALSE };
  return stored;
}

void
postweg_stored_account_free (PostwegStoredAccount *stored)
{
  if (stored == NULL)
    return;
  g_free (stored->id);
  postweg_account_free (stored->account);
  g_free (stored->note);
  g_free (stored);
}

PostwegProgram *
postweg_program_new (const char *program, const char *name, const char *profile)
{
  PostwegProgram *value = g_new0 (PostwegProgram, 1);

  value->program = g_strdup (program);
  value->name = g_strdup (name);
  value->profile = g_strdup (profile);
  value->note = g_strdup ("");
  value->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) postweg_stored_account_free);
  return value;
}

void
postweg_program_free (PostwegProgram *program)
{
  if (program == NULL)
    return;
  g_free (program->program);
  g_free (program->name);
  g_free (program->profile);
  g_free (program->note);
  g_ptr_array_unref (program->accounts);
  g_free (program);
}

const PostwegStoredAccount *
postweg_program_account (const PostwegProgram *program, const char *id)
{
  for (guint i = 0; i < program->accounts->len; i++)
    {
      const PostwegStoredAccount *stored = g_ptr_array_index (program->accounts, i);

      if (strcmp (stored->id, id) == 0)
        return stored;
    }
  return NULL;
}
