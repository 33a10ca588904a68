"""The catalogue of sentences: what a report can say, as data that somebody who does not program can change.

``sentences/<report>.toml`` declares each sentence without a language: when it is said, its places, on which
findings it rests. ``sentences/<language>/<report>.toml`` holds its text. Code decides what holds and hands
over numbers; it contains no text of a report.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from weltoffen_eval import paths
from weltoffen_eval.blocks import Sentence
from weltoffen_eval.display.language import Label, Language, load_language, whole
from weltoffen_eval.display.manner import Manner
from weltoffen_eval.display.plural_forms import FORMS, form_of
from weltoffen_eval.errors import WeltoffenError

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class SentenceError(WeltoffenError):
    """A sentence whose file, or whose use, does not fit its declaration."""

    exit_code = 1


@dataclass(frozen=True)
class Known:
    """A number with the key and field of the finding from which it is."""

    value: float
    key: str


@dataclass(frozen=True)
class Span:
    """Two numbers from one to the other; one is printed where both print the same."""

    low: Known | float
    high: Known | float


Given = float | str | datetime.date | Known | Span | Label | list[str]

#: How a place of each kind is written; ``label`` and ``text`` are given by people and stay as they are.
#: ``place``, ``of_place``, ``from_place`` and ``in_place`` are the name of a municipality within a sentence.
#: ``name`` and ``names`` stand in quotation marks; entries of a ``series`` lose their point.
KINDS: dict[str, Callable[[Language, Any], str]] = {
    "count": lambda language, value: language.count(value),
    "points": lambda language, value: language.points(value),
    "share": lambda language, value: language.share(value),
    "decimal": lambda language, value: language.decimal(value),
    "hundredths": lambda language, value: language.decimal(value, 2, fixed=True),
    "date": lambda language, value: language.date(value),
    "count_range": lambda language, value: language.count_range(*value),
    "range": lambda language, value: language.range(*value),
    "list": lambda language, value: language.listing(value),
    "name": lambda language, value: language.quoted(value),
    "names": lambda language, value: language.listing([language.quoted(name) for name in value]),
    "grouped": lambda language, value: language.grouped(value),
    "place": lambda language, value: language.place(value, "place"),
    "of_place": lambda language, value: language.place(value, "of_place"),
    "from_place": lambda language, value: language.place(value, "from_place"),
    "in_place": lambda language, value: language.place(value, "in_place"),
    "series": lambda language, value: "; ".join(part.removesuffix(".") for part in value),
    "label": lambda language, value: str(value),
    "text": lambda language, value: str(value),
}


@dataclass(frozen=True)
class Declared:
    """A sentence without a language; ``example`` gives a value for each of its ``places`` (name → kind)."""

    when: str
    places: Mapping[str, str] = field(default_factory=dict)
    rests_on: tuple[str, ...] = ()
    example: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Worded:
    """The text of a sentence in one language, by plural form; ``plural`` is the place that chooses it.

    ``of``: the place with the number of all, where the form depends on whether it is all.
    """

    texts: Mapping[str, str]
    plural: str = ""
    of: str = ""
    example: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All that one report can say in one language."""

    report: str
    language: Language
    declared: Mapping[str, Declared]
    worded: Mapping[str, Worded]
    manner: Manner | None = None

    def say(self, name: str, about: Mapping[str, str] | None = None, /, **given: Given) -> Sentence:
        """The sentence of this name with these numbers.

        Parameters
        ----------
        about : what the places of ``rests_on`` are, such as who and id; without it the sentence rests on
            the keys of its numbers alone

        Raises
        ------
        SentenceError
            If there is no such sentence, or a place is missing, unknown or of another kind.
        """
        declared = self._declared(name)
        if set(given) != set(declared.places):
            raise SentenceError(
                f"{self.report}.{name} has the places {sorted(declared.places)}, not {sorted(given)}."
            )
        worded = self.worded[name]
        values = {place: _plain(value) for place, value in given.items()}
        printed = {
            place: KINDS[kind](self.language, values[place]) for place, kind in declared.places.items()
        }
        printed |= self.manner.places if self.manner is not None else {}
        number: Any = values.get(worded.plural, 0)
        # the form belongs to the number as it is printed
        number = whole(number) if declared.places.get(worded.plural) == "points" else number
        text = worded.texts[form_of(worded.texts, self.language, number, values.get(worded.of))]
        numbers = tuple(
            (end.key, printed[place] if end is value else self.language.points(end.value))
            for place, value in given.items()
            for end in ((value.low, value.high) if isinstance(value, Span) else (value,))
            if isinstance(end, Known)
        )
        rests_on = [template.format_map(about) for template in declared.rests_on] if about else []
        keys = tuple(dict.fromkeys([*rests_on, *(key.rpartition(".")[0] for key, _ in numbers)]))
        foreign = {
            place: value.language
            for place, value in given.items()
            if isinstance(value, Label) and value.language != self.language.id
        }
        counted = {place for place, kind in declared.places.items() if kind in ("count", "in_place")}
        filled, stretches = _filled(text, printed, foreign, counted)
        return Sentence(filled, f"{self.report}.{name}", keys, numbers, stretches)

    def text(self, name: str, /, **given: Given) -> str:
        """Only the text: of a heading, a label, the head of a column."""
        return self.say(name, None, **given).text

    def _declared(self, name: str) -> Declared:
        if name not in self.declared:
            raise SentenceError(f"There is no sentence {self.report}.{name}.")
        return self.declared[name]


def _plain(value: Given) -> Any:
    match value:
        case Known():
            return value.value
        case Span():
            return _plain(value.low), _plain(value.high)
        case Label():
            return value.text
        case _:
            return value


def _filled(
    text: str, printed: Mapping[str, str], foreign: Mapping[str, str], counted: set[str]
) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """The text with its places filled, and where in it another language is spoken.

    The word of a count, or of a place, that opens a sentence begins with a capital.
    """
    made, stretches = "", []
    # a part of a sentence opens none
    opens = text.rstrip().endswith((".", "!", "?", ":"))
    for literal, place, _, _ in Formatter().parse(text):
        made += literal
        opens = (
            literal.rstrip().endswith((".", "!", "?", ":"))
            if literal.strip()
            else opens and not literal.strip()
        )
        if place is not None:
            value = printed[place]
            start = len(made)
            made += value[:1].upper() + value[1:] if opens and place in counted else value
            if place in foreign:
                stretches.append((start, len(made), foreign[place]))
            opens = False
    return made, tuple(stretches)


@cache
def load_catalogue(report: str, language: str, manner: Manner | None = None) -> Catalogue:
    """What a report can say in a language, checked; with the other texts of a study that has a ``manner``.

    Raises
    ------
    SentenceError
        If a file is not as it must be, with the first sentence that is wrong.
    """
    usual = read_catalogue(paths.SENTENCES, report, load_language(language))
    if manner is None:
        return usual
    worded, speaking = dict(usual.worded), usual.language
    for folder in manner.folders:
        for name, entry in other_texts(folder, report, language).items():
            worded[name] = _word(report, name, entry)
            _check(f"{folder}.{report}.{name}", usual._declared(name), worded[name], manner.places)
        speaking = manner.spoken(speaking, other_texts(folder, "words", language))
    return replace(usual, language=speaking, worded=worded, manner=manner)


def other_texts(folder: str, report: str, language: str) -> dict[str, dict[str, Any]]:
    """The texts of a report that a manner has in its folder; empty where a language has none."""
    path = paths.SENTENCES / language / folder / f"{report}.toml"
    return _toml(path) if path.is_file() else {}


def read_catalogue(folder: Path, report: str, language: Language) -> Catalogue:
    """As :func:`load_catalogue`, from another folder than the package's own."""
    declared = {
        name: _declare(report, name, entry) for name, entry in _toml(folder / f"{report}.toml").items()
    }
    of_language = folder / language.id / f"{report}.toml"
    worded = {name: _word(report, name, entry) for name, entry in _toml(of_language).items()}
    for name in declared.keys() ^ worded.keys():
        where = "declared" if name in declared else f"worded in {language.id}"
        raise SentenceError(f"{report}.{name} is only {where}.")
    for name, entry in worded.items():
        _check(f"{report}.{name}", declared[name], entry)
    return Catalogue(report, language, declared, worded)


def _toml(path: Path) -> dict[str, dict[str, Any]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SentenceError(f"{path.name} cannot be read: {error}.") from error


def _declare(report: str, name: str, entry: dict[str, Any]) -> Declared:
    unknown = set(entry) - {"when", "places", "rests_on", "example"}
    if unknown or not isinstance(entry.get("when"), str) or not _NAME.fullmatch(name):
        raise SentenceError(
            f"{report}.{name} is not declared as a sentence is: when, places, rests_on, example."
        )
    places = entry.get("places", {})
    wrong = [place for place, kind in places.items() if kind not in KINDS or not _NAME.fullmatch(place)]
    if wrong:
        raise SentenceError(f"{report}.{name} has places of no kind: {', '.join(wrong)}.")
    if set(entry.get("example", {})) != set(places):
        raise SentenceError(f"The example of {report}.{name} fills other places than it has.")
    return Declared(entry["when"], places, tuple(entry.get("rests_on", ())), entry.get("example", {}))


def _word(report: str, name: str, entry: dict[str, Any]) -> Worded:
    texts = {form: entry[form] for form in FORMS if form in entry}
    if "text" in entry:
        texts["other"] = entry["text"]
    unknown = set(entry) - {*FORMS, "text", "plural", "of", "example"}
    if unknown or "other" not in texts or ("plural" in entry) != (len(texts) > 1):
        raise SentenceError(f"{report}.{name} needs text, or plural with one and other.")
    if ("of" in entry) != bool({"only", "both", "all"} & set(texts)):
        raise SentenceError(f"{report}.{name} needs of, the number of all, with only, both or all.")
    return Worded(texts, entry.get("plural", ""), entry.get("of", ""), entry.get("example", ""))


def _check(name: str, declared: Declared, worded: Worded, also: Collection[str] = ()) -> None:
    """Every place is used in every form and none is unknown; the form for one may write its number out."""
    for form, text in worded.texts.items():
        used = set()
        for _, place, spec, conversion in Formatter().parse(text):
            if place is None:
                continue
            if spec or conversion or not _NAME.fullmatch(place):
                raise SentenceError(f"{name}: {{{place}}} is no plain name of a place.")
            used.add(place)
        spared = {worded.of, worded.plural if form != "other" else ""}
        if not set(declared.places) - spared <= used <= {*declared.places, *also}:
            raise SentenceError(f"{name} ({form}) has other places than are declared: {sorted(used)}.")
    for chooses in {worded.plural, worded.of} - {"", *declared.places}:
        raise SentenceError(f"{name} chooses its form by {chooses!r}, which is no place.")
