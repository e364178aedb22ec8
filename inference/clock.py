"""The time as BirchTree writes it down, in projects, runs and files beside exports."""

from datetime import UTC, datetime


def now() -> str:
    """This moment: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")
