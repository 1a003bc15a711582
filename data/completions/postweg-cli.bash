# Completes postweg-cli in bash. The words come from the program's own help, so that they cannot grow old.
_postweg_formats ()
{
  case $1 in
    batch) echo 'json csv html prometheus' ;;
    report) echo 'markdown html json' ;;
  esac
}

_postweg_cli ()
{
  local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} words

  COMPREPLY=()
  # bash takes “=” for a word of its own
  if [ "$current" = = ]; then
    current=${COMP_WORDS[COMP_CWORD-1]}=
  elif [ "$COMP_CWORD" -gt 2 ] && [ "${COMP_WORDS[COMP_CWORD-1]}" = = ]; then
    current=${COMP_WORDS[COMP_CWORD-2]}=$current
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=$(LC_ALL=C "$1" --help 2>/dev/null | sed -n 's/^  postweg-cli \([a-z]*\).*/\1/p')
    mapfile -t COMPREPLY < <(compgen -W "$words --help --version" -- "$current")
    return
  fi
  case $current in
    --format=*)
      mapfile -t COMPREPLY < <(compgen -W "$(_postweg_formats "$command")" -- "${current#--*=}")
      return
      ;;
    --*=*) ;;
    -*)
      words=$(LC_ALL=C "$1" "$command" --help 2>/dev/null | sed -n 's/^  \(-h, \)\{0,1\}\(--[a-z-]*=\{0,1\}\).*/\2/p')
      mapfile -t COMPREPLY < <(compgen -W "$words --lang=" -- "$current")
      [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace
      return
      ;;
  esac
  case $command in
    practice)
      words=$(LC_ALL=C "$1" practice --list 2>/dev/null | sed -n 's/^  \([a-z-]*\).*/\1/p')
      mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
      ;;
    export | repair)
      words=
      [ "$COMP_CWORD" -eq 2 ] && words=$(LC_ALL=C "$1" programs --known 2>/dev/null | sed 's/ .*//')
      mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
      ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "${current#--*=}") ;;
  esac
}
complete -F _postweg_cli postweg-cli
