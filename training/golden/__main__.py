"""`python -m training.golden DIR`: holds our networks against a folder of values made by the authors' own code."""

import argparse
import importlib
import importlib.util
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from inference.errors import BirchtreeError, ExitCode, InputError
from training.golden.compare import Difference
from training.golden.reading import json_object
from training.requirements import require_packages

OUT_OF_TOLERANCE = 1
_NEEDED = ("torch", "segment_anything", "safetensors")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line.

    Returns:
        0 when every array is within its tolerance, 1 when one is not, 3 when the folder is not a set of golden values.
    """
    parser = argparse.ArgumentParser(prog="python -m training.golden", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of golden values, of BalSAM or of DINOvTree")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    try:
        asked = parser.parse_args(arguments)
    except SystemExit as stop:  # --help, and words that argparse has told already
        return int(stop.code or 0)
    try:
        family, check = check_of(asked.folder)
        differences = check(asked.folder)
        if not differences:
            raise InputError("golden.empty", "{folder} holds no values to compare.", folder=asked.folder)
    except BirchtreeError as error:
        print(error, file=sys.stderr)
        return ExitCode.BAD_INPUT
    print(_as_json(family, differences) if asked.json else _as_table(family, differences))
    return ExitCode.OK if all(one.within for one in differences) else OUT_OF_TOLERANCE


_PARTS_OF_DINOVTREE = ("case_*.npz", "metrics.npz", "allometric.npz", "training.npz")


def check_of(folder: Path) -> tuple[str, Callable[[Path], list[Difference]]]:
    """The family that a folder belongs to, told by its config.json, and what checks it.

    Raises:
        InputError: the folder is not a set of golden values.
        ModelError: torch is not installed.
    """
    path = folder / "config.json"
    # A part of a DINOvTree set (metrics alone, say) needs no weights, and so no configuration.
    is_part = any(next(folder.glob(name), None) for name in _PARTS_OF_DINOVTREE)
    if not path.is_file() and not is_part:
        raise InputError(
            "golden.no_set",
            "{folder} is not a set of golden values: it has no config.json. Give the folder that holds the set's "
            "config.json, weights and arrays.",
            folder=folder,
        )
    config = json_object(path) if path.is_file() else {}
    if {"sam_vision", "rcnn"} & set(config):
        family = "balsam"
    elif {"vit", "heads", "n_classes"} & set(config) or (is_part and not config):
        family = "dinovtree"
    else:
        raise InputError(
            "golden.no_set",
            "{folder} is not a set of golden values of BalSAM or DINOvTree: its config.json describes neither.",
            folder=folder,
        )
    require_packages(_NEEDED, "The check")
    return family, importlib.import_module(f"training.golden.{family}").check


def _as_table(family: str, differences: list[Difference]) -> str:
    width = max(len(one.name) for one in differences)
    lines = [f"{'array':<{width}}  largest difference   tolerance"]
    for one in differences:
        verdict = "" if one.within else "   OUT OF TOLERANCE"
        lines.append(f"{one.name:<{width}}  {one.max_difference:>18.3g}  {one.tolerance:>10.3g}{verdict}")
    bad = sum(not one.within for one in differences)
    total = len(differences)
    lines.append(
        f"{family}: all {total} within tolerance" if not bad else f"{family}: {bad} of {total} out of tolerance"
    )
    return "\n".join(lines)


def _as_json(family: str, differences: list[Difference]) -> str:
    rows = [
        {
            "name": one.name,
            # JSON has no infinity.
            "max_difference": one.max_difference if one.max_difference < float("inf") else None,
            "tolerance": one.tolerance,
            "within": one.within,
        }
        for one in differences
    ]
    return json.dumps({"family": family, "within": all(one.within for one in differences), "differences": rows})


if __name__ == "__main__":
    sys.exit(main())
