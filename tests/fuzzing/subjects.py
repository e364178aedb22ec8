"""What is fuzzed: for each reader the real files it begins from, how they are mutated, and how they are read."""

import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.fuzzing import mutations
from tests.fuzzing.mutations import Mutate


@dataclass(frozen=True)
class Subject:
    """One reader.

    Attributes:
        name: for the command line and reports.
        make: writes sound files into an empty folder.
        mutate: pattern of file names to how they are mutated; one file is mutated at a time.
        read: reads the folder, of which the file of the given name was changed; raises BirchtreeError where it says no.
    """

    name: str
    make: Callable[[Path], None]
    mutate: Mapping[str, Mutate]
    read: Callable[[Path, str], object]
    rows: tuple[str, ...] = ()
    """Patterns of databases, whose rows are mutated."""

    def mutated(self, sound: Path, target: Path, seed: int) -> str:
        """A copy of the sound files with one of them mutated; gives its name."""
        rng = random.Random(f"{self.name}:{seed}")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(sound, target)
        choices = [(file, how) for pattern, how in self.mutate.items() for file in sorted(target.glob(pattern))]
        databases = [file for pattern in self.rows for file in sorted(target.glob(pattern))]
        number = rng.randrange(len(choices) + len(databases))
        if number < len(choices):
            file, how = choices[number]
            file.write_bytes(how(file.read_bytes(), rng))
        else:
            file = databases[number - len(choices)]
            mutations.database_rows(file, rng)
        return file.name


def subjects() -> dict[str, Subject]:
    """All readers by name."""
    from tests.fuzzing import model_subjects, project_subjects, raster_subjects, text_subjects, vector_subjects

    parts = (raster_subjects, vector_subjects, project_subjects, model_subjects, text_subjects)
    return {subject.name: subject for part in parts for subject in part.SUBJECTS}
