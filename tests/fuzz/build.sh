#!/bin/sh
# Builds the fuzzers with clang and both sanitizers. $1: the project's folder, $2: where they go.
# Where clang or its fuzzing library is missing, scripts are made in their place that say so and count as skipped.
set -eu
source=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
fuzzers=$(cd "$source/tests/fuzz" && ls fuzz-*.c | sed 's/^fuzz-//; s/\.c$//')
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
clang=clang
! command -v ccache >/dev/null || clang='ccache clang'

modules='glib-2.0 gio-2.0 gio-unix-2.0 gnutls json-glib-1.0 libarchive libcares libcurl libidn2 libpng libpsl libqrencode libsecret-1 libxml-2.0'
# shellcheck disable=SC2046,SC2086 # lists
flags="-std=gnu17 -g -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all -D_GNU_SOURCE -DGETTEXT_PACKAGE=\"postweg\"
 -DG_LOG_DOMAIN=\"postweg\" -I$source/src -I$source/tests/fuzz $(echo $(pkg-config --cflags $modules))"
jobs=$(nproc)
export clang flags source
rm -f libcore.a ./*.c.o # files move
# what is fuzzed, and what that stands on
(cd "$source/src" && ls model/*.c wire/*.c discover/*.c probe/*.c diagnose/*.c clients/*.c clients/*/*.c \
  checkup/batch/csv.c checkup/batch/json.c checkup/batch/line.c checkup/batch/records.c) |
  xargs -P "$jobs" -I FILE sh -c '$clang -fsanitize=fuzzer-no-link,address,undefined $flags -c "$source/src/FILE" \
    -o "$(echo FILE | tr / _).o"'
ar rcs libcore.a ./*.c.o
libs="$(echo $(pkg-config --libs $modules)) -lresolv"
export libs
echo "$fuzzers" | xargs -P "$jobs" -I NAME sh -c '$clang -fsanitize=fuzzer,address,undefined $flags "$source/tests/fuzz/fuzz-NAME.c" \
  libcore.a -o fuzz-NAME $libs'
