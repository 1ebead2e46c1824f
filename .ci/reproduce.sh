#!/bin/sh
# Builds what is committed twice, in two directories, and compares the programs that `make install` would install.
# Takes as long as two builds for release.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for name in one another; do
  git clone -q . "$work/$name"
  "$work/$name/dev" install "$work/$name/installed"
  sha256sum "$work/$name/installed/bin/vault-sentry" | cut -d " " -f 1 >"$work/$name.digest"
  cat "$work/$name.digest"
done
cmp "$work/one.digest" "$work/another.digest" && echo "reproduce: the same program twice"
