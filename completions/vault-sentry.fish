function __vault-sentry_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vault-sentry_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __vault-sentry_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vault-sentry_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __vault-sentry_parse_tokens -S
    set -l unparsed_tokens (__vault-sentry_tokens -pc)
    switch $unparsed_tokens[1]
    case 'vault-sentry'
        __vault-sentry_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'scan'
            __vault-sentry_parse_subcommand -r 1 'severity=' 'fail-on=' 'exit-code' 'allow-incomplete' 'f/format=+' 'o/output=' 'explain' 'show-secrets' 'staged' 'history' 'range=' 'since=' 'branch=' 'base=' 'pre-push' 'remote=' 'pre-receive' 'max-file-size=' 'include=+' 'exclude=+' 'no-ignore' 'no-inline-ignores' 'no-foreign-ignores' 'report-unused-ignores' 'fail-on-unused-ignores' 'baseline=' 'update-baseline' 'prune-baseline' 'config=' 'profile=' 'no-project-config' 'rules=+' 'enable=+' 'disable=+' 'j/jobs=' 'max-memory=' 'progress=' 'color=' 'diagnostics' 'version' 'h/help'
        case 'config'
            __vault-sentry_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'init'
                __vault-sentry_parse_subcommand 1 'user' 'file=' 'version' 'h/help'
            case 'set'
                __vault-sentry_parse_subcommand 0 'key=' 'value=+' 'user' 'file=' 'version' 'h/help'
            case 'get'
                __vault-sentry_parse_subcommand 1 'config=' 'profile=' 'no-project-config' 'target=' 'version' 'h/help'
            case 'unset'
                __vault-sentry_parse_subcommand 0 'key=' 'user' 'file=' 'version' 'h/help'
            case 'list'
                __vault-sentry_parse_subcommand 0 'origin' 'config=' 'profile=' 'no-project-config' 'target=' 'version' 'h/help'
            case 'validate'
                __vault-sentry_parse_subcommand 1 'config=' 'profile=' 'no-project-config' 'target=' 'version' 'h/help'
            case 'path'
                __vault-sentry_parse_subcommand 0 'config=' 'profile=' 'no-project-config' 'target=' 'version' 'h/help'
            case 'import-baseline'
                __vault-sentry_parse_subcommand -r 1 'baseline=' 'target=' 'history' 'version' 'h/help'
            case 'rules'
                __vault-sentry_parse_subcommand 0 'version' 'h/help'
                switch $unparsed_tokens[1]
                case 'list'
                    __vault-sentry_parse_subcommand 1 'f/format=' 'version' 'h/help'
                case 'show'
                    __vault-sentry_parse_subcommand 1 'f/format=' 'version' 'h/help'
                case 'test'
                    __vault-sentry_parse_subcommand -r 1 'version' 'h/help'
                end
            case 'install-hook'
                __vault-sentry_parse_subcommand 0 'pre-commit' 'commit-msg' 'pre-push' 'version' 'h/help'
            end
        case 'report'
            __vault-sentry_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'show'
                __vault-sentry_parse_subcommand 1 'rule=+' 'path=+' 'severity=' 'status=+' 'provider=+' 'color=' 'version' 'h/help'
            case 'convert'
                __vault-sentry_parse_subcommand 1 'f/format=+' 'o/output=' 'show-secrets' 'rule=+' 'path=+' 'severity=' 'status=+' 'provider=+' 'version' 'h/help'
            case 'merge'
                __vault-sentry_parse_subcommand -r 1 'f/format=+' 'o/output=' 'show-secrets' 'version' 'h/help'
            case 'diff'
                __vault-sentry_parse_subcommand 2 'fail-on=' 'f/format=+' 'o/output=' 'show-secrets' 'version' 'h/help'
            case 'summary'
                __vault-sentry_parse_subcommand 1 'rule=+' 'path=+' 'severity=' 'status=+' 'provider=+' 'version' 'h/help'
            case 'triage'
                __vault-sentry_parse_subcommand 1 'set=' 'reason=' 'by=' 'from=+' 'o/output=' 'rule=+' 'path=+' 'severity=' 'status=+' 'provider=+' 'fingerprint=+' 'all' 'version' 'h/help'
            case 'remediate'
                __vault-sentry_parse_subcommand 1 'o/output=' 'rule=+' 'path=+' 'severity=' 'status=+' 'provider=+' 'version' 'h/help'
            case 'validate'
                __vault-sentry_parse_subcommand -r 1 'version' 'h/help'
            end
        case 'help'
            __vault-sentry_parse_subcommand -r 1 'version'
        end
    end
end

function __vault-sentry_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __vault-sentry_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __vault-sentry_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __vault-sentry_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__vault-sentry_tokens -p)
    if test -z "$(__vault-sentry_tokens -t)"
        set -l index (count (__vault-sentry_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'vault-sentry' -f
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry" -eq 1' -fa 'scan' -d 'Scan directories, files or standard input for credentials.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry" -eq 1' -fa 'config' -d 'Look at the configuration and the rules, change them, install git hooks.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry" -eq 1' -fa 'report' -d 'Show, convert, compare and work on reports.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" severity' -l 'severity' -d 'Report findings of this level and above. (default: low)' -rfka 'info low medium high critical'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" fail-on' -l 'fail-on' -d 'Return 1 for findings of this level and above; “none” never does. (default: high)' -rfka 'info low medium high critical none'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" exit-code' -l 'exit-code' -d 'Return 1 for whatever --severity reports.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" allow-incomplete' -l 'allow-incomplete' -d 'Return 0 or 1 even if something could not be scanned.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan"' -l 'format' -s 'f' -d 'text, json, jsonl, sarif, csv, junit, gitlab, codequality, github, markdown or html; FORMAT=FILE writes to a file. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" o output' -l 'output' -s 'o' -d 'Write the report to this file.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" explain' -l 'explain' -d 'List each finding\'s terms, and what was not reported with the reason.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" show-secrets' -l 'show-secrets' -d 'Write the secrets themselves into the report.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" staged' -l 'staged' -d 'Scan what the next commit would add, instead of files.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" history' -l 'history' -d 'Scan all that the git repository holds, too, even what nothing leads to.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" range' -l 'range' -d 'Scan what the commits between two revisions add.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" since' -l 'since' -d 'Scan what was added since a revision or a day (2026-01-31).' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" branch' -l 'branch' -d 'Scan what the commits of a branch add.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" base' -l 'base' -d 'Scan what HEAD adds to a revision, as a pull request does.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" pre-push' -l 'pre-push' -d 'Scan what a push sends; standard input is that of git\'s pre-push hook.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" remote' -l 'remote' -d 'With --pre-push: the remote that is pushed to.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" pre-receive' -l 'pre-receive' -d 'Scan what a push brings; standard input is that of git\'s pre-receive hook.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" max-file-size' -l 'max-file-size' -d 'Skip larger files, such as 500kB or 2GB. (default: 10MB)' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan"' -l 'include' -d 'Scan only files that fit this pattern (as in .gitignore). Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan"' -l 'exclude' -d 'Skip what fits this pattern (as in .gitignore). Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" no-ignore' -l 'no-ignore' -d 'Scan what .gitignore names and what is skipped by default, too.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" no-inline-ignores' -l 'no-inline-ignores' -d 'Report values even if a comment beside them says that they are known.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" no-foreign-ignores' -l 'no-foreign-ignores' -d 'Of such comments, take only our own, not gitleaks:allow, nosec and the like.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" report-unused-ignores' -l 'report-unused-ignores' -d 'Tell of comments and lines of the ignore file that hide nothing.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" fail-on-unused-ignores' -l 'fail-on-unused-ignores' -d 'Tell of them and return 1.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" baseline' -l 'baseline' -d 'Findings that this file names are known and do not count.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" update-baseline' -l 'update-baseline' -d 'Write what is reported into the baseline.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" prune-baseline' -l 'prune-baseline' -d 'Write it, and take out of the baseline what this scan did not find.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" config' -l 'config' -d 'Read this file instead of the project\'s .vault-sentry.toml.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" profile' -l 'profile' -d 'Take the values of this profile.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" no-project-config' -l 'no-project-config' -d 'Do not read the project\'s own files: .vault-sentry.toml and .vault-sentry-ignore.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan"' -l 'rules' -d 'Rule files of your own, or directories of them. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan"' -l 'enable' -d 'Use only this rule. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan"' -l 'disable' -d 'Do not use this rule. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" j jobs' -l 'jobs' -s 'j' -d 'Threads to scan with. (default: one for each processor)' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" max-memory' -l 'max-memory' -d 'End the scan, with a report of what was found, before the process holds more, such as 500MB or 2GB.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" progress' -l 'progress' -d 'Show progress on standard error: auto, always or never. (default: auto)' -rfka 'auto always never'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" color' -l 'color' -d 'Colour the text report: auto, always or never. (default: auto)' -rfka 'auto always never'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" diagnostics' -l 'diagnostics' -d 'Tell on standard error where the time went, by stage and by rule.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry scan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config" -eq 1' -fa 'init' -d 'Write a configuration file that explains every key.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config" -eq 1' -fa 'set' -d 'Give a key a value, and leave the rest of the file as it is.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config" -eq 1' -fa 'get' -d 'Print what counts for a key; a list has a line for each member.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config" -eq 1' -fa 'unset' -d 'Take a key out of the file.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config" -eq 1' -fa 'list' -d 'Print every key with what counts for it.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config" -eq 1' -fa 'validate' -d 'Check all that counts, or one file: unknown keys, wrong values, rules, ignores.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config" -eq 1' -fa 'path' -d 'Print the files that count, and those that would if they existed.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config" -eq 1' -fa 'import-baseline' -d 'Take over what another scanner\'s baseline or ignore file accepts.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config" -eq 1' -fa 'rules' -d 'List, show or test rules.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config" -eq 1' -fa 'install-hook' -d 'Let git run a scan before each commit or push of this repository.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config init" user' -l 'user' -d 'Your own file instead of the project\'s.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config init" file' -l 'file' -d 'This file.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config init" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config init" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config set" key' -l 'key' -d 'The key; `config list` lists them.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config set"' -l 'value' -d 'Its value; repeated for lists.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config set" user' -l 'user' -d 'Your own file instead of the project\'s.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config set" file' -l 'file' -d 'This file.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config set" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config set" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config get" config' -l 'config' -d 'Read this file instead of the project\'s .vault-sentry.toml.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config get" profile' -l 'profile' -d 'Take the values of this profile.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config get" no-project-config' -l 'no-project-config' -d 'Do not read the project\'s own files: .vault-sentry.toml and .vault-sentry-ignore.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config get" target' -l 'target' -d 'A directory or file of the project to look at.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config get" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config get" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config unset" key' -l 'key' -d 'The key.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config unset" user' -l 'user' -d 'Your own file instead of the project\'s.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config unset" file' -l 'file' -d 'This file.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config unset" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config unset" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config list" origin' -l 'origin' -d 'Say where each value was set.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config list" config' -l 'config' -d 'Read this file instead of the project\'s .vault-sentry.toml.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config list" profile' -l 'profile' -d 'Take the values of this profile.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config list" no-project-config' -l 'no-project-config' -d 'Do not read the project\'s own files: .vault-sentry.toml and .vault-sentry-ignore.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config list" target' -l 'target' -d 'A directory or file of the project to look at.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config list" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config validate" config' -l 'config' -d 'Read this file instead of the project\'s .vault-sentry.toml.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config validate" profile' -l 'profile' -d 'Take the values of this profile.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config validate" no-project-config' -l 'no-project-config' -d 'Do not read the project\'s own files: .vault-sentry.toml and .vault-sentry-ignore.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config validate" target' -l 'target' -d 'A directory or file of the project to look at.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config validate" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config validate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config path" config' -l 'config' -d 'Read this file instead of the project\'s .vault-sentry.toml.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config path" profile' -l 'profile' -d 'Take the values of this profile.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config path" no-project-config' -l 'no-project-config' -d 'Do not read the project\'s own files: .vault-sentry.toml and .vault-sentry-ignore.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config path" target' -l 'target' -d 'A directory or file of the project to look at.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config path" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config path" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config import-baseline" baseline' -l 'baseline' -d 'The baseline to add to.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config import-baseline" target' -l 'target' -d 'What to scan.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config import-baseline" history' -l 'history' -d 'Scan what git remembers, too.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config import-baseline" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config import-baseline" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config rules" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config rules" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config rules" -eq 1' -fa 'list' -d 'One line for each rule: severity, id, name.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config rules" -eq 1' -fa 'show' -d 'Everything about one rule.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry config rules" -eq 1' -fa 'test' -d 'Check rule files and run their examples through the scanner.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config rules list" f format' -l 'format' -s 'f' -d 'text, json or markdown.' -rfka 'text json markdown'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config rules list" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config rules list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config rules show" f format' -l 'format' -s 'f' -d 'text or json.' -rfka 'text json'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config rules show" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config rules show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config rules test" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config rules test" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config install-hook" pre-commit' -l 'pre-commit' -d 'Before a commit, scan what it would add.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config install-hook" commit-msg' -l 'commit-msg' -d 'Before a commit, scan its message.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config install-hook" pre-push' -l 'pre-push' -d 'Before a push, scan what its commits add.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config install-hook" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry config install-hook" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry report" -eq 1' -fa 'show' -d 'Show a report, or a part of it, in the terminal.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry report" -eq 1' -fa 'convert' -d 'Write a report, or a part of it, in another form.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry report" -eq 1' -fa 'merge' -d 'Make one report of several, with each finding once.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry report" -eq 1' -fa 'diff' -d 'Tell what is new, fixed, moved and unchanged between two reports.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry report" -eq 1' -fa 'summary' -d 'Count the findings of a report by level, status, kind, provider and file.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry report" -eq 1' -fa 'triage' -d 'Decide about findings: resolved, ignored, false_positive, or active again.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry report" -eq 1' -fa 'remediate' -d 'Write a checklist of what to do: for each provider, then for git history.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_positional "vault-sentry report" -eq 1' -fa 'validate' -d 'Check that reports are whole and agree with themselves.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report show"' -l 'rule' -d 'Only findings of this rule. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report show"' -l 'path' -d 'Only findings in paths that fit this pattern (as in .gitignore). Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report show" severity' -l 'severity' -d 'Only findings of this level and above.' -rfka 'info low medium high critical'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report show"' -l 'status' -d 'Only findings of this status. Repeatable.' -rfka 'active resolved ignored false_positive'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report show"' -l 'provider' -d 'Only credentials of this provider. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report show" color' -l 'color' -d 'Colour the report: auto, always or never.' -rfka 'auto always never'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report show" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report convert"' -l 'format' -s 'f' -d 'text, json, jsonl, sarif, csv, junit, gitlab, codequality, github, markdown or html; FORMAT=FILE writes to a file. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report convert" o output' -l 'output' -s 'o' -d 'Write the report to this file.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report convert" show-secrets' -l 'show-secrets' -d 'Write the secrets themselves, if the report holds them.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report convert"' -l 'rule' -d 'Only findings of this rule. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report convert"' -l 'path' -d 'Only findings in paths that fit this pattern (as in .gitignore). Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report convert" severity' -l 'severity' -d 'Only findings of this level and above.' -rfka 'info low medium high critical'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report convert"' -l 'status' -d 'Only findings of this status. Repeatable.' -rfka 'active resolved ignored false_positive'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report convert"' -l 'provider' -d 'Only credentials of this provider. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report convert" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report convert" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report merge"' -l 'format' -s 'f' -d 'text, json, jsonl, sarif, csv, junit, gitlab, codequality, github, markdown or html; FORMAT=FILE writes to a file. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report merge" o output' -l 'output' -s 'o' -d 'Write the report to this file.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report merge" show-secrets' -l 'show-secrets' -d 'Write the secrets themselves, if the report holds them.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report merge" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report merge" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report diff" fail-on' -l 'fail-on' -d 'Return 1 if something new is of this level or above; “none” never does.' -rfka 'info low medium high critical none'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report diff"' -l 'format' -s 'f' -d 'text, json, jsonl, sarif, csv, junit, gitlab, codequality, github, markdown or html; FORMAT=FILE writes to a file. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report diff" o output' -l 'output' -s 'o' -d 'Write the report to this file.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report diff" show-secrets' -l 'show-secrets' -d 'Write the secrets themselves, if the report holds them.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report diff" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report diff" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report summary"' -l 'rule' -d 'Only findings of this rule. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report summary"' -l 'path' -d 'Only findings in paths that fit this pattern (as in .gitignore). Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report summary" severity' -l 'severity' -d 'Only findings of this level and above.' -rfka 'info low medium high critical'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report summary"' -l 'status' -d 'Only findings of this status. Repeatable.' -rfka 'active resolved ignored false_positive'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report summary"' -l 'provider' -d 'Only credentials of this provider. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report summary" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report summary" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage" set' -l 'set' -d 'What becomes of the findings.' -rfka 'active resolved ignored false_positive'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage" reason' -l 'reason' -d 'Why.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage" by' -l 'by' -d 'Who decides. (default: the user\'s name)' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage"' -l 'from' -d 'Take over what was decided in this report. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage" o output' -l 'output' -s 'o' -d 'Write to this file, not over the report.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage"' -l 'rule' -d 'Only findings of this rule. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage"' -l 'path' -d 'Only findings in paths that fit this pattern (as in .gitignore). Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage" severity' -l 'severity' -d 'Only findings of this level and above.' -rfka 'info low medium high critical'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage"' -l 'status' -d 'Only findings of this status. Repeatable.' -rfka 'active resolved ignored false_positive'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage"' -l 'provider' -d 'Only credentials of this provider. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage"' -l 'fingerprint' -d 'Only this value: its fingerprint, or at least 12 characters of it. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage" all' -l 'all' -d 'All findings of the report.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report triage" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report remediate" o output' -l 'output' -s 'o' -d 'Write the checklist to this file.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report remediate"' -l 'rule' -d 'Only findings of this rule. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report remediate"' -l 'path' -d 'Only findings in paths that fit this pattern (as in .gitignore). Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report remediate" severity' -l 'severity' -d 'Only findings of this level and above.' -rfka 'info low medium high critical'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report remediate"' -l 'status' -d 'Only findings of this status. Repeatable.' -rfka 'active resolved ignored false_positive'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report remediate"' -l 'provider' -d 'Only credentials of this provider. Repeatable.' -rfka ''
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report remediate" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report remediate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report validate" version' -l 'version' -d 'Show the version.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry report validate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vault-sentry' -n '__vault-sentry_should_offer_completions_for_flags_or_options "vault-sentry help" version' -l 'version' -d 'Show the version.'
