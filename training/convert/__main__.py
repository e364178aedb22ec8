"""`python -m training.convert CHECKPOINT -o DIR`: a checkpoint to a model folder, told in sentences or JSON lines."""

import argparse
import importlib
import json
import logging
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from inference import logs
from inference.cli.output import Output
from inference.errors import BirchtreeError, ExitCode, ModelError
from inference.models.card import ModelCard, Setting
from training.convert.options import PRECISIONS, ConvertOptions, read_classes, read_config, read_text
from training.faults import fault, wants_memory
from training.requirements import require_packages

# The module of each kind of checkpoint, loaded when it is met: `convert(checkpoint, options, folder, report)`.
_FAMILIES = {
    "sam": "training.convert.sam",
    "balsam": "training.convert.balsam",
    "rsprompter": "training.convert.balsam",
    "dinovtree": "training.convert.dinovtree",
    "maskrcnn": "training.convert.maskrcnn",
}
_NEEDED = ("torch", "onnx", "onnxscript", "onnxruntime", "safetensors")
_logger = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code (`inference.errors.ExitCode`)."""
    try:
        asked = _parser().parse_args(arguments)
    except SystemExit as stop:  # --help, and words that argparse has told already
        return int(stop.code or 0)
    output = Output(progress_style=asked.progress)
    logs.start()
    try:
        require_packages(_NEEDED, "Converting a checkpoint")
        _convert(asked, output)
    except BirchtreeError as error:
        output.error(error)
        return int(error.exit_code)
    except KeyboardInterrupt:
        return ExitCode.CANCELLED
    except Exception as error:
        if wants_memory(error):
            output.error(_too_little_memory())
            return ExitCode.MODEL_MISSING
        _logger.error("conversion of %s", asked.checkpoint, exc_info=error)
        output.error(fault(error, "nothing was written"))
        return ExitCode.BUG
    return ExitCode.OK


def _convert(asked: argparse.Namespace, output: Output) -> None:
    from training.checkpoints import read_checkpoint
    from training.convert.write import new_folder

    options = _options(asked)

    def report(text: str) -> None:
        output.event("note", text=text)
        output.say(text)

    report(f"reading {asked.checkpoint.name}")
    checkpoint = read_checkpoint(asked.checkpoint)
    family = _FAMILIES.get(checkpoint.kind)
    if family is None:
        raise _unknown(asked.checkpoint, checkpoint.kind)
    target = asked.out / options.id_or(asked.checkpoint.stem)
    if options.model_id is None:
        options = _with_id(options, target.name)
    with new_folder(target, replace_older=asked.replace) as staged:
        card = importlib.import_module(family).convert(checkpoint, options, staged, report)
    output.result(_facts(card, target), f"{card.title}: written to {target}")


def _facts(card: ModelCard, folder: Path) -> dict[str, object]:
    return {
        "id": card.id,
        "family": card.family,
        "folder": str(folder.resolve()),
        "graphs": {role: file.size_bytes for role, file in card.graphs.items()},
        "settings": dict(card.settings),
    }


def _with_id(options: ConvertOptions, model_id: str) -> ConvertOptions:
    return replace(options, model_id=model_id)


def _too_little_memory() -> ModelError:
    return ModelError(
        "convert.memory",
        "This computer's memory is not enough to convert this checkpoint. Close other programs, or convert it on a "
        "larger computer: the model's folder can be copied.",
    )


def _unknown(path: Path, kind: str) -> ModelError:
    if kind == "dinov2":
        return ModelError(
            "convert.backbone_only",
            "{file} is a DINOv2 backbone, which measures nothing by itself. Convert a DINOvTree checkpoint that was "
            "trained on it.",
            file=path.name,
        )
    return ModelError(
        "convert.unknown",
        "{file} holds weights of no model that BirchTree can run. It converts BalSAM and RSPrompter-anchor, Segment "
        "Anything (ViT-B, L, H), MobileSAM, DINOvTree and Mask R-CNN checkpoints.",
        file=path.name,
    )


def _options(asked: argparse.Namespace) -> ConvertOptions:
    return ConvertOptions(
        model_id=asked.id,
        title=asked.title,
        version=asked.version,
        gsd_m=asked.gsd,
        footprint_m=asked.footprint,
        classes=None if asked.classes is None else read_classes(asked.classes),
        settings=_settings(asked),
        config=_config(asked),
        source=asked.source,
        licence=asked.licence,
        licence_text="" if asked.licence_file is None else read_text(asked.licence_file),
        site=asked.site,
        accuracy=asked.accuracy,
        limits=asked.limits,
        precision=asked.precision,
        imagery=tuple(asked.imagery),
    )


def _config(asked: argparse.Namespace) -> Mapping[str, Any] | None:
    """The configuration that was named, or the one that lies beside the weights (golden sets are made like that)."""
    if asked.config is not None:
        return read_config(asked.config)
    beside: Path = asked.checkpoint.with_name("config.json")
    return read_config(beside) if beside.is_file() else None


def _settings(asked: argparse.Namespace) -> dict[str, Setting]:
    """The switches that have a name of their own, and those given as `--setting NAME=VALUE`."""
    named = {
        "channel_order": asked.channel_order,
        "dsm_norm": asked.dsm_norm,
        "dsm_input_modulation": asked.input_modulation,
        "dsm_embedding_modulation": asked.embedding_modulation,
        "tile_px": asked.tile_px,
    }
    settings: dict[str, Setting] = {name: value for name, value in named.items() if value is not None}
    for text in asked.setting:
        name, equals, value = text.partition("=")
        if not equals or not name.isidentifier():
            raise ModelError(
                "convert.setting", "{text} is no setting. Write NAME=VALUE, as score_thr=0.3.", text=repr(text)
            )
        try:
            settings[name] = json.loads(value)
        except ValueError:
            settings[name] = value  # a bare word is text
    return settings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.convert", description="Turn a torch checkpoint into a model that BirchTree can run."
    )
    parser.add_argument("checkpoint", type=Path, help=".pth, .pt, .ckpt or .safetensors")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="DIR", help="the folder DIR/<id> is written")
    parser.add_argument("--id", help="short name of the model; the file's own by default")
    parser.add_argument("--title", default="", help="one line for the model list")
    parser.add_argument("--version", default="1", help="version of these weights")
    parser.add_argument("--gsd", type=float, metavar="M", help="cell size of the training imagery, metres")
    parser.add_argument("--footprint", type=float, metavar="M", help="side of a trait model's crops, metres")
    parser.add_argument("--classes", type=Path, metavar="FILE", help="class names, one a line: name or name, CODE")
    parser.add_argument("--config", type=Path, metavar="FILE", help="config.json of the weights; else that beside them")
    parser.add_argument("--source", default="", help="paper or author")
    parser.add_argument("--licence", default="", help="SPDX identifier or name of the weights' licence")
    parser.add_argument("--licence-file", type=Path, metavar="FILE", help="the licence's own words")
    parser.add_argument("--site", default="", help="where the training data comes from")
    parser.add_argument("--accuracy", default="", help="what was measured, on what")
    parser.add_argument("--limits", default="", help="where the model must not be trusted")
    parser.add_argument("--precision", choices=PRECISIONS, default="fp32")
    parser.add_argument(
        "--imagery", type=Path, nargs="+", default=[], metavar="FILE", help="orthomosaics on which int8 is compared"
    )
    parser.add_argument("--channel-order", choices=("rgb", "bgr"), help="bgr for the authors' RGB RSPrompter")
    parser.add_argument("--dsm-norm", choices=("max", "minmax", "percentile", "canopy", "relief"))
    parser.add_argument("--input-modulation", action=argparse.BooleanOptionalAction, default=None)
    parser.add_argument("--embedding-modulation", action=argparse.BooleanOptionalAction, default=None)
    parser.add_argument("--tile-px", type=int, metavar="PX", help="side of the input where the weights do not tell it")
    parser.add_argument("--setting", action="append", default=[], metavar="NAME=VALUE", help="any other setting")
    parser.add_argument("--replace", action="store_true", help="replace a folder of the same id")
    parser.add_argument("--progress", choices=("line", "json", "none"), default="line")
    return parser


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """The program that started us wants us to end: unfinished files go first."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())
