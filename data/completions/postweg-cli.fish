# Completes postweg-cli in fish. The words come from the program's own help, so that they cannot grow old.
function __postweg_commands
    LC_ALL=C postweg-cli --help 2>/dev/null | string match -gr '^  postweg-cli ([a-z]+)'
end

function __postweg_options
    set -l words (commandline -opc)
    LC_ALL=C postweg-cli $words[2] --help 2>/dev/null | string match -gr '^  (?:-h, )?(--[a-z-]+=?)'
end

complete -c postweg-cli -n 'test (count (commandline -opc)) -eq 1' -f -a '(__postweg_commands)'
complete -c postweg-cli -n 'test (count (commandline -opc)) -ge 2; and string match -q -- "-*" (commandline -ct)' -f -a '(__postweg_options)'
complete -c postweg-cli -n '__fish_seen_subcommand_from practice' -f -a "(LC_ALL=C postweg-cli practice --list 2>/dev/null | string match -gr '^  ([a-z-]+)')"
complete -c postweg-cli -n '__fish_seen_subcommand_from export repair; and test (count (commandline -opc)) -eq 2' -f -a "(LC_ALL=C postweg-cli programs --known 2>/dev/null | string match -gr '^([a-z0-9-]+) ')"
complete -c postweg-cli -n '__fish_seen_subcommand_from batch' -l format -x -a 'json csv html prometheus'
complete -c postweg-cli -n '__fish_seen_subcommand_from report' -l format -x -a 'markdown html json'
