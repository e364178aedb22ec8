#!/usr/bin/env bash
# Pack BirchTree.app, which PyInstaller made in dist/, as a disk image: run on macOS, from the repository's root.
#
#   CODESIGN_IDENTITY="Developer ID Application: ..."  sign with it; without it the signature says only that nothing changed,
#   and macOS asks at the first start (right click, Open)
set -euo pipefail
# shellcheck source=packaging/build_parts.sh
source packaging/build_parts.sh

[[ $(uname -s) == Darwin ]] || fail "A disk image is made on macOS."
app=$DIST/BirchTree.app
[[ -d $app ]] || fail "dist/BirchTree.app is not there; packaging/build.sh --folder-only makes it."
image=$DIST/BirchTree-$(birchtree_version)-macos-$(uname -m).dmg
stage=$BUILD/dmg

# What lies beside the program in the folder belongs into the bundle's resources.
for name in LICENSE README.md CHANGELOG.md THIRD-PARTY-LICENSES.txt sbom.cdx.json; do
    cp "$DIST/birchtree/$name" "$app/Contents/Resources/"
done
if [[ -n ${CODESIGN_IDENTITY:-} ]]; then
    codesign --force --deep --options runtime --timestamp --sign "$CODESIGN_IDENTITY" "$app"
else
    codesign --force --deep --sign - "$app"
fi
codesign --verify --deep --strict "$app"

rm -rf "$stage" "$image"
mkdir -p "$stage"
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -quiet -volname "BirchTree $(birchtree_version)" -srcfolder "$stage" -fs HFS+ -format UDZO "$image"
rm -rf "$stage"

# The acceptance test, from the image itself.
mount=$(mktemp -d)
hdiutil attach -quiet -nobrowse -readonly -mountpoint "$mount" "$image"
trap 'hdiutil detach -quiet "$mount"' EXIT
PROJ_LIB=/nowhere/proj "$mount/BirchTree.app/Contents/MacOS/birchtree-cli" doctor --self-test
