#!/usr/bin/env bash
# Pack the folder that build.sh made for people without root, with the script that installs it: run from the repository's root.
set -euo pipefail
# shellcheck source=packaging/build_parts.sh
source packaging/build_parts.sh

name=birchtree-$(birchtree_version)-linux-$(uname -m)
root=$BUILD/tarball/$name
readonly name root

rm -rf "$BUILD/tarball"
mkdir -p "$root"
cp -al "$DIST/birchtree" "$root/app" 2>/dev/null || cp -a "$DIST/birchtree" "$root/app"
cp -a "$BUILD/share" "$root/share"
install -m 755 packaging/linux/install.sh "$root/install.sh"
tar -C "$BUILD/tarball" --owner=0 --group=0 --numeric-owner --sort=name -cf - "$name" |
    zstd -q -T0 "-${PACKAGE_LEVEL:-9}" -f -o "$DIST/$name.tar.zst"
rm -rf "$BUILD/tarball"
