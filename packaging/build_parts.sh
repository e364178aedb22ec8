# What the scripts of packaging/ have in common; sourced from the repository's root, never run.
# shellcheck shell=bash

BUILD=${BIRCHTREE_BUILD:+$BIRCHTREE_BUILD/build}
BUILD=${BUILD:-$PWD/build}
DIST=${BIRCHTREE_BUILD:+$BIRCHTREE_BUILD/dist}
DIST=${DIST:-$PWD/dist}
mkdir -p "$BUILD" "$DIST"

step() { printf '\n== %s\n' "$*"; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# The interpreter of a virtual environment, whose place differs on Windows.
venv_python() {
    if [[ -e $1/Scripts/python.exe ]]; then printf '%s' "$1/Scripts/python.exe"; else printf '%s' "$1/bin/python"; fi
}

# BirchTree's version, from inference/__init__.py, without any Python.
birchtree_version() {
    sed -n 's/^__version__ = "\(.*\)"$/\1/p' inference/__init__.py
}
