"""Who imports whom, as a drawing in Mermaid: ``python tests/drawing.py``; with the part of the lines of each room."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from places import ROOT

PACKAGE = ROOT / "weltoffen_eval"


#: The folders of this room are rooms of their own.
_PARTED = "publish"


def floor_of(folder: str) -> str:
    """The room of the house in which a folder lies."""
    return folder if folder.startswith(_PARTED) else folder.partition(".")[0]


def rooms() -> dict[str, str]:
    """The folder in which each module lies; of the ground the module itself."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        if inside.name == "__init__.py":
            continue
        folder = ".".join(inside.parts[:-1])
        found[".".join(("weltoffen_eval", *inside.with_suffix("").parts))] = folder or inside.stem
    return found


def sizes_of_rooms() -> Counter[str]:
    """Lines of each room, with all that lies in it."""
    lines: Counter[str] = Counter()
    for module, room in rooms().items():
        path = ROOT / Path(*module.split(".")).with_suffix(".py")
        lines[floor_of(room)] += len(path.read_text(encoding="utf-8").splitlines())
    return lines


def arrows() -> Counter[tuple[str, str]]:
    """How many imports lead from one room to another."""
    from grimp import build_graph

    graph = build_graph("weltoffen_eval", cache_dir=None)
    of = rooms()
    found: Counter[tuple[str, str]] = Counter()
    for module, room in of.items():
        for imported in graph.find_modules_directly_imported_by(module):
            other = of.get(imported)
            if other is not None and floor_of(other) != floor_of(room):
                found[floor_of(room), floor_of(other)] += 1
    return found


if __name__ == "__main__":
    lines = sizes_of_rooms()
    print("graph LR")
    for room, count in lines.most_common():
        print(f'  {room}["{room}<br>{100 * count / lines.total():.0f} %"]')
    for (one, other), count in sorted(arrows().items()):
        print(f"  {one} -->|{count}| {other}")
