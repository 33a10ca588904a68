"""The package against the second reading: where responses and score file differ."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pandas as pd

from second_reading.questionnaires import Scheme, read_scheme
from second_reading.reading import Sheet, StudyReading
from second_reading.scoring import Key, Row, score
from weltoffen_eval import clean_responses, load_scheme, load_study, score_study

COLUMNS = [*Key._fields, "score", "low", "high", "n", "n_items", "n_answered", "coverage", "withheld"]
Place = tuple[str, ...]
Content = tuple[tuple[str, str], ...]


def _written(answer: object) -> str:
    """An answer to be compared: numbers at nine places."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, int):
        return f"code {answer}"
    return f"value {float(answer):.9f}"  # type: ignore[arg-type]


def _contents_of_package(responses: pd.DataFrame) -> dict[tuple[Place, str], Content]:
    contents: dict[tuple[Place, str], list[tuple[str, str]]] = defaultdict(list)
    for row in responses.to_dict("records"):
        there = {part: row[part] for part in ("code", "value", "missing") if not pd.isna(row[part])}
        if len(there) != 1:
            raise AssertionError(f"of code, value and missing exactly one is set: {row}")
        part, found = next(iter(there.items()))
        answer = found if part == "missing" else int(found) if part == "code" else Fraction(found)
        place = tuple(str(row[key]) for key in ("municipality", "wave", "setting", "perspective", "unit"))
        contents[place, str(row["respondent"])].append((str(row["item"]), _written(answer)))
    return {key: tuple(sorted(answers)) for key, answers in contents.items()}


def _contents_of_reading(sheets: list[Sheet]) -> dict[tuple[Place, str], Content]:
    return {
        ((*sheet.group, sheet.unit), str(number)): tuple(
            sorted((item, _written(answer)) for item, answer in sheet.answers.items())
        )
        for number, sheet in enumerate(sheets)
    }


def _same_respondents(
    package: dict[tuple[Place, str], Content], reading: dict[tuple[Place, str], Content], sheets: list[Sheet]
) -> tuple[dict[tuple[Place, str], str], list[str]]:
    """Who is who: respondents of one group with the same answers; and what has no partner.

    Pseudonyms are not compared, only that they are unique; offices keep their name.
    """
    differences, partners = [], {}
    waiting: dict[tuple[Place, Content], list[str]] = defaultdict(list)
    for (place, number), content in reading.items():
        waiting[place, content].append(number)
    for (place, name), content in sorted(package.items()):
        numbers = waiting[place, content]
        named = [number for number in numbers if sheets[int(number)].name == name]
        if not numbers:
            differences.append(f"only the package has {name} of {place}: {dict(content)}")
            continue
        partner = named[0] if named else numbers[0]
        numbers.remove(partner)
        partners[place, name] = partner
    for (place, content), numbers in waiting.items():
        differences += [
            f"only the second reading has {sheets[int(n)].name!r} of {place}: {dict(content)}"
            for n in numbers
        ]
    places = [(place[:3], name) for place, name in package]
    if len(set(places)) < len(places):
        differences.append("a respondent is not unique within municipality × wave × setting")
    return partners, differences


def _number(cell: object) -> float | None:
    return None if cell is None or pd.isna(cell) else float(cell)  # type: ignore[call-overload]


def _differing(found: dict[str, object], row: Row) -> Iterator[str]:
    for column in ("score", "low", "high", "n", "n_items", "n_answered", "coverage"):
        ours, theirs = getattr(row, column), _number(found[column])
        if (ours is None) != (theirs is None) or (
            theirs is not None and not math.isclose(float(ours), theirs, rel_tol=1e-11, abs_tol=1e-9)
        ):
            yield f"{column} is {theirs}, by the contract {None if ours is None else float(ours)}"
    withheld = "" if pd.isna(found["withheld"]) else found["withheld"]
    if withheld != row.withheld:
        yield f"withheld is {withheld!r}, by the contract {row.withheld!r}"


def _score_differences(
    frame: pd.DataFrame, rows: dict[Key, Row], partners: dict[tuple[Place, str], str]
) -> Iterator[str]:
    if list(frame.columns) != COLUMNS:
        yield f"columns {list(frame.columns)}"
        return
    records = frame.to_dict("records")
    keys = [tuple(str(record[part]) for part in Key._fields) for record in records]
    if keys != sorted(keys):
        yield "the rows are not sorted"
    left = dict(rows)
    for record, key in zip(records, keys, strict=True):
        respondent = partners.get((key[:5], key[5]), key[5])
        row = left.pop(Key(*key[:5], respondent, *key[6:]), None)
        if row is None:
            yield f"{key}: only the package has this row"
        else:
            yield from (f"{key}: {difference}" for difference in _differing(record, row))
    yield from (f"{tuple(key)}: only the second reading has this row" for key in left)


class Comparison:
    """One study in both readings; ``of_package``: the folder that the package is given instead."""

    def __init__(self, folder: Path, of_package: Path | None = None) -> None:
        self.reading = StudyReading(folder)
        named = self.reading.table.get("scheme")
        scheme = read_scheme(folder / named) if named else Scheme()
        self.expected = {
            by: score(self.reading.sheets, self.reading.instruments, scheme, by)
            for by in ("municipality", "respondent")
        }
        self.study = load_study(of_package or folder)
        self.scheme = load_scheme(study=self.study)
        self.responses = clean_responses(self.study).responses
        self.partners, self.of_answers = _same_respondents(
            _contents_of_package(self.responses),
            _contents_of_reading(self.reading.sheets),
            self.reading.sheets,
        )

    def score_file(self, by: str) -> pd.DataFrame:
        return score_study(self.study, self.responses, self.scheme, by)

    def of_scores(self) -> list[str]:
        """Where the score files differ."""
        found = _score_differences(self.score_file("municipality"), self.expected["municipality"], {})
        rows = _score_differences(self.score_file("respondent"), self.expected["respondent"], self.partners)
        return [*found, *rows]


def differences(folder: Path, of_package: Path | None = None) -> list[str]:
    """Where the package reads or scores a study otherwise than the second reading; empty where nowhere."""
    comparison = Comparison(folder, of_package)
    return comparison.of_answers + comparison.of_scores()
