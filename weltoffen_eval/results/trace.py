"""How a number came about: scheme, items, answers, and the cells in which they stand; of persons a count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from weltoffen_eval import paths
from weltoffen_eval.analysis.answers import item_points
from weltoffen_eval.analysis.finding_keys import FindingKey, read_key
from weltoffen_eval.analysis.findings import OF_CHANGE
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.analysis.scoring import score_waves
from weltoffen_eval.errors import Fault
from weltoffen_eval.results.healthy_study import read_healthy
from weltoffen_eval.results.store import read_processed
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item
from weltoffen_eval.study.responses.placed_answers import PlacedAnswer, place_answers

#: Numbers of a group of municipalities, of whom none is told.
_OF_OTHERS = ("median", "q25", "q75", "position")
#: Numbers of two waves, the earlier of which is their variant.
_OF_TWO_WAVES = (*OF_CHANGE, "items_not_comparable", "compared_score", "printed_change")


@dataclass(frozen=True)
class TracedAnswer:
    """An answer of an institution: what it was read as, in points, and the cell in which it stands.

    ``read``: the code, the number or the kind of missing answer. ``points`` have the item's direction.
    """

    respondent: str
    read: str
    points: float | None
    place: PlacedAnswer | None


@dataclass(frozen=True)
class TracedItem:
    """An item that a number rests on, with its weight under the scheme and the answers to it."""

    item: str
    text: str
    weight: float
    answers: tuple[TracedAnswer, ...]


@dataclass(frozen=True)
class TracedParty:
    """Whose answers a number rests on: items and answers of institutions; of persons only how many.

    ``persons`` is None where they are too few to be counted.
    """

    wave: str
    setting: str
    perspective: str
    of_persons: bool = False
    persons: int | None = None
    items: tuple[TracedItem, ...] = ()


@dataclass(frozen=True)
class Trace:
    """Where a number comes from. ``score``: as the answers give it now, None where it is no score."""

    key: str
    parties: tuple[TracedParty, ...]
    score: float | None = None
    notes: tuple[str, ...] = field(default=())


class _Tables(NamedTuple):
    """What is stored of one municipality."""

    responses: pd.DataFrame
    records: pd.DataFrame
    scores: pd.DataFrame


class Tracer:
    """Traces keys of one study under one scheme; what is stored of a municipality is read once."""

    def __init__(self, study: Study, scheme: ScoringScheme):
        self.study, self.scheme = study, scheme
        self._cells: dict[str, list[PlacedAnswer]] = {}
        self._tables: dict[str, _Tables] = {}
        self._stored = read_processed(paths.processed_folder(study.id), study, scheme)

    @cached_property
    def _computed(self) -> _Tables:
        """The tables of all, where none are stored."""
        cleaned, _, _ = read_healthy(self.study)
        scores = score_waves(self.study, cleaned.waves, self.scheme, records=cleaned.records)
        return _Tables(cleaned.responses, cleaned.records, scores)

    def _of(self, municipality: str) -> _Tables:
        if municipality not in self._tables:
            self._tables[municipality] = (
                _Tables(*(self._stored.table(name, municipality) for name in _Tables._fields))
                if self._stored is not None
                else _Tables(*(_rows_of(table, municipality=municipality) for table in self._computed))
            )
        return self._tables[municipality]

    def trace(self, text: str) -> Trace:
        """Where the number of a key comes from.

        Raises
        ------
        UnknownKeyError
            If the text is no key.
        """
        key, _ = read_key(text)
        parties = tuple(party for place in _places_of(key) for party in self._parties(key, place))
        notes = []
        if key.quantity in _OF_OTHERS:
            notes.append(
                "It is over the scores of the municipalities of its group; whose they are is told nobody."
            )
        if any(party.of_persons for party in parties):
            notes.append("Answers of persons are not traced further: nobody is to be found in them.")
        if not parties and key.quantity not in _OF_OTHERS:
            notes.append("It rests on no answer to the questionnaire, but on what was written down.")
        # what persons have together passes the door in the report, and is not told beside it
        of_persons = any(party.of_persons for party in parties)
        return Trace(text, parties, None if of_persons else self._score(key), tuple(notes))

    def _score(self, key: FindingKey) -> float | None:
        if key.quantity != "score":
            return None
        unit = {"unit": key.unit} if key.unit else {}
        rows = _rows_of(
            self._of(key.municipality).scores, wave=key.wave, setting=key.setting,
            perspective=key.perspective, level=key.level, id=key.id, **unit,
        )  # fmt: skip
        return float(rows["score"].iloc[0]) if len(rows) and pd.notna(rows["score"].iloc[0]) else None

    def _parties(self, key: FindingKey, place: tuple[str, str, str]) -> Iterable[TracedParty]:
        wave, setting, perspective = place
        records = self._rows(self._of(key.municipality).records, key, place)
        records = records[records["counted"].astype(bool)]
        people = records[records["unit"].astype(str) == "persons"]
        if len(people):
            count = people["respondent"].nunique()
            told = count if count >= self.scheme.min_group_size else None
            yield TracedParty(wave, setting, perspective, of_persons=True, persons=told)
        institutions = records[records["unit"].astype(str) != "persons"]
        instrument = self.study.instruments.get(wave)
        if len(institutions) and instrument is not None:
            items = _items_of(key, instrument)
            yield TracedParty(
                wave, setting, perspective, items=self._items(instrument, items, institutions, key, place)
            )

    def _rows(self, frame: pd.DataFrame, key: FindingKey, place: tuple[str, str, str]) -> pd.DataFrame:
        wave, setting, perspective = place
        frame = _rows_of(frame, wave=wave, setting=setting)
        frame = frame[frame["perspective"].astype(str).isin(perspective.split("+"))]
        if key.respondent and perspective == key.perspective:
            frame = frame[frame["respondent"].astype(str) == key.respondent]
        return frame

    def _items(
        self,
        instrument: Instrument,
        items: list[Item],
        records: pd.DataFrame,
        key: FindingKey,
        place: tuple[str, str, str],
    ) -> tuple[TracedItem, ...]:
        ids = {item.id for item in items}
        respondents = set(records["respondent"].astype(str))
        cells = {
            (one.respondent, one.item): one
            for one in self._placed(key.municipality)
            if one.wave == place[0] and one.perspective in place[2].split("+")
        }
        responses = self._rows(self._of(key.municipality).responses, key, place)
        responses = responses[responses["item"].astype(str).isin(ids)]
        by_item: dict[str, list[TracedAnswer]] = {}
        for row in responses.itertuples(index=False):
            if str(row.respondent) in respondents:
                item = instrument.item_by_id[str(row.item)]
                cell = cells.get((str(row.respondent), item.id))
                read, points = self._meaning(instrument, item, row)
                answer = TracedAnswer(str(row.respondent), read, points, cell)
                by_item.setdefault(item.id, []).append(answer)
        return tuple(
            TracedItem(
                item.id,
                item.text.get(self.study.language) or next(iter(item.text.values()), ""),
                self.scheme.weight("item", item.id, item.weight),
                tuple(by_item.get(item.id, ())),
            )
            for item in items
        )

    def _placed(self, municipality: str) -> list[PlacedAnswer]:
        """The answers of its institutions with their cells, read once."""
        if municipality not in self._cells:
            faults: list[Fault] = []
            self._cells[municipality] = place_answers(self.study, municipality, faults)
        return self._cells[municipality]

    def _meaning(self, instrument: Instrument, item: Item, row: Any) -> tuple[str, float | None]:
        if pd.notna(row.missing) and str(row.missing):
            return str(row.missing), None
        scale = instrument.scale_of(item.id)
        if pd.notna(row.code):
            of_code, _, _ = item_points(item, instrument, self.scheme)
            points: float | None = of_code[int(row.code)]
            read = str(int(row.code))
        else:
            span = (scale.maximum or 0.0) - (scale.minimum or 0.0)
            points = (float(row.value) - (scale.minimum or 0.0)) / span * 100 if span else None
            if points is not None and item.direction < 0:
                points = 100 - points
            read = f"{row.value:g}"
        return read, points


def _rows_of(frame: pd.DataFrame, **wanted: str) -> pd.DataFrame:
    """The rows that have these texts in their columns."""
    for column, text in wanted.items():
        frame = frame[frame[column].astype(str) == text]
    return frame


def _places_of(key: FindingKey) -> list[tuple[str, str, str]]:
    """Wave, setting and perspective of all whose answers a number rests on."""
    if not (key.wave and key.setting and key.perspective):
        return []
    own = (key.wave, key.setting, key.perspective)
    places = [own]
    if key.other:
        # the view of the administration is that of the questionnaire
        places.append((key.wave, "questionnaire", key.other))
    if key.quantity in _OF_TWO_WAVES and key.variant:
        places.append((key.variant, *own[1:]))
    return places


def _items_of(key: FindingKey, instrument: Instrument) -> list[Item]:
    """The items that a number of some level rests on."""
    match key.level:
        case "item":
            return [item for item in instrument.items if item.id == key.id]
        case "criterion":
            return [item for item in instrument.items if item.criterion == key.id]
        case "dimension":
            return [item for item in instrument.items if item.dimension == key.id]
        case "overall":
            return list(instrument.items)
        case _:
            return []
