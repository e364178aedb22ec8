"""`birchtree models`: which models there are, and how they get here, are checked and leave again."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from inference.cli import options
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.errors import ModelError
from inference.jobs import JobContext
from inference.models.card import ModelCard
from inference.models.catalogue import CatalogueEntry

# What the converter's own command line takes; words are passed on as they are.
_CONVERT_VALUES = (
    ("--id", "ID", "short name of the model; the file's own by default"),
    ("--title", "TEXT", "one line for the model list"),
    ("--gsd", "M", "cell size of the training imagery, metres"),
    ("--footprint", "M", "side of the crops that a trait model was trained on, metres"),
    ("--classes", "FILE", "class names in the order of training, one a line: name, or name, CODE"),
    ("--config", "FILE", "the training's config.json; the one beside the checkpoint by default"),
    ("--source", "TEXT", "paper or author"),
    ("--licence", "NAME", "the weights' licence"),
    ("--licence-file", "FILE", "the licence's own words"),
    ("--site", "TEXT", "where the training data comes from"),
    ("--accuracy", "TEXT", "what was measured, on what"),
    ("--limits", "TEXT", "where the model must not be trusted"),
    ("--version", "TEXT", "version of these weights"),
    ("--precision", "fp32|int8|both", "exact, or smaller and faster where the results stay the same"),
    ("--channel-order", "rgb|bgr", "bgr for the authors' RGB RSPrompter"),
    ("--dsm-norm", "KIND", "how elevation is scaled: max, minmax, percentile, canopy, relief"),
    ("--tile-px", "PX", "side of the input, where the weights do not tell it"),
)
_CONVERT_FLAGS = ("--input-modulation", "--no-input-modulation", "--embedding-modulation", "--no-embedding-modulation")
_BYTES_PER_MB = 1e6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs of `models`."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="the models at hand, with what they need, and those to download")
    adding = verbs.add_parser("add", help="install a model from a folder, a .zip or an .onnx file")
    adding.add_argument("file", type=Path, metavar="FILE|FOLDER|ZIP", help="the model")
    adding.add_argument("--own", action="store_true", help="I made it here, from a model that I may use")
    checking = verbs.add_parser("verify", help="read all files of the models anew and compare them with their cards")
    checking.add_argument("model_id", nargs="?", metavar="ID", help="one model; all of them by default")
    converting = verbs.add_parser("convert", help="make a model of a checkpoint and install it (needs PyTorch)")
    _add_convert(converting)
    fetching = verbs.add_parser("download", help="fetch a model of the catalogue, convert it if need be, install it")
    fetching.add_argument("model_id", metavar="ID", help="see `models list`")
    fetching.add_argument("--sha256", default="", metavar="HEX", help="the file's hash, where the catalogue has none")
    fetching.add_argument("--keep", action="store_true", help="keep the downloaded checkpoint in the cache")
    removing = verbs.add_parser("remove", help="delete an installed model")
    removing.add_argument("model_id", metavar="ID")
    for verb in (listing, fetching):
        verb.add_argument("--catalogue", type=Path, metavar="FILE", help="another list of models to download")
    for verb in (adding, fetching):
        verb.add_argument("--accept-licence", action="store_true", help="I have read the licence and accept it")
    for verb in (adding, converting, fetching):
        verb.add_argument("--replace", action="store_true", help="take the place of an installed model of the same id")
        options.add_progress(verb)
    for verb in (listing, adding, checking, converting, fetching, removing):
        options.add_json(verb)


def _add_convert(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="CKPT", help=".pth, .pt, .ckpt or .safetensors")
    for flag, metavar, words in _CONVERT_VALUES:
        parser.add_argument(flag, dest=_dest(flag), metavar=metavar, help=words)
    for flag in _CONVERT_FLAGS:
        parser.add_argument(flag, dest=_dest(flag), action="store_true", help="a switch of the training")
    parser.add_argument("--setting", action="append", default=[], metavar="NAME=VALUE", help="any other setting")
    parser.add_argument("--imagery", nargs="+", default=[], metavar="FILE", help="orthomosaics to compare int8 on")


def _dest(flag: str) -> str:
    return "convert_" + flag.removeprefix("--").replace("-", "_")


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Do what the verb says."""
    verbs = {
        "list": _list,
        "add": _add,
        "verify": _verify,
        "convert": _convert,
        "download": _download,
        "remove": _remove,
    }
    verbs[arguments.verb](arguments, output)


def _list(arguments: argparse.Namespace, output: Output) -> None:
    from inference.models.catalogue import read_catalogue
    from inference.models.store import ModelStore
    from inference.segment import registry

    store = ModelStore()
    installed = {model.card.id: model for model in store.models()}
    choices = registry.choices(store)
    cards = {choice.card.id: choice.card for choice in choices if not choice.reason}
    cards |= {model_id: model.card for model_id, model in installed.items() if model_id not in cards}
    places = {name: ("shipped" if model.shipped else "installed") for name, model in installed.items()}
    wanted = [entry for entry in read_catalogue(arguments.catalogue).entries if entry.id not in installed]
    problems = store.problems()
    lines = [_line(card, places.get(card.id, "built in")) for card in cards.values()]
    if wanted:
        lines.append("\nto download (`birchtree models download ID`):")
        lines += [
            f"{one.id:<30} {one.task:<7} {one.title}  ({one.size_bytes / _BYTES_PER_MB:.0f} MB; {one.licence.name})"
            for one in wanted
        ]
    lines += [f"\nnot usable: {problem.sentence}" for problem in problems]
    lines += [f"\nnot usable yet: {choice.card.id}: {choice.reason}" for choice in choices if choice.reason]
    facts = {
        "models": [{**asdict(card), "place": places.get(card.id, "built in")} for card in cards.values()],
        "catalogue": [_entry_facts(entry) for entry in wanted],
        "unavailable": [{"id": one.card.id, "message": one.reason} for one in choices if one.reason],
        "problems": [{"id": one.model_id, "folder": str(one.folder), "message": one.sentence} for one in problems],
    }
    output.result(facts, "\n".join(lines))


def _line(card: ModelCard, place: str) -> str:
    needs = "orthomosaic and DSM" if card.needs_dsm else "orthomosaic"
    return f"{card.id:<30} {card.task:<7} {card.title}  (needs {needs}; {card.licence}; {place})"


def _entry_facts(entry: CatalogueEntry) -> dict[str, object]:
    names = ("id", "title", "task", "family", "kind", "url", "size_bytes", "sha256", "source")
    return {**{name: getattr(entry, name) for name in names}, "licence": entry.licence.name}


def _add(arguments: argparse.Namespace, output: Output) -> None:
    from inference.models.store import ModelStore

    output.event("start", command="models add")
    with cancellable(listen_on_stdin=arguments.progress == "json") as token:
        model = ModelStore().add(
            arguments.file,
            accept_licence=arguments.accept_licence,
            replace=arguments.replace,
            own_conversion=arguments.own,
            context=JobContext(output.progress, token),
        )
    _tell_installed(model.card, model.folder, output)


def _verify(arguments: argparse.Namespace, output: Output) -> None:
    from inference.models.store import ModelStore

    store = ModelStore()
    if arguments.model_id:
        names = [arguments.model_id]
    else:
        names = sorted({model.card.id for model in store.models()} | {one.model_id for one in store.problems()})
    found = {name: store.verify(name) for name in names}
    lines = [f"ok      {name}" for name, sentences in found.items() if not sentences]
    lines += [f"DAMAGED {name}: {sentence}" for name, sentences in found.items() for sentence in sentences]
    output.result(
        {"models": [{"id": name, "problems": list(sentences)} for name, sentences in found.items()]},
        "\n".join(lines) or "no model files to check; watershed and valley are part of the program",
    )
    if damaged := [name for name, sentences in found.items() if sentences]:
        raise ModelError(
            "model.verify_failed",
            "Damaged: {names}. Get these models again, with `birchtree models add` or `download` and --replace; until "
            "then they are not run.",
            names=", ".join(damaged),
        )


def _convert(arguments: argparse.Namespace, output: Output) -> None:
    from inference.models import obtaining
    from inference.models.catalogue import read_catalogue
    from inference.models.store import ModelStore

    output.event("start", command="models convert")
    with cancellable(listen_on_stdin=arguments.progress == "json") as token:
        model = obtaining.convert_and_add(
            arguments.file,
            _passed_on(arguments),
            ModelStore(),
            read_catalogue(),
            JobContext(output.progress, token),
            _notes(output),
            replace=arguments.replace,
        )
    _tell_installed(model.card, model.folder, output)


def _notes(output: Output) -> Callable[[str], None]:
    """Where the converter's words go: to the person, and as events to a program."""

    def say(text: str) -> None:
        output.event("note", text=text)
        output.say(text)

    return say


def _passed_on(arguments: argparse.Namespace) -> list[str]:
    words = []
    for flag, _metavar, _help in _CONVERT_VALUES:
        value = getattr(arguments, _dest(flag))
        if value is not None:
            words.append(f"{flag}={value}" if value.startswith("-") else flag)
            words += [] if value.startswith("-") else [value]
    words += [flag for flag in _CONVERT_FLAGS if getattr(arguments, _dest(flag))]
    for setting in arguments.setting:
        words += ["--setting", setting]
    return words + (["--imagery", *arguments.imagery] if arguments.imagery else [])


def _download(arguments: argparse.Namespace, output: Output) -> None:
    from inference.models import obtaining
    from inference.models.catalogue import read_catalogue
    from inference.models.store import ModelStore

    output.event("start", command="models download")
    catalogue = read_catalogue(arguments.catalogue)
    request = obtaining.Request(arguments.accept_licence, arguments.replace, arguments.sha256, arguments.keep)
    with cancellable(listen_on_stdin=arguments.progress == "json") as token:
        model = obtaining.obtain(
            catalogue.get(arguments.model_id),
            ModelStore(),
            catalogue,
            request,
            JobContext(output.progress, token),
            _notes(output),
        )
    _tell_installed(model.card, model.folder, output)


def _remove(arguments: argparse.Namespace, output: Output) -> None:
    from inference.models.store import ModelStore

    ModelStore().remove(arguments.model_id)
    output.result({"removed": arguments.model_id}, f"{arguments.model_id} removed")


def _tell_installed(card: ModelCard, folder: Path, output: Output) -> None:
    from inference.models.consent import terms

    licence = terms(card)
    where = f", {licence.url}" if licence.url and not licence.text else ""
    text = f"{card.id} installed in {folder}\n{card.title}; licence: {licence.title}{where}"
    output.result({"id": card.id, "folder": str(folder), "card": asdict(card)}, text)
