"""Detectors of every kind, small enough to train within a test, and earlier models of them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch
from balsam_sets import tiny_config

from training.balsam.config import TrainConfig, repaired
from training.detectors.balsam_network import BalsamNetwork
from training.detectors.maskrcnn_network import MaskRcnnNetwork
from training.detectors.network import Network
from training.detectors.weights import Trained, write_weights
from training.maskrcnn.config import MaskRcnnConfig

GSD_M = 0.4
TILE_PX = 64
_TRAIN = TrainConfig(rpn_samples=64, roi_samples=32, nms_pre=60, max_proposals=40)
_ANCHORS_M = (1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.3, 16.0, 22.6)
_RCNN = MaskRcnnConfig(
    classes=1, width=8, blocks=(1, 1, 1, 1), pyramid=16, fc=32, anchor_sizes_px=(8, 16, 32, 64, 128), norm_eps=1e-5
)

NETWORKS: Mapping[str, Network] = {
    name: network.sized(1, TILE_PX, GSD_M)
    for name, network in {
        "balsam-sbl": BalsamNetwork(tiny_config(train=_TRAIN)),
        "rsprompter-sbl": BalsamNetwork(tiny_config(uses_dsm=False, train=_TRAIN)),
        "balsam-repaired": BalsamNetwork(repaired(tiny_config(train=_TRAIN), anchor_sizes_m=_ANCHORS_M, gsd_m=GSD_M)),
        "maskrcnn": MaskRcnnNetwork(_RCNN, rois=32),
        "maskrcnn-dsm": MaskRcnnNetwork(replace(_RCNN, channels=4, norm_learns=True), rois=32),
    }.items()
}


def earlier(folder: Path, name: str, classes: tuple[str, ...] = ("Tree",)) -> Path:
    """A folder with the weights of a tiny model, as a training of before would leave it."""
    torch.manual_seed(0)
    network = NETWORKS[name].sized(len(classes), TILE_PX, GSD_M)
    folder.mkdir(parents=True, exist_ok=True)
    write_weights(Trained(network.build().eval(), network, classes, GSD_M), folder / "training.npz")
    return folder
