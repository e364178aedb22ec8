"""`birchtree doctor`: versions, devices and, on request, a self-test of every part that an installation can break."""

import argparse
from dataclasses import asdict

from inference import diagnosis, self_test
from inference.cli import options
from inference.cli.output import Output
from inference.errors import BirchtreeError


class SelfTestFailed(BirchtreeError):
    """A part of the installation does not work."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--self-test` and `--json`."""
    parser.add_argument("--self-test", action="store_true", help="also try every part for real, the window included")
    options.add_json(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Print what is installed; exit code 3 when a check of the self-test fails."""
    facts = diagnosis.facts()
    checks = self_test.self_test() if arguments.self_test else ()
    lines = [f"{name:<18} {value}" for name, value in facts.items()]
    lines += [f"{'ok' if check.passed else 'FAILED':<7} {check.name}: {check.detail}" for check in checks]
    rows = [asdict(check) for check in checks]
    output.result({"facts": facts, "checks": rows}, "\n".join(lines))
    failed = [check.name for check in checks if not check.passed]
    if failed:
        raise SelfTestFailed(
            "doctor.failed",
            "The self-test failed for: {parts}. Install BirchTree again; if it stays so, send the output of "
            "`birchtree doctor --self-test` to the makers.",
            parts=", ".join(failed),
        )
