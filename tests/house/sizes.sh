#!/bin/sh
# Fails when a file, a function or its complexity grows over the bar, or a file lacks its opening sentence. $1: the project's folder
command -v pmccabe >/dev/null || { echo "pmccabe is not installed"; exit 77; }
cd "$1" || exit 2
status=0
complain () { [ -z "$1" ] || { echo "$2"; echo "$1"; status=1; }; }
files=$(find src tests -name '*.[ch]')
core=$(find src -name '*.c')
complain "$(wc -l $files | awk '$1 > 600 && $2 != "total"')" 'longer than 600 lines:'
complain "$(wc -l $core | awk '$2 != "total" {print $1}' | sort -n | awk '{a[NR]=$1} END {m=a[int((NR+1)/2)]; if (m > 150) print m}')" 'median of the files over 150 lines:'
measured=$(pmccabe $core)
complain "$(echo "$measured" | awk '$1 > 10 && $NF !~ /class_init$/ {print $1, $6, $NF}')" 'complexity over 10:'
complain "$(echo "$measured" | awk '$5 > 60 && $NF !~ /class_init$/ {print $5, $6, $NF}')" 'functions over 60 lines:'
complain "$(echo "$measured" | awk '{n++; if ($5 <= 40) s++} END {if (n && s / n < 0.95) printf "%.1f %% of the functions have at most 40 lines\n", 100 * s / n}')" 'too many long functions:'
complain "$(for f in $files; do head -1 "$f" | grep -q '^/\* .' || echo "$f"; done)" 'no sentence at the head of the file:'
exit $status
