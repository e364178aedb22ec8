"""The results as tables: one content, told as plain text or as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.accuracy.clicks import ClickScore
from benchmarks.accuracy.results import Results
from benchmarks.accuracy.samples import FieldScore, PolygonScore
from benchmarks.accuracy.scores import NoScore, SiteScore
from inference.evaluation.scores import ThresholdScores
from inference.evaluation.traits import HeightScores

_NUMERIC = frozenset("0123456789.+-–() %:of")


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as texts, with what a reader must know below."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """For a terminal; columns of figures to the right."""
        cells = [self.columns, *self.rows]
        widths = [max(len(row[place]) for row in cells) for place in range(len(self.columns))]
        right = [self._is_numeric(place) for place in range(len(self.columns))]
        lines = [self.title]
        for row in cells:
            padded = [
                cell.rjust(width) if to_right else cell.ljust(width)
                for cell, width, to_right in zip(row, widths, right, strict=True)
            ]
            lines.append("  ".join(padded).rstrip())
        return "\n".join([*lines, *self.notes])

    def markdown(self) -> str:
        """For the documentation."""
        line = [("---:" if self._is_numeric(place) else "---") for place in range(len(self.columns))]
        rows = [self.columns, tuple(line), *self.rows]
        table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
        return "\n\n".join([f"**{self.title}**", table, *self.notes])

    def _is_numeric(self, place: int) -> bool:
        return bool(self.rows) and all(set(row[place]) <= _NUMERIC for row in self.rows)


def tables(results: Results) -> list[Table]:
    """All tables that have rows."""
    found = [
        _crowns("Crowns as boxes, cross-validated by place", results.sites, results.ious),
        _crowns("Sites that the model never saw", results.unseen_sites, results.ious),
        _told(results.sites, results.ious),
        _clicks(results.clicks),
        _polygons(results.polygons),
        _field(results.field),
        _heights(results.sites),
        _species(results.sites),
    ]
    return [table for table in found if table.rows]


def _crowns(title: str, scores: Sequence[SiteScore | NoScore], ious: Sequence[float]) -> Table:
    columns = ("site", "outlined by", "plots", "true", "found", *_share_names(ious), "RF1_75", "RF1_50:95")
    columns = (*columns, f"F1 {ious[0]:g} of folds: mean (min–max)", f"F1 {ious[0]:g} at best score", "exam")
    rows = [_crown_row(score, ious, len(columns)) for score in scores]
    notes = []
    if any(isinstance(score, SiteScore) and not score.complete for score in scores):
        notes.append("With a star: not every crown is labelled; recall holds, precision and F1 are lower bounds.")
    return Table(title, columns, tuple(rows), tuple(notes))


def _crown_row(score: SiteScore | NoScore, ious: Sequence[float], columns: int) -> tuple[str, ...]:
    if isinstance(score, NoScore):
        return (score.site, score.models, *("-",) * (columns - 3), score.reason)
    plots = str(score.plots) if score.plots == score.plots_of_site else f"{score.plots} of {score.plots_of_site}"
    shares = _shares(score.crowns, ious)
    rf1 = (share(score.crowns.rf1_75), share(score.crowns.rf1_50_95))
    spread = score.spread(ious[0])
    by_fold = "-" if spread is None else f"{spread.mean:.2f} ({spread.least:.2f}–{spread.most:.2f})"
    cut = score.best_cut.get(ious[0])
    hint = "-" if cut is None else f"{cut.f1:.2f} ({cut.score:.2f})"
    site = score.site if score.complete else f"{score.site}*"
    counted = (plots, str(score.true), str(score.predicted))
    return (site, score.models, *counted, *shares, *rf1, by_fold, hint, score.exam)


def _share_names(ious: Sequence[float]) -> list[str]:
    return [f"{name} {iou:g}" for iou in ious for name in ("P", "R", "F1")]


def _shares(crowns: ThresholdScores, ious: Sequence[float]) -> list[str]:
    counts = [crowns.at[iou] for iou in ious]
    return [share(value) for one in counts for value in (one.precision, one.recall, one.f1)]


def _told(scores: Sequence[SiteScore | NoScore], ious: Sequence[float]) -> Table:
    columns = ("site", "outlined by", "plots", "true", *_share_names(ious))
    rows = []
    for score in scores:
        if isinstance(score, SiteScore) and score.told is not None:
            first = score.told.crowns.at[ious[0]]
            counted = (f"{score.told.plots} of {score.plots}", str(first.matched + first.missed))
            rows.append((score.site, score.models, *counted, *_shares(score.told.crowns, ious)))
    note = "On the others less than a quarter of the canopy above 5 m is labelled: a few boxes among many trees."
    return Table("Without the plots on which hardly a tree is labelled", columns, tuple(rows), (note,))


def _polygons(scores: Sequence[PolygonScore | NoScore]) -> Table:
    overlap = ("mean IoU of all (min–max of models)", "of those met", "by one click", "by a box")
    rows: list[tuple[str, ...]] = []
    for score in scores:
        if isinstance(score, NoScore):
            rows.append((score.site, score.models, *("-",) * 6, score.reason))
            continue
        spread = "" if score.runs == 1 else f" ({score.least_iou:.2f}–{score.most_iou:.2f})"
        found = (str(score.true), f"{score.found:g}", f"{score.best_iou:.2f}{spread}", share(score.matched_iou))
        rows.append((score.picture, score.models, *found, share(score.click_iou), share(score.box_iou), ""))
    columns = ("picture", "outlined by", "polygons", "met at IoU 0.5", *overlap, "why not")
    return Table("Outlines against polygons", columns, tuple(rows))


def _clicks(scores: Sequence[ClickScore]) -> Table:
    columns = ("site", "asked", "crowns", "one click: IoU", "met at 0.5", "a box: IoU", "met at 0.5")
    rows = []
    for score in scores:
        shares = (score.click_iou, score.click_met, score.box_iou, score.box_met)
        rows.append((score.site, score.models, str(score.crowns), *(share(value) for value in shares)))
    return Table("Crowns clicked, as boxes", columns, tuple(rows))


def _field(scores: Sequence[FieldScore | NoScore]) -> Table:
    rows = [
        (score.models, score.reason)
        if isinstance(score, NoScore)
        else (score.models, ", ".join(str(count) for count in score.crowns))
        for score in scores
    ]
    return Table("Crowns on a field without a tree", ("outlined by", "crowns"), tuple(rows))


def _heights(scores: Sequence[SiteScore | NoScore]) -> Table:
    columns = ("site", "outlined by", "height", "against", "crowns", "bias m", "MAE m", "RMSE m")
    rows = []
    for score in scores:
        if isinstance(score, SiteScore):
            kinds: tuple[tuple[str, str, HeightScores], ...] = (
                ("of the row", "field", score.field),
                ("read by the trait model", "field", score.model_field),
                ("of the row", "CHM in the true box", score.chm),
            )
            for height, against, one in kinds:
                if one.count:
                    errors = (f"{one.bias_m:+.2f}", f"{one.mae_m:.2f}", f"{one.rmse_m:.2f}")
                    rows.append((score.site, score.models, height, against, str(one.count), *errors))
    return Table("Heights of the crowns matched at IoU 0.5", columns, tuple(rows))


def _species(scores: Sequence[SiteScore | NoScore]) -> Table:
    rows = []
    for score in scores:
        if isinstance(score, SiteScore) and score.species.pairs:
            right = (share(score.species.accuracy), share(score.species.macro_f1))
            counted = (str(score.species.pairs), str(len(score.species.f1())), str(score.named))
            rows.append((score.site, score.models, *counted, *right))
    columns = ("site", "outlined by", "crowns", "taxa", "named in the row", "likeliest right", "macro F1")
    return Table("Species of the crowns matched at IoU 0.5", columns, tuple(rows))


def share(value: float | None) -> str:
    """Two digits, "-" for what cannot be told."""
    return "-" if value is None else f"{value:.2f}"
