#!/bin/bash

__vault-sentry_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__vault-sentry_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__vault-sentry_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__vault-sentry_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_vault-sentry() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __vault-sentry_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    scan|config|report|help)
        # Offer subcommand argument completions
        "_vault-sentry_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'scan config report help' -- "${cur}"))
        ;;
    esac
}

_vault-sentry_scan() {
    repeating_flags=()
    non_repeating_flags=(--exit-code --allow-incomplete --explain --show-secrets --staged --history --pre-push --pre-receive --no-ignore --no-inline-ignores --no-foreign-ignores --report-unused-ignores --fail-on-unused-ignores --update-baseline --prune-baseline --no-project-config --diagnostics --version -h --help)
    repeating_options=(--format -f --include --exclude --rules --enable --disable)
    non_repeating_options=(--severity --fail-on --output -o --range --since --branch --base --remote --max-file-size --baseline --config --profile --jobs -j --max-memory --progress --color)
    __vault-sentry_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--severity')
        __vault-sentry_add_completions -W 'info'$'\n''low'$'\n''medium'$'\n''high'$'\n''critical'
        return
        ;;
    '--fail-on')
        __vault-sentry_add_completions -W 'info'$'\n''low'$'\n''medium'$'\n''high'$'\n''critical'$'\n''none'
        return
        ;;
    '--format'|'-f')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    '--range')
        return
        ;;
    '--since')
        return
        ;;
    '--branch')
        return
        ;;
    '--base')
        return
        ;;
    '--remote')
        return
        ;;
    '--max-file-size')
        return
        ;;
    '--include')
        return
        ;;
    '--exclude')
        return
        ;;
    '--baseline')
        return
        ;;
    '--config')
        return
        ;;
    '--profile')
        return
        ;;
    '--rules')
        return
        ;;
    '--enable')
        return
        ;;
    '--disable')
        return
        ;;
    '--jobs'|'-j')
        return
        ;;
    '--max-memory')
        return
        ;;
    '--progress')
        __vault-sentry_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--color')
        __vault-sentry_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_vault-sentry_config() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __vault-sentry_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    init|set|get|unset|list|validate|path|import-baseline|rules|install-hook)
        # Offer subcommand argument completions
        "_vault-sentry_config_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'init set get unset list validate path import-baseline rules install-hook' -- "${cur}"))
        ;;
    esac
}

_vault-sentry_config_init() {
    repeating_flags=()
    non_repeating_flags=(--user --version -h --help)
    repeating_options=()
    non_repeating_options=(--file)
    __vault-sentry_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--file')
        return
        ;;
    esac
}

_vault-sentry_config_set() {
    repeating_flags=()
    non_repeating_flags=(--user --version -h --help)
    repeating_options=(--value)
    non_repeating_options=(--key --file)
    __vault-sentry_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--key')
        return
        ;;
    '--value')
        return
        ;;
    '--file')
        return
        ;;
    esac
}

_vault-sentry_config_get() {
    repeating_flags=()
    non_repeating_flags=(--no-project-config --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --profile --target)
    __vault-sentry_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--profile')
        return
        ;;
    '--target')
        return
        ;;
    esac
}

_vault-sentry_config_unset() {
    repeating_flags=()
    non_repeating_flags=(--user --version -h --help)
    repeating_options=()
    non_repeating_options=(--key --file)
    __vault-sentry_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--key')
        return
        ;;
    '--file')
        return
        ;;
    esac
}

_vault-sentry_config_list() {
    repeating_flags=()
    non_repeating_flags=(--origin --no-project-config --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --profile --target)
    __vault-sentry_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--profile')
        return
        ;;
    '--target')
        return
        ;;
    esac
}

_vault-sentry_config_validate() {
    repeating_flags=()
    non_repeating_flags=(--no-project-config --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --profile --target)
    __vault-sentry_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--profile')
        return
        ;;
    '--target')
        return
        ;;
    esac
}

_vault-sentry_config_path() {
    repeating_flags=()
    non_repeating_flags=(--no-project-config --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --profile --target)
    __vault-sentry_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        return
        ;;
    '--profile')
        return
        ;;
    '--target')
        return
        ;;
    esac
}

_vault-sentry_config_import-baseline() {
    repeating_flags=()
    non_repeating_flags=(--history --version -h --help)
    repeating_options=()
    non_repeating_options=(--baseline --target)
    __vault-sentry_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--baseline')
        return
        ;;
    '--target')
        return
        ;;
    esac
}

_vault-sentry_config_rules() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __vault-sentry_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|test)
        # Offer subcommand argument completions
        "_vault-sentry_config_rules_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show test' -- "${cur}"))
        ;;
    esac
}

_vault-sentry_config_rules_list() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--format -f)
    __vault-sentry_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format'|'-f')
        __vault-sentry_add_completions -W 'text'$'\n''json'$'\n''markdown'
        return
        ;;
    esac
}

_vault-sentry_config_rules_show() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--format -f)
    __vault-sentry_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format'|'-f')
        __vault-sentry_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac
}

_vault-sentry_config_rules_test() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __vault-sentry_offer_flags_options -1
}

_vault-sentry_config_install-hook() {
    repeating_flags=()
    non_repeating_flags=(--pre-commit --commit-msg --pre-push --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __vault-sentry_offer_flags_options 0
}

_vault-sentry_report() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __vault-sentry_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show|convert|merge|diff|summary|triage|remediate|validate)
        # Offer subcommand argument completions
        "_vault-sentry_report_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show convert merge diff summary triage remediate validate' -- "${cur}"))
        ;;
    esac
}

_vault-sentry_report_show() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--rule --path --status --provider)
    non_repeating_options=(--severity --color)
    __vault-sentry_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--rule')
        return
        ;;
    '--path')
        return
        ;;
    '--severity')
        __vault-sentry_add_completions -W 'info'$'\n''low'$'\n''medium'$'\n''high'$'\n''critical'
        return
        ;;
    '--status')
        __vault-sentry_add_completions -W 'active'$'\n''resolved'$'\n''ignored'$'\n''false_positive'
        return
        ;;
    '--provider')
        return
        ;;
    '--color')
        __vault-sentry_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_vault-sentry_report_convert() {
    repeating_flags=()
    non_repeating_flags=(--show-secrets --version -h --help)
    repeating_options=(--format -f --rule --path --status --provider)
    non_repeating_options=(--output -o --severity)
    __vault-sentry_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format'|'-f')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    '--rule')
        return
        ;;
    '--path')
        return
        ;;
    '--severity')
        __vault-sentry_add_completions -W 'info'$'\n''low'$'\n''medium'$'\n''high'$'\n''critical'
        return
        ;;
    '--status')
        __vault-sentry_add_completions -W 'active'$'\n''resolved'$'\n''ignored'$'\n''false_positive'
        return
        ;;
    '--provider')
        return
        ;;
    esac
}

_vault-sentry_report_merge() {
    repeating_flags=()
    non_repeating_flags=(--show-secrets --version -h --help)
    repeating_options=(--format -f)
    non_repeating_options=(--output -o)
    __vault-sentry_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--format'|'-f')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    esac
}

_vault-sentry_report_diff() {
    repeating_flags=()
    non_repeating_flags=(--show-secrets --version -h --help)
    repeating_options=(--format -f)
    non_repeating_options=(--fail-on --output -o)
    __vault-sentry_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--fail-on')
        __vault-sentry_add_completions -W 'info'$'\n''low'$'\n''medium'$'\n''high'$'\n''critical'$'\n''none'
        return
        ;;
    '--format'|'-f')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    esac
}

_vault-sentry_report_summary() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--rule --path --status --provider)
    non_repeating_options=(--severity)
    __vault-sentry_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--rule')
        return
        ;;
    '--path')
        return
        ;;
    '--severity')
        __vault-sentry_add_completions -W 'info'$'\n''low'$'\n''medium'$'\n''high'$'\n''critical'
        return
        ;;
    '--status')
        __vault-sentry_add_completions -W 'active'$'\n''resolved'$'\n''ignored'$'\n''false_positive'
        return
        ;;
    '--provider')
        return
        ;;
    esac
}

_vault-sentry_report_triage() {
    repeating_flags=()
    non_repeating_flags=(--all --version -h --help)
    repeating_options=(--from --rule --path --status --provider --fingerprint)
    non_repeating_options=(--set --reason --by --output -o --severity)
    __vault-sentry_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--set')
        __vault-sentry_add_completions -W 'active'$'\n''resolved'$'\n''ignored'$'\n''false_positive'
        return
        ;;
    '--reason')
        return
        ;;
    '--by')
        return
        ;;
    '--from')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    '--rule')
        return
        ;;
    '--path')
        return
        ;;
    '--severity')
        __vault-sentry_add_completions -W 'info'$'\n''low'$'\n''medium'$'\n''high'$'\n''critical'
        return
        ;;
    '--status')
        __vault-sentry_add_completions -W 'active'$'\n''resolved'$'\n''ignored'$'\n''false_positive'
        return
        ;;
    '--provider')
        return
        ;;
    '--fingerprint')
        return
        ;;
    esac
}

_vault-sentry_report_remediate() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--rule --path --status --provider)
    non_repeating_options=(--output -o --severity)
    __vault-sentry_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        return
        ;;
    '--rule')
        return
        ;;
    '--path')
        return
        ;;
    '--severity')
        __vault-sentry_add_completions -W 'info'$'\n''low'$'\n''medium'$'\n''high'$'\n''critical'
        return
        ;;
    '--status')
        __vault-sentry_add_completions -W 'active'$'\n''resolved'$'\n''ignored'$'\n''false_positive'
        return
        ;;
    '--provider')
        return
        ;;
    esac
}

_vault-sentry_report_validate() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __vault-sentry_offer_flags_options -1
}

_vault-sentry_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __vault-sentry_offer_flags_options -1
}

complete -o filenames -F _vault-sentry vault-sentry
