"""Keeps the languages of the window: collects its texts, checks the translations, compiles them for Qt.

    python packaging/translations.py update             texts of today into resources/translations/birchtree_*.ts
    python packaging/translations.py check              exit 1 for stale, unfinished or faulty translations
    python packaging/translations.py compile            .ts -> .qm, which the window loads
    python packaging/translations.py missing fr         JSON of what is not translated yet, {text: ""}
    python packaging/translations.py fill fr FILE...    takes translations from such files, filled in
    python packaging/translations.py stamp fr map.md    this page of the manual says what the English one says now

In a file for `fill` a key is an English text, or "Context|text" where one word means two things.
"""

from __future__ import annotations

import argparse
import json
import re
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import engine_texts
import linguist_files
import manual_pages
import window_texts
from window_texts import Text

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("fr", "es")
_FOLDER = ROOT / "resources" / "translations"
_TEMPLATES = _FOLDER / "engine.json"
# The report is written without Qt and reads these.
_ENGINE_TEXTS = "engine_{language}.json"
_MARK = re.compile(r"&(?=\w)")


def _ts(language: str) -> Path:
    return _FOLDER / f"birchtree_{language}.ts"


def collect() -> tuple[set[Text], list[str]]:
    """Every text of the program, and what is wrong with how some are written."""
    window = window_texts.harvest(ROOT)
    return window.texts | engine_texts.harvest(ROOT), window.problems


def update() -> int:
    """Bring the .ts files up to date: new texts come in, old ones go; a text known elsewhere keeps its translation."""
    texts, problems = collect()
    for language in LANGUAGES:
        known = linguist_files.read(_ts(language))
        by_source = {text.source: done for text, done in sorted(known.items()) if done}
        fresh = {text: known.get(text) or by_source.get(text.source, "") for text in texts}
        linguist_files.write(_ts(language), language, fresh)
        waiting = sum(not done for done in fresh.values())
        sys.stdout.write(f"{language}: {len(fresh)} texts, {waiting} not translated\n")
    _TEMPLATES.write_text(_templates(texts), encoding="utf-8", newline="\n")
    for problem in problems:
        sys.stdout.write(problem + "\n")
    return 1 if problems else 0


def _templates(texts: set[Text]) -> str:
    """What the window needs to find the template of a finished sentence."""
    found = sorted(text.source for text in texts if text.context == engine_texts.CONTEXT)
    return json.dumps(found, ensure_ascii=False, indent=0) + "\n"


def check() -> int:
    """Tell everything that is stale, unfinished or faulty."""
    problems = list(find_problems())
    for problem in problems:
        sys.stdout.write(problem + "\n")
    # Told, and shown on the page itself; a change of the English manual need not wait for its translation.
    for line in manual_pages.stale():
        sys.stdout.write(f"{line}; translate the change, then `translations.py stamp`\n")
    sys.stdout.write(f"translations: {len(problems)} to mend\n" if problems else "translations: nothing to mend\n")
    return 1 if problems else 0


def find_problems() -> Iterator[str]:
    """One line for each thing to mend."""
    texts, written = collect()
    yield from written
    if not _TEMPLATES.exists() or _TEMPLATES.read_text(encoding="utf-8") != _templates(texts):
        yield f"{_TEMPLATES.name} is stale: run `python packaging/translations.py update`"
    for language in LANGUAGES:
        known = linguist_files.read(_ts(language))
        yield from (f"{language}: new text, run update: {_shown(text)}" for text in sorted(texts - known.keys()))
        yield from (f"{language}: text is gone, run update: {_shown(text)}" for text in sorted(known.keys() - texts))
        for text in sorted(known.keys() & texts):
            if not known[text]:
                yield f"{language}: not translated: {_shown(text)}"
            else:
                yield from (f"{language}: {fault}: {_shown(text)}" for fault in faults(text.source, known[text]))
        compiled = _ts(language).with_suffix(".qm")
        if not compiled.exists() or compiled.read_bytes() != _compiled(language):
            yield f"{language}: {compiled.name} is stale: run `python packaging/translations.py compile`"
        told = _FOLDER / _ENGINE_TEXTS.format(language=language)
        if not told.exists() or told.read_text(encoding="utf-8") != _engine_texts(language):
            yield f"{language}: {told.name} is stale: run `python packaging/translations.py compile`"


def faults(source: str, translation: str) -> Iterator[str]:
    """What a translation has lost or gained against its source: places for facts, the mnemonic, line ends."""
    if places(source) != places(translation):
        yield "other {places} than in English"
    if len(_MARK.findall(source)) != len(_MARK.findall(translation)):
        yield "a mnemonic (&) too few or too many"
    if source.endswith("…") != translation.endswith("…"):
        yield "the … at the end belongs in both or in none"
    if (source[:1].isspace(), source[-1:].isspace()) != (translation[:1].isspace(), translation[-1:].isspace()):
        yield "blanks at the ends differ"
    if source.count("\n") != translation.count("\n"):
        yield "another number of lines"
    if "%n" in source and "%n" not in translation:
        yield "%n is missing"


def places(text: str) -> set[str]:
    """The {places} of a text with their formats; literal braces are none."""
    try:
        return {f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"braces that do not pair"}


def _shown(text: Text) -> str:
    return f"[{text.context}] {text.source!r}"


def _lrelease() -> Path:
    import PySide6

    folder = Path(PySide6.__file__).parent
    return next(path for name in ("lrelease", "lrelease.exe") if (path := folder / name).exists())


def _compiled(language: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.qm"
        subprocess.run([_lrelease(), "-silent", _ts(language), "-qm", made], check=True)
        return made.read_bytes()


def _engine_texts(language: str) -> str:
    """The engine's templates with their translations."""
    known = linguist_files.read(_ts(language))
    found = {text.source: done for text, done in sorted(known.items()) if text.context == engine_texts.CONTEXT and done}
    return json.dumps(found, ensure_ascii=False, indent=0) + "\n"


def compile_all() -> int:
    """Write the .qm files for the window, and the engine's texts for the report."""
    for language in LANGUAGES:
        _ts(language).with_suffix(".qm").write_bytes(_compiled(language))
        told = _FOLDER / _ENGINE_TEXTS.format(language=language)
        told.write_text(_engine_texts(language), encoding="utf-8", newline="\n")
    return 0


def missing(language: str) -> int:
    """Print what is not translated yet."""
    known = linguist_files.read(_ts(language))
    waiting = {text.source: "" for text, done in sorted(known.items()) if not done}
    sys.stdout.write(json.dumps(waiting, ensure_ascii=False, indent=1) + "\n")
    return 0


def fill(language: str, files: list[Path]) -> int:
    """Take translations from JSON files; those with a fault are told and left out."""
    given: dict[str, str] = {}
    for path in files:
        given.update({key: value for key, value in json.loads(path.read_text(encoding="utf-8")).items() if value})
    known = linguist_files.read(_ts(language))
    for text in known:
        value = given.get(f"{text.context}|{text.source}") or given.get(text.source)
        if value is None:
            continue
        wrong = list(faults(text.source, value))
        if wrong:
            sys.stdout.write(f"{', '.join(wrong)}: {_shown(text)} -> {value!r}\n")
        else:
            known[text] = value
    linguist_files.write(_ts(language), language, known)
    return 0


def main(words: list[str]) -> int:
    """Run one verb; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("update", "check", "compile", "missing", "fill", "stamp"))
    parser.add_argument("language", nargs="?", choices=LANGUAGES)
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args(words)
    if arguments.verb in ("missing", "fill", "stamp") and arguments.language is None:
        parser.error(f"{arguments.verb} needs a language")
    if arguments.verb == "missing":
        return missing(arguments.language)
    if arguments.verb == "fill":
        return fill(arguments.language, arguments.files)
    if arguments.verb == "stamp":
        return manual_pages.stamp(arguments.language, [path.name for path in arguments.files])
    return {"update": update, "check": check, "compile": compile_all}[arguments.verb]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
