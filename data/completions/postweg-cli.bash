# Completes postweg-cli in bash. The words come from the program's own help, so that they cannot grow old.
_postweg_cli ()
{
  local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} words

  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=$(LC_ALL=C "$1" --help 2>/dev/null | sed -n 's/^  postweg-cli \([a-z]*\).*/\1/p')
    mapfile -t COMPREPLY < <(compgen -W "$words --help --version" -- "$current")
    return
  fi
  case $current in
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
    *) mapfile -t COMPREPLY < <(compgen -f -- "${current#--*=}") ;;
  esac
}
complete -F _postweg_cli postweg-cli
