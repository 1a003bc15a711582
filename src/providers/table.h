/* The shape of the compiled table; data/providers/compile.py writes it, providers.c reads it. */
#pragma once
#include "model/provider.h"

/* Numbers instead of pointers: the sorted indexes need nothing done at start. */
typedef struct {
  guint16 provider; /* index of the provider */
  guint16 item;     /* index of its domain or server */
} PostwegProviderKey;

/* A server name that a provider does not recommend, but owns; ".example.org" stands for all names below it. */
typedef struct {
  const char *host;
  guint16 provider;
} PostwegProviderHost;

typedef struct {
  const PostwegProvider *providers; /* sorted by id */
  guint n_providers;
  const PostwegProviderKey *domains; /* sorted by domain */
  guint n_domains;
  const PostwegProviderKey *hosts; /* sorted by host */
  guint n_hosts;
  const PostwegProviderHost *other_hosts;
  guint n_other_hosts;
  const PostwegProviderHost *mail_hosts; /* ".example.org": MX hosts below it serve customers' own domains */
  guint n_mail_hosts;
  const char *const *big; /* NULL-terminated */
} PostwegProviderTable;

extern const PostwegProviderTable postweg_provider_table;
