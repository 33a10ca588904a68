"""Reading a questionnaire from its folder; all faults of it at once."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.errors import CallError, Fault, RefusedError, did_you_mean
from weltoffen_eval.study.instrument import (
    NON_ANSWERS,
    Criterion,
    Dimension,
    Instrument,
    Item,
    ItemMapping,
    NonAnswer,
    Option,
    ResponseScale,
    Suggestion,
)
from weltoffen_eval.study.keys import check_key
from weltoffen_eval.study.raw_table import folded, read_records
from weltoffen_eval.study.toml_files import Section, read_toml

_REQUIRED_ITEM_COLUMNS = ("item", "dimension", "position", "scale", "direction", "text_de")
_OPTIONAL_ITEM_COLUMNS = ("criterion", "weight", "aspect", "text_en")


def instrument_names() -> list[str]:
    """Ids of the questionnaires that come with the package."""
    return sorted(path.parent.name for path in paths.INSTRUMENTS.glob("*/instrument.toml"))


def instrument_folder(name: str, study_folder: Path | None = None) -> Path:
    """The folder of an instrument: a path relative to the study folder, or a shipped one's id."""
    if name.startswith(".") or "/" in name:
        return (study_folder or Path.cwd()) / name
    if name in instrument_names():
        return paths.INSTRUMENTS / name
    raise CallError(
        f"There is no instrument {name!r}; shipped are {', '.join(instrument_names())}. A study's own "
        f"is named by its path, such as ./instrument.{did_you_mean(name, instrument_names())}"
    )


def load_instrument(folder: Path | str) -> Instrument:
    """The instrument in a folder, or of a shipped id.

    Raises
    ------
    RefusedError
        With every fault of instrument.toml, items.csv, suggestions.csv and mapping.csv.
    """
    path = instrument_folder(folder) if isinstance(folder, str) else folder
    faults: list[Fault] = []
    instrument = read_instrument(path, path.name, faults)
    if instrument is None or faults:
        raise RefusedError(faults)
    return instrument


def read_instrument(folder: Path, label: str, faults: list[Fault]) -> Instrument | None:
    """As :func:`load_instrument`, with faults collected; ``label`` names the folder in messages."""
    before = len(faults)
    main = f"{label}/instrument.toml"
    section = read_toml(folder / "instrument.toml", main, faults)
    if section is None:
        return None
    head = {key: section.text(key) for key in ("id", "edition", "source", "licence")}
    if head["id"]:
        check_key(head["id"], "an instrument id", Fault(main, "", "", column="id"), faults)
    title = section.title("title")
    previous = section.text("previous", "")
    dimensions = tuple(_read_dimension(s) for s in section.sections("dimension"))
    criteria = tuple(_read_criterion(s) for s in section.sections("criterion"))
    scales = tuple(_read_scale(s) for s in section.sections("scale"))
    section.finish()
    for kind, entries in (("dimension", dimensions), ("scale", scales)):
        if not entries:
            section.fault(kind, "none", f"at least one [[{kind}]]")
    dimension_ids = [d.id for d in dimensions]
    criterion_of = {c.id: c.dimension for c in criteria}
    for kind, ids in (
        ("dimension", dimension_ids),
        ("criterion", [c.id for c in criteria]),
        ("scale", [s.id for s in scales]),
    ):
        for name in _doubled(ids):
            section.fault(kind, f"the id {name!r} twice", "each id once")
    if "overall" in dimension_ids:
        section.fault("dimension", "the id 'overall'", "another id; overall is the composite score")
    for criterion in criteria:
        if criterion.dimension not in dimension_ids:
            section.fault(
                f"criterion {criterion.id} dimension",
                repr(criterion.dimension),
                "the id of a dimension",
                did_you_mean(criterion.dimension, dimension_ids).strip(),
            )
    items = _read_items(folder, label, dimension_ids, criterion_of, [s.id for s in scales], faults)
    known_items = [item.id for item in items]
    suggestions = _read_suggestions(folder, label, known_items, faults)
    mapping = _read_mapping(folder, label, known_items, previous, faults)
    if len(faults) > before:
        return None
    return Instrument(
        **head,
        title=title,
        previous=previous,
        dimensions=dimensions,
        criteria=criteria,
        scales=scales,
        items=items,
        suggestions=suggestions,
        mapping=mapping,
        sha256=hash_folder(folder),
    )


def hash_folder(folder: Path) -> str:
    """SHA-256 over names and contents of the files that make an instrument."""
    digest = hashlib.sha256()
    for name in ("instrument.toml", "items.csv", "mapping.csv", "suggestions.csv"):
        if (folder / name).is_file():
            digest.update(name.encode() + b"\0" + (folder / name).read_bytes() + b"\0")
    return digest.hexdigest()


def _doubled(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]


def _read_dimension(section: Section) -> Dimension:
    dimension = Dimension(
        section.text("id") or "",
        section.title("title"),
        section.number("weight", 1.0, at_least=0) or 0.0,
    )
    section.finish()
    return dimension


def _read_criterion(section: Section) -> Criterion:
    criterion = Criterion(
        section.text("id") or "",
        section.text("dimension") or "",
        section.title("title"),
        section.number("weight", 1.0, at_least=0) or 0.0,
    )
    section.finish()
    return criterion


def _read_scale(section: Section) -> ResponseScale:
    scale_id = section.text("id") or ""
    kind = section.choice("kind", ("ordinal", "numeric"))
    minimum, maximum = 0.0, 100.0
    options: tuple[Option, ...] = ()
    if kind == "numeric":
        minimum = section.number("min") or 0.0
        given = section.number("max")
        maximum = 100.0 if given is None else given
        if not minimum < maximum:
            section.fault("max", f"{maximum:g}", f"more than min, {minimum:g}")
    else:
        options = tuple(_read_option(s) for s in section.sections("options"))
        if kind == "ordinal" and len(options) < 2:
            section.fault("options", f"{len(options)}", "at least two options")
    non_answers = tuple(_read_non_answer(s) for s in section.sections("non_answers"))
    section.finish()
    scale = ResponseScale(scale_id, kind or "ordinal", options, non_answers, float(minimum), float(maximum))
    entries: list[Option | NonAnswer] = [*options, *non_answers]
    spellings = [{folded(spelling) for spelling in entry.spellings()} for entry in entries]
    for spelling in sorted(set(_doubled(s for each in spellings for s in each))):
        section.fault("options", f"{spelling!r} for two answers", "a spelling means one answer")
    for non_answer in non_answers:
        code = non_answer.code
        if kind == "numeric" and code is not None and minimum <= code <= maximum:
            section.fault(
                "non_answers",
                f"the code {non_answer.code} inside {minimum:g} to {maximum:g}",
                "a code that is no value of the scale",
            )
    return scale


def _read_option(section: Section) -> Option:
    code = section.whole_number("code", at_least=-(10**9))
    points = section.number("points", at_least=0, at_most=100)
    option = Option(
        0 if code is None else code,
        0.0 if points is None else float(points),
        section.title("label"),
        tuple(section.texts("aliases")),
    )
    section.finish()
    return option


def _read_non_answer(section: Section) -> NonAnswer:
    non_answer = NonAnswer(
        section.choice("kind", NON_ANSWERS) or "",
        section.title("label"),
        section.whole_number("code", None, at_least=-(10**9)),
        tuple(section.texts("aliases")),
    )
    section.finish()
    return non_answer


def _read_items(
    folder: Path,
    label: str,
    dimensions: list[str],
    criterion_of: dict[str, str],
    scales: list[str],
    faults: list[Fault],
) -> tuple[Item, ...]:
    file = f"{label}/items.csv"
    records = read_records(folder / "items.csv", file, _REQUIRED_ITEM_COLUMNS, _OPTIONAL_ITEM_COLUMNS, faults)
    items = []
    for record in records:
        row = int(record["line"])

        def fault(
            column: str, expected: str, advice: str = "", row: int = row, record: dict[str, str] = record
        ) -> None:
            faults.append(Fault(file, repr(record[column]), expected, advice, row=row, column=column))

        def number(column: str, default: float, record: dict[str, str] = record) -> float:
            try:
                value = float(record[column] or default)
            except ValueError:
                value = math.nan
            if not math.isfinite(value):
                fault(column, "a number")
                return default
            return value

        check_key(record["item"], "an item id", Fault(file, "", "", row=row, column="item"), faults)
        for column, known in (("dimension", dimensions), ("scale", scales)):
            if record[column] not in known:
                fault(column, f"the id of a {column}", did_you_mean(record[column], known).strip())
        criterion = record["criterion"]
        if criterion and criterion not in criterion_of:
            fault("criterion", "the id of a criterion", did_you_mean(criterion, criterion_of).strip())
        elif criterion and criterion_of[criterion] != record["dimension"]:
            fault("criterion", f"a criterion of the dimension {record['dimension']}")
        position = number("position", 0)
        if position != int(position) or not record["position"]:
            fault("position", "a whole number")
        if record["direction"] not in ("1", "-1", "+1"):
            fault("direction", "1 or -1")
        weight = number("weight", 1.0)
        if weight < 0:
            fault("weight", "a number, at least 0")
        if record["aspect"] not in ("", "concept", "practice"):
            fault("aspect", "concept, practice or nothing")
        if not record["text_de"]:
            fault("text_de", "the question in German")
        text = {"de": record["text_de"]} | ({"en": record["text_en"]} if record["text_en"] else {})
        items.append(
            Item(
                record["item"],
                record["dimension"],
                criterion,
                int(position),
                record["scale"],
                -1 if record["direction"] == "-1" else 1,
                weight,
                record["aspect"],
                text,
            )
        )
    for kind, names in (
        ("item", [item.id for item in items]),
        ("position", [str(item.position) for item in items]),
    ):
        for name in _doubled(names):
            rows = [int(r["line"]) for r in records if r[kind] == name]
            faults.append(
                Fault(file, f"{name!r} twice", "each once", row=rows[-1] if rows else None, column=kind)
            )
    return tuple(sorted(items, key=lambda item: item.position))


def _read_suggestions(
    folder: Path, label: str, items: list[str], faults: list[Fault]
) -> tuple[Suggestion, ...]:
    if not (folder / "suggestions.csv").is_file():
        return ()
    file = f"{label}/suggestions.csv"
    suggestions = []
    for record in read_records(folder / "suggestions.csv", file, ("item", "at_most", "text_de"), (), faults):
        row = int(record["line"])
        if record["item"] not in items:
            advice = did_you_mean(record["item"], items).strip()
            faults.append(
                Fault(file, repr(record["item"]), "the id of an item", advice, row=row, column="item")
            )
        try:
            at_most = float(record["at_most"])
        except ValueError:
            at_most = -1.0
        if not 0 <= at_most <= 100:
            faults.append(Fault(file, repr(record["at_most"]), "0 to 100 points", row=row, column="at_most"))
        suggestions.append(Suggestion(record["item"], at_most, record["text_de"]))
    return tuple(suggestions)


def _read_mapping(
    folder: Path, label: str, items: list[str], previous: str, faults: list[Fault]
) -> tuple[ItemMapping, ...]:
    file = f"{label}/mapping.csv"
    if not (folder / "mapping.csv").is_file():
        if previous:
            faults.append(Fault(file, "no such file", f"what became of the items of {previous}"))
        return ()
    mapping = []
    for record in read_records(folder / "mapping.csv", file, ("previous", "item", "comparable"), (), faults):
        row = int(record["line"])
        if record["item"] and record["item"] not in items:
            advice = did_you_mean(record["item"], items).strip()
            faults.append(
                Fault(file, repr(record["item"]), "the id of an item", advice, row=row, column="item")
            )
        if record["comparable"] not in ("yes", "reworded", "no"):
            faults.append(
                Fault(file, repr(record["comparable"]), "yes, reworded or no", row=row, column="comparable")
            )
        mapping.append(ItemMapping(record["previous"], record["item"], record["comparable"]))
    return tuple(mapping)
