"""Licences before use: which models need the user's consent, and what is kept beside a model."""

from inference.errors import ModelError
from inference.models.card import ModelCard
from inference.models.catalogue import Licence, read_catalogue

_MIN_AGREEMENT_CHARACTERS = 1500  # less is a note on a licence, not the licence


def terms(card: ModelCard) -> Licence:
    """The licence of a model; one with a free licence that is not in the catalogue counts as not free."""
    return read_catalogue().licence(card.licence)


def demand_consent(licence: Licence, model_id: str, *, accepted: bool) -> None:
    """Go on only when the licence is free or accepted.

    Raises:
        ModelError: it must be read and accepted first.
    """
    if licence.free or accepted:
        return
    words = f" In short: {licence.summary}" if licence.summary else ""
    place = f" Its own words: {licence.url}." if licence.url else ""
    raise ModelError(
        "model.licence",
        "The model {model_id} is under this licence: {licence}.{words}{place} Read it, and if you accept it, repeat "
        "the command with --accept-licence.",
        model_id=model_id,
        licence=licence.title,
        words=words,
        place=place,
        name=licence.name,
        url=licence.url,
        summary=licence.summary,
    )


def text_or_note(licence: Licence, text: str) -> str:
    """What to keep beside a model: the licence's text, or where it is and that it must go along."""
    if _suffices(licence, text):
        return text
    return (
        f"This model is under the {licence.title}.\nIts text: {licence.url}\n\nWhoever passes the model on must pass "
        "that text on with it: save it here in the place of this note.\n\nIn short (binding is the text): "
        f"{licence.summary}\n"
    )


def _suffices(licence: Licence, text: str) -> bool:
    return not licence.must_accompany or len(text) >= _MIN_AGREEMENT_CHARACTERS
