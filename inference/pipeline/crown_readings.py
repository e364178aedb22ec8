"""A trait model reads pictures of crowns, in the same batches here and on a worker, which gives the same figures."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing

import numpy as np

from inference.crowns.crown import Crown
from inference.jobs import CancelToken
from inference.models.card import ModelCard, setting_number
from inference.pipeline.crew import ReadGroup
from inference.plot.plot import Plot
from inference.project.outline_keys import outline_keys
from inference.project.readings import Reading, SpeciesFacts
from inference.traits.base import CrownCrop, TraitBatch, TraitModel
from inference.traits.calibration import softmax
from inference.traits.crops import CropSize, batches_ahead, crop_order, read_crops, share_with_data
from inference.traits.domain import strangers_have_heights, strangers_have_leaves
from inference.traits.species import call_species, thresholds_of, unlike_all

BATCH = 4
# A picture with less than half of the crown on it says nothing about the rest.
_MIN_SHARE_WITH_DATA = 0.5


def read_here(
    plot: Plot, model: TraitModel, crowns: Sequence[Crown], top_k: int, cancel: CancelToken
) -> Generator[ReadGroup, None, None]:
    """What a model says of crowns, one batch after the other, the next batch of pictures being made meanwhile.

    Raises:
        Cancelled: the user stopped it.
        ModelError: the model does not work here.
        RasterError: a file is damaged.
    """
    by_id = {crown.tree_id: crown for crown in crowns}
    crops = read_crops(plot, crowns, CropSize.of(model.card), cancel)
    with closing(batches_ahead(crops, BATCH)) as batches:
        yield from _read(batches, by_id, model, top_k, cancel)


def pieces(plot: Plot, card: ModelCard, crowns: Sequence[Crown], batches: int) -> list[tuple[Crown, ...]]:
    """Crowns in the order of their pictures, cut after so many whole batches: work for `read_piece`."""
    order = crop_order(plot, crowns, CropSize.of(card)).tolist()
    step = BATCH * batches
    return [tuple(crowns[place] for place in order[start : start + step]) for start in range(0, len(order), step)]


def read_piece(
    plot: Plot, model: TraitModel, crowns: Sequence[Crown], top_k: int, cancel: CancelToken
) -> tuple[ReadGroup, ...]:
    """What `read_here` says of the same crowns: a piece's pictures are made at once and put in the piece's order.

    Raises:
        ModelError, RasterError: as `read_here`.
    """
    by_id = {crown.tree_id: crown for crown in crowns}
    crops = {crop.tree_id: crop for crop in read_crops(plot, crowns, CropSize.of(model.card), cancel)}
    ordered = [crops[crown.tree_id] for crown in crowns]
    batches = [tuple(ordered[start : start + BATCH]) for start in range(0, len(ordered), BATCH)]
    return tuple(_read(batches, by_id, model, top_k, cancel))


def _read(
    batches: Iterable[Sequence[CrownCrop]],
    by_id: Mapping[int, Crown],
    model: TraitModel,
    top_k: int,
    cancel: CancelToken,
) -> Generator[ReadGroup, None, None]:
    for batch in batches:
        cancel.check()
        usable = [crop for crop in batch if share_with_data(crop) >= _MIN_SHARE_WITH_DATA]
        read: list[Reading] = []
        if usable:
            found = model.predict(usable, cancel)
            read = readings_of(usable, [by_id[crop.tree_id] for crop in usable], found, model.card, top_k)
        yield ReadGroup(len(batch), len(batch) - len(usable), tuple(read))


def readings_of(
    crops: Sequence[CrownCrop], crowns: Sequence[Crown], found: TraitBatch, card: ModelCard, top_k: int
) -> list[Reading]:
    """What a model said of N crops, with its species called at the card's temperature and threshold."""
    outlines = np.empty(len(crowns), object)
    outlines[:] = [crown.outline for crown in crowns]
    keys = outline_keys(outlines).tolist()
    species = _species(found, card, top_k)
    unlike = None if strangers_have_heights(card) else unlike_all(card, found.ood)
    height_m = found.height_m if unlike is None else np.where(unlike, np.nan, found.height_m)
    return [
        Reading(
            crop.tree_id,
            keys[place],
            None if np.isnan(height_m[place]) else float(height_m[place]),
            species[place] if species else None,
            found.logits[place] if species else None,
            None if found.embedding is None else found.embedding[place],
        )
        for place, crop in enumerate(crops)
    ]


def _species(found: TraitBatch, card: ModelCard, top_k: int) -> list[SpeciesFacts]:
    """Empty for a model without classes."""
    if not card.classes:
        return []
    p = softmax(found.logits, setting_number(card, "temperature", 1.0))
    limits, unlike = thresholds_of(card), unlike_all(card, found.ood)
    leaves = strangers_have_leaves(card)
    calls = call_species(p, card.classes, abstain_below=limits, top=top_k, unlike=unlike, unlike_have_leaves=leaves)
    ood = np.full(len(calls), np.nan) if found.ood is None else found.ood
    return [
        SpeciesFacts(
            call.name,
            call.code,
            call.rank,
            call.probability if call.name else None,
            call.entropy,
            None if np.isnan(unlike) else float(unlike),
            call.top,
        )
        for call, unlike in zip(calls, ood.tolist(), strict=True)
    ]
