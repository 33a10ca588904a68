"""Files that people write, declared: a model for each table, and all faults of it at once.

A model names the keys of a table, each with how it is checked; what is common to all (a key that is missing,
misspelt or no table, the place in the file) is said here. Only readers import this module.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.study.keys import check_key
from weltoffen_eval.study.languages import ByLanguage
from weltoffen_eval.study.toml_files import Section, show_value

_NOTHING: Any = object()
#: What a check calls the key of its value; the place in the file says which it is.
_KEY = "value"
#: The context of a second reading, after all faults of a table are told.
_TOLD: dict[str, Any] = {}


class DeclaredTable(BaseModel):
    """A table of a file that people write; keys that it does not name are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_Table = TypeVar("_Table", bound=DeclaredTable)


def required() -> Any:
    """The default of a key that must be there."""
    return Field(default=_NOTHING, validate_default=True)


def checked(check: Callable[[Section], Any]) -> PlainValidator:
    """A value as a section hands it out, for ``Annotated``; the section holds it as ``value``."""

    def validate(value: object, info: ValidationInfo) -> Any:
        return check_value(value, check, told=info.context is not None)

    return PlainValidator(validate)


def check_value(value: object, check: Callable[[Section], Any], told: bool = False) -> Any:
    """What a section hands out of a value, or the error that says its faults, unless they are told."""
    faults: list[Fault] = []
    read = check(Section("", {} if value is _NOTHING else {_KEY: value}, faults))
    if faults and not told:
        raise refusal(faults)
    return read


def name_of(expected: str, read: Callable[[str], Any]) -> PlainValidator:
    """The name of a key, which ``read`` turns into what it means, or into None; in words, what it must be."""

    def validate(name: str) -> Any:
        meant = read(name)
        if meant is None:
            raise refusal([Fault("", repr(name), expected)], of_name=True)
        return meant

    return PlainValidator(validate)


def refusal(faults: list[Fault], of_name: bool = False) -> PydanticCustomError:
    """The error of a value, or of the name of a key; :func:`read_declared` adds place and file."""
    return PydanticCustomError("faults", "faults", {"faults": faults, "of_name": of_name})


def text() -> PlainValidator:
    """A text that is not empty."""
    return checked(lambda section: section.text(_KEY))


def any_text() -> PlainValidator:
    """A text, also an empty one."""
    return checked(lambda section: section.text(_KEY, ""))


def key(what: str) -> PlainValidator:
    """A key, in words ``what``, as in "a scheme id"."""

    def check(section: Section) -> str:
        read: str = section.text(_KEY) or ""
        if read:
            check_key(read, what, Fault("", "", ""), section.faults)
        return read

    return checked(check)


def texts() -> PlainValidator:
    """A list of texts, as a tuple."""
    return checked(lambda section: tuple(section.texts(_KEY)))


def title(longest: int = 0) -> PlainValidator:
    """A text by language, at least one; ``longest``: in one line of at most so many letters."""

    def check(section: Section) -> ByLanguage:
        read: ByLanguage = section.title(_KEY)
        for text in read.values() if longest else ():
            if len(text) > longest or "\n" in text:
                section.fault(_KEY, show_value(text), f"a text in one line, of at most {longest} letters")
        return read

    return checked(check)


def choice(options: Collection[str]) -> PlainValidator:
    """One of the options."""
    return checked(choose(options))


def choose(options: Collection[str]) -> Callable[[Section], Any]:
    """The check of :func:`choice`, for :func:`check_value`."""
    return lambda section: section.choice(_KEY, options)


def date() -> PlainValidator:
    """A date, as TOML writes it."""
    return checked(lambda section: section.date(_KEY))


def texts_by_key() -> PlainValidator:
    """A table of texts."""
    return checked(lambda section: section.texts_by_key(_KEY))


def whole_numbers(at_least: int = 0) -> PlainValidator:
    """A list of whole numbers, as a tuple."""
    return checked(lambda section: tuple(section.whole_numbers(_KEY, at_least=at_least)))


def number(at_least: float | None = None, at_most: float | None = None) -> PlainValidator:
    """A number within limits."""
    return checked(lambda section: section.number(_KEY, at_least=at_least, at_most=at_most))


def whole_number(at_least: int = 0) -> PlainValidator:
    """A whole number, at least so large."""
    return checked(lambda section: section.whole_number(_KEY, at_least=at_least))


def boolean() -> PlainValidator:
    """True or false."""
    return checked(lambda section: section.boolean(_KEY))


def read_declared(model: type[_Table], section: Section) -> _Table | None:
    """The table as its model; None, with every fault of it, where it is refused."""
    try:
        return model.model_validate(section.values)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            _tell(model, section, found)
    return None


def read_as_far(model: type[_Table], section: Section) -> _Table:
    """As :func:`read_declared`; where it is refused, what of it can be read, so that no fault hides another.

    Of a key with a fault it holds what a section hands out then: None, or what the check says.
    """
    try:
        return model.model_validate(section.values)
    except ValidationError as error:
        values = copy.deepcopy(section.values)
        # from the end of each list, so that what stands before keeps its number
        for found in reversed(error.errors(include_url=False)):
            if found["type"] != "faults":
                _take_out(values, found["loc"])
        for found in error.errors(include_url=False):
            _tell(model, section, found)
        return model.model_validate(values, context=_TOLD)


def each_table(section: Section, key: str) -> list[Section]:
    """The tables ``[[key]]`` that are tables, each in its place, to be read by models of their own.

    In the model of ``section`` they are ``list[dict[str, Any]]``, which tells those that are none.
    """
    given = section.values.get(key)
    return [
        Section(section.file, entry, section.faults, f"{key} {number}")
        for number, entry in enumerate(given if isinstance(given, list) else [], start=1)
        if isinstance(entry, dict)
    ]


def _take_out(values: Any, path: Sequence[int | str]) -> None:
    for part in path[:-1]:
        values = values[part]
    del values[path[-1]]


def _tell(model: type[DeclaredTable], section: Section, error: ErrorDetails) -> None:
    """Add the faults of one error, at its place in the file."""
    # pydantic marks by a last "[key]" that a name is wrong, not its value
    of_name = error["type"] == "faults" and error["ctx"]["of_name"]
    path = error["loc"][:-1] if of_name else error["loc"]
    place = " ".join(str(part + 1) if isinstance(part, int) else part for part in path)
    name = str(path[-1]) if path else ""
    if error["type"] == "extra_forbidden":
        known = list(_model_at(model, path[:-1]).model_fields)
        advice = did_you_mean(name, known).strip() if len(name) < 100 else ""
        section.fault(place, "a key that is not known here", "only " + ", ".join(known), advice)
    elif error["type"] == "faults":
        for fault in error["ctx"]["faults"]:
            missing = fault.found == "nothing" and fault.advice.startswith("Add ")
            section.fault(place, fault.found, fault.expected, f"Add {name} = …" if missing else fault.advice)
    else:
        # all that pydantic itself refuses: what is not of the form of a table, or of a list of tables
        expected = f"a table [{name}]"
        if error["type"] == "list_type":
            expected = f"tables [[{name}]]"
        elif path and isinstance(path[-1], int):
            expected = f"a table [[{path[-2]}]]"
        section.fault(place, show_value(error["input"]), expected)


def _model_at(model: type[DeclaredTable], path: Sequence[int | str]) -> type[DeclaredTable]:
    """The model of the table at a path from the top of the file."""
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            model = _table_in(model.model_fields[part].annotation) or model
    return model


def _table_in(annotation: Any) -> type[DeclaredTable] | None:
    if inspect.isclass(annotation) and issubclass(annotation, DeclaredTable):
        return annotation
    return next((table for part in get_args(annotation) if (table := _table_in(part))), None)
