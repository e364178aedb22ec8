"""Reports as files: what stands in the web page and in the PDF, and what never may."""

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from factories_stand import tree

from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.records import Control, RecordChange
from inference.errors import Cancelled, InputError, VectorError
from inference.jobs import CancelToken, JobContext
from inference.project.store import Project
from inference.report.collect import ReportOptions
from inference.report.wording import wording
from inference.report.writing import WrittenReport, write_report
from inference.review.standing import SAMPLE

MakeProject = Callable[..., Path]
EVIL = '<script>alert("x")</script> & "Söhne"'
VOID = {"meta", "img", "br", "hr"}
STAND: Sequence[Crown] = (
    tree(1, 30, 30, 4, 20.0, dbh_cm=30.0, agb_kg=500.0, species=EVIL, species_score=0.4),
    tree(2, 50, 30, 2, 10.0, dbh_cm=20.0, agb_kg=100.0, species="Picea glauca", review="accepted", note=EVIL),
    tree(3, 70, 30, 6, 15.0, dbh_cm=25.0, agb_kg=300.0),
    tree(4, 10, 30, 4, 15.0, dbh_cm=25.0, agb_kg=300.0),
)


class Page(HTMLParser):
    """Tags with their attributes, and the text outside of the style sheet."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).replace("\u00a0", " ").split())


def page_of(written: WrittenReport) -> Page:
    return Page(written.path.read_text(encoding="utf-8"))


def pdf_text(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range().replace("\u00a0", " ") for page in document]


@pytest.fixture
def stand(make_project: MakeProject) -> Path:
    return make_project(STAND)


def test_the_page_says_the_figures(stand: Path, tmp_path: Path) -> None:
    written = write_report(stand, tmp_path / "report.html")
    page = page_of(written)
    assert page.open == []
    # Three crowns have their centre where there is data, on 0.8 ha.
    assert "wherever the orthomosaic has data: 0.80 ha" in page.text
    assert "3 of the 4 crowns on the plot are counted" in page.text
    assert "Trees per hectare 4 " in page.text
    assert "Mean height 15.0 m" in page.text
    assert f"Crown-area-weighted height {(16 * 20 + 4 * 10 + 36 * 15) / 56:.1f} m" in page.text
    assert "Jucker2017/global: 3 trees" in page.text
    assert "Nothing has been measured on this plot" in page.text
    assert "1 of them a person has accepted, edited or drawn; 2 are proposals" in page.text


def test_the_page_needs_nothing_and_runs_nothing(stand: Path, tmp_path: Path) -> None:
    written = write_report(stand, tmp_path / "report.html")
    page = page_of(written)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "object", "embed", "base", "form", "b"}
    attributes = [(name, value or "") for _, attrs in page.tags for name, value in attrs.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert [value[:23] for name, value in attributes if name in ("src", "href")] == ["data:image/jpeg;base64,"]
    outside = [value for name, value in attributes if "://" in value and name != "xmlns"]
    assert outside == []
    assert "url(" not in written.path.read_text(encoding="utf-8")
    assert EVIL in "".join(page.words)
    assert [attrs for tag, attrs in page.tags if tag == "meta" and "default-src 'none'" in (attrs.get("content") or "")]
    assert all(attrs.get("alt") for tag, attrs in page.tags if tag == "img")


def test_charts_are_well_formed_drawings_with_a_title(stand: Path, tmp_path: Path) -> None:
    text = write_report(stand, tmp_path / "report.html").path.read_text(encoding="utf-8")
    drawings = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(drawings) == 4
    for drawing in drawings:
        root = ET.fromstring(drawing)
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"]
        assert len(root) > 5


def test_the_pdf_says_the_same(stand: Path, tmp_path: Path) -> None:
    written = write_report(stand, tmp_path / "report.pdf")
    pages = pdf_text(written.path)
    assert 2 <= len(pages) <= 6
    text = " ".join(" ".join(pages).split())
    assert "Tree report: stand" in text
    assert "Crown-area-weighted height" in text
    assert "Picea glauca" in text
    # A long name breaks over lines, with a mark of the reader's where it does.
    assert '<script>alert("x")</script>' in "".join(text.replace("\ufffe", "").split())
    assert f"Page {len(pages)}" in pages[-1]
    with pypdfium2.PdfDocument(written.path) as document:
        assert document.get_metadata_dict()["Title"] == "Tree report: stand"
        width, height = document[0].get_size()
        assert (width, height) == pytest.approx((595.3, 841.9), abs=0.5)
        picture = document[0].render(scale=0.5).to_numpy()
    assert picture.std() > 10


def test_many_species_and_long_words_break_over_pages(make_project: MakeProject, tmp_path: Path) -> None:
    crowns = [
        tree(number, 25 + number % 70, 5 + number, 1, 10.0, species=f"{'Long' * 40} {number} 漢字", species_score=0.9)
        for number in range(1, 41)
    ]
    project = make_project(crowns)
    pages = pdf_text(write_report(project, tmp_path / "many.pdf").path)
    assert len(pages) >= 3
    assert "10 more species" in " ".join(" ".join(pages).split())


@pytest.mark.parametrize("suffix", ["html", "pdf"])
def test_an_empty_plot_gives_a_clear_report(make_project: MakeProject, tmp_path: Path, suffix: str) -> None:
    project = make_project([])
    written = write_report(project, tmp_path / f"empty.{suffix}")
    text = page_of(written).text if suffix == "html" else " ".join(" ".join(pdf_text(written.path)).split())
    assert "No crown is counted in this area yet" in text
    assert "No model has been run on this plot." in text
    assert "Biomass" not in text
    assert written.facts()["crowns_on_plot"] == 0


def test_a_plot_without_heights_and_species_says_so(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project([tree(1, 40, 40, 3), tree(2, 60, 40, 3)])
    text = page_of(write_report(project, tmp_path / "bare.html")).text
    assert "No crown has a height" in text
    assert "No crown has a species yet" in text
    assert "Equations and their errors" not in text


def test_field_heights_and_a_truth_measure_the_accuracy(make_project: MakeProject, tmp_path: Path) -> None:
    crowns = [
        tree(1, 40, 40, 4, 20.0, height_source="field", height_chm_m=19.0),
        tree(2, 60, 40, 4, 10.0, height_source="field", height_chm_m=9.0),
        tree(3, 80, 40, 4, 12.0),
    ]
    project = make_project(crowns)
    truth = make_project(crowns[:2], name="truth")
    written = write_report(project, tmp_path / "report.html", ReportOptions(truth=truth))
    text = page_of(written).text
    assert "Heights of the CHM against 2 trees measured in the field: bias −1.00 m, RMSE 1.00 m" in text
    assert "2 true crowns, 3 found in the same place. At IoU 0.5: precision 0.67, recall 1.00" in text
    assert "Together the matched crowns are 0.0 % too large." in text
    assert "Nothing has been measured" not in text


def test_control_crowns_of_the_review_measure_the_accuracy(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project([tree(number, 22 + 2 * number, 50, 1, score=0.5) for number in range(1, 31)])
    verdicts = ["right"] * 8 + ["outline", "wrong"]
    with Project.open(project) as opened:
        controls = (
            Control(number, SAMPLE, "2026-11-01T10:00:00+00:00", verdict)
            for number, verdict in enumerate(verdicts, start=1)
        )
        opened.apply(CrownEdit("Judge", (), (), records=tuple(RecordChange(None, one) for one in controls)), by="Ana")
    text = page_of(write_report(project, tmp_path / "report.html")).text
    assert "judged in the review (10): of the 30 crowns that nobody looked at, 80 % are right as they are" in text
    assert "90 % of them are trees, however outlined" in text
    assert "Trees without any crown are not found this way." in text
    assert "Nothing has been measured" not in text


def test_only_reviewed_crowns_and_another_decimal_mark(stand: Path, tmp_path: Path) -> None:
    words = wording(decimal_mark=",")
    written = write_report(stand, tmp_path / "report.html", ReportOptions(reviewed_only=True), words=words)
    text = page_of(written).text
    assert written.report.stand.trees == 1
    assert "Only crowns that a person has accepted" in text
    assert "0,80 ha" in text


def test_an_older_report_is_replaced_only_by_a_whole_one(stand: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("older")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        write_report(stand, out, context=JobContext(cancel=token))
    assert out.read_text() == "older"
    write_report(stand, out)
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_names_that_cannot_be(stand: Path, ortho: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.html or \.pdf") as format_error:
        write_report(stand, tmp_path / "report.docx")
    assert format_error.value.code == "report.format"
    linked = tmp_path / "linked.html"
    linked.hardlink_to(ortho)
    with pytest.raises(InputError) as over:
        write_report(stand, linked)
    assert over.value.code == "report.over_input"
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(VectorError) as unwritable:
        write_report(stand, blocked / "report.html")
    assert unwritable.value.code == "export.not_writable"
    with pytest.raises(InputError) as language:
        wording("tlh")
    assert language.value.code == "report.language"


def test_a_report_leaves_the_project_as_it_is(stand: Path, tmp_path: Path) -> None:
    before = stand.read_bytes()
    write_report(stand, tmp_path / "report.html")
    assert stand.read_bytes() == before
    with Project.open(stand) as project:
        assert len(project.history()) == 1


def test_what_the_checks_found_is_said_in_the_language_of_the_report(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project([tree(1, 40, 40, 3)])
    written = write_report(project, tmp_path / "en.html")
    found = written.report.provenance.findings
    assert found, "this plot has no DSM, so a check says something"
    french, spanish = wording("fr"), wording("es")
    in_french = page_of(write_report(project, tmp_path / "fr.html", words=french)).text
    for one in found:
        said = french.told(one.sentence)
        assert said != one.sentence
        assert spanish.told(one.sentence) not in (said, one.sentence)
        assert " ".join(said.replace("\u00a0", " ").split()) in in_french
        assert one.sentence in page_of(written).text
