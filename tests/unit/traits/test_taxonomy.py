"""Names of trees are found however people write them, and lead to genus, family and leaf type."""

from pathlib import Path

import pytest

from inference.errors import InputError
from inference.traits.taxonomy import Taxon, standard

# As in ../shared/data/idtrees/crowns.gpkg and the full IDTReeS 2020 set.
IDTREES = (
    *("ACPE", "ACRU", "ACSA3", "AMLA", "BETUL", "CAGL8", "CATO6", "FAGR", "GOLA", "LITU", "LYLU3", "MAGNO", "NYBI"),
    *("NYSY", "OXYDE", "PEPA37", "PIEL", "PINUS", "PIPA2", "PITA", "PRSE2", "QUAL", "QUCO2", "QUERC", "QUGE2"),
    *("QUHE2", "QULA2", "QULA3", "QUMO4", "QUNI", "QURU", "ROPS", "TSCA"),
)
QUEBEC_TREES = {
    "Mort": "dead", "THOC": "Thuja occidentalis", "ABBA": "Abies balsamea", "LALA": "Larix laricina",
    "TSCA": "Tsuga canadensis", "FAGR": "Fagus grandifolia", "Populus": "Populus", "ACPE": "Acer pensylvanicum",
    "ACSA": "Acer saccharum", "ACRU": "Acer rubrum", "PIST": "Pinus strobus", "BEAL": "Betula alleghaniensis",
    "BEPA": "Betula papyrifera", "Picea": "Picea",
}  # fmt: skip
QUEBEC_PLANTATIONS = {
    "piba": "Pinus banksiana", "pima": "Picea mariana", "pist": "Pinus strobus", "pigl": "Picea glauca",
    "thoc": "Thuja occidentalis", "ulam": "Ulmus americana", "beal": "Betula alleghaniensis", "acsa": "Acer saccharum",
}  # fmt: skip
BCI = (
    *("Burseraceae", "Fabaceae", "Arecaceae", "Rutaceae", "Malvaceae", "Euphorbiaceae", "Bignoniaceae", "Urticaceae"),
    *("Rubiaceae", "Myristicaceae", "Apocynaceae", "Cordiaceae", "Meliaceae", "Moraceae", "Anacardiaceae"),
    *("Sapotaceae", "Nyctaginaceae", "Lauraceae", "Lecythidaceae", "Phyllanthaceae", "Putranjivaceae"),
)


@pytest.mark.parametrize("code", IDTREES)
def test_every_idtrees_code_leads_to_a_leaf_type(code: str) -> None:
    taxon = standard().find(code)
    assert taxon is not None
    assert taxon.rank in ("species", "genus")
    assert taxon.code == code
    assert taxon.leaf in ("conifer", "broadleaf")
    assert taxon.family is not None


@pytest.mark.parametrize(("text", "name"), [*QUEBEC_TREES.items(), *QUEBEC_PLANTATIONS.items()])
def test_every_quebec_class_is_known(text: str, name: str) -> None:
    taxon = standard().find(text)
    assert taxon is not None
    assert taxon.name == name


@pytest.mark.parametrize("family", BCI)
def test_every_family_of_barro_colorado_is_known(family: str) -> None:
    taxon = standard().find(family)
    assert taxon is not None
    assert (taxon.name, taxon.rank) == (family, "family")
    assert taxon.leaf == ("palm" if family == "Arecaceae" else "broadleaf")


@pytest.mark.parametrize(
    ("text", "name", "rank"),
    [
        ("Quercus rubra L.", "Quercus rubra", "species"),
        ("quercus_rubra", "Quercus rubra", "species"),
        ("QUERCUS RUBRA", "Quercus rubra", "species"),
        ("  Quercus   rubra ", "Quercus rubra", "species"),
        ("qucO2", "Quercus coccinea", "species"),
        ("Quercus prinus", "Quercus montana", "species"),
        ("Quercus hemisphaerica W. Bartram ex Willd.", "Quercus hemisphaerica", "species"),
        ("Pinus contorta var. latifolia", "Pinus contorta", "species"),
        ("Populus x canadensis", "Populus × canadensis", "species"),
        ("Populus ×canadensis Moench", "Populus × canadensis", "species"),
        ("Quercus pyrenaica Willd.", "Quercus pyrenaica", "species"),
        ("Betula sp.", "Betula", "genus"),
        ("Betula L.", "Betula", "genus"),
        ("Picea A. Dietr.", "Picea", "genus"),
        ("Picea", "Picea", "genus"),
        ("Aceraceae", "Sapindaceae", "family"),
        ("Pinopsida", "conifer", "leaf"),
        ("Magnoliopsida", "broadleaf", "leaf"),
        ("Résineux", "conifer", "leaf"),
        ("standing dead", "dead", "class"),
    ],
)
def test_names_are_found_as_people_write_them(text: str, name: str, rank: str) -> None:
    taxon = standard().find(text)
    assert taxon is not None
    assert (taxon.name, taxon.rank) == (name, rank)


@pytest.mark.parametrize("text", ["", None, "unknown", "UNK", "Other", "n/a", "Tree", "2PLANT"])
def test_unknown_is_no_species(text: str | None) -> None:
    assert standard().find(text) is None
    assert standard().is_unknown(text)


def test_dead_is_a_class_of_its_own() -> None:
    dead = standard().find("dead")
    assert dead is not None
    assert dead.is_dead
    assert [dead.at(rank) for rank in ("species", "genus", "family", "leaf")] == [None] * 4


def test_what_is_not_in_the_table_becomes_a_class_of_its_own() -> None:
    assert standard().find("Old fence post") is None
    assert standard().resolve(" Old fence post ") == Taxon("Old fence post", "class")


def test_an_unlisted_species_is_placed_by_its_genus() -> None:
    taxon = standard().resolve("Quercus pyrenaica")
    assert (taxon.genus, taxon.family, taxon.leaf) == ("Quercus", "Fagaceae", "broadleaf")


def test_every_name_and_code_of_the_tables_is_found() -> None:
    table = standard()
    for name, taxon in table.taxa.items():
        assert table.find(name) == taxon
        if taxon.code:
            assert table.find(taxon.code.lower()) == taxon
        if taxon.rank in ("species", "genus"):
            assert taxon.family is not None
            assert taxon.genus == name.split(" ")[0]
        if taxon.rank != "class":
            assert taxon.leaf is not None


def test_a_users_table_wins(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "name,codes,synonyms,family,leaf,rank\n"
        "Quercus rubra,CHR;RO,red oak,,,\n"
        "Strangea mirabilis,STMI,,Strangeaceae,broad,\n"
        "shrub,SH,,,,class\n",
        encoding="utf-8",
    )
    table = standard().with_table(path)
    oak, strange, shrub = table.find("chr"), table.find("STMI"), table.find("sh")
    assert oak is not None
    assert strange is not None
    assert shrub is not None
    assert (oak.name, oak.code, oak.family) == ("Quercus rubra", "CHR", "Fagaceae")
    assert table.find("red oak") == oak == table.find("QURU")
    assert (strange.rank, strange.genus, strange.family, strange.leaf) == (
        "species", "Strangea", "Strangeaceae", "broadleaf",
    )  # fmt: skip
    assert (shrub.name, shrub.rank) == ("shrub", "class")
    assert standard().find("chr") is None


@pytest.mark.parametrize(
    "text",
    [
        "species\nQuercus rubra\n",
        "name,leaf\nQuercus rubra,purple\n",
        "name,rank\nQuercus rubra,phylum\n",
        "name\n \n,\n",
    ],
)
def test_a_bad_table_is_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        standard().with_table(path)
    assert caught.value.code == "species.table"
    assert "bad.csv" in str(caught.value)


def test_a_table_that_is_not_there_or_not_text_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "noise.csv").write_bytes(bytes(range(128, 256)))
    for name in ("no.csv", "noise.csv"):
        with pytest.raises(InputError) as caught:
            standard().with_table(tmp_path / name)
        assert caught.value.code == "species.table"
