"""The list of all that can be said, made from the catalogue: ``python -m`` this module writes it out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from weltoffen_eval import paths
from weltoffen_eval.display.manner import BY_POINTS, ELSEWHERE
from weltoffen_eval.display.sentences import Catalogue, Declared, Span, load_catalogue, other_texts

_HEAD = """# All sentences of the reports

Made from `weltoffen_eval/sentences/` by `make sentences`; not to be edited here. A sentence is printed when
its condition holds, with its numbers in place of the names in braces. Of two forms the number decides.
`{who}` begins the keys of one municipality, wave, setting and perspective (see [methods](methods.md)).
"""


#: By folder of other texts, of which studies they are.
_OTHERS = {
    ELSEWHERE: "that is not of administrations",
    BY_POINTS: "whose answers say nothing of what is in place",
}


def list_sentences(notebooks: Path, language: str = "de") -> str:
    """Every sentence of every report with its condition, an example, and what it rests on (Markdown).

    Parameters
    ----------
    notebooks : the folder whose Markdown cells are texts of reports too
    """
    lines = [_HEAD]
    for report in report_names():
        catalogue = load_catalogue(report, language)
        lines.append(f"## {report}\n")
        for name, declared in catalogue.declared.items():
            lines.append("\n".join(_entry(catalogue, name, declared)) + "\n")
    lines.append("## Texts of the notebooks\n")
    for cell, source in notebook_texts(notebooks):
        quoted = "\n".join(f"> {line}".rstrip() for line in source.splitlines())
        lines.append(f"`{cell}`\n\n{quoted}\n")
    return "\n".join(lines)


def report_names() -> list[str]:
    """The catalogues that there are, sorted."""
    return sorted(path.stem for path in paths.SENTENCES.glob("*.toml"))


def notebook_texts(notebooks: Path) -> Iterator[tuple[str, str]]:
    """Id and source of every Markdown cell of the notebooks, in their order."""
    for path in sorted(notebooks.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield cell["id"], "".join(cell["source"])


def example_of(catalogue: Catalogue, name: str) -> str:
    """A sentence with the values of its example."""
    declared = catalogue.declared[name]
    given: dict[str, Any] = {
        place: Span(*value) if declared.places[place] in ("range", "count_range") else value
        for place, value in declared.example.items()
    }
    return catalogue.text(name, **given)


def _entry(catalogue: Catalogue, name: str, declared: Declared) -> Iterator[str]:
    yield f"`{catalogue.report}.{name}` – {declared.when}"
    yield ""
    said = list(dict.fromkeys(catalogue.worded[name].texts.values()))
    if declared.places:
        said.append(f"*{example_of(catalogue, name)}*")
    yield "\n>\n".join(f"> {text}" for text in said)
    for folder, whose in _OTHERS.items():
        others = other_texts(folder, catalogue.report, catalogue.language.id).get(name, {})
        if others:
            texts = dict.fromkeys(text for form, text in others.items() if form not in ("plural", "of"))
            yield ""
            yield f"In a study {whose}:"
            yield ""
            yield "\n>\n".join(f"> {text}" for text in texts)
    if declared.rests_on:
        yield ""
        yield f"Rests on {', '.join(f'`{key}`' for key in declared.rests_on)}."


if __name__ == "__main__":
    sys.stdout.write(list_sentences(paths.notebooks_folder()))
