"""Networks read back from JSON, whatever their kind."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from training.detectors import balsam_network, maskrcnn_network
from training.detectors.network import Network

_KINDS: Mapping[str, Callable[[Mapping[str, Any]], Network]] = MappingProxyType(
    {
        balsam_network.KIND: balsam_network.balsam_of_json,
        maskrcnn_network.KIND: maskrcnn_network.maskrcnn_of_json,
    }
)
KINDS = tuple(_KINDS)


def network_of_json(found: Mapping[str, Any]) -> Network:
    """The network that `Network.as_json` told.

    Raises:
        KeyError, TypeError, InputError: no such kind, or a field is missing, unknown or cannot be.
    """
    return _KINDS[found["kind"]](found)
