#!/bin/sh
# Builds the fuzzers with clang and both sanitizers. $1: the project's folder, $2: where they go.
# Where clang or its fuzzing library is missing, scripts are made in their place that say so and count as skipped.
set -eu
source=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
fuzzers='autoconfig autodiscover batch pacc dns'
leave_out () {
  for name in $fuzzers; do
    printf '#!/bin/sh\necho "%s"\nexit 77\n' "$1" >"$out/fuzz-$name"
    chmod +x "$out/fuzz-$name"
  done
  exit 0
}

command -v clang >/dev/null || leave_out 'clang is not installed'
cd "$out"
echo 'int LLVMFuzzerTestOneInput (const unsigned char *b, unsigned long n) { return b && n ? 0 : 0; }' >try.c
clang -fsanitize=fuzzer,address,undefined try.c -o try 2>try.log || leave_out 'clang has no fuzzing library here'

modules='glib-2.0 gio-2.0 gio-unix-2.0 gnutls json-glib-1.0 libcares libcurl libidn2 libpsl libxml-2.0'
# shellcheck disable=SC2046 # lists
set -- -std=gnu17 -g -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all -D_GNU_SOURCE '-DGETTEXT_PACKAGE="postweg"' \
  '-DG_LOG_DOMAIN="postweg"' -I"$source/src" -I"$source/tests/fuzz" $(pkg-config --cflags $modules)
objects=
# what is fuzzed, and what that stands on
for file in $(cd "$source/src" && ls model/*.c wire/*.c discover/*.c checkup/batch-csv.c checkup/batch-json.c checkup/batch-line.c checkup/batch-records.c); do
  object=$(echo "$file" | tr '/' '_').o
  clang -fsanitize=fuzzer-no-link,address,undefined "$@" -c "$source/src/$file" -o "$object"
  objects="$objects $object"
done
for name in $fuzzers; do
  # shellcheck disable=SC2046,SC2086 # lists
  clang -fsanitize=fuzzer,address,undefined "$@" "$source/tests/fuzz/fuzz-$name.c" $objects -o "fuzz-$name" $(pkg-config --libs $modules) -lresolv
done
