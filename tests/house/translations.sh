#!/bin/sh
# Fails when a translatable file is not listed, or German is not complete. $1: the project's folder
command -v msgfmt >/dev/null || { echo "gettext is not installed"; exit 77; }
cd "$1" || exit 2
status=0
for file in $(grep -rlE '\b(_|N_|C_|NC_|ngettext|g_dngettext) \("' --include='*.c' src; grep -rlE 'translatable="(yes|true)"' --include='*.ui' src); do
  grep -qx "$file" po/POTFILES || { echo "po/POTFILES lacks $file"; status=1; }
done
for file in $(grep -v '^#' po/POTFILES); do [ -e "$file" ] || { echo "po/POTFILES names $file, which does not exist"; status=1; }; done
result=$(LC_ALL=C msgfmt -c --statistics -o /dev/null po/de.po 2>&1) || status=1
case $result in *untranslated* | *fuzzy*) status=1 ;; esac
echo "$result"
# every text in the sources is in de.po
pot=$(mktemp); trap 'rm -f "$pot"' EXIT
xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dngettext:2,3 -f po/POTFILES -o "$pot" 2>/dev/null
missing=$(LC_ALL=C msgcmp po/de.po "$pot" 2>&1 | grep -c "used but not defined")
[ "$missing" -eq 0 ] || { echo "$missing texts of the sources are not in po/de.po"; status=1; }
exit $status
