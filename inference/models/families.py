"""What the graphs of each model family must look like: the contract between the converter and the program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import MappingProxyType

from inference.errors import ModelError
from inference.models.card import ModelCard, Task
from inference.models.onnx_metadata import OnnxFacts, Value

WEIGHTS_SUFFIX = ".weights"  # role of the file that holds the weights of a graph beyond 2 GB
INT8_SUFFIX = "_int8"  # role of a smaller graph that does the same

_FLOAT32, _INT64 = 1, 7  # onnx.TensorProto.DataType
_WHOLE_NUMBERS = frozenset({"labels"})  # inputs that are int64; all others are float32
_TILE = "tile"
# A side that must be so many, or the card's tile size; None is any.
Side = int | str | None
Shape = tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class GraphContract:
    """One graph of a family.

    Attributes:
        inputs: shapes of the inputs that must be there.
        optional: shapes of those that may be.
        outputs: patterns, each of which some output must match.
        class_output: name of the output whose last side counts the classes; "" when none does.
        background: how many more than the card's classes that side has.
    """

    inputs: Mapping[str, Shape]
    outputs: tuple[str, ...]
    optional: Mapping[str, Shape] = field(default_factory=dict)
    class_output: str = ""
    background: int = 0


@dataclass(frozen=True, slots=True)
class Family:
    """Which tasks a family does, and its graphs by role; those in `extra` may be missing.

    `data` and `extra_data` are roles of files that are no graphs but numbers (.npz). `borrows` says that the graph is
    that of another model, which names its own family and classes inside.
    """

    tasks: tuple[Task, ...]
    graphs: Mapping[str, GraphContract]
    extra: Mapping[str, GraphContract] = field(default_factory=dict)
    data: frozenset[str] = frozenset()
    extra_data: frozenset[str] = frozenset()
    borrows: bool = False


_RGB: Shape = (1, 3, _TILE, _TILE)
_ELEVATION: Mapping[str, Shape] = {"elevation": (1, 1, _TILE, _TILE), "has_elevation": (None,)}
_MAP: Shape = (None, None, None, None)
_LEVELS: Mapping[str, Shape] = {f"level{number}": _MAP for number in range(4)}
_POOL: Mapping[str, Shape] = {"level4": _MAP}
_BOXES: Shape = (None, 4)
# What a graph that looks at one crown may see beside the picture: the crown's cells, and the canopy height.
_CROP: Mapping[str, Shape] = {"crown": (None, 1, _TILE, _TILE), "elevation_m": (None, 1, _TILE, _TILE)}

_PROMPT = GraphContract(
    inputs={
        "embedding": _MAP,
        "point_coords": (None, None, 2),
        "point_labels": (None, None),
        "mask_input": (None, 1, None, None),
        "has_mask": (None,),
    },
    outputs=("masks", "iou"),
)
_WEIGHTS = frozenset({"training"})  # as training goes on from them
_PROPOSALS = ("level0", "level1", "level2", "level3", "rpn_cls*", "rpn_reg*")

FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        "sam": Family(
            ("prompt",),
            {"encoder": GraphContract({"rgb": _RGB}, ("embedding",)), "prompt": _PROMPT},
        ),
        "balsam": Family(
            ("crowns",),
            {
                "encoder": GraphContract({"rgb": _RGB}, ("embedding", "dense", *_PROPOSALS), _ELEVATION),
                "boxes": GraphContract(
                    {**_LEVELS, "boxes": _BOXES}, ("scores", "deltas"), class_output="scores", background=1
                ),
                "masks": GraphContract(
                    {"embedding": _MAP, "dense": _MAP, **_LEVELS, "boxes": _BOXES}, ("masks", "iou")
                ),
            },
            {"prompt": _PROMPT},
            extra_data=_WEIGHTS,
        ),
        "maskrcnn": Family(
            ("crowns",),
            {
                "encoder": GraphContract({"rgb": _RGB}, _PROPOSALS, _ELEVATION),
                "boxes": GraphContract(
                    {**_LEVELS, "boxes": _BOXES}, ("scores", "deltas"), _POOL, class_output="scores", background=1
                ),
                "masks": GraphContract({**_LEVELS, "boxes": _BOXES}, ("masks",), {**_POOL, "labels": (None,)}),
            },
            extra_data=_WEIGHTS,
        ),
        "dinovtree": Family(
            ("traits",),
            {
                "traits": GraphContract(
                    {"rgb": (None, 3, _TILE, _TILE)}, ("logits", "height_m", "embedding"), _CROP, class_output="logits"
                )
            },
            extra_data=frozenset({"embeddings", "training"}),
        ),
        # Species taught on a trait model: a head beside that model's graph, or beside none on `plain`.
        "taught": Family(
            ("traits",),
            {},
            {"traits": GraphContract({"rgb": (None, 3, _TILE, _TILE)}, ("height_m", "embedding"), _CROP)},
            data=frozenset({"head"}),
            borrows=True,
        ),
        "balsam2": Family(
            ("crowns", "prompt"),
            {"encoder": GraphContract({"rgb": _RGB}, ("embedding",), _ELEVATION)},
            {
                "boxes": GraphContract({"detail": _MAP}, ("centres", "reach")),
                "prompt": GraphContract(_PROMPT.inputs, _PROMPT.outputs, {"extent": _MAP, "detail": _MAP}),
            },
            extra_data=_WEIGHTS,
        ),
    }
)
_OPEN_FAMILIES = frozenset({"balsam2"})  # may bring graphs that are not listed


def plain_role(role: str) -> str:
    """What a file is a part of: "encoder" for "encoder_int8" and "encoder_int8.weights"."""
    return role.removesuffix(WEIGHTS_SUFFIX).removesuffix(INT8_SUFFIX)


def check_card(card: ModelCard) -> None:
    """Check that the program can run such a model at all: family, task and roles.

    Raises:
        ModelError: no such family, another task than the family does, or graphs that are missing or unknown.
    """
    family = FAMILIES.get(card.family)
    if family is None:
        raise ModelError(
            "model.family",
            "The model {model_id} is of the family {family}, which this BirchTree cannot run (it knows {known}). "
            "Update BirchTree, or use another model.",
            model_id=card.id,
            family=card.family[:80] or "(none)",
            known=", ".join(FAMILIES),
        )
    if card.task not in family.tasks:
        raise ModelError(
            "model.task",
            "The model {model_id} says that its task is {task}, but models of the family {family} do {tasks}. The card "
            "and the graphs do not belong together, so nothing was run. Get the model again.",
            model_id=card.id,
            task=card.task,
            family=card.family,
            tasks=" or ".join(family.tasks),
        )
    _check_roles(card, family)


def _check_roles(card: ModelCard, family: Family) -> None:
    missing = sorted((family.graphs.keys() | family.data) - card.graphs.keys())
    unknown = sorted(
        role
        for role in card.graphs
        if plain_role(role) not in {*family.graphs, *family.extra, *family.data, *family.extra_data}
        and card.family not in _OPEN_FAMILIES
    )
    if missing or unknown:
        raise ModelError(
            "model.roles",
            "The model {model_id} {fault}, so it cannot be used. Get all of its files, or convert the original "
            "checkpoint again.",
            model_id=card.id,
            fault=f"lacks its part {missing[0]}" if missing else f"has a part {unknown[0][:80]} that nothing uses",
        )


def is_data(card: ModelCard, role: str) -> bool:
    """Whether a role's file is numbers, not a graph; of a family that `check_card` accepts."""
    family = FAMILIES[card.family]
    return role in family.data or role in family.extra_data


def check_graph(card: ModelCard, role: str, facts: OnnxFacts) -> None:
    """Compare a graph with its family's contract.

    Args:
        card: of a family that `check_card` accepts.
        role: of this graph.
        facts: what its file says.

    Raises:
        ModelError: inputs, outputs, their shapes or the number of classes are others.
    """
    family = FAMILIES[card.family]
    contract = family.graphs.get(plain_role(role)) or family.extra.get(plain_role(role))
    if contract is None:
        return
    known = {**contract.inputs, **contract.optional}
    if missing := sorted(contract.inputs.keys() - facts.inputs.keys()):
        raise _unfit(card, role, f"it has no input {missing[0]}")
    if unknown := sorted(facts.inputs.keys() - known.keys()):
        raise _unfit(card, role, f"it wants an input {unknown[0][:80]}, which BirchTree cannot give")
    if plain_role(role) == "encoder" and ("elevation" in facts.inputs) != card.uses_dsm:
        raise _unfit(card, role, "its card and the graph do not agree on whether elevation is read")
    for name, value in facts.inputs.items():
        if value.element_type != (_INT64 if name in _WHOLE_NUMBERS else _FLOAT32):
            raise _unfit(card, role, f"its input {name} takes numbers of another kind")
        if fault := _shape_fault(value, known[name], card.tile_px):
            raise _unfit(card, role, f"its input {name} {fault}")
    for pattern in contract.outputs:
        if not any(fnmatchcase(name, pattern) for name in facts.outputs):
            raise _unfit(card, role, f"it has no output {pattern.rstrip('*')}")
    if contract.class_output:
        _check_classes(card, facts.outputs[contract.class_output], contract.background)


def _shape_fault(value: Value, wanted: Shape, tile_px: int) -> str:
    """Why an input does not fit; "" when it does. Sides that the file leaves open fit."""
    if value.shape is None:
        return ""
    if len(value.shape) != len(wanted):
        return f"has {len(value.shape)} dimensions instead of {len(wanted)}"
    for found, side in zip(value.shape, wanted, strict=True):
        expected = (tile_px or None) if side == _TILE else side
        if isinstance(found, int) and expected is not None and found != expected:
            return f"has a side of {found} instead of {expected}"
    return ""


def _check_classes(card: ModelCard, output: Value, background: int) -> None:
    found = output.shape[-1] if output.shape else None
    listed = max(len(card.classes), 1)
    if not isinstance(found, int):
        raise _unfit(card, "classes", "the graph does not say how many classes it tells apart")
    if found - background != listed:
        raise ModelError(
            "model.classes",
            "The model {model_id} tells {found} classes apart, but its card names {listed}: the names cannot be "
            "trusted, so nothing was run. Get the model again, or convert it with the right list of classes.",
            model_id=card.id,
            found=found - background,
            listed=len(card.classes),
        )


def _unfit(card: ModelCard, role: str, fault: str) -> ModelError:
    return ModelError(
        "model.contract",
        "The part {role} of the model {model_id} is not what a model of the family {family} has: {fault}. Nothing was "
        "run. Get the model again, or convert the original checkpoint.",
        model_id=card.id,
        role=role,
        family=card.family,
        fault=fault,
    )
