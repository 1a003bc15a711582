/* discover --lint: what a domain's owner should change. */
#pragma once
#include "cli/cli.h"

/* domain: a domain, or any address in it. Returns: the exit status: 0 nothing to change, 4 there is something, 65 not a domain */
int cli_lint (const CliOptions *options, const char *domain, PostwegConsent consent);
