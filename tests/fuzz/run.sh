#!/bin/sh
# Lets one fuzzer run for a while: from the corpus that is kept here, with new finds in a folder of their own.
#   tests/fuzz/run.sh FOLDER-WITH-FUZZERS NAME SECONDS
# Longer by hand: tests/fuzz/run.sh build/tests/fuzz autoconfig 600
set -u
here=$(cd "$(dirname "$0")" && pwd)
fuzzer="$1/fuzz-$2"
finds="$1/finds-$2"
mkdir -p "$finds"
# its own code for a find, 77, would count as skipped
# memory that GLib keeps for good is no leak of ours; single leaks would be found here
export G_SLICE=always-malloc ASAN_OPTIONS=quarantine_size_mb=16
# json-glib 1.6 loses a little memory over what is no JSON
leaks=1
case $2 in account|outputs) leaks=0 ;; esac
ASAN_OPTIONS="$ASAN_OPTIONS:detect_leaks=$leaks"
exec "$fuzzer" -detect_leaks="$leaks" -max_total_time="$3" -max_len=8192 -timeout=5 -rss_limit_mb=512 -error_exitcode=1 -print_final_stats=1 \
  -dict="$here/$2.dict" -artifact_prefix="$finds/found-" "$finds" "$here/corpus/$2"
