/* Accounts that differ in the user's name, and a mail program's own files with some of them. */
#pragma once
#include "clients/desktop/evolution-account.h"
#include "clients/worlds.h"

static inline PostwegAccount *
account_of_user (const char *user)
{
  g_autoptr (PostwegServer) in = postweg_server_new (POSTWEG_IMAP, "in.example.org", 0, POSTWEG_TLS, user);
  g_autoptr (PostwegServer) out = postweg_server_new (POSTWEG_SMTP, "out.example.org", 0, POSTWEG_TLS, user);

  g_autofree char *address = g_strconcat (user, "@example.org", NULL);

  return postweg_account_new ("Anna", address, in, out);
}

/* What Evolution's service would keep in the folder. */
static inline void
put_sources (const char *folder, const PostwegAccount *account)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_auto (PostwegEvolutionEdit) edit = { .account = account };

  postweg_evolution_edit_init (&edit, none, NULL);
  for (guint i = 0; i < POSTWEG_EVOLUTION_N_PARTS; i++)
    {
      g_autoptr (GBytes) bytes = postweg_evolution_edit_part (&edit, i);
      g_autofree char *name = g_strconcat (edit.uids[i], ".source", NULL);
      g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      put_file (folder, name, text);
    }
}
