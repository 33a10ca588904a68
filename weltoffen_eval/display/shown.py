"""What a cell of a notebook shows: blocks for exporters, HTML for people, and the findings behind."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.block_html import bundle_html
from weltoffen_eval.block_json import to_json
from weltoffen_eval.blocks import (
    MIME,
    Block,
    Bundle,
    Entry,
    Facts,
    Figure,
    Link,
    Note,
    Paragraph,
    Sentence,
    Table,
    sentences_in,
)

#: A number of a finding that stands in the twin only where there is one.
_OPTIONAL = ("low", "high", "n", "n_applicable")


class Shown:
    """Blocks that show themselves in a notebook; what they rest on goes along as metadata of the output.

    Parameters
    ----------
    findings : all that are known, by key; those on which the blocks rest go along
    about : whose report this is, once in a report; see :mod:`weltoffen_eval.publish.exporting.twin`
    cells : folders from which Markdown cells have other texts, as the study speaks
    given : texts that people gave as they stand in the blocks, each with its id, file, tab, row and column
    brand : what stands at its head, with ``about``; see :mod:`weltoffen_eval.publish.exporting.brand_head`

    Raises
    ------
    KeyError
        If a block rests on a finding that is not known.
    """

    def __init__(
        self,
        *blocks: Block | None,
        findings: Mapping[str, Finding] | None = None,
        about: Mapping[str, Any] | None = None,
        brand: Mapping[str, Any] | None = None,
        cells: Sequence[str] = (),
        given: Sequence[Mapping[str, Any]] = (),
    ):
        self.bundle = Bundle(tuple(block for block in blocks if block is not None))
        # empty is not none: some are computed when they are asked for
        known = {} if findings is None else findings
        self.findings = [known[key] for key in dict.fromkeys(keys_of(self.bundle.blocks))]
        self.about = dict(about or {})
        self.brand = dict(brand or {})
        self.cells = tuple(cells)
        self.given = [dict(text) for text in given]

    def _ipython_display_(self) -> None:
        from IPython.display import display

        # raw: without the text/plain that IPython would add, which names an address in memory
        display(self._mimebundle(), metadata=self._metadata(), raw=True)

    def _mimebundle(self) -> dict[str, Any]:
        return {MIME: to_json(self.bundle), "text/html": bundle_html(self.bundle)}

    def _metadata(self) -> dict[str, Any]:
        findings = [as_plain(finding) for finding in self.findings]
        said = {
            "about": self.about,
            "brand": self.brand,
            **dict.fromkeys(self.cells, True),
            "findings": findings,
            "given": self.given,
        }
        said = {name: value for name, value in said.items() if value}
        return {MIME: said} if said else {}


def paragraph(
    *sentences: Sentence | None, lead: bool = False, links: Iterable[Link] = ()
) -> Paragraph | None:
    """Those of the sentences that hold, with links to what they rest on; nothing where none holds."""
    said = tuple(sentence for sentence in sentences if sentence is not None)
    return Paragraph(_joined(said), lead, tuple(links), said) if said else None


def entry(*sentences: Sentence | None, links: Iterable[Link] = ()) -> Entry:
    """Those of the sentences that hold as an entry of a listing or of facts."""
    said = tuple(sentence for sentence in sentences if sentence is not None)
    return Entry(_joined(said), tuple(links), said)


def note(label: str, *sentences: Sentence) -> Note:
    """Sentences beside the text."""
    return Note(_joined(sentences), label, sentences)


def facts(entries: Iterable[tuple[str, str | Entry]]) -> Facts:
    """Terms and what they are here, as they are."""
    return Facts(tuple((term, Entry(is_) if isinstance(is_, str) else is_) for term, is_ in entries))


def _joined(sentences: Iterable[Sentence]) -> str:
    return " ".join(sentence.text for sentence in sentences)


def sentences_of(blocks: Iterable[Block]) -> Iterator[Sentence]:
    """Every sentence of some blocks, in their order."""
    for block in blocks:
        yield from sentences_in(block)


def keys_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The keys on which some blocks rest, each as often as it stands there."""
    for block in blocks:
        for sentence in sentences_of([block]):
            yield from sentence.rests_on
        match block:
            case Table():
                yield from (key for cell in block.rests_on for key in cell)
            case Figure():
                yield from block.rests_on
                yield from keys_of([block.table])


def as_plain(finding: Finding) -> dict[str, Any]:
    """A finding as plain data: a missing value is null with its reason, what else is missing is left out."""
    made: dict[str, Any] = {"key": finding.key, "value": _number(finding.value)}
    for name in _OPTIONAL:
        value = _number(getattr(finding, name))
        if value is not None:
            made[name] = value
    return {**made, "method": finding.method, "reason": finding.reason}


def _number(value: float) -> float | int | None:
    if math.isnan(value):
        return None
    return int(value) if value == int(value) else float(value)
