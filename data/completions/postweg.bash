# Completes postweg in bash.
_postweg ()
{
  local current=${COMP_WORDS[COMP_CWORD]}

  COMPREPLY=()
  # bash takes “=” for a word of its own
  if [ "$current" = = ] || [ "${COMP_WORDS[COMP_CWORD-1]}" = = ]; then
    COMPREPLY=($(compgen -f -- "${current#=}"))
  else
    COMPREPLY=($(compgen -W '--trust-file= --help' -- "$current"))
    [[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace
  fi
}
complete -o filenames -F _postweg postweg
