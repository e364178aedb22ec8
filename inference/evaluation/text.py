"""An evaluation as a table for people."""

from typing import TYPE_CHECKING

from inference.evaluation.compare import count_error_percent
from inference.evaluation.pairs import confusion
from inference.evaluation.scores import THRESHOLDS, MeanScores, ThresholdScores

if TYPE_CHECKING:
    from inference.evaluation.report import Evaluation

_PLOT_WIDTH = 24


def text_of(evaluation: "Evaluation") -> str:
    """Precision, recall and F1 of each plot and in total, then errors of the matched crowns."""
    compared = "boxes" if evaluation.boxes else "outlines"
    lines = [f"Crowns compared as {compared}; P precision, R recall, F1 at IoU {_thresholds()}"]
    lines.append(_header())
    lines += [_row(plot.name, plot.predicted_count, plot.true_count, plot.scores) for plot in evaluation.plots]
    predicted = sum(plot.predicted_count for plot in evaluation.plots)
    true = sum(plot.true_count for plot in evaluation.plots)
    if len(evaluation.plots) > 1:
        lines.append(_row(f"all {len(evaluation.plots)} plots", predicted, true, evaluation.pooled))
        lines.append(_weighted(evaluation.weighted))
    lines += _errors(evaluation, predicted, true)
    lines += evaluation.notes
    return "\n".join(lines)


def _thresholds() -> str:
    return ", ".join(f"{iou:g}" for iou in THRESHOLDS)


def _header() -> str:
    columns = "".join(f" |    P    R   F1 @{iou:<4g}" for iou in THRESHOLDS)
    return f"{'plot':<{_PLOT_WIDTH}} found  true{columns} |  RF1_75 RF1_50:95"


def _row(name: str, predicted: int, true: int, scores: ThresholdScores) -> str:
    columns = "".join(
        f" | {_share(counts.precision)} {_share(counts.recall)} {_share(counts.f1)}      "
        for counts in scores.at.values()
    )
    return (
        f"{name[:_PLOT_WIDTH]:<{_PLOT_WIDTH}} {predicted:>5} {true:>5}{columns} |    {_share(scores.rf1_75)}"
        f"      {_share(scores.rf1_50_95)}"
    )


def _weighted(means: MeanScores) -> str:
    columns = "".join(" | " + " ".join(_share(value) for value in values) + " " * 6 for values in means.at.values())
    title = "mean weighted by truths"
    rest = f" |    {_share(means.rf1_75)}      {_share(means.rf1_50_95)}"
    return f"{title:<{_PLOT_WIDTH}} {'':>5} {'':>5}{columns}{rest}"


def _errors(evaluation: "Evaluation", predicted: int, true: int) -> list[str]:
    lines = []
    error = count_error_percent(predicted, true)
    if error is not None:
        lines.append(f"Number of crowns: {error:+.1f} %")
    pairs = evaluation.pairs
    if pairs.area_bias_percent is not None:
        lines.append(f"Area of the {len(pairs.iou)} crowns matched at IoU 0.5: {pairs.area_bias_percent:+.1f} %")
    heights = pairs.height_errors()
    if heights.count:
        lines.append(f"Height of {heights.count} crowns: bias {heights.bias_m:+.2f} m, RMSE {heights.rmse_m:.2f} m")
    species = confusion(pairs.species, pairs.true_species)
    if species.accuracy is not None and species.macro_f1 is not None:
        lines.append(
            f"Species of {species.pairs} crowns: {100 * species.accuracy:.1f} % right, macro F1 {species.macro_f1:.3f}"
        )
    return lines


def _share(value: float | None) -> str:
    return "   -" if value is None else f"{value:4.2f}"
