"""Reading what was published: twins, notebooks and tables of a folder, as findings with their file."""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from weltoffen_eval.analysis.attack_counts import Said
from weltoffen_eval.analysis.finding_keys import FIELDS, UnknownKeyError, read_key
from weltoffen_eval.analysis.findings import COLUMNS, Finding
from weltoffen_eval.errors import WeltoffenError
from weltoffen_eval.results.unsaid import keyed_texts

#: What a twin says of itself.
SCHEMA = "weltoffen-report/1"
_NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")


class PublishedError(WeltoffenError):
    """A folder or file that is not what is published."""

    exit_code = 2


class PublishedReports(NamedTuple):
    """What a folder says: findings, the twins by their path, and the names of their questionnaires."""

    said: list[Said]
    twins: dict[Path, dict[str, Any]]
    instruments: set[str]


def read_published(folders: Sequence[Path]) -> PublishedReports:
    """All that some folders say, newest first; the file of each finding as seen from its folder.

    Raises
    ------
    PublishedError
        If a folder is not there, or holds no twin and no table that could be read.
    """
    found = PublishedReports([], {}, set())
    for folder in folders:
        if not folder.is_dir():
            raise PublishedError(f"{folder} is no folder; name the folder in which published files lie.")
        before = len(found.said), len(found.twins)
        for path in sorted(folder.rglob("*")):
            source = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            if path.suffix == ".json":
                _read_twin(path, folder, source, found)
            elif path.suffix == ".ipynb":
                found.said.extend(_of_notebook(_json(path), source))
            elif path.suffix == ".csv":
                found.said.extend(_of_table(path, source))
        if before == (len(found.said), len(found.twins)):
            raise PublishedError(
                f"{folder} holds no report that could be read: expected files <name>.json of schema "
                f"{SCHEMA}, notebooks or tables; name a folder of reports."
            )
    return found


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise PublishedError(f"{path}: no JSON ({error}); publish it anew.") from error


def _read_twin(path: Path, folder: Path, source: str, found: PublishedReports) -> None:
    twin = _json(path)
    if not isinstance(twin, dict) or twin.get("schema") != SCHEMA:
        return
    found.twins[path] = twin
    found.instruments.add(str((twin.get("instrument") or {}).get("id", "")))
    found.said.extend(_of_findings(twin.get("findings", []), source))
    known = {str(entry.get("key")): entry for entry in twin.get("findings", [])}
    page = path.with_suffix(".html")
    if page.is_file():
        seen = source.removesuffix(path.name) + page.name
        for keys, text in keyed_texts(page):
            found.said.extend(_printed(keys, text, seen, known))
    for sentence in twin.get("sentences", []):
        for number in sentence.get("numbers", []):
            found.said.extend(_printed([str(number["key"])], str(number["printed"]), source, known))
    for table in twin.get("tables", []):
        file = path.parent / str(table.get("file", ""))
        if table.get("file") and file.is_file():
            seen = (
                f"{folder.name}/{file.relative_to(folder).as_posix()}"
                if folder in file.parents
                else str(file)
            )
            cells = [cell for row in _rows(file)[1:] for cell in row]
            for keys, cell in zip(table.get("rests_on", []), cells, strict=False):
                found.said.extend(_printed(keys, cell, seen, known))


def _of_findings(findings: Sequence[Mapping[str, Any]], source: str) -> Iterator[Said]:
    for entry in findings:
        if (of := _finding(str(entry.get("key", "")))) is not None:
            numbers = {name: _number(entry.get(name)) for name in FIELDS}
            yield Said(_counted(of.with_numbers(numbers, str(entry.get("reason", "")))), 0.0, source)


def _counted(of: Finding) -> Finding:
    """The answer of one person is a count of one."""
    if of.quantity != "code" or of.n != 1 or math.isnan(of.value):
        return of
    return of.having(quantity="n", variant=f"{of.value:g}", value=1.0)


class _Named(NamedTuple):
    finding: Finding
    field: str

    def with_numbers(self, numbers: Mapping[str, float], reason: str) -> Finding:
        return self.finding.having(reason=reason, **numbers)


def _finding(text: str) -> _Named | None:
    """The finding of a key, without numbers; None where it is no key, or one of a single sheet."""
    try:
        key, field = read_key(text)
    except UnknownKeyError:
        return None
    if key.respondent:
        return None
    of = Finding(
        key.quantity, variant=key.variant, wave=key.wave, setting=key.setting, municipality=key.municipality,
        level=key.level, id=key.id, perspective=_with_unit(key.perspective, key.unit), other=key.other,
    )  # fmt: skip
    return _Named(of, field)


def _with_unit(perspective: str, unit: str) -> str:
    """Persons who answer in the place of their administration are persons of their own."""
    return f"{perspective}:{unit}" if unit else perspective


def _printed(
    keys: Sequence[str], text: str, source: str, known: Mapping[str, Mapping[str, Any]]
) -> Iterator[Said]:
    """A printed value, if it is clear of which finding: half a unit of its last digit is left open.

    Parameters
    ----------
    known : what the twin says of each key; what is printed may be another of its numbers
    """
    numbers = _NUMBER.findall(text)
    if len(keys) != 1 or len(numbers) != 1:
        return
    named = _finding(keys[0])
    if named is None or named.field != "value" or "%" in text:
        return
    value, half = written(numbers[0])
    entry = known.get(keys[0].removesuffix(".value"), {})
    said, n = _number(entry.get("value")), _number(entry.get("n"))
    if abs(said - value) > half + 1e-9 or (math.isnan(said) and value == n):
        return
    yield Said(named.with_numbers({"value": value}, ""), half, source)


def written(text: str) -> tuple[float, float]:
    """A number as it is written, and half a unit of its last digit."""
    plain = text.replace("−", "-").replace(",", ".")
    digits = len(plain.partition(".")[2])
    return float(plain), 0.5 * 10.0**-digits


def _of_notebook(notebook: Any, source: str) -> Iterator[Said]:
    """Findings in the metadata of a notebook, of its cells and of what they put out."""
    if not isinstance(notebook, dict):
        return
    places = [notebook.get("metadata", {})]
    for cell in notebook.get("cells", []):
        places.append(cell.get("metadata", {}))
        places += [output.get("metadata", {}) for output in cell.get("outputs", [])]
    for place in places:
        for findings in _lists_of_findings(place):
            yield from _of_findings(findings, source)


def _lists_of_findings(place: Any) -> Iterator[list[Mapping[str, Any]]]:
    if isinstance(place, dict):
        for name, value in place.items():
            if name == "findings" and isinstance(value, list):
                yield [entry for entry in value if isinstance(entry, dict)]
            else:
                yield from _lists_of_findings(value)


def _rows(path: Path) -> list[list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PublishedError(f"{path}: not UTF-8 ({error}); publish it anew.") from error
    head = text.partition("\n")[0]
    return list(csv.reader(text.splitlines(), delimiter=";" if head.count(";") > head.count(",") else ","))


def _of_table(path: Path, source: str) -> Iterator[Said]:
    """Tables of findings, one a row, and tables of scores; others are read with their twin alone."""
    rows = _rows(path)
    if not rows:
        return
    head, *lines = rows
    told = (dict(zip(head, line, strict=False)) for line in lines)
    where = ("wave", "setting", "municipality", "level", "id", "perspective")
    if set(COLUMNS) <= set(head):
        texts = ("quantity", "variant", "other", "method", "reason", *where)
        for row in told:
            numbers = {name: _number(row[name]) for name in FIELDS}
            of = Finding(**{name: row[name] for name in texts}, **numbers)  # type: ignore[arg-type]
            yield Said(of, _half(row["value"]), source)
    elif {"item", "code", "respondent", *where[:3], "perspective"} <= set(head):
        yield from _answers_of_persons(told, source)
    elif {*where, "score"} <= set(head):
        by_sheet = "respondent" in head
        for row in told:
            n = 1.0 if by_sheet and row["respondent"] else _number(row.get("n"))
            of = Finding("score", _number(row["score"]), n=n, **{name: row[name] for name in where})  # type: ignore[arg-type]
            in_place = row.get("unit") == "persons" and of.perspective == "administration"
            of = of.having(perspective=_with_unit(of.perspective, "persons" if in_place else ""))
            yield Said(of, _half(row["score"]), source)


def _answers_of_persons(told: Iterable[Mapping[str, str]], source: str) -> Iterator[Said]:
    """A table of single answers: how many of each perspective gave each."""
    counts: Counter[tuple[str, ...]] = Counter()
    names = ("municipality", "wave", "setting", "perspective", "item", "code")
    for row in told:
        in_place = row["perspective"] == "administration" and row.get("unit") == "persons"
        if row["code"] and (row["perspective"] != "administration" or in_place):
            whose = _with_unit(row["perspective"], "persons" if in_place else "")
            counts[tuple(whose if name == "perspective" else row[name] for name in names)] += 1
    for (municipality, wave, setting, perspective, item, code), count in sorted(counts.items()):
        of = Finding(
            "n", float(count), variant=code, municipality=municipality, wave=wave, setting=setting,
            perspective=perspective, level="item", id=item,
        )  # fmt: skip
        yield Said(of, 0.0, source)


def _half(text: str) -> float:
    return written(text)[1] if _NUMBER.fullmatch(text) else 0.0


def _number(value: Any) -> float:
    if value in (None, ""):
        return math.nan
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        return math.nan
