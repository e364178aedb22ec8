"""A taught head as a trait model of its own: the base model's graph, and a head file that names the species.

On disk it is a model folder of the family "taught": `head.npz` (role "head"), the base model's ONNX file (role
"traits") unless the base is `plain`, the card, and the base's licence. Its card names the species that were taught;
what the base told before is in `settings["base_classes"]`, because its graph still gives that many logits.
"""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from inference.errors import InputError, ModelError
from inference.jobs import CancelToken
from inference.models import card as cards
from inference.models.card import GraphFile, ModelCard, ModelClass, Setting
from inference.models.store import InstalledModel
from inference.traits.base import CrownCrop, TraitBatch, TraitModel
from inference.traits.fewshot import SpeciesHead
from inference.traits.plain_embedding import CARD as PLAIN_CARD
from inference.traits.plain_embedding import PlainEmbedding

FAMILY = "taught"
HEAD = "head"  # role of the head file in `card.graphs`
TRAITS = "traits"
_HEAD_FILE, _LICENCE_FILE = "head.npz", "licence.txt"
# Of the base's settings, these speak of its own classes and training crowns.
_NOT_INHERITED = frozenset(
    {"temperature", "abstain_below", "abstain_below_by_rank", "abstain_plot_beyond", "default", "ood", "calibration"}
)


class TaughtModel:
    """A base model whose species come from a head; heights and attention stay the base's."""

    def __init__(self, card: ModelCard, base: TraitModel, head: SpeciesHead, head_key: str) -> None:
        self._card, self._base, self._head = card, base, head
        self._key = f"{base.model_key}+{head_key}"

    @property
    def card(self) -> ModelCard:
        """Needs and origin."""
        return self._card

    @property
    def model_key(self) -> str:
        """The base's key and the start of the head's SHA-256."""
        return self._key

    def predict(self, crops: Sequence[CrownCrop], cancel: CancelToken) -> TraitBatch:
        """As the base, with the head's scores as logits.

        Raises:
            Cancelled: the user stopped it.
            ModelError: the base gives no embedding, or one of another length.
        """
        found = self._base.predict(crops, cancel)
        embedding = found.embedding
        if embedding is None:
            raise ModelError(
                "model.outputs",
                "The model {model_id} cannot be used: its base gives no embedding to tell species from.",
                model_id=self._card.id,
            )
        ood = None if self._head.cloud is None else self._head.unlikeness(embedding)
        return replace(found, logits=self._head.scores(embedding), ood=ood)

    def close(self) -> None:
        """Free the base."""
        self._base.close()


def open_taught(model: InstalledModel) -> TaughtModel:
    """Load a model of the family "taught".

    Raises:
        ModelError: a file is missing, damaged, or not what the card says.
    """
    payload = model.graph(HEAD).read_bytes()
    head = SpeciesHead.from_bytes(payload)
    if head.classes != model.card.classes:
        raise _unfit(model.card, "its card names other species than its head")
    base = _base(model)
    if base.model_key != head.model_key:
        base.close()
        raise _unfit(model.card, f"it was taught on {head.model_id} {head.model_key}, here is {base.model_key}")
    return TaughtModel(model.card, base, head, hashlib.sha256(payload).hexdigest()[:16])


def _base(model: InstalledModel) -> TraitModel:
    if TRAITS not in model.card.graphs:
        return PlainEmbedding()
    # Loads ONNX Runtime's session code, which a head on `plain` does not need.
    from inference.traits.dinovtree import FAMILY as BASE_FAMILY
    from inference.traits.dinovtree import DinovtreeModel

    listed = model.card.settings.get("base_classes")
    names = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    card = replace(
        model.card,
        family=BASE_FAMILY,
        classes=tuple(ModelClass(name) for name in names),
        graphs={TRAITS: model.card.graphs[TRAITS]},
    )
    return DinovtreeModel(InstalledModel(card, model.folder, model.shipped))


def export_taught(
    head: SpeciesHead, base: InstalledModel | None, folder: Path, *, model_id: str, site: str = ""
) -> ModelCard:
    """Write a head and its base as a model folder that `birchtree models add` takes.

    Args:
        head: taught.
        base: the installed model that it was taught on; None for `plain`.
        folder: must not exist, or be empty.
        model_id: of the new model: lower-case letters, digits, hyphens.
        site: where the marks are, in words.

    Raises:
        InputError: the folder is in use.
        ModelError: the base is not the one that the head was taught on, or is damaged.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            "model.folder_in_use",
            "{folder} is there already and not empty. Choose another folder for the model.",
            folder=folder,
        )
    base_card = PLAIN_CARD if base is None else base.card
    key = PLAIN_CARD.version if base is None else base.card.graphs[TRAITS].sha256[:16]
    if key != head.model_key:
        raise _unfit(base_card, f"the species were taught on {head.model_id} {head.model_key}, but installed is {key}")
    source = None if base is None else base.graph(TRAITS)
    folder.mkdir(parents=True, exist_ok=True)
    payload = head.to_bytes()
    (folder / _HEAD_FILE).write_bytes(payload)
    graphs = {HEAD: GraphFile(_HEAD_FILE, hashlib.sha256(payload).hexdigest(), len(payload))}
    if base is not None and source is not None:
        shutil.copyfile(source, folder / source.name)
        graphs[TRAITS] = base.card.graphs[TRAITS]
        text = base.licence_text()
        if text:
            (folder / _LICENCE_FILE).write_text(text, encoding="utf-8")
    card = _card(head, base_card, graphs, model_id, site)
    (folder / cards.FILE_NAME).write_text(card.to_json(), encoding="utf-8")
    return card


def _card(head: SpeciesHead, base: ModelCard, graphs: dict[str, GraphFile], model_id: str, site: str) -> ModelCard:
    settings: dict[str, Setting] = {k: v for k, v in base.settings.items() if k not in _NOT_INHERITED}
    settings |= {
        "base": base.id,
        "base_classes": [one.name for one in base.classes],
        "temperature": float(head.temperature),
    }
    if head.thresholds is not None:
        settings["abstain_below_by_rank"] = {rank: float(limit) for rank, limit in head.thresholds.items()}
    marked = ", ".join(f"{one.name} ({one.marks})" for one in head.check.classes)
    return replace(
        base,
        id=model_id,
        family=FAMILY,
        title=f"{len(head.classes)} species taught on {base.id}",
        version="1",
        classes=head.classes,
        site=site,
        accuracy=head.check.sentence(),
        limits=f"Taught with {head.check.marks} marks: {marked}. Trees of other species are called one of these.",
        settings=settings,
        graphs=graphs,
        source_sha256="",
    )


def _unfit(card: ModelCard, why: str) -> ModelError:
    return ModelError(
        "model.taught_base",
        "The taught model {model_id} cannot be used: {why}. Measure the plots with the installed model and teach the "
        "species again.",
        model_id=card.id,
        why=why,
    )
