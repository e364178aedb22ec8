"""The model store: what is installed, what is refused and why, and that an installation is all or nothing."""

import json
import os
import struct
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from inference import paths
from inference.errors import Cancelled, InputError, ModelError
from inference.jobs import CancelToken, JobContext
from inference.models import installing
from inference.models.card import FILE_NAME, ModelClass
from inference.models.store import ModelStore
from tests.unit.models import tiny_models as tiny


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore([tmp_path / "models", tmp_path / "shipped"])


def refused(store: ModelStore, path: Path, code: str, **wishes: bool) -> str:
    """The sentence with which a model is refused; nothing of it may be left."""
    before = sorted(store.folders[0].rglob("*")) if store.folders[0].exists() else []
    with pytest.raises(ModelError) as caught:
        store.add(path, **wishes)  # type: ignore[arg-type]
    assert caught.value.code == code
    after = sorted(store.folders[0].rglob("*")) if store.folders[0].exists() else []
    assert after == before
    return str(caught.value)


class TestAdding:
    def test_a_folder(self, store: ModelStore, tmp_path: Path) -> None:
        written = tiny.write_traits(tmp_path / "given")
        model = store.add(written.folder)
        assert model.card == written.card
        assert not model.shipped
        assert model.graph("traits").read_bytes() == (written.folder / "traits.onnx").read_bytes()
        assert [one.card.id for one in store.models()] == ["tiny-traits"]
        assert store.verify("tiny-traits") == ()

    @pytest.mark.parametrize("inside", ["", "tiny-traits/", "deep/er/"])
    def test_an_archive(self, inside: str, store: ModelStore, tmp_path: Path) -> None:
        written = tiny.write_traits(tmp_path / "given")
        assert store.add(tiny.pack(written.folder, tmp_path / "m.zip", inside=inside)).card == written.card

    def test_a_lone_file_that_carries_its_card(self, store: ModelStore, tmp_path: Path) -> None:
        written = tiny.write_traits(tmp_path / "given")
        alone = tmp_path / "alone"
        alone.mkdir()
        (written.folder / "traits.onnx").rename(alone / "anything.onnx")
        model = store.add(alone / "anything.onnx")
        assert replace(model.card, graphs={}) == replace(written.card, graphs={})
        assert store.verify(model.card.id) == ()

    def test_parts_beside_a_lone_file_come_along(self, store: ModelStore, tmp_path: Path) -> None:
        written = tiny.write(tmp_path / "given", tiny.sam_card(), tiny.sam_graphs())
        (written.folder / FILE_NAME).unlink()
        (written.folder / "other.onnx").write_bytes(b"something else")
        tiny.write_traits(tmp_path / "elsewhere").folder.joinpath("traits.onnx").rename(written.folder / "traits.onnx")
        model = store.add(written.folder / "encoder.onnx")
        assert set(model.card.graphs) == {"encoder", "prompt"}

    def test_a_lone_file_without_its_other_parts(self, store: ModelStore, tmp_path: Path) -> None:
        written = tiny.write(tmp_path / "given", tiny.sam_card(), tiny.sam_graphs())
        (written.folder / FILE_NAME).unlink()
        (written.folder / "prompt.onnx").unlink()
        assert "prompt" in refused(store, written.folder / "encoder.onnx", "model.roles")

    def test_nothing_there(self, store: ModelStore, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"none\.zip"):
            store.add(tmp_path / "none.zip")

    @pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes among files")
    def test_a_pipe_is_no_file(self, store: ModelStore, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.onnx")
        with pytest.raises(InputError, match="pipe"):
            store.add(tmp_path / "pipe.onnx")

    def test_a_second_time_needs_replace(self, store: ModelStore, tmp_path: Path) -> None:
        store.add(tiny.write_traits(tmp_path / "one").folder)
        newer = tiny.write_traits(tmp_path / "two", tiny.card(version="2")).folder
        assert "--replace" in refused(store, newer, "model.exists")
        assert store.get("tiny-traits").card.version == "1"
        assert store.add(newer, replace=True).card.version == "2"
        assert [path.name for path in store.folders[0].iterdir()] == ["tiny-traits"]

    def test_a_shipped_model_gives_way_only_when_told(self, store: ModelStore, tmp_path: Path) -> None:
        written = tiny.write_traits(store.folders[1] / "tiny-traits")
        assert store.get("tiny-traits").shipped
        refused(store, written.folder, "model.exists")
        store.add(written.folder, replace=True)
        assert not store.get("tiny-traits").shipped
        store.remove("tiny-traits")
        assert store.get("tiny-traits").shipped

    def test_progress_and_stopping(self, store: ModelStore, tmp_path: Path) -> None:
        written = tiny.write_traits(tmp_path / "given", weights=np.ones(3 << 18, np.float32))
        token = CancelToken()
        seen = []

        def note(progress: object) -> None:
            seen.append(progress)
            token.cancel()

        with pytest.raises(Cancelled):
            store.add(written.folder, context=JobContext(note, token))
        assert len(seen) == 1
        assert list(store.folders[0].iterdir()) == []

    def test_a_graph_beyond_two_gigabytes_keeps_its_weights_beside_it(self, store: ModelStore, tmp_path: Path) -> None:
        written = with_weights_beside(tmp_path / "given", np.arange(600, dtype=np.float32))
        model = store.add(written.folder)
        assert model.graph("traits").with_name("traits.onnx.data").stat().st_size >= 2400
        assert store.verify(model.card.id) == ()
        damage(model.folder / "traits.onnx.data")
        assert "traits.onnx.data" in " ".join(store.verify(model.card.id))


def with_weights_beside(folder: Path, weights: np.ndarray) -> tiny.Written:  # type: ignore[type-arg]
    """A model whose weights lie in a second file that its card lists."""
    written = tiny.write_traits(folder, weights=weights)
    file = folder / "traits.onnx"
    model = onnx.load(str(file))
    onnx.save(model, str(file), save_as_external_data=True, location="traits.onnx.data", size_threshold=1024)
    graphs = {"traits": tiny.described(file), "traits.weights": tiny.described(folder / "traits.onnx.data")}
    whole = replace(written.card, graphs=graphs)
    (folder / FILE_NAME).write_text(whole.to_json())
    return tiny.Written(folder, whole)


def damage(file: Path) -> None:
    """Turn one bit in the middle."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


class TestBadModels:
    """Each gets a sentence that says what is wrong, and leaves nothing behind."""

    def test_no_card(self, store: ModelStore, tmp_path: Path) -> None:
        folder = tiny.write_traits(tmp_path / "given").folder
        file = tmp_path / "plain.onnx"
        file.write_bytes(tiny.traits_graph().SerializeToString())
        (folder / FILE_NAME).unlink()
        assert "plain.onnx" in refused(store, file, "model.no_card")
        refused(store, folder, "model.no_card")
        refused(store, tiny.pack(folder, tmp_path / "m.zip"), "model.no_card")

    def test_wrong_task(self, store: ModelStore, tmp_path: Path) -> None:
        folder = tiny.write_traits(tmp_path / "given", tiny.card(task="crowns")).folder
        assert "crowns" in refused(store, folder, "model.task")

    def test_unknown_family(self, store: ModelStore, tmp_path: Path) -> None:
        folder = tiny.write_traits(tmp_path / "given", tiny.card(family="oracle")).folder
        assert "oracle" in refused(store, folder, "model.family")

    @pytest.mark.parametrize("names", [(), ("Acer",), ("Acer", "Picea", "Tilia")])
    def test_wrong_class_count(self, names: tuple[str, ...], store: ModelStore, tmp_path: Path) -> None:
        classes = tuple(ModelClass(name) for name in names)
        folder = tiny.write_traits(tmp_path / "given", tiny.card(classes=classes)).folder
        assert f"its card names {len(names)}" in refused(store, folder, "model.classes")

    def test_a_graph_that_hides_its_class_count(self, store: ModelStore, tmp_path: Path) -> None:
        outputs = {"logits": ["n", "k"], "height_m": ["n"], "embedding": ["n", 8]}
        refused(store, tiny.write_traits(tmp_path / "given", outputs=outputs).folder, "model.contract")

    @pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
    @pytest.mark.parametrize("kind", [np.float32, np.float16, np.float64])
    def test_broken_weights(self, value: float, kind: type, store: ModelStore, tmp_path: Path) -> None:
        weights = np.ones(100, kind)
        weights[57] = value
        assert "weights" in refused(store, tiny.write_traits(tmp_path / "given", weights=weights).folder, "model.nan")

    def test_broken_weights_beside_the_graph(self, store: ModelStore, tmp_path: Path) -> None:
        weights = np.ones(600, np.float32)
        weights[599] = np.nan
        refused(store, with_weights_beside(tmp_path / "given", weights).folder, "model.nan")

    def test_an_infinite_constant_is_no_weight(self, store: ModelStore, tmp_path: Path) -> None:
        weights = np.array([-np.inf], np.float32)  # as attention masks hold it
        assert store.add(tiny.write_traits(tmp_path / "given", weights=weights).folder)

    def test_truncated(self, store: ModelStore, tmp_path: Path) -> None:
        written = tiny.write_traits(tmp_path / "given")
        file = written.folder / "traits.onnx"
        file.write_bytes(file.read_bytes()[:-20])
        assert "cut off" in refused(store, written.folder, "model.size")
        (written.folder / FILE_NAME).unlink()
        assert "cut off" in refused(store, file, "model.onnx_damaged")

    def test_another_file_of_the_same_size(self, store: ModelStore, tmp_path: Path) -> None:
        written = tiny.write_traits(tmp_path / "given")
        damage(written.folder / "traits.onnx")
        assert "SHA-256" in refused(store, written.folder, "model.hash")
        refused(store, tiny.pack(written.folder, tmp_path / "m.zip"), "model.hash")

    def test_longer_than_its_card_says(self, store: ModelStore, tmp_path: Path) -> None:
        written = tiny.write_traits(tmp_path / "given")
        with (written.folder / "traits.onnx").open("ab") as file:
            file.write(bytes(5 << 20))
        assert "more than" in refused(store, written.folder, "model.size")

    @pytest.mark.parametrize(
        ("inputs", "word"),
        [
            ({"picture": ["n", 3, 32, 32]}, "no input rgb"),
            ({"rgb": ["n", 3, 32, 32], "soil": ["n"]}, "soil"),
            ({"rgb": ["n", 4, 32, 32]}, "side of 4 instead of 3"),
            ({"rgb": ["n", 3, 64, 64]}, "side of 64 instead of 32"),
            ({"rgb": [3, 32, 32]}, "3 dimensions instead of 4"),
        ],
    )
    def test_inputs_that_nobody_can_give(
        self, inputs: dict[str, tiny.Shape], word: str, store: ModelStore, tmp_path: Path
    ) -> None:
        assert word in refused(store, tiny.write_traits(tmp_path / "given", inputs=inputs).folder, "model.contract")

    def test_an_output_that_is_missing(self, store: ModelStore, tmp_path: Path) -> None:
        outputs = {"logits": ["n", 2], "embedding": ["n", 8]}
        said = refused(store, tiny.write_traits(tmp_path / "given", outputs=outputs).folder, "model.contract")
        assert "height_m" in said

    def test_elevation_that_the_card_does_not_speak_of(self, store: ModelStore, tmp_path: Path) -> None:
        graphs = {"encoder": tiny.graph({"rgb": [1, 3, 32, 32], "elevation": [1, 1, 32, 32]}, {"embedding": [1, 4]})}
        given = tiny.card(id="b", family="balsam2", task="crowns")
        assert "elevation" in refused(store, tiny.write(tmp_path / "given", given, graphs).folder, "model.contract")

    def test_a_graph_that_onnx_runtime_refuses(self, store: ModelStore, tmp_path: Path) -> None:
        model = tiny.traits_graph()
        model.graph.node[0].op_type = "Divination"
        written = tiny.write(tmp_path / "given", tiny.card(), {"traits": model})
        assert "Divination" in refused(store, written.folder, "model.graph")

    @pytest.mark.parametrize("location", ["/etc/passwd", "../../secret", "other.bin"])
    def test_files_elsewhere(self, location: str, store: ModelStore, tmp_path: Path) -> None:
        model = tiny.traits_graph()
        tensor = model.graph.initializer[0]
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value=location)
        written = tiny.write(tmp_path / "given", tiny.card(), {"traits": model})
        assert location in refused(store, written.folder, "model.external")

    def test_files_elsewhere_hidden_in_a_constant(self, store: ModelStore, tmp_path: Path) -> None:
        model = tiny.traits_graph()
        tensor = TensorProto(name="t", data_type=TensorProto.FLOAT, dims=[1], data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="/etc/passwd")
        model.graph.node.append(helper.make_node("Constant", [], ["unused"], value=tensor))
        refused(store, tiny.write(tmp_path / "given", tiny.card(), {"traits": model}).folder, "model.external")

    def test_graphs_of_two_models(self, store: ModelStore, tmp_path: Path) -> None:
        other = tiny.write_traits(tmp_path / "other", tiny.card(classes=(ModelClass("Tilia"), ModelClass("Abies"))))
        written = tiny.write_traits(tmp_path / "given")
        file = written.folder / "traits.onnx"
        file.write_bytes((other.folder / "traits.onnx").read_bytes())
        card = replace(written.card, graphs={"traits": tiny.described(file)})
        (written.folder / FILE_NAME).write_text(card.to_json())
        assert "mixed up" in refused(store, written.folder, "model.mixed")

    @pytest.mark.parametrize(
        "model_id", ["../evil", "/tmp/x", "a/b", "", ".", "UPPER", "con", "nul.x", "watershed", "x" * 65]
    )
    def test_ids_that_are_no_folder(self, model_id: str, store: ModelStore, tmp_path: Path) -> None:
        refused(store, tiny.write_traits(tmp_path / "given", tiny.card(id=model_id)).folder, "model.id")

    @pytest.mark.parametrize("name", ["card.json", "LICENCE.txt", "C:x.onnx", ".hidden", "a b.onnx", "..", "x/y.onnx"])
    def test_names_that_are_no_file(self, name: str, store: ModelStore, tmp_path: Path) -> None:
        folder = tiny.write_traits(tmp_path / "given").folder
        card = json.loads((folder / FILE_NAME).read_text())
        card["graphs"]["traits"]["file"] = name
        (folder / FILE_NAME).write_text(json.dumps(card))
        refused(store, folder, "model.card_damaged")

    def test_a_card_that_is_none(self, store: ModelStore, tmp_path: Path) -> None:
        folder = tiny.write_traits(tmp_path / "given").folder
        for text in (b"", b"[]", b"[" * 200_000, b"\xff\xfe", b"x" * 2_000_000):
            (folder / FILE_NAME).write_bytes(text)
            refused(store, folder, "model.card_damaged")

    def test_a_smaller_version_of_a_graph_is_checked_as_the_graph(self, store: ModelStore, tmp_path: Path) -> None:
        graphs = {"traits": tiny.traits_graph(), "traits_int8": tiny.traits_graph()}
        model = store.add(tiny.write(tmp_path / "given", tiny.card(), graphs).folder)
        assert set(model.card.graphs) == {"traits", "traits_int8"}
        graphs["traits_int8"] = tiny.traits_graph(inputs={"picture": ["n", 3, 32, 32]})
        with pytest.raises(ModelError, match="no input rgb"):
            store.add(tiny.write(tmp_path / "other", tiny.card(), graphs).folder, replace=True)

    def test_a_part_that_nothing_uses(self, store: ModelStore, tmp_path: Path) -> None:
        graphs = {"traits": tiny.traits_graph(), "virus": tiny.traits_graph()}
        assert "virus" in refused(store, tiny.write(tmp_path / "given", tiny.card(), graphs).folder, "model.roles")

    @pytest.mark.parametrize("name", ["weights.pth", "weights.safetensors", "noname"])
    def test_checkpoints_are_sent_to_the_converter(self, name: str, store: ModelStore, tmp_path: Path) -> None:
        file = tmp_path / name
        file.write_bytes(b"\x80\x02cos\nsystem\n(S'touch /tmp/owned'\ntR.")
        assert "models convert" in refused(store, file, "model.is_checkpoint")

    def test_checkpoints_in_archives_too(self, store: ModelStore, tmp_path: Path) -> None:
        file = tmp_path / "weights.pth"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("archive/data.pkl", b"\x80\x02.")
            for number in range(300):
                archive.writestr(f"archive/data/{number}", b"1234")
        assert "models convert" in refused(store, file, "model.is_checkpoint")

    def test_any_other_file(self, store: ModelStore, tmp_path: Path) -> None:
        file = tmp_path / "notes.onnx"
        for content in (b"", b"hello", bytes(1000), os.urandom(4096)):
            file.write_bytes(content)
            with pytest.raises(ModelError):
                store.add(file)


class TestArchives:
    def test_one_that_leads_out(self, store: ModelStore, tmp_path: Path) -> None:
        written = tiny.write_traits(tmp_path / "given")
        for name in ("../evil.txt", "/etc/evil", "..\\evil", "C:\\evil", "a/../../evil"):
            archive = tiny.pack(written.folder, tmp_path / "m.zip")
            with zipfile.ZipFile(archive, "a") as target:
                target.writestr(name, "x")
            assert "leads out" in refused(store, archive, "model.archive")
        assert not (tmp_path / "evil.txt").exists()

    def test_one_with_a_link(self, store: ModelStore, tmp_path: Path) -> None:
        archive = tiny.pack(tiny.write_traits(tmp_path / "given").folder, tmp_path / "m.zip")
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        with zipfile.ZipFile(archive, "a") as target:
            target.writestr(link, "/etc/passwd")
        refused(store, archive, "model.archive")

    def test_one_that_swells(self, store: ModelStore, tmp_path: Path) -> None:
        archive = tmp_path / "m.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target, target.open("traits.onnx", "w") as file:
            for _ in range(70):
                file.write(bytes(1 << 20))
        assert "times" in refused(store, archive, "model.archive")

    def test_one_that_lies_about_its_sizes(self, store: ModelStore, tmp_path: Path) -> None:
        """The copy stops at the size on the card, whatever comes out of the archive."""
        written = tiny.write_traits(tmp_path / "given")
        archive = tiny.pack(written.folder, tmp_path / "m.zip")
        content = bytearray(archive.read_bytes())
        entry = content.rindex(b"PK\x01\x02")
        content[entry + 24 : entry + 28] = struct.pack("<I", 1 << 30)
        archive.write_bytes(content)
        with pytest.raises(ModelError):
            store.add(archive)

    def test_one_with_too_many_files(self, store: ModelStore, tmp_path: Path) -> None:
        archive = tiny.pack(tiny.write_traits(tmp_path / "given").folder, tmp_path / "m.zip")
        with zipfile.ZipFile(archive, "a") as target:
            for number in range(100):
                target.writestr(f"more/{number}", b"")
        refused(store, archive, "model.archive")

    def test_truncated_and_garbled(self, store: ModelStore, tmp_path: Path) -> None:
        whole = tiny.pack(tiny.write_traits(tmp_path / "given").folder, tmp_path / "m.zip").read_bytes()
        file = tmp_path / "damaged.zip"
        for position in range(0, len(whole), 37):
            garbled = bytearray(whole)
            garbled[position] ^= 0xFF
            for content in (whole[:position], bytes(garbled)):
                file.write_bytes(content)
                with suppress(ModelError):  # any other error fails the test
                    store.add(file, replace=True)


class TestLicences:
    def test_one_that_must_be_accepted(self, store: ModelStore, tmp_path: Path) -> None:
        folder = tiny.write_traits(tmp_path / "given", tiny.card(licence="Secret Agreement 3")).folder
        said = refused(store, folder, "model.licence")
        assert "Secret Agreement 3" in said
        assert "--accept-licence" in said
        assert store.add(folder, accept_licence=True).licence_text() == "Free for all."

    def test_one_that_nobody_stated(self, store: ModelStore, tmp_path: Path) -> None:
        folder = tiny.write_traits(tmp_path / "given", tiny.card(licence="not stated")).folder
        assert "not stated" in refused(store, folder, "model.licence")

    def test_an_agreement_that_must_go_along(self, store: ModelStore, tmp_path: Path) -> None:
        folder = tiny.write_traits(tmp_path / "given", tiny.card(licence="DINOv3 License")).folder
        assert "ai.meta.com" in refused(store, folder, "model.licence")
        note = store.add(folder, accept_licence=True).licence_text()
        assert "ai.meta.com" in note
        assert "save it here" in note
        agreement = "The words of the agreement. " * 100
        (folder / "licence.txt").write_text(agreement)
        assert store.add(folder, accept_licence=True, replace=True).licence_text() == agreement

    def test_who_converts_holds_the_licence_already(self, store: ModelStore, tmp_path: Path) -> None:
        folder = tiny.write_traits(tmp_path / "given", tiny.card(licence="DINOv3")).folder
        assert store.add(folder, own_conversion=True)

    def test_the_apache_licence_is_written_in_full(self, store: ModelStore, tmp_path: Path) -> None:
        model = store.add(tiny.write_traits(tmp_path / "given").folder)
        assert "TERMS AND CONDITIONS" in model.licence_text()


_LIMITED = """
import resource, sys
from pathlib import Path
from inference.errors import ModelError
from inference.models.store import ModelStore
resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
try:
    ModelStore([Path(sys.argv[2])]).add(Path(sys.argv[1]), replace=True)
except ModelError as error:
    sys.exit(error.code)
"""
_KILLED = """
import os, sys
from pathlib import Path
from inference.jobs import JobContext
from inference.models.store import ModelStore
context = JobContext(lambda progress: os.kill(os.getpid(), 9) if progress.done >= 2 else None)
ModelStore([Path(sys.argv[2])]).add(Path(sys.argv[1]), replace=True, context=context)
"""


class TestAllOrNothing:
    def test_a_crash_between_the_two_renames(self, store: ModelStore, tmp_path: Path) -> None:
        """The older model was set aside and the new one is not in place: the next installation brings it back."""
        store.add(tiny.write_traits(tmp_path / "one").folder)
        home = store.folders[0]
        (home / "tiny-traits").rename(home / ".old-tiny-traits-.new-abc")
        assert store.models() == ()
        store.add(tiny.write(tmp_path / "sam", tiny.sam_card(), tiny.sam_graphs()).folder)
        assert [model.card.id for model in store.models()] == ["tiny-sam", "tiny-traits"]

    def test_what_a_killed_installation_left(self, store: ModelStore, tmp_path: Path) -> None:
        home = store.folders[0]
        for name in ("old", "young"):
            (home / f".new-{name}").mkdir(parents=True)
        os.utime(home / ".new-old", (0, 0))
        store.add(tiny.write_traits(tmp_path / "given").folder)
        assert sorted(path.name for path in home.iterdir()) == [".new-young", "tiny-traits"]

    def test_a_folder_that_cannot_be_written(self, store: ModelStore, tmp_path: Path) -> None:
        store.folders[0].write_text("a file where the folder should be")
        with pytest.raises(ModelError) as caught:
            store.add(tiny.write_traits(tmp_path / "given").folder)
        assert caught.value.code == "model.not_writable"

    @pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of Unix")
    def test_a_disk_that_fills_up_on_the_way(self, store: ModelStore, tmp_path: Path) -> None:
        """A limit on the size of files stands in for a full disk: the same error comes from the same call."""
        store.add(tiny.write_traits(tmp_path / "older").folder)
        given = tiny.write_traits(tmp_path / "given", tiny.card(version="2"), weights=np.ones(1 << 20, np.float32))
        words = [sys.executable, "-c", _LIMITED, str(given.folder), str(store.folders[0])]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        assert done.stderr.strip() == "model.disk_full", done.stderr
        assert [path.name for path in store.folders[0].iterdir()] == ["tiny-traits"]
        assert store.get("tiny-traits").card.version == "1"
        assert store.verify("tiny-traits") == ()

    @pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of Unix")
    def test_killed_while_copying(self, store: ModelStore, tmp_path: Path) -> None:
        store.add(tiny.write_traits(tmp_path / "older").folder)
        given = tiny.write_traits(tmp_path / "given", tiny.card(version="2"), weights=np.ones(1 << 20, np.float32))
        words = [sys.executable, "-c", _KILLED, str(given.folder), str(store.folders[0])]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == -9
        assert [model.card.version for model in store.models()] == ["1"]
        assert store.problems() == ()
        assert store.add(given.folder, replace=True).card.version == "2"

    def test_a_card_that_wants_more_than_the_disk_has(self, store: ModelStore, tmp_path: Path) -> None:
        folder = tiny.write_traits(tmp_path / "given").folder
        card = json.loads((folder / FILE_NAME).read_text())
        card["graphs"]["traits"]["size_bytes"] = installing.MAX_MODEL_BYTES
        (folder / FILE_NAME).write_text(json.dumps(card))
        with pytest.raises(ModelError):
            store.add(folder)
        card["graphs"]["traits"]["size_bytes"] = installing.MAX_MODEL_BYTES + 1
        (folder / FILE_NAME).write_text(json.dumps(card))
        refused(store, folder, "model.too_large")


class TestLooking:
    def test_an_empty_store(self, tmp_path: Path) -> None:
        store = ModelStore([tmp_path / "none"])
        assert store.models() == ()
        assert store.problems() == ()
        with pytest.raises(ModelError, match="none"):
            store.get("anything")

    def test_a_store_that_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "models").write_text("a file where the folder should be")
        store = ModelStore([tmp_path / "models"])
        assert store.models() == ()
        assert "cannot be read" in store.problems()[0].sentence

    def test_the_user_s_own_folder_by_default(self, tmp_path: Path) -> None:
        ModelStore().add(tiny.write_traits(tmp_path / "given").folder)
        assert (paths.data_dir() / "models" / "tiny-traits" / FILE_NAME).is_file()
        assert ModelStore().get("tiny-traits")

    def test_models_by_task(self, store: ModelStore, tmp_path: Path) -> None:
        store.add(tiny.write_traits(tmp_path / "given").folder)
        store.add(tiny.write(tmp_path / "sam", tiny.sam_card(), tiny.sam_graphs()).folder)
        assert [model.card.id for model in store.models("traits")] == ["tiny-traits"]
        assert [model.card.id for model in store.models("prompt")] == ["tiny-sam"]
        assert store.models("crowns") == ()

    def test_a_crown_model_with_a_prompt_graph_can_be_prompted(self, store: ModelStore, tmp_path: Path) -> None:
        given = tiny.card(id="both", family="balsam2", task="crowns")
        store.add(tiny.write(tmp_path / "given", given, tiny.sam_graphs()).folder)
        assert [model.card.id for model in store.models("prompt")] == ["both"]
        assert [model.card.id for model in store.models("crowns")] == ["both"]

    def test_damaged_ones_are_left_out_and_told(self, store: ModelStore, tmp_path: Path) -> None:
        model = store.add(tiny.write_traits(tmp_path / "given").folder)
        with model.graph("traits").open("ab") as file:
            file.write(b"x")
        assert store.models() == ()
        (problem,) = store.problems()
        assert problem.model_id == "tiny-traits"
        assert "traits.onnx" in problem.sentence
        with pytest.raises(ModelError) as caught:
            store.get("tiny-traits")
        assert caught.value.code == "model.damaged"
        assert store.verify("tiny-traits") == (problem.sentence,)
        store.remove("tiny-traits")
        assert store.problems() == ()

    def test_a_changed_file_is_never_handed_out(self, store: ModelStore, tmp_path: Path) -> None:
        model = store.add(tiny.write_traits(tmp_path / "given").folder)
        damage(model.graph("traits"))
        with pytest.raises(ModelError, match="SHA-256"):
            model.graph("traits")
        assert "SHA-256" in store.verify("tiny-traits")[0]

    def test_a_folder_under_another_name(self, store: ModelStore, tmp_path: Path) -> None:
        store.add(tiny.write_traits(tmp_path / "given").folder).folder.rename(store.folders[0] / "renamed")
        assert "Rename" in store.problems()[0].sentence

    def test_a_part_that_is_not_there(self, store: ModelStore, tmp_path: Path) -> None:
        model = store.add(tiny.write_traits(tmp_path / "given").folder)
        with pytest.raises(ModelError, match="no part encoder; it has traits"):
            model.graph("encoder")

    def test_removing(self, store: ModelStore, tmp_path: Path) -> None:
        tiny.write_traits(store.folders[1] / "tiny-traits")
        with pytest.raises(ModelError, match="part of BirchTree"):
            store.remove("tiny-traits")
        for model_id in ("nothing", "../models", "watershed"):
            with pytest.raises(ModelError):
                store.remove(model_id)
        assert store.get("tiny-traits")
