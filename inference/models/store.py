"""The models on this computer: the user's own folder and those shipped with the program, by id."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import resources
from inference import paths
from inference.errors import ModelError
from inference.jobs import JobContext
from inference.models import families, integrity
from inference.models.card import ModelCard, Task
from inference.models.card_reading import LICENCE_FILE, checked_id, read_card
from inference.models.families import WEIGHTS_SUFFIX


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model in its folder."""

    card: ModelCard
    folder: Path
    shipped: bool

    def graph(self, role: str) -> Path:
        """The ONNX file of a role, its size and hash compared with the card (once per process and state of the file).

        So are those of the weights beside it, where a graph is too large for one file.

        Raises:
            ModelError: the model has no such graph ("model.graph_missing"), or the file is missing or not the one that
                the card describes ("model.hash").
        """
        entry = self.card.graphs.get(role)
        if entry is None:
            raise ModelError(
                "model.graph_missing",
                "The model {model_id} has no part {role}; it has {known}. Choose another model for this.",
                model_id=self.card.id,
                role=role,
                known=", ".join(self.card.graphs) or "none",
            )
        integrity.check_file(self.folder / entry.file, entry, self.card.id)
        weights = self.card.graphs.get(role + WEIGHTS_SUFFIX)
        if weights is not None:
            integrity.check_file(self.folder / weights.file, weights, self.card.id)
        return self.folder / entry.file

    def licence_text(self) -> str:
        """The text of the licence beside the model; "" when there is none."""
        file = self.folder / LICENCE_FILE
        return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""


@dataclass(frozen=True, slots=True)
class ModelProblem:
    """A folder in a store that cannot be used as a model, and why in one sentence."""

    model_id: str
    folder: Path
    sentence: str


class ModelStore:
    """The models of some folders; the first one is the user's own and the only one that is written to."""

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        self.folders = tuple(folders) if folders is not None else default_folders()

    def models(self, task: Task | None = None) -> tuple[InstalledModel, ...]:
        """The models that can do `task`, by id; damaged ones are left out, `problems` tells of them.

        "prompt" also gives models of another task that carry a prompt graph.
        """
        found, _problems = self._scan()
        return tuple(model for model in found if task is None or _can_do(model.card, task))

    def problems(self) -> tuple[ModelProblem, ...]:
        """What lies in the folders and cannot be used. Sizes are compared, hashes are not: `verify` does that."""
        return self._scan()[1]

    def get(self, model_id: str) -> InstalledModel:
        """A model by its id.

        Raises:
            ModelError: there is none of that name, or it is damaged.
        """
        found, problems = self._scan()
        for model in found:
            if model.card.id == model_id:
                return model
        for problem in problems:
            if problem.model_id == model_id:
                raise ModelError("model.damaged", "{sentence}", sentence=problem.sentence, model_id=model_id)
        raise ModelError(
            "model.unknown",
            "There is no model {model_id} on this computer. Installed are: {known}. Add one with `birchtree models add`"
            " or `birchtree models download`.",
            model_id=model_id,
            known=", ".join(model.card.id for model in found) or "none",
        )

    def verify(self, model_id: str) -> tuple[str, ...]:
        """Read every file of a model anew: hash, graph, weights. Nothing is run.

        Returns:
            One sentence for each thing that is not as it should be; none when the model is sound.

        Raises:
            ModelError: there is no such model.
        """
        from inference.models import installing

        try:
            model = self.get(model_id)
        except ModelError as error:
            if error.code != "model.damaged":
                raise
            return (str(error),)
        integrity.forget()
        sentences = []
        for role in model.card.graphs:
            try:
                integrity.check_file(model.folder / model.card.graphs[role].file, model.card.graphs[role], model_id)
                installing.check_part(model.card, role, model.folder)
            except ModelError as error:
                sentences.append(str(error))
        return tuple(sentences)

    def remove(self, model_id: str) -> None:
        """Delete a model of the user's.

        Raises:
            ModelError: there is no such model, it is shipped with the program, or its files are in use.
        """
        folder = self.folders[0] / checked_id(model_id, where="the command")
        if not folder.is_dir():
            self.get(model_id)
            raise ModelError("model.shipped", "The model {model_id} is part of BirchTree and stays.", model_id=model_id)
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise ModelError(
                "model.in_use",
                "The model {model_id} cannot be removed from {folder} ({reason}). Close BirchTree's windows and retry.",
                model_id=model_id,
                folder=folder,
                reason=error.strerror or error,
            ) from error

    def add(
        self,
        path: Path,
        *,
        accept_licence: bool = False,
        replace: bool = False,
        own_conversion: bool = False,
        context: JobContext | None = None,
    ) -> InstalledModel:
        """Check a model and install it among the user's own: all of it or nothing.

        Args:
            path: a model's folder, a .zip of one, or a single .onnx that carries its card.
            accept_licence: the user has read and accepts a licence that asks for it.
            replace: an installed model of the same id gives way.
            own_conversion: the user has just made it from a checkpoint of theirs, which they hold under its licence
                already; it need not be accepted again.
            context: progress and stopping.

        Raises:
            Cancelled: the user stopped; nothing was installed.
            InputError: there is no such file.
            ModelError: the model is damaged, does not keep its family's contract, or its licence is not accepted;
                nothing of it was run.
        """
        from inference.models import installing

        wishes = installing.Wishes(accept_licence, replace, own_conversion)
        return installing.install(self.folders, path, wishes, context or JobContext())

    def _scan(self) -> tuple[tuple[InstalledModel, ...], tuple[ModelProblem, ...]]:
        found: dict[str, InstalledModel] = {}
        problems = []
        for place, store in enumerate(self.folders):
            try:
                folders = sorted(folder for folder in store.iterdir() if folder.is_dir())
            except FileNotFoundError:
                continue
            except OSError as error:
                sentence = f"The models in {store} cannot be read ({error.strerror or error})."
                problems.append(ModelProblem(store.name, store, sentence))
                continue
            for folder in folders:
                if folder.name.startswith(".") or folder.name in found:
                    continue
                try:
                    found[folder.name] = load(folder, shipped=place > 0)
                except ModelError as error:
                    problems.append(ModelProblem(folder.name, folder, str(error)))
        return tuple(found[name] for name in sorted(found)), tuple(problems)


def default_folders() -> tuple[Path, ...]:
    """The user's models, then those shipped with the program."""
    return (paths.data_dir() / "models", Path(resources.__file__).parent / "models")


def load(folder: Path, *, shipped: bool) -> InstalledModel:
    """The model in a folder; files are looked for and their sizes compared, not read.

    Raises:
        ModelError: the card cannot be used, names no family that runs here, or a file is missing or of another size.
    """
    card = read_card(folder)
    if card.id != folder.name:
        raise ModelError(
            "model.folder_name",
            "The folder {folder} holds a model that calls itself {model_id}. Rename the folder to {model_id}, or add "
            "the model again.",
            folder=folder,
            model_id=card.id,
        )
    families.check_card(card)
    for entry in card.graphs.values():
        integrity.check_size(folder / entry.file, entry, card.id)
    return InstalledModel(card, folder, shipped)


def _can_do(card: ModelCard, task: Task) -> bool:
    return card.task == task or (task == "prompt" and "prompt" in card.graphs)
