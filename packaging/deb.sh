#!/bin/sh
# Makes dist/vault-sentry_VERSION_ARCHITECTURE.deb of what `make install` installs.
#
#   packaging/deb.sh [PROGRAM]      a release build (default: .build/release/vault-sentry)
#
# The libraries that it depends on are those of the Debian or Ubuntu release it is made on. Needs dpkg-dev.
set -eu
cd "$(dirname "$0")/.."
program=${1:-.build/release/vault-sentry}
version=$("$program" --version | sed 's/^vault-sentry //')
architecture=$(dpkg --print-architecture)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stage=$work/debian/vault-sentry
make -s install PROGRAM="$program" PREFIX=/usr DESTDIR="$stage"
# Debian's zsh looks here; /usr/share/zsh/site-functions is for the administrator's.
install -d "$stage/usr/share/zsh/vendor-completions"
mv "$stage/usr/share/zsh/site-functions/_vault-sentry" "$stage/usr/share/zsh/vendor-completions/"
rmdir "$stage/usr/share/zsh/site-functions"
rmdir "$stage/usr/share/man/man5" 2>/dev/null || true
gzip -9n "$stage"/usr/share/man/man*/*

documents=$stage/usr/share/doc/vault-sentry
install -d "$documents"
sed -n 's/^## Licence$/License: Apache-2.0, see \/usr\/share\/common-licenses\/Apache-2.0/p' README.md >"$documents/copyright"
gzip -9nc CHANGELOG.md >"$documents/changelog.gz"
chmod 644 "$documents"/*

install -d "$stage/DEBIAN"
# dpkg-shlibdeps reads a source package's control file and names the packages of the libraries that are linked.
printf 'Source: vault-sentry\n\nPackage: vault-sentry\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O debian/vault-sentry/usr/bin/vault-sentry | sed -n 's/^shlibs:Depends=//p')
# libgit2 is not linked but loaded when it is needed.
loaded=$(grep -aom1 'libgit2\.so\.[0-9.]*' "$program")
owner=$(dpkg-query --search "*/$loaded" | sed -n '1s/:.*//p')
depends="$depends, $owner (>= $(dpkg-query --show --showformat='${source:Upstream-Version}' "$owner"))"

cat >"$stage/DEBIAN/control" <<END
Package: vault-sentry
Version: $version
Architecture: $architecture
Maintainer: ${DEBFULLNAME:-Vault Sentry} <${DEBEMAIL:-vault-sentry@localhost}>
Installed-Size: $(du -sk "$stage/usr" | cut -f1)
Depends: $depends
Section: utils
Priority: optional
Description: finds leaked credentials in files, streams and git repositories
 Scans directories, files, standard input, what is staged for a commit and all
 that a git repository remembers, says how bad each finding is and why, and lets
 a pipeline fail on it. Needs no configuration and no network.
END
mkdir -p dist
dpkg-deb --root-owner-group --build "$stage" "dist/vault-sentry_${version}_$architecture.deb"
