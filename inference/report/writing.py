"""Writes the report of a plot as HTML or PDF: collected, put into words, and moved into place in one step."""

from dataclasses import dataclass
from pathlib import Path

from inference.errors import InputError, RasterError
from inference.formats.atomic import publish, staging
from inference.jobs import JobContext, Progress
from inference.plot.plot import Plot
from inference.project.store import Project
from inference.report.blocks import Document, Picture
from inference.report.collect import PlotReport, ReportOptions, collect
from inference.report.compose import compose
from inference.report.html import html_of
from inference.report.picture import map_picture
from inference.report.wording import Wording, wording

SUFFIXES = (".html", ".pdf")
_STAGE = "report"
_STEPS = 3


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report that lies at `path`, and what it says."""

    path: Path
    report: PlotReport

    def facts(self) -> dict[str, object]:
        """For JSON."""
        return {"report": str(self.path), **self.report.facts()}


def write_report(
    project_path: Path,
    out: Path,
    options: ReportOptions | None = None,
    *,
    words: Wording | None = None,
    context: JobContext | None = None,
) -> WrittenReport:
    """Write the report of a plot; an older file of that name is replaced once the new one is whole.

    Args:
        project_path: the plot's project file; only read.
        out: ends in .html or .pdf.
        options: which crowns and which area.
        words: the language; None for English.
        context: told of the progress, and asked whether to stop.

    Raises:
        InputError: the name ends otherwise, or is that of the project or one of its files.
        BirchtreeError: something cannot be read or written.
        Cancelled: the user stopped it; no file was written.
    """
    job, language = context or JobContext(), words or wording()
    check_name(out)
    job.on_progress(Progress(_STAGE, 0, _STEPS))
    with Project.open(project_path, read_only=True) as project, Plot.open(project.locate_rasters()) as plot:
        _refuse_own_files(out, project_path, plot, options)
        report = collect(project, plot, options, job)
        job.on_progress(Progress(_STAGE, 1, _STEPS))
        document = _document(plot, report, language)
    job.cancel.check()
    job.on_progress(Progress(_STAGE, 2, _STEPS))
    content = _content(document, out)
    job.cancel.check()
    with staging(out) as folder:
        fresh = folder / out.name
        fresh.write_bytes(content)
        publish([fresh], folder=out.parent)
    job.on_progress(Progress(_STAGE, _STEPS, _STEPS))
    return WrittenReport(out, report)


def check_name(out: Path) -> None:
    """Refuse a name that tells no format of reports.

    Raises:
        InputError: it ends neither in .html nor in .pdf.
    """
    if out.suffix.lower() not in SUFFIXES:
        raise InputError(
            "report.format",
            "A report is written as .html or .pdf, but {name} ends otherwise. Write for example -o {better}.",
            name=out.name or str(out),
            better=out.with_suffix(".html").name if out.name else "report.html",
        )


def _refuse_own_files(out: Path, project_path: Path, plot: Plot, options: ReportOptions | None) -> None:
    sources = plot.sources
    named = [project_path, sources.ortho, sources.dsm, sources.dtm, sources.aoi]
    if options is not None:
        named += [options.aoi, options.truth]
    if out.exists() and any(path is not None and path.exists() and out.samefile(path) for path in named):
        raise InputError(
            "report.over_input",
            "{name} is one of the files of this plot, which the report would replace. Choose another name.",
            name=out.name,
        )


def _document(plot: Plot, report: PlotReport, words: Wording) -> Document:
    """The report in words; figures without a map are better than none."""
    picture: Picture | None = None
    reason = ""
    try:
        picture = map_picture(plot, report, words)
    except RasterError as error:
        reason = str(error)
    return compose(report, words, picture, no_picture=reason)


def _content(document: Document, out: Path) -> bytes:
    if out.suffix.lower() == ".pdf":
        from inference.report.pdf import pdf_of

        return pdf_of(document)
    return html_of(document).encode("utf-8")
