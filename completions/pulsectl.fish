# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_pulsectl_global_optspecs
    string join \n c/context= url= token-file= ca-cert= o/output= columns= jq= format= no-headers q/quiet v/verbose debug color= no-input y/yes timeout= no-pager time= h/help V/version
end

function __fish_pulsectl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_pulsectl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_pulsectl_using_subcommand
    set -l cmd (__fish_pulsectl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c pulsectl -n "__fish_pulsectl_needs_command" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_needs_command" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -s V -l version -d 'Print version'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "login" -d 'Store a token for a server, after checking it'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "logout" -d 'Forget the stored token of the context in use'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "whoami" -d 'Show whose token is in use, and what it may do'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "context" -d 'Switch between servers'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "config" -d 'Find, show and edit the configuration file'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "worker" -d 'Look at workers, run commands on them, enrol and remove them'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "w" -d 'Look at workers, run commands on them, enrol and remove them'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "region" -d 'List, create, change and remove regions'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "workflow" -d 'Check, store and read workflows'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "wf" -d 'Check, store and read workflows'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "run" -d 'Start a workflow and follow it to its end'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "start" -d 'Start a workflow and follow it to its end'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "execution" -d 'Look at executions, follow, answer, cancel and retry them'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "ex" -d 'Look at executions, follow, answer, cancel and retry them'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "fleet" -d 'Look at the whole fleet, and change it a few workers at a time'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "prompt" -d 'List prompts and answer them'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "schedule" -d 'Start workflows by the clock'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "monitor" -d 'Watch pages, ports, certificates, names, hosts, and what reports by itself'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "notify" -d 'Tell people what happens: in Slack, in Discord, by a webhook, by mail, or in ways of your own'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "sensor" -d 'See what starts workflows from outside or for an event, and try it'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "events" -d 'Show what happens: executions, steps, jobs, prompts, workers, workflows'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "token" -d 'Create, list, rotate and revoke tokens of people and scripts'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "secret" -d 'Keep values that steps get in their environment, and that nobody sees'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "user" -d 'See who signs in through a proxy, set their roles, and lock them out'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "audit" -d 'See who did what, export the trail, and check that nobody changed it'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "server" -d 'Look at the server'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "doctor" -d 'Look for what is wrong: configuration, network, server, clock, token'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "explain" -d 'Explain a part of a document, such as workflow.steps.condition, or a field of -o json'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "api" -d 'Call the server directly'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "support-bundle" -d 'Gather what somebody who helps wants to know, without secrets, into one file'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "completion" -d 'Print the completion script of a shell'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "complete-names" -d 'Print the names of things, for shell completion'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "man" -d 'Print the manual page of a command, or write all of them'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "version" -d 'Print the version of pulsectl'
complete -c pulsectl -n "__fish_pulsectl_needs_command" -f -a "help" -d 'Show the help of a command, or of a topic: exit-codes, global-flags, environment, formatting, conditions, selectors'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -l all -d 'Forget the tokens of all contexts'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -f -a "ls" -d 'List contexts'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -f -a "list" -d 'List contexts'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -f -a "use" -d 'Make a context the current one'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -f -a "show" -d 'Show the settings in use'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -f -a "set" -d 'Make or change a context; the server is the one of --url'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -f -a "rename" -d 'Give a context another name'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -f -a "rm" -d 'Remove a context and its token'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -f -a "remove" -d 'Remove a context and its token'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and not __fish_seen_subcommand_from ls list use show set rename rm remove delete" -f -a "delete" -d 'Remove a context and its token'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -l origin -d 'Tell where each value comes from'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand context; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -f -a "path" -d 'Print the path of the configuration file'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -f -a "view" -d 'Print the configuration file; it holds no secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and not __fish_seen_subcommand_from path view edit" -f -a "edit" -d 'Edit the configuration file, and keep the old one unless the new one can be read'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -l credentials -d 'That of the file with the tokens'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand config; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "ls" -d 'List workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "list" -d 'List workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "show" -d 'Show a worker'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "top" -d 'Show how busy the workers are, the busiest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "logs" -d 'Show what a worker\'s agent has logged of itself'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "exec" -d 'Run a command on workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "doctor" -d 'Let a worker look for what keeps it from working, and say how to mend it'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "drain" -d 'Give workers no new work, and let running steps end'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "resume" -d 'Give drained workers work again'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "restart" -d 'Let agents start anew with the credential they have'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "rotate-credential" -d 'Ask agents for a new credential'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "label" -d 'Set labels of a worker, and take labels away'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "rename" -d 'Give a worker another name'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "remove" -d 'Remove workers and revoke their credentials'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "rm" -d 'Remove workers and revoke their credentials'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "delete" -d 'Remove workers and revoke their credentials'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "prune" -d 'Clean up workers that have been offline for long'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "token" -d 'Create, list and revoke enrolment tokens'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -s l -l selector -d 'Only those that match, such as region=fra,group!=db; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l region -d 'Only those of a region' -r -f -a "(pulsectl complete-names regions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l group -d 'Only those of a group' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l status -d 'Only those with this status: online, unreachable, offline or deleted' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l state -d 'Only those in this state: active, draining, drained or held' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -l all -d 'All that there are (this is the default)'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -s w -l wide -d 'Show every column, as with -o wide'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -s l -l selector -d 'Only those that match, such as region=fra,group!=db; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l region -d 'Only those of a region' -r -f -a "(pulsectl complete-names regions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l group -d 'Only those of a group' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l status -d 'Only those with this status: online, unreachable, offline or deleted' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l state -d 'Only those in this state: active, draining, drained or held' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -l all -d 'All that there are (this is the default)'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -s w -l wide -d 'Show every column, as with -o wide'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -s l -l selector -d 'Only those that match, such as region=fra,group!=db' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l by -d 'What the busiest has most of' -r -f -a "cpu\t''
memory\t''
load\t''
disk\t''
running\t''
name\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from top" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l since -d 'Only what was logged since then: a duration such as 10m, a day, or a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l tail -d 'Only the last lines; 200 without --since' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -s f -l follow -d 'Go on with what is logged from now on, also when the agent is restarted'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from logs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -s l -l selector -d 'On the workers that match, such as region=fra,group!=db' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l user -d 'User to run as' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l cwd -d 'Folder to run in' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l env -d 'Variable for the command; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l batch -d 'On so many workers at a time, batch after batch' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l prefix -d 'What stands in front of a line of output; without a choice all of it' -r -f -a "auto\t'Worker and step, and the time where stdout is no terminal or --time chooses one'
full\t'Time, worker and step'
none\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l all -d 'On all workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l fail-fast -d 'Start no further batch once a worker failed; one worker at a time without --batch'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l group -d 'Show output after the end, once for all workers that wrote the same'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -l stdin -d 'Send stdin along for the command to read, up to 32 KiB; it is kept with the execution'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -s l -l selector -d 'The workers that match, such as rack=b7; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l deadline -d 'How long running steps may take' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l on-deadline -d 'What happens to steps that still run then: leave or cancel' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l all -d 'All workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l hold -d 'Keep the agent running, idle, until `worker resume`'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -l wait -d 'Wait until no step runs any more'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -s l -l selector -d 'The workers that match, such as rack=b7; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -l all -d 'All workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -s l -l selector -d 'The workers that match, such as rack=b7; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l all -d 'All workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l wait -d 'Wait until the agents are back'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -l force -d 'The executor too, which ends the steps that run there'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -s l -l selector -d 'The workers that match, such as rack=b7; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -l all -d 'All workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -l force -d 'Even while steps run'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -l force -d 'Even while steps run'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -l force -d 'Even while steps run'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l offline-for -d 'For how long they must have been silent' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -l dry-run -d 'Only show which ones'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -f -a "create" -d 'Create a token that enrols a host, once unless told otherwise; its secret is shown this one time'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -f -a "ls" -d 'List enrolment tokens'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -f -a "list" -d 'List enrolment tokens'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from token" -f -a "revoke" -d 'Make enrolment tokens worthless'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "ls" -d 'List workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "list" -d 'List workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "show" -d 'Show a worker'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "top" -d 'Show how busy the workers are, the busiest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "logs" -d 'Show what a worker\'s agent has logged of itself'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "exec" -d 'Run a command on workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "doctor" -d 'Let a worker look for what keeps it from working, and say how to mend it'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "drain" -d 'Give workers no new work, and let running steps end'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "resume" -d 'Give drained workers work again'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "restart" -d 'Let agents start anew with the credential they have'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "rotate-credential" -d 'Ask agents for a new credential'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "label" -d 'Set labels of a worker, and take labels away'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "rename" -d 'Give a worker another name'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "remove" -d 'Remove workers and revoke their credentials'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "rm" -d 'Remove workers and revoke their credentials'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "delete" -d 'Remove workers and revoke their credentials'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "prune" -d 'Clean up workers that have been offline for long'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and not __fish_seen_subcommand_from ls list show top logs exec doctor drain resume restart rotate-credential label rename remove rm delete prune token" -f -a "token" -d 'Create, list and revoke enrolment tokens'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -s l -l selector -d 'Only those that match, such as region=fra,group!=db; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l region -d 'Only those of a region' -r -f -a "(pulsectl complete-names regions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l group -d 'Only those of a group' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l status -d 'Only those with this status: online, unreachable, offline or deleted' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l state -d 'Only those in this state: active, draining, drained or held' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -l all -d 'All that there are (this is the default)'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -s w -l wide -d 'Show every column, as with -o wide'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -s l -l selector -d 'Only those that match, such as region=fra,group!=db; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l region -d 'Only those of a region' -r -f -a "(pulsectl complete-names regions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l group -d 'Only those of a group' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l status -d 'Only those with this status: online, unreachable, offline or deleted' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l state -d 'Only those in this state: active, draining, drained or held' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -l all -d 'All that there are (this is the default)'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -s w -l wide -d 'Show every column, as with -o wide'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -s l -l selector -d 'Only those that match, such as region=fra,group!=db' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l by -d 'What the busiest has most of' -r -f -a "cpu\t''
memory\t''
load\t''
disk\t''
running\t''
name\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from top" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l since -d 'Only what was logged since then: a duration such as 10m, a day, or a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l tail -d 'Only the last lines; 200 without --since' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -s f -l follow -d 'Go on with what is logged from now on, also when the agent is restarted'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from logs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -s l -l selector -d 'On the workers that match, such as region=fra,group!=db' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l user -d 'User to run as' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l cwd -d 'Folder to run in' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l env -d 'Variable for the command; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l batch -d 'On so many workers at a time, batch after batch' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l prefix -d 'What stands in front of a line of output; without a choice all of it' -r -f -a "auto\t'Worker and step, and the time where stdout is no terminal or --time chooses one'
full\t'Time, worker and step'
none\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l all -d 'On all workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l fail-fast -d 'Start no further batch once a worker failed; one worker at a time without --batch'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l group -d 'Show output after the end, once for all workers that wrote the same'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -l stdin -d 'Send stdin along for the command to read, up to 32 KiB; it is kept with the execution'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -s l -l selector -d 'The workers that match, such as rack=b7; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l deadline -d 'How long running steps may take' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l on-deadline -d 'What happens to steps that still run then: leave or cancel' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l all -d 'All workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l hold -d 'Keep the agent running, idle, until `worker resume`'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -l wait -d 'Wait until no step runs any more'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -s l -l selector -d 'The workers that match, such as rack=b7; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -l all -d 'All workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -s l -l selector -d 'The workers that match, such as rack=b7; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l all -d 'All workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l wait -d 'Wait until the agents are back'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -l force -d 'The executor too, which ends the steps that run there'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -s l -l selector -d 'The workers that match, such as rack=b7; given again, those that match that too' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -l all -d 'All workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -l force -d 'Even while steps run'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -l force -d 'Even while steps run'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -l force -d 'Even while steps run'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l offline-for -d 'For how long they must have been silent' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -l dry-run -d 'Only show which ones'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -f -a "create" -d 'Create a token that enrols a host, once unless told otherwise; its secret is shown this one time'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -f -a "ls" -d 'List enrolment tokens'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -f -a "list" -d 'List enrolment tokens'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from token" -f -a "revoke" -d 'Make enrolment tokens worthless'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -f -a "ls" -d 'List regions'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -f -a "list" -d 'List regions'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -f -a "show" -d 'Show a region'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -f -a "create" -d 'Create a region'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -f -a "update" -d 'Change a region\'s name or place'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -f -a "rm" -d 'Remove a region that no worker is in'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -f -a "remove" -d 'Remove a region that no worker is in'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -f -a "delete" -d 'Remove a region that no worker is in'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -f -a "enable-multi" -d 'Show and choose regions from now on'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and not __fish_seen_subcommand_from ls list show create update rm remove delete enable-multi disable-multi" -f -a "disable-multi" -d 'Show one place for everything again'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -l offered -d 'Only those with a worker that is heard from'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -l offered -d 'Only those with a worker that is heard from'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l name -d 'Its name for people' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l lat -d 'Latitude in degrees' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l lon -d 'Longitude in degrees' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l name -d 'Its name for people' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l lat -d 'Latitude in degrees' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l lon -d 'Longitude in degrees' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -l no-place -d 'Forget where it is'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from enable-multi" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from disable-multi" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "ls" -d 'List workflows'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "list" -d 'List workflows'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "get" -d 'Print a workflow\'s document as it was given'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "show" -d 'Print a workflow\'s document as it was given'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "history" -d 'List the versions of a workflow'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "validate" -d 'Check documents without a server'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "apply" -d 'Store documents; what is already so stays as it is'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "import" -d 'Store workflows that an earlier pulse has written as JSON'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "diff" -d 'Show how documents differ from what is stored, or two stored versions from each other'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "delete" -d 'Delete workflows; their executions stay'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "rm" -d 'Delete workflows; their executions stay'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "remove" -d 'Delete workflows; their executions stay'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "edit" -d 'Edit a workflow\'s newest version, and store what came of it'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "rename" -d 'Give a workflow another name'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "pause" -d 'Let nothing of a workflow start; what has begun goes on'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "resume" -d 'Let a paused workflow start again'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "graph" -d 'Print the steps of a workflow as a graph in the DOT language'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "example" -d 'Print a document to begin with'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "schema" -d 'Print the JSON Schema of the workflow language, for editors'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l rev -d 'An older version' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l rev -d 'An older version' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -s f -l file -d 'The same; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -s R -l recursive -d 'Look into folders below the given ones too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l strict -d 'Take warnings for faults'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l offline -d 'Only check here (this is the default)'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -l check -d 'Say by the exit code whether they are valid (this is the default)'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -s f -l file -d 'The same; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l expect-rev -d 'Refuse unless this is the newest version; 0 for none' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -s m -l message -d 'Note for the history' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -s l -l selector -d 'What --prune may delete, by name: `name in (deploy, release)`, `name!=backup`' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -s R -l recursive -d 'Look into folders below the given ones too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l dry-run -d 'Say what would change, and change nothing'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l diff -d 'Show the difference of what changes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -l prune -d 'Then delete the workflows that match -l, are in none of the documents, and were made by you'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -s f -l file -d 'The same; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -s R -l recursive -d 'Look into folders below the given ones too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -l dry-run -d 'Print the documents, and store nothing'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -s f -l file -d 'The same; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -s R -l recursive -d 'Look into folders below the given ones too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -s m -l message -d 'Note for the history' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l reason -d 'Why, for those who wonder' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -s f -l file -d 'A document that is not stored; - for stdin' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from example" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "ls" -d 'List workflows'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "list" -d 'List workflows'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "get" -d 'Print a workflow\'s document as it was given'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "show" -d 'Print a workflow\'s document as it was given'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "history" -d 'List the versions of a workflow'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "validate" -d 'Check documents without a server'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "apply" -d 'Store documents; what is already so stays as it is'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "import" -d 'Store workflows that an earlier pulse has written as JSON'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "diff" -d 'Show how documents differ from what is stored, or two stored versions from each other'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "delete" -d 'Delete workflows; their executions stay'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "rm" -d 'Delete workflows; their executions stay'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "remove" -d 'Delete workflows; their executions stay'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "edit" -d 'Edit a workflow\'s newest version, and store what came of it'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "rename" -d 'Give a workflow another name'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "pause" -d 'Let nothing of a workflow start; what has begun goes on'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "resume" -d 'Let a paused workflow start again'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "graph" -d 'Print the steps of a workflow as a graph in the DOT language'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "example" -d 'Print a document to begin with'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and not __fish_seen_subcommand_from ls list get show history validate apply import diff delete rm remove edit rename pause resume graph example schema" -f -a "schema" -d 'Print the JSON Schema of the workflow language, for editors'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l rev -d 'An older version' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l rev -d 'An older version' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -s f -l file -d 'The same; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -s R -l recursive -d 'Look into folders below the given ones too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l strict -d 'Take warnings for faults'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l offline -d 'Only check here (this is the default)'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -l check -d 'Say by the exit code whether they are valid (this is the default)'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -s f -l file -d 'The same; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l expect-rev -d 'Refuse unless this is the newest version; 0 for none' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -s m -l message -d 'Note for the history' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -s l -l selector -d 'What --prune may delete, by name: `name in (deploy, release)`, `name!=backup`' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -s R -l recursive -d 'Look into folders below the given ones too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l dry-run -d 'Say what would change, and change nothing'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l diff -d 'Show the difference of what changes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -l prune -d 'Then delete the workflows that match -l, are in none of the documents, and were made by you'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -s f -l file -d 'The same; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -s R -l recursive -d 'Look into folders below the given ones too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -l dry-run -d 'Print the documents, and store nothing'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -s f -l file -d 'The same; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -s R -l recursive -d 'Look into folders below the given ones too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -s m -l message -d 'Note for the history' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l reason -d 'Why, for those who wonder' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -s f -l file -d 'A document that is not stored; - for stdin' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from example" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -s f -l file -d 'Run this document without storing it; - for stdin' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -s p -l param -d 'An input; @FILE reads its value from a file, @- from stdin, which a secret one needs; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l params-file -d 'Inputs from a YAML or JSON file' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l target -d 'Only on this worker or group; steps that have none of their own targets among them are skipped' -r -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -s l -l selector -d 'The same by selector, such as region=fra,group!=db' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l answer -d 'Answer for a prompt, by its step; may be repeated, also for one step' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l field -d 'What a prompt asks beside its options, by its step; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l answers-file -d 'Answers from a YAML or JSON file: a map from step to answer, or to a list of them' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l idempotency-key -d 'Start at most one execution for this key' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l log-lines -d 'Show so many of the last lines of each failed job at the end [default: 10 where output is not shown]' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l prefix -d 'What stands in front of a line of output; without a choice all of it' -r -f -a "auto\t'Worker and step, and the time where stdout is no terminal or --time chooses one'
full\t'Time, worker and step'
none\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -s F -l follow -d 'Follow the output (this is the default)'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -s d -l detach -d 'Start it and return at once'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l wait -d 'Wait for the end without showing output'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l default-answers -d 'Answer other prompts with their default'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l dry-run -d 'Show what would run where, and start nothing'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l override-window -d 'Start it although a window of the workflow denies that now; needs --reason'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -l cancel-on-interrupt -d 'Cancel the execution at the first Ctrl-C instead of leaving it'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -s f -l file -d 'Run this document without storing it; - for stdin' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -s p -l param -d 'An input; @FILE reads its value from a file, @- from stdin, which a secret one needs; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l params-file -d 'Inputs from a YAML or JSON file' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l target -d 'Only on this worker or group; steps that have none of their own targets among them are skipped' -r -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -s l -l selector -d 'The same by selector, such as region=fra,group!=db' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l answer -d 'Answer for a prompt, by its step; may be repeated, also for one step' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l field -d 'What a prompt asks beside its options, by its step; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l answers-file -d 'Answers from a YAML or JSON file: a map from step to answer, or to a list of them' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l idempotency-key -d 'Start at most one execution for this key' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l log-lines -d 'Show so many of the last lines of each failed job at the end [default: 10 where output is not shown]' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l prefix -d 'What stands in front of a line of output; without a choice all of it' -r -f -a "auto\t'Worker and step, and the time where stdout is no terminal or --time chooses one'
full\t'Time, worker and step'
none\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -s F -l follow -d 'Follow the output (this is the default)'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -s d -l detach -d 'Start it and return at once'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l wait -d 'Wait for the end without showing output'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l default-answers -d 'Answer other prompts with their default'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l dry-run -d 'Show what would run where, and start nothing'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l override-window -d 'Start it although a window of the workflow denies that now; needs --reason'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -l cancel-on-interrupt -d 'Cancel the execution at the first Ctrl-C instead of leaving it'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "ls" -d 'List executions, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "list" -d 'List executions, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "show" -d 'Show an execution: its steps, workers and prompts'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "logs" -d 'Print the output of an execution'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "watch" -d 'Follow an execution to its end, and answer what it asks'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "attach" -d 'Follow an execution to its end, and answer what it asks'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "wait" -d 'Wait for executions without showing them'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "cancel" -d 'Cancel executions; their `finally` steps still run'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "retry" -d 'Run an execution again, as a new one that is linked to it'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "rerun" -d 'Start a workflow again with the inputs and targets that an execution had'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "respond" -d 'Answer a prompt of an execution'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "diff" -d 'Show how two executions differ: version, inputs, and how steps and jobs ended'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "export" -d 'Write an execution that has ended into a file, a line of JSON for each entry'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "prune" -d 'Remove executions that ended long ago, with everything they wrote'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l workflow -d 'Only those of a workflow' -r -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l status -d 'Only those with this status, such as running, waiting or failed' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l by -d 'Only those that somebody started; `me` is you' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l since -d 'Only those created since then: a duration such as 1d, a day, or a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -s L -l limit -d 'How many at most' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -s w -l wide -d 'Show every column, as with -o wide'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l workflow -d 'Only those of a workflow' -r -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l status -d 'Only those with this status, such as running, waiting or failed' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l by -d 'Only those that somebody started; `me` is you' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l since -d 'Only those created since then: a duration such as 1d, a day, or a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -s L -l limit -d 'How many at most' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -s w -l wide -d 'Show every column, as with -o wide'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l step -d 'Only of this step, by id or name' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l worker -d 'Only of this worker' -r -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l tail -d 'Only the last lines' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l since -d 'Only what was written since then: a duration such as 10m, a day, or a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l save -d 'Write a file for each stream of each job into this folder' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l prefix -d 'What stands in front of a line; without a choice all of it' -r -f -a "auto\t'Worker and step, and the time where stdout is no terminal or --time chooses one'
full\t'Time, worker and step'
none\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -s f -l follow -d 'Go on until the execution ends'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -l failed -d 'Only of jobs that did not succeed'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l answer -d 'Answer for a prompt, by its step; may be repeated, also for one step' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l prefix -d 'What stands in front of a line of output; without a choice all of it' -r -f -a "auto\t'Worker and step, and the time where stdout is no terminal or --time chooses one'
full\t'Time, worker and step'
none\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l answer -d 'Answer for a prompt, by its step; may be repeated, also for one step' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l prefix -d 'What stands in front of a line of output; without a choice all of it' -r -f -a "auto\t'Worker and step, and the time where stdout is no terminal or --time chooses one'
full\t'Time, worker and step'
none\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l for -d 'What to wait for' -r -f -a "succeeded\t'Until it has ended well; ending otherwise is an exit code'
finished\t'Until it has ended, however'
prompt\t'Until it asks something'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l grace -d 'How long the steps have to end before they are killed; 10s unless said otherwise, 1h at most' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l force -d 'Kill at once instead of asking the steps to end'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -l wait -d 'Wait until it has ended'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l from -d 'Begin with this step, by its id or name; those before it keep their results' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -s p -l param -d 'A secret input, whose value is not kept: KEY=@FILE, or KEY=@- on stdin; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l failed-workers -d 'Only on the workers whose jobs did not succeed'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l unstarted -d 'Go on where it stopped: what never began runs, and what ran stays; with --failed-workers, what did not succeed runs again too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l same-rev -d 'With the version of the workflow that it had: always so; `rerun` takes the newest'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -l override-window -d 'Start it although a window of the workflow denies that now; needs --reason'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -s F -l follow -d 'Follow it to its end'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -s p -l param -d 'A secret input, whose value is not kept: KEY=@FILE, or KEY=@- on stdin; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -l override-window -d 'Start it although a window of the workflow denies that now; needs --reason'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -s F -l follow -d 'Follow it to its end'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l prompt -d 'Which prompt, by number, when more than one is open' -r -f -a "(pulsectl complete-names prompts 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l field -d 'What it asks beside its options; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l comment -d 'Note for the history' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -s O -l out -d 'Where to; stdout without, or for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -l force -d 'Write over a file that is there'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l older-than -d 'How long ago they must have ended' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l workflow -d 'Only those of this workflow' -r -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -l dry-run -d 'Only say how many'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "ls" -d 'List executions, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "list" -d 'List executions, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "show" -d 'Show an execution: its steps, workers and prompts'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "logs" -d 'Print the output of an execution'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "watch" -d 'Follow an execution to its end, and answer what it asks'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "attach" -d 'Follow an execution to its end, and answer what it asks'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "wait" -d 'Wait for executions without showing them'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "cancel" -d 'Cancel executions; their `finally` steps still run'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "retry" -d 'Run an execution again, as a new one that is linked to it'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "rerun" -d 'Start a workflow again with the inputs and targets that an execution had'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "respond" -d 'Answer a prompt of an execution'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "diff" -d 'Show how two executions differ: version, inputs, and how steps and jobs ended'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "export" -d 'Write an execution that has ended into a file, a line of JSON for each entry'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and not __fish_seen_subcommand_from ls list show logs watch attach wait cancel retry rerun respond diff export prune" -f -a "prune" -d 'Remove executions that ended long ago, with everything they wrote'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l workflow -d 'Only those of a workflow' -r -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l status -d 'Only those with this status, such as running, waiting or failed' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l by -d 'Only those that somebody started; `me` is you' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l since -d 'Only those created since then: a duration such as 1d, a day, or a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -s L -l limit -d 'How many at most' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -s w -l wide -d 'Show every column, as with -o wide'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l workflow -d 'Only those of a workflow' -r -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l status -d 'Only those with this status, such as running, waiting or failed' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l by -d 'Only those that somebody started; `me` is you' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l since -d 'Only those created since then: a duration such as 1d, a day, or a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -s L -l limit -d 'How many at most' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -s w -l wide -d 'Show every column, as with -o wide'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l step -d 'Only of this step, by id or name' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l worker -d 'Only of this worker' -r -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l tail -d 'Only the last lines' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l since -d 'Only what was written since then: a duration such as 10m, a day, or a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l save -d 'Write a file for each stream of each job into this folder' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l prefix -d 'What stands in front of a line; without a choice all of it' -r -f -a "auto\t'Worker and step, and the time where stdout is no terminal or --time chooses one'
full\t'Time, worker and step'
none\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -s f -l follow -d 'Go on until the execution ends'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -l failed -d 'Only of jobs that did not succeed'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l answer -d 'Answer for a prompt, by its step; may be repeated, also for one step' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l prefix -d 'What stands in front of a line of output; without a choice all of it' -r -f -a "auto\t'Worker and step, and the time where stdout is no terminal or --time chooses one'
full\t'Time, worker and step'
none\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l answer -d 'Answer for a prompt, by its step; may be repeated, also for one step' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l prefix -d 'What stands in front of a line of output; without a choice all of it' -r -f -a "auto\t'Worker and step, and the time where stdout is no terminal or --time chooses one'
full\t'Time, worker and step'
none\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l for -d 'What to wait for' -r -f -a "succeeded\t'Until it has ended well; ending otherwise is an exit code'
finished\t'Until it has ended, however'
prompt\t'Until it asks something'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l grace -d 'How long the steps have to end before they are killed; 10s unless said otherwise, 1h at most' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l force -d 'Kill at once instead of asking the steps to end'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -l wait -d 'Wait until it has ended'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l from -d 'Begin with this step, by its id or name; those before it keep their results' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -s p -l param -d 'A secret input, whose value is not kept: KEY=@FILE, or KEY=@- on stdin; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l failed-workers -d 'Only on the workers whose jobs did not succeed'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l unstarted -d 'Go on where it stopped: what never began runs, and what ran stays; with --failed-workers, what did not succeed runs again too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l same-rev -d 'With the version of the workflow that it had: always so; `rerun` takes the newest'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -l override-window -d 'Start it although a window of the workflow denies that now; needs --reason'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -s F -l follow -d 'Follow it to its end'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -s p -l param -d 'A secret input, whose value is not kept: KEY=@FILE, or KEY=@- on stdin; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -l override-window -d 'Start it although a window of the workflow denies that now; needs --reason'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -s F -l follow -d 'Follow it to its end'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l prompt -d 'Which prompt, by number, when more than one is open' -r -f -a "(pulsectl complete-names prompts 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l field -d 'What it asks beside its options; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l comment -d 'Note for the history' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -s O -l out -d 'Where to; stdout without, or for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -l force -d 'Write over a file that is there'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l older-than -d 'How long ago they must have ended' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l workflow -d 'Only those of this workflow' -r -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -l dry-run -d 'Only say how many'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -f -a "status" -d 'Show how many workers are there, in which state and version, and what is being rolled out'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -f -a "exec" -d 'Run a command on workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -f -a "rolling-restart" -d 'Restart the agents, a few at a time, without losing a step'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -f -a "upgrade" -d 'Put another version on the workers, a few at a time, without losing a step'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and not __fish_seen_subcommand_from status exec rolling-restart upgrade rollout" -f -a "rollout" -d 'Look at rollouts, pause, resume, abort and undo them'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -s l -l selector -d 'Only those that match, such as region=fra,group!=db' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -s l -l selector -d 'On the workers that match, such as region=fra,group!=db' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l user -d 'User to run as' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l cwd -d 'Folder to run in' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l env -d 'Variable for the command; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l batch -d 'On so many workers at a time, batch after batch' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l prefix -d 'What stands in front of a line of output; without a choice all of it' -r -f -a "auto\t'Worker and step, and the time where stdout is no terminal or --time chooses one'
full\t'Time, worker and step'
none\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l all -d 'On all workers'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l fail-fast -d 'Start no further batch once a worker failed; one worker at a time without --batch'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l group -d 'Show output after the end, once for all workers that wrote the same'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -l stdin -d 'Send stdin along for the command to read, up to 32 KiB; it is kept with the execution'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -s l -l selector -d 'Only these workers, such as role=web,region!=fra; without it all of them' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l batch -d 'How many at a time: a number, or a part of all such as 10%' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l max-unavailable -d 'Never more than this many at a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l pause -d 'Rest between two batches' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l drain-deadline -d 'How long a worker may take to finish what runs there' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l health -d 'A command that must succeed on each worker before it gets work again' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l health-workflow -d 'A workflow that must end well on the workers of each batch, once they get work again, before the next batch begins' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l max-failures -d 'How many workers may fail before it stops: a number, or a part of all' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l canary -d 'Begin with this many, and look at how they do before the others follow' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l canary-time -d 'How long to look at the canary' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l canary-runs -d 'How many runs must end on the canary, none of them badly' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -l plan -d 'Show which workers would have their turn when, and start nothing'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -s d -l detach -d 'Start it and return at once'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rolling-restart" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l version -d 'The version that the agents must say afterwards' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l install -d 'What installs it on a worker, where apt-get does not; it finds the version in $VERSION' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l rollback -d 'What brings the old version back' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -s l -l selector -d 'Only these workers, such as role=web,region!=fra; without it all of them' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l batch -d 'How many at a time: a number, or a part of all such as 10%' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l max-unavailable -d 'Never more than this many at a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l pause -d 'Rest between two batches' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l drain-deadline -d 'How long a worker may take to finish what runs there' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l health -d 'A command that must succeed on each worker before it gets work again' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l health-workflow -d 'A workflow that must end well on the workers of each batch, once they get work again, before the next batch begins' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l max-failures -d 'How many workers may fail before it stops: a number, or a part of all' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l canary -d 'Begin with this many, and look at how they do before the others follow' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l canary-time -d 'How long to look at the canary' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l canary-runs -d 'How many runs must end on the canary, none of them badly' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l reason -d 'Why, for the audit log' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -l plan -d 'Show which workers would have their turn when, and start nothing'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -s d -l detach -d 'Start it and return at once'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from upgrade" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -f -a "ls" -d 'List executions that go over workers batch by batch, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -f -a "list" -d 'List executions that go over workers batch by batch, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -f -a "show" -d 'Show which worker is in which batch, and how far it has come'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -f -a "watch" -d 'Follow a rollout to its end'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -f -a "pause" -d 'Let workers that have begun finish, and begin no other'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -f -a "resume" -d 'Go on after a pause'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -f -a "abort" -d 'End a rollout where it is; workers in the middle of it stay held'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand fleet; and __fish_seen_subcommand_from rollout" -f -a "undo" -d 'Gives secret inputs to what is run again: those of before were wiped'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -f -a "ls" -d 'List prompts, open ones unless told otherwise'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -f -a "list" -d 'List prompts, open ones unless told otherwise'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -f -a "show" -d 'Show a prompt'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -f -a "answer" -d 'Answer a prompt; without a number, go through all open ones'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and not __fish_seen_subcommand_from ls list show answer delegate" -f -a "delegate" -d 'Ask somebody to answer a prompt'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l status -d 'Those with another status: answered, expired or cancelled' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l mine -d 'Only those of executions that you started, and those that were delegated to you'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -l watch -d 'Go on with prompts that are opened and closed from now on'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l status -d 'Those with another status: answered, expired or cancelled' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l mine -d 'Only those of executions that you started, and those that were delegated to you'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -l watch -d 'Go on with prompts that are opened and closed from now on'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l field -d 'What it asks beside its options; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l comment -d 'Note for the history' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "ls" -d 'List schedules, with when each is due next and what came of it last'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "list" -d 'List schedules, with when each is due next and what came of it last'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "show" -d 'Show a schedule, and what came of its newest moments'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "create" -d 'Start a workflow by the clock, in your name and with your rights'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "apply" -d 'Have schedules be as files say, whether they are there or not'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "preview" -d 'Show when a schedule is due, or would be; needs no server for the latter'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "pause" -d 'Let a schedule start nothing; what is due meanwhile is not made up for'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "resume" -d 'Let a schedule start again, from now on in your name and with your rights'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "trigger" -d 'Start what a schedule starts, now and in your name, whatever else is going'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "rm" -d 'Remove a schedule; what it has started stays'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "remove" -d 'Remove a schedule; what it has started stays'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and not __fish_seen_subcommand_from ls list show create apply preview pause resume trigger rm remove delete" -f -a "delete" -d 'Remove a schedule; what it has started stays'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l cron -d 'Five fields, or @hourly, @daily, @weekly, @monthly, @yearly' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l tz -l timezone -d 'The time zone of the fields' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l overlap -d 'What becomes of a moment while an earlier run is still going: skip, queue, allow or replace' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l missed -d 'What becomes of moments that no server was there for: skip, once or all' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -s p -l param -d 'What each run is given' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l name -d 'What it is called; without, as its workflow' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -s f -l file -d 'The same; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -s R -l recursive -d 'Look into folders below the given ones too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l cron -d 'Five fields, or @hourly, @daily, @weekly, @monthly, @yearly' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l tz -l timezone -d 'The time zone of the fields' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -s n -l count -d 'How many moments' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l from -d 'Those after this time; a day begins as it does in the time zone. Without, after now' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "ls" -d 'List monitors, with what is known of what each looks at'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "list" -d 'List monitors, with what is known of what each looks at'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "show" -d 'Show a monitor, and what each region finds'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "apply" -d 'Have monitors be as files say, whether they are there or not'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "create" -d 'Watch something, from now on'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "test" -d 'Look once, and keep nothing of it: 0 if it is good, 3 if it is not, 1 if nobody could look'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "check" -d 'Look now, and say what is known by that: 0 if it is up, 3 if it is down, 1 if nobody could see it now'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "pause" -d 'Let nobody look at a monitor until it is resumed'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "resume" -d 'Have a paused monitor looked at again'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "history" -d 'List the looks at a monitor, or its incidents, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "uptime" -d 'Show how much of a time a monitor was up'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "beat" -d 'Report that all is well, for a monitor of the kind heartbeat'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "maintenance" -d 'Have nobody told, for a time, that monitors are down'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "rm" -d 'Remove a monitor; its incidents stay'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "remove" -d 'Remove a monitor; its incidents stay'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and not __fish_seen_subcommand_from ls list show apply create test check pause resume history uptime beat maintenance rm remove delete" -f -a "delete" -d 'Remove a monitor; its incidents stay'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -s f -l file -d 'The same; may be repeated' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -s R -l recursive -d 'Look into folders below the given ones too'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -f -a "http" -d 'Watch a page, or a call of an interface'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -f -a "tcp" -d 'Watch a port that accepts connections'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -f -a "tls" -d 'Watch a certificate: trusted, for this name, and for some time to come'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -f -a "dns" -d 'Watch a name that leads somewhere'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -f -a "icmp" -d 'Watch a host that answers an echo request'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from create" -f -a "heartbeat" -d 'Watch something that reports by itself, with `pulsectl monitor beat`'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l look-at -d 'What to look at in place of a monitor; `--url` behind `monitor test` is the same' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l from -d 'The region that looks; any one worker without it' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -s L -l limit -d 'How many at most' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -l incidents -d 'The times in which it was down, instead of the looks'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l window -d 'How far back, until now; from a minute to 30 days' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -f -a "add" -d 'Have nobody told, for a time, that monitors are down; they are looked at all the same'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -f -a "ls" -d 'List maintenances, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -f -a "list" -d 'List maintenances, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -f -a "rm" -d 'End a maintenance, or let it not begin'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -f -a "remove" -d 'End a maintenance, or let it not begin'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from maintenance" -f -a "delete" -d 'End a maintenance, or let it not begin'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -f -a "ls" -d 'List channels, with what waits for each and how the newest try went'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -f -a "list" -d 'List channels, with what waits for each and how the newest try went'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -f -a "show" -d 'Show a channel, and what came of the newest notifications for it'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -f -a "apply" -d 'Have channels be as files say, whether they are there or not'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -f -a "test" -d 'Tell a channel something now, and say whether it was accepted'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and not __fish_seen_subcommand_from ls list show apply test rm" -f -a "rm" -d 'Remove a channel; what waits for it is dropped, and steps that name it fail'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -s f -l file -d 'A file, or - for stdin' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -f -a "ls" -d 'List sensors, with what came of the newest delivery to each'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -f -a "list" -d 'List sensors, with what came of the newest delivery to each'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -f -a "show" -d 'Show a sensor: the address to paste into whatever delivers, or the events that it waits for, and what came of the newest deliveries'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -f -a "events" -d 'List what came of the deliveries to a sensor, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -f -a "test" -d 'Deliver something to a sensor as its sender would, and say what came of it'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -f -a "pause" -d 'Let a sensor start nothing; what is delivered meanwhile is refused, and can be delivered again; events meanwhile are skipped'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and not __fish_seen_subcommand_from ls list show events test pause resume" -f -a "resume" -d 'Let a sensor start again'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -s L -l limit -d 'How many are shown' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -s f -l follow -d 'Go on with what is delivered from now on, oldest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l payload -d 'JSON, or @FILE, or @- for stdin' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l event -d 'What is said to have happened' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l from-file -d 'Read the value from this file, `-` for stdin, without the end of its last line; asked for without showing it otherwise' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l kind -d 'Only these kinds; may be repeated' -r -f -a "status\t''
step\t''
job\t''
prompt\t''
worker\t''
workflow\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l tail -d 'Begin about so many events back; 50 without --follow, 0 with it' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -s f -l follow -d 'Go on with what happens from now on'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand events" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -f -a "create" -d 'Create a token; its secret is shown this one time'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -f -a "ls" -d 'List tokens'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -f -a "list" -d 'List tokens'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -f -a "rotate" -d 'Give a token a new secret, shown this one time; its name, role and end stay'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and not __fish_seen_subcommand_from create ls list rotate revoke" -f -a "revoke" -d 'End tokens at once'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l name -d 'What it is for' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l role -d 'What it may do: viewer, approver, operator or admin' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l ttl -d 'How long it is valid; without it as long as it may be, 90d at most' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l workflow -d 'Only for this workflow; may be given again for more' -r -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l group -d 'In this group too; may be given again for more' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l overlap -d 'For how long the old secret is still good, 7d at most; without it, it ends at once' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -f -a "set" -d 'Set the value of a secret'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -f -a "ls" -d 'List secrets, without their values'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -f -a "list" -d 'List secrets, without their values'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -f -a "rotate" -d 'Set another value for a secret that is there'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -f -a "history" -d 'Show who has set a secret, and when'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -f -a "used-by" -d 'List the workflows whose newest version names a secret'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -f -a "rm" -d 'Remove a secret with its history'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -f -a "remove" -d 'Remove a secret with its history'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and not __fish_seen_subcommand_from set ls list rotate history used-by rm remove delete" -f -a "delete" -d 'Remove a secret with its history'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l from-file -d 'Read the value from this file, `-` for stdin, without the end of its last line; asked for without showing it otherwise' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l workflow -d 'Only steps of this workflow get it (repeatable)' -r -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l region -d 'Only workers in this region get it (repeatable)' -r -f -a "(pulsectl complete-names regions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l scope -d 'The same in one flag: workflow=NAME or region=CODE (repeatable)' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -l unrestricted -d 'Every workflow may name it, in every region'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l from-file -d 'Read the value from this file, `-` for stdin, without the end of its last line; asked for without showing it otherwise' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -f -a "ls" -d 'List who has signed in'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -f -a "list" -d 'List who has signed in'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -f -a "show" -d 'Show a user'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -f -a "set-role" -d 'Set the role of a user, whatever their groups give'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -f -a "disable" -d 'Lock a user out at once, with all tokens of their own'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and not __fish_seen_subcommand_from ls list show set-role disable enable" -f -a "enable" -d 'Let a user in again'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from set-role" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand user; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -f -a "ls" -d 'List who did what, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -f -a "list" -d 'List who did what, newest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -f -a "export" -d 'Write the whole trail, oldest first, with the digests that seal it'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and not __fish_seen_subcommand_from ls list export verify" -f -a "verify" -d 'Check that nobody changed the trail (exit code 3 if somebody did)'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l actor -d 'Only what somebody did' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l action -d 'Only one action, such as token.create, or all of a kind, such as token' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l since -d 'Only what happened since then: a duration such as 1d, a day, or a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -s L -l limit -d 'How many at most' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -s f -l follow -d 'Go on with what happens from now on, oldest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -s w -l wide -d 'Show every column, as with -o wide'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from ls" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l actor -d 'Only what somebody did' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l action -d 'Only one action, such as token.create, or all of a kind, such as token' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l since -d 'Only what happened since then: a duration such as 1d, a day, or a time' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -s L -l limit -d 'How many at most' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -s f -l follow -d 'Go on with what happens from now on, oldest first'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -s w -l wide -d 'Show every column, as with -o wide'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l after-seq -d 'Only what comes after this place in the chain' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l head -d 'The head that an earlier check printed' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -f -a "status" -d 'Show the server\'s state; exit code 3 when it is degraded'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -f -a "version" -d 'Show the server\'s version; needs no token'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -f -a "metrics" -d 'Show the numbers that Prometheus reads'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -f -a "backup" -d 'Write the whole database into a file that only you can read'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and not __fish_seen_subcommand_from status version metrics backup restore" -f -a "restore" -d 'Say how to restore a backup: on the server\'s host, while no server runs'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l match -d 'Only lines with this text' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from metrics" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -s O -l out -d 'Where to; must not be there yet' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand server; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l json -d 'The same as -o json'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l fix -d 'First mend what can be mended here without harm: who may read the tokens, and completion'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -l agent -d 'Also have the agent of this machine look at itself, as `pulse-agent doctor` does'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -s d -l data -d 'The body; @FILE reads it from a file, @- from stdin' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l content-type -d 'Media type of the body' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l idempotency-key -d 'Start at most one change for this key' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -l paginate -d 'Fetch every page of a list, as one answer'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand api" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -s O -l out -d 'Where to; must not be there yet' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand support-bundle" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand complete-names" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l dir -d 'Write every page into this folder' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -s c -l context -d 'Use this context' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l url -d 'Address of the server' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l token-file -d 'Read the token from this file, or from stdin for -' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l ca-cert -d 'Certificate authority of the server, in PEM' -r -F
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -s o -l output -d 'Form of the output' -r -f -a "table\t'Aligned columns'
wide\t'Aligned columns, all of them'
json\t''
jsonl\t'One JSON object a line'
yaml\t''
csv\t''
name\t'KIND/NAME, one a line'
raw\t'Logs: the bytes as the step wrote them'
github\t'Validation: annotations for a GitHub job'
sarif\t'Validation: for code scanners'"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l columns -d 'Show these columns only, in this order' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l jq -d 'Print what this jq expression gives for the JSON output' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l format -d 'Print a line for each object, such as \'{{.name}} {{.status}}\'' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l timeout -d 'How long to wait, such as 30s or 5m; remote work goes on' -r
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l time -d 'How to show times' -r -f -a "relative\t''
local\t''
utc\t''
rfc3339\t''"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l no-headers -d 'Leave out the titles of a table'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -s q -l quiet -d 'Print ids and results only, and no talk; with -o, --jq or --format, no talk'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -s v -l verbose -d 'Tell more; may be repeated'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l debug -d 'Show every HTTP request on stderr, without secrets'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l no-input -d 'Never ask anything'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -s y -l yes -d 'Answer every "are you sure" with yes'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -l no-pager -d 'Never show long tables through a pager'
complete -c pulsectl -n "__fish_pulsectl_using_subcommand help" -s h -l help -d 'Print help (see more with \'--help\')'

complete -c pulsectl -n "__fish_pulsectl_using_subcommand completion" -f -a "bash elvish fish powershell zsh"

# The names of things, asked of the server and kept for a minute; nothing behind `--`.
function __fish_pulsectl_is_own_word
    not contains -- -- (commandline -opc)
end
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from show; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from show; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from exec; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from exec; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from doctor; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from doctor; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from drain; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from drain; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from resume; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from resume; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from restart; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from restart; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rotate-credential; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rotate-credential; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from label; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from label; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rename; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rename; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from remove; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from remove; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand worker; and __fish_seen_subcommand_from rm; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand w; and __fish_seen_subcommand_from rm; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workers 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand run" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand start" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from get; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from get; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from history; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from history; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from delete; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from delete; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rm; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rm; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from edit; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from edit; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from graph; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from graph; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from pause; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from pause; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from resume; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from resume; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand workflow; and __fish_seen_subcommand_from rename; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand wf; and __fish_seen_subcommand_from rename; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names workflows 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from show; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from show; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from logs; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from logs; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from watch; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from watch; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from attach; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from attach; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from wait; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from wait; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from cancel; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from cancel; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from retry; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from retry; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from rerun; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from rerun; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from respond; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from respond; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from diff; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from diff; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand execution; and __fish_seen_subcommand_from export; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand ex; and __fish_seen_subcommand_from export; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names executions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from set; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names secrets 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rotate; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names secrets 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from history; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names secrets 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from used-by; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names secrets 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand secret; and __fish_seen_subcommand_from rm; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names secrets 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from show; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names monitors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from check; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names monitors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from test; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names monitors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from pause; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names monitors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from resume; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names monitors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from history; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names monitors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from uptime; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names monitors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from beat; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names monitors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand monitor; and __fish_seen_subcommand_from rm; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names monitors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from show; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names prompts 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from answer; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names prompts 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand prompt; and __fish_seen_subcommand_from delegate; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names prompts 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from revoke; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names tokens 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand token; and __fish_seen_subcommand_from rotate; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names tokens 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from show; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names schedules 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from preview; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names schedules 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from pause; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names schedules 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from resume; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names schedules 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from trigger; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names schedules 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand schedule; and __fish_seen_subcommand_from rm; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names schedules 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from show; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names sensors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from events; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names sensors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from test; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names sensors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from pause; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names sensors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand sensor; and __fish_seen_subcommand_from resume; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names sensors 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from show; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names channels 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from test; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names channels 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand notify; and __fish_seen_subcommand_from rm; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names channels 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from show; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names regions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from update; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names regions 2>/dev/null)"
complete -c pulsectl -n "__fish_pulsectl_using_subcommand region; and __fish_seen_subcommand_from rm; and __fish_pulsectl_is_own_word" -f -a "(pulsectl complete-names regions 2>/dev/null)"
