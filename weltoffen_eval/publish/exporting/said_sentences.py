"""The computed sentences of a report: each with an id that stands once in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from weltoffen_eval.blocks import Entry, Facts, Listing, Note, Paragraph, Sentence, sentences_in
from weltoffen_eval.publish.exporting.parts import Folded, Part, Points, Quote


class SentenceIds:
    """Ids of sentences: the name, with a number behind it when it comes again."""

    def __init__(self, is_taken: Callable[[str], bool]):
        self._is_taken = is_taken
        self._counts: dict[str, int] = {}

    def give(self, part: Part) -> Part:
        """The part with an id for each of its sentences that has a name."""
        match part:
            case Paragraph() | Note() if part.sentences:
                return replace(part, sentences=self._named(part.sentences))
            case Listing():
                return replace(part, entries=tuple(map(self._entry, part.entries)))
            case Facts():
                return replace(part, facts=tuple((term, self._entry(entry)) for term, entry in part.facts))
            case _:
                return part

    def _entry(self, entry: Entry) -> Entry:
        return replace(entry, sentences=self._named(entry.sentences)) if entry.sentences else entry

    def _named(self, sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        return tuple(replace(sentence, id=self._next(sentence.name)) for sentence in sentences)

    def _next(self, name: str) -> str:
        if not name:
            return ""
        short = name.rpartition(".")[2]
        while True:
            count = self._counts[short] = self._counts.get(short, 0) + 1
            made = short if count == 1 else f"{short}-{count}"
            if not self._is_taken(made):
                return made


def said_in(parts: Iterable[Part]) -> Iterator[Sentence]:
    """Every computed sentence in some parts, in their order."""
    for part in parts:
        match part:
            case Quote() | Folded():
                yield from said_in(part.parts)
            case Points():
                for entries in part.entries:
                    yield from said_in(entries)
            case _:
                yield from sentences_in(part)
