"""Hooks of MkDocs: pages that no chapter names get one, each language its own navigation, and the search a script."""

import json
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import docs_languages

_MORE = "More"


def on_config(config: Any) -> Any:
    """Put pages that the navigation does not name into a last chapter, so that a new page is never lost."""
    docs = Path(config["docs_dir"])
    named = _files(config["nav"])
    translated = docs_languages.chapters(named)
    named += _files(translated)
    left = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    left = [name for name in left if name not in named]
    if left:
        config["nav"].append({_MORE: left})
    config["nav"].extend(translated)
    # Anchors as GitHub and the window make them, so that a link to a heading holds in all three.
    config["mdx_configs"].setdefault("toc", {})["slugify"] = slug
    return config


def slug(heading: str, separator: str = "-") -> str:
    """The anchor of a heading: "train --task traits" becomes train---task-traits."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", separator)


def on_nav(nav: Any, **_: Any) -> Any:
    """Turning the pages stays in one language."""
    docs_languages.part_languages(nav)
    return nav


def on_page_context(context: Any, page: Any, nav: Any, config: Any) -> Any:
    """Each page gets the navigation of its language, and the switch; the search has read the page before."""
    context["nav"] = docs_languages.in_language(nav, docs_languages.language_of(page.file.src_uri))
    page.content = docs_languages.heading(page.file.src_uri, Path(config["docs_dir"])) + page.content
    return context


def on_template_context(context: Any, **_: Any) -> Any:
    """Pages that are no page of ours, such as the search, are English."""
    context["nav"] = docs_languages.in_language(context["nav"], "en")
    return context


def on_post_page(output: str, page: Any, config: Any) -> str:
    """The theme's words in the language of the page."""
    locales = Path(sys.modules["mkdocs"].__path__[0]) / "themes" / config["theme"].name / "locales"
    return docs_languages.spoken(output, docs_languages.language_of(page.file.src_uri), locales)


def on_post_build(config: Any, **_: Any) -> None:
    """The search index once more as a script, for pages that are opened from a folder."""
    search = Path(config["site_dir"]) / "search"
    pages = json.loads((search / "search_index.json").read_text(encoding="utf-8"))["docs"]
    found = [{name: page[name] for name in ("location", "title", "text")} for page in pages]
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    (search / "pages.js").write_text(f"window.birchtreePages = {text};\n", encoding="utf-8")


def _files(entry: Any) -> list[str]:
    if isinstance(entry, str):
        return [entry]
    parts = entry.values() if isinstance(entry, dict) else entry
    return [name for part in parts for name in _files(part)]
