#!/bin/sh
# Without a display the program says so, names the command that needs none, and ends with 69; --help needs no display. $1: the program
unset DISPLAY WAYLAND_DISPLAY GDK_BACKEND
words=$("$1" 2>&1)
status=$?
[ "$status" -eq 69 ] || { echo "ended with $status: $words"; exit 1; }
case $words in *postweg-cli*) ;; *) echo "does not name the command: $words"; exit 1 ;; esac
"$1" --help | grep -q -- --trust-file || { echo "--help does not name its options"; exit 1; }
