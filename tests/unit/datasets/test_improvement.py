"""An improvement in its folder: how far it is, its command lines, and that discarding it leaves nothing."""

from pathlib import Path

import pytest

from inference import paths
from inference.datasets.improvement import Improvement, begin, unfinished
from inference.errors import InputError


def begun(**changes: object) -> Improvement:
    asked: dict[str, object] = {
        "whole": [Path("a.birch.gpkg")],
        "base": "crowns",
        "licence": "CC0-1.0",
        "model_id": "crowns-2",
        "title": "Crowns, improved on a",
        "minutes": 20.0,
        "block_m": 15.0,
        **changes,
    }
    return begin([Path("a.birch.gpkg"), Path("b.birch.gpkg")], **asked)  # type: ignore[arg-type]


def put(path: Path, text: str = "{}") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_it_is_found_again_as_it_was() -> None:
    first, second = begun(), begun(steps=3, minutes=5.0)
    assert unfinished() == (second, first)
    assert all(path.is_absolute() for path in first.plots)


def test_states_follow_from_the_files() -> None:
    one = begun()
    assert one.state == "planned"
    put(one.set_folder / "manifest.json")
    assert one.state == "ready"
    put(one.training_folder / "training.json")
    assert one.state == "begun"
    put(one.training_folder / "report.json", '{"after": {"f1": 0.5}}')
    assert one.state == "begun"
    put(one.model_folder / "card.json")
    assert one.state == "made"
    assert one.report()["after"]["f1"] == 0.5


def test_command_lines() -> None:
    one = begun()
    words = one.dataset_words()
    assert words[:3] == ["dataset", str(one.plots[0]), str(one.plots[1])]
    assert words[-2:] == ["--whole", str(one.whole[0])]
    assert words[words.index("--block") + 1] == "15"
    train = one.training_words()
    assert {"--aside", "--minutes", "--from", "--licence"} <= set(train)
    assert train[train.index("--steps") + 1] == "100000"
    assert "--resume" not in train
    put(one.training_folder / "training.json")
    assert one.training_words()[-1] == "--resume"
    bare = begun(base="", licence="", whole=[], steps=4)
    assert "--from" not in bare.training_words()
    assert "--whole" not in bare.dataset_words()
    assert bare.training_words()[bare.training_words().index("--steps") + 1] == "4"


def test_what_is_half_made_goes_what_was_learned_stays() -> None:
    one = begun()
    put(one.set_folder / "images" / "a.tif")
    put(one.training_folder / "x")
    one.clear_half_made()
    assert not one.set_folder.exists()
    assert not one.training_folder.exists()
    put(one.set_folder / "manifest.json")
    put(one.training_folder / "training.json")
    one.clear_half_made()
    assert one.state == "begun"


def test_nothing_is_left_of_a_discarded_one() -> None:
    one = begun()
    put(one.training_folder / "centres.pt")
    one.discard()
    one.discard()
    assert unfinished() == ()
    assert list((paths.data_dir() / "improvements").iterdir()) == []


def test_damage_is_left_out() -> None:
    one = begun()
    put(one.folder / "improvement.json", "{")
    put(one.folder.with_name("empty") / "x")
    assert unfinished() == ()
    with pytest.raises(InputError, match="missing or damaged"):
        one.report()


def test_the_curve_so_far() -> None:
    one = begun()
    assert one.curve() == ()
    put(
        one.training_folder / "curves.csv",
        "stage,step,loss,losses,valid_f1,valid_threshold,seconds\ncentres,5,1.5,a=1.5,0.25,0.3,2.0\nmasks,3,9.0,b=9.0,,,1.0\n",
    )
    assert one.curve() == (("centres", 5, 1.5, 0.25), ("masks", 3, 9.0, None))
    put(one.training_folder / "curves.csv", "stage,step\ncentres,x\n")
    assert one.curve() == ()


def test_a_disk_that_cannot_be_written() -> None:
    put(paths.data_dir() / "improvements", "in the way")
    with pytest.raises(InputError, match="Make room"):
        begun()
