"""A stage of a training: checkpoints, the best weights, when it is given up, and how it goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from inference.errors import Cancelled
from inference.jobs import CancelToken
from training.crowns.curves import Point, read_curves
from training.stage import Score, Stage, StageRules

RULES = StageRules("made", steps=20, every=2, patience=2)


@dataclass(frozen=True, slots=True)
class OneStep:
    """A step whose loss is its number."""

    step: int

    @property
    def losses(self) -> dict[str, float]:
        """By name."""
        return {"loss": float(self.step)}


@dataclass
class Counting:
    """Learns nothing but to count."""

    step: int = 0
    saved: list[int] = field(default_factory=list)

    def run(self, until: int, report: Callable[[OneStep], None], /) -> None:
        """Up to a step."""
        while self.step < until:
            self.step += 1
            report(OneStep(self.step))

    def save(self, path: Path, /) -> None:
        """The number is all there is."""
        self.saved.append(self.step)
        path.write_text(str(self.step))


@dataclass
class Course:
    """A stage with the scores that its examinations will give."""

    folder: Path
    scores: Sequence[float | None]
    rules: StageRules = RULES
    points: list[Point] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    stop_at: int = 0

    def run(self, fit: Counting) -> Stage:
        """The stage when it has ended, or was stopped."""
        token = CancelToken()

        def examine() -> Score | None:
            score = self.scores[(fit.step + self.rules.every - 1) // self.rules.every - 1]
            return None if score is None else Score(score, 0.4)

        def tell(step: int, point: Point | None) -> None:
            if step == self.stop_at and point is None:
                token.cancel()

        table = self.folder / "curves.csv"
        stage = Stage(
            self.rules,
            self.folder / "state",
            table,
            self.points,
            examine,
            lambda: self.kept.append(fit.step),
            tell,
            token,
        )
        try:
            stage.run(fit)
        finally:
            self.points = stage.points
        return stage


def test_it_keeps_the_best_and_ends_when_nothing_gets_better(tmp_path: Path) -> None:
    made, fit = Course(tmp_path, [0.1, 0.5, 0.3, 0.4, 0.9]), Counting()
    stage = made.run(fit)
    assert (fit.step, fit.saved, made.kept) == (8, [2, 4, 6, 8], [2, 4])
    assert stage.scores() == [0.1, 0.5, 0.3, 0.4]
    assert read_curves(tmp_path / "curves.csv")[1].losses == {"loss": 3.5}


def test_an_even_score_is_no_better(tmp_path: Path) -> None:
    made, fit = Course(tmp_path, [0.5, 0.5, 0.5, 0.9]), Counting()
    made.run(fit)
    assert (fit.step, made.kept) == (6, [2])


@pytest.mark.parametrize(("quiet_steps", "last"), [(0, 6), (11, 12), (100, 20)])
def test_as_long_as_nothing_is_found_it_may_go_on(quiet_steps: int, last: int, tmp_path: Path) -> None:
    rules = StageRules("made", 20, 2, 2, quiet_steps=quiet_steps)
    fit = Counting()
    Course(tmp_path, [0.0] * 10, rules).run(fit)
    assert fit.step == last


def test_without_examination_or_patience_it_goes_on(tmp_path: Path) -> None:
    for number, (scores, patience) in enumerate((([None] * 10, 2), ([0.5, *[0.1] * 9], 0))):
        folder = tmp_path / str(number)
        folder.mkdir()
        fit = Counting()
        Course(folder, scores, StageRules("made", 20, 2, patience)).run(fit)
        assert fit.step == 20


@pytest.mark.parametrize("stop_at", [1, 3, 7])
def test_stopped_it_goes_on_as_if_nothing_had_happened(stop_at: int, tmp_path: Path) -> None:
    scores = [0.1, 0.5, 0.3, 0.4, 0.9]
    made, fit = Course(tmp_path, scores, stop_at=stop_at), Counting()
    with pytest.raises(Cancelled):
        made.run(fit)
    assert fit.saved[-1] == stop_at
    again = Course(tmp_path, scores, points=read_curves(tmp_path / "curves.csv"))
    resumed = Counting(fit.step)
    assert again.run(resumed).scores() == [0.1, 0.5, 0.3, 0.4]
    assert resumed.step == 8


def test_rows_of_a_checkpoint_that_was_not_finished_are_made_again(tmp_path: Path) -> None:
    """Killed after the table was written and before the checkpoint was."""
    points = [Point("before", 9, {"loss": 1.0}, 0.3, 0.3, 1.0), Point("made", 2, {"loss": 1.5}, 0.7, 0.4, 1.0)]
    made = Course(tmp_path, [0.1, 0.2, 0.15, 0.1], points=points)
    made.run(Counting())
    assert [(point.stage, point.step, point.valid_f1) for point in made.points] == [
        ("before", 9, 0.3), ("made", 2, 0.1), ("made", 4, 0.2), ("made", 6, 0.15), ("made", 8, 0.1),
    ]  # fmt: skip


def test_scores_of_masks_stand_in_a_column_of_their_own(tmp_path: Path) -> None:
    rules = StageRules("made", 4, 2, 2, scores_masks=True)
    Course(tmp_path, [0.4, 0.6], rules).run(Counting())
    points = read_curves(tmp_path / "curves.csv")
    assert [(point.valid_f1, point.valid_mask_iou) for point in points] == [(None, 0.4), (None, 0.6)]


def test_scores_below_zero_are_scores_too(tmp_path: Path) -> None:
    made, fit = Course(tmp_path, [-3.0, -2.0, -2.5, -2.5]), Counting()
    made.run(fit)
    assert made.kept == [2, 4]
