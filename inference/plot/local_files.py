"""Says no to files that would make GDAL read something else than themselves: addresses, virtual drives, bombs.

A VRT may stand for local raster files, as the mosaics of GIS programs do; nothing else may stand for anything.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from inference.errors import InputError, RasterError, VectorError

MAX_VECTOR_BYTES = 2 << 30
"""Largest vector file that is read, also unpacked from a .zip."""
MAX_VRT_BYTES = 32 << 20
MAX_VRT_FILES = 20_000
_MAX_VRT_DEPTH = 4
_HEAD_BYTES = 4096
# Elements whose text is a file that GDAL will open.
_FILE_ELEMENTS = frozenset({"sourcefilename", "sourcedataset"})
# Elements that hold a CRS, whose remarks may name a web page.
_CRS_ELEMENTS = frozenset({"srs", "sourcesrs", "targetsrs"})
_PLAIN_DOMAINS = frozenset({"", "image_structure"})
_ELSEWHERE = ("/vsi", "://", "\\\\")
# Files of XML that stand for a web service or for other files.
_STAND_INS = ("ogr", "gdal", "vrt", "wms", "wfs", "wcs")


def check_raster(path: Path) -> None:
    """Look at a raster file before GDAL does.

    Raises:
        RasterError: it is a VRT that leads to anything else than raster files on this computer.
    """
    if _is_virtual(path):
        raise _elsewhere(path, str(path))
    if path.is_file() and _stands_for_files(path):
        _check_vrt(path, 0, [0])


def check_vector(path: Path) -> Path:
    """Look at a vector file before GDAL does; gives the full path to open.

    Raises:
        VectorError: it is not there, is far too large, or stands for something that is not in it.
    """
    full = path.absolute()
    if _is_virtual(path) or not (full.is_file() or full.is_dir()):
        raise VectorError("vector.missing", "There is no file {path}. Check its name and folder.", path=path)
    if "!" in str(full):
        raise VectorError(
            "vector.name",
            "{path} cannot be read because of the exclamation mark in its name or folder. Rename it.",
            path=path,
        )
    if full.is_dir():
        return full
    size_bytes = full.stat().st_size
    if full.suffix.lower() in (".zip", ".kmz"):
        size_bytes = max(size_bytes, _unpacked_bytes(full))
    if size_bytes > MAX_VECTOR_BYTES:
        raise VectorError(
            "vector.too_large",
            "{name} holds {size} MB, more than the {limit} MB that are read at once. Cut it to the plot in a GIS.",
            name=path.name,
            size=size_bytes >> 20,
            limit=MAX_VECTOR_BYTES >> 20,
        )
    if _root(full).startswith(_STAND_INS):
        raise VectorError(
            "vector.stand_in",
            "{name} does not hold outlines itself but stands for another file or a web service, which is not opened. "
            "Open it in a GIS and save it as GeoPackage or shapefile.",
            name=path.name,
        )
    return full


def _is_virtual(path: Path) -> bool:
    """GDAL's names for addresses, archives and memory, which are no files."""
    return path.as_posix().startswith("/vsi")


def _unpacked_bytes(path: Path) -> int:
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return 0  # whoever reads it says so


def _root(path: Path) -> str:
    """Name of the outermost element of an XML file in lower case, without prefix; "" for any other file."""
    try:
        with path.open("rb") as file:
            text = file.read(_HEAD_BYTES).decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")
    except OSError:
        return ""
    while text.startswith(("<?", "<!")):
        text = text.partition(">")[2].lstrip()
    if not text.startswith("<"):
        return ""
    name = text[1:].replace("/", " ").replace(">", " ").split(maxsplit=1)
    return name[0].rpartition(":")[2].lower() if name else ""


def _stands_for_files(path: Path) -> bool:
    """Whether GDAL would take a file for a VRT: it looks for the word near the start, not for sound XML."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return False
    return b"<vrtdataset" in head.lower()


def _check_vrt(path: Path, depth: int, seen: list[int]) -> None:
    if depth > _MAX_VRT_DEPTH:
        raise _bad_vrt(path, "it stands for files that stand for files, and so on without end")
    for name in _sources(path):
        seen[0] += 1
        if seen[0] > MAX_VRT_FILES:
            raise _bad_vrt(path, f"it stands for more than {MAX_VRT_FILES} files")
        if _leads_elsewhere(name):
            raise _elsewhere(path, name)
        file = path.parent / name
        if not file.is_file():
            file = Path(name)  # without relativeToVRT a name counts from the folder in which the program runs
        if not file.is_file():
            raise _bad_vrt(path, f"{name[:200]}, of which it is made, is no file on this computer")
        if _stands_for_files(file):
            _check_vrt(file, depth + 1, seen)


def _sources(path: Path) -> Iterator[str]:
    """The files that a VRT names; refuses one that could reach anything in another way."""
    if path.stat().st_size > MAX_VRT_BYTES:
        raise _bad_vrt(path, f"it has more than {MAX_VRT_BYTES >> 20} MB")
    content = path.read_bytes()
    if b"<!doctype" in content.lower() or b"<!entity" in content.lower():
        raise _bad_vrt(path, "it defines words of its own (DOCTYPE)")
    try:
        root = ET.fromstring(content)
    except (ET.ParseError, LookupError, ValueError, RecursionError) as error:
        raise _bad_vrt(path, f"it is not sound XML ({error})") from error
    yield from _named(path, root)


def _named(path: Path, root: ET.Element) -> Iterator[str]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = element.tag.rpartition("}")[2].lower()
        attributes = {key.lower(): value for key, value in element.attrib.items()}
        if name in _CRS_ELEMENTS or (name == "metadata" and attributes.get("domain", "").lower() in _PLAIN_DOMAINS):
            continue
        if attributes.get("subclass", "").lower() == "vrtrawrasterband":
            raise _bad_vrt(path, "it reads the bytes of any file as pixels (VRTRawRasterBand)")
        text = (element.text or "").strip()
        if name == "pixelfunctionlanguage" and text.lower() == "python":
            raise _bad_vrt(path, "it holds a program (Python)")
        if name in _FILE_ELEMENTS and text:
            yield text
        elif _leads_elsewhere(text):
            raise _elsewhere(path, text)
        waiting.extend(element)


def _leads_elsewhere(text: str) -> bool:
    """Whether a text is an address, a virtual drive, a network share or a description instead of a file's name."""
    lower = text.lower()
    return lower.startswith(("<", "//")) or any(mark in lower for mark in _ELSEWHERE)


def _elsewhere(path: Path, name: str) -> RasterError:
    return RasterError(
        "raster.elsewhere",
        "{name} leads to {target}, which is no file on this computer's disks. BirchTree opens nothing over the "
        "network; copy the raster to a folder and choose it there.",
        name=path.name,
        target=name[:200],
    )


def _bad_vrt(path: Path, why: str) -> InputError:
    return RasterError(
        "raster.vrt",
        "{name} is a virtual raster (VRT) that is not opened: {why}. Make it again from raster files, or export it as "
        "a GeoTIFF.",
        name=path.name,
        why=why,
    )
