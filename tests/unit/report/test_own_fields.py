"""What the report says of the plot's own fields."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from factories_stand import tree

from inference.crowns.records import CustomField
from inference.crowns.table import CrownTable
from inference.plot.plot import Plot
from inference.project import custom_fields
from inference.project.store import Project
from inference.report.collect import collect
from inference.report.compose_figures import field_blocks
from inference.report.own_fields import MOST_VALUES, own_fields
from inference.report.wording import wording

MakeProject = Callable[..., Path]


def test_words_are_counted_and_numbers_averaged() -> None:
    fields = (
        CustomField(1, "health", "Health", "choice", ("good", "poor")),
        CustomField(2, "cm", "Stem cm", "real"),
        CustomField(3, "leans", "Leans", "flag"),
        CustomField(4, "empty", "Empty", "text"),
        CustomField(5, "who", "Who", "text"),
    )
    values = [(("cm", 10.0), ("health", "good"), ("leans", True)), (("cm", 20.0), ("health", "poor")), (), ()]
    table = CrownTable(
        replace(tree(n, 10.0 * n, 30, 2, 10.0), custom=tuple(sorted((*pairs, ("who", f"w{n}")))))
        for n, pairs in enumerate(values, start=1)
    )
    health, cm, leans, who = own_fields(table, table.ids, fields)
    assert (health.values, health.known, health.unknown) == ((("good", 1), ("poor", 1)), 2, 2)
    assert (cm.mean, cm.least, cm.most, cm.total) == (15.0, 10.0, 20.0, 30.0)
    assert leans.values == (("yes", 1),)
    assert len(who.values) == 4
    assert own_fields(table, table.ids[2:], fields)[0].key == "who"


def test_rare_values_are_added_up() -> None:
    field = CustomField(1, "who", "Who", "text")
    table = CrownTable(replace(tree(n, 10.0 * n, 30, 2, 10.0), custom=(("who", f"w{n:02}"),)) for n in range(1, 21))
    (found,) = own_fields(table, np.asarray(table.ids), (field,))
    assert (len(found.values), found.others) == (MOST_VALUES, 20 - MOST_VALUES)


def test_the_report_has_a_table_of_them(make_project: MakeProject) -> None:
    path = make_project([tree(1, 30, 30, 4, 20.0), tree(2, 50, 30, 2, 10.0)])
    with Project.open(path) as project, Plot.open(project.locate_rasters()) as plot:
        assert field_blocks(collect(project, plot), wording("en")) == []
        project.apply(custom_fields.new_field(project, "Leans", "flag"))
        (field,) = project.custom_fields()
        edit = custom_fields.set_values(project.table.crowns([1]), field, True, by="a", at="b")
        assert edit is not None
        project.apply(edit)
        report = collect(project, plot)
        assert report.facts()["own_fields"][0]["values"] == [["yes", 1]]  # type: ignore[index]
        table = field_blocks(report, wording("fr"))[1]
        assert table.rows == (("Leans", "1", "oui 1"),)  # type: ignore[union-attr]
