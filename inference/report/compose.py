"""Turns what was collected of a plot into the blocks of a report, in words of one language."""

from inference.report import charts
from inference.report.blocks import Block, Document, Figures, Heading, KeyFigures, Paragraph, Picture
from inference.report.collect import PlotReport
from inference.report.compose_evidence import accuracy_blocks, provenance_blocks
from inference.report.compose_figures import equation_blocks, field_blocks, species_blocks, stand_table
from inference.report.wording import Wording


def compose(report: PlotReport, words: Wording, picture: Picture | None, *, no_picture: str = "") -> Document:
    """The whole report.

    Args:
        report: what is said.
        words: in which language.
        picture: the map; None when it could not be drawn, `no_picture` then says why.
    """
    say = words.say
    title = say("title", plot=report.title)
    made = say("subtitle", when=words.moment(report.written_at), version=report.provenance.version)
    blocks: list[Block] = [Heading(title, 1), Paragraph(made, "muted")]
    if report.stand.trees:
        blocks.append(_key_figures(report, words))
    blocks += _area(report, words)
    blocks += [Heading(say("map"))]
    blocks.append(Paragraph(say("no_map", reason=words.told(no_picture)), "warning") if picture is None else picture)
    if report.stand.trees:
        blocks += [*stand_table(report, words), *_distributions(report, words), *species_blocks(report, words)]
        blocks += [*field_blocks(report, words), *equation_blocks(report, words)]
    blocks += [*accuracy_blocks(report, words), *provenance_blocks(report, words)]
    return Document(title, words.code, blocks, words.sentences["page"], f"BirchTree {report.provenance.version}")


def _key_figures(report: PlotReport, words: Wording) -> KeyFigures:
    stand, say = report.stand, words.say
    figures = [
        (words.count(stand.trees), say("key.trees")),
        (words.number(stand.trees_per_ha, 0), say("key.trees_per_ha")),
        (words.percent(stand.cover), say("key.cover")),
    ]
    if stand.crown_weighted_height_m is not None:
        figures.append((words.quantity(stand.crown_weighted_height_m, "m"), say("key.height")))
    if stand.stems is not None and stand.stems.biomass_t_ha is not None:
        biomass = stand.stems.biomass_t_ha
        text = f"{words.quantity(biomass.value, 't', 0)} ({words.interval(biomass, 0)})"
        figures.append((words.quantity(biomass.value, "t", 0) if biomass.low is None else text, say("key.biomass")))
    named = sum(row.trees for row in report.species if row.name is not None)
    if named:
        figures.append((words.percent(named / stand.trees), say("key.species")))
    return KeyFigures(tuple(figures))


def _area(report: PlotReport, words: Wording) -> list[Block]:
    area, stand, say = report.area, report.stand, words.say
    sentences = [
        say(f"area.{area.basis}", area=words.area(area.area_m2), parts=words.count(area.parts)),
        say("area.rule", counted=words.count(stand.trees), all=words.count(report.on_plot)),
    ]
    # Cells along the border make a difference of a little more than nothing in any area that was drawn.
    if area.lost_m2 > 0.01 * area.area_m2:
        sentences.insert(1, say("area.lost", area=words.area(area.lost_m2)))
    if report.options.reviewed_only:
        sentences.append(say("area.reviewed_only"))
    if stand.trees:
        auto = stand.trees - stand.reviewed
        sentences.append(say("area.review", reviewed=words.count(stand.reviewed), auto=words.count(auto)))
    if stand.cut:
        sentences.append(say("area.cut", count=words.count(stand.cut)))
    blocks: list[Block] = [Heading(say("area")), Paragraph(" ".join(sentences))]
    return blocks if stand.trees else [*blocks, Paragraph(say("empty"), "warning")]


def _distributions(report: PlotReport, words: Wording) -> list[Block]:
    say, whole = words.say, report.crowns.whole
    drawings, captions = [], []
    if len(report.heights):
        drawings.append(charts.histogram_chart(report.heights, say("chart.heights"), say("chart.height_axis"), words))
        captions.append(_class_caption(report.heights.step, words))
    if len(report.diameters):
        title, axis = say("chart.diameters"), say("chart.diameter_axis")
        drawings.append(charts.histogram_chart(report.diameters, title, axis, words))
        captions.append(_class_caption(report.diameters.step, words))
    if len(report.heights) and len(report.diameters):
        step = charts.thinned(len(whole))
        title = say("chart.scatter") if step == 1 else say("chart.scatter_thinned", step=step)
        axis = say("chart.diameter_axis")
        drawings.append(charts.scatter_chart(whole.diameter_m[::step], whole.height_m[::step], title, axis, words))
        captions.append("")
    if not drawings:
        return []
    return [Heading(say("distributions")), Figures(tuple(drawings), tuple(captions))]


def _class_caption(step: float, words: Wording) -> str:
    return words.say("chart.class_caption", step=words.quantity(step, "m", 0 if step == round(step) else 1))
