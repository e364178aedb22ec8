#!/usr/bin/env bash
# See that the Windows installer compiles, with Debian's makensis and a folder of empty files; leaves nothing behind.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
command -v makensis >/dev/null || {
    echo "makensis is not here: sudo apt-get install nsis" >&2
    exit 3
}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir -p "$work/app/_internal"
for name in birchtree.exe birchtree-cli.exe _internal/base_library.zip THIRD-PARTY-LICENSES.txt sbom.cdx.json; do
    echo "stands for $name" >"$work/app/$name"
done
cp LICENSE README.md CHANGELOG.md "$work/app/"
makensis -V2 -WX "-DVERSION=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' inference/__init__.py)" \
    "-DSOURCE=$work/app" "-DOUTPUT=$work/BirchTree-check.exe" packaging/windows/birchtree.nsi
[[ -s $work/BirchTree-check.exe ]]
echo "The Windows installer compiles."
