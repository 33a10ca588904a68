"""Rows of a sheet of feedback held against what was sent: the answer that a row is of, and its reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from weltoffen_eval.errors import visible
from weltoffen_eval.raw.table import folded, plain
from weltoffen_eval.study.forms.feedback import SHOWN
from weltoffen_eval.study.responses.placed_answers import PlacedAnswer


class Contradiction(NamedTuple):
    """What a row says otherwise: the name of the column, and what is found, expected and advised."""

    column: str
    told: tuple[str, str, str]


class FeedbackRows:
    """The rows as they were sent, by key."""

    def __init__(
        self, answers: Mapping[str, PlacedAnswer], shown: Callable[[PlacedAnswer], tuple[str, str, str]]
    ) -> None:
        self.shown = shown
        sent = {key: dict(zip(SHOWN, shown(answer), strict=True)) for key, answer in answers.items()}
        self.sent = sent
        self.known = {name: {folded(of_row[name]) for of_row in sent.values()} for name in SHOWN}

    def contradiction(self, answer: PlacedAnswer, cells: Mapping[str, str]) -> Contradiction | None:
        """What cells beside a key say against it: another row's question or place, or another reading."""
        sent = self.sent[answer.key]
        for name in ("question", "place"):
            text = folded(cells.get(name, ""))
            if name in cells and text != folded(sent[name]) and text in self.known[name]:
                expected = f"the key beside its own question and place: {visible(sent[name])}"
                advice = "Put the keys back beside their rows, or have a new sheet filled in."
                return Contradiction("key", (f"{answer.key} beside {visible(cells[name])}", expected, advice))
        if "answer" not in cells or self._is_reading(answer, cells["answer"]):
            return None
        found = repr(plain(cells["answer"])) if plain(cells["answer"]) else "nothing"
        expected = f"the reading as it was sent: {visible(sent['answer'])!r}"
        advice = "Put it back, and write what is right into the cell for it in the same row."
        return Contradiction("answer", (found, expected, advice))

    def _is_reading(self, answer: PlacedAnswer, text: str) -> bool:
        """Whether a text is the reading, or was before the answer was corrected."""
        before = self.shown(replace(answer, correction=None))[SHOWN.index("answer")]
        readings = {folded(self.sent[answer.key]["answer"]), folded(before)}
        # a number that a program turned into one has a decimal point
        return folded(text) in readings or folded(text).replace(".", ",") in readings
