"""A device of the tests' own: its tensors refuse to meet those of the processor, as those of a graphics card do.

They lie in main memory, so what is computed with them is exactly what the processor computes. What is not shown by it:
that a card has every operation, and what its own rounding does.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_map

DEVICE = torch.device("meta")  # the one name that torch takes without anything behind it
_aten = torch.ops.aten
# What carries tensors between devices, and what takes places in main memory (of tensors that lie elsewhere).
_CARRIERS = frozenset({_aten._to_copy.default, _aten.copy_.default, _aten.index.Tensor, _aten.index_put.default})


class Elsewhere(Tensor):
    """A tensor that says to be on the device; `inner` is what it holds."""

    inner: Tensor

    @staticmethod
    def __new__(cls, inner: Tensor) -> "Elsewhere":
        """Wrap a tensor of main memory."""
        made = Tensor._make_wrapper_subclass(  # type: ignore[attr-defined]
            cls, inner.size(), inner.stride(), inner.storage_offset(), dtype=inner.dtype, device=DEVICE
        )
        assert isinstance(made, Elsewhere)
        made.inner = inner
        return made

    def __repr__(self) -> str:
        """Its shape alone."""
        return f"Elsewhere{tuple(self.shape)}"

    @classmethod
    def __torch_dispatch__(cls, function: Any, types: Any, arguments: Any = (), named: Any = None) -> Any:
        """Do it in main memory, if all tensors are of one device."""
        return _done(function, arguments, dict(named or {}))


class _Everywhere(TorchDispatchMode):
    """Makes what is asked for on the device, and looks at operations that only tensors of main memory take part in."""

    def __torch_dispatch__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return _done(function, args, dict(kwargs or {}))


def _done(function: Any, arguments: Any, named: dict[str, Any]) -> Any:
    tensors: list[Tensor] = []
    tree_map(lambda one: tensors.append(one) if isinstance(one, Tensor) else None, (arguments, named))
    ours = [one for one in tensors if isinstance(one, Elsewhere)]
    if ours and function not in _CARRIERS and any(not isinstance(one, Elsewhere) and one.ndim for one in tensors):
        raise RuntimeError(f"{function} was given tensors of two devices")
    wanted = named.get("device")
    if wanted is not None:
        named["device"] = torch.device("cpu")
    inside, named = tree_map(lambda one: one.inner if isinstance(one, Elsewhere) else one, (arguments, named))
    found = function(*inside, **named)
    if function._schema.is_mutable and not isinstance(found, tuple | list):
        return arguments[0] if found is not None else None
    if (wanted == DEVICE) if wanted is not None else bool(ours):
        return tree_map(lambda one: Elsewhere(one) if isinstance(one, Tensor) else one, found)
    return found


def _new_tensor(like: Tensor, values: object, **named: Any) -> Tensor:
    """As torch's, which makes a tensor without numbers for the name that the device has."""
    return torch.tensor(values, **{"dtype": like.dtype, "device": "cpu", **named}).to(like.device)


@contextmanager
def a_device(monkeypatch: pytest.MonkeyPatch) -> Iterator[torch.device]:
    """The device, as long as the block lasts; without autocast, which torch does not know for it."""
    monkeypatch.setattr(torch, "autocast", lambda *_, **__: nullcontext())
    monkeypatch.setattr(Tensor, "new_tensor", _new_tensor)
    with _Everywhere():
        yield DEVICE
