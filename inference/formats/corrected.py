"""Takes a file as the corrected state of a plot: what it lacks is deleted, what it kept as it was is accepted."""

from dataclasses import dataclass, replace

from inference.crowns.crown import Crown, Review
from inference.crowns.table import CrownTable
from inference.errors import VectorError
from inference.formats.reconcile import ImportPlan
from inference.formats.sidecar import Exported


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a corrected file says about the crowns of a plot.

    Attributes:
        before, after: crowns that change in any way; deleted ones are among them.
        added: new crowns, still with the ids of the file.
        changed: how many have another outline or other attributes.
        deleted: how many the file lacks.
        accepted: how many proposals it left as they are.
        spared: how many it cannot know: they were left out of the export, or made after it.
    """

    before: tuple[Crown, ...]
    after: tuple[Crown, ...]
    added: tuple[Crown, ...]
    changed: int
    deleted: int
    accepted: int
    spared: int


def corrections(
    table: CrownTable, plan: ImportPlan, *, name: str, by: str | None, at: str, export: Exported | None = None
) -> Corrections:
    """Add to a plan what follows when the file holds every crown that a person wants to keep.

    Args:
        table: the plot's crowns.
        plan: what `reconcile(..., corrected=True)` made of the rows.
        name: of the file, for the sentence of an error.
        by, at: who corrected, and when.
        export: what the sidecar says, where the file still has one.

    Raises:
        VectorError: no row is a crown of this plot, so that every crown would be deleted.
    """
    visible = table.crowns(table.ids[table.visible].tolist())
    if visible and not plan.there.intersection(crown.tree_id for crown in visible):
        raise VectorError(
            "vector.not_corrected",
            "No row of {name} is one of the {count} crowns of this plot, so all of them would be deleted. Is it an "
            "export of another plot, or of an earlier run? Import it without --corrected to add its crowns.",
            name=name,
            count=len(visible),
        )
    changing = {crown.tree_id for crown in plan.before}
    still = [crown for crown in visible if crown.tree_id not in changing]
    lacking = [crown for crown in still if crown.tree_id not in plan.there]
    gone = [crown for crown in lacking if not _is_unknown(crown, export)]
    looked_at = [crown for crown in still if crown.tree_id in plan.there and crown.review == "auto"]

    def signed(crown: Crown, review: Review) -> Crown:
        return replace(crown, review=review, edited_by=by, edited_at=at)

    after = [signed(crown, "accepted") if crown.review == "auto" else crown for crown in plan.after]
    return Corrections(
        (*plan.before, *gone, *looked_at),
        (*after, *(signed(crown, "deleted") for crown in gone), *(signed(crown, "accepted") for crown in looked_at)),
        tuple(signed(crown, "added") if crown.review == "auto" else crown for crown in plan.added),
        len(plan.after),
        len(gone),
        len(looked_at),
        len(lacking) - len(gone),
    )


def _is_unknown(crown: Crown, export: Exported | None) -> bool:
    """Whether the export cannot have had the crown."""
    if export is None:
        return False
    return (export.reviewed_only and crown.review == "auto") or (crown.edited_at or "") > export.written_at
