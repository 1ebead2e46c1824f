"""Completes command lines in the real shells, with the completions where `make install` put them.

Usage: check-completions.py PREFIX

A shell that is not there is a problem: nothing is skipped in silence.
"""

import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

prefix = os.path.abspath(sys.argv[1])
share = f"{prefix}/share"
environment = {
    "PATH": f"{prefix}/bin:/usr/bin:/bin", "TERM": "dumb", "LC_ALL": "C.UTF-8", "HOME": tempfile.mkdtemp(),
    "ZDOTDIR": "/nonexistent"}
# What is typed, and what has to be offered.
cases = [
    ("vault-sentry ", ["scan", "config", "report"]),
    ("vault-sentry scan --sta", ["--staged"]),
    ("vault-sentry scan --severity ", ["critical", "medium"]),
    ("vault-sentry config install-hook --p", ["--pre-commit"]),
    ("vault-sentry config rules ", ["list", "show", "test"]),
]


def bash(line):
    script = f"""
    source '{share}/bash-completion/completions/vault-sentry'
    COMP_LINE="$1" COMP_POINT=${{#1}} COMP_TYPE=9 COMP_KEY=9
    COMP_WORDS=($1)
    [ "${{1%% }}" = "$1" ] || COMP_WORDS+=("")
    COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
    $(complete -p vault-sentry | sed 's/.*-F \\([^ ]*\\) .*/\\1/') vault-sentry "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
    printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    run = subprocess.run(["bash", "--norc", "-c", script, "bash", line], env=environment, capture_output=True, text=True)
    return run.stdout + run.stderr


def fish(line):
    script = "set -p fish_complete_path $argv[1]; complete -C $argv[2]"
    run = subprocess.run(
        ["fish", "--no-config", "-c", script, f"{share}/fish/vendor_completions.d", line],
        env=environment, capture_output=True, text=True)
    return run.stdout + run.stderr


def zsh(line):
    """zsh completes only for somebody who types at a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe("zsh", ["zsh", "-f", "-i"], environment)

    def read_until(mark, seconds):
        text, end = "", time.monotonic() + seconds
        while mark not in text and time.monotonic() < end:
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    text += os.read(terminal, 65536).decode("utf-8", "replace")
                except OSError:
                    break
        return text

    def write(text):
        os.write(terminal, text.encode())

    setup = f"PS1=; fpath=('{share}/zsh/site-functions' $fpath); autoload -Uz compinit; compinit -u -D; "
    # Lists at once, in one column, without asking; the marks are not in what is typed, which the terminal echoes.
    write(setup + "setopt auto_list no_auto_menu; LISTMAX=1000; print rea''dy\n")
    read_until("ready\r\n", 20)
    write(line + "\t\t")
    time.sleep(1.5)
    write("\x15print do''ne\n")
    text = read_until("done\r\n", 20)
    os.close(terminal)
    os.waitpid(child, 0)
    return text


problems = []
for shell in (bash, zsh, fish):
    if not shutil.which(shell.__name__):
        problems.append(f"{shell.__name__}: is not installed")
        continue
    for line, offers in cases:
        answer = shell(line)
        missing = [offer for offer in offers if offer not in answer]
        if missing:
            problems.append(f"{shell.__name__}: “{line}” does not offer {missing}, but: {answer[-400:]!r}")
for problem in problems:
    print(problem)
sys.exit(bool(problems))
