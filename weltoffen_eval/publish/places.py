"""Places of a report to which links lead: ids, and the names by which a notebook calls them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from weltoffen_eval.blocks import Facts, Heading, Link, Listing, Paragraph, Table
from weltoffen_eval.publish.markdown import slug
from weltoffen_eval.publish.parts import (
    Folded,
    Part,
    Place,
    Points,
    Prose,
    Quote,
    Run,
    all_runs,
    change_runs,
)

#: Says what is wrong; an error where the reading is strict.
Complain = Callable[[str], None]

#: ids that the frame of a page has itself.
_OF_THE_PAGE = {"main", "contents"}


class Places:
    """The ids of a report; ``title`` is that to which a link to the top of the page leads."""

    def __init__(self, complain: Complain):
        self.complain = complain
        self.anchors: set[str] = set()
        #: ids by the names that an author gave, and by those that Jupyter and GitHub make of a heading.
        self.given: dict[str, str] = {}
        self.made: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self.waiting: list[Place] = []
        self.title = ""

    def anchor(self, anchor: str) -> str:
        """An id as it is, or with a number behind it where it is taken."""
        if anchor in self.anchors:
            self.complain(f"The anchor {anchor!r} stands for two places.")
            anchor = self._free(anchor)
        if anchor in _OF_THE_PAGE:
            anchor = self._free(anchor)
        self.anchors.add(anchor)
        self.given.setdefault(anchor, anchor)
        return anchor

    def _free(self, anchor: str) -> str:
        return next(other for n in range(2, 1_000_000) if (other := f"{anchor}-{n}") not in self.anchors)

    def wait(self, place: Place) -> None:
        """Names for the part that comes next."""
        self.waiting.append(place)

    def arrive(self, part: Part) -> Part:
        """Give the waiting names to a part that links can lead to, or to its first run."""
        if not self.waiting:
            return part
        names = [name for place in self.waiting for name in place.names]
        made = [name for place in self.waiting for name in place.made]
        if isinstance(part, Heading | Table):
            self.waiting = []
            anchor = part.anchor if isinstance(part, Heading) else part.name
            self._call(anchor, names, made)
        elif isinstance(part, Prose):
            self.waiting = []
            return Prose((*(Run("", anchor=name) for name in names), *part.runs))
        elif isinstance(part, Points | Quote) and names:
            self.waiting = []
            inner = part.entries[0] if isinstance(part, Points) else part.parts
            marks = tuple(Run("", anchor=name) for name in names)
            held: tuple[Part, ...] = (Prose(marks), *inner)
            if inner and isinstance(inner[0], Prose):
                held = (Prose((*marks, *inner[0].runs)), *inner[1:])
            return (
                replace(part, entries=(held, *part.entries[1:])) if isinstance(part, Points) else Quote(held)
            )
        return part

    def _call(self, anchor: str, names: Iterable[str], made: Iterable[str]) -> None:
        for name in names:
            self.given.setdefault(_folded(name), anchor)
        for name in dict.fromkeys(made):
            count = self.counts[name]
            self.counts[name] += 1
            # GitHub counts headings of one text
            self.made.setdefault(_folded(f"{name}-{count}" if count else name), anchor)

    def settle(self, parts: list[Part]) -> list[Part]:
        """The parts with links that lead to ids, and without ids to which no link leads."""
        last = next((p.anchor for p in reversed(parts) if isinstance(p, Heading)), self.title)
        self._call(last, (name for place in self.waiting for name in place.names), ())
        self.waiting = []
        runs = list(all_runs(parts))
        if not runs:
            return parts
        wanted = {
            _folded(name).casefold()
            for run in runs
            if run.target.startswith("#")
            for name in _names(run.target)
        }
        own: set[str] = set()
        for run in runs:
            name = _folded(run.anchor)
            if name and name.casefold() in wanted and name not in self.given:
                self.given[name] = self._reserve(slug(name))
                own.add(name)

        def settled(run: Run) -> Run:
            name = _folded(run.anchor)
            anchor = self.given[name] if name in own else ""
            own.discard(name)
            target = self._target(run.target) if run.target.startswith("#") else run.target
            return replace(run, anchor=anchor, target=target)

        return [change_runs(part, settled) for part in parts]

    def _reserve(self, anchor: str) -> str:
        anchor = anchor if anchor not in self.anchors | _OF_THE_PAGE else self._free(anchor)
        self.anchors.add(anchor)
        return anchor

    def _target(self, target: str) -> str:
        if target in ("#", "#top"):
            return f"#{self.title}"
        for name in _names(target):
            for known in (self.given, self.made):
                if known.get(_folded(name)):
                    return f"#{known[_folded(name)]}"
        for name in _names(target):
            for known in (self.given, self.made):
                for other, anchor in known.items():
                    if anchor and other.casefold() == _folded(name).casefold():
                        return f"#{anchor}"
        self.complain(f"A link leads to {target[1:]!r}, which is not in the report.")
        return ""


def _names(target: str) -> tuple[str, str]:
    return target[1:], unquote(target[1:])


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def targets_of_blocks(parts: Iterable[Part]) -> Iterator[str]:
    """The anchors to which the links of our own blocks lead."""
    for part in parts:
        match part:
            case Paragraph():
                yield from _anchors(part.links)
            case Facts():
                for _, entry in part.facts:
                    yield from _anchors(entry.links)
            case Listing():
                for entry in part.entries:
                    yield from _anchors(entry.links)
            case Points():
                for points in part.entries:
                    yield from targets_of_blocks(points)
            case Quote() | Folded():
                yield from targets_of_blocks(part.parts)


def _anchors(links: Iterable[Link]) -> Iterator[str]:
    return (link.anchor for link in links)
