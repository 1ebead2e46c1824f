#!/bin/sh
# Installs a wheel into a fresh virtual environment and uses it there.
#
#   packaging/try-wheel.sh WHEEL
set -eu
wheel=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --no-index "$wheel"
mkdir "$work/tree"
printf 'key = %s\n' "xo""xb-482910573864-2840193857261-aZ3kQ9mW2xR7tY5uP1oL8vNb" >"$work/tree/production.env"
# No Python, no path and no library of this machine's environment is in reach.
clean() { env -i PATH="$work/venv/bin" HOME="$work" "$@"; }
clean vault-sentry --version
status=0
clean vault-sentry scan "$work/tree" >"$work/report" || status=$?
test "$status" = 1 && grep -q 'slack-bot-token' "$work/report"
# What the wheel carries is what is loaded, some of it only for a repository.
mkdir -p "$work/repository/.git/objects" "$work/repository/.git/refs"
echo 'ref: refs/heads/main' >"$work/repository/.git/HEAD"
clean LD_DEBUG=files vault-sentry scan --staged "$work/repository" >"$work/loaded" 2>&1
for library in "$work"/venv/lib/vault-sentry/*.so*; do
  grep -q "calling init: $work/venv.*/$(basename "$library")\$" "$work/loaded" || {
    echo "$(basename "$library"): another one is loaded"
    exit 1
  }
done
"$work/venv/bin/pip" uninstall -q -y vault-sentry
test ! -e "$work/venv/lib/vault-sentry"
echo "$(basename "$wheel"): installed, run and removed in a fresh environment"
