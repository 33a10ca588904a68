"""TOML files read key by key: whatever is missing, misspelt or of the wrong kind becomes a fault."""

from __future__ import annotations

import datetime
import math
import re
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import Fault, did_you_mean
from weltoffen_eval.study.languages import ByLanguage, is_language
from weltoffen_eval.study.study_files import check_file, control_characters

MOST_BYTES = 10_000_000
_RULES = "See https://toml.io for the rules."
#: TOML's whole numbers have 64 bits; Python would take any.
_MOST_WHOLE = 2**63
#: The years in which a date of a study lies; another one is a slip of the keyboard.
FIRST_YEAR, LAST_YEAR = 1900, 2100
#: Codes and the like: what fits into the tables of answers.
_MOST_CODE = 10**9

#: More names within names than any file has; Python's reader takes minutes for thousands.
_NAMES_WITHIN_NAMES = re.compile(
    r"""(?<![\w."'-])(?:(?:[\w-]{1,64}|"[^"\n]{0,64}"|'[^'\n]{0,64}')[ \t]*\.[ \t]*){100}"""
)
_LONG_NUMBER = re.compile(r"[0-9_]{1000,}")

_REQUIRED: Any = object()


class _WrittenNumber(float):
    """A decimal number that remembers how it was written, for where a text was meant."""

    def __new__(cls, written: str) -> _WrittenNumber:
        number = super().__new__(cls, written)
        number.written = written
        return number

    written: str


class Section:
    """One table of a TOML file, which hands out its values checked and remembers what was asked for.

    ``place`` is the path of the table in the file (``[[scale]] 2``), for the messages. A value of the
    wrong kind is a fault and its default (or None) is handed out, so that reading goes on and all
    faults of a file are found at once. ``finish`` reports the keys that nobody asked for.
    """

    def __init__(self, file: str, values: dict[str, Any], faults: list[Fault], place: str = ""):
        self.file = file
        self.values = values
        self.faults = faults
        self.place = place
        self._known: list[str] = []

    def fault(self, key: str, found: str, expected: str, advice: str = "") -> None:
        column = f"{self.place} {key}".strip()
        self.faults.append(Fault(self.file, found, expected, advice, column=column))

    def _take(self, key: str, kind: type | tuple[type, ...], expected: str, default: Any) -> Any:
        self._known.append(key)
        if key not in self.values:
            if default is _REQUIRED:
                self.fault(key, "nothing", expected, f"Add {key} = …")
                return None
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(key, show_value(value), expected)
            return None if default is _REQUIRED else default
        return value

    def _take_text(self, key: str, expected: str, default: Any) -> Any:
        """A text; a number is read as its text, control characters are a fault."""
        value = self._take(key, (str, int, float), expected, default)
        if value is default or value is None:
            return value
        text = _as_text(value)
        if text is None or control_characters(text):
            self.fault(key, show_value(value), f"{expected}, without control characters")
            return None if default is _REQUIRED else default
        return text

    def text(self, key: str, default: Any = _REQUIRED) -> Any:
        value = self._take_text(key, "a text in quotes", default)
        if value == "" and default is _REQUIRED:
            self.fault(key, "an empty text", "a text")
        return value

    def number(
        self,
        key: str,
        default: Any = _REQUIRED,
        at_least: float | None = None,
        at_most: float | None = None,
    ) -> Any:
        limits = [f"at least {at_least:g}"] if at_least is not None else []
        limits += [f"at most {at_most:g}"] if at_most is not None else []
        expected = " ".join(["a number", *limits])
        value = self._take(key, (int, float), expected, default)
        if value is None or value is default:
            return value
        low = at_least is not None and not value >= at_least
        high = at_most is not None and not value <= at_most
        if low or high or abs(value) >= _MOST_WHOLE or math.isnan(value):
            self.fault(key, show_value(value), expected)
            return None if default is _REQUIRED else default
        return float(value) if isinstance(value, float) else value

    def whole_number(
        self, key: str, default: Any = _REQUIRED, at_least: int = 0, at_most: int = _MOST_CODE
    ) -> Any:
        value = self._take(key, int, f"a whole number, at least {at_least}", default)
        if value is not None and value is not default and not at_least <= value <= at_most:
            limits = f"at least {at_least}" if value < at_least else f"at most {at_most}"
            self.fault(key, show_value(value), f"a whole number, {limits}")
            return None if default is _REQUIRED else default
        return value

    def whole_numbers(self, key: str, at_least: int = 0, at_most: int = _MOST_CODE) -> list[int]:
        expected = f"a list of whole numbers, at least {at_least}"
        value = self._take(key, list, expected, [])
        if any(type(entry) is not int or not at_least <= entry <= at_most for entry in value):
            self.fault(key, show_value(value), expected)
            return []
        return list(value)

    def boolean(self, key: str, default: Any = _REQUIRED) -> Any:
        return self._take(key, bool, "true or false", default)

    def date(self, key: str) -> datetime.date | None:
        value = self._take(key, datetime.date, "a date such as 2021-06-30", _REQUIRED)
        if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            self.fault(key, value.isoformat(), f"a date from {FIRST_YEAR} to {LAST_YEAR}")
            return None
        return value.date() if isinstance(value, datetime.datetime) else value

    def choice(
        self, key: str, options: Collection[str], default: Any = _REQUIRED, suggest: bool = True
    ) -> Any:
        """One of the options; the closest is suggested unless they are names of things."""
        expected = "one of " + ", ".join(options)
        value = self._take_text(key, expected, default)
        if not options:
            # that there are none is told where they are missing
            return value
        if value is not None and value is not default and value not in options:
            advice = did_you_mean(value, options).strip() if suggest else ""
            self.fault(key, show_value(value), expected, advice)
            return None if default is _REQUIRED else default
        return value

    def texts(self, key: str) -> list[str]:
        value = self._take(key, list, "a list of texts", [])
        texts = [_as_text(entry) for entry in value]
        if any(text is None or control_characters(text) for text in texts):
            self.fault(key, show_value(value), "a list of texts, without control characters")
            return []
        return [text for text in texts if text is not None]

    def title(self, key: str) -> ByLanguage:
        """A text by language, in any languages, at least one."""
        expected = '{ de = "…" }, or a text in any other languages'
        value = self._take(key, dict, '{ de = "…" }', _REQUIRED)
        if value is None:
            return ByLanguage()
        if not value or any(not is_language(k) or not v or not _is_clean_text(v) for k, v in value.items()):
            self.fault(key, show_value(value), expected)
        return ByLanguage({k: v for k, v in value.items() if isinstance(v, str)})

    def texts_by_key(self, key: str) -> dict[str, str]:
        value = self._take(key, dict, 'a table such as { municipality = "Kommune" }', {})
        wrong = {k: v for k, v in value.items() if not _is_clean_text(v)}
        if wrong:
            self.fault(key, show_value(wrong), 'a table such as { municipality = "Kommune" }')
        return {k: v for k, v in value.items() if isinstance(v, str)}

    def section(self, key: str) -> Section:
        """The table ``key``, empty where it is not there."""
        value = self._take(key, dict, f"a table [{key}]", {})
        return Section(self.file, value, self.faults, f"{self.place} {key}".strip())

    def sections(self, key: str) -> list[Section]:
        """The tables ``[[key]]``, in their order."""
        value = self._take(key, list, f"tables [[{key}]]", [])
        made = []
        for number, entry in enumerate(value, start=1):
            if isinstance(entry, dict):
                place = f"{self.place} {key} {number}".strip()
                made.append(Section(self.file, entry, self.faults, place))
            else:
                self.fault(f"{key} {number}", show_value(entry), f"a table [[{key}]]")
        return made

    def finish(self) -> None:
        """A fault for each key that nobody asked for."""
        for key in self.values:
            if key not in self._known:
                self.fault(
                    key,
                    "a key that is not known here",
                    "only " + ", ".join(dict.fromkeys(self._known)),
                    did_you_mean(key, self._known).strip() if len(key) < 100 else "",
                )


def _as_text(value: object) -> str | None:
    """A text, or a number as the text that was meant; None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, _WrittenNumber):
        return value.written if math.isfinite(value) else None
    return str(value) if abs(value) < _MOST_WHOLE else None


def _is_clean_text(value: object) -> bool:
    return isinstance(value, str) and not control_characters(value)


def show_value(value: object) -> str:
    """A value of a TOML file for a message, whatever it is."""
    try:
        return repr(value.written if isinstance(value, _WrittenNumber) else value)
    except (ValueError, RecursionError):
        # Python writes no number of thousands of digits
        return "a number of thousands of digits"


def read_toml(path: Path, file: str, faults: list[Fault], folder: Path | None = None) -> Section | None:
    """The file as a section; None, with a fault, where it is missing, outside ``folder`` or no TOML."""
    before = len(faults)
    if not check_file(path, file, faults, folder):
        if len(faults) > before and faults[-1].found == "no such file":
            faults[-1] = Fault(file, "no such file", "a TOML file", "Create it.")
        return None
    try:
        if path.stat().st_size > MOST_BYTES:
            faults.append(Fault(file, f"{path.stat().st_size:,} bytes", f"at most {MOST_BYTES:,} bytes"))
            return None
        text = path.read_bytes().decode("utf-8-sig")
        if names := _NAMES_WITHIN_NAMES.search(text):
            row = text.count("\n", 0, names.start()) + 1
            faults.append(Fault(file, "names within names without end", "valid TOML", _RULES, row=row))
            return None
        return Section(file, tomllib.loads(text, parse_float=_WrittenNumber), faults)
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        faults.append(
            Fault(file, "bytes that are no UTF-8", "a TOML file in UTF-8", "Save it as UTF-8.", row=row)
        )
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(file, str(error), "valid TOML", _RULES))
    except RecursionError:
        faults.append(Fault(file, "brackets within brackets without end", "valid TOML", _RULES))
    except ValueError as error:
        # what Python's reader of TOML leaves to int and datetime: too many digits, 30 February
        number = _LONG_NUMBER.search(text)
        if number is None:
            faults.append(Fault(file, str(error).partition(";")[0], "valid TOML", _RULES))
        else:
            row = text.count("\n", 0, number.start()) + 1
            found = f"a number of {len(number.group()):,} digits"
            faults.append(Fault(file, found, "a number of at most 18 digits", "Correct it.", row=row))
    except OSError as error:
        faults.append(Fault(file, error.strerror or str(error), "a file that can be read"))
    return None
