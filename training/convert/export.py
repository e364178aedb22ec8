"""One torch module to one ONNX file: opset 20 through torch.export, without traces of the machine that wrote it."""

import contextlib
import io
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

# 20 has Gelu as one operator: without it ONNX Runtime spends 1.4 times as long (docs/performance.md, "Models").
OPSET = 20
# An ONNX file is one protobuf message, which ends at 2 GB; what is larger keeps its weights in a file beside it.
_MAX_FILE_BYTES = 1_900_000_000

Report = Callable[[str], None]


def export_graph(
    module: nn.Module,
    inputs: Mapping[str, Tensor],
    outputs: Sequence[str],
    path: Path,
    dynamic: Mapping[str, Mapping[int, str]] | None = None,
) -> None:
    """Write `module` as an ONNX file.

    Args:
        module: in eval mode; its `forward` takes the inputs in this order.
        inputs: example tensors by the graph's input names. A dynamic axis must be 2 or longer here, because torch
            takes 0 and 1 for constants.
        outputs: names of what `forward` returns.
        path: the file to write. Weights beyond 1.9 GB go to `<name>.data` beside it.
        dynamic: for each input the axes whose length may change, with a name; axes of one name have one length.
    """
    names: dict[str, object] = {}
    shapes = tuple(
        {axis: names.setdefault(name, torch.export.Dim(name)) for axis, name in (dynamic or {}).get(key, {}).items()}
        for key in inputs
    )
    with _quietly(), torch.no_grad():
        program = torch.onnx.export(
            module,
            tuple(inputs.values()),
            dynamo=True,
            opset_version=OPSET,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_shapes=shapes if dynamic else None,
            verbose=False,
        )
    assert program is not None
    program.save(str(path), external_data=weight_bytes(module) > _MAX_FILE_BYTES)
    _strip(path)


def weight_bytes(module: nn.Module) -> int:
    """Size of all parameters and buffers."""
    tensors = [*module.parameters(), *module.buffers()]
    return sum(tensor.numel() * tensor.element_size() for tensor in tensors)


def _strip(path: Path) -> None:
    """Take out what the exporter notes of each node: paths and lines of the source code on this machine."""
    model = onnx.load(str(path), load_external_data=False)
    for node in model.graph.node:
        node.ClearField("metadata_props")
        node.ClearField("doc_string")
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer):
        value.ClearField("metadata_props")
        value.ClearField("doc_string")
    model.graph.ClearField("metadata_props")
    model.graph.ClearField("doc_string")
    model.graph.name = path.stem
    onnx.save(model, str(path))


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Keep the exporter's own chatter from the user, who can do nothing about it."""
    noisy = [logging.getLogger(name) for name in ("torch.onnx", "torch.export", "onnxscript", "onnx_ir")]
    before = [logger.level for logger in noisy]
    for logger in noisy:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            # All of it concerns torch's own code: deprecations inside the exporter, names of axes that it made equal.
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(noisy, before, strict=True):
            logger.setLevel(level)
