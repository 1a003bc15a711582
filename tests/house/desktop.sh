#!/bin/sh
# Fails when what Postweg tells desktop, shell and manual is not valid, or lags behind the command. $1: the project's folder, $2: postweg-cli
for tool in glib-compile-schemas desktop-file-validate appstreamcli man bash; do
  command -v $tool >/dev/null || { echo "$tool is not installed"; exit 77; }
done
python=$(command -v python3) || exit 77
cd "$1/data" || exit 2
status=0
complaints=$(desktop-file-validate desktop/*.desktop 2>&1)
[ -z "$complaints" ] || { echo "$complaints"; status=1; }
glib-compile-schemas --strict --dry-run desktop || status=1
appstreamcli validate --no-net desktop/*.metainfo.xml || status=1
for page in man/*.1; do
  complaints=$(LC_ALL=C.UTF-8 MANROFFSEQ=t man --warnings=w -l "$page" 2>&1 >/dev/null)
  [ -z "$complaints" ] || { echo "$page: $complaints"; status=1; }
done
# the help is well formed, says the same in both languages, and calls what can be pressed by its name
for page in help/*/*.page; do
  "$python" -c 'import sys, xml.dom.minidom as dom; dom.parse(sys.argv[1])' "$page" || status=1
done
[ "$(ls help/C)" = "$(ls help/de)" ] || { echo 'the help differs in its pages'; status=1; }
for language in C:msgid de:msgstr; do
  grep -oh '<gui>[^<]*' help/${language%:*}/*.page | sed 's/<gui>//' | sort -u | while read -r name; do
    sed 's/_//g' ../po/de.po | grep -qxF "${language#*:} \"$name\"" || echo "help/${language%:*}: nothing is called “$name”"
  done
done | grep . && status=1
# every command stands in the manual, and the shell knows it
commands=$(LC_ALL=C "$2" --help | sed -n 's/^  postweg-cli \([a-z]*\).*/\1/p')
for command in $commands; do
  grep -q "^\.B $command" man/postweg-cli.1 || { echo "man/postweg-cli.1 lacks $command"; status=1; }
done
bash -n completions/postweg-cli.bash && bash -n completions/postweg.bash || status=1
offered=$(bash -c '. completions/postweg.bash; compopt () { :; }; COMP_WORDS=(postweg --t); COMP_CWORD=1; _postweg; echo "${COMPREPLY[*]}"')
[ "$offered" = "--trust-file=" ] || { echo "bash offers: $offered"; status=1; }
offered=$(bash -c '. completions/postweg-cli.bash; COMP_WORDS=("$0" ""); COMP_CWORD=1; _postweg_cli "$0"; echo "${COMPREPLY[*]}"' "$2")
[ "$offered" = "$(echo $commands --help --version)" ] || { echo "bash offers: $offered"; status=1; }
offered=$(bash -c '. completions/postweg-cli.bash; compopt () { :; }; COMP_WORDS=("$0" test "--po"); COMP_CWORD=2; _postweg_cli "$0"; echo "${COMPREPLY[*]}"' "$2")
[ "$offered" = "--ports" ] || { echo "bash offers: $offered"; status=1; }
offered=$(bash -c '. completions/postweg-cli.bash; compopt () { :; }; COMP_WORDS=("$0" batch --format = p); COMP_CWORD=4; _postweg_cli "$0"; echo "${COMPREPLY[*]}"' "$2")
[ "$offered" = "prometheus" ] || { echo "bash offers: $offered"; status=1; }
offered=$(bash -c '. completions/postweg-cli.bash; compopt () { :; }; COMP_WORDS=("$0" batch "--res"); COMP_CWORD=2; _postweg_cli "$0"; echo "${COMPREPLY[*]}"' "$2")
[ "$offered" = "--resume=" ] || { echo "bash offers: $offered"; status=1; }
exit $status
