#!/bin/sh
# Fails when a file is not formatted as .clang-format says. $1: the project's folder
command -v clang-format-14 >/dev/null || { echo "clang-format-14 is not installed"; exit 77; }
cd "$1" || exit 2
find src tests -name '*.[ch]' -print0 | xargs -0 clang-format-14 --dry-run --Werror
