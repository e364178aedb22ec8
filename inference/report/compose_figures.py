"""The parts of a report about the stand, its species, and the equations behind stems and biomass."""

from inference.crowns.allometry_errors import Estimate
from inference.report import charts
from inference.report.blocks import Block, Figures, Heading, Paragraph, Table
from inference.report.collect import PlotReport
from inference.report.own_fields import FieldFigures
from inference.report.species_mix import SURE_FROM, SpeciesRow
from inference.report.stand import Stand
from inference.report.wording import MISSING, Wording

_MOST_ROWS = 30
_SPECIES_WIDTHS = (2.5, 0.8, 1.0, 0.8, 1.0, 1.0, 1.2, 1.4, 1.0, 1.0)
Row = tuple[str, str, str, str]


def stand_table(report: PlotReport, words: Wording) -> list[Block]:
    """Every figure of the stand with its interval and how it is calculated."""
    stand, say = report.stand, words.say
    rows = [_row("trees", words.number(stand.trees_per_ha, 0), words)]
    rows.append(_row("cover", words.percent(stand.cover), words, sum=words.percent(stand.crown_sum)))
    rows += [*_heights(stand, words), *_crowns(stand, words), *_stems(stand, words)]
    header = tuple(say(f"stand.{name}") for name in ("figure", "value", "interval", "meaning"))
    blocks: list[Block] = [Heading(say("stand")), Table(header, tuple(rows), frozenset({1, 2}), (2.4, 1.3, 1.8, 4.5))]
    if not stand.height_m.count:
        blocks.append(Paragraph(say("stand.no_heights"), "warning"))
    elif stand.stems is None:
        blocks.append(Paragraph(say("stand.no_stems"), "warning"))
    if stand.height_sources:
        blocks.append(Paragraph(say("stand.height_sources", sources=_sources(stand, words)), "muted"))
    return blocks


def species_blocks(report: PlotReport, words: Wording) -> list[Block]:
    """The species, as a chart and as a table with their stocking."""
    say = words.say
    blocks: list[Block] = [Heading(say("species"))]
    if all(row.name is None for row in report.species):
        return [*blocks, Paragraph(say("species.none"))]
    columns = ("name", "trees", "per_ha", "share", "crown_share", "height", "basal", "biomass", "confirmed", "unsure")
    header = tuple(say(f"species.{name}") for name in columns)
    rows = tuple(_species_row(row, words) for row in report.species[:_MOST_ROWS])
    blocks.append(Figures((charts.species_chart(report.species, say("chart.species"), words),), ("",)))
    blocks.append(Table(header, rows, frozenset(range(1, len(header))), _SPECIES_WIDTHS))
    left_out = len(report.species) - len(rows)
    if left_out > 0:
        blocks.append(Paragraph(say("species.more", count=words.count(left_out)), "muted"))
    blocks.append(Paragraph(say("species.explained", limit=words.percent(SURE_FROM)), "muted"))
    return blocks


def field_blocks(report: PlotReport, words: Wording) -> list[Block]:
    """The plot's own fields: values with their counts, numbers with their mean and range."""
    say = words.say
    if not report.fields:
        return []
    header = (say("fields.field"), say("fields.known"), say("fields.values"))
    rows = tuple((field.name, words.count(field.known), _field_values(field, words)) for field in report.fields)
    return [Heading(say("fields")), Table(header, rows, frozenset({1}), (2.4, 1.0, 6.6))]


def _field_values(field: FieldFigures, words: Wording) -> str:
    if field.mean is not None:
        digits = 0 if field.kind == "integer" else 1
        return words.say(
            "fields.numbers",
            mean=words.number(field.mean),
            low=words.number(field.least, digits),
            high=words.number(field.most, digits),
            total=words.number(field.total, digits),
        )
    listed = [f"{_field_word(value, field, words)} {words.count(count)}" for value, count in field.values]
    if field.others:
        listed.append(words.say("fields.others", count=words.count(field.others)))
    return "; ".join(listed)


def _field_word(value: str, field: FieldFigures, words: Wording) -> str:
    if field.kind != "flag":
        return value
    return words.say("fields.yes") if value == "yes" else words.say("fields.no")


def equation_blocks(report: PlotReport, words: Wording) -> list[Block]:
    """The equations by name, and what their intervals mean."""
    stems, say = report.stand.stems, words.say
    if stems is None:
        return []
    blocks: list[Block] = [Heading(say("equations")), Paragraph(say("equations.estimated"))]
    for use in stems.equations:
        name, count = use.id or say("equations.unnamed"), words.count(use.crowns)
        if use.source:
            blocks.append(Paragraph(say("equations.use", id=name, count=count, source=use.source)))
        else:
            blocks.append(Paragraph(say("equations.no_source", id=name, count=count), "warning"))
    return [*blocks, Paragraph(say("equations.intervals"), "muted")]


def _heights(stand: Stand, words: Wording) -> list[Row]:
    height = stand.height_m
    if not height.count:
        return []
    low, high = words.number(height.low), words.quantity(height.high, "m")
    rows = [
        _row(
            "mean_height", words.quantity(height.mean, "m"), words, count=words.count(height.count), low=low, high=high
        ),
        _row("crown_height", words.quantity(stand.crown_weighted_height_m, "m"), words),
    ]
    if stand.lorey_height_m is not None:
        rows.append(_row("lorey", words.quantity(stand.lorey_height_m, "m"), words))
    return [*rows, _row("top", words.quantity(stand.top_height_m, "m"), words)]


def _crowns(stand: Stand, words: Wording) -> list[Row]:
    diameter, crown = stand.diameter_m, stand.crown_m2
    if not diameter.count:
        return []
    low, high = words.number(diameter.low), words.quantity(diameter.high, "m")
    return [
        _row("diameter", words.quantity(diameter.mean, "m"), words, low=low, high=high),
        _row("crown_area", words.quantity(crown.mean, "m²"), words, high=words.quantity(crown.high, "m²")),
    ]


def _stems(stand: Stand, words: Wording) -> list[Row]:
    stems = stand.stems
    if stems is None:
        return []
    count = words.count(stems.trees)
    rows = [
        _estimate("dbh", stems.quadratic_mean_dbh_cm, "cm", words, count=count),
        _estimate("basal", stems.basal_area_m2_ha, "m²/ha", words),
    ]
    if stems.biomass_t_ha is not None and stems.biomass_t is not None:
        rows.append(_estimate("biomass", stems.biomass_t_ha, "t/ha", words))
        rows.append(_estimate("biomass_total", stems.biomass_t, "t", words))
    return rows


def _row(name: str, value: str, words: Wording, interval: str = "", **facts: str) -> Row:
    return (words.say(f"stand.{name}"), value, interval, words.say(f"stand.{name}.how", **facts))


def _estimate(name: str, estimate: Estimate, unit: str, words: Wording, **facts: str) -> Row:
    return _row(name, words.quantity(estimate.value, unit), words, words.interval(estimate), **facts)


def _sources(stand: Stand, words: Wording) -> str:
    parts = []
    for source, count in stand.height_sources.items():
        key = f"source.{source}" if words.has(f"source.{source}") else "source.other"
        parts.append(words.say(key, source=source, count=words.count(count)))
    return "; ".join(parts)


def _species_row(row: SpeciesRow, words: Wording) -> tuple[str, ...]:
    stems = row.stems
    basal = MISSING if stems is None else words.number(stems.basal_area_m2_ha.value)
    biomass = MISSING if stems is None or stems.biomass_t_ha is None else words.number(stems.biomass_t_ha.value)
    return (
        row.name or words.say("species.unnamed"),
        words.count(row.trees),
        words.number(row.trees_per_ha, 0),
        words.percent(row.share),
        words.percent(row.crown_share),
        words.number(row.height_m.mean),
        basal,
        biomass,
        words.count(row.confirmed),
        words.count(row.unsure),
    )
