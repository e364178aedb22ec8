"""What the card of the crowns model that ships says of its accuracy: in the sentence that the window can translate."""

import tomllib

import resources
from inference.sentences import Teller
from training.shipped.crowns import _measured
from training.shipped.crowns_card import accuracy_of

SITES = ["teak=0.60", "idtrees=0.59", "harv=0.5"]


def test_the_figures_of_the_folds_become_the_sentence_that_the_window_knows() -> None:
    told = accuracy_of(_measured(SITES), None)
    assert told == (
        "Cross-validated by place, F1 of boxes at IoU 0.4: teak 0.60, idtrees 0.59 and harv 0.50 "
        "(docs/models/accuracy.md)"
    )
    words = tomllib.loads(resources.path("translations/words.toml").read_text(encoding="utf-8"))
    assert Teller(str.swapcase, ",").tell(told) != told
    assert any(template.startswith("Cross-validated by place, F1 of boxes at IoU {iou}") for template in words["cards"])


def test_a_fold_tells_what_it_was_examined_on_and_nothing_measured_says_nothing() -> None:
    assert accuracy_of({"sites": {"teak": {"f1": 0.612}}}, 0).startswith(
        "On plots held out, F1 of boxes at IoU 0.4: teak 0.61 ("
    )
    assert accuracy_of({}, 0) == ""
    assert accuracy_of(_measured([]), None) == ""
