"""Evaluates predictions against a truth, over one plot or many, and tells the result to people and programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inference.errors import InputError
from inference.evaluation.area import Area
from inference.evaluation.area_source import area_of
from inference.evaluation.compare import PlotEvaluation, compare, count_error_percent
from inference.evaluation.layers import write_layers
from inference.evaluation.pairs import MatchedPairs
from inference.evaluation.scores import SIZE_CLASSES_M2, THRESHOLDS, Counts, MeanScores, ThresholdScores, pooled
from inference.evaluation.subjects import Crowns, plot_among, predictions, truth_for, truth_rows


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The plots of an evaluation and their totals.

    Attributes:
        plots: one or more.
        boxes: whether envelopes were compared.
        notes: sentences about how the files were read.
    """

    plots: tuple[PlotEvaluation, ...]
    boxes: bool
    notes: tuple[str, ...] = ()

    @property
    def pooled(self) -> ThresholdScores:
        """Scores over the crowns of all plots together."""
        return pooled([plot.scores for plot in self.plots])

    @property
    def pairs(self) -> MatchedPairs:
        """The matched crowns of all plots."""
        return MatchedPairs.joined([plot.pairs for plot in self.plots])

    @property
    def by_size(self) -> dict[str, Counts]:
        """`Counts` at IoU 0.5 by crown area class, all plots together."""
        zero = Counts(0, 0, 0)
        return {name: sum((plot.by_size[name] for plot in self.plots), start=zero) for name, *_ in SIZE_CLASSES_M2}

    @property
    def mutual(self) -> dict[float, Counts]:
        """`Counts` of mutual best matching, all plots together."""
        zero = Counts(0, 0, 0)
        return {iou: sum((plot.mutual[iou] for plot in self.plots), start=zero) for iou in THRESHOLDS}

    @property
    def weighted(self) -> MeanScores:
        """Means over plots, weighted by their number of true crowns."""
        return MeanScores.of([plot.scores for plot in self.plots])

    def facts(self) -> dict[str, object]:
        """For JSON."""
        predicted = sum(plot.predicted_count for plot in self.plots)
        true = sum(plot.true_count for plot in self.plots)
        return {
            "compared": "boxes" if self.boxes else "outlines",
            "plots": [plot.facts() for plot in self.plots],
            "total": {
                "predicted": predicted,
                "true": true,
                "count_error_percent": count_error_percent(predicted, true),
                "pooled": self.pooled.to_json(),
                "weighted": self.weighted.to_json(),
                "mutual": {f"{iou:.2f}": counts.to_json() for iou, counts in self.mutual.items()},
                "by_size": {name: counts.to_json() for name, counts in self.by_size.items()},
                "matched": self.pairs.facts(),
            },
            "notes": list(self.notes),
        }

    def text(self) -> str:
        """For people."""
        from inference.evaluation.text import text_of

        return text_of(self)


def evaluate_files(
    predicted: Sequence[Path],
    truth: Path,
    *,
    aoi: Path | None = None,
    boxes: bool = False,
    layers: Path | None = None,
) -> Evaluation:
    """Compare the crowns of files with the truth.

    The truth may hold many plots, told apart by a column `plot`. Each prediction meets the truth of its own plot: the
    rows whose `plot` its orthomosaic or file is named after, and for a project only what lies in its orthomosaic. A
    prediction file with a column `plot` of its own is compared plot by plot.

    Args:
        predicted: projects or any vector files.
        truth: a project or any vector file.
        aoi: compare only inside these polygons; of a project its complete areas; "complete" those of the truth.
        boxes: compare envelopes.
        layers: GeoPackage to write matched, missed and false crowns to.

    Raises:
        BirchtreeError: a file cannot be read or the two cannot be brought together.
    """
    if not predicted:
        raise InputError("evaluate.nothing", "There is nothing to evaluate. Name at least one file of predictions.")
    if layers is not None:
        _check_layers_name(layers, [*predicted, truth, *([] if aoi is None else [aoi])])
    plots: list[PlotEvaluation] = []
    notes: list[str] = []
    all_true = truth_rows(truth)
    for path in predicted:
        mine = predictions(path)
        true = truth_for(all_true, mine)
        notes += [note for note in (*mine.notes, *true.notes) if note not in notes]
        area = None if aoi is None else area_of(aoi, truth, mine.crs_wkt)
        plots += _plots(mine, true, area, boxes=boxes)
    if aoi is not None:
        notes += _look_inside(plots, aoi)
    if layers is not None:
        write_layers(plots, layers)
    return Evaluation(tuple(plots), boxes, tuple(notes))


def _look_inside(plots: Sequence[PlotEvaluation], aoi: Path) -> list[str]:
    """What to say about an area that holds no true crown.

    Raises:
        InputError: it holds nothing at all.
    """
    if any(plot.true_count for plot in plots):
        return []
    if any(plot.predicted_count for plot in plots):
        return [f"No true crown lies in the area of {aoi.name}: every predicted crown in it counts as false."]
    raise InputError(
        "evaluate.outside",
        "There is nothing to compare: no crown, predicted or true, lies in the area of {name}. Choose the area of this "
        "plot, or check its coordinate reference system.",
        name=aoi.name,
    )


def _check_layers_name(layers: Path, inputs: Sequence[Path]) -> None:
    """Refuse to write the layers over what is compared, or under a name that promises another format."""
    if any(layers.exists() and path.exists() and layers.samefile(path) for path in inputs):
        raise InputError(
            "evaluate.layers_over_input",
            "{name} is one of the files compared, which the layers would destroy. Choose another name for --layers.",
            name=layers.name,
        )
    if layers.suffix.lower() != ".gpkg":
        raise InputError(
            "evaluate.layers_name",
            "The layers are written as GeoPackage, but {name} does not end in .gpkg. Write for example"
            " --layers {better}.",
            name=layers.name,
            better=layers.with_suffix(".gpkg").name if layers.name else "layers.gpkg",
        )


def _plots(predicted: Crowns, true: Crowns, area: Area | None, *, boxes: bool) -> list[PlotEvaluation]:
    names = true.texts("plot")
    own_names = predicted.texts("plot")
    common = {name for name in names.tolist() if name} & {name for name in own_names.tolist() if name}
    if common:
        return [
            compare(
                predicted.chosen(np.flatnonzero(own_names == name)),
                true.chosen(np.flatnonzero(names == name)),
                area,
                boxes=boxes,
                name=str(name),
            )
            for name in sorted({name for name in names.tolist() if name})
        ]
    plot = plot_among(predicted.image_names, names)
    if plot is not None:
        true = true.chosen(np.flatnonzero(names == plot))
    return [compare(predicted, true, area or predicted.extent_crs, boxes=boxes, name=plot or predicted.name)]
