"""Species lists: the bundled ones hold together, files round-trip and odd ones are read or refused in a sentence."""

import csv
import itertools
import string
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from inference.crowns.names import DEAD, NOT_A_TREE, SPECIAL, UNKNOWN, label_of
from inference.errors import InputError
from inference.plot.plot import PlotSources
from inference.project.store import Project
from inference.traits import palette_lists
from inference.traits.palette import SAFE_COLOURS, SPECIALS, Palette, PaletteSpecies, colours_on
from inference.traits.palette_search import search
from inference.traits.palette_text import (
    from_project_text,
    palette_csv,
    read_palette,
    to_project_text,
    write_palette,
)
from inference.traits.taxonomy import standard

LEAVES = {"needle": "conifer", "broad": "broadleaf", "palm": "palm"}
NAMES = st.text(string.ascii_letters + "éç× -'", min_size=1, max_size=30).map(lambda text: " ".join(text.split()))
CELLS = st.text(string.ascii_letters + "éñç,\"'- ", max_size=20).map(lambda text: " ".join(text.split()))
SPECIES = st.builds(
    PaletteSpecies,
    name=NAMES.filter(lambda name: name and name not in SPECIAL),
    code=st.text(string.ascii_uppercase + string.digits, max_size=6),
    other_codes=st.lists(st.text(string.ascii_uppercase, min_size=1, max_size=5), max_size=2).map(tuple),
    en=CELLS,
    fr=CELLS,
    es=CELLS,
    leaf=st.sampled_from(["", "needle", "broad"]),
    colour=st.sampled_from(["", *SAFE_COLOURS]),
)
PALETTES = st.builds(lambda species: Palette.of("mine", "Mine", species), st.lists(SPECIES, min_size=1, max_size=12))


def names_of(found: list[PaletteSpecies], count: int = 1) -> list[str]:
    return [one.name for one in found[:count]]


# ---- the bundled lists


@pytest.mark.parametrize("palette", palette_lists.bundled(), ids=lambda palette: palette.palette_id)
def test_each_bundled_list_is_complete_and_agrees_with_the_taxonomy(palette: Palette) -> None:
    table = standard()
    assert 25 <= len(palette.species) <= 60
    assert len({one.en for one in palette.species}) == len(palette.species)
    for one in palette.species:
        taxon = table.find(one.name)
        assert taxon is not None, one.name
        assert taxon.name == one.name
        assert LEAVES[one.leaf] == taxon.leaf, one.name
        assert all((one.en, one.fr, one.es)), one.name
        if taxon.code:
            assert taxon.code in (one.code, *one.other_codes), one.name
    codes = [one.code for one in palette.species if one.code]
    assert len(set(codes)) == len(codes)


def test_a_species_has_the_same_names_in_every_list() -> None:
    seen: dict[str, tuple[str, str, str, str]] = {}
    for palette in palette_lists.bundled():
        for one in palette.species:
            assert seen.setdefault(one.name, (one.en, one.fr, one.es, one.leaf)) == (one.en, one.fr, one.es, one.leaf)


def test_a_code_means_one_species_in_all_lists() -> None:
    owner: dict[str, str] = {}
    for one in palette_lists.known_species().values():
        for code in (one.code, *one.other_codes):
            assert not code or owner.setdefault(code, one.name) == one.name, code


def test_common_names_come_in_the_windows_language() -> None:
    assert palette_lists.common_name("Picea glauca", "en") == "white spruce"
    assert palette_lists.common_name("Picea glauca", "fr_CA") == "épinette blanche"
    assert palette_lists.common_name("Fagus sylvatica", "es_ES") == "haya"
    assert palette_lists.common_name("Nothofagus dombeyi", "en") == palette_lists.common_name(None, "en") == ""


def test_the_readme_says_where_codes_come_from() -> None:
    text = resources.path("palettes/README.md").read_text(encoding="utf-8")
    assert all(name in text for name in ("USDA PLANTS", "EPPO", "NFI", *palette_lists.BUNDLED))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((-72.0, 46.0), "eastern_canada"),
        ((-80.5, 37.3), "eastern_north_america"),
        ((-119.0, 37.0), "western_north_america"),
        ((11.0, 48.0), "europe"),
    ],
)
def test_a_plot_begins_with_the_list_of_its_place(place: tuple[float, float], expected: str) -> None:
    assert palette_lists.suggest(place, ()).palette_id == expected


def test_a_plot_without_a_place_begins_with_the_list_that_holds_its_species() -> None:
    assert palette_lists.suggest(None, ["Fagus sylvatica", "Quercus petraea"]).palette_id == "europe"
    assert palette_lists.suggest((25.0, -10.0), ["Pinus ponderosa"]).palette_id == "western_north_america"


# ---- colours


def _lab(colour: str, matrix: np.ndarray) -> np.ndarray:
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    seen = np.clip(matrix @ linear, 0, 1)
    to_xyz = np.array([[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]])
    xyz = to_xyz @ seen / np.array([0.9505, 1.0, 1.0888])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


# Machado, Oliveira & Fernandes 2009, severity 1.
VISIONS = {
    "usual": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}


SELECTED = "#ffffff"


@pytest.mark.parametrize("vision", VISIONS)
def test_the_colours_of_the_nine_keys_are_told_apart_with_every_kind_of_vision(vision: str) -> None:
    seen = [_lab(colour, VISIONS[vision]) for colour in (*SAFE_COLOURS[:9], SELECTED)]
    assert min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2)) > 15


def test_a_species_keeps_its_colour_whatever_grows_on_a_plot() -> None:
    palette = palette_lists.bundled()[0]
    fixed = palette.colours()
    for names in ([], ["Quercus alba", palette.names[3]], ["Zz"] * 3):
        assert {name: colours_on(palette, names)[name] for name in fixed} == fixed
    other = colours_on(palette, ["Quercus alba"])["Quercus alba"]
    assert other in SAFE_COLOURS
    assert other not in fixed.values()


def test_a_chosen_colour_is_given_to_nobody_else() -> None:
    first = palette_lists.bundled()[0]
    chosen = first.changed(first.names[4], PaletteSpecies(first.names[4], colour=SAFE_COLOURS[0]))
    colours = chosen.colours()
    assert colours[first.names[4]] == SAFE_COLOURS[0]
    assert list(colours.values()).count(SAFE_COLOURS[0]) == 1
    assert set(SPECIAL) <= set(colours)


# ---- changing


@given(PALETTES, st.integers(0, 20), st.integers(0, 20))
def test_moving_keeps_every_species_once(palette: Palette, row: int, place: int) -> None:
    name = palette.names[row % len(palette.names)]
    moved = palette.moved(name, place)
    assert sorted(moved.names) == sorted(palette.names)
    assert moved.names.index(name) == min(place, len(palette.names) - 1)


@given(PALETTES, SPECIES)
def test_adding_and_removing_leaves_the_list_as_it_was(palette: Palette, species: PaletteSpecies) -> None:
    if species.name not in palette.names:
        assert palette.added([species]).without([species.name]) == palette
    assert palette.added(palette.species) == palette


def test_keys_are_those_of_the_first_nine() -> None:
    palette = palette_lists.bundled()[0]
    assert palette.by_key(1) == palette.species[0]
    assert palette.by_key(9) == palette.species[8]
    assert palette.by_key(10) is palette.by_key(0) is Palette("x", "x").by_key(1) is None


def test_special_words_stand_below_every_list_and_never_in_it() -> None:
    palette = Palette.of("x", "x", [*SPECIALS, PaletteSpecies("Acer rubrum")])
    assert palette.names == ("Acer rubrum",)
    assert palette.every[-3:] == SPECIALS
    assert label_of(None) == label_of("") == label_of(UNKNOWN) == "Tree"
    assert (label_of(DEAD), label_of(NOT_A_TREE), label_of("Acer rubrum")) == (DEAD, NOT_A_TREE, "Acer rubrum")


# ---- files


@given(PALETTES)
def test_a_project_gives_back_what_it_was_given(palette: Palette) -> None:
    assert from_project_text(to_project_text(palette)) == palette


@given(palette=PALETTES)
def test_csv_gives_back_what_was_written(palette: Palette, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("lists") / "mine.csv"
    write_palette(palette, path)
    assert read_palette(path).species == palette.species
    assert next(csv.reader(palette_csv(palette).splitlines()))[:2] == ["name", "code"]


@pytest.mark.parametrize(
    "text",
    [
        "Picea glauca\nABBA\n\nQuercus rubra L.\n",
        "name;code\nPicea glauca;PIGL\nAbies balsamea;\nQuercus rubra;QURU\n",
        "\ufeffSpecies,Common name\nPicea glauca,white spruce\nabies balsamea,\nQURU,red oak\n",
        "Scientific name\tFrench\nPicea glauca\tépinette\nAbies balsamea\t\nQuercus rubra\t\n",
    ],
)
def test_lists_of_many_kinds_are_read(text: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    found = read_palette(path, palette_lists.find_known)
    assert found.names == ("Picea glauca", "Abies balsamea", "Quercus rubra")
    assert [one.code for one in found.species] == ["PIGL", "ABBA", "QURU"]
    assert found.find("Picea glauca").fr  # type: ignore[union-attr]


def test_an_old_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "vieux.csv"
    path.write_bytes("name,fr\nAcer rubrum,érable\n".encode("cp1252"))
    assert read_palette(path).species[0].fr == "érable"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "names no species"),
        (b"name,code\n", "names no species"),
        (b"name,code\n,ABBA\n", "row 2 has no name"),
        (b"PK\x03\x04\x00\x00", "not a text file"),
        (("name\n" + "\n".join(f"Species {i}" for i in range(600))).encode(), "at most 500"),
        (b"name\n" + b"x" * 200, "longer than 120"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(content: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=why):
        read_palette(path)
    with pytest.raises(InputError, match="cannot be used"):
        read_palette(tmp_path / "missing.csv")


def test_a_list_cannot_be_written_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_palette(palette_lists.bundled()[0], tmp_path / "none" / "list.csv")


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"id": "x", "title": "y", "species": 3}', "{not json"])
def test_a_foreign_text_in_a_project_is_passed_over(text: str) -> None:
    assert from_project_text(text) is None


# ---- a person's own lists and the project's


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BIRCHTREE_HOME", str(tmp_path / "home"))
    return tmp_path


def test_own_lists_are_kept_and_deleted(home: Path) -> None:
    del home
    made = palette_lists.save_user_list(Palette.of("", "Forêt  de Moi/..", [PaletteSpecies("Acer rubrum")]))
    assert made.palette_id == "Forêt_de_Moi"
    assert made.title == "Forêt de Moi/.."
    assert [one.palette_id for one in palette_lists.user_lists()] == ["Forêt_de_Moi"]
    (palette_lists.user_folder() / "broken.csv").write_bytes(b"\x00\x00")
    assert len(palette_lists.user_lists()) == 1
    palette_lists.delete_user_list("Forêt_de_Moi")
    assert palette_lists.user_lists() == ()
    for title in ("", " ..", "europe"):
        with pytest.raises(InputError):
            palette_lists.save_user_list(Palette.of("", title, [PaletteSpecies("Acer rubrum")]))


def test_a_colleague_sees_the_list_of_the_project(home: Path, tmp_path: Path) -> None:
    del home
    ortho = tmp_path / "ortho.tif"
    ortho.write_bytes(b"")
    path = tmp_path / "p.birch.gpkg"
    mine = palette_lists.bundled()[0].moved("Larix laricina", 0)
    with Project.create(path, PlotSources(ortho), crs_wkt="") as project:
        assert palette_lists.project_palette(project) is None
        before = project.undo_name
        palette_lists.set_project_palette(project, mine)
        assert project.undo_name == before
    with Project.open(path, read_only=True) as project:
        assert palette_lists.project_palette(project) == mine


# ---- search


def test_search_finds_names_common_names_and_codes() -> None:
    every = list(palette_lists.known_species().values())
    assert names_of(search("pic mar", every)) == ["Picea mariana"]
    assert names_of(search("EPN", every, language="fr")) == ["Picea mariana"]
    assert names_of(search("erable a s", every, language="fr")) == ["Acer saccharum"]
    assert names_of(search("piusi", every)) == ["Pinus sylvestris"]
    assert names_of(search("Pice.Mar", every)) == ["Picea mariana"]
    assert names_of(search("mariana", every)) == ["Picea mariana"]
    assert search("qqq", every) == []


def test_those_used_last_come_first_but_a_code_wins() -> None:
    every = list(palette_lists.known_species().values())
    recent = ("Picea rubens", "Picea glauca")
    assert names_of(search("pic", every, recent=recent), 2) == list(recent)
    assert names_of(search("", every, recent=recent), 2) == list(recent)
    assert names_of(search("PIMA", every, recent=recent)) == ["Picea mariana"]


@given(st.text(max_size=12))
def test_search_takes_any_text(text: str) -> None:
    every = palette_lists.bundled()[0].every
    found = search(text, every, language="es")
    assert len({one.name for one in found}) == len(found) <= len(every)
