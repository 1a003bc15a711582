#!/bin/sh
# Every cause is produced end to end: some table of tests that go over real sockets or real files names it as the answer.
#   causes.sh SOURCE-ROOT          fails when one is missing
#   causes.sh SOURCE-ROOT --list   prints each cause with the tables that produce it
# A new table only has to lie in one of these folders.
set -u
root=$1
folders='checkup cli clients programs'
failed=0

sed -n 's/^  X ([A-Z0-9_]*, "\([a-z0-9-]*\)".*/\1/p' "$root/src/diagnose/causes.h" >"${TMPDIR:-/tmp}/causes.$$"
[ "$(wc -l <"${TMPDIR:-/tmp}/causes.$$")" -ge 93 ] || { echo "the list of causes cannot be read"; failed=1; }
while read -r cause; do
  tables=$(cd "$root/tests" && grep -lF "\"$cause\"" $(for folder in $folders; do ls "$folder"/*.[ch]; done) | tr '\n' ' ')
  [ -n "$tables" ] || { echo "no end-to-end test produces “$cause”"; failed=1; }
  [ "${2:-}" != --list ] || echo "$cause: $tables"
done <"${TMPDIR:-/tmp}/causes.$$"
rm -f "${TMPDIR:-/tmp}/causes.$$"
exit $failed
