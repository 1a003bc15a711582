#!/bin/sh
# Lets one fuzzer run from the corpus that is kept here.
#   tests/fuzz/run.sh FOLDER-WITH-FUZZERS NAME [SECONDS]
# Without SECONDS (as the tests call it) the corpus and the same few thousand inputs as always: what changed is to blame, not luck.
# With them it searches further, by chance, and keeps what is new: tests/fuzz/run.sh build/tests/fuzz autoconfig 600
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
name=$2
if [ $# -gt 2 ]; then
  set -- -max_total_time="$3" "$finds" "$here/corpus/$name"
else
  # addresses, which differ from run to run, are among what is compared; so is the order in which a folder lists its files
  inputs=$(cd "$here/corpus/$name" && LC_ALL=C ls | sed "s|^|$here/corpus/$name/|" | paste -sd,)
  set -- -runs=3000 -seed=1 -use_cmp=0 -use_memmem=0 -seed_inputs="$inputs"
fi
exec "$fuzzer" -detect_leaks="$leaks" -max_len=8192 -timeout=5 -rss_limit_mb=512 -error_exitcode=1 -print_final_stats=1 \
  -dict="$here/$name.dict" -artifact_prefix="$finds/found-" "$@"
