"""The parts of a report about what was measured of its accuracy, and about where its crowns come from."""

from inference.report.accuracy import TruthCheck
from inference.report.blocks import Block, Heading, Paragraph, Table
from inference.report.collect import PlotReport
from inference.report.provenance import flattened
from inference.report.wording import MISSING, Wording
from inference.review.accuracy import Estimate
from inference.review.standing import Standing

_MEGABYTE = 1_000_000
_LONG_HASH = 64


def accuracy_blocks(report: PlotReport, words: Wording) -> list[Block]:
    """What was measured; that nothing was is said as clearly."""
    accuracy, say = report.accuracy, words.say
    blocks: list[Block] = [Heading(say("accuracy"))]
    if accuracy.is_empty:
        return [*blocks, Paragraph(say("accuracy.none"), "warning")]
    if accuracy.review is not None:
        blocks.append(Paragraph(_review(accuracy.review, words)))
    for check in accuracy.heights:
        facts = {"source": check.source, "count": words.count(check.count)}
        errors = {"bias": words.quantity(check.bias_m, "m", 2), "rmse": words.quantity(check.rmse_m, "m", 2)}
        blocks.append(Paragraph(say("accuracy.height", **facts, **errors)))
    if accuracy.truth is not None:
        blocks.append(Paragraph(_truth(accuracy.truth, words)))
        blocks += [Paragraph(note, "muted") for note in accuracy.truth.notes]
    return blocks


def provenance_blocks(report: PlotReport, words: Wording) -> list[Block]:
    """Files, models, runs, findings and people."""
    source, say = report.provenance, words.say
    reviews = ", ".join(f"{_word('review', name, words)} {words.count(count)}" for name, count in source.reviews)
    epsg = "" if source.epsg is None else f" (EPSG:{source.epsg})"
    made = say("provenance.made_by", when=words.moment(source.created_at), version=source.created_version or MISSING)
    rows = [(say("provenance.project"), source.project), (say("provenance.made"), made)]
    for raster in source.rasters:
        size = words.number(raster.size_bytes / _MEGABYTE)
        rows.append((say(f"provenance.{raster.role}"), say("provenance.file", name=raster.name, size=size)))
    rows += [
        (say("provenance.rasters_key"), source.rasters_key),
        (say("provenance.crs"), f"{source.crs or MISSING}{epsg}"),
        (say("provenance.gsd"), words.quantity(100 * source.gsd_m, "cm")),
        (say("provenance.reviews"), reviews or MISSING),
    ]
    if source.edited_by:
        people = ", ".join(f"{name} ({words.count(count)})" for name, count in source.edited_by)
        rows.append((say("provenance.people"), people))
    blocks: list[Block] = [Heading(say("provenance")), Table((), tuple(rows), widths=(1.2, 4))]
    return [*blocks, *_runs(report, words), *_trait_models(report, words), *_findings(report, words)]


def _runs(report: PlotReport, words: Wording) -> list[Block]:
    source, say = report.provenance, words.say
    blocks: list[Block] = [Heading(say("provenance.runs"), 3)]
    if not source.runs:
        return [*blocks, Paragraph(say("provenance.no_runs"))]
    rows = []
    for run in source.runs:
        settings = "; ".join(f"{name} {value}" for name, value in flattened(run.parameters) if name)
        state = _word("state", run.state, words)
        rows.append((run.run_id, run.model_id, words.moment(run.started_at), state, settings or MISSING))
    header = tuple(say(f"provenance.{name}") for name in ("run", "model", "started", "state", "parameters"))
    blocks.append(Table(header, tuple(rows), widths=(1.3, 1.4, 1.5, 1, 5)))
    changed = [run.run_id for run in source.runs if run.sources_key and run.sources_key != source.rasters_key]
    blocks += [Paragraph(say("provenance.changed", run=run_id), "warning") for run_id in changed]
    return blocks


def _trait_models(report: PlotReport, words: Wording) -> list[Block]:
    say, models = words.say, report.provenance.trait_models
    if not models:
        return []
    header = tuple(say(f"provenance.{name}") for name in ("model", "used", "sha"))
    rows = tuple(
        (
            f"{model.title} ({model.model_id})",
            words.moment(model.used_at),
            "; ".join(f"{role} {sha[:_LONG_HASH]}" for role, sha in model.sha256) or MISSING,
        )
        for model in models
    )
    return [Heading(say("provenance.trait_models"), 3), Table(header, rows, widths=(2.5, 1.5, 5))]


def _findings(report: PlotReport, words: Wording) -> list[Block]:
    findings, say = report.provenance.findings, words.say
    blocks: list[Block] = [Heading(say("provenance.findings"), 3)]
    if not findings:
        return [*blocks, Paragraph(say("provenance.no_findings"))]
    return [
        *blocks,
        *(Paragraph(words.told(one.sentence), "plain" if one.severity == "info" else "warning") for one in findings),
    ]


def _review(judged: Standing, words: Wording) -> str:
    say, sentences = words.say, []
    if judged.right is not None:
        counts = {"count": words.count(judged.right.count), "unseen": words.count(judged.unseen)}
        sentences.append(
            say("accuracy.review", **counts, right=words.percent(judged.right.value), **_limits(judged.right, words))
        )
    if judged.trees is not None:
        share = words.percent(judged.trees.value)
        sentences.append(say("accuracy.review_trees", share=share, **_limits(judged.trees, words)))
    if judged.all_right is not None:
        facts = {"seen": words.count(judged.seen), "right": words.percent(judged.all_right.value)}
        sentences.append(say("accuracy.review_all", **facts, **_limits(judged.all_right, words)))
    return " ".join([*sentences, say("accuracy.review_missed")])


def _limits(estimate: Estimate, words: Wording) -> dict[str, str]:
    return {"low": words.percent(estimate.low), "high": words.percent(estimate.high)}


def _truth(check: TruthCheck, words: Wording) -> str:
    say = words.say
    shares = {name: words.number(getattr(check, name), 2) for name in ("precision", "recall", "f1")}
    counts = {"true": words.count(check.true), "found": words.count(check.found)}
    sentences = [say("accuracy.truth", truth=check.truth, **counts, **shares, iou=words.number(check.mean_iou, 2))]
    if check.area_bias_percent is not None:
        percent = words.percent(abs(check.area_bias_percent) / 100, 1)
        is_large = check.area_bias_percent >= 0
        sentences.append(
            say("accuracy.truth_large", percent=percent) if is_large else say("accuracy.truth_small", percent=percent)
        )
    if check.height_rmse_m is not None:
        bias, rmse = words.quantity(check.height_bias_m, "m", 2), words.quantity(check.height_rmse_m, "m", 2)
        sentences.append(say("accuracy.truth_height", bias=bias, rmse=rmse))
    if check.species_share is not None:
        sentences.append(say("accuracy.truth_species", share=words.percent(check.species_share)))
    return " ".join(sentences)


def _word(kind: str, name: str, words: Wording) -> str:
    return words.say(f"{kind}.{name}") if words.has(f"{kind}.{name}") else name
