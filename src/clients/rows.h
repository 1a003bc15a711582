/* The table of mail programs: one line each, in the order in which people see them. */
#pragma once
#include "clients/clients.h"

#define POSTWEG_CLIENT_ROWS(ROW)                                                                             \
  ROW ("thunderbird", postweg_client_thunderbird)                                                            \
  ROW ("betterbird", postweg_client_betterbird)                                                              \
  ROW ("evolution", postweg_client_evolution)                                                                \
  ROW ("goa", postweg_client_goa)                                                                            \
  ROW ("geary", postweg_client_geary)                                                                        \
  ROW ("kmail", postweg_client_kmail)                                                                        \
  ROW ("claws-mail", postweg_client_claws)                                                                   \
  ROW ("sylpheed", postweg_client_sylpheed)                                                                  \
  ROW ("neomutt", postweg_client_neomutt)                                                                    \
  ROW ("mutt", postweg_client_mutt)                                                                          \
  ROW ("aerc", postweg_client_aerc)                                                                          \
  ROW ("himalaya", postweg_client_himalaya)                                                                  \
  ROW ("alpine", postweg_client_alpine)                                                                      \
  ROW ("msmtp", postweg_client_msmtp)                                                                        \
  ROW ("mbsync", postweg_client_mbsync)                                                                      \
  ROW ("getmail", postweg_client_getmail)                                                                    \
  ROW ("fetchmail", postweg_client_fetchmail)                                                                \
  ROW ("offlineimap", postweg_client_offlineimap)                                                            \
  ROW ("git", postweg_client_git)                                                                            \
  ROW ("emacs", postweg_client_emacs)                                                                        \
  ROW ("mu4e", postweg_client_mu4e)                                                                          \
  ROW ("thunderbird-zip", postweg_client_thunderbird_zip)                                                    \
  ROW ("thunderbird-android", postweg_client_android)                                                        \
  ROW ("k9", postweg_client_k9)                                                                              \
  ROW ("deltachat", postweg_client_deltachat)                                                                \
  ROW ("apple", postweg_client_apple)                                                                        \
  ROW ("outlook", postweg_client_outlook)                                                                    \
  ROW ("sheet", postweg_client_sheet)                                                                        \
  ROW ("thunderbird-policies", postweg_client_thunderbird_policies)                                          \
  ROW ("autoconfig", postweg_client_autoconfig)                                                              \
  ROW ("srv", postweg_client_srv)                                                                            \
  ROW ("pacc", postweg_client_pacc)

#define POSTWEG_CLIENT_DECLARE(id, row) extern const PostwegClient row;
POSTWEG_CLIENT_ROWS (POSTWEG_CLIENT_DECLARE)
