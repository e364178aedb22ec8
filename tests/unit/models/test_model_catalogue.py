"""The catalogue of models to download: complete, consistent, and honest about hashes and licences."""

from pathlib import Path

import pytest

from inference.errors import InputError, ModelError
from inference.jobs import JobContext
from inference.models import consent, families
from inference.models.catalogue import Catalogue, read_catalogue
from inference.models.obtaining import Request, obtain
from inference.models.store import ModelStore
from tests.unit.models import tiny_models as tiny


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue()


def test_every_entry_can_be_run_here(catalogue: Catalogue) -> None:
    assert len(catalogue.entries) >= 7
    for entry in catalogue.entries:
        assert entry.task in families.FAMILIES[entry.family].tasks
        assert entry.url.startswith("https://")
        assert entry.size_bytes > 1e7
        assert entry.source


def test_the_three_sams_are_known_by_their_hash(catalogue: Catalogue) -> None:
    sams = [entry for entry in catalogue.entries if entry.id.startswith("sam-vit-")]
    assert len({entry.sha256 for entry in sams}) == 3
    assert catalogue.by_checkpoint(sams[0].sha256) == sams[0]
    assert catalogue.by_checkpoint("") is None
    assert catalogue.by_checkpoint("0" * 64) is None


def test_the_apache_licence_is_that_of_the_repository(catalogue: Catalogue, repository: Path) -> None:
    assert catalogue.licence("Apache-2.0").text == (repository / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["DINOv3 License", "dinov3", "DINOv3 license (2025)"])
def test_weights_under_the_dinov3_agreement_need_consent(name: str, catalogue: Catalogue) -> None:
    licence = catalogue.licence(name)
    assert not licence.free
    assert licence.must_accompany
    assert licence.text == ""
    with pytest.raises(ModelError, match=r"ai\.meta\.com"):
        consent.demand_consent(licence, "x", accepted=False)


@pytest.mark.parametrize("name", ["", "not stated", "My own terms"])
def test_terms_that_nobody_knows_are_not_free(name: str, catalogue: Catalogue) -> None:
    assert not catalogue.licence(name).free


def test_a_model_that_is_not_in_it(catalogue: Catalogue) -> None:
    with pytest.raises(ModelError, match="sam-vit-b"):
        catalogue.get("nothing")


@pytest.mark.parametrize(
    "change",
    [
        'sha256 = "ABC"',
        'task = "cooking"',
        'kind = "cake"',
        'licence = "none of these"',
        'url = "https://x/"',
        "extra = 1",
    ],
)
def test_mistakes_in_it_are_found(change: str, tmp_path: Path) -> None:
    name = change.partition(" ")[0]
    lines = ['[licences.MIT]\ntitle = "MIT"\nfree = true\n\n[models.x]\ntitle = "X"']
    good = {
        "task": '"traits"',
        "family": '"dinovtree"',
        "kind": '"model"',
        "url": '"https://x/y.zip"',
        "size_bytes": "1",
        "sha256": '""',
        "licence": '"MIT"',
        "source": '"s"',
    }
    lines += [f"{key} = {value}" for key, value in good.items() if key != name]
    file = tmp_path / "models.toml"
    file.write_text("\n".join([*lines, change]))
    with pytest.raises(InputError, match=r"models\.toml cannot be used"):
        read_catalogue(file)


def wanted(model_id: str, store: ModelStore, request: Request, catalogue: Catalogue) -> None:
    obtain(catalogue.get(model_id), store, catalogue, request, JobContext(), lambda _words: None)


class TestObtaining:
    """Refusals before a single byte is asked for; whole downloads are in tests/e2e/test_model_download.py."""

    def test_the_licence_first(self, tmp_path: Path, catalogue: Catalogue) -> None:
        with pytest.raises(ModelError) as caught:
            wanted("dinovtree-b-bci", ModelStore([tmp_path]), Request(), catalogue)
        assert caught.value.code == "model.licence"

    def test_never_a_file_that_nobody_can_verify(self, tmp_path: Path, catalogue: Catalogue) -> None:
        with pytest.raises(ModelError, match="--sha256") as caught:
            wanted("dinovtree-b-bci", ModelStore([tmp_path]), Request(accept_licence=True), catalogue)
        assert caught.value.code == "download.unknown_hash"

    @pytest.mark.parametrize("stated", ["abc", "g" * 64, "0" * 65])
    def test_a_hash_that_is_none(self, stated: str, tmp_path: Path, catalogue: Catalogue) -> None:
        with pytest.raises(InputError, match="no SHA-256"):
            wanted("dinovtree-b-bci", ModelStore([tmp_path]), Request(accept_licence=True, sha256=stated), catalogue)

    def test_a_hash_that_contradicts_the_catalogue(self, tmp_path: Path, catalogue: Catalogue) -> None:
        with pytest.raises(InputError, match="another SHA-256"):
            wanted("sam-vit-b", ModelStore([tmp_path]), Request(sha256="0" * 64), catalogue)

    def test_a_model_that_is_there(self, tmp_path: Path, catalogue: Catalogue) -> None:
        store = ModelStore([tmp_path / "models"])
        tiny.write(store.folders[0] / "sam-vit-b", tiny.sam_card(), tiny.sam_graphs())
        with pytest.raises(ModelError, match="--replace"):
            wanted("sam-vit-b", store, Request(), catalogue)
