#!/bin/sh
# Installs a .deb into a fresh, minimal system of the same release and uses it there.
#
#   packaging/try-deb.sh DEB
#
# Needs mmdebstrap and the right to make a root (root, or user namespaces).
set -eu
deb=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. /etc/os-release

# What runs inside: the package's files are there, the program runs, and its manual and completions are where they belong.
cat >"$work/inside" <<'END'
set -eu
vault-sentry --version
mkdir /tmp/tree
printf 'password = "%s"\n' "$(printf 'hV7#kq''9!ZtR2mW')" >/tmp/tree/production.env
printf 'key = %s\n' "xo""xb-482910573864-2840193857261-aZ3kQ9mW2xR7tY5uP1oL8vNb" >>/tmp/tree/production.env
status=0
vault-sentry scan /tmp/tree || status=$?
test "$status" = 1
mkdir -p /tmp/repository/.git/objects /tmp/repository/.git/refs
echo 'ref: refs/heads/main' >/tmp/repository/.git/HEAD
vault-sentry scan --staged /tmp/repository
test -s /usr/share/man/man1/vault-sentry.1.gz
test -s /usr/share/bash-completion/completions/vault-sentry
dpkg --verify vault-sentry
apt-get purge -qq -y vault-sentry >/dev/null
test ! -e /usr/bin/vault-sentry
END

# minbase systems drop manuals and documents; this one keeps what is asked for.
mmdebstrap --quiet --variant=apt \
  --customize-hook='copy-in '"$deb"' /tmp' \
  --customize-hook='copy-in '"$work/inside"' /tmp' \
  --customize-hook='chroot "$1" sh -c "apt-get update -qq && apt-get install -qq -y --no-install-recommends /tmp/'"$(basename "$deb")"'"' \
  --customize-hook='chroot "$1" sh /tmp/inside' \
  "$VERSION_CODENAME" /dev/null
echo "$(basename "$deb"): installed, run and removed in a fresh $VERSION_CODENAME"
