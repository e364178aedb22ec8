#!/usr/bin/env bash
# Make .venv with everything that BirchTree needs, and install the system libraries that its window opens.
# Run by every target of the Makefile; the second call finds all in place and takes a fraction of a second.
#
#   --with-training                  also what trains and converts models (torch: 800 MB more)
#   PYTHON=/path/to/python3.12   use this interpreter instead of looking for one
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

readonly VENV=.venv
readonly STAMP=$VENV/birchtree-stamp           # what was installed: a copy of the question asked
readonly TRAINING_STAMP=$VENV/birchtree-training-stamp # the same for what trains models
readonly TRIED=$VENV/birchtree-libraries-tried # system packages that could not be installed last time
readonly LOG=$VENV/birchtree-setup.log
readonly LIBRARIES=packaging/system_libraries.txt

say() { printf '%s\n' "$*"; }
fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# --- Python -----------------------------------------------------------------------------------------

# Whether "$1" starts (a version manager's shim may not) and is Python $2 .. before $3.
is_python() {
    command -v -- "$1" >/dev/null 2>&1 &&
        "$1" -c "import sys; sys.exit(not (($2) <= sys.version_info[:2] < ($3)))" >/dev/null 2>&1
}

find_python() {
    local candidate
    if [[ -n ${PYTHON:-} ]]; then
        is_python "$PYTHON" '3, 11' '4, 0' || fail "PYTHON=$PYTHON is not a Python of version 3.11 or newer."
        printf '%s' "$PYTHON"
        return
    fi
    for candidate in python3 python3.13 python3.12 python3.11 python3.14 python; do
        if is_python "$candidate" '3, 11' '3, 15'; then
            printf '%s' "$candidate"
            return
        fi
    done
    fail "BirchTree needs Python 3.11 or newer (up to 3.14), and none was found on this machine.
Install one:
    sudo apt-get install -y python3 python3-venv           (Debian 12, Ubuntu 24.04 and newer)
    sudo apt-get install -y python3.11 python3.11-venv     (Ubuntu 22.04)
or name yours:
    make PYTHON=/path/to/python3.12 demo"
}

# --- The system's packages --------------------------------------------------------------------------

# The words to put before apt-get: nothing for root, "sudo -n" where that asks no password; fails where neither works.
apt_prefix() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [[ $(id -u) -eq 0 ]]; then
        return 0
    fi
    command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1 && printf 'sudo -n'
}

# Install the named Debian packages without asking; fails quietly, the log says why.
apt_install() {
    local prefix
    prefix=$(apt_prefix) || return 1
    {
        # shellcheck disable=SC2086  # "sudo -n" is two words on purpose
        $prefix env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 update || true
        # shellcheck disable=SC2086
        $prefix env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 \
            install -y --no-install-recommends "$@"
    } </dev/null >>"${APT_LOG:-$LOG}" 2>&1
}

# Packages of the list whose library or file is not on this machine, on one line; "$1" is any Python.
missing_libraries() {
    "$1" - "$LIBRARIES" <<'PYTHON'
import ctypes, os, sys

def is_there(sign):
    if sign.startswith("/"):
        return os.path.exists(sign)
    try:
        ctypes.CDLL(sign)
    except OSError:
        return False
    return True

lines = (line.split() for line in open(sys.argv[1], encoding="utf-8") if line.strip() and not line.startswith("#"))
print(" ".join(package for package, sign in lines if not is_there(sign)))
PYTHON
}

install_libraries() {
    local missing
    [[ $(uname -s) == Linux ]] || return 0
    missing=$(missing_libraries "$VENV/bin/python")
    [[ -n $missing ]] || return 0
    if [[ $(cat "$TRIED" 2>/dev/null) != "$missing" ]] && apt_prefix >/dev/null; then
        say "Installing the system libraries that the window needs: $missing"
        # shellcheck disable=SC2086  # one word per package
        apt_install $missing || say "The system's package manager refused; $LOG tells why."
        missing=$(missing_libraries "$VENV/bin/python")
    fi
    [[ -n $missing ]] || return 0
    printf '%s' "$missing" >"$TRIED"
    say "The window and its tests need system libraries that are missing here. Everything else works without them."
    say "To install them, run this one line:"
    if command -v apt-get >/dev/null 2>&1 || ! command -v dnf >/dev/null 2>&1; then
        say "    sudo apt-get install -y $missing"
    else
        say "    sudo dnf install -y mesa-libEGL mesa-libGL libglvnd-opengl libxkbcommon-x11 xcb-util-cursor" \
            "xcb-util-wm xcb-util-keysyms xcb-util-image xcb-util-renderutil dejavu-sans-fonts xorg-x11-server-Xvfb"
    fi
}

# --- The environment --------------------------------------------------------------------------------

make_venv() {
    local python=$1 version
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        say "This Python $version comes without its venv module."
        if apt_prefix >/dev/null; then
            say "Installing python$version-venv with the system's package manager."
            APT_LOG=/dev/null apt_install "python$version-venv" || true
        fi
        "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
            fail "BirchTree installs itself into a virtual environment, and Python $version cannot make one here.
Run this one line, then the same command again:
    sudo apt-get install -y python$version-venv $(missing_libraries "$python")"
    fi
    say "Making the virtual environment .venv with Python $version."
    "$python" -m venv --clear "$VENV" || fail "Python $version could not make the virtual environment .venv."
}

# What decides whether .venv is up to date: the project's needs, the interpreter, and where the checkout lies.
question() {
    "$VENV/bin/python" -c 'import sys; print(sys.version)'
    pwd
    cat pyproject.toml
}

install_packages() {
    say "Installing BirchTree's Python packages into .venv (900 MB on disk; a few minutes the first time)."
    if ! "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input -e '.[dev]' \
        </dev/null >"$LOG" 2>&1; then
        tail -n 25 "$LOG" >&2
        fail "The Python packages could not be installed; the last lines of pip are above, all of them in $LOG.
Without network: check the connection. Behind a proxy: set HTTPS_PROXY. Then run the same command again."
    fi
    question >"$STAMP"
}

# torch is named alone and exactly first: that takes the build for the processor where the package index offers one,
# instead of gigabytes of libraries for a graphics card.
install_training() {
    say "Installing what trains and converts models (torch, 800 MB on disk)."
    if ! { "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input 'torch==2.13.0' &&
        "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input -e '.[dev,train,fleet,docs]'; } \
        </dev/null >"$LOG" 2>&1; then
        tail -n 25 "$LOG" >&2
        fail "What trains models could not be installed; the last lines of pip are above, all of them in $LOG.
Everything else of BirchTree works without it: make demo, python main.py gui."
    fi
    question >"$TRAINING_STAMP"
}

main() {
    local python
    if ! "$VENV/bin/python" -c 'import pip' >/dev/null 2>&1; then
        python=$(find_python)
        make_venv "$python"
    fi
    if [[ $(question) != "$(cat "$STAMP" 2>/dev/null)" ]]; then
        install_packages
        say "Python packages are in place."
    fi
    if [[ ${1:-} == --with-training && $(question) != "$(cat "$TRAINING_STAMP" 2>/dev/null)" ]]; then
        install_training
        say "What trains models is in place."
    fi
    install_libraries
}

main "$@"
