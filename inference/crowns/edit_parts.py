"""EditParts: which crowns an edit takes away, adds, gives another outline, or changes under the outline they have."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter, is_not

from inference.crowns import in_columns
from inference.crowns.crown import Crown, same_outline
from inference.crowns.edits import CrownEdit

_ID, _OUTLINE = attrgetter("tree_id"), attrgetter("outline")


@dataclass(frozen=True, slots=True)
class EditParts:
    """An edit, taken apart once for the file, the history and the table.

    Attributes:
        edit: the whole.
        gone: ids of crowns that are no more.
        new: crowns that were not there.
        moved: crowns after the edit whose outline is another one now.
        before, after: (N,) crowns that keep their outline, in the same order.
        fields: of `Crown`, in which some of these differ.
    """

    edit: CrownEdit
    gone: tuple[int, ...]
    new: Sequence[Crown]
    moved: Sequence[Crown]
    before: Sequence[Crown]
    after: Sequence[Crown]
    fields: tuple[str, ...]

    @property
    def keeps_outlines(self) -> bool:
        """Whether every crown keeps its outline: none comes, none goes, none is moved."""
        return not (self.gone or self.new or self.moved)


def parts_of(edit: CrownEdit) -> EditParts:
    """Take an edit apart that fits its crowns."""
    removed, added = edit.removed, edit.added
    if list(map(_ID, removed)) == list(map(_ID, added)) and not any(
        map(is_not, map(_OUTLINE, removed), map(_OUTLINE, added))
    ):
        return EditParts(edit, (), (), (), removed, added, in_columns.differing(removed, added))
    old = {crown.tree_id: crown for crown in removed}
    after = {crown.tree_id for crown in added}
    gone = tuple(tree_id for tree_id in old if tree_id not in after)
    new = [crown for crown in added if crown.tree_id not in old]
    pairs = [(old[crown.tree_id], crown) for crown in added if crown.tree_id in old]
    is_kept = [same_outline(was, becomes) for was, becomes in pairs]
    moved = [becomes for (_, becomes), kept in zip(pairs, is_kept, strict=True) if not kept]
    kept_pairs = [pair for pair, kept in zip(pairs, is_kept, strict=True) if kept]
    before, became = [was for was, _ in kept_pairs], [becomes for _, becomes in kept_pairs]
    return EditParts(edit, gone, new, moved, before, became, in_columns.differing(before, became))
