"""Writes the figures of docs/accuracy-limits.md from the tables of docs/models/accuracy.md.

python docs/accuracy_page.py
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
PAGE, TABLES = DOCS / "accuracy-limits.md", DOCS / "models" / "accuracy.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
MODEL = "birch-crowns"
FORESTS = {
    "teak": "Sierra conifers",
    "idtrees": "closed broadleaf, open pine",
    "harv": "closed hardwood and hemlock",
    "osbs": "open pine",
    "sjer_2018": "oak savanna",
    "sjer_2017": "oak savanna, a year before",
}
Row = dict[str, str]


def tables(text: str) -> list[list[Row]]:
    """Every table of a page, each row by the names of its columns."""
    found: list[list[Row]] = []
    names: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            names = []
        elif not names:
            # Two columns may have one name; the second gets a number.
            names = [name if name not in cells[:at] else f"{name} 2" for at, name in enumerate(cells)]
            found.append([])
        elif not set("".join(cells)) <= set("-: "):
            found[-1].append(dict(zip(names, cells, strict=False)))
    return found


def rows(block: str, column: str) -> list[Row]:
    """Rows of the first table of a block that has a column."""
    with_column = (table for table in tables(block) if table and column in table[0])
    return next(with_column, [])


def block_of(text: str, name: str) -> str:
    """What stands between the marks of a name."""
    found = re.search(rf"<!-- {name}: begin -->(.*?)<!-- {name}: end -->", text, re.DOTALL)
    return found[1] if found else ""


def site_of(row: Row) -> str:
    """The site without its star."""
    return row["site"].rstrip("*")


def percent(text: str) -> str:
    """A share as so many of a hundred."""
    return f"{100 * float(text):.0f}"


def crowns_table(models: str, floor: str) -> list[str]:
    """What was found on each site, beside the floor without a model."""
    without: dict[str, str] = {}
    for row in rows(floor, "F1 0.4"):
        if row["F1 0.4"] not in ("-", ""):
            without.setdefault(site_of(row), f"{row['F1 0.4']} ({row['outlined by']})")
    lines = [
        "| forest | site | of 100 true crowns found | of 100 outlines right | F1 | F1 without a model |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for row in rows(models, "F1 0.4"):
        if MODEL in row["outlined by"] and row["F1 0.4"] not in ("-", ""):
            star = "*" if row["site"].endswith("*") else ""
            right, f1 = (f"at least {value}" if star else value for value in (percent(row["P 0.4"]), row["F1 0.4"]))
            site, name = site_of(row), FORESTS.get(site_of(row), "")
            lines.append(f"| {name} | `{site}` | {percent(row['R 0.4'])} | {right} | {f1} | {without.get(site, '-')} |")
    return lines


def clicks(models: str) -> str:
    """How often a click and a box meet their crown."""
    parts = [
        f"on `{site_of(row)}` {percent(row['met at 0.5'])} of 100 by one click in the middle, "
        f"{percent(row['met at 0.5 2'])} by a box"
        for row in rows(models, "one click: IoU")
        if MODEL in row["asked"] and site_of(row) in ("teak", "idtrees")
    ]
    return f"* **By click** (met at IoU 0.5): {'; '.join(parts)} around it." if parts else ""


def heights(models: str) -> list[str]:
    """How far heights are off."""
    lines = []
    for row in rows(models, "bias m"):
        if MODEL in row["outlined by"]:
            against = "measured in the field" if row["against"] == "field" else "of the lidar in the true box"
            lines.append(
                f"* Heights on `{site_of(row)}` against those {against}: {row['bias m']} m on average, "
                f"mean absolute error {row['MAE m']} m ({row['crowns']} crowns)."
            )
    return lines


def figures() -> str:
    """The block of the page."""
    text = TABLES.read_text(encoding="utf-8")
    models, floor = block_of(text, "models"), block_of(text, "floor")
    lines = [BEGIN, "", *crowns_table(models, floor), "", clicks(models), *heights(models), "", END]
    return "\n".join(lines)


def renewed(page: str) -> str:
    """The page with the figures as they are now."""
    return re.sub(f"{BEGIN}.*?{END}", lambda _: figures(), page, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
