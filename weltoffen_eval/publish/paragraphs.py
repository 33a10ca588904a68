"""Paragraphs out of pieces of text: blanks collapsed as a browser does it, pieces of one kind joined."""

from __future__ import annotations

import re
from dataclasses import replace

from weltoffen_eval.publish.parts import Part, Place, Prose, Run

_BLANKS = re.compile(r"[ \t\r\n\f]+")


class Paragraphs:
    """Collects ``runs`` until a paragraph ends, and then ``parts``."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.runs: list[Run] = []

    def text(self, text: str | None, style: Run) -> None:
        """Add text, its blanks collapsed as a browser does it."""
        shown = _BLANKS.sub(" ", text or "")
        before = next((run.text for run in reversed(self.runs) if run.text), "\n")
        if shown.startswith(" ") and before[-1] in " \n":
            shown = shown[1:]
        if shown:
            self.runs.append(replace(style, text=shown))

    def flush(self) -> None:
        """End a paragraph."""
        runs = trimmed(self.runs)
        self.runs = []
        if any(run.text.strip() or run.formula for run in runs):
            self.parts.append(Prose(runs))
        elif runs:
            self.parts.append(Place(tuple(run.anchor for run in runs if run.anchor)))


def trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Runs without blanks and breaks at either end, neighbours of one kind joined."""
    made: list[Run] = []
    for run in runs:
        blank = not run.formula and not run.anchor and not run.text.strip(" \n")
        if blank and not any(other.text for other in made):
            continue
        if not any(other.text for other in made) and not run.formula:
            run = replace(run, text=run.text.lstrip(" "))
        last = made[-1] if made else None
        if (
            last
            and not run.formula
            and not last.formula
            and run == replace(last, text=run.text)
            and "\n" not in (run.text, last.text)
        ):
            made[-1] = replace(last, text=last.text + run.text)
        else:
            made.append(run)
    for position in range(len(made) - 1, -1, -1):
        run = made[position]
        if run.formula or run.text.strip(" \n"):
            made[position] = run if run.formula else replace(run, text=run.text.rstrip(" "))
            break
        if not run.anchor:
            del made[position]
    return tuple(made)


def anchored(part: Part) -> tuple[Part, ...]:
    """Within lists and quotes a place is a run that nobody sees."""
    return (
        (Prose(tuple(Run("", anchor=name) for name in part.names)),) if isinstance(part, Place) else (part,)
    )


def named(parts: tuple[Part, ...], name: str) -> tuple[Part, ...]:
    """Parts to whose beginning links lead by a name."""
    first, *others = parts or (Prose(()),)
    if isinstance(first, Prose):
        return (Prose((Run("", anchor=name), *first.runs)), *others)
    return (Prose((Run("", anchor=name),)), *parts)
