#!/bin/sh
# Builds what is committed twice, in two directories, and compares the programs that `make install` would install.
# Takes as long as two builds for release. If the programs differ, says in which sections.
set -eu
cd "$(dirname "$0")/.."
# Both builds are of one commit, though another may be made meanwhile.
commit=$(git rev-parse HEAD)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# The names have different lengths, so that no path fits into the place of the other.
for name in one another; do
  git clone -q --no-checkout . "$work/$name"
  git -C "$work/$name" checkout -q --detach "$commit"
  # The same releases of the dependencies, too: a new one may come out between the builds.
  if [ -f "$work/one/Package.resolved" ]; then cp -n "$work/one/Package.resolved" "$work/$name/" || true; fi
  "$work/$name/dev" install "$work/$name/installed"
  sha256sum "$work/$name/installed/bin/vault-sentry" | sed "s| .*| $name|"
done

if cmp -s "$work/one/installed/bin/vault-sentry" "$work/another/installed/bin/vault-sentry"; then
  echo "reproduce: the same program twice, built from $commit"
  exit
fi

# One line for each section: its name and its bytes' digest.
sections() {
  for section in $(readelf -SW "$1" | sed -n 's/^ *\[ *[0-9]*\] \(\.[^ ]*\) .*/\1/p'); do
    objcopy -O binary --only-section="$section" --set-section-flags "$section=alloc" "$1" "$work/section" 2>"$work/log" || :
    echo "$section $(sha256sum <"$work/section")"
  done
}

sections "$work/one/installed/bin/vault-sentry" >"$work/one.sections"
sections "$work/another/installed/bin/vault-sentry" >"$work/another.sections"
echo "reproduce: the programs differ, in these sections:" >&2
diff "$work/one.sections" "$work/another.sections" | sed -n 's/^> \([^ ]*\) .*/\1/p' >&2
exit 1
