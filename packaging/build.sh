#!/usr/bin/env bash
# Build BirchTree as a folder that needs no Python, test it, and pack it: .deb and .tar.zst on Linux.
#
#   packaging/build.sh [--venv FOLDER] [--folder-only]
#
#   --venv FOLDER    use this environment instead of a fresh one in build/package-venv
#   --folder-only    stop after the folder (Windows and macOS pack it with scripts of their own)
#   BIRCHTREE_BUILD=FOLDER  leave everything there instead of in build/ and dist/
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
# shellcheck source=packaging/build_parts.sh
source packaging/build_parts.sh

venv=$BUILD/package-venv
folder_only=
while (($#)); do
    case $1 in
    --venv) venv=$2 && shift 2 ;;
    --folder-only) folder_only=yes && shift ;;
    *) fail "build.sh does not know $1; its first lines tell what it takes." ;;
    esac
done

# Only what ships, and PyInstaller: what tests or trains must not be found by its search.
if [[ ! -x $(venv_python "$venv") ]]; then
    step "Making the build environment $venv"
    "${PYTHON:-python3}" -m venv "$venv"
    "$(venv_python "$venv")" -m pip install --quiet --disable-pip-version-check --no-input -e '.[package]'
fi
python=$(venv_python "$venv")
version=$("$python" packaging/contents.py)

step "1. Licences of what BirchTree $version stands on"
"$python" packaging/licences.py --check

step "2. Icons"
QT_QPA_PLATFORM=offscreen "$python" packaging/icons.py "$BUILD/icons"

step "3. The folder"
PYTHONPATH=$PWD "$python" -m PyInstaller --noconfirm --log-level ERROR --distpath "$DIST" --workpath "$BUILD/work" \
    packaging/birchtree.spec
folder=$DIST/birchtree
if [[ $(uname -s) == Linux ]]; then
    # The interpreter's library may come with symbols for debugging, which are most of its size.
    find "$folder/_internal" -maxdepth 1 -name 'libpython3*.so*' -type f -exec strip --strip-unneeded {} +
fi

step "4. Licences of everything inside, and the list of parts"
allow=()
[[ $(uname -s) == Linux ]] || allow=(--allow-unlisted) # the table was read on Linux; elsewhere CI shows what is new
"$python" packaging/licences.py --folder "$folder" ${allow[@]+"${allow[@]}"}
"$python" packaging/sbom.py --folder "$folder"
cp LICENSE README.md CHANGELOG.md "$folder/"

step "5. The acceptance test, with another program's PROJ in the way"
PROJ_LIB=/nowhere/proj GDAL_DATA=/nowhere/gdal "$folder/birchtree-cli" doctor --self-test

[[ -z $folder_only && $(uname -s) == Linux ]] || exit 0

step "6. Man page, desktop entry, icons, file type"
"$python" packaging/manpage.py "$BUILD/birchtree.1"
bash packaging/linux/stage_share.sh "$BUILD/share"

step "7. Packages"
bash packaging/linux/build_deb.sh
bash packaging/linux/build_tarball.sh
(cd "$DIST" && sha256sum ./*.deb ./*.tar.zst >SHA256SUMS)
ls -l "$DIST"
