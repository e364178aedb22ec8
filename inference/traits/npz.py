"""Arrays as bytes: NumPy's zip of arrays, read without ever running what might be hidden in it."""

import io
import json
import zipfile
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from inference import json_text
from inference.array_files import TooLarge, read_arrays
from inference.errors import ModelError

Arrays = dict[str, npt.NDArray[np.generic]]
_FACTS = "facts"  # a JSON text as bytes, beside the arrays


def pack(facts: Mapping[str, object], arrays: Mapping[str, npt.NDArray[np.generic]]) -> bytes:
    """One .npz of arrays and JSON facts; equal input gives equal bytes."""
    text = np.frombuffer(json.dumps(dict(facts), sort_keys=True, ensure_ascii=False).encode(), np.uint8)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted({_FACTS: text, **arrays}.items()):
            part = io.BytesIO()
            np.lib.format.write_array(part, np.ascontiguousarray(array), allow_pickle=False)
            # A fixed time, so that the hash depends on the content alone.
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), part.getvalue())
    return buffer.getvalue()


def unpack(
    payload: bytes, *, what: str, format_name: str, shapes: Mapping[str, int]
) -> tuple[dict[str, object], Arrays]:
    """Facts and arrays of `pack`.

    Args:
        payload: the file's bytes.
        what: how to call it in an error ("the species head").
        format_name: what its facts must say under "format".
        shapes: arrays that must be there, and their number of dimensions.

    Raises:
        ModelError: it is damaged, holds objects instead of numbers, or is of another kind.
    """
    try:
        arrays = read_arrays(payload)
        facts = json_text.parse(bytes(np.asarray(arrays.pop(_FACTS), np.uint8)))
    except TooLarge as error:
        raise damaged(what, str(error)) from error
    except (ValueError, OSError, LookupError, TypeError) as error:
        raise damaged(what, "it cannot be read") from error
    if not isinstance(facts, dict) or facts.get("format") != format_name:
        raise damaged(what, f"it is no {format_name}")
    for name, dimensions in shapes.items():
        array = arrays.get(name)
        if array is None or array.ndim != dimensions or array.dtype.kind not in "fiu":
            raise damaged(what, f"its part {name} is missing or of another shape")
        if array.dtype.kind == "f" and np.isnan(array).any():
            raise damaged(what, f"its part {name} holds values that are no numbers")
    return facts, arrays


def damaged(what: str, why: str) -> ModelError:
    """The error for a file that cannot be used."""
    return ModelError(
        "model.data_damaged",
        "{what} cannot be used: {why}. Nothing of it was run. Teach it again, or get it again from whoever made it.",
        what=what[:1].upper() + what[1:],
        why=why,
    )
