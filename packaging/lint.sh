#!/usr/bin/env bash
# All checks that read the code without running it; every one runs, and any finding makes the exit code 1.
set -uo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit 1
readonly PYTHON=.venv/bin/python
failed=()

check() {
    local title=$1
    shift
    printf '%s\n' "== $title"
    "$@" || failed+=("$title")
}

check "ruff check" "$PYTHON" -m ruff check .
check "ruff format" "$PYTHON" -m ruff format --check .
check "mypy" "$PYTHON" -m mypy
check "translations" "$PYTHON" packaging/translations.py check
check "dependency walls" "$PYTHON" -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
check "licences" "$PYTHON" packaging/licences.py --check
if command -v shellcheck >/dev/null; then
    check "shell scripts" shellcheck -x packaging/*.sh packaging/*/*.sh
fi
# The pages build, and no link or anchor among them leads nowhere.
check "documentation" "$PYTHON" -m mkdocs build --strict --quiet --site-dir .ruff_cache/site

if ((${#failed[@]})); then
    printf 'Lint found something in: %s.\n' "$(IFS=,; echo "${failed[*]}")"
    exit 1
fi
echo "Lint: nothing found."
