"""Asks OSV (https://osv.dev) whether anything that is installed here has known vulnerabilities.

    python packaging/audit.py [--service URL] [--known FILE] [--may-be-offline]

Exit codes: 0 nothing is known; 1 something is; 2 the question could not be asked, which is said and proves nothing.
With --may-be-offline a service out of reach gives 0, too; an answer that makes no sense stays 2.
Runs in `make audit` and when packages are built (.github/workflows/build.yml); BirchTree itself never asks anybody.
"""

import argparse
import http.client
import importlib.metadata
import json
import sys
import urllib.error
import urllib.request
from pathlib import Path

SERVICE = "https://api.osv.dev/v1/querybatch"
KNOWN = Path(__file__).with_name("audit_known.txt")
_TIMEOUT_S = 30.0
_AT_ONCE = 500
_SERVER_FAILED = 500
_CLEAN, _FOUND, _NOT_ASKED = 0, 1, 2


def installed() -> list[tuple[str, str]]:
    """Name and version of every distribution in this environment, BirchTree itself left out."""
    found = {(one.metadata["Name"], one.version) for one in importlib.metadata.distributions() if one.metadata["Name"]}
    return sorted(pair for pair in found if pair[0].lower() != "birchtree")


def known(file: Path) -> frozenset[str]:
    """Vulnerabilities that were looked at and do not concern BirchTree: `ID reason` a line."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return frozenset(line.split()[0] for line in lines if line.strip() and not line.startswith("#"))


def vulnerabilities(packages: list[tuple[str, str]], service: str) -> dict[tuple[str, str], list[str]]:
    """Ids of what is known, by package.

    Raises:
        OSError, ValueError: the service cannot be reached, or its answer is none.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for start in range(0, len(packages), _AT_ONCE):
        some = packages[start : start + _AT_ONCE]
        queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in some]
        body = json.dumps({"queries": queries}).encode()
        request = urllib.request.Request(service, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:
            results = json.load(answer)["results"]
        if len(results) != len(some):
            raise ValueError("an answer for each package was expected")
        for package, result in zip(some, results, strict=True):
            ids = sorted(str(one["id"]) for one in result.get("vulns", ()))
            if ids:
                found[package] = ids
    return found


def _is_out_of_reach(error: Exception) -> bool:
    """Whether nobody answered, or the service itself is down; not when it answered and refused."""
    if isinstance(error, urllib.error.HTTPError):
        return error.code >= _SERVER_FAILED
    return isinstance(error, OSError | http.client.HTTPException)


def main(argv: list[str]) -> int:
    """Ask, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--service", default=SERVICE, help="address of an OSV server")
    parser.add_argument("--known", type=Path, default=KNOWN, help="file of vulnerabilities that do not concern us")
    parser.add_argument("--may-be-offline", action="store_true", help="exit code 0 where nobody could be asked")
    arguments = parser.parse_args(argv)
    packages = installed()
    try:
        found = vulnerabilities(packages, arguments.service)
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.stdout.write(
            f"NOT AUDITED: {arguments.service} cannot be asked ({error}). Nothing is known about the {len(packages)} "
            "packages here; run this where there is a network.\n"
        )
        return _CLEAN if arguments.may_be_offline and _is_out_of_reach(error) else _NOT_ASKED
    ignored = known(arguments.known)
    open_ones = {package: [one for one in ids if one not in ignored] for package, ids in found.items()}
    for (name, version), ids in open_ones.items():
        if ids:
            sys.stdout.write(f"{name} {version}: {', '.join(ids)}\n")
    count = sum(map(len, open_ones.values()))
    passed_over = sum(map(len, found.values())) - count
    sys.stdout.write(f"{len(packages)} packages asked, {count} vulnerabilities, {passed_over} known and passed over.\n")
    return _FOUND if count else _CLEAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
