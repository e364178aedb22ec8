"""Hooks of MkDocs: pages that no chapter names get one, and the search works for pages that lie in a folder."""

import json
import re
from pathlib import Path
from typing import Any

_MORE = "More"


def on_config(config: Any) -> Any:
    """Put pages that the navigation does not name into a last chapter, so that a new page is never lost."""
    docs = Path(config["docs_dir"])
    named = set(_files(config["nav"]))
    left = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    left = [name for name in left if name not in named]
    if left:
        config["nav"].append({_MORE: left})
    # Anchors as GitHub and the window make them, so that a link to a heading holds in all three.
    config["mdx_configs"].setdefault("toc", {})["slugify"] = slug
    return config


def slug(heading: str, separator: str = "-") -> str:
    """The anchor of a heading: "train --task traits" becomes train---task-traits."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", separator)


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
