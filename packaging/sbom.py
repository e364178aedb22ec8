"""Writes what a packaged BirchTree is made of as CycloneDX 1.6 JSON: `python packaging/sbom.py --folder FOLDER`.

Equal builds give equal files: there is no time in it, and the serial number follows from the content.
"""

import argparse
import hashlib
import json
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
import contents
import licences

FILE = "sbom.cdx.json"


def component(part: licences.Component) -> dict[str, Any]:
    """One entry of the list."""
    entry: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"{part.kind}:{part.name}@{part.version}",
        "name": part.name,
        "licenses": [{"expression": part.licence}],
    }
    if part.version:
        entry["version"] = part.version
    if part.kind == "python" and part.name != "Python":
        entry["purl"] = f"pkg:pypi/{part.name.lower().replace('_', '-')}@{part.version}"
    if part.copyright:
        entry["copyright"] = part.copyright
    if part.source:
        entry["externalReferences"] = [{"type": "website", "url": part.source}]
    return entry


def models(root: Path) -> list[dict[str, Any]]:
    """The models inside, each graph with its hash."""
    found = []
    for card in sorted((root / "resources" / "models").glob("*/card.json")):
        facts = json.loads(card.read_text(encoding="utf-8"))
        graphs = sorted(card.parent.glob("*.onnx"))
        found.append(
            {
                "type": "machine-learning-model",
                "bom-ref": f"model:{facts['id']}",
                "name": facts["id"],
                "version": str(facts.get("version", "")),
                "components": [
                    {"type": "file", "name": graph.name, "hashes": [{"alg": "SHA-256", "content": _sha256(graph)}]}
                    for graph in graphs
                ],
            }
        )
    return found


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def document(parts: Sequence[licences.Component], root: Path = licences.ROOT) -> dict[str, Any]:
    """The whole list."""
    entries = [component(part) for part in sorted(parts, key=lambda part: (part.kind, part.name.lower()))]
    entries += models(root)
    version = contents.version(root)
    serial = uuid.uuid5(uuid.NAMESPACE_URL, f"birchtree:{version}:{json.dumps(entries, sort_keys=True)}")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "birchtree",
                "name": "BirchTree",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": entries,
        "dependencies": [{"ref": "birchtree", "dependsOn": [entry["bom-ref"] for entry in entries]}],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the list beside a build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="the build")
    given = parser.parse_args(arguments)
    parts, _unknown = licences.components(given.folder)
    text = json.dumps(document(parts), indent=1, ensure_ascii=False) + "\n"
    (given.folder / FILE).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
