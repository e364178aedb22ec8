"""The correction log: what people did with each crown that a model proposed, as a table."""

from collections.abc import Sequence

from inference.datasets.surveys import Survey
from inference.project.store import Project

_HEADER = ["survey", "tree_id", "review", "score", "run_id", "label", "edited_by", "edited_at"]


def correction_rows(surveys: Sequence[Survey]) -> tuple[list[str], list[list[object]]]:
    """Header and rows for all crowns of projects, rejected ones included; none for crowns of vector files.

    `review` says what a person did: accepted, edited, added, deleted, or nothing yet ("auto").
    """
    rows: list[list[object]] = []
    for survey in surveys:
        if survey.project is None:
            continue
        with Project.open(survey.project, read_only=True) as project:
            rows += [
                [
                    survey.name,
                    crown.tree_id,
                    crown.review,
                    crown.score,
                    crown.run_id,
                    crown.label,
                    crown.edited_by,
                    crown.edited_at,
                ]
                for crown in project.table.crowns()
            ]
    return _HEADER, rows
