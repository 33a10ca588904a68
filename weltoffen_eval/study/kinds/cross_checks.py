"""Faults that several rows make together: what stands twice, and what names something that is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.file_heads import OF_ALL
from weltoffen_eval.study.file_words import QUESTIONS
from weltoffen_eval.study.keys import RESERVED, is_reserved
from weltoffen_eval.study.kinds.fields import fields_of
from weltoffen_eval.study.kinds.persons import NAMED
from weltoffen_eval.study.kinds.rows import Given

#: By kind: the columns that together stand once in a municipality, wave and setting; without them no check.
_ONCE: Mapping[str, tuple[str, ...]] = {
    "field_ratings": ("respondent", "perspective", "dimension"),
    "participants": ("participant",),
    "statements": ("statement",),
    "codes": ("statement", "coder", "code"),
    "codebook": ("code",),
    "questions": ("question",),
    "outcomes": ("position",),
    "events": (),
    "measures": ("measure",),
}
_Group = tuple[str, str, str]


def check_across(study: Study, rows: Sequence[Given], faults: list[Fault]) -> None:
    """All faults of rows held against each other and against the study."""
    of_kind: dict[str, list[Given]] = {}
    for row in rows:
        # of whom or when a row is has a fault of its own already
        if row.kind in OF_ALL or (row.municipality and row.wave):
            of_kind.setdefault(row.kind, []).append(row)
    listed = {raw.kind for raw in study.files}
    for kind in _ONCE:
        _check_once(of_kind.get(kind, ()), faults)
    for row in rows:
        faults.extend(_reserved_names(row))
    _check_codes(of_kind, listed, faults)
    _check_questions(of_kind, faults)
    _check_origins(study, of_kind, faults)


def _group(row: Given) -> _Group:
    return row.municipality, row.wave, row.setting


def _check_once(rows: Sequence[Given], faults: list[Fault]) -> None:
    first_of: dict[tuple[object, ...], Given] = {}
    # what names no wave holds in all of them, whichever stands first
    for row in sorted(rows, key=lambda row: bool(row.wave)) if rows and rows[0].kind in OF_ALL else rows:
        columns = _ONCE[row.kind]
        cells = tuple(_compared(getattr(row.values, name)) for name in columns)
        if columns and not all(cells):
            # who or what has no name is told by its own row, or may stand there more than once
            continue
        # what is agreed has one id wherever it was agreed
        place = (row.municipality, row.wave) if row.kind == "measures" else _group(row)
        of_all_waves = ("", "", "", *cells) if row.kind in OF_ALL else ()
        if row.kind in OF_ALL:
            place = "", row.wave, ""
        first = first_of.get(of_all_waves) or first_of.setdefault((*place, *cells), row)
        if first is row:
            continue
        of_file = f" of {first.file}" if first.file != row.file else ""
        at = f"The first stands in row {first.row}{of_file}."
        if row.kind == "events":
            found, expected = f"{row.setting} once more", "one row for a municipality, wave and setting"
            faults.append(row.fault("setting", found, expected, at))
        elif row.kind in NAMED:
            # a name stays out of the list of faults, which is handed on
            expected = "each person once" + (" for a field" if row.kind == "field_ratings" else "")
            faults.append(row.fault(columns[0], "a person once more", expected, at))
        else:
            named = " and ".join(repr(str(getattr(row.values, name))) for name in columns)
            expected = "each once in a municipality, wave and setting" if row.municipality else "each once"
            faults.append(row.fault(columns[0], f"{named} twice", expected, at))


def _compared(value: object) -> str:
    return "" if value is None else str(value).casefold()


def _reserved_names(row: Given) -> Iterator[Fault]:
    column = NAMED[row.kind][0] if row.kind in NAMED else ""
    name = (getattr(row.values, column) or "") if column else ""
    if is_reserved(name) or name == "@":
        expected = f"another name than {', '.join(RESERVED)} and @, which have a meaning of their own"
        yield row.fault(column, repr(name), expected)


def _check_codes(of_kind: Mapping[str, list[Given]], listed: set[str], faults: list[Fault]) -> None:
    """Codes name statements that are there, and codes of the codebook."""
    statements = {(_group(row), row.values.statement) for row in of_kind.get("statements", ())}
    codebook = of_kind.get("codebook", ())
    for row in of_kind.get("codes", ()):
        statement, code = row.values.statement, row.values.code
        if statement and (_group(row), statement) not in statements:
            expected = "a statement of the same municipality, wave and setting"
            faults.append(row.fault("statement", repr(statement), expected, _advice("statements", listed)))
        if code and not any(entry.values.code == code and _in_wave(entry, row) for entry in codebook):
            expected, advice = "a code of the codebook", _advice("codebook", listed)
            faults.append(row.fault("code", repr(code), expected, advice))


_CORRECT = "Correct it in the file, or in corrections.csv."


def _advice(kind: str, listed: set[str]) -> str:
    return _CORRECT if kind in listed else f"No file of the kind {kind} is listed in study.toml."


def _in_wave(of_all: Given, row: Given) -> bool:
    return of_all.wave in ("", row.wave)


def question_ids(questions: Sequence[Given], wave: str) -> list[str]:
    """The ids of the guiding questions of a wave: those of the study, else the four that are usual."""
    own = [row.values.question for row in questions if row.wave in ("", wave)]
    return own or list(QUESTIONS)


def _check_questions(of_kind: Mapping[str, list[Given]], faults: list[Fault]) -> None:
    for row in of_kind.get("statements", ()):
        known = question_ids(of_kind.get("questions", ()), row.wave)
        if row.values.question and row.values.question not in known:
            expected = "a guiding question: " + ", ".join(filter(None, known))
            faults.append(row.fault("question", repr(row.values.question), expected, _CORRECT))


def _check_origins(study: Study, of_kind: Mapping[str, list[Given]], faults: list[Fault]) -> None:
    """What a measure goes back to is there: in the study, or in the same municipality in any wave."""
    statements = {(row.municipality, row.values.statement) for row in of_kind.get("statements", ())}
    outcomes = {(row.municipality, str(row.values.position)) for row in of_kind.get("outcomes", ())}
    items = {item.id for instrument in study.instruments.values() for item in instrument.items}
    # a questionnaire that was refused has its faults, and may hold any question
    refused = not study.instruments and any(wave.instrument for wave in study.waves)
    questions = of_kind.get("questions", ())
    known: Mapping[str, tuple[str, Callable[[Given, str], bool]]] = {
        "item": ("the id of a question of a questionnaire", lambda row, of: refused or of in items),
        "gap": (
            "a field of the questionnaire",
            lambda row, of: fields_of(study, row.wave).find(of) is not None,
        ),
        "statement": (
            "a statement of the municipality",
            lambda row, of: (row.municipality, of) in statements,
        ),
        "question": ("a guiding question", lambda row, of: of in question_ids(questions, row.wave)),
        "outcome": (
            "the position of an outcome of the municipality",
            lambda row, of: (row.municipality, of) in outcomes,
        ),
    }
    for row in of_kind.get("measures", ()):
        kind, _, of = (row.values.origin or "").partition(":")
        if kind:
            expected, is_there = known[kind]
            if not is_there(row, of):
                faults.append(row.fault("origin", repr(row.values.origin), expected, _CORRECT))
