"""Teach species on plots: marks become a head, the head names every other crown as one step of the history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.crown import Crown
from inference.errors import InputError
from inference.models.card import ModelClass
from inference.pipeline.species_edit import is_confirmed, species_edit
from inference.project.readings import SpeciesFacts
from inference.project.species_heads import SpeciesHeadRecord
from inference.project.store import Project, now
from inference.traits.fewshot import SpeciesHead
from inference.traits.folds import square_places
from inference.traits.head_check import facts_of
from inference.traits.species import ABSTAIN_BELOW, TOP, Thresholds, call_species
from inference.traits.taxonomy import Taxonomy, standard

HEAD_ID = "species"
PLACE_M = 25.0  # marks within a square of this side share light, soil and a fold
MIN_MARKS = 2  # a single crown can be neither checked nor trusted
_PLAIN = "plain"

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Marks:
    """Crowns whose species a person confirmed and that a trait model has read; M of them on all plots.

    Attributes:
        classes: (M,) species.
        embeddings: (M, E).
        places: (M,) number of the place, for folds.
        tree_ids: of each plot.
        unread: confirmed crowns without an embedding.
        left_out: species with too few marks, with their number.
    """

    classes: tuple[ModelClass, ...]
    embeddings: Floats
    places: tuple[int, ...]
    tree_ids: tuple[frozenset[int], ...]
    unread: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A head, and what it says of the crowns that no person named.

    Attributes:
        head: the head.
        marks: what it was taught with.
        named: by plot, tree_id to species; the plots' other crowns have not been read by the model.
        unread: crowns without an embedding, by plot.
    """

    head: SpeciesHead
    marks: Marks
    named: tuple[Mapping[int, SpeciesFacts], ...]
    unread: tuple[int, ...]

    def facts(self) -> dict[str, object]:
        """For JSON."""
        told = [facts for plot in self.named for facts in plot.values()]
        counts: dict[str, int] = {}
        for one in told:
            key = one.name or "(unsure)"
            counts[key] = counts.get(key, 0) + 1
        return {
            "model": self.head.model_id,
            "classes": [one.name for one in self.head.classes],
            "check": facts_of(self.head.check),
            "marks_without_embedding": self.marks.unread,
            "left_out": dict(self.marks.left_out),
            "crowns": len(told),
            "crowns_without_embedding": sum(self.unread),
            "species": dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
        }


def model_for(projects: Sequence[Project], wanted: str | None = None) -> str:
    """The trait model whose embeddings to teach on: the one asked for, else the one that read most crowns.

    `plain` comes last: a trained model's embedding is the better one.

    Raises:
        InputError: no model has read these plots, or not the one asked for.
    """
    counts: dict[str, int] = {}
    for project in projects:
        for model in project.readings.models():
            counts[model.model_id] = counts.get(model.model_id, 0) + len(project.embeddings(model.model_id)[0])
    known = {name: count for name, count in counts.items() if count}
    if wanted is not None and wanted not in known:
        raise _not_measured(projects[0], wanted)
    if wanted is not None:
        return wanted
    if not known:
        raise _not_measured(projects[0], _PLAIN)
    return min(known, key=lambda name: (name == _PLAIN, -known[name], name))


def collect(
    projects: Sequence[Project], model_id: str, *, taxonomy: Taxonomy | None = None, min_marks: int = MIN_MARKS
) -> Marks:
    """The marks of some plots: visible crowns whose species is set without a probability.

    Args:
        projects: the plots.
        model_id: whose embeddings.
        taxonomy: writes names alike ("Quercus rubra L.", "QURU"); None for the packaged one.
        min_marks: species with fewer are left out.
    """
    table = taxonomy or standard()
    rows: list[tuple[int, int, ModelClass, Floats, int]] = []
    unread = 0
    for number, project in enumerate(projects):
        ids, embeddings = project.embeddings(model_id)
        place_of = {tree_id: place for place, tree_id in enumerate(ids.tolist())}
        marked = [(crown, _class_of(crown, table)) for crown in project.table.crowns() if is_mark(crown)]
        known = [(crown, one) for crown, one in marked if one is not None]
        squares = _squares([crown for crown, _ in known], project.unit_m)
        for (crown, one), square in zip(known, squares, strict=True):
            place = place_of.get(crown.tree_id)
            if place is None:
                unread += 1
            elif one is not None:
                rows.append((number, crown.tree_id, one, embeddings[place], square))
    counts: dict[str, int] = {}
    for _, _, one, _, _ in rows:
        counts[one.name] = counts.get(one.name, 0) + 1
    kept = [row for row in rows if counts[row[2].name] >= min_marks]
    places: dict[tuple[int, int], int] = {}
    numbers = tuple(places.setdefault((plot, square), len(places)) for plot, _, _, _, square in kept)
    return Marks(
        tuple(one for _, _, one, _, _ in kept),
        np.stack([embedding for _, _, _, embedding, _ in kept]) if kept else np.zeros((0, 0), np.float32),
        numbers,
        tuple(frozenset(tree_id for plot, tree_id, _, _, _ in kept if plot == n) for n in range(len(projects))),
        unread,
        {name: count for name, count in sorted(counts.items()) if count < min_marks},
    )


def is_mark(crown: Crown) -> bool:
    """Whether a person named the species of a crown that is there."""
    return is_confirmed(crown) and crown.review != "deleted"


def teach(
    projects: Sequence[Project],
    marks: Marks,
    model_id: str,
    *,
    taxonomy: Taxonomy | None = None,
    abstain_below: float | Thresholds = ABSTAIN_BELOW,
    precision: float | None = None,
    priors: Mapping[str, float] | None = None,
) -> Lesson:
    """Fit a head and name every crown that no person named. Nothing is written.

    With `precision`, the thresholds that reach it on marks that the head had not seen are used instead of
    `abstain_below`.

    Raises:
        InputError: fewer than two species are marked.
    """
    keys = {model.model_key for p in projects for model in p.readings.models() if model.model_id == model_id}
    if len(keys) > 1:
        raise InputError(
            "species.two_versions",
            "These plots were read by different versions of {model_id}. Measure them again with the one that is "
            "installed (`birchtree measure PLOT --model {model_id} --all`).",
            model_id=model_id,
        )
    head = SpeciesHead.fit(
        marks.embeddings,
        marks.classes,
        places=marks.places,
        priors=priors,
        precision=precision,
        taxonomy=taxonomy,
        model_id=model_id,
        model_key=next(iter(keys), ""),
    )
    limits = abstain_below if head.thresholds is None else head.thresholds
    named, unread = [], []
    for project in projects:
        ids, embeddings = project.embeddings(model_id)
        named.append(_named(project, head, ids, embeddings, taxonomy, limits))
        visible = int(project.table.visible.sum())
        unread.append(visible - len(ids))
    return Lesson(head, marks, tuple(named), tuple(unread))


def apply(project: Project, lesson: Lesson, number: int, *, head_id: str = HEAD_ID, by: str | None = None) -> int:
    """Write a lesson into a plot: head, what it says of each crown, and their names as one step of the history.

    Args:
        project: the plot.
        lesson: made of this plot, maybe with others.
        number: which of the lesson's plots this is.
        head_id: the head's name in the project; an older one of the same name is replaced.
        by: who did it, for the history.

    Returns:
        How many crowns got another name.

    Raises:
        EditConflict: another program changed the crowns meanwhile; names are then as they were.
    """
    project.refresh()
    head, told = lesson.head, lesson.named[number]
    edit = species_edit(project.table, told, f"what was taught on {head.model_id}")
    if edit.added:
        project.apply(edit, by=by)
    project.readings.write_species(head.model_id, told)
    project.save_species_head(
        SpeciesHeadRecord(head_id, head.model_id, head.model_key, now(), lesson.facts(), head.to_bytes())
    )
    return len(edit.added)


def _named(
    project: Project,
    head: SpeciesHead,
    ids: Ids,
    embeddings: Floats,
    taxonomy: Taxonomy | None,
    abstain_below: float | Thresholds,
) -> dict[int, SpeciesFacts]:
    """What the head says of the crowns that no person named."""
    table = project.table
    free = np.array([not is_confirmed(table.get(tree_id)) for tree_id in ids.tolist()], bool)
    if not free.any():
        return {}
    values = embeddings[free]
    calls = call_species(
        head.probabilities(values), head.classes, taxonomy=taxonomy, abstain_below=abstain_below, top=TOP
    )
    ood = [None if np.isnan(one) else float(one) for one in head.unlikeness(values)]
    return {
        tree_id: SpeciesFacts(
            call.name,
            call.code,
            call.rank,
            call.probability if call.name else None,
            call.entropy,
            unlike,
            call.top,
        )
        for tree_id, call, unlike in zip(ids[free].tolist(), calls, ood, strict=True)
    }


def _class_of(crown: Crown, taxonomy: Taxonomy) -> ModelClass | None:
    """The species that a person meant; None for "unknown"."""
    text = crown.species or ""
    taxon = taxonomy.find(text) or (taxonomy.find(crown.species_code) if crown.species_code else None)
    if taxon is not None:
        return ModelClass(taxon.name, taxon.code or crown.species_code or "")
    return None if taxonomy.is_unknown(text) else ModelClass(text.strip(), crown.species_code or "")


def _squares(crowns: Sequence[Crown], unit_m: float) -> list[int]:
    if not crowns:
        return []
    outlines = np.empty(len(crowns), object)
    outlines[:] = [crown.outline for crown in crowns]
    centres = shapely.get_coordinates(shapely.centroid(outlines))
    return [int(one) for one in square_places(centres * unit_m, PLACE_M)]


def _not_measured(project: Project, model_id: str) -> InputError:
    return InputError(
        "species.not_measured",
        "No crown of {plot} has been read by {model_id} yet, so there is nothing to teach on. Run `birchtree measure "
        "{plot} --model {model_id}` first.",
        plot=project.path.name,
        model_id=model_id,
    )
