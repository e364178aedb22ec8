"""The sentences of the review in the user's language: reasons, progress, accuracy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from birchtree_gui import units

if TYPE_CHECKING:
    from inference.review.accuracy import Estimate
    from inference.review.ranking import Reason
    from inference.review.standing import Standing
    from inference.review.waiting import Waiting

_CONTEXT = "Review"
_MOST_REASONS = 3


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


def reason_text(reason: Reason) -> str:
    """Why a crown is in the queue; numbers as people here write them."""
    facts = {
        name: units.fraction(value) if name.endswith("share") else units.number(value)
        for name, value in reason.facts.items()
    }
    return QCoreApplication.translate("engine", reason.template).format(**facts)


def reasons_text(reasons: tuple[Reason, ...], *, is_control: bool, in_queue: bool) -> str:
    """Why the shown crown is shown, in a few lines."""
    lines = [_tr("Drawn at random, to tell how good the crowns are.")] if is_control else []
    lines += [reason_text(reason) for reason in reasons[:_MOST_REASONS]]
    if not lines:
        lines = [_tr("Nothing speaks against it.") if in_queue else _tr("You chose it on the map.")]
    return "\n".join(lines)


def progress_text(done: int, waiting: Waiting, a_minute: float | None, seconds_left: float | None) -> str:
    """How far it is, how fast it goes, how long it will take; control crowns in a line of their own."""
    text = _tr("{done} decided, {waiting} to go").format(done=units.count(done), waiting=units.count(waiting.ranked))
    if a_minute is not None and seconds_left is not None and waiting.all:
        pace = _tr("{pace} a minute, {left} left").format(
            pace=units.number(a_minute, 0 if a_minute >= 10 else 1), left=units.duration(seconds_left)
        )
        text = f"{text}    {pace}"
    if waiting.controls == 1:
        return f"{text}\n" + _tr("and one control crown, drawn at random")
    if waiting.controls:
        controls = _tr("and {count} control crowns, drawn at random").format(count=units.count(waiting.controls))
        return f"{text}\n{controls}"
    return text


def accuracy_text(standing: Standing) -> str:
    """How good the crowns are that nobody looked at."""
    if not standing.unseen:
        return _tr("Every crown on the map was looked at.")
    if standing.right is None:
        return _tr("Accuracy: not known yet. Control crowns, drawn at random, come up in the queue.")
    told = _tr("{share} of the crowns that nobody looked at are right ({range}), by {count} control crowns")
    if standing.right.count == 1:
        told = _tr("{share} of the crowns that nobody looked at are right ({range}), by one control crown")
    return told.format(
        share=units.fraction(standing.right.value), range=interval(standing.right), count=standing.right.count
    )


def accuracy_details(standing: Standing) -> str:
    """The other estimates, for the tooltip."""
    lines = []
    if standing.trees is not None:
        lines.append(
            _tr("Trees, however well outlined: {share} ({range})").format(
                share=units.fraction(standing.trees.value), range=interval(standing.trees)
            )
        )
    if standing.all_right is not None:
        lines.append(
            _tr("Of all {count} on the map, {share} are right ({range})").format(
                count=units.crowns(standing.unseen + standing.seen),
                share=units.fraction(standing.all_right.value),
                range=interval(standing.all_right),
            )
        )
    lines.append(_tr("In brackets: 95 % interval"))
    return "\n".join(lines)


def missed_text(missed: Estimate | None, area_m2: float) -> str:
    """How many crowns the model had missed; "" before any ground was seen."""
    if missed is None:
        return ""
    hectares = units.quantity(area_m2 / 10_000, "ha", 2)
    if not missed.count:
        return _tr("No missed crown drawn on {area} seen").format(area=hectares)
    return _tr("{count} missed and drawn on {area} seen: {rate} for each ha ({low} to {high})").format(
        count=units.crowns(missed.count),
        area=hectares,
        rate=units.number(missed.value, 0 if missed.value >= 10 else 1),
        low=units.number(missed.low, 0),
        high=units.number(missed.high, 0),
    )


def interval(estimate: Estimate) -> str:
    """The bounds of a share."""
    return _tr("{low} to {high}").format(low=units.fraction(estimate.low), high=units.fraction(estimate.high))
