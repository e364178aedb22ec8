#!/usr/bin/env bash
# Pack the folder that build.sh made as a Debian package: run from the repository's root.
set -euo pipefail
# shellcheck source=packaging/build_parts.sh
source packaging/build_parts.sh

version=$(birchtree_version)
architecture=$(dpkg --print-architecture)
root=$BUILD/deb
readonly version architecture root
readonly HOME_OF_APP=usr/lib/birchtree

rm -rf "$root"
mkdir -p "$root/DEBIAN" "$root/usr/lib" "$root/usr/bin" "$root/usr/share/doc/birchtree"
cp -a "$DIST/birchtree" "$root/$HOME_OF_APP"
cp -a "$BUILD/share/." "$root/usr/share/"
# Both are the same program on Linux; the second name is the one that Windows needs, and scripts may use it everywhere.
ln -s ../lib/birchtree/birchtree "$root/usr/bin/birchtree"
ln -s ../lib/birchtree/birchtree-cli "$root/usr/bin/birchtree-cli"
ln -s birchtree.1.gz "$root/usr/share/man/man1/birchtree-cli.1.gz"
gzip -9 -n -c CHANGELOG.md >"$root/usr/share/doc/birchtree/changelog.gz"
cat >"$root/usr/share/doc/birchtree/copyright" <<'COPYRIGHT'
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: BirchTree

Files: *
Copyright: The BirchTree authors
License: Apache-2.0
 On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.
 What others made and BirchTree carries along is listed, with all licences, in
 /usr/lib/birchtree/THIRD-PARTY-LICENSES.txt.
COPYRIGHT

depends=$(python3 packaging/linux/needed.py "$root/$HOME_OF_APP")
size_kib=$(du -k -s --apparent-size "$root/usr" | cut -f1)
cat >"$root/DEBIAN/control" <<CONTROL
Package: birchtree
Version: $version
Architecture: $architecture
Maintainer: The BirchTree authors <birchtree@example.org>
Installed-Size: $size_kib
Depends: $depends
Recommends: libgl1-mesa-dri
Section: science
Priority: optional
Description: outline, measure and correct tree crowns of a drone survey
 BirchTree takes an orthomosaic and a surface model, outlines every tree
 crown, measures it, lets you correct what is wrong, and writes a shapefile
 that any GIS opens. It needs no graphics card, no network and no Python.
CONTROL
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -type d -exec chmod 755 {} +
find "$root/usr" -type f -exec chmod u=rw,go=r {} +
chmod 755 "$root/$HOME_OF_APP/birchtree" "$root/$HOME_OF_APP/birchtree-cli"

# zstd, which Debian 12 and Ubuntu 22.04 unpack: xz takes minutes more for a fifth less. PACKAGE_LEVEL=19 for a release.
dpkg-deb --root-owner-group -Zzstd "-z${PACKAGE_LEVEL:-9}" --build "$root" "$DIST/birchtree_${version}_$architecture.deb"
rm -rf "$root"
