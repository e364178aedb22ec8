"""What a clicking session has done, in figures for the status bar, the benchmarks and the tests."""

import threading
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class PromptFigures:
    """Runs of the two graphs, embeddings that were found instead, and how long the last steps took.

    Attributes:
        encoder_runs, prompt_runs: runs of the slow and of the quick graph.
        from_memory, from_disk: windows that needed no encoder.
        last_embed_ms: the last window that was embedded, reading included.
        last_click_ms, last_hover_ms: the last answer, from the embedding to the polygon.
    """

    encoder_runs: int = 0
    prompt_runs: int = 0
    from_memory: int = 0
    from_disk: int = 0
    last_embed_ms: float = 0.0
    last_click_ms: float = 0.0
    last_hover_ms: float = 0.0


class Tally:
    """Counts up; any thread may add."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._figures = PromptFigures()

    @property
    def figures(self) -> PromptFigures:
        """As they stand."""
        return self._figures

    def add(self, **changes: float) -> None:
        """Add to the counts; times (`..._ms`) are replaced."""
        with self._lock:
            now = self._figures
            values: dict[str, Any] = {
                name: value if name.endswith("_ms") else getattr(now, name) + value for name, value in changes.items()
            }
            self._figures = replace(now, **values)
