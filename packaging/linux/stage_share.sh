#!/usr/bin/env bash
# Lay out what a desktop wants to know of BirchTree below FOLDER, as below /usr/share: run from the repository's root.
set -euo pipefail
# shellcheck source=packaging/build_parts.sh
source packaging/build_parts.sh
readonly OUT=${1:?folder}

rm -rf "$OUT"
install -D -m 644 packaging/birchtree.desktop "$OUT/applications/birchtree.desktop"
install -D -m 644 packaging/linux/birchtree-mime.xml "$OUT/mime/packages/birchtree.xml"
install -D -m 644 resources/icons/birchtree.svg "$OUT/icons/hicolor/scalable/apps/birchtree.svg"
for size_px in 16 24 32 48 64 128 256; do
    for kind in apps/birchtree mimetypes/application-x-birchtree-plot; do
        install -D -m 644 "$BUILD/icons/birchtree-$size_px.png" "$OUT/icons/hicolor/${size_px}x$size_px/$kind.png"
    done
done
install -D -m 644 "$BUILD/birchtree.1" "$OUT/man/man1/birchtree.1"
gzip -9 -n -f "$OUT/man/man1/birchtree.1"
mkdir -p "$OUT/metainfo"
sed "s/@VERSION@/$(birchtree_version)/" packaging/linux/org.birchtree.BirchTree.metainfo.xml.in \
    >"$OUT/metainfo/org.birchtree.BirchTree.metainfo.xml"
