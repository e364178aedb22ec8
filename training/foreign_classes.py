"""Which class names of other programs' checkpoints are harmless, and the empty stand-ins that take their place."""

import pickletools
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any

# Programs whose metadata lies beside the weights. Their classes are never imported: a name below one of these roots
# stands for an empty container, whatever the program would have made of it.
_ROOTS = (
    "mmengine", "mmcv", "mmdet", "mmpretrain", "pytorch_lightning", "lightning", "lightning_fabric", "omegaconf",
    "torchmetrics", "torch.optim", "torch.nn", "argparse", "collections", "datetime", "enum", "pathlib", "typing",
)  # fmt: skip
_OPAQUE = frozenset(
    {
        "numpy.dtype", "numpy.ndarray", "numpy.core.multiarray.scalar", "numpy.core.multiarray._reconstruct",
        "numpy._core.multiarray.scalar", "numpy._core.multiarray._reconstruct", "numpy.core.numeric._frombuffer",
        "numpy._core.numeric._frombuffer", "numpy.float32", "numpy.float64", "numpy.int32", "numpy.int64",
        "numpy.bool_", "_codecs.encode", "functools.partial",
    }
)  # fmt: skip
_PLAIN = frozenset(
    f"builtins.{name}"
    for name in ("list", "dict", "tuple", "int", "float", "str", "bool", "bytes", "complex", "object", "slice", "range")
)
_OLD_NAMES = {"__builtin__": "builtins", "copy_reg": "copyreg"}


class Opaque:
    """Takes the place of an object that nobody will ask; swallows its construction."""

    def __init__(self, *_arguments: object) -> None:
        pass

    def __setstate__(self, _state: object) -> None:
        pass


class Record:
    """Takes the place of a class with named contents: making one gives a plain dictionary."""

    def __new__(cls, *arguments: object) -> Any:
        """An `OrderedDict`, which torch's restricted unpickler may fill."""
        first = arguments[0] if len(arguments) == 1 else None
        return OrderedDict(first) if isinstance(first, dict) else OrderedDict()


class Sequence:
    """Takes the place of a class with contents in a row: making one gives a plain list."""

    def __new__(cls, *arguments: object) -> Any:
        """A `list`, which torch's restricted unpickler may fill."""
        first = arguments[0] if arguments else None
        return list(first) if isinstance(first, list | tuple) else []


@dataclass(slots=True)
class PickleNames:
    """What pickles ask for: names known to torch, names that a stand-in replaces, and names that are refused."""

    foreign: set[str] = field(default_factory=set)
    bad: list[str] = field(default_factory=list)


def scan(file: IO[bytes], names: PickleNames) -> None:
    """Read one pickle as a list of instructions, without carrying any out, and sort the names that it asks for.

    Raises:
        ValueError and others of pickletools: the bytes are no pickle.
    """
    texts: list[str] = []
    for operation, argument, _place in pickletools.genops(file):
        if operation.name in ("GLOBAL", "INST"):
            _sort(".".join(str(argument).split(" ", 1)), names)
        elif operation.name == "STACK_GLOBAL":
            _sort(".".join(texts[-2:]), names)
        elif operation.name.startswith("EXT"):
            names.bad.append(f"extension {argument}")
        elif "UNICODE" in operation.name:
            texts.append(str(argument))


def _sort(name: str, names: PickleNames) -> None:
    module, _, rest = name.partition(".")
    name = f"{_OLD_NAMES.get(module, module)}.{rest}"
    if name in _known_to_torch():
        return
    if name in _OPAQUE or name in _PLAIN or any(name.startswith(f"{root}.") for root in _ROOTS):
        names.foreign.add(name)
    elif all(part.isidentifier() for part in name.split(".")):
        names.bad.append(name)
    else:
        raise ValueError("not the name of a class: these bytes are no pickle")


def _known_to_torch() -> frozenset[str]:
    """Names that torch's restricted unpickler makes tensors of."""
    from torch import _weights_only_unpickler as unpickler

    return frozenset(unpickler._get_allowed_globals())


def refused(names: PickleNames) -> str:
    """The first name that must not be served; "" when there is none."""
    return names.bad[0] if names.bad else ""


def stand_ins(names: PickleNames) -> list[Callable[..., Any] | tuple[Callable[..., Any], str]]:
    """What to tell torch: under each foreign name, the stand-in."""
    return [(_stand_in(name), name) for name in sorted(names.foreign)]


def _stand_in(name: str) -> type[Any]:
    if name in _OPAQUE or name.startswith(("pathlib.", "datetime.", "enum.", "typing.")):
        return Opaque
    last = name.rsplit(".", 1)[-1]
    if last in ("deque", "list", "tuple"):
        return Sequence
    return Opaque if name in _PLAIN and last != "dict" else Record
