"""The part of `Project` that reads what people keep beside the crowns: areas, custom fields, control crowns."""

from pathlib import Path

from inference.crowns.records import Area, AreaKind, Control, CustomField
from inference.project import database
from inference.project.crown_file import CrownFile


class RecordAccess:
    """Reads records of an open project; they change by `Project.apply`, see `CrownEdit.records`."""

    path: Path
    _crowns: CrownFile

    @property
    def records_revision(self) -> int:
        """Grows with every change of areas, custom fields and control crowns, whoever makes it."""
        with database.plain_errors(self.path):
            return self._crowns.records.revision

    def areas(self, kind: AreaKind | None = None) -> tuple[Area, ...]:
        """The areas, or those of one kind, in the order of their ids."""
        with database.plain_errors(self.path):
            return tuple(area for area in self._crowns.records.all().areas if kind in (None, area.kind))

    def custom_fields(self, *, deleted: bool = False) -> tuple[CustomField, ...]:
        """The columns that people added, in the order in which they are shown; with `deleted` also hidden ones."""
        with database.plain_errors(self.path):
            fields = [field for field in self._crowns.records.all().fields if deleted or not field.deleted]
        return tuple(sorted(fields, key=lambda field: (field.place, field.field_id)))

    def controls(self) -> tuple[Control, ...]:
        """The crowns drawn at random for control, in the order of their ids."""
        with database.plain_errors(self.path):
            return self._crowns.records.all().controls

    def take_area_ids(self, n: int) -> range:
        """`n` fresh area ids that nobody else will ever get, also when they are not used."""
        with self._crowns.writing():
            return self._crowns.records.take("areas", n)

    def take_field_ids(self, n: int) -> range:
        """`n` fresh ids of custom fields."""
        with self._crowns.writing():
            return self._crowns.records.take("birch_fields", n)
