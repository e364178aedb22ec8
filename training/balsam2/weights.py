"""The weights of a published model as plain numbers beside its graphs, so that training can go on from it."""

from pathlib import Path

from training.balsam2.config import Balsam2Config
from training.balsam2.model import Balsam2
from training.weight_file import DAMAGE, FILE_NAME, ROLE, damaged, read_tensors, replace_tensors, write_tensors

__all__ = ["FILE_NAME", "ROLE", "read_weights", "replace_weights", "write_weights"]


def write_weights(model: Balsam2, path: Path, *, half: bool = True) -> None:
    """All tensors and the configuration, in an .npz file; see `training.weight_file.write_tensors`."""
    write_tensors(model.state_dict(), model.config.as_json(), path, half=half)


def replace_weights(model: Balsam2, path: Path) -> None:
    """The same, exactly and over an older file in one step."""
    replace_tensors(model.state_dict(), model.config.as_json(), path)


def read_weights(path: Path) -> Balsam2:
    """The model of a file of `write_weights`, in eval mode.

    Raises:
        InputError: the file is damaged or something else.
    """
    try:
        config, tensors = read_tensors(path)
        model = Balsam2(Balsam2Config.from_json(config))
        model.load_state_dict(tensors)  # copies into the model's own float32
    except DAMAGE as error:
        raise damaged(path) from error
    return model.eval()
