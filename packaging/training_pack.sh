#!/usr/bin/env bash
# Make the training pack: an archive with BirchTree's wheel and the script that installs it with PyTorch beside a packaged
# BirchTree. Small, because PyTorch itself is fetched when the pack is installed, or brought on a stick (--wheels).
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
# shellcheck source=packaging/build_parts.sh
source packaging/build_parts.sh

version=$(birchtree_version)
name=birchtree-training-$version
stage=$BUILD/training/$name
source_copy=$BUILD/training/source
readonly version name stage source_copy

rm -rf "$BUILD/training"
mkdir -p "$stage" "$source_copy"
# setuptools writes into the folder that it builds from.
cp -R pyproject.toml LICENSE README.md main.py inference birchtree_gui resources training "$source_copy/"
"${PYTHON:-python3}" -m pip wheel --quiet --disable-pip-version-check --no-input --no-deps -w "$stage" "$source_copy"
cp packaging/install_training.py LICENSE "$stage/"
tar -C "$BUILD/training" --owner=0 --group=0 --numeric-owner -czf "$DIST/$name.tar.gz" "$name"
rm -rf "$BUILD/training"
ls -l "$DIST/$name.tar.gz"
