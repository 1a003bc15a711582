#!/bin/sh
# Fails when a folder includes one that it may not know. $1: the source folder
allowed='
model:     model
wire:      wire model
providers: providers model
discover:  discover wire model
advise:    advise model
probe:     probe wire model
diagnose:  diagnose model
clients:   clients model
report:    report diagnose model
practice:  practice wire model
checkup:   checkup wire providers discover advise probe diagnose clients report practice model
cli:       cli checkup model
ui:        ui checkup model
'
cd "$1" || exit 2
bad=$(grep -rHoE '^ *# *include "[a-z]+/[^"]+"' --include='*.[ch]' . | sed -E 's|^\./([a-z]+)/([^:]+):.*"([a-z]+)/.*|\1 \3 \1/\2|' |
  while read -r from to file; do
    echo "$allowed" | sed -n "s/^$from: *//p" | grep -qw "$to" || echo "$file must not include $to/"
  done
  # within clients, what is the same for all programs knows none of them, and families of programs do not know each other
  grep -rHoE '^ *# *include "clients/[a-z]+/' --include='*.[ch]' clients | sed -E 's|^(clients/([a-z]+/)?[^:/]+):.*"clients/([a-z]+)/|\1 \2 \3|' |
    while read -r file from to; do
      case "${to:+$from$to}" in
        desktop/desktop | outputs/outputs | terminal/terminal | thunderbird/thunderbird | outputs/thunderbird) ;;
        *) echo "$file must not include clients/${to:-$from}/" ;;
      esac
    done
  # the core knows neither GTK nor the shared threads of GLib; folders are joined by their full names only
  grep -rnE '# *include *<(gtk|adwaita|libadwaita)' --include='*.[ch]' model wire providers discover advise probe diagnose clients report practice checkup cli
  grep -rnE 'g_task_run_in_thread|g_resolver_|g_socket_client_' --include='*.[ch]' .
  grep -rnE '\bgoto\b *[a-z_]+;' --include='*.[ch]' .
  grep -rnE '# *include "[^/"]+"' --include='*.[ch]' . | grep -vE '"(postweg-paths|config)\.h"'
  grep -rnE '\b(GThread|g_thread_new|GThreadPool|g_thread_pool)' --include='*.[ch]' model providers discover advise probe diagnose clients report cli ui)
[ -z "$bad" ] || { echo "$bad"; exit 1; }
